"""Sources in set phrases: behind their content, in a sentence of their own, in a headline, with "per" or "based on"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.extract.attribution import sources
from kg.extract.attribution.candidates import is_negated, make_candidate
from kg.extract.attribution.clausal_frames import cue_words
from kg.extract.attribution.cues import SAYS, Cue, load_cues
from kg.extract.attribution.sources import SourceTokens, can_speak, is_passive, source_of
from kg.extract.document import token_lookup
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.token_spans import TokenRange, subtract
from kg.extract.registry import extractor
from kg.model import Attribution, Kind

_VERBAL = frozenset(("VERB", "AUX"))
_PAST = frozenset(("VBD", "VBZ", "VBN"))
_STOPS = frozenset(".?!")
#: how many tokens the source behind a headline's colon has at most, and its content at least
_SOURCE, _HEADLINE = 7, 3
#: how many tokens a pull quote has at least
_PULLED = 5
#: how many tokens lie between the name of a speaker and the cue, at most
_TITLE = 25


@extractor("set-phrases", needs=("cited",))
def find_set_phrases(parsed: ParsedArticle) -> Iterator[Attribution]:
    """Every source that a set phrase names.

    trailing  "The plane carried 38 people, Rui Sousa, a spokesman for the port, told Lusa."
    pointing  Twelve drones were shot down. The governor announced this on Telegram.
    per       As per the institute, the quake was strong.
    based     Based on data from the coast guard, there were 144 passengers.
    headline  Fourteen dead after bridge collapse: police
    pulled    You never know what they took. Ann Lee       a paragraph of its own, the name of a speaker at its end
    block     Landaeta said:^It is the first thing to do.      the next line, without marks
    label     Source: Ivo Brana, governor, on Telegram    Quote: "We stay."
    """
    words = parsed.lexicon.words
    yield from _labelled(parsed)
    yield from _pulled(parsed)
    yield from _blocks(parsed)
    for i in token_lookup.find_tokens(parsed.doc, "LOWER", frozenset(("per", "based", ":"))):
        token, found = parsed.doc[i], None
        if token.lower_ == "per":
            found = _per(parsed, token)
        elif token.lower_ == "based":
            found = _based(parsed, token, words("attribution_words", "data"))
        else:
            found = _headline(parsed, token)
        if found is not None:
            yield found
    cued = {parsed.tokens(each.cue[0])[0].i for each in parsed.of(Attribution)}
    for token in parsed.doc:
        if token.pos_ not in _VERBAL:
            continue
        frames = load_cues(parsed.lexicon).of_token(token)
        cue = frames.get("clause") or frames.get("object")
        if cue is None or cue.kind not in (Kind.CLAIM, Kind.OPINION):
            continue
        trailing = None if token.i in cued else _trailing(parsed, token, cue)
        pointed = trailing or _pointing(parsed, token, cue)
        if pointed is not None:
            yield pointed


def _trailing(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """A speaker with an apposition, between commas behind the content: the parser takes the name for an apposition, too."""
    doc, start = verb.doc, verb.sent.start
    if verb.tag_ not in _PAST or doc[verb.i - 1].text != "," or is_passive(verb):
        return None
    if any(child.dep_ in ("nsubj", "ccomp", "cc") and child.i < verb.i for child in verb.children):
        return None
    names = [ent for ent in doc[start : verb.i].ents if ent.label_ == "PERSON" and doc[ent.start - 1].text == ","]
    name = names[-1] if names else None
    if name is None or name.start - 1 <= start or verb.i - name.start > _TITLE or doc[name.end].text != ",":
        return None
    between = doc[name.end : verb.i]
    if any(token.pos_ in _VERBAL and token.dep_ not in ("relcl", "acl", "aux", "auxpass") for token in between):
        return None
    content = (start, name.start - 1)
    if not any(token.pos_ in _VERBAL for token in doc[content[0] : content[1]]):
        return None
    source = SourceTokens((name.start, verb.i - 1), name.root)
    return make_candidate(parsed, "trailing", cue, cue_words(verb), source, [content])


def _pointing(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """A "this" for the sentence before: "The governor said this on Telegram.", "This was announced by the governor."."""
    label = "nsubjpass" if is_passive(verb) else "dobj"
    this = next((child for child in verb.children if child.dep_ == label and child.lower_ == "this"), None)
    source = source_of(verb, parsed.lexicon)
    if this is None or any(this.children) or source is None or is_negated(verb) or verb.dep_ != "ROOT":
        return None
    if not sources.is_voiced(source, parsed.lexicon) or source.head.lower_ in ("i", "we", "you"):
        return None
    before = _sentence_before(verb)
    if before is None or cue.negated == "denies" or _is_statement(parsed, before):
        return None
    return make_candidate(parsed, "pointing", cue, cue_words(verb), source, [(before.start, before.end)])


def _sentence_before(verb: Token) -> Span | None:
    at = verb.sent.start - 1
    while at >= 0 and (verb.doc[at].is_space or verb.doc[at].is_quote):
        at -= 1
    return verb.doc[at].sent if at >= 0 and verb.doc[at].text in _STOPS else None


def _is_statement(parsed: ParsedArticle, sentence: Span) -> bool:
    """Whether a sentence has a source of its own already."""
    return any(
        sentence.start_char <= each.cue[0].start < sentence.end_char and each.source for each in parsed.of(Attribution)
    )


def _per(parsed: ParsedArticle, per: Token) -> Attribution | None:
    """Per: As per the institute, the quake was strong; 40 people had left, per CNN."""
    doc = per.doc
    named = next((child for child in per.children if child.dep_ == "pobj"), None)
    before = doc[per.i - 1] if per.i else per
    opens = before.lower_ == "as"
    if (
        named is None
        or not (opens or before.text == ",")
        or not (named.pos_ == "PROPN" or can_speak(named, parsed.lexicon))
    ):
        return None
    cued = [before, per] if opens else [per]
    return _whole_sentence(parsed, "per", cued, sources.source_phrase(named))


def _based(parsed: ParsedArticle, based: Token, data: frozenset[str]) -> Attribution | None:
    """Based on: data, figures or a report of somebody, set off from the sentence by a comma."""
    doc = based.doc
    on = doc[based.i + 1] if based.i + 1 < len(doc) else None
    noun = next((child for child in on.children if child.dep_ == "pobj"), None) if on is not None else None
    if on is None or on.lower_ != "on" or noun is None or not data & {noun.lemma_.lower(), noun.lower_}:
        return None
    if based.i != based.sent.start and doc[based.i - 1].text != ",":
        return None
    by = (child for child in noun.rights if child.dep_ == "prep" and child.lower_ in ("from", "by", "of"))
    owner = next((each for prep in by for each in prep.children if each.dep_ == "pobj"), noun)
    named = owner if can_speak(owner, parsed.lexicon) else noun
    return _whole_sentence(parsed, "based", [based, on], sources.source_phrase(named))


def _whole_sentence(
    parsed: ParsedArticle, rule: str, cued: list[Token], source: SourceTokens | None
) -> Attribution | None:
    """An attribution of all else that a sentence says, where that has a verb."""
    if source is None:
        return None
    sentence = cued[0].sent
    taken = (cued[0].i, source.token_range[1])
    content = subtract([(sentence.start, sentence.end)], taken)
    if not any(token.pos_ in _VERBAL for start, end in content for token in sentence.doc[start:end]):
        return None
    return make_candidate(parsed, rule, SAYS, cued, source, content)


def _headline(parsed: ParsedArticle, colon: Token) -> Attribution | None:
    """A source behind the colon that ends a line: "Fourteen dead after bridge collapse: police"."""
    doc, number = colon.doc, parsed.paragraphs[colon.i]
    end = colon.i + 1
    while end < len(doc) and parsed.paragraphs[end] == number and not doc[end].is_space:
        end += 1
    start = colon.i
    while start > 0 and parsed.paragraphs[start - 1] == number and not doc[start - 1].is_space:
        start -= 1
    source = doc[colon.i + 1 : end]
    if not 1 <= len(source) <= _SOURCE or colon.i - start < _HEADLINE or source[-1].is_punct:
        return None
    named = source.root.ent_type_ in ("PERSON", "ORG") or source.root.lemma_.lower() in parsed.lexicon.words(
        "attribution_words", "speaker"
    )
    verbal = any(token.pos_ in _VERBAL or token.text.isdigit() for token in source)
    if (
        not named
        or verbal
        or doc[start : colon.i].text.count(":")
        or any(t.text in _STOPS for t in doc[start : colon.i])
    ):
        return None
    return make_candidate(
        parsed, "headline", SAYS, [colon], SourceTokens((colon.i + 1, end), source.root), [(start, colon.i)]
    )


def _labelled(parsed: ParsedArticle) -> Iterator[Attribution]:
    """Lines that open with a label: "Source: ..." names who says what follows "Quote:" and "Details:"."""
    doc = parsed.doc
    naming, giving = (parsed.lexicon.words("attribution_words", use) for use in ("label-source", "label-content"))
    source: SourceTokens | None = None
    for i in token_lookup.find_tokens(doc, "LOWER", naming | giving):
        colon = i + 1
        if (
            colon >= len(doc)
            or doc[colon].text != ":"
            or (i and parsed.paragraphs[i - 1] == parsed.paragraphs[i] and not doc[i - 1].is_space)
        ):
            continue
        end = _line_end(parsed, colon)
        if doc[i].lower_ in naming:
            stop = next(
                (k for k in range(colon + 1, end) if doc[k].text in (",", ".", ";") or doc[k].lower_ == "on"), end
            )
            source = SourceTokens((colon + 1, stop), doc[colon + 1 : stop].root) if stop > colon + 1 else None
        elif source is not None and end > colon + 1:
            content: list[TokenRange] = [(colon + 1, end)]
            found = make_candidate(parsed, "label", SAYS, [doc[i], doc[colon]], source, content)
            if found is not None:
                yield found


def _pulled(parsed: ParsedArticle) -> Iterator[Attribution]:
    """Pull quotes without marks: the paragraph ends in a name behind a full stop, and the name speaks elsewhere."""
    doc, numbers, text = parsed.doc, parsed.paragraphs, parsed.article.text
    speaking = {each.source[0].of(text).split()[-1] for each in parsed.of(Attribution) if each.source}
    for name in doc.ents:
        end, start = name.end, name.start
        closes = end == len(doc) or (doc[end].is_space and "\n" in doc[end].text)
        if name.label_ != "PERSON" or len(name) < 2 or not closes or name[-1].text not in speaking:
            continue
        if start == 0 or doc[start - 1].text not in _STOPS or numbers[start - 1] != numbers[start]:
            continue
        first = start - 1
        while (
            first > 0
            and numbers[first - 1] == numbers[start]
            and not (doc[first - 1].is_space and "\n" in doc[first - 1].text)
        ):
            first -= 1
        said = doc[first:start]
        if start - first < _PULLED or any(token.is_quote for token in said) or not any(t.pos_ in _VERBAL for t in said):
            continue
        found = make_candidate(
            parsed, "pulled", SAYS, [doc[start - 1]], SourceTokens((start, end), name.root), [(first, start)]
        )
        if found is not None:
            yield found


def _blocks(parsed: ParsedArticle) -> Iterator[Attribution]:
    """Words on a line of their own, without marks, behind a cue and a colon."""
    doc = parsed.doc
    for i in token_lookup.find_tokens(doc, "ORTH", frozenset(":")):
        if not 0 < i < len(doc) - 2 or not (doc[i + 1].is_space and "\n" in doc[i + 1].text) or doc[i + 2].is_quote:
            continue
        cue = load_cues(parsed.lexicon).of_token(doc[i - 1]).get("quote")
        source = source_of(doc[i - 1], parsed.lexicon) if cue is not None else None
        if cue is None or source is None or not sources.is_voiced(source, parsed.lexicon):
            continue
        end = _line_end(parsed, i + 2)
        if any(token.pos_ in _VERBAL for token in doc[i + 2 : end]):
            found = make_candidate(parsed, "block", cue, [doc[i - 1], doc[i]], source, [(i + 2, end)])
            if found is not None:
                yield found


def _line_end(parsed: ParsedArticle, at: int) -> int:
    number = parsed.paragraphs[at]
    while at < len(parsed.doc) and parsed.paragraphs[at] == number:
        at += 1
    return at
