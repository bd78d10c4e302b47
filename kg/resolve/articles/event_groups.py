"""Within one article: events-as-told that belong together, by kin, days and place. No other article is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.resolve.articles.event_digest import Days, EventDigest
from kg.resolve.event_families import is_known, is_wide

#: longer stretches ("since May", "this year") date nothing well enough to hold two articles together
LONGEST = 7


@dataclass(slots=True)
class EventGroup:
    """Events of one article that are told of one happening; ``days`` and ``place`` are those of its first event that has them."""

    kin: str
    told: list[EventDigest] = field(default_factory=list)

    @property
    def days(self) -> Days | None:
        """The shortest of its main events' days, else of all: "overnight" says more than "this week"."""
        dated = [t.days for t in self.main if t.days] or [t.days for t in self.told if t.days]
        return min(dated, key=lambda d: (len(d), d.first), default=None)

    @property
    def main(self) -> list[EventDigest]:
        """Its main events, or all where it has effects alone."""
        return [t for t in self.told if not t.kinship.effect] or self.told

    def admits(self, told: EventDigest) -> bool:
        """Whether an event's days and place agree with those of this scene; what is not told agrees with anything."""
        return days_agree(self.days, told.days) and self._met(told)

    def led_to(self, told: EventDigest) -> bool:
        """Whether an effect may have come of this scene within the week: who was hurt on Monday and died on Friday."""
        if not (told.kinship.effect and told.days and self.days):
            return False
        return 0 < told.days.first - self.days.last <= LONGEST and self._met(told)

    def _met(self, told: EventDigest) -> bool:
        placed = [each for each in self.told if each.place]
        return not placed or not told.place or any(self._meet(each, told) for each in placed)

    def _meet(self, one: EventDigest, other: EventDigest) -> bool:
        """Whether one place lies in the other; for a wide kin, whether both lie in one country."""
        return places_agree(one, other) or (is_wide(self.kin) and one.scopes[-1:] == other.scopes[-1:])


def days_agree(one: Days | None, other: Days | None) -> bool:
    """Whether two times may be one: the nights of 2-3 and of 3-4 share a day and are not, a day and its night are."""
    if one is None or other is None:
        return True
    shared = min(one.last, other.last) - max(one.first, other.first) + 1
    return shared > 0 and 2 * shared >= min(len(one) + len(other) - shared, 2 * min(len(one), len(other)))


def places_agree(one: EventDigest, other: EventDigest) -> bool:
    """Whether one place lies in the other, or either is not told."""
    return not one.place or not other.place or one.place in other.scopes or other.place in one.scopes


def group_events(told: Sequence[EventDigest]) -> list[EventGroup]:
    """The scenes of one article's events: dated main events first, then what joins them."""
    scenes: list[EventGroup] = []
    ordered = sorted(told, key=lambda t: (t.kinship.effect, t.days is None, t.start))
    for event in ordered:
        scene = _nearest(event, scenes)
        if scene is None:
            scene = EventGroup(event.kinship.kin)
            scenes.append(scene)
        scene.told.append(event)
    return scenes


def is_indexed(scenes: Sequence[EventGroup]) -> list[EventGroup]:
    """Those of an article's scenes that are of a known kin, or of a day and place; all where there are none such."""
    kept = [s for s in scenes if is_known(s.kin) or (s.days and s.main[0].place)]
    return kept or list(scenes)


def _nearest(event: EventDigest, scenes: Iterable[EventGroup]) -> EventGroup | None:
    """The scene that an event joins: of its kin (any kin for an effect), the one told last before it, else the next."""
    scenes = list(scenes)
    fitting = [s for s in scenes if (event.kinship.effect or s.kin == event.kinship.kin) and s.admits(event)]
    fitting = fitting or [s for s in scenes if s.led_to(event)]
    if not fitting:
        return None

    def distance(scene: EventGroup) -> tuple[bool, int]:
        gaps = [event.start - each.start for each in scene.told]
        before = [gap for gap in gaps if gap >= 0]
        return (not before, min(before) if before else min(-gap for gap in gaps))

    return min(fitting, key=distance)
