"""One happening, told by many: scenes of articles -> revisable clusters.

Scenes are compared only within a block (kin, day, country), so that cost grows with what a day brings and a new article
meets its own block alone. Pairs are taken best first, ties by their own addresses, and a union is refused where it would
put two times together that cannot be one; so the order in which articles came makes no difference.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from kg.model import Happening, Place, Ref
from kg.resolve.digests import Days, Told, days_of
from kg.resolve.kinships import is_known, is_wide
from kg.resolve.measures import Measure, measure
from kg.resolve.nearness import Nearness
from kg.resolve.scenes import Scene, days_agree, stage_scenes

#: longer stretches ("since May", "this year") date nothing well enough to hold two articles together
LONGEST = 7

#: figures from here on are seldom the same by chance; one that more scenes give than COMMON holds nothing together
LARGE, COMMON = 10, 40


def find_happenings(
    told: Iterable[Told],
    places: Mapping[str, Place],
    apart: frozenset[frozenset[Ref]] = frozenset(),
    together: Iterable[tuple[Ref, Ref]] = (),
    nearness: Nearness | None = None,
) -> tuple[Happening, ...]:
    """The happenings that the events tell of, sorted by id; ``apart`` are pairs of events that an analyst holds apart."""
    by_article: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        by_article[each.ref.article].append(each)
    scenes = [scene for article in sorted(by_article) for scene in stage_scenes(by_article[article])]
    scenes = _worth(scenes)
    clusters = _Clusters(scenes, apart)
    for i, j in _held(scenes, together):
        clusters.join(i, j, judged=True)
    for _, i, j in sorted(nearness.pairs(scenes) if nearness else (), key=lambda pair: (-pair[0], pair[1], pair[2])):
        clusters.join(i, j, judged=True)
    for _, i, j in sorted(_pairs(scenes), key=lambda pair: (-pair[0], pair[1], pair[2])):
        clusters.join(i, j)
    return _named([[scenes[i] for i in members] for members in clusters.members()], places)


def _worth(scenes: Sequence[Scene]) -> list[Scene]:
    """Scenes of a known kin, or of a day and place; and all of an article that has none such."""
    kept = [is_known(scene.kin) or bool(scene.days and scene.main[0].place) for scene in scenes]
    served = {scene.told[0].ref.article for scene, keep in zip(scenes, kept, strict=True) if keep}
    return [s for s, keep in zip(scenes, kept, strict=True) if keep or s.told[0].ref.article not in served]


class _Clusters:
    """Scenes in clusters that may grow together as long as nothing in them forbids it."""

    def __init__(self, scenes: Sequence[Scene], apart: frozenset[frozenset[Ref]]) -> None:
        self._root = list(range(len(scenes)))
        self._days: list[set[Days]] = [{s.days} if s.days else set() for s in scenes]
        judged = frozenset().union(*apart)
        self._refs = [{t.ref for t in s.told if t.ref in judged} for s in scenes]
        self._apart = apart

    def find(self, i: int) -> int:
        """The cluster of a scene."""
        while self._root[i] != i:
            self._root[i] = self._root[self._root[i]]
            i = self._root[i]
        return i

    def join(self, i: int, j: int, *, judged: bool = False) -> None:
        """Put two clusters together, unless their times (where not ``judged`` already), or an analyst, forbid it."""
        a, b = sorted((self.find(i), self.find(j)))
        if a == b or not (judged or all(days_agree(x, y) for x in self._days[a] for y in self._days[b])):
            return
        if self._apart and any(frozenset((x, y)) in self._apart for x in self._refs[a] for y in self._refs[b]):
            return
        self._root[b] = a
        self._days[a] |= self._days[b]
        self._refs[a] |= self._refs[b]

    def members(self) -> list[list[int]]:
        """The scenes of each cluster."""
        groups: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._root)):
            groups[self.find(i)].append(i)
        return list(groups.values())


def _held(scenes: Sequence[Scene], together: Iterable[tuple[Ref, Ref]]) -> Iterator[tuple[int, int]]:
    """The scenes of events that an analyst holds to be one."""
    of = {t.ref: i for i, scene in enumerate(scenes) for t in scene.told}
    for one, other in together:
        if one in of and other in of:
            yield of[one], of[other]


def _pairs(scenes: Sequence[Scene]) -> Iterator[tuple[float, int, int]]:
    """Scenes of different articles that may be one, with how well they agree; each block's like scenes in a chain."""
    yield from _by_figures(scenes)
    seen: set[tuple[int, int]] = set()
    for block in _blocks(scenes):
        alike: dict[tuple[str, Days | None, str | None], list[int]] = defaultdict(list)
        for i in block:
            alike[scenes[i].kin, scenes[i].days, scenes[i].main[0].place].append(i)
        for chain in alike.values():  # alike in all that is compared: one chain holds them as well as every pair would
            for i, j in pairwise(chain):
                if (i, j) not in seen:
                    seen.add((i, j))
                    yield _agreement(scenes[i], scenes[j]), i, j
        for i, j in combinations(sorted(chain[0] for chain in alike.values()), 2):
            if (i, j) not in seen and _may_be_one(scenes[i], scenes[j]):
                seen.add((i, j))
                yield _agreement(scenes[i], scenes[j]), i, j


def _by_figures(scenes: Sequence[Scene]) -> Iterator[tuple[float, int, int]]:
    """Scenes of which one tells no day or no place, held together by two large figures that both give of one kin."""
    holders: dict[tuple[str, Measure, float], list[int]] = defaultdict(list)
    for i, scene in enumerate(scenes):
        for what, value in sorted(
            {(m, f.value) for t in scene.told for f in t.figures if (m := measure(f)) and (f.value or 0) >= LARGE}
        ):
            holders[scene.kin, what, value or 0].append(i)
    shared = Counter(pair for those in holders.values() if len(those) <= COMMON for pair in combinations(those, 2))
    for (i, j), count in sorted(shared.items()):
        one, other = scenes[i], scenes[j]
        bare = any(not s.days or not any(t.place for t in s.main) for s in (one, other))
        if count > 1 and bare and one.told[0].ref.article != other.told[0].ref.article and _told_near(one, other):
            yield 1.0 + count, i, j


def _told_near(one: Scene, other: Scene) -> bool:
    """Whether two scenes' days agree, and were told within a week of each other."""
    a, b = (days_of((s.told[0].said_on or "")[:10] or None) for s in (one, other))
    return days_agree(one.days, other.days) and a is not None and b is not None and abs(a.first - b.first) <= LONGEST


def _blocks(scenes: Sequence[Scene]) -> Iterator[list[int]]:
    blocks: dict[tuple[int, str], list[int]] = defaultdict(list)
    for i, scene in enumerate(scenes):
        if scene.days and len(scene.days) <= LONGEST:
            for day in range(scene.days.first, scene.days.last + 1):
                for country in _countries(scene):
                    blocks[day, country].append(i)
    for key in sorted(blocks):
        if len(blocks[key]) > 1:
            yield blocks[key]


def _countries(scene: Scene) -> list[str]:
    """The outermost places of a scene."""
    return sorted({t.scopes[-1] for t in scene.main if t.scopes})


def _may_be_one(one: Scene, other: Scene) -> bool:
    kins = {one.kin, other.kin}
    if len(kins) > 1 and "harm" not in kins:
        return False
    if not days_agree(one.days, other.days):
        return False
    wide = all(is_wide(kin) for kin in kins - {"harm"}) and kins != {"harm"}
    return any(_places_meet(a, b, wide=wide) for a in one.main for b in other.main)


def _places_meet(one: Told, other: Told, *, wide: bool) -> bool:
    """One place in the other. A happening of narrow kin is not held together by no more than a country."""
    if not one.place or not other.place:
        return False
    if one.place == other.place:
        return wide or not one.broad
    inner, outer = (one, other) if other.place in one.scopes else (other, one)
    return outer.place in inner.scopes and (wide or not outer.broad)


def _agreement(one: Scene, other: Scene) -> float:
    """How well two scenes agree: the same place, the same days, shared actors, figures that may be one."""
    same_place = any(a.place == b.place for a in one.main for b in other.main if a.place)
    actors = {x for t in one.told for x in t.actors} & {x for t in other.told for x in t.actors}
    figures = {(f.counts, f.role, f.value) for t in one.told for f in t.figures if f.value is not None}
    shared = figures & {(f.counts, f.role, f.value) for t in other.told for f in t.figures if f.value is not None}
    return (
        same_place + (one.days == other.days) + 0.5 * (one.kin == other.kin) + 0.5 * bool(actors) + min(len(shared), 2)
    )


# ----------------------------------------------------------------------------- names


def _named(clusters: Iterable[Sequence[Scene]], places: Mapping[str, Place]) -> tuple[Happening, ...]:
    drafts = sorted((_draft(cluster, places) for cluster in clusters), key=lambda h: (h.id, h.events))
    count = Counter(draft.id for draft in drafts)
    named = [h if count[h.id] == 1 else _with_id(h, f"{h.id}-{_mark(h.events[0])}") for h in drafts]
    return tuple(sorted(named, key=lambda happening: happening.id))


def _with_id(happening: Happening, id_: str) -> Happening:
    return Happening(id_, happening.label, happening.type, happening.events, happening.edtf, happening.place)


def _mark(ref: Ref) -> str:
    return hashlib.sha256(f"{ref.article}#{ref.id}".encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _draft(cluster: Sequence[Scene], places: Mapping[str, Place]) -> Happening:
    told = [t for scene in cluster for t in scene.main]
    kind = _commonest(t.type for t in told) or told[0].type
    edtf = _commonest(t.edtf for t in told if t.days and len(t.days) <= LONGEST)
    place = _where(told)
    name = places[place].label if place and place in places else ""
    events = tuple(sorted(t.ref for scene in cluster for t in scene.told))
    slug = "-".join(
        filter(None, (cluster[0].kin, (edtf or "undated").replace("/", "-"), (place or "").removeprefix("place/")))
    )
    if not edtf:
        slug += f"-{_mark(events[0])}"
    label = ", ".join(filter(None, (_words(kind), name, _when(edtf))))
    return Happening(f"happening/{slug}", label, kind, events, edtf, place)


def _where(told: Sequence[Told]) -> str | None:
    """The place that holds most of the tellings: the narrowest of the commonest."""
    count: Counter[str] = Counter(place for t in told for place in t.scopes)
    depth = {place: len(t.scopes) for t in told for place in t.places}
    return min(count, key=lambda place: (-count[place], -depth.get(place, 0), place), default=None)


def _commonest(values: Iterable[str | None]) -> str | None:
    count = Counter(value for value in values if value)
    return min(count, key=lambda value: (-count[value], value), default=None)


def _words(name: str) -> str:
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()


def _when(edtf: str | None) -> str:
    if not edtf:
        return "undated"
    first, _, last = edtf.partition("/")
    if last and len(first) == len(last) == len("2024-10-02"):
        one, other = date.fromisoformat(first), date.fromisoformat(last)
        if (other - one).days == 1:
            return (
                f"night of {one.day}–{other.day} {other:%B %Y}"
                if one.month == other.month
                else f"night of {one:%d %B} – {other:%d %B %Y}"
            )
        return f"{first} to {last}"
    return f"{date.fromisoformat(first):%d %B %Y}".lstrip("0") if len(first) == len("2024-10-02") and not last else edtf
