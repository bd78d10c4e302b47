"""Direct speech: quotation marks hand their content to the cue beside them, or to whoever was speaking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract import sources
from kg.extract.clauses import cue_words
from kg.extract.component import Reading, extractor
from kg.extract.cues import SAYS, cues
from kg.extract.drafts import draft
from kg.extract.quotemarks import Quote, pair, snapped
from kg.extract.sources import Source, source_of
from kg.extract.spans import chars
from kg.model import Attribution

#: how many tokens behind a quotation, and before it, its cue may stand
_BEHIND, _BEFORE = 30, 25
#: a quotation without a verb that has no more tokens than this is a scare quote unless a cue introduces it
_SHORT = 6
_STOPS = frozenset(".?!")
_VERBAL = frozenset(("VERB", "AUX"))


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A quotation that has found its speaker."""

    quote: Quote
    by: Attribution


@extractor("quotations", needs=("reported-speech",))
def quotations(reading: Reading) -> Iterator[Attribution]:
    """Every quotation that no cue verb has taken for its clause yet.

    behind     "Nobody is left," sighed the driver.
    before     The driver sighed: "Nobody is left."
    continued  "Nobody is left," he said. "We are the last."     the second by the speaker of the first
    """
    quotes = pair(reading.doc, reading.paragraphs)
    taken = _taken(reading, quotes)
    last: _Spoken | None = None
    for quote in quotes:
        by = taken.get(quote.start) or _cued(reading, quote, quotes) or _colon(reading, quote)
        if by is not None and quote.start not in taken:
            yield by
        if by is None and last is not None and _goes_on(reading, quote, last):
            by = replace(last.by, content=chars(reading.doc, [quote.stretch]), rule="continued")
            yield by
        if by is not None:
            last = _Spoken(quote, by)


def _taken(reading: Reading, quotes: Sequence[Quote]) -> dict[int, Attribution]:
    """The quotations (by their first token) that lie in what an earlier rule has found."""
    taken: dict[int, Attribution] = {}
    for found in reading.of(Attribution):
        cue = [token.i for span in found.cue for token in reading.tokens(span)]
        content = [reading.tokens(span) for span in found.content]
        stretches = snapped([(each.start, each.end) for each in content], quotes, cue)
        for quote in quotes:
            whole = any(start <= quote.inner[0] and quote.inner[1] <= end for start, end in stretches)
            if whole and not any(quote.holds(index) for index in cue) and _wider(found, taken.get(quote.start)):
                taken[quote.start] = found
    return taken


def _wider(found: Attribution, other: Attribution | None) -> bool:
    return other is None or sum(map(len, found.content)) > sum(map(len, other.content))


def _cued(reading: Reading, quote: Quote, quotes: Sequence[Quote]) -> Attribution | None:
    for token in (*_behind(reading, quote, quotes), *_before(reading, quote, quotes)):
        cue = cues(reading.lexicon).of_token(token).get("quote")
        if cue is None:
            continue
        source = _speaker(reading, token, quote)
        if source is not None:
            return draft(reading, "quote", cue, cue_words(token), source, [quote.stretch])
    return None


def _colon(reading: Reading, quote: Quote) -> Attribution | None:
    """Colon: The doctor is more blunt: "They kill."      the subject of the sentence that the colon ends speaks."""
    doc: Doc = reading.doc
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
    source = source_of(verb, reading.lexicon)
    if source is None or not sources.animate(source.head, reading.lexicon):
        return None
    return draft(reading, "colon", SAYS, [verb, colon], source, [quote.stretch])


def _speaker(reading: Reading, verb: Token, quote: Quote) -> Source | None:
    found = source_of(verb, reading.lexicon)
    if found is None or quote.holds(found.head.i):
        found = sources.after(verb)
    return None if found is None or quote.holds(found.head.i) else found


def _behind(reading: Reading, quote: Quote, quotes: Sequence[Quote]) -> Iterator[Token]:
    """The verbs between a closing mark and the end of its sentence, where the quotation leaves its sentence open."""
    doc: Doc = reading.doc
    if _last_word(doc, quote) == ".":
        return
    for index in range(quote.end, min(len(doc), quote.end + _BEHIND)):
        token = doc[index]
        if (
            reading.paragraphs[index] != reading.paragraphs[quote.end - 1]
            or token.text in _STOPS
            or _within(index, quotes)
        ):
            return
        if token.pos_ == "VERB":
            yield token


def _before(reading: Reading, quote: Quote, quotes: Sequence[Quote]) -> Iterator[Token]:
    """The verbs between the start of the sentence and an opening mark."""
    doc: Doc = reading.doc
    lead = doc[quote.start - 1].text if quote.start else ""
    for index in range(quote.start - 1, max(-1, quote.start - _BEFORE), -1):
        token = doc[index]
        if (
            reading.paragraphs[index] != reading.paragraphs[quote.start]
            or token.text in _STOPS
            or _within(index, quotes)
        ):
            return
        near = quote.start - index <= 4 and (_has_verb(doc, quote) or quote.end - quote.start > _SHORT)
        if token.pos_ == "VERB" and (lead in (",", ":") or near):
            yield token


def _goes_on(reading: Reading, quote: Quote, last: _Spoken) -> bool:
    """Whether a quotation without a cue is still the last speaker's."""
    doc, paragraphs = reading.doc, reading.paragraphs
    distance = paragraphs[quote.start] - paragraphs[last.quote.end - 1]
    starts_paragraph = (
        quote.start == 0 or paragraphs[quote.start - 1] != paragraphs[quote.start] or doc[quote.start - 1].is_space
    )
    full = _full(doc, quote)
    if last.quote.continued:
        return starts_paragraph and distance <= 2
    if distance == 0:
        before = doc[quote.start - 1]
        return full and bool(doc[quote.start].is_sent_start or before.is_space or before.text[-1] in ".!?:”\"'’")
    return starts_paragraph and distance <= 2 and full and quote.end - quote.start > _SHORT and not quote.single


def _full(doc: Doc, quote: Quote) -> bool:
    """Whether it is a sentence of its own, not a quoted word or name."""
    return _has_verb(doc, quote) or (quote.end - quote.start > _SHORT and _last_word(doc, quote) in _STOPS)


def _stops(token: Token) -> bool:
    return token.text in _STOPS and token.pos_ == "PUNCT"


def _has_verb(doc: Doc, quote: Quote) -> bool:
    return any(token.pos_ in ("VERB", "AUX") for token in doc[quote.start : quote.end])


def _last_word(doc: Doc, quote: Quote) -> str:
    """The last mark or word between the quotation marks."""
    return str(doc[quote.inner[1] - 1].text) if quote.inner[1] > quote.inner[0] else ""


def _within(index: int, quotes: Sequence[Quote]) -> bool:
    return any(quote.holds(index) for quote in quotes)
