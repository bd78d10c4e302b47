"""When: the time of each event as told, and of each saying, read against the article's day.

A time dates the word that it hangs on and what shares that word's time (`kg.extract.time_scope`); one beside a cue
("said on Wednesday") dates the saying. An event that is told without a time takes the one of the telling before it, as
far as the story runs on: a past event that of the past events told last, a present one that of the saying told last. A
change of subject in time (a plan, a year long ago) ends that. Nothing is dated by the day of publication alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from kg.extract import news_calendar, time_expressions
from kg.extract.component import Reading
from kg.extract.news_calendar import Anchor
from kg.extract.time_scope import Placed, Scope
from kg.extract.tree import Tree
from kg.model import Attribution, Certainty, CharSpan, EventMention, Kind, Narration, Tense, TimeBasis, TimeExpression

VERBAL = frozenset({"VERB", "AUX"})
#: kinds that put no event in a time of their own: a clock's hour, "in recent weeks"
DATELESS = frozenset({"clock", "vague"})
#: kinds that lean on another time, and yield to one that does not
LEANING = frozenset({"clock", "vague", "hours", "relative"})
#: how many sentences without a dated event a story's time outlasts
LASTS = 3


def date_attributions(reading: Reading, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with ``asserted``: when it was said, where the text tells."""
    reader = _Reader(reading, attributions, ())
    dated = []
    for attribution in attributions:
        told = reader.asserted(len(dated), dated)
        dated.append(attribution if told is None else replace(attribution, asserted=told))
    return tuple(dated)


def date_events(
    reading: Reading,
    attributions: Sequence[Attribution],
    narrations: Sequence[Narration],  # noqa: ARG001 - the stage hands all tellers to every reader of events
    events: Sequence[EventMention],
) -> tuple[EventMention, ...]:
    """The events with their time, where the text tells one or the telling before hands one on."""
    return _Reader(reading, attributions, events).date()


@dataclass(slots=True)
class Story:
    """The running time of the telling: of past events, and of the last dated saying; and where each was told."""

    past: TimeExpression | None = None
    past_at: int = 0
    said: TimeExpression | None = None
    said_at: int = 0
    last: str | None = None  # EDTF of whatever was dated last, for "a night earlier"


class _Reader:
    def __init__(self, reading: Reading, attributions: Sequence[Attribution], events: Sequence[EventMention]) -> None:
        self.reading, self.events = reading, events
        self.tree = Tree(reading.doc)
        self.dateline = date.fromisoformat(reading.article.published) if reading.article.published else None
        self.attributions = {each.id: each for each in attributions}
        self.cues = [self._indexes(each.cue) for each in attributions]
        self.triggers = [self._indexes((event.trigger,)) for event in events]
        self.scope = Scope(self.tree, reading.lexicon, frozenset().union(*self.triggers), frozenset().union(*self.cues))
        found = time_expressions.find(reading.article.text, reading.lexicon)
        self.placed = [self._place(words) for words in found]
        self.sentence = [0] * len(self.tree)
        for number, sentence in enumerate(reading.doc.sents):
            self.sentence[sentence.start : sentence.end] = [number] * len(sentence)
        self.by_sentence: dict[int, list[Placed]] = {}
        for placed in self.placed:
            if placed.first not in reading.silent:
                self.by_sentence.setdefault(self.sentence[placed.first], []).append(placed)
        self.of_saying = self._claimed(attributions)

    def _indexes(self, spans: Iterable[CharSpan]) -> frozenset[int]:
        return frozenset(token.i for span in spans for token in self.reading.tokens(span) if not token.is_space)

    def _place(self, words: time_expressions.TimeWords) -> Placed:
        tokens = self.reading.tokens(words.span)
        return self.scope.place(words, tokens.start, tokens.end)

    # ---------------------------------------------------------------- sayings

    def _claimed(self, attributions: Sequence[Attribution]) -> dict[int, Placed]:
        """The time of each saying, by the attribution's place in the list."""
        found: dict[int, Placed] = {}
        for number, (attribution, cue) in enumerate(zip(attributions, self.cues, strict=True)):
            for placed in self.by_sentence.get(self.sentence[min(cue)], ()) if cue else ():
                if self._dates_saying(placed, attribution, cue):
                    found[number] = placed
                    break
        return found

    def _dates_saying(self, placed: Placed, attribution: Attribution, cue: frozenset[int]) -> bool:
        if placed.words.bound or placed.words.kind in DATELESS:
            return False
        if self._beside(placed, cue):
            return True
        if any(span.overlaps(placed.words.span) for span in attribution.content):
            return False
        return self.scope.clause(placed.governor) in cue or placed.governor in cue

    def _beside(self, placed: Placed, cue: frozenset[int]) -> bool:
        """Right after the cue, but for words like "on" and "late": "said late on Tuesday that"."""
        at = max(cue) + 1
        while at < placed.first and self.scope.place(placed.words, at, at + 1) and self.tree.pos[at] in {"ADP", "ADV"}:
            at += 1
        return at == placed.first

    def asserted(self, number: int, dated: Sequence[Attribution]) -> TimeExpression | None:
        """When the saying of this number was said; ``dated`` are those before it."""
        placed = self.of_saying.get(number)
        if placed is not None:
            previous = next((a.asserted.edtf for a in reversed(dated) if a.asserted and a.asserted.edtf), None)
            return self.express(placed, Anchor(self.dateline, previous=previous))
        heads = {self.tree.head[i] for i in self.cues[number] if self.tree.dep[i] == "conj"}
        return next((a.asserted for a, cue in zip(dated, self.cues, strict=False) if cue & heads), None)

    # ---------------------------------------------------------------- events

    def date(self) -> tuple[EventMention, ...]:
        """The events in their order, each dated as far as can be."""
        order = sorted(range(len(self.events)), key=lambda i: self.events[i].trigger.start)
        dated = list(self.events)
        own = {i: self._own(i) for i in order}
        story = Story()
        at = 0
        while at < len(order):
            number = self._sentence_of(order[at])
            group = [i for i in order[at:] if self._sentence_of(i) == number]
            at += len(group)
            self._hear(number, story)
            self._date_sentence(group, own, number, story, dated)
        return tuple(dated)

    def _date_sentence(
        self, group: list[int], own: dict[int, Placed | None], number: int, story: Story, dated: list[EventMention]
    ) -> None:
        for i in group:
            placed = own[i]
            if placed is not None and placed.words.kind not in DATELESS:
                previous = self._leant_on(placed, dated) or story.last
                anchor = Anchor(self.dateline, self.events[i].tense is Tense.FUTURE, previous)
                dated[i] = replace(self.events[i], time=self._opened(i, placed, self.express(placed, anchor)))
        open_ones = [i for i in group if own[i] is None or dated[i].time is None]
        for hand_on in (
            self._within,
            self._as_reported,
            self._ended_by,
            partial(self._carried, story, number),
            self._within,
        ):
            for i in open_ones:
                if dated[i].time is None:
                    dated[i] = replace(dated[i], time=hand_on(i, [dated[j] for j in group], group))
        self._remember([dated[i] for i in group], number, story)

    def _leant_on(self, placed: Placed, dated: list[EventMention]) -> str | None:
        """The time of the clause above the one that "hours before" stands with."""
        for up in self.tree.climb(placed.governor):
            for attribution, cue in zip(self.attributions.values(), self.cues, strict=True):
                if up in cue:
                    return attribution.asserted.edtf if attribution.asserted else None
            for trigger, event in zip(self.triggers, dated, strict=True):
                if up in trigger and event.time:
                    return event.time.edtf
        return None

    def _opened(self, i: int, placed: Placed, time: TimeExpression) -> TimeExpression:
        """ "Presses on with the offensive launched in May": what began then and goes on has no end yet."""
        verb = self.scope.clause(min(self.triggers[i]))
        begun = (
            self.tree.lemma[placed.governor] in self.scope.links["begins"] and placed.governor not in self.triggers[i]
        )
        if (
            not begun
            or time.edtf is None
            or "/" in time.edtf
            or self.tree.lemma[verb] not in self.scope.links["goes_on"]
        ):
            return time
        return replace(time, edtf=f"{time.edtf}/..")

    def _own(self, i: int) -> Placed | None:
        """The time that an event is told with: the one that reaches its word by the shortest way."""
        ranked = []
        for placed in self.by_sentence.get(self._sentence_of(i), ()):
            if placed in self.of_saying.values() or not self._told_together(i, placed):
                continue
            rank = self._rank(i, placed.governor)
            if rank is None and self._begins(i, placed.governor):
                rank = 1
            if rank is not None:
                ranked.append((placed.words.kind in LEANING, rank, abs(placed.first - min(self.triggers[i])), placed))
        return min(ranked, key=lambda each: each[:3])[3] if ranked else None

    def _rank(self, i: int, governor: int) -> int | None:
        """How far the event's word is from the one that the time hangs on; None where the time does not reach it."""
        trigger = self.triggers[i]
        if governor in trigger:
            return 0
        if any(self.scope.under(t, governor) for t in trigger):
            return 1
        for t in trigger:
            for steps, up in enumerate(self.scope.above(t), start=2):
                if up in trigger:
                    break
                if up == governor:
                    return steps
        return None

    def _begins(self, i: int, verb: int) -> bool:
        """ "The offensive launched in May": a verb of beginning that modifies the event's noun."""
        return (
            self.tree.dep[verb] in {"acl", "relcl"}
            and self.tree.lemma[verb] in self.scope.links["begins"]
            and self.tree.head[verb] in self.triggers[i]
        )

    def _told_together(self, i: int, placed: Placed) -> bool:
        """Whether the time stands in the words of the event's teller."""
        teller = self.attributions.get(self.events[i].told_by)
        if teller is not None:
            return any(span.overlaps(placed.words.span) for span in teller.content)
        return not any(span.overlaps(placed.words.span) for each in self.attributions.values() for span in each.content)

    def _sentence_of(self, i: int) -> int:
        return self.sentence[min(self.triggers[i])]

    # ---------------------------------------------------------------- handed on

    def _hear(self, number: int, story: Story) -> None:
        """Take note of a saying's date."""
        for each, cue in zip(self.attributions.values(), self.cues, strict=True):
            if (
                cue
                and each.asserted
                and each.asserted.edtf
                and self.sentence[min(cue)] <= number
                and number >= story.said_at
            ):
                if self.sentence[min(cue)] >= story.said_at:
                    story.said, story.said_at = each.asserted, self.sentence[min(cue)]

    def _within(self, i: int, events: list[EventMention], group: list[int]) -> TimeExpression | None:
        """The time of an event in the same sentence whose clause this one shares."""
        for j, event in zip(group, events, strict=True):
            if j != i and event.time and event.time.edtf and event.tense is self.events[i].tense and self._linked(i, j):
                return event.time
        return None

    def _ended_by(self, i: int, events: list[EventMention], group: list[int]) -> TimeExpression | None:
        """ "Captured the town in May after months of fighting": the fighting ended by May."""
        above = list(self.tree.climb(min(self.triggers[i])))
        after = next(
            (up for up in above if self.tree.lower[up] == "after" and self.tree.pos[up] in {"ADP", "SCONJ"}), None
        )
        if after is None or not any(self.tree.lemma[up] in _UNITS for up in above[: above.index(after)]):
            return None
        for j, event in zip(group, events, strict=True):
            if event.time and event.time.edtf and self.tree.head[after] in self.triggers[j]:
                return self._inherited(event.time, f"../{event.time.edtf.split('/')[-1]}")
        return None

    def _carried(
        self, story: Story, number: int, i: int, _: list[EventMention], __: list[int]
    ) -> TimeExpression | None:
        """The time that the story stands at, for an event that goes on with it."""
        event, at = self.events[i], min(self.triggers[i])
        if event.tense in (Tense.FUTURE, Tense.HABITUAL) or event.certainty is Certainty.UNSPECIFIED:
            return None
        if not self._goes_on(at):
            return None
        if self._is_now(at, event):
            told = story.said if number - story.said_at <= LASTS else None
        else:
            told = story.past if number - story.past_at <= LASTS and not self._is_earlier(at) else None
        return None if told is None else self._inherited(told, told.edtf)

    def _goes_on(self, at: int) -> bool:
        """Whether a word stands in the main line of its sentence: no "after", and a noun by way of a verb."""
        tree = self.tree
        for up in (at, *tree.climb(at)):
            marks = {tree.lower[c] for c in tree.children[up] if tree.dep[c] == "mark"}
            if marks & self.scope.links["bar"] or (
                tree.dep[up] == "prep" and tree.lower[up] in self.scope.links["bar"]
            ):
                return False
        noun = tree.outermost(at)
        if tree.pos[at] in VERBAL or tree.dep[noun] == "nsubj":
            return True
        if tree.dep[noun] in {"dobj", "nsubjpass"} and any(tree.lower[c] in _KNOWN for c in tree.children[at]):
            return True
        return any(tree.pos[up] in VERBAL for up in self.scope.above(at))

    def _inherited(self, told: TimeExpression, edtf: str | None) -> TimeExpression:
        return TimeExpression(told.text, edtf, TimeBasis.EVENT, None)

    def _linked(self, i: int, j: int) -> bool:
        """Whether one event's word shares the time of the other's."""
        mine, theirs = self.triggers[i], self.triggers[j]
        if self.events[i].told_by != self.events[j].told_by:
            return False
        ours, other = ({up for t in each for up in (t, *self.scope.above(t))} for each in (mine, theirs))
        return bool(ours & other)

    def _as_reported(self, i: int, _: list[EventMention], __: list[int]) -> TimeExpression | None:
        """ "Reported on Wednesday some success": what a saying only names, as news, is of the day of the saying."""
        event = self.events[i]
        teller, at = self.attributions.get(event.told_by), min(self.triggers[i])
        if teller is None or teller.asserted is None or teller.kind is not Kind.CLAIM or event.tense is Tense.FUTURE:
            return None
        if self.tree.pos[at] in VERBAL or any(self.tree.lower[c] in _KNOWN for c in self.tree.children[at]):
            return None
        cues = self._indexes(teller.cue)
        for up in self.tree.climb(at):
            if up in cues:
                return teller.asserted
            if self.tree.pos[up] in VERBAL:
                return None
        return None

    def _is_now(self, at: int, event: EventMention) -> bool:
        """Whether the telling puts it at the time of the saying: present, perfect, or a past progressive within a saying."""
        if event.tense is Tense.PRESENT:
            return True
        verb = self.scope.clause(at)
        aux = {self.tree.lower[c] for c in self.tree.children[verb] if self.tree.dep[c] in {"aux", "auxpass"}}
        if aux & {"has", "have", "'ve", "’ve"}:
            return True
        return self.tree.tag[verb] == "VBG" and bool(aux & {"was", "were"}) and event.told_by in self.attributions

    def _is_earlier(self, at: int) -> bool:
        """Whether the telling steps back behind the story ("had been"), or the word tells no event of its own time."""
        verb = self.scope.clause(at)
        aux = {self.tree.lower[c] for c in self.tree.children[verb] if self.tree.dep[c] in {"aux", "auxpass"}}
        return "had" in aux or "to" in aux or self.tree.tag[verb] in {"VB", "VBG"}

    def _remember(self, events: list[EventMention], number: int, story: Story) -> None:
        for event in events:
            time = event.time
            if time is None or time.edtf is None:
                continue
            if event.tense is Tense.FUTURE or not self._is_recent(time.edtf):
                story.past = None
            elif event.tense is Tense.PAST:
                story.past, story.past_at = time, number
            if self._is_short(time.edtf):
                story.last = time.edtf
        if any(event.tense is Tense.FUTURE for event in events) and not any(
            event.tense is Tense.PAST for event in events
        ):
            story.past = None

    def _is_short(self, edtf: str) -> bool:
        first, last = news_calendar.bounds(edtf)
        return first is not None and last is not None and last - first <= timedelta(days=1)

    def _is_recent(self, edtf: str) -> bool:
        """A day or night within a week of the article's day, or, where that is not known, any day or night."""
        last = news_calendar.bounds(edtf)[1]
        if not self._is_short(edtf) or last is None:
            return False
        return self.dateline is None or abs((self.dateline - last).days) <= 7

    def express(self, placed: Placed, anchor: Anchor) -> TimeExpression:
        """A time in its place, resolved."""
        edtf, basis = news_calendar.resolve(placed.words, anchor)
        span = placed.words.span
        return TimeExpression(span.of(self.reading.article.text), edtf, basis, span)


_UNITS = frozenset({"hour", "day", "night", "week", "month", "year", "decade"})
_KNOWN = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
