"""One happening, told by many: a cluster of scenes -> its name, its events, and what its claims are to each other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.model import ClaimRelation, Corpus, CorpusChange, Happening, Ref
from kg.resolve.articles.digest_store import SHIFT, DigestStore
from kg.resolve.articles.event_digest import EventDigest, days_of
from kg.resolve.articles.event_groups import LONGEST, EventGroup
from kg.resolve.claims.relations import relate
from kg.resolve.claims.voices import Affiliations
from kg.resolve.event_families import is_cause
from kg.resolve.happenings.clusters import Clusters
from kg.resolve.known_entities import KnownEntities
from kg.resolve.near_duplicates import NearDuplicates
from kg.sqlite_index import SqliteIndex, from_key, to_key

TABLES = """
CREATE TABLE IF NOT EXISTS happening (cluster INTEGER PRIMARY KEY, owner BLOB, draft BLOB, named BLOB);
CREATE INDEX IF NOT EXISTS happening_draft ON happening (draft)
"""


class Happenings:
    """The happening of each cluster, under an id of its own."""

    def __init__(
        self, ledger: SqliteIndex, shelf: DigestStore, clusters: Clusters, copies: NearDuplicates, world: KnownEntities
    ) -> None:
        self._ledger, self._shelf, self._clusters, self._copies = ledger, shelf, clusters, copies
        self._parties = {entity.id: frozenset(entity.parties) for entity in world.entities}
        self._drafts: dict[int, Happening] = {}
        ledger.make(TABLES)

    def settle(self, touched: set[int], gone: set[int]) -> Iterator[CorpusChange]:
        """What is now held of these clusters, and of those whose id must change for theirs."""
        drafts: set[bytes] = set()
        self._drafts.clear()
        for cluster in sorted(gone | touched):
            row = self._ledger.first("SELECT owner, draft FROM happening WHERE cluster = ?", cluster)
            drafts |= {row[1]} if row else set()
            if cluster in gone:
                self._ledger.do("DELETE FROM happening WHERE cluster = ?", cluster)
                yield from [CorpusChange(from_key(row[0]))] if row else ()
        for cluster in sorted(touched):
            draft, owner = self._draft(cluster).id, "cluster {}#{}".format(*self._shelf.order(cluster))
            self._ledger.put("happening", [(cluster, to_key(owner), to_key(draft), b"")])
            drafts.add(to_key(draft))
        for each in sorted(drafts):
            yield from self._named(each)

    def _named(self, draft: bytes) -> Iterator[CorpusChange]:
        """The happenings that would have this id: one may have it, several are told apart by their first event."""
        rows = self._ledger.all("SELECT cluster, owner, named FROM happening WHERE draft = ?", draft)
        for cluster, owner, before in rows:
            alone = len(rows) == 1
            if before and (before == draft) == alone:
                continue
            happening = self._draft(cluster)
            if not alone:
                happening = replace(happening, id=f"{happening.id}-{_mark(happening.events[0])}")
            self._ledger.do("UPDATE happening SET named = ? WHERE cluster = ?", to_key(happening.id), cluster)
            yield CorpusChange(
                from_key(owner), Corpus(happenings=(happening,), relations=tuple(self._relations(cluster, happening)))
            )

    def _draft(self, cluster: int) -> Happening:
        if cluster not in self._drafts:
            labels: dict[str, str] = {}
            for scene in (members := self._clusters.members(cluster)):
                labels = {**self._shelf.labels(scene >> SHIFT), **labels}
            self._drafts[cluster] = _draft([self._shelf.scene(scene) for scene in members], labels)
        return self._drafts[cluster]

    def _relations(self, cluster: int, happening: Happening) -> Iterator[ClaimRelation]:
        members = self._clusters.members(cluster)
        told = {each.ref: each for scene in members for each in self._shelf.scene(scene).told}
        originals = self._copies.originals({scene >> SHIFT for scene in members})
        yield from relate([happening], told, Affiliations(self._parties, originals))


def _mark(ref: Ref) -> str:
    return hashlib.sha256(f"{ref.article}#{ref.id}".encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _draft(cluster: Sequence[EventGroup], labels: Mapping[str, str]) -> Happening:
    told = [t for scene in cluster for t in scene.main]
    told = [t for t in told if not t.kinship.effect] or [t for t in told if is_cause(t.type)] or told
    kind = _commonest(t.type for t in told) or told[0].type
    edtf = _commonest(t.edtf for t in told if days_of(t.edtf) and t.days and len(t.days) <= LONGEST)
    place = _where(told)
    name = labels.get(place or "", "")
    events = tuple(sorted(t.ref for scene in cluster for t in scene.told))
    slug = "-".join(
        filter(None, (cluster[0].kin, (edtf or "undated").replace("/", "-"), (place or "").removeprefix("place/")))
    )
    if not edtf:
        slug += f"-{_mark(events[0])}"
    label = ", ".join(filter(None, (_words(kind), name, _when(edtf))))
    return Happening(f"happening/{slug}", label, kind, events, edtf, place)


def _where(told: Sequence[EventDigest]) -> str | None:
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
