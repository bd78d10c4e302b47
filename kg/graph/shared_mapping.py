"""Map what spans articles to the shared graph: labels and types, identities, happenings, relations between claims.

The statements are grouped under keys (`KeyedStatements`). Several owners may have statements for a key; one of them is
chosen, so that the graph can be updated key by key (shared_updates.py). No statement belongs to two keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kg.edtf import bounds
from kg.graph import vocab
from kg.graph.iris import NodeIris
from kg.graph.ontology import event_types, values
from kg.graph.vocab import GEONAMES, KG, KGV, RDF, RDFS, SHARED, SKOS, WGS, Quad, node, text
from kg.model import (
    ActorKind,
    ChannelKind,
    Claimant,
    ClaimRelation,
    Corpus,
    Entity,
    Extraction,
    Happening,
    IdentityLink,
    MeasureLink,
    Mention,
    Place,
    PlaceMention,
    Ref,
    Relation,
    WireCopy,
)

RELATIONS = {
    Relation.REPEATS: KG.repeats,
    Relation.CORROBORATES: KG.corroborates,
    Relation.CONTRADICTS: KG.contradicts,
    Relation.OPPOSES: KG.opposes,
    Relation.REVISES: KG.revises,
    Relation.UPDATES: KG.updates,
    Relation.DENIES: KG.deniesClaim,
    Relation.ACCUSES: KG.accuses,
    Relation.DOES_NOT_KNOW: KG.doesNotKnow,
    Relation.RULES_OUT: KG.rulesOut,
    Relation.COULD_NOT_VERIFY: KG.couldNotVerify,
    Relation.NOT_ACKNOWLEDGED: KG.notAcknowledged,
}

#: symmetric relations, written in both directions
SYMMETRIC = (Relation.CONTRADICTS, Relation.OPPOSES)

BASES = {
    "disjoint_intervals": KGV.disjointIntervals,
    "opposite_polarity": KGV.oppositePolarity,
    "opposed_outcome": KGV.opposedOutcome,
    "same_claimant_later": KGV.sameClaimantLater,
    "later_count": KGV.laterCount,
    "assigned_responsibility": KGV.assignedResponsibility,
    "same_statement": KGV.sameStatement,
    "text_marked": KGV.textMarked,
    "analyst": KGV.analyst,
}

REASONS = {
    "itself": KGV.itself,
    "alias": KGV.alias,
    "transliteration": KGV.transliteration,
    "acronym": KGV.acronym,
    "role": KGV.roleAsTold,
    "judgement": KGV.byJudgement,
}


class KeyedStatements(NamedTuple):
    """The statements of one owner for a ``key``; of several owners, the lowest ``rank`` is chosen, then the first by name."""

    key: str
    rank: str
    statements: tuple[Quad, ...]


#: ranks: results of all articles or the gazetteer; statements of an article; an article's mention of a place
RESOLVED, STATED, MENTIONED = "0", "1", "2"


def shared_quads(corpus: Corpus, extractions: Iterable[Extraction]) -> Iterator[Quad]:
    """Map ``corpus`` and the labels used by ``extractions`` to all statements of the shared graph.

    ``extractions`` are those that the corpus was resolved from; they are iterated once.
    """
    heard: dict[str, tuple[str, str, tuple[Quad, ...]]] = {}
    addresses: dict[Ref, str] = {}

    def hear(owner: str, sayings: Iterable[KeyedStatements]) -> None:
        for key, rank, statements in sayings:
            if key not in heard or (rank, owner) < heard[key][:2]:
                heard[key] = (rank, owner, statements)

    for extraction in extractions:
        article = extraction.article.id
        addresses |= {Ref(article, key): address for key, address in NodeIris(extraction).all().items()}
        hear(article, article_statements(extraction))
    hear("", constant_statements())
    hear("", corpus_statements(corpus, addresses.__getitem__))
    for _, _, statements in heard.values():
        yield from statements


def constant_statements() -> Iterator[KeyedStatements]:
    """Map the controlled values, with their labels."""
    for name, label in values().items():
        yield _keyed("value", KGV[name], RESOLVED, (RDF.type, SKOS.Concept), (SKOS.prefLabel, text(label)))


def article_statements(extraction: Extraction) -> Iterator[KeyedStatements]:
    """Map the actors, channels and places of an article; of several labels the first is used."""
    article = extraction.article
    yield from _node(
        article.narrator, article.outlet or f"unnamed outlet of {article.id}", vocab.ACTOR_CLASSES[ActorKind.OUTLET]
    )
    for said in extraction.attributions:
        for claimant in filter(None, (said.claimant, said.alternative, *said.claimants)):
            yield from _actor(claimant)
        if said.channel:
            yield from _node(said.channel.id, said.channel.label, vocab.CHANNEL_CLASSES[said.channel.kind])
    for mention in extraction.mentions:
        yield from _actor(mention)
    for place in extraction.places_known:
        yield _place(place, RESOLVED)
    for place_mention in extraction.places:
        yield _place_mention(place_mention)
    yield from _named_in_events(extraction)
    yield _signed(extraction)


def corpus_statements(corpus: Corpus, address: Callable[[Ref], str]) -> Iterator[KeyedStatements]:
    """Map the results over all articles; ``address`` gives the IRI of an attribution, narration or event."""
    for place in corpus.places:
        yield _place(place, RESOLVED)
    for entity in corpus.entities:
        aliases = [(SKOS.altLabel, text(alias)) for alias in entity.aliases if alias != entity.label]
        yield from _node(entity.id, entity.label, vocab.ACTOR_CLASSES[entity.kind], RESOLVED, *aliases)
        yield from _sides(entity.id, entity)
    for identifier, label, kind in corpus.channels:
        yield from _node(identifier, label, vocab.CHANNEL_CLASSES[ChannelKind(kind)], RESOLVED)
    known = {entity.id: entity for entity in corpus.entities}
    for link in corpus.links:
        yield _link(link)
        yield from _sides(link.actor, known.get(link.entity))
    for source, channel in corpus.reported_by:
        yield _keyed(f"reported {node(channel)}", node(source), RESOLVED, (KG.reported_by, node(channel)))
    for happening in corpus.happenings:
        yield from _happening(happening, address)
    for relation in corpus.relations:
        yield _relation(relation, address)
    for each in corpus.measures:
        yield from _match(each)
    for copy in corpus.copies:
        yield _copy(copy)


def _keyed(about: str, subject: str, rank: str, *statements: tuple[str, str]) -> KeyedStatements:
    quads = (Quad(subject, predicate, value, SHARED) for predicate, value in dict.fromkeys(statements))
    return KeyedStatements(f"{about} {subject}", rank, tuple(quads))


# ------------------------------------------------------------------------------- labels and types


def _node(
    identifier: str, label: str, classes: Iterable[str], rank: str = STATED, *more: tuple[str, str]
) -> Iterator[KeyedStatements]:
    """Map types and label of a node; a source is linked to itself unless it is identified with another entity."""
    me, classes = node(identifier), tuple(classes)
    yield _keyed("node", me, rank, *((RDF.type, each) for each in classes), (RDFS.label, text(label)), *more)
    if KG.Source in classes:
        yield _keyed("is", me, STATED, (KG.mentionOf, me))


def _actor(who: Claimant | Mention) -> Iterator[KeyedStatements]:
    if who.id:
        yield from _node(who.id, who.label, vocab.ACTOR_CLASSES[who.kind])


def _named_in_events(extraction: Extraction) -> Iterator[KeyedStatements]:
    for event in extraction.events:
        for place in filter(None, (event.place, *event.places)):
            yield _place_mention(place)
        for role in event.roles:
            if role.id and role.id.startswith("place/"):
                yield from _node(role.id, role.label, (KG.Place,), MENTIONED)
            elif role.id:
                yield from _node(role.id, role.label, (KG.Actor, KG.Source))
        for figure in event.figures:
            yield _measure(figure.counts, figure.role)
        family, _ = event_types().get(event.type, (event.type, ""))
        if family != event.type:
            yield _keyed("type", KGV[event.type], STATED, (SKOS.broader, KGV[family]))


def _measure(counts: str, role: str) -> KeyedStatements:
    me, label = vocab.measure(counts, role)
    pairs = ((RDF.type, SKOS.Concept), (SKOS.inScheme, KGV.measure), (SKOS.prefLabel, text(label)))
    return _keyed("measure", me, STATED, *pairs)


def _match(link: MeasureLink) -> Iterator[KeyedStatements]:
    measure, same = _measure(link.counts, link.role), _measure(link.same_counts, link.same_role)
    yield from (measure, same)
    if measure.key != same.key:
        (one, other) = (each.statements[0].subject for each in (measure, same))
        yield _keyed("match", one, RESOLVED, (SKOS.closeMatch, other))


def _place_mention(place: PlaceMention) -> KeyedStatements:
    return _place(Place(place.id, place.label, place.lat, place.lon, place.geonames, kind=""), MENTIONED)


def _place(place: Place, rank: str) -> KeyedStatements:
    pairs = [(RDF.type, KG.Place), (RDFS.label, text(place.label))]
    if place.kind:
        pairs.append((KG.placeKind, KGV[place.kind]))
    if place.lat is not None and place.lon is not None:
        pairs += [(WGS.lat, vocab.decimal(place.lat)), (WGS.long, vocab.decimal(place.lon))]
    if place.geonames and place.geonames.isascii() and place.geonames.isdigit():
        pairs.append((SKOS.exactMatch, f"<{GEONAMES.base}{place.geonames}/>"))
    pairs += [(KG.within, node(outer)) for outer in place.within if outer != place.id]
    return _keyed("node", node(place.id), rank, *pairs)


def _signed(extraction: Extraction) -> KeyedStatements:
    signer = extraction.extractor
    me = vocab.minted("extractor", *map(vocab.part, (signer.name, signer.version, signer.model)))
    label = text(f"{signer.name} {signer.version} ({signer.model})")
    return _keyed("extractor", me, STATED, (RDF.type, KG.Extractor), (RDFS.label, label))


# ----------------------------------------------------------------------------- identities and relations


def _link(link: IdentityLink) -> KeyedStatements:
    actor, entity = node(link.actor), node(link.entity)
    plain = Quad(actor, KG.mentionOf, entity, SHARED)
    if link.reason == "itself":
        return KeyedStatements(f"is {actor}", RESOLVED, (plain,))
    me = vocab.minted("link", vocab.local(link.actor))
    pairs = (
        (RDF.type, KG.IdentityLink),
        (KG.asTold, actor),
        (KG.entity, entity),
        (KG.reason, REASONS[link.reason]),
        (KG.confidence, vocab.decimal(link.confidence)),
    )
    return KeyedStatements(
        f"is {actor}", RESOLVED, (plain, *(Quad(me, predicate, value, SHARED) for predicate, value in pairs))
    )


def _sides(actor: str, entity: Entity | None) -> Iterator[KeyedStatements]:
    """Map the parties of an entity, for it and for every name of it."""
    sides = [f"party/{each.removeprefix('party/')}" for each in entity.parties] if entity else []
    for side in sides:
        yield from _node(side, side.removeprefix("party/"), (KG.Party,), RESOLVED)
    if sides:
        yield _keyed("side", node(actor), RESOLVED, *((KG.memberOfParty, node(side)) for side in sides))


def _happening(happening: Happening, address: Callable[[Ref], str]) -> Iterator[KeyedStatements]:
    pairs = [(KG.eventType, KGV[happening.type])]
    if happening.type in event_types():
        pairs.append((KG.eventFamily, KGV[event_types()[happening.type][0]]))
    if happening.edtf:
        pairs.append((KG.edtf, text(happening.edtf)))
        ends = zip((KG.earliest, KG.latest), bounds(happening.edtf), strict=True)
        pairs += [(predicate, vocab.day(bound)) for predicate, bound in ends if bound]
    if happening.place:
        pairs.append((KG.located_in, node(happening.place)))
    yield from _node(happening.id, happening.label, (KG.Happening,), RESOLVED, *pairs)
    for event in happening.events:
        yield _keyed("tells", address(event), RESOLVED, (KG.tellsOf, node(happening.id)))


def _relation(relation: ClaimRelation, address: Callable[[Ref], str]) -> KeyedStatements:
    source, target = address(relation.source), address(relation.target)
    plain = RELATIONS[relation.relation]
    edges = [Quad(source, plain, target, SHARED)]
    pair = [source, target]
    if relation.relation in SYMMETRIC:
        edges.append(Quad(target, plain, source, SHARED))
        pair.sort()
    me = vocab.minted("relation", vocab.name_of(source), relation.relation, vocab.name_of(target))
    pairs = [
        (RDF.type, KG.ClaimRelation),
        (KG.ofClaim, source),
        (KG.toClaim, target),
        (KG.relation, plain),
        (KG.rule, text(relation.rule)),
        (KG.basis, BASES[relation.basis]),
        (KG.confidence, vocab.decimal(relation.confidence)),
        *((KG.why, text(words)) for words in [relation.reason] if words),
        *((KG.compatibleIf, text(words)) for words in [relation.compatible_if] if words),
        *((KG.basisSpan, vocab.span_address(article, span)) for article, span in relation.basis_spans),
    ]
    spans = " ".join(f"{vocab.part(article)} {span.start:09} {span.end:09}" for article, span in relation.basis_spans)
    rank = f"{1 - relation.confidence:.6f} {relation.rule} {spans} {source}"
    quads = dict.fromkeys([*edges, *(Quad(me, predicate, value, SHARED) for predicate, value in pairs)])
    return KeyedStatements(f"{relation.relation} {' '.join(pair)}", rank, tuple(quads))


def _copy(copy: WireCopy) -> KeyedStatements:
    me = vocab.minted("copy", vocab.part(copy.copy), vocab.part(copy.original))
    one, other = vocab.document(copy.copy), vocab.document(copy.original)
    pairs = ((RDF.type, KG.WireCopy), (KG.copy, one), (KG.original, other), (KG.overlap, vocab.decimal(copy.overlap)))
    quads = (Quad(me, predicate, value, SHARED) for predicate, value in pairs)
    return KeyedStatements(f"copy {one}", RESOLVED, (Quad(one, KG.copyOf, other, SHARED), *quads))
