"""Sources that are cited without a verb: "according to", a noun with its clause, a name with a colon."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc, Span, Token

from kg.extract.attribution import sources
from kg.extract.attribution.candidates import make_candidate
from kg.extract.attribution.cues import SAYS, WITHHELD, Cue, load_cues
from kg.extract.attribution.sources import SourceTokens, source_of
from kg.extract.document import token_lookup
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.token_spans import subtract, subtree_range
from kg.extract.registry import extractor
from kg.model import Attribution, Kind

#: how many tokens a name before a colon has at most
_NAME = 6
_MARKS = frozenset(",.;:")
_FROM = frozenset(("of", "by", "from", "among"))


@extractor("cited")
def find_nonverbal_cues(parsed: ParsedArticle) -> Iterator[Attribution]:
    """Every "according to", every cue noun and adjective with its content."""
    known = load_cues(parsed.lexicon)
    for token in _openings(parsed.doc):
        found: Attribution | None = None
        if token.lower_ == "according":
            found = _according(parsed, token)
        elif token.lower_ == "without":
            found = _without(parsed, token)
        elif token.text == ":":
            found = _turn(parsed, token)
        elif token.pos_ == "NOUN":
            cue = known.of_token(token).get("noun")
            found = _noun(parsed, token, cue) if cue is not None else None
        elif token.pos_ == "ADJ":
            cue = known.of_token(token).get("clause")
            found = _adjective(parsed, token, cue) if cue is not None else None
        elif token.pos_ == "ADV":
            cue = known.of_token(token).get("adverb")
            found = _adverb(parsed, token, cue) if cue is not None else None
        if found is not None:
            yield found


def _openings(doc: Doc) -> Iterator[Token]:
    """The tokens that one of the rules starts from: to look at every other would cost an object each."""
    lower, pos = doc.to_array(["LOWER", "POS"]).T
    strings = doc.vocab.strings
    words, tags = (
        np.array([strings[each] for each in group], dtype=lower.dtype)
        for group in (("according", "without", ":"), ("NOUN", "ADJ", "ADV"))
    )
    for index in (np.isin(lower, words) | np.isin(pos, tags)).nonzero()[0].tolist():
        yield doc[index]


def _without(parsed: ParsedArticle, without: Token) -> Attribution | None:
    """Without: said so, without giving details      said -prep-> without -pcomp-> giving -dobj-> details."""
    verb = next(
        (
            c
            for c in without.children
            if c.dep_ == "pcomp" and c.lemma_ in parsed.lexicon.words("attribution_words", "detail")
        ),
        None,
    )
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "ccomp")), None) if verb is not None else None
    if verb is None or thing is None:
        return None
    speaking = without.head
    while speaking.dep_ == "ccomp" and speaking.head.i < speaking.i:
        speaking = speaking.head
    return make_candidate(
        parsed, "without", WITHHELD, [without, verb], source_of(speaking, parsed.lexicon), [subtree_range(thing)]
    )


def _turn(parsed: ParsedArticle, colon: Token) -> Attribution | None:
    """A name and a colon at the start of a paragraph: "PENCE: We will win." The rest of the paragraph is theirs."""
    doc, number = parsed.doc, parsed.paragraphs[colon.i]
    start = colon.i
    while (
        start > 0
        and colon.i - start <= _NAME
        and parsed.paragraphs[start - 1] == number
        and not doc[start - 1].is_space
    ):
        start -= 1
    name = doc[start : colon.i]
    if (
        not 1 <= len(name) <= _NAME
        or not _names_someone(parsed, name)
        or (start > 0 and parsed.paragraphs[start - 1] == number)
    ):
        return None
    end = colon.i + 1
    while end < len(doc) and parsed.paragraphs[end] == number:
        end += 1
    if end - colon.i <= _NAME:
        return None
    return make_candidate(
        parsed, "turn", SAYS, [colon], SourceTokens((start, colon.i), name.root), [(colon.i + 1, end)]
    )


def _names_someone(parsed: ParsedArticle, name: Span) -> bool:
    """Whether what stands before a colon is a person or a body; in capitals, as transcripts have them, one named elsewhere."""
    labels = {
        word for use in ("label-source", "label-content") for word in parsed.lexicon.words("attribution_words", use)
    }
    if name.text.lower() in labels or not all(t.pos_ in ("PROPN", "ADJ", "NOUN", "ADP", "PUNCT") for t in name):
        return False
    if any(token.ent_type_ in ("PERSON", "ORG") for token in name) and not name.text.isupper():
        return name.root.pos_ == "PROPN"
    if name.text.isupper():
        elsewhere = token_lookup.find_tokens(parsed.doc, "ORTH", frozenset((name[-1].text.title(),)))
        return any(parsed.doc[i].pos_ == "PROPN" for i in elsewhere)
    return len(name) == 1 and name.root.lemma_.lower() in parsed.lexicon.words("attribution_words", "speaker")


def _according(parsed: ParsedArticle, according: Token) -> Attribution | None:
    """According to: the clause that it is in         destroyed -prep-> according -prep-> to -pobj-> officials."""
    doc = parsed.doc
    to = doc[according.i + 1] if according.i + 1 < len(doc) else None
    if to is None or to.lower_ != "to":
        return None
    named = next((child for child in to.children if child.dep_ == "pobj"), None)
    if named is None or (named.right_edge.i + 1 >= according.sent.end - 1 and according.i == according.sent.start):
        return _by_comma(parsed, according, to)
    source = sources.source_phrase(named)
    if source is None:
        return None
    head = according.head
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    if _set_off(according):
        head = according.sent.root
    content = subtract(subtract([subtree_range(head)], subtree_range(according)), subtree_range(to))
    return make_candidate(parsed, "according-to", SAYS, [according, to], source, content)


def _by_comma(parsed: ParsedArticle, according: Token, to: Token) -> Attribution | None:
    """By the marks of the sentence, where the parser found no source or took all the sentence for it."""
    doc, start, end = parsed.doc, according.sent.start, according.sent.end
    mark = next((token.i for token in doc[to.i + 1 : end] if token.text in _MARKS), end)
    content = (mark, end) if according.i == start else (start, according.i)
    if mark == to.i + 1:
        return None
    return make_candidate(
        parsed, "according-to", SAYS, [according, to], SourceTokens((to.i + 1, mark), doc[mark - 1]), [content]
    )


def _set_off(according: Token) -> bool:
    """Whether it opens the sentence, or closes it behind a comma: then it is about the whole."""
    start, end = according.sent.start, according.sent.end
    behind = according.right_edge.i + 1
    return according.i - start <= 1 or (according.doc[according.i - 1].text == "," and end - behind <= 2)


def _noun(parsed: ParsedArticle, noun: Token, cue: Cue) -> Attribution | None:
    """Noun: the claim that the bridge was destroyed      claim -acl-> destroyed -mark-> that."""
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl") and any(
            c.lower_ == "that" and c.dep_ == "mark" for c in child.children
        ):
            owner = _owner(parsed, noun, child)
            cued = [noun.head, noun] if _made(parsed, noun) else [noun]
            return (
                make_candidate(parsed, "noun", cue, cued, owner, [subtree_range(child)]) if owner is not None else None
            )
    return None


def _made(parsed: ParsedArticle, noun: Token) -> bool:
    """Whether the verb before it is part of the cue: "made the case that"; not "repeated the claim that"."""
    owned = any(child.dep_ == "poss" for child in noun.children)
    return noun.dep_ == "dobj" and not owned and noun.head.lemma_ in parsed.lexicon.words("attribution_words", "making")


def _owner(parsed: ParsedArticle, noun: Token, clause: Token) -> SourceTokens | None:
    """Whose claim it is: the ministry's claim, a claim by the ministry; else who makes, has or repeats it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return sources.source_phrase(child)
        if child.dep_ == "prep" and child.lower_ in _FROM:
            named = next((each for each in child.children if each.dep_ == "pobj"), None)
            if named is not None:
                return sources.source_phrase(named, without=clause)
    owning = parsed.lexicon.words("attribution_words", "owning") | parsed.lexicon.words("attribution_words", "making")
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and noun.head.lemma_ in owning:
        return source_of(noun.head, parsed.lexicon)  # not "dismissed the claim that": others made it
    return None


def _adjective(parsed: ParsedArticle, adjective: Token, cue: Cue) -> Attribution | None:
    """Adjective: "it was unclear whether the bridge held"     was -acomp-> unclear, "was -ccomp-> held"."""
    verb = adjective.head
    holders = [adjective, verb] if adjective.dep_ in ("acomp", "oprd") and verb.pos_ in ("AUX", "VERB") else [adjective]
    for holder in holders:
        for child in holder.children:
            if child.dep_ in ("ccomp", "csubj") and child.i > adjective.i:
                source = source_of(verb, parsed.lexicon) if len(holders) > 1 else None
                if source is not None and source.head.lower_ in ("it", "that"):
                    source = None
                if source is None and cue.kind is not Kind.NON_STATEMENT:
                    return None  # "it is clear that ..." is the article's own voice
                return make_candidate(parsed, "adjective", cue, [adjective], source, [subtree_range(child)])
    return None


def _adverb(parsed: ParsedArticle, adverb: Token, cue: Cue) -> Attribution | None:
    """Adverb: The camp was reportedly hit      hit -advmod-> reportedly. Somebody said so; the article names no one."""
    head = adverb.head
    subject = next((child for child in head.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if adverb.dep_ != "advmod" or subject is None or subject.tag_ in ("WP", "WDT"):
        return None
    if "clause" in load_cues(parsed.lexicon).of_token(head):
        return None  # "reportedly said": what was said has its own cue
    ranges = subtract([subtree_range(head)], (adverb.i, adverb.i + 1))
    for child in head.children:
        if child.dep_ in ("conj", "advcl"):
            ranges = subtract(ranges, subtree_range(child))
    return make_candidate(parsed, "adverb", cue, [adverb], None, ranges)
