"""The place of an event that is reported without one: that of its sentence's story, of the article's main incident, or its source's.

An inherited place keeps the span of its words, which stand with another event, and is marked as inherited. What is reported
with another place ("a quake in Chile"), or points back at it, does not take the place of the main incident.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.places.place_heads import PlaceHeads
from kg.extract.times.anchor import overlap
from kg.extract.times.incident import CAUSES, Incident
from kg.model import Basis, EventMention, PlaceMention, TimeExpression

#: how many sentences into an article its lead ends
LEAD = 3
#: how many sentences into an article its main incident is placed at the latest
HEAD = 8
#: sorts of place, finest first
FINENESS = {"site": 0, "district": 1, "city": 2, "admin2": 3, "admin1": 4, "region": 4, "country": 5, "sea": 5}


class PlaceInheritance:
    """Fills the places of one article's events that go on with others; ``events`` are placed by their own words."""

    def __init__(
        self,
        parsed: ParsedArticle,
        named: PlaceHeads,
        events: Sequence[EventMention],
        claimants: Mapping[str, str],
        local: PlaceMention | None,
    ) -> None:
        self.claimants = claimants
        self.known, self.events, self.local = named.known, list(events), local
        self.main: PlaceMention | None = None
        self.words = named.words
        self.incident = Incident(parsed, events)
        self.above = {key: {each.id for each in named.gazetteer.holders(place)} for key, place in named.known.items()}

    def fill(
        self, sources: Mapping[str, PlaceMention], concerns_part: Callable[[EventMention, EventMention], bool]
    ) -> tuple[EventMention, ...]:
        """The events, each with its own place or the one that it inherits; ``sources`` are the places of attributions' sources."""
        scene = self._scene()
        self.main = self._main_place(scene)
        aside = self._aside(scene) if scene is not None else set()
        return tuple(self._fill(index, scene, aside, sources, concerns_part) for index in range(len(self.events)))

    def _fill(
        self,
        index: int,
        scene: int | None,
        aside: set[int],
        sources: Mapping[str, PlaceMention],
        concerns_part: Callable[[EventMention, EventMention], bool],
    ) -> EventMention:
        event = self.events[index]
        if event.type in self.words.no_object:
            return event
        if event.place is not None or event.places:
            return event
        mate = self._mate(index, concerns_part)
        if mate is None and self.main is not None and self._belongs(index, scene, aside):
            mate = replace(event, place=self.main, places=self.events[scene].places if scene is not None else ())
        if mate is None:
            mate = self._namesake(index)
        source = sources.get(event.told_by)
        if source is not None and (mate is None or not self._contains(source, mate)):
            return replace(event, place=source, place_basis=Basis.INHERITED)
        return event if mate is None else self._refined(index, _inherited(event, mate))

    # ----------------------------------------------------------------- the same sentence

    def _mate(self, index: int, concerns_part: Callable[[EventMention, EventMention], bool]) -> EventMention | None:
        """The nearest placed event of the same attribution and sentence whose story this one is."""
        event, incident = self.events[index], self.incident
        here = incident.sentence(index)
        mates = [
            each
            for other, each in enumerate(self.events)
            if other != index
            and (each.place or each.places)
            and self._is_one_voice(event, each)
            and incident.sentence(other) == here
            and each.type not in self.words.no_object
            and self._is_one_story(index, other)
            and not concerns_part(event, each)
        ]
        if not mates:
            return None
        return min(mates, key=lambda each: (abs(each.trigger.start - event.trigger.start), each.trigger.start))

    def _is_one_voice(self, event: EventMention, other: EventMention) -> bool:
        """Whether one attribution, or two of one claimant, report two events."""
        return event.told_by == other.told_by or self.claimants.get(event.told_by, "") == self.claimants.get(
            other.told_by, ""
        )

    def _is_one_story(self, index: int, other: int) -> bool:
        """Whether two events of a sentence are of one incident, or one clause goes on with the other's."""
        incident = self.incident
        if bool(incident.lines[index]) != bool(incident.lines[other]):
            return False
        if incident.lines[index]:
            return not incident.is_other(index) and not incident.is_other(other)
        one, two, tree = incident.heads[index], incident.heads[other], incident.tree
        return one in tree.climb(two) or two in tree.climb(one) or tree.head[one] == tree.head[two]

    # ----------------------------------------------------------------- the main incident

    def _scene(self) -> int | None:
        """The event of the main incident that is reported with the finest place among those that agree with the first one."""
        parts = [
            index
            for index in self.incident.order
            if self.incident.is_part(index) and self.events[index].place is not None
        ]
        causes = [index for index in parts if self.incident.lines[index] in CAUSES]
        harm = (
            [index for index in parts if self.incident.lines[index] == "harm"] if self.incident.line == "harm" else []
        )
        first = next(iter(causes or harm), None)
        if first is not None and not all(self._agree(index, first) for index in causes):
            return None  # a story of more than one incident, or of a war, whose blows fall in many places
        if first is None or self.incident.sentence(first) > HEAD:
            return None
        agreeing = [index for index in causes if self._agree(index, first)] or [first]
        return min(agreeing, key=lambda index: (self._fineness(index), self.incident.heads[index]))

    def _main_place(self, scene: int | None) -> PlaceMention | None:
        """Where the main incident is: the article's own town, where that lies in what the events say, or they say nothing."""
        place = self.events[scene].place if scene is not None else None
        if self.local is None or self.incident.line == "harm":
            return place
        return self.local if place is None or self._contains(place, self.local) else place

    def _fineness(self, index: int) -> int:
        place = self.events[index].place
        known = self.known.get(place.id) if place is not None else None
        return FINENESS.get(known.kind, 2) if known is not None else 2

    def _agree(self, index: int, other: int) -> bool:
        """Whether two events' places are the same, or one lies in the other."""
        one, two = self.events[index].place, self.events[other].place
        return one is not None and two is not None and (self._contains(one, two) or self._contains(two, one))

    def _contains(self, outer: PlaceMention, inner: PlaceMention | EventMention) -> bool:
        place = inner.place if isinstance(inner, EventMention) else inner
        if place is None:
            return False
        above = self.above.get(place.id, set())
        if outer.id == place.id or outer.id in above:
            return True
        whole = outer.label.rsplit(" ", 1)[-1]  # "southern Iran" is a part of what contains the place
        return outer.id not in self.known and any(self.known[id_].label == whole for id_ in above if id_ in self.known)

    def _aside(self, scene: int) -> set[int]:
        """The sentences that are reported with a place other than the incident's, and those that point back at them."""
        aside = {
            self.incident.sentence(index)
            for index, event in enumerate(self.events)
            if self.incident.lines[index]
            and ((event.place is not None and not self._agree(index, scene)) or self._is_of_other_time(index, scene))
        }
        for number in sorted(aside):
            while (number := number + 1) not in aside and self.incident.points_aside(number):
                aside.add(number)
        return aside

    def _belongs(self, index: int, scene: int | None, aside: set[int]) -> bool:
        """Whether an event without a place is one of the main incident."""
        incident, number = self.incident, self.incident.sentence(index)
        if not incident.is_part(index) or incident.is_one_of_many(index) or incident.is_state(index):
            return False
        if number in aside or self._is_elsewhere(index):
            return False
        if scene is None:
            return not incident.is_indefinite(index) or number <= LEAD
        if self._is_of_other_time(index, scene) or incident.of_other_victim(index, scene):
            return False
        if incident.line == "harm" and self.events[index].type != self.events[scene].type:
            return False
        if incident.is_own_death(index) and not incident.is_own_death(scene) and number < incident.sentence(scene):
            return False
        return not (incident.is_indefinite(index) and number > max(LEAD, incident.sentence(scene)))

    def _is_elsewhere(self, index: int) -> bool:
        """Whether an event is put somewhere that has no name: "was rushed to a hospital", "died in prison"."""
        tree, at = self.incident.tree, self.incident.heads[index]
        verb = at if tree.pos[at] in {"VERB", "AUX"} else tree.head[at]
        return any(
            tree.lemma[noun] in self.words.elsewhere for name, noun in tree.phrases(verb) if name in {"to", "in", "at"}
        )

    def _is_of_other_time(self, index: int, scene: int) -> bool:
        """Whether an event is reported with another time than the incident: "the quake of 2007 killed 500"."""
        one, two = self.events[index].time, self.events[scene].time
        if one is None or two is None or one.span is None or two.span is None:
            return False
        if one.edtf is None or two.edtf is None:
            return not (_words(one) & _words(two)) and not any(_has_clock(each.text) for each in (one, two))
        return not overlap(one.edtf, two.edtf)

    def _refined(self, index: int, event: EventMention) -> EventMention:
        """The event at the finer place of the incident, where its own sentence gives only what contains it: "in southern Iran"."""
        if event.place is None or not self.incident.is_part(index):
            return event
        finer = self.main
        if finer is None or finer.id == event.place.id or not self._contains(event.place, finer):
            return event
        if self.incident.is_indefinite(index) and self.incident.sentence(index) > LEAD:
            return event
        return replace(event, place=finer, place_basis=Basis.INHERITED)

    # ----------------------------------------------------------------- the same name

    def _namesake(self, index: int) -> EventMention | None:
        """The event of the same type and word that is reported with a place, where all of them are reported with one: "the election"."""
        event, incident = self.events[index], self.incident
        if incident.lines[index] or incident.is_other(index) or incident.is_indefinite(index):
            return None
        word = incident.tree.lemma[incident.heads[index]]
        same = [
            each
            for other, each in enumerate(self.events)
            if each.place is not None and each.type == event.type and incident.tree.lemma[incident.heads[other]] == word
        ]
        if not same or incident.tree.pos[incident.heads[index]] not in {"NOUN", "PROPN"}:
            return None
        return same[0] if len({each.place.id for each in same if each.place}) == 1 else None


def _words(time: TimeExpression) -> set[str]:
    return set(time.text.lower().split()) - {"on", "in", "the", "of", "early", "late", "last", "this"}


def _has_clock(words: str) -> bool:
    return any(char.isdigit() for char in words)


def _inherited(event: EventMention, mate: EventMention) -> EventMention:
    places = tuple(place for place in mate.places if place.relation != "origin")
    return replace(event, place=mate.place, places=places, place_basis=Basis.INHERITED)
