"""Whether the chief scenes of two articles are one happening, by all that both tell: words, names, places, days.

What speaks for it, and against, is added up in log odds (Fellegi and Sunter). The weights are set by hand and round: what a
shared name, province or day is worth against unlike words. A pair above EVEN is held together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kg.model import ActorKind, Extraction
from kg.resolve.digests import Days
from kg.resolve.kinships import is_known, is_wide
from kg.resolve.likeness import Likeness
from kg.resolve.scenes import Scene

BASE, WORDS, GAP, PLACE, PROVINCE, NAME, DAYS = -6.0, 40.0, -1.0, 0.5, 1.5, 0.25, 1.5
EVEN = 0.0

#: what a pair must reach where a kin is wide: one night's raids have many words in common
FAR = 2.0

#: days between two publications where one of them is not known
UNKNOWN_GAP = 30


class Nearness:
    """What is compared of each article."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        extractions = list(extractions)
        self.words = Likeness(e.article for e in extractions)
        self._names = {e.article.id: _surnames(e) for e in extractions}
        self._bearers = Counter(name for names in self._names.values() for name in names)
        self._inner, self._provinces, self._published = {}, {}, {}
        for e in extractions:
            kinds = {place.id: place.kind for place in e.places_known}
            self._inner[e.article.id] = {
                p for p, kind in kinds.items() if kind not in {"country", "admin1", "region", "sea"}
            }
            self._provinces[e.article.id] = {p for p, kind in kinds.items() if kind == "admin1"}
            day = e.article.published
            self._published[e.article.id] = date.fromisoformat(day).toordinal() if day and len(day) == 10 else None

    def pairs(self, scenes: Sequence[Scene]) -> Iterator[tuple[float, int, int]]:
        """Chief scenes of like articles that are above EVEN, with how far."""
        chief = _chief(scenes)
        days = {i: scenes[i].days for i in chief.values()}
        for one, other in self.words.neighbours():
            if one in chief and other in chief:
                i, j = sorted((chief[one], chief[other]))
                score = self._score(one, other, days[i], days[j])
                if score > (FAR if is_wide(scenes[i].kin) or is_wide(scenes[j].kin) else EVEN):
                    yield score, i, j

    def _score(self, one: str, other: str, a: Days | None, b: Days | None) -> float:
        first, second = self._published[one], self._published[other]
        gap = abs(first - second) if first and second else UNKNOWN_GAP
        names = sum(
            math.log(self.words.whole / self._bearers[n]) for n in sorted(self._names[one] & self._names[other])
        )
        return (
            BASE
            + WORDS * self.words(one, other)
            + GAP * math.log1p(gap)
            + PLACE * min(len(self._inner[one] & self._inner[other]), 2)
            + PROVINCE * bool(self._provinces[one] & self._provinces[other])
            + NAME * min(names, 15.0)
            + (DAYS * (1 if a.overlaps(b) else -1) if a and b else 0.0)
        )


def _surnames(extraction: Extraction) -> set[str]:
    return {
        m.label.split()[-1].casefold() for m in extraction.mentions if m.kind is ActorKind.PERSON and m.label.split()
    }


def _chief(scenes: Sequence[Scene]) -> dict[str, int]:
    """Each article's scene of most events, of a known kin if it has one; of equals the one that is told first."""
    of: dict[str, list[int]] = defaultdict(list)
    for i, scene in enumerate(scenes):
        of[scene.told[0].ref.article].append(i)
    return {
        article: min(
            those,
            key=lambda i: (not is_known(scenes[i].kin), -len(scenes[i].told), min(t.start for t in scenes[i].told)),
        )
        for article, those in of.items()
    }
