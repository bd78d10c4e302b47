"""The stage: extractions -> what spans them. The one step that sees all articles; it says so by its type."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Corpus, Extraction, Place
from kg.resolve.entities import link_entities
from kg.resolve.world import World


def resolve(extractions: Iterable[Extraction], world: World) -> Corpus:
    """What spans the extractions: the same whatever their order. ``extractions`` must bear being passed over twice."""
    entities, links = link_entities(extractions, world)
    return Corpus(entities=entities, links=links, places=_places(extractions), reported_by=_reported_by(extractions))


def _places(extractions: Iterable[Extraction]) -> tuple[Place, ...]:
    known = {place.id: place for extraction in extractions for place in extraction.places_known}
    return tuple(known[id_] for id_ in sorted(known))


def _reported_by(extractions: Iterable[Extraction]) -> tuple[tuple[str, str], ...]:
    """Source and channel, hop by hop: the channel that the text names, the outlet that relays, the article's own."""
    edges = set()
    for extraction in extractions:
        claimants = {said.id: said.claimant.id for said in extraction.attributions if said.claimant}
        for said in extraction.attributions:
            if said.claimant is None:
                continue
            relay = claimants.get(said.embedded_in or "")
            hops = (said.channel.id if said.channel else None, relay if said.embedded_in else extraction.article.narrator)
            edges |= {(said.claimant.id, hop) for hop in hops if hop and hop.startswith(("channel/", "outlet/"))}
    return tuple(sorted(edge for edge in edges if edge[0] != edge[1]))
