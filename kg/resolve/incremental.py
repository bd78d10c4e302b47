"""The stage: extractions -> what spans them. Whatever comes, goes or changes, only what it touches is worked out again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kg.model import ClaimRelation, Corpus, CorpusChange, Extraction, Place
from kg.resolve.articles.digest_store import DigestStore, summarise, summary_number
from kg.resolve.claims.relations import relate_checks
from kg.resolve.entities.identities import Identities
from kg.resolve.happenings.article_pairs import ArticlePairs
from kg.resolve.happenings.blocks import Blocks
from kg.resolve.happenings.candidate_links import CandidateLinks
from kg.resolve.happenings.clusters import Clusters
from kg.resolve.happenings.happenings import Happenings
from kg.resolve.known_entities import KnownEntities
from kg.resolve.measures import link_measures
from kg.resolve.near_duplicates import NearDuplicates
from kg.sqlite_index import SqliteIndex, fingerprint


def resolve(extractions: Iterable[Extraction], world: KnownEntities) -> Corpus:
    """What spans the extractions: the same whatever their order."""
    renewal = IncrementalResolver(SqliteIndex(), world)
    places: dict[str, tuple[str, Place]] = {}  # of several of one id, that of the article first by its id
    for extraction in extractions:
        renewal.hear(extraction.article.id, extraction)
        for place in extraction.places_known:
            if place.id not in places or extraction.article.id < places[place.id][0]:
                places[place.id] = (extraction.article.id, place)
    corpus = _joined([part.corpus for part in renewal.parts()])
    return replace(corpus, places=tuple(places[id_][1] for id_ in sorted(places)))


def stamp(world: KnownEntities) -> str:
    """What a ledger of ours hangs on besides articles and judgements: another program or list of names makes all anew."""
    names = hashlib.sha256(repr(world.entities).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{fingerprint(Path(__file__).parent)} {names}"


class IncrementalResolver:
    """Articles that come, go or change (`hear`), and then what is held otherwise for it (`parts`).

    ``ledger`` is that of the articles heard before: what it holds after is the same as if all had been heard at once, in any
    order.
    """

    def __init__(self, ledger: SqliteIndex, world: KnownEntities) -> None:
        self._identities = Identities(ledger, world)
        self._shelf = DigestStore(ledger, self._identities.entity)
        self._edges = CandidateLinks(ledger)
        self._blocks = Blocks(ledger, self._shelf, self._edges)
        self._clusters = Clusters(ledger, self._shelf, self._edges, world)
        self._nearness = ArticlePairs(ledger, self._shelf, self._edges)
        self._copies = NearDuplicates(ledger, self._shelf)
        self._happenings = Happenings(ledger, self._shelf, self._clusters, self._copies, world)
        self._own: dict[str, CorpusChange] = {}
        self._fresh: list[int] = []

    def hear(self, article: str, extraction: Extraction | None) -> None:
        """The article of that id is now this; None: it is gone. Each article may be heard once."""
        self._own[article] = CorpusChange(f"article {article}", Corpus() if extraction is None else _own(extraction))
        found = extraction and summarise(extraction)
        if found and self._shelf.same(article, found):
            return
        before = self._shelf.number(article)
        if before is not None:
            self._forget(before, article)
        if not (extraction and found):
            if before is not None:
                self._shelf.drop(before)
            return
        number = self._shelf.put(article, found)
        self._identities.hear(number, article, found.named)
        self._copies.add(number, extraction.article)
        self._fresh.append(number)

    def _forget(self, number: int, article: str) -> None:
        for scene in self._clusters.scenes_in(number):
            self._blocks.drop(scene)
            self._clusters.drop(scene)
        self._nearness.drop(number)
        self._copies.drop(number, article)
        self._identities.hear(number, article, ())

    def parts(self) -> Iterator[CorpusChange]:
        """What is now held, owner by owner; of those that are not told of, what was held before."""
        yield from (self._own[article] for article in sorted(self._own))
        names, renamed = self._identities.settle()
        yield from names
        copies, copied = self._copies.settle()
        yield from copies
        for number in self._fresh:
            for scene, told in summary_number(number, self._shelf.scenes(number)):
                self._clusters.add(scene, told)
                self._blocks.add(scene, told)
            self._nearness.add(number)
        for number in renamed.difference(self._fresh):
            for scene in self._clusters.scenes_in(number):
                self._blocks.touch(scene)
        self._blocks.settle()
        self._nearness.settle()
        touched, gone = self._clusters.settle()
        for number in {*self._fresh, *renamed, *copied}:
            touched |= self._clusters.clusters_of(number)
        yield from self._happenings.settle(touched, gone)


def _own(extraction: Extraction) -> Corpus:
    """What an article adds by itself, whatever else is told."""
    return Corpus(
        relations=_each_once(relate_checks([extraction])),
        reported_by=_reported_by(extraction),
        measures=link_measures(figure for event in extraction.events for figure in event.figures),
    )


def _joined(parts: Iterable[Corpus]) -> Corpus:
    parts = list(parts)
    measures = {(each.counts, each.role): each for part in parts for each in part.measures}
    entities = {entity.id: entity for part in parts for entity in part.entities}
    return Corpus(
        entities=tuple(entities[id_] for id_ in sorted(entities)),
        links=tuple(sorted(chain.from_iterable(part.links for part in parts), key=lambda link: link.actor)),
        happenings=tuple(sorted(chain.from_iterable(p.happenings for p in parts), key=lambda each: each.id)),
        relations=_each_once(chain.from_iterable(part.relations for part in parts)),
        copies=tuple(sorted(chain.from_iterable(part.copies for part in parts), key=lambda each: each.copy)),
        reported_by=tuple(sorted({edge for part in parts for edge in part.reported_by})),
        measures=tuple(measures[told] for told in sorted(measures)),
    )


def _each_once(relations: Iterable[ClaimRelation]) -> tuple[ClaimRelation, ...]:
    """Of relations of one sort between the same two claims, the surest; in a fixed order."""
    best: dict[tuple[object, ...], ClaimRelation] = {}
    for each in sorted(relations, key=lambda r: (-r.confidence, r.rule, r.basis_spans)):
        if each.source != each.target:
            best.setdefault((each.source, each.target, each.relation), each)
    return tuple(best[key] for key in sorted(best))


def _reported_by(extraction: Extraction) -> tuple[tuple[str, str], ...]:
    """Source and channel, hop by hop: the channel that the text names, the outlet that relays, the article's own."""
    edges = set()
    claimants = {said.id: said.claimant.id for said in extraction.attributions if said.claimant}
    for said in extraction.attributions:
        if said.claimant is None:
            continue
        relay = claimants.get(said.embedded_in or "")
        hops = (
            said.channel.id if said.channel else None,
            relay if said.embedded_in else extraction.article.narrator,
        )
        edges |= {(said.claimant.id, hop) for hop in hops if hop and hop.startswith(("channel/", "outlet/"))}
    return tuple(sorted(edge for edge in edges if edge[0] != edge[1]))
