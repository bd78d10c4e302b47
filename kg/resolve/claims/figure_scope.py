"""What a figure counts and where, so that it may be held against another: of the same, or of a part and its whole.

A part is never more than its whole: "26 civilians in the town" and "19 people in the country" cannot both hold, "9 in the
town" and "19 in the country" can. Where a figure was counted is as told; where that is not told it is of the whole
happening, unless its words or who gives it narrow it to a place that they do not name ("in his region", a mayor).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from kg.model import CharSpan, Figure, Happening
from kg.resolve.articles.event_digest import EventDigest
from kg.resolve.event_families import family_of, is_cause, is_sided, is_wide
from kg.resolve.measures import Measure, is_own, is_sided_group, measure_of, shared_measures

#: stand for places in a scope: all of the happening, and some part of it
WHOLE, PART = "whole", "part"


class ScopedFigure(NamedTuple):
    """What is counted, and where: places, or one of WHOLE and PART."""

    measure: Measure
    scope: frozenset[str]


class FigureScope:
    """How far one happening reaches: which places lie in which, as its events tell."""

    def __init__(self, happening: Happening, events: Iterable[EventDigest]) -> None:
        self.place = happening.place
        kin = family_of(happening.type).kin
        # where effects alone are told, what they came of may have reached far
        unknown = family_of(happening.type).effect and not is_cause(happening.type)
        self.wide, self.sided = is_wide(kin) or unknown, is_sided(kin)
        events = list(events)
        self._told = frozenset(event.place for event in events if event.place)
        self._by_article: dict[str, set[str]] = defaultdict(set)
        for event in events:
            self._by_article[event.ref.article] |= {event.place} if event.place else set()
        self._outer: dict[str, frozenset[str]] = {}
        for event in events:
            for i, place in enumerate(event.scopes):
                self._outer[place] = self._outer.get(place, frozenset()) | set(event.scopes[i + 1 :])

    def scope(self, event: EventDigest, along: Sequence[EventDigest]) -> frozenset[str] | None:
        """Where an event's figures were counted; ``along`` are all events of its teller. None where that may be anywhere."""
        places = event.located if event.place else _beside(event, along)
        if places:
            return self._whole(places)
        if event.partial and self.wide:
            return frozenset({PART})
        if not self.sided or (self.wide and self.place and not event.kinship.effect):
            return frozenset({WHOLE})
        return self._only(event.ref.article)  # in a fight there are dead here and there

    def _only(self, article: str) -> frozenset[str] | None:
        """The narrowest place that an article tells, where it tells of no two apart; else None."""
        told = sorted(self._by_article.get(article, ()))
        if not told or not all(self._nested(one, other) for one, other in combinations(told, 2)):
            return None
        return self._whole(frozenset({max(told, key=lambda place: len(self._outer[place]))}))

    def holds(self, outer: frozenset[str], inner: frozenset[str]) -> bool:
        """Whether all that is counted in one scope lies in the other, which is larger."""
        if WHOLE in outer:
            return PART in inner or (self.place is not None and all(self._within(each, self.place) for each in inner))
        return not inner & {WHOLE, PART} and any(all(self._within(each, place) for each in inner) for place in outer)

    def _whole(self, places: frozenset[str]) -> frozenset[str]:
        """WHOLE where these are the happening's own place or hold it, or tell it more or less closely than others do."""
        if self.place is None or len(places) > 1:
            return places
        (place,) = places
        around = place == self.place or self._within(self.place, place)
        closely = not self.wide and all(self._nested(place, each) for each in self._told)
        return frozenset({WHOLE}) if around or closely else places

    def _nested(self, one: str, other: str) -> bool:
        return one == other or self._within(one, other) or self._within(other, one)

    def _within(self, inner: str, outer: str) -> bool:
        return outer in self._outer.get(inner, frozenset())


def _beside(event: EventDigest, along: Sequence[EventDigest]) -> frozenset[str]:
    """The places of the nearest event of the same teller that has some, of the same sort if there is one."""
    placed = [each for each in along if each.place]
    nearest = min(
        placed,
        key=lambda each: (each.kinship.effect != event.kinship.effect, abs(each.start - event.start)),
        default=None,
    )
    return nearest.located if nearest else frozenset()


def is_part(inner: Measure, outer: Measure) -> bool:
    """Whether one counts some of what the other counts, or the same."""
    return inner[1:] == outer[1:] and (inner.counts == outer.counts or outer.counts in shared_measures(inner.counts))


def is_same_scope(one: EventDigest, other: EventDigest, counts: Iterable[str]) -> bool:
    """Whether two tellings of harm may speak of the same victims: no other doer, and of a side's own the same side.

    Whom "our forces killed" are the other side's; others' dead may be anyone's.
    """
    doers = [set(each.doer.split()) for each in (one, other)]
    if not (one.kinship.effect and other.kinship.effect):
        # "Gaines fired two shots", "an officer fired one": each counts their own
        return is_wide(one.kinship.kin) or not all(doers) or bool(doers[0] & doers[1])
    if all(doers) and not doers[0] & doers[1]:
        return False
    if not all(doers) and any(is_own(each.doer) for each in (one, other)):
        return False
    groups = [_whose(each) for each in (one, other)]
    sided = [words for words in counts if is_sided_group(words)]
    return not sided or bool((groups[0] & groups[1]) - set(sided))


def _whose(told: EventDigest) -> set[str]:
    """The words for whom it tells of; "its soldiers" are those of who tells it."""
    words = {word for group in told.groups for word in group.split()}
    own = told.claimant and any(is_own(word) for word in words)
    return words | (set(told.claimant.rsplit("/", 1)[-1].split("-")) if own and told.claimant else set())


def stated_parts(events: Iterable[EventDigest]) -> set[tuple[str, CharSpan]]:
    """Where parts stand of a whole of the very same measure: "12 of the 19 dead" does not say that 12 died in all."""
    return {
        (event.ref.article, part.span)
        for event in events
        for part in event.figures
        if part.of is not None
        and part.of < len(event.figures)
        and measure_of(event.figures[part.of]) == measure_of(part) is not None
    }


def are_disjoint(one: Figure, other: Figure) -> bool:
    """Return True if no number is in both intervals; an open end has no bound. Bounds that touch are not disjoint."""
    return is_below(one, other) or is_below(other, one)


def is_below(low: Figure, high: Figure) -> bool:
    """Return True if all that one allows is less than all that the other allows.

    "over 200,000" and "200,000" touch: the words of a bound are rounded too often to stand against the number itself.
    """
    return low.max is not None and high.min is not None and low.max < high.min


def is_nested(counts: Mapping[ScopedFigure, object], extent: FigureScope) -> list[tuple[ScopedFigure, ScopedFigure]]:
    """Pairs of a part and its whole among what is counted, in an order of their own."""
    ordered = sorted(counts, key=lambda each: (each.measure, sorted(each.scope)))
    return [
        (inner, outer)
        for inner in ordered
        for outer in ordered
        if inner != outer
        and is_part(inner.measure, outer.measure)
        and (inner.scope == outer.scope or extent.holds(outer.scope, inner.scope))
    ]
