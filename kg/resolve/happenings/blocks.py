"""Blocks (day x country): which scenes may be one. A new scene meets those of its own blocks, and of no others.

Within a block, scenes that are alike in kin, days and place form a chain: each is held to the next, which holds them as well
as every pair would. Of each chain the first is compared with the first of every other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, pairwise

from kg.resolve.articles.digest_store import DigestStore
from kg.resolve.articles.event_digest import EventDigest
from kg.resolve.articles.event_groups import LONGEST, EventGroup, days_agree
from kg.resolve.event_families import is_wide
from kg.resolve.happenings.candidate_links import CandidateLink, CandidateLinks, LinkKind
from kg.resolve.similarity.word_vectors import term_number
from kg.sqlite_index import SqliteIndex, to_key

TABLES = """
CREATE TABLE IF NOT EXISTS chained (chain INT, name BLOB, n INT, scene INT, block INT,
                                    PRIMARY KEY (chain, name, n)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS chained_scene ON chained (scene);
CREATE INDEX IF NOT EXISTS chained_block ON chained (block, chain)
"""

#: a place in a chain: the chain, the article's id and the scene's number in it
Link = tuple[int, bytes, int]


class Blocks:
    """The chains of all blocks; after changes, the edges of those that changed are made anew."""

    def __init__(self, ledger: SqliteIndex, shelf: DigestStore, edges: CandidateLinks) -> None:
        self._ledger, self._shelf, self._edges = ledger, shelf, edges
        self._touched: dict[Link, int] = {}
        ledger.make(TABLES)

    def touch(self, scene: int) -> None:
        """Something of a scene has changed, or it is about to go."""
        for chain, name, n, block in self._ledger.all(
            "SELECT chain, name, n, block FROM chained WHERE scene = ?", scene
        ):
            self._touched[chain, name, n] = block

    def drop(self, scene: int) -> None:
        """Take a scene out of its chains."""
        self.touch(scene)
        self._ledger.do("DELETE FROM chained WHERE scene = ?", scene)

    def add(self, scene: int, told: EventGroup) -> None:
        """Put a scene into the chains of its days and countries."""
        if not told.days or len(told.days) > LONGEST:
            return
        name, n = self._shelf.order(scene)
        alike = [told.kin, told.days.first, told.days.last, told.main[0].place]
        for day in range(told.days.first, told.days.last + 1):
            for country in _countries(told):
                block, chain = term_number(json.dumps([day, country])), term_number(json.dumps([day, country, *alike]))
                self._ledger.put("chained", [(chain, to_key(name), n, scene, block)])
                self._touched[chain, to_key(name), n] = block

    def settle(self) -> None:
        """Make anew the edges of chains, and between chains, where they changed."""
        blocks = set()
        for link, block in self._touched.items():
            if (before := self._before(link)) is None:
                blocks.add(block)
            else:
                self._edges.drop_after(link[0], before)
            if (here := self._at(link)) is not None:
                self._edges.drop_after(link[0], here)
        for link in sorted(self._touched):
            row = [each for each in (self._before(link), self._at(link), self._after(link)) if each is not None]
            self._edges.put(link[0], (self._edge(one, other) for one, other in pairwise(row)))
        for block in sorted(blocks):
            firsts = [each for each in self._firsts(block) if each is not None]
            pairs = combinations(sorted(firsts, key=self._shelf.order), 2)
            self._edges.replace(block, (self._edge(one, other) for one, other in pairs if self._may_be_one(one, other)))
        self._touched.clear()

    def _edge(self, one: int, other: int) -> CandidateLink:
        return CandidateLink(one, other, LinkKind.DATED, _agreement(self._shelf.scene(one), self._shelf.scene(other)))

    def _may_be_one(self, one: int, other: int) -> bool:
        return _may_be_one(self._shelf.scene(one), self._shelf.scene(other))

    def _at(self, link: Link) -> int | None:
        return self._one("SELECT scene FROM chained WHERE chain = ? AND name = ? AND n = ?", *link)

    def _before(self, link: Link) -> int | None:
        query = "SELECT scene FROM chained WHERE chain = ? AND (name, n) < (?, ?) ORDER BY name DESC, n DESC LIMIT 1"
        return self._one(query, *link)

    def _after(self, link: Link) -> int | None:
        return self._one(
            "SELECT scene FROM chained WHERE chain = ? AND (name, n) > (?, ?) ORDER BY name, n LIMIT 1", *link
        )

    def _firsts(self, block: int) -> Iterator[int | None]:
        chain = self._one("SELECT min(chain) FROM chained WHERE block = ?", block)
        while chain is not None:
            yield self._one("SELECT scene FROM chained WHERE chain = ? ORDER BY name, n LIMIT 1", chain)
            chain = self._one("SELECT min(chain) FROM chained WHERE block = ? AND chain > ?", block, chain)

    def _one(self, query: str, *values: object) -> int | None:
        row = self._ledger.first(query, *values)
        return row[0] if row else None


def _countries(scene: EventGroup) -> list[str]:
    """The outermost places of a scene."""
    return sorted({t.scopes[-1] for t in scene.main if t.scopes})


def _may_be_one(one: EventGroup, other: EventGroup) -> bool:
    kins = {one.kin, other.kin}
    if len(kins) > 1 and "harm" not in kins:
        return False
    if not days_agree(one.days, other.days):
        return False
    wide = all(is_wide(kin) for kin in kins - {"harm"}) and kins != {"harm"}
    return any(_places_meet(a, b, wide=wide) for a in one.main for b in other.main)


def _places_meet(one: EventDigest, other: EventDigest, *, wide: bool) -> bool:
    """One place in the other. A happening of narrow kin is not held together by no more than a country."""
    if not one.place or not other.place:
        return False
    if one.place == other.place:
        return wide or not one.broad
    inner, outer = (one, other) if other.place in one.scopes else (other, one)
    return outer.place in inner.scopes and (wide or not outer.broad)


def _agreement(one: EventGroup, other: EventGroup) -> float:
    """How well two scenes agree: the same place, the same days, shared actors, figures that may be one."""
    same_place = any(a.place == b.place for a in one.main for b in other.main if a.place)
    actors = {x for t in one.told for x in t.actors} & {x for t in other.told for x in t.actors}
    figures = {(f.counts, f.role, f.value) for t in one.told for f in t.figures if f.value is not None}
    shared = figures & {(f.counts, f.role, f.value) for t in other.told for f in t.figures if f.value is not None}
    return (
        same_place + (one.days == other.days) + 0.5 * (one.kin == other.kin) + 0.5 * bool(actors) + min(len(shared), 2)
    )
