"""Settling: from what each rule saw to the attributions of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.component import Reading
from kg.extract.quotemarks import Quote, pair, snapped
from kg.extract.sources import words
from kg.extract.spans import Stretch, chars, less, shared, size, tidy
from kg.model import Attribution, CharSpan, Kind, Style

#: the share of a content's words that stand in quotation marks from which it is direct speech
_DIRECT = 0.9


def settle(reading: Reading) -> tuple[Attribution, ...]:
    """The attributions of an article: merged, in reading order, numbered a1.., each with style, kind and its relay.

    Takes the candidates of all extractors, users' own among them, from ``reading``. Those with the same cue become one
    ("...", he said. "..."); one whose cue and content lie in another's content is embedded in it.
    """
    quotes = pair(reading.doc, reading.paragraphs)
    drafts = _merge([_settled(reading, each, quotes) for each in reading.of(Attribution)])
    drafts.sort(key=lambda each: (each.content[0].start, -each.content[-1].end, each.cue[0].start))
    numbered = [replace(each, id=f"a{i}") for i, each in enumerate(drafts, start=1)]
    return tuple(each for each in _embed(numbered) if not _speaks_of_self(reading, each))


def _speaks_of_self(reading: Reading, found: Attribution) -> bool:
    """Whether a quoted speaker only marks the own words ("I think", "as I said"): no other source is cited there."""
    return (
        found.embedded_in is not None
        and bool(found.source)
        and found.source[0].of(reading.doc.text).lower() in words(reading.lexicon, "self")
    )


def _settled(reading: Reading, found: Attribution, quotes: Sequence[Quote]) -> Attribution:
    cue = [token.i for span in found.cue for token in reading.tokens(span)]
    content = [(each.start, each.end) for each in map(reading.tokens, found.content)]
    grown = snapped(content, quotes, cue)
    for span in (*found.source, *found.cue):
        tokens = reading.tokens(span)
        grown = less(grown, (tokens.start, tokens.end))
    grown = tidy(reading.doc, grown) or content
    return replace(found, content=chars(reading.doc, grown), style=_style(reading, grown, quotes))


def _style(reading: Reading, content: Sequence[Stretch], quotes: Sequence[Quote]) -> Style:
    words = size(content)
    quoted = sum(
        shared(content, [quote.stretch])
        for quote in quotes
        if not (quote.end - quote.start <= 4 and shared(content, [quote.stretch]) < words)
    )
    if quoted >= _DIRECT * words:
        return Style.DIRECT
    return Style.MIXED if quoted else Style.INDIRECT


def _merge(drafts: Sequence[Attribution]) -> list[Attribution]:
    """Candidates with the same cue become one: the first's, with the content of all."""
    by_cue: dict[CharSpan, Attribution] = {}
    for each in drafts:
        first = by_cue.get(each.cue[0])
        if first is None:
            by_cue[each.cue[0]] = each
        elif first.source == each.source:
            by_cue[each.cue[0]] = replace(first, content=_union(first.content, each.content))
    return list(by_cue.values())


def _union(ours: Sequence[CharSpan], theirs: Sequence[CharSpan]) -> tuple[CharSpan, ...]:
    joined: list[CharSpan] = []
    for span in sorted((*ours, *theirs)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = CharSpan(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)


def _embed(found: Sequence[Attribution]) -> list[Attribution]:
    """Each one pointing at the smallest other whose content holds its cue; that one is then a relay."""
    holders: dict[str, str] = {}
    for inner in found:
        around = [
            outer
            for outer in found
            if outer is not inner
            and any(span.covers(inner.cue[0]) for span in outer.content)
            and _length(outer) > _length(inner)
        ]
        if around:
            holders[inner.id] = min(around, key=_length).id
    relays = set(holders.values())
    return [
        replace(
            each,
            embedded_in=holders.get(each.id),
            kind=Kind.RELAY if each.id in relays and each.kind is Kind.CLAIM else each.kind,
        )
        for each in found
    ]


def _length(found: Attribution) -> int:
    return sum(map(len, found.content))
