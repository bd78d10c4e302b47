"""The stage: extractions -> what spans them. The one step that sees all articles; it says so by its type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import ClaimRelation, Corpus, Entity, Extraction, Place, Ref
from kg.resolve.digests import digest
from kg.resolve.entities import link_entities
from kg.resolve.happenings import find_happenings
from kg.resolve.likeness import find_copies
from kg.resolve.measures import link_measures
from kg.resolve.nearness import Nearness
from kg.resolve.relations import Sides, relate, relate_checks
from kg.resolve.world import World


def resolve(extractions: Iterable[Extraction], world: World) -> Corpus:
    """What spans the extractions: the same whatever their order."""
    extractions = sorted(extractions, key=lambda each: each.article.id)
    entities, links = link_entities(extractions, world)
    places = {place.id: place for place in _places(extractions)}
    identity = {link.actor: link.entity for link in links}
    told = {each.ref: each for each in digest(extractions, identity, places)}
    apart, together = _judged_events(world)
    happenings = find_happenings(told.values(), places, apart, together, Nearness(extractions))
    copies = find_copies(each.article for each in extractions)
    originals = {copy.copy: copy.original for copy in copies}
    relations = [*relate(happenings, told, Sides(_parties(entities), originals)), *relate_checks(extractions)]
    return Corpus(
        entities=entities,
        links=links,
        places=tuple(places.values()),
        happenings=happenings,
        relations=_each_once(relations),
        copies=copies,
        reported_by=_reported_by(extractions),
        measures=link_measures(figure for e in extractions for event in e.events for figure in event.figures),
    )


def _judged_events(world: World) -> tuple[frozenset[frozenset[Ref]], list[tuple[Ref, Ref]]]:
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


def _parties(entities: Sequence[Entity]) -> dict[str, frozenset[str]]:
    return {entity.id: frozenset(entity.parties) for entity in entities}


def _each_once(relations: Iterable[ClaimRelation]) -> tuple[ClaimRelation, ...]:
    """Of relations of one sort between the same two claims, the surest; in a fixed order."""
    best: dict[tuple[object, ...], ClaimRelation] = {}
    for each in sorted(relations, key=lambda r: (-r.confidence, r.rule, r.basis_spans)):
        if each.source != each.target:
            best.setdefault((each.source, each.target, each.relation), each)
    return tuple(best[key] for key in sorted(best))


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
            hops = (
                said.channel.id if said.channel else None,
                relay if said.embedded_in else extraction.article.narrator,
            )
            edges |= {(said.claimant.id, hop) for hop in hops if hop and hop.startswith(("channel/", "outlet/"))}
    return tuple(sorted(edge for edge in edges if edge[0] != edge[1]))
