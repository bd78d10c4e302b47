"""When: the time of each event as told, and of each saying, read against the article's day.

A time dates the word that it hangs on and what stands under it, as far as no other teller's words begin: a time beside
the cue ("said on Wednesday") dates the saying. An event without a time of its own takes the one of the clause that it
belongs to. Nothing is dated by the day of publication alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.extract import news_calendar, time_expressions
from kg.extract.component import Reading
from kg.extract.news_calendar import Anchor
from kg.extract.time_expressions import TimeWords
from kg.extract.tree import Tree
from kg.model import Attribution, EventMention, Narration, Tense, TimeExpression

VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A time in its sentence: ``first`` is its first token, ``governor`` the token outside of it that it hangs on."""

    words: TimeWords
    first: int
    governor: int


def date_attributions(reading: Reading, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with ``asserted``: when it was said, where the text tells."""
    reader = _Reader(reading)
    return tuple(
        attribution if (told := reader.asserted(attribution)) is None else replace(attribution, asserted=told)
        for attribution in attributions
    )


def date_events(
    reading: Reading,
    attributions: Sequence[Attribution],
    narrations: Sequence[Narration],
    events: Sequence[EventMention],
) -> tuple[EventMention, ...]:
    """The events with their time, where the text tells one or a clause, or the telling before, hands one on."""
    reader = _Reader(reading)
    return tuple(reader.dated(event, attributions) for event in events)


class _Reader:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tree = Tree(reading.doc)
        published = reading.article.published
        self.dateline = date.fromisoformat(published) if published else None
        self.placed = [self._place(words) for words in time_expressions.find(reading.article.text, reading.lexicon)]

    def _place(self, words: TimeWords) -> Placed:
        tokens = self.reading.tokens(words.span)
        up = tokens.root.i
        while tokens.start <= up < tokens.end or self.tree.pos[up] in {"ADP", "SCONJ"}:
            if self.tree.head[up] == up:
                break
            up = self.tree.head[up]
        return Placed(words, tokens.start, up)

    def asserted(self, attribution: Attribution) -> TimeExpression | None:
        cue = {token.i for span in attribution.cue for token in self.reading.tokens(span)}
        for placed in self.placed:
            inside = any(span.overlaps(placed.words.span) for span in attribution.content)
            if not inside and placed.governor in cue:
                return self._express(placed, Anchor(self.dateline))
        return None

    def dated(self, event: EventMention, attributions: Sequence[Attribution]) -> EventMention:
        trigger = self.reading.tokens(event.trigger).root.i
        teller = next((a for a in attributions if a.id == event.told_by), None)
        best: tuple[int, Placed] | None = None
        chain = [trigger, *self.tree.climb(trigger)]
        for placed in self.placed:
            if teller and not any(span.overlaps(placed.words.span) for span in teller.content):
                continue
            if placed.governor in chain:
                rank = chain.index(placed.governor)
                if best is None or rank < best[0]:
                    best = (rank, placed)
        if best is None:
            return event
        anchor = Anchor(self.dateline, future=event.tense is Tense.FUTURE)
        return replace(event, time=self._express(best[1], anchor))

    def _express(self, placed: Placed, anchor: Anchor) -> TimeExpression:
        edtf, basis = news_calendar.resolve(placed.words, anchor)
        span = placed.words.span
        return TimeExpression(span.of(self.reading.article.text), edtf, basis, span)
