"""Direct speech: quotation marks hand their content to the cue beside them, or to whoever was speaking."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.attribution import sources
from kg.extract.attribution.candidates import make_candidate
from kg.extract.attribution.clausal_frames import cue_words
from kg.extract.attribution.cues import SAYS, load_cues
from kg.extract.attribution.sources import SourceTokens, source_of
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.quotation_marks import Quote, quote_near, snap_to_quotes
from kg.extract.document.token_spans import to_char_spans
from kg.extract.registry import extractor
from kg.model import Attribution, Kind, Medium

#: how many tokens behind a quotation, and before it, its cue may stand
_BEHIND, _BEFORE = 30, 25
#: within how many tokens before a quotation a cue introduces it without a comma or colon
_NEAR = 4
#: a quotation without a verb that has no more words than this is a scare quote unless a cue introduces it
_SHORT = 6
#: how many paragraphs on the next one is, where an empty line counts as one
_NEXT = 2
#: how many tokens the name under a pull quote has at most, with what it says of the person
_BYLINE = 16
_DASHES = frozenset(("―", "—", "–", "-", "--"))
_STOPS = frozenset(".?!")
_OPEN_ENDS = frozenset((",", "?", "!", "…", "..."))
_VERBAL = frozenset(("VERB", "AUX"))
_STATED = frozenset((Kind.CLAIM, Kind.OPINION))


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What has found its speaker: its last token, and whether it is a quotation that goes on in the next paragraph."""

    end: int
    continued: bool
    by: Attribution


@extractor("quotations", needs=("reported-speech",))
def find_direct_speech(parsed: ParsedArticle) -> Iterator[Attribution]:
    """Every quotation that no cue verb has taken for its clause yet.

    behind     "Nobody is left," sighed the driver.
    before     The driver sighed: "Nobody is left."
    continued  "Nobody is left," he said. "We are the last."     the second by the speaker of the first
    """
    quotes = parsed.quotes
    taken = _taken(parsed, quotes)
    stated = _statements(parsed, quotes)
    last: _Spoken | None = None
    for quote in quotes:
        by = _signed(parsed, quote) or taken.get(quote.start) or _cued(parsed, quote, quotes) or _colon(parsed, quote)
        if by is not None and by is not taken.get(quote.start):
            yield by
        if by is None and (speaker := _last_speaker(parsed, quote, last, stated)) and _goes_on(parsed, quote, speaker):
            by = replace(speaker.by, content=to_char_spans(parsed.doc, [quote.token_range]), rule="continued")
            yield by
        if by is not None:
            last = _Spoken(quote.end - 1, quote.continued, by)


def _statements(parsed: ParsedArticle, quotes: Sequence[Quote]) -> list[_Spoken]:
    """What earlier rules found the article to report as stated, by its end: a quotation behind it may go on with it."""
    stated = [
        _Spoken(max(parsed.tokens(part[-1]).end for part in (found.cue, found.source, found.content)) - 1, False, found)
        for found in parsed.of(Attribution)
        if found.source
        and _speaks(parsed, found)
        and found.kind in _STATED
        and found.medium is not Medium.THOUGHT
        and found.rule != "turn"
        and not _within(parsed.tokens(found.cue[0]).start, quotes)
    ]
    return sorted(stated, key=lambda each: each.end)


def _speaks(parsed: ParsedArticle, found: Attribution) -> bool:
    """Whether the source is someone, and not the writer ("I say")."""
    head = parsed.tokens(found.source[0]).root
    return sources.can_speak(head, parsed.lexicon) and head.lower_ not in parsed.lexicon.words(
        "attribution_words", "self"
    )


def _last_speaker(
    parsed: ParsedArticle, quote: Quote, last: _Spoken | None, stated: Sequence[_Spoken]
) -> _Spoken | None:
    """Who was speaking when the quotation began: who was quoted last, or whose words were reported since.

    A quotation that a colon introduces, or that leaves its sentence open, has a cue of its own, if an unknown one.
    """
    numbers, start = parsed.paragraphs, quote.start
    index = bisect_left(stated, start, key=lambda each: each.end) - 1
    if index < 0 or (last and (last.continued or numbers[last.end] == numbers[start] or last.end >= stated[index].end)):
        return last
    introduced = start and parsed.doc[start - 1].text in ":,"
    close = numbers[start] - numbers[stated[index].end] <= _NEXT
    return stated[index] if close and not introduced and _last_word(parsed.doc, quote) != "," else last


def _taken(parsed: ParsedArticle, quotes: Sequence[Quote]) -> dict[int, Attribution]:
    """The quotations (by their first token) that lie in what an earlier rule has found."""
    taken: dict[int, Attribution] = {}
    for found in parsed.of(Attribution):
        cue = [token.i for span in found.cue for token in parsed.tokens(span)]
        content = [parsed.tokens(span) for span in found.content]
        ranges = snap_to_quotes([(each.start, each.end) for each in content], quotes, cue)
        for quote in quote_near(quotes, ranges[0][0], ranges[-1][1]):
            whole = any(start <= quote.inner[0] and quote.inner[1] <= end for start, end in ranges)
            if whole and not any(quote.contains(index) for index in cue) and _wider(found, taken.get(quote.start)):
                taken[quote.start] = found
    return taken


def _wider(found: Attribution, other: Attribution | None) -> bool:
    return other is None or sum(map(len, found.content)) > sum(map(len, other.content))


def _cued(parsed: ParsedArticle, quote: Quote, quotes: Sequence[Quote]) -> Attribution | None:
    for token in (*_behind(parsed, quote, quotes), *_before(parsed, quote, quotes)):
        cue = load_cues(parsed.lexicon).of_token(token).get("quote")
        if cue is None:
            continue
        source = _speaker(parsed, token, quote)
        if source is not None:
            return make_candidate(parsed, "quote", cue, cue_words(token), source, [quote.token_range])
    return None


def _colon(parsed: ParsedArticle, quote: Quote) -> Attribution | None:
    """Colon: The doctor is more blunt: "They kill."      the subject of the sentence that the colon ends speaks."""
    doc: Doc = parsed.doc
    if quote.start < 2 or doc[quote.start - 1].text != ":" or not _full(doc, quote):
        return None
    colon = doc[quote.start - 1]
    verb: Token | None = next(
        (token for token in reversed(doc[doc[quote.start - 2].sent.start : colon.i]) if token.pos_ in _VERBAL), None
    )
    while (
        verb is not None and verb.dep_ in ("relcl", "xcomp", "conj", "advcl", "aux", "pcomp") and verb.head.i < verb.i
    ):
        verb = verb.head
    if verb is None or verb.pos_ not in _VERBAL:
        return None
    source = source_of(verb, parsed.lexicon)
    if source is None or not sources.can_speak(source.head, parsed.lexicon):
        return None
    return make_candidate(parsed, "colon", SAYS, [verb, colon], source, [quote.token_range])


def _signed(parsed: ParsedArticle, quote: Quote) -> Attribution | None:
    """Signed: "We stay." ― Ann Lee, farmer      a pull quote: a dash and a name make up the rest of the paragraph."""
    doc: Doc = parsed.doc
    if quote.single:
        return None  # a headline: 'No magic pill' - police chief speaks of ...
    dash = quote.end
    while dash < len(doc) and doc[dash].is_space and dash - quote.end < _NEXT:
        dash += 1
    if dash + 1 >= len(doc) or doc[dash].text not in _DASHES or doc[dash + 1].pos_ != "PROPN":
        return None
    number = parsed.paragraphs[dash]
    end = next((i for i in range(dash + 1, len(doc)) if parsed.paragraphs[i] != number or doc[i].is_space), len(doc))
    name = next((i for i in range(dash + 1, end) if doc[i].is_punct and doc[i].text != "."), end)
    if end - dash > _BYLINE or any(token.pos_ in _VERBAL for token in doc[dash:end]):
        return None
    return make_candidate(
        parsed,
        "signed",
        SAYS,
        [doc[dash]],
        SourceTokens((dash + 1, name), doc[dash + 1 : name].root),
        [quote.token_range],
    )


def _speaker(parsed: ParsedArticle, verb: Token, quote: Quote) -> SourceTokens | None:
    found = source_of(verb, parsed.lexicon)
    if found is None or quote.contains(found.head.i):
        found = sources.tokens_after(verb) or _taken_for_participle(verb)
    return None if found is None or quote.contains(found.head.i) else found


def _taken_for_participle(verb: Token) -> SourceTokens | None:
    """The name before a cue that the parser took for its participle: "Who is there?" Brown asked."""
    misread = verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.i == verb.i - 1 and verb.head.pos_ == "PROPN"
    return sources.source_phrase(verb.head, without=verb) if misread else None


def _behind(parsed: ParsedArticle, quote: Quote, quotes: Sequence[Quote]) -> Iterator[Token]:
    """The verbs between a closing mark and the end of its sentence, where the quotation leaves its sentence open."""
    doc: Doc = parsed.doc
    last = _last_word(doc, quote)
    if last == "." or (last not in _OPEN_ENDS and _scare(doc, quote)):
        return
    for index in range(quote.end, min(len(doc), quote.end + _BEHIND)):
        token = doc[index]
        if parsed.paragraphs[index] != parsed.paragraphs[quote.end - 1] or _ends(doc, index) or _within(index, quotes):
            return
        if token.pos_ == "VERB":
            yield token


def _before(parsed: ParsedArticle, quote: Quote, quotes: Sequence[Quote]) -> Iterator[Token]:
    """The verbs between the start of the sentence and an opening mark."""
    doc: Doc = parsed.doc
    first = quote.start - 1
    while first > 0 and doc[first].is_space and doc[first - 1].text in (":", "\n"):
        first -= 1
    lead = doc[first].text if first >= 0 else ""
    for index in range(first, max(-1, first - _BEFORE), -1):
        token = doc[index]
        if parsed.paragraphs[index] != parsed.paragraphs[max(first, 0)] or _ends(doc, index) or _within(index, quotes):
            return
        close = first - index < _NEAR and not _scare(doc, quote)
        if token.pos_ == "VERB" and (lead in (",", ":") or close):
            yield token


def _ends(doc: Doc, index: int) -> bool:
    """Whether a mark ends a sentence, and does not abbreviate a title before a name ("Lt. Brown")."""
    if doc[index].text not in _STOPS:
        return False
    return not (0 < index < len(doc) - 1 and doc[index - 1].pos_ == doc[index + 1].pos_ == "PROPN")


def _goes_on(parsed: ParsedArticle, quote: Quote, last: _Spoken) -> bool:
    """Whether a quotation without a cue is still the last speaker's."""
    doc, paragraphs = parsed.doc, parsed.paragraphs
    distance = paragraphs[quote.start] - paragraphs[last.end]
    starts_paragraph = (
        quote.start == 0 or paragraphs[quote.start - 1] != paragraphs[quote.start] or doc[quote.start - 1].is_space
    )
    full = _full(doc, quote)
    if last.continued:
        return starts_paragraph and distance <= _NEXT
    if distance == 0:
        before = doc[quote.start - 1]
        return full and bool(doc[quote.start].is_sent_start or before.is_space or before.text[-1] in ".!?:”\"'’")
    return starts_paragraph and distance <= _NEXT and full and quote.end - quote.start > _SHORT and not quote.single


def _scare(doc: Doc, quote: Quote) -> bool:
    """Whether it has no verb and few words: a name, or a word that the writer keeps at a distance."""
    start, end = quote.inner
    return not _has_verb(doc, quote) and sum(not token.is_punct for token in doc[start:end]) <= _SHORT


def _full(doc: Doc, quote: Quote) -> bool:
    """Whether it is a sentence of its own, not a quoted word or name."""
    return _has_verb(doc, quote) or (quote.end - quote.start > _SHORT and _last_word(doc, quote) in _STOPS)


def _has_verb(doc: Doc, quote: Quote) -> bool:
    return any(token.pos_ in ("VERB", "AUX") for token in doc[quote.start : quote.end])


def _last_word(doc: Doc, quote: Quote) -> str:
    """The last mark or word between the quotation marks."""
    return str(doc[quote.inner[1] - 1].text) if quote.inner[1] > quote.inner[0] else ""


def _within(index: int, quotes: Sequence[Quote]) -> bool:
    return bool(quote_near(quotes, index, index + 1))
