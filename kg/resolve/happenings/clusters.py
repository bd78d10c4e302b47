"""Scenes -> revisable clusters, each a happening. Only what edges link to a change is looked at again.

Pairs are taken best first, ties by their own addresses, and a union is refused where it would put two times together that
cannot be one; so the order in which articles came makes no difference.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from kg.model import Ref
from kg.resolve.articles.digest_store import SHIFT, DigestStore
from kg.resolve.articles.event_digest import Days, days_of
from kg.resolve.articles.event_groups import LONGEST, EventGroup, days_agree
from kg.resolve.happenings.candidate_links import CandidateLink, CandidateLinks, LinkKind
from kg.resolve.known_entities import KnownEntities
from kg.resolve.measures import measure_of
from kg.resolve.similarity.inverted_index import InvertedIndex
from kg.resolve.similarity.word_vectors import term_number
from kg.sqlite_index import SqliteIndex

TABLES = """
CREATE TABLE IF NOT EXISTS scene (scene INTEGER PRIMARY KEY, first INT, last INT, cluster INT);
CREATE INDEX IF NOT EXISTS scene_cluster ON scene (cluster)
"""

#: the log odds that two clusters must reach on average to be joined, and those of scenes that are not compared
JOIN, UNLIKE = -1.75, -4.5

#: figures from here on are seldom the same by chance
LARGE = 10


class Clusters:
    """The scenes of all articles, each in one cluster; a cluster goes by the number of its first scene."""

    def __init__(self, ledger: SqliteIndex, shelf: DigestStore, edges: CandidateLinks, world: KnownEntities) -> None:
        self._ledger, self._shelf, self._edges = ledger, shelf, edges
        self._figures = InvertedIndex(ledger, "figure")
        self._apart, self._together = judged_events(world)
        self._left: set[int] = set()
        ledger.make(TABLES)

    def scenes_in(self, article: int) -> list[int]:
        """The scenes of an article."""
        bounds = (article << SHIFT, (article + 1) << SHIFT)
        return [row[0] for row in self._ledger.all("SELECT scene FROM scene WHERE scene >= ? AND scene < ?", *bounds)]

    def members(self, cluster: int) -> list[int]:
        """The scenes of a cluster, in their order."""
        rows = self._ledger.all("SELECT scene FROM scene WHERE cluster = ?", cluster)
        return sorted((row[0] for row in rows), key=self._shelf.order)

    def clusters_of(self, article: int) -> set[int]:
        """The clusters that an article's scenes are in."""
        bounds = (article << SHIFT, (article + 1) << SHIFT)
        return {row[0] for row in self._ledger.all("SELECT cluster FROM scene WHERE scene >= ? AND scene < ?", *bounds)}

    def drop(self, scene: int) -> None:
        """Take a scene out."""
        row = self._ledger.first("SELECT cluster FROM scene WHERE scene = ?", scene)
        self._left |= {row[0]} if row else set()
        self._ledger.do("DELETE FROM scene WHERE scene = ?", scene)
        self._figures.drop(scene)
        self._edges.drop(scene)

    def add(self, scene: int, told: EventGroup) -> None:
        """Put a scene in, as yet alone."""
        days = (told.days.first, told.days.last) if told.days else (None, None)
        self._ledger.put("scene", [(scene, *days, None)])
        self._figures.add(scene, _figures(told))
        self._edges.concerned.add(scene)

    def settle(self) -> tuple[set[int], set[int]]:
        """The clusters whose scenes are others than before, and those that are no more."""
        self._by_figures()
        judged = self._by_judgement()
        changed, before, seen = set(), self._left, set[int]()
        for scene in sorted(self._edges.concerned):
            if scene in seen or not self._ledger.first("SELECT 1 FROM scene WHERE scene = ?", scene):
                continue
            component = self._linked(scene)
            seen |= component.keys()
            before = before | {cluster for _, cluster in component.values() if cluster is not None}
            for group in self._grown(component, judged):
                was = {component[each][1] for each in group}
                if was != {group[0]} or group[0] in self._left or len(self.members(group[0])) != len(group):
                    changed.add(group[0])
                for each in group:
                    if component[each][1] != group[0]:
                        self._ledger.do("UPDATE scene SET cluster = ? WHERE scene = ?", group[0], each)
        gone = {each for each in before if not self._ledger.first("SELECT 1 FROM scene WHERE cluster = ?", each)}
        self._edges.concerned.clear()
        self._left = set()
        return changed, gone

    # ------------------------------------------------------------------------- what links scenes

    def _by_figures(self) -> None:
        """Scenes of which one tells no day or no place, held together by two large figures that both give of one kin."""
        for figure, rare, pairs in self._figures.changes():
            if not rare:
                self._edges.replace(figure, ())
                continue
            ordered = (sorted(pair, key=self._shelf.order) for pair in pairs)
            self._edges.put(
                figure, (CandidateLink(i, j, LinkKind.FIGURE, 1.0) for i, j in ordered if self._may_share(i, j))
            )

    def _may_share(self, i: int, j: int) -> bool:
        one, other = self._shelf.scene(i), self._shelf.scene(j)
        bare = any(not s.days or not any(t.place for t in s.main) for s in (one, other))
        return bare and i >> SHIFT != j >> SHIFT and _told_near(one, other)

    def _by_judgement(self) -> dict[int, frozenset[Ref]]:
        """Link what an analyst holds together; the events of scenes that one holds apart from others."""
        held = []
        for pair in self._together:
            scenes = [scene for ref in pair if (scene := self._shelf.scene_of(ref)) is not None]
            if len(set(scenes)) > 1:
                one, other = sorted(scenes, key=self._shelf.order)
                held.append(CandidateLink(one, other, LinkKind.JUDGED, 0.0))
        self._edges.replace(term_number("judged"), held)
        judged: dict[int, set[Ref]] = defaultdict(set)
        for ref in sorted(ref for pair in self._apart for ref in pair):
            if (scene := self._shelf.scene_of(ref)) is not None:
                judged[scene].add(ref)
        told = json.dumps(sorted(sorted([ref.article, ref.id] for ref in pair) for pair in self._apart))
        before = self._ledger.read("events apart") or "[]"
        if told != before:
            refs = [Ref(*ref) for pair in json.loads(before) for ref in pair]
            self._edges.concerned |= {*judged, *(s for ref in refs if (s := self._shelf.scene_of(ref)) is not None)}
            self._ledger.write("events apart", told)
        return {scene: frozenset(refs) for scene, refs in judged.items()}

    def _linked(self, start: int) -> dict[int, tuple[Days | None, int | None]]:
        """All scenes that edges lead to, with their days and the cluster that each was in."""
        found: dict[int, tuple[Days | None, int | None]] = {}
        ahead = [start]
        while ahead:
            scene = ahead.pop()
            if scene in found:
                continue
            row = self._ledger.first("SELECT first, last, cluster FROM scene WHERE scene = ?", scene)
            assert row
            found[scene] = (None if row[0] is None else Days(row[0], row[1]), row[2])
            ahead += self._edges.neighbours(scene, JOIN) - found.keys()
        return found

    def _grown(
        self, component: Mapping[int, tuple[Days | None, int | None]], judged: Mapping[int, frozenset[Ref]]
    ) -> Iterator[list[int]]:
        """The clusters that scenes grow into; each in the scenes' order, and by its first scene."""
        ordered = sorted(component, key=self._shelf.order)
        place = {scene: i for i, scene in enumerate(ordered)}
        growing = _Growing(
            [component[scene][0] for scene in ordered],
            [judged.get(scene, frozenset()) for scene in ordered],
            self._apart,
        )
        edges = [
            (place[e.one], place[e.other], e) for scene in ordered for e in self._edges.after(scene) if e.other in place
        ]
        likely = {(i, j): e.score for i, j, e in edges if e.sort == LinkKind.LIKE}
        for i, j in ((i, j) for i, j, e in edges if e.sort == LinkKind.JUDGED):
            growing.join(i, j, whenever=True)
        growing.join_likely(likely)
        for _, _, i, j in sorted(_ranked(edges)):
            growing.join(i, j, whenever=False)
        for members in growing.members():
            yield [ordered[i] for i in members]


class _Growing:
    """Scenes in clusters that may grow together as long as nothing in them forbids it."""

    def __init__(
        self, days: Sequence[Days | None], refs: Sequence[frozenset[Ref]], apart: frozenset[frozenset[Ref]]
    ) -> None:
        self._root = list(range(len(days)))
        self._days: list[set[Days]] = [{each} if each else set() for each in days]
        self._refs = [set(each) for each in refs]
        self._apart = apart

    def find(self, i: int) -> int:
        """The cluster of a scene."""
        while self._root[i] != i:
            self._root[i] = self._root[self._root[i]]
            i = self._root[i]
        return i

    def join(self, i: int, j: int, *, whenever: bool) -> bool:
        """Put two clusters together, unless their times (but ``whenever``), or an analyst, forbid it."""
        a, b = sorted((self.find(i), self.find(j)))
        if a == b or not (whenever or all(days_agree(x, y) for x in self._days[a] for y in self._days[b])):
            return False
        if any(frozenset((x, y)) in self._apart for x in self._refs[a] for y in self._refs[b]):
            return False
        self._root[b] = a
        self._days[a] |= self._days[b]
        self._refs[a] |= self._refs[b]
        return True

    def join_likely(self, pairs: Mapping[tuple[int, int], float]) -> None:
        """Join the two clusters whose scenes are most alike on average, as long as that reaches JOIN (UPGMA).

        A pair that is not among ``pairs`` counts as UNLIKE, so a cluster grows only by what is like most of it.
        """
        size: Counter[int] = Counter(self.find(i) for i in {i for pair in pairs for i in pair})
        gain: dict[int, dict[int, float]] = defaultdict(dict)
        for (i, j), score in sorted(pairs.items()):
            a, b = self.find(i), self.find(j)
            if a != b:
                gain[a][b] = gain[b][a] = gain[a].get(b, 0.0) + score - UNLIKE

        def ranked(x: int, y: int) -> tuple[float, int, int, int, int]:
            one, other = min(x, y), max(x, y)
            mean = gain[one][other] / (size[one] * size[other]) + UNLIKE
            return -round(mean, 6), one, other, size[one], size[other]

        queue = [ranked(x, y) for x in gain for y in gain[x] if x < y]
        heapify(queue)
        while queue and -queue[0][0] >= JOIN:
            _, x, y, *sizes = heappop(queue)
            if [size[x], size[y]] != sizes or not self.join(x, y, whenever=True):
                continue  # one of the two has grown since, or is gone
            size[x], size[y] = size[x] + size[y], 0
            for near, worth in sorted(gain.pop(y).items()):
                del gain[near][y]
                if near != x:
                    gain[x][near] = gain[near][x] = gain[x].get(near, 0.0) + worth
            for near in gain[x]:
                heappush(queue, ranked(x, near))

    def members(self) -> list[list[int]]:
        """The scenes of each cluster."""
        groups: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._root)):
            groups[self.find(i)].append(i)
        return list(groups.values())


def _ranked(edges: Iterable[tuple[int, int, CandidateLink]]) -> Iterator[tuple[int, float, int, int]]:
    """Pairs in the order in which they are heard: what is judged, what is like, then the rest, each best first."""
    figures: Counter[tuple[int, int]] = Counter()
    for i, j, edge in edges:
        if edge.sort == LinkKind.FIGURE:
            figures[i, j] += 1
        elif edge.sort == LinkKind.DATED:
            yield edge.sort, -edge.score, i, j
    for (i, j), count in figures.items():
        if count > 1:
            yield LinkKind.DATED, -(1.0 + count), i, j


def judged_events(world: KnownEntities) -> tuple[frozenset[frozenset[Ref]], list[tuple[Ref, Ref]]]:
    """Pairs of events (ARTICLE#e3) that an analyst holds apart, and those held together."""
    apart, together = set(), []
    for each in world.judgements:
        if "#" in each.one and "#" in each.other:
            one, other = (Ref(*name.rsplit("#", 1)) for name in (each.one, each.other))
            if each.same:
                together.append((one, other))
            else:
                apart.add(frozenset((one, other)))
    return frozenset(apart), sorted(together)


def _figures(scene: EventGroup) -> Iterator[int]:
    for told in scene.told:
        for figure in told.figures:
            if (what := measure_of(figure)) and (figure.value or 0) >= LARGE:
                yield term_number(f"figure {scene.kin} {what} {figure.value}")


def _told_near(one: EventGroup, other: EventGroup) -> bool:
    """Whether two scenes' days agree, and were told within a week of each other."""
    a, b = (days_of((s.told[0].said_on or "")[:10] or None) for s in (one, other))
    return days_agree(one.days, other.days) and a is not None and b is not None and abs(a.first - b.first) <= LONGEST
