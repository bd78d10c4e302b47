"""The time of an article's main incident, for all events that belong to it without a time of their own.

The incident's time is the first day given with one of its events, if no other event of it is given with another
day. A sentence that has another time ("In 2007 a quake killed 500") and what points back at it stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.times import normalise
from kg.extract.times.anchor import overlap
from kg.extract.times.anchoring import TimeAnchors
from kg.extract.times.incident import CAUSES, Incident
from kg.extract.times.scope import VERBAL
from kg.model import Tense, TimeBasis, TimeExpression

#: how many sentences into an article its lead ends
LEAD = 3
#: how many sentences into an article its main incident is dated at the latest
HEAD = 8
#: the days of the longest month
MONTH = 31


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time that an event is reported with, and that event."""

    event: int
    time: TimeExpression
    edtf: str


class IncidentTimes:
    """Fills the times of one article's events that others of the same incident, or of the same name, are reported with."""

    def __init__(self, anchors: TimeAnchors, times: list[TimeExpression | None]) -> None:
        self.anchors, self.times = anchors, times
        self.incident = Incident(anchors.parsed, anchors.events)
        self.tree = anchors.tree
        self.stated = [
            StatedTime(event, time, time.edtf)
            for event in self.incident.order
            if (time := times[event]) is not None and time.edtf and self._is_own(event, time)
        ]

    def _is_own(self, event: int, time: TimeExpression) -> bool:
        """Whether an event is reported with a time itself, and has it from no other event of its sentence."""
        placed = self.anchors.own(event)
        return placed is not None and placed.words.span == time.span

    def fill(self) -> None:
        """Give each event without a time the one of its incident, else that of its namesake."""
        main = self._main()
        aside = self._aside(main) if main else set()
        for event in self.incident.order:
            time = self.times[event]
            if time is not None and time.edtf is not None:
                if main is not None and self._is_coarser(event, main):
                    self.times[event] = inherited(main.time)
                continue
            if main is not None and self._belongs(event, main, aside):
                self.times[event] = inherited(main.time, at=time)
            elif (namesake := self._namesake(event)) is not None:
                self.times[event] = inherited(namesake.time, at=time)

    def _main(self) -> StatedTime | None:
        """The first event of the incident that is reported with a day."""
        parts = [
            each
            for each in self.stated
            if self.incident.is_part(each.event)
            and self._is_definite(each)
            and not self.incident.is_state(each.event)
            and (self.incident.line == "harm" or not self._is_later_death(each.event))
        ]
        causes = [each for each in parts if self.incident.lines[each.event] in CAUSES]
        harm = [each for each in parts if self.incident.lines[each.event] == "harm"]
        first = next(iter(causes or harm), None)
        if first is None or self.incident.sentence(first.event) > HEAD:
            return None
        if not all(overlap(each.edtf, first.edtf) for each in self.stated if self.incident.lines[each.event] in CAUSES):
            return None  # a story of more than one incident
        return min((each for each in parts if overlap(each.edtf, first.edtf)), key=lambda each: _length(each.edtf))

    @staticmethod
    def _is_definite(each: StatedTime) -> bool:
        """Whether a time may be that of one incident: a day or night, or a month that the text names with its year."""
        return normalise.is_short(each.edtf) or (each.time.basis is TimeBasis.EXPLICIT and _length(each.edtf) <= MONTH)

    def _is_later_death(self, event: int) -> bool:
        """Whether a death may be days after what it came of: except for a death reported with it, "died on Sunday after he was shot"."""
        incident, number = self.incident, self.incident.sentence(event)
        beside = any(
            incident.lines[other] in CAUSES and incident.sentence(other) == number and self.anchors.own(other) is None
            for other in incident.order
        )
        return incident.is_own_death(event) and not beside

    def _aside(self, main: StatedTime) -> set[int]:
        """The sentences that are reported with a time other than the incident's, and those that point back at them."""
        aside = {
            self.incident.sentence(each.event)
            for each in self.stated
            if not overlap(each.edtf, main.edtf) and self.incident.lines[each.event]
        }
        for number in sorted(aside):
            while (number := number + 1) not in aside and self.incident.points_aside(number):
                aside.add(number)
        return aside

    def _belongs(self, event: int, main: StatedTime, aside: set[int]) -> bool:
        incident, number = self.incident, self.incident.sentence(event)
        if not incident.is_part(event) or incident.is_one_of_many(event):
            return False
        if number in aside or incident.is_state(event) or self._steps_back(event):
            return False
        if incident.of_other_victim(event, main.event):
            return False
        if self._is_later_death(main.event) and self.anchors.events[event].type != self.anchors.events[main.event].type:
            return False
        if number == incident.sentence(main.event) and self._has_other_time(event):
            return False
        return not (incident.is_indefinite(event) and number > max(LEAD, incident.sentence(main.event)))

    def _has_other_time(self, event: int) -> bool:
        """As in "Was jailed on Friday for the murder": the words between bar the time of their own sentence."""
        return any(
            self.tree.lemma[up] in self.anchors.scope.links["apart"]
            for up in self.tree.climb(self.incident.heads[event])
        )

    def _steps_back(self, event: int) -> bool:
        """Whether the text goes back before the story: "had fired at another man"."""
        verb = self.anchors.scope.clause(self.incident.heads[event])
        return any(self.tree.lower[c] == "had" for c in self.tree.kids(verb, "aux"))

    def _is_coarser(self, event: int, main: StatedTime) -> bool:
        """As in "The 2013 shooting", where the shooting is elsewhere reported with its day."""
        time, mention = self.times[event], self.anchors.events
        if time is None or time.edtf is None or mention[event].type != mention[main.event].type:
            return False
        is_year = time.edtf.isdigit() and _length(main.edtf) <= MONTH
        return is_year and overlap(time.edtf, main.edtf) and not self.incident.is_indefinite(event)

    def _namesake(self, event: int) -> StatedTime | None:
        """The event of the same type and word that is reported with a time, where all of them are reported with one."""
        incident, mention = self.incident, self.anchors.events[event]
        if incident.is_other(event) or mention.tense is Tense.HABITUAL:
            return None
        word = self.tree.lemma[incident.heads[event]]
        same = [
            each
            for each in self.stated
            if self.anchors.events[each.event].type == mention.type
            and self.tree.lemma[incident.heads[each.event]] == word
        ]
        same = [each for each in same if not incident.of_other_victim(event, each.event)]
        if not same or len({each.edtf for each in same}) > 1 or not normalise.is_short(same[0].edtf):
            return None
        first = same[0]
        before = incident.sentence(event) < min(LEAD, incident.sentence(first.event))
        if self.tree.pos[incident.heads[event]] in VERBAL:
            return first if before and mention.tense is not Tense.FUTURE else None
        if before and not incident.is_other(event):
            return first
        return None if incident.is_indefinite(event) else first


def inherited(time: TimeExpression, at: TimeExpression | None = None) -> TimeExpression:
    """A time as an event of another sentence takes it over, with the span of its words there.

    Where the event has words of its own that report no day (``at``: "at 3 a.m."), they stay, and only their day is inherited.
    """
    words = at if at is not None and at.span is not None else TimeExpression(time.text, None, TimeBasis.EVENT)
    return TimeExpression(words.text, time.edtf, TimeBasis.EVENT, words.span, time.span or time.from_span, time.night)


def _length(edtf: str) -> int:
    """How many days a time has; a long one where an end is open."""
    first, last = normalise.bounds(edtf)
    return (last - first).days if first and last else 36500
