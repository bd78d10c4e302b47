"""What spans articles -> the shared graph: who and what articles name, what is held to be the same, how claims relate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.edtf import bounds
from kg.graph import vocab
from kg.graph.addresses import Addresses
from kg.graph.ontology import event_types, values
from kg.graph.vocab import GEONAMES, KG, KGV, RDF, RDFS, SHARED, SKOS, WGS, Quad, node, text
from kg.model import (
    ActorKind,
    ChannelKind,
    Claimant,
    ClaimRelation,
    Corpus,
    Extraction,
    Happening,
    IdentityLink,
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
    Relation.DENIES: KG.deniesClaim,
    Relation.COULD_NOT_VERIFY: KG.couldNotVerify,
    Relation.NOT_ACKNOWLEDGED: KG.notAcknowledged,
}

#: these hold both ways, and both ways are written
SYMMETRIC = (Relation.CONTRADICTS, Relation.OPPOSES)

BASES = {
    "disjoint_intervals": KGV.disjointIntervals,
    "opposite_polarity": KGV.oppositePolarity,
    "opposed_outcome": KGV.opposedOutcome,
    "same_claimant_later": KGV.sameClaimantLater,
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


class Sheet:
    """The quads of the shared graph, each once; and where the nodes of each article are."""

    def __init__(self) -> None:
        self.quads: dict[Quad, None] = {}
        self.addresses: dict[Ref, str] = {}
        self.named: dict[str, tuple[str, ...]] = {}

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """Write a statement for each of ``objects``."""
        for each in objects:
            self.quads[Quad(subject, predicate, each, SHARED)] = None

    def name(self, identifier: str, label: str, classes: Iterable[str]) -> str:
        """Say what a node is and is called; who says it first (the lists, then the articles by their ids) is heard."""
        me = node(identifier)
        if me not in self.named:
            self.named[me] = tuple(classes)
            self.add(me, RDF.type, *self.named[me])
            self.add(me, RDFS.label, text(label))
        return me

    def dates(self, subject: str, edtf: str) -> None:
        """Write an EDTF value and the days that it allows."""
        self.add(subject, KG.edtf, text(edtf))
        for predicate, bound in zip((KG.earliest, KG.latest), bounds(edtf), strict=True):
            if bound:
                self.add(subject, predicate, vocab.day(bound))


def shared_quads(corpus: Corpus, extractions: Iterable[Extraction]) -> Iterator[Quad]:
    """All that the shared graph holds: what ``corpus`` says, and the names that ``extractions`` use.

    ``extractions`` are those that the corpus was resolved from; they are passed over once.
    """
    sheet = Sheet()
    for name, label in values().items():
        sheet.add(KGV[name], RDF.type, SKOS.Concept)
        sheet.add(KGV[name], SKOS.prefLabel, text(label))
    for place in corpus.places:
        _place(sheet, place)
    for entity in corpus.entities:
        me = sheet.name(entity.id, entity.label, vocab.ACTOR_CLASSES[entity.kind])
        sheet.add(me, SKOS.altLabel, *(text(alias) for alias in entity.aliases if alias != entity.label))
    for identifier, label, kind in corpus.channels:
        sheet.name(identifier, label, vocab.CHANNEL_CLASSES[ChannelKind(kind)])
    for extraction in extractions:
        _names(sheet, extraction)
    for link in corpus.links:
        _link(sheet, link)
    _unlinked(sheet, corpus)
    _parties(sheet, corpus)
    for source, channel in corpus.reported_by:
        sheet.add(node(source), KG.reported_by, node(channel))
    for happening in corpus.happenings:
        _happening(sheet, happening)
    for relation in corpus.relations:
        _relation(sheet, relation)
    for each in corpus.measures:
        told, same = _measure(sheet, each.counts, each.role), _measure(sheet, each.same_counts, each.same_role)
        if told != same:
            sheet.add(told, SKOS.closeMatch, same)
    for copy in corpus.copies:
        _copy(sheet, copy)
    yield from sheet.quads


# ------------------------------------------------------------------------------- what articles name


def _names(sheet: Sheet, extraction: Extraction) -> None:
    article = extraction.article
    own = Addresses(extraction)
    sheet.addresses |= {Ref(article.id, key): address for key, address in own.of.items()}
    sheet.addresses |= {Ref(article.id, e.id): own.events[i] for i, e in enumerate(extraction.events)}
    sheet.name(
        article.narrator, article.outlet or f"unnamed outlet of {article.id}", vocab.ACTOR_CLASSES[ActorKind.OUTLET]
    )
    for said in extraction.attributions:
        for claimant in filter(None, (said.claimant, said.alternative)):
            _actor(sheet, claimant)
        if said.channel:
            sheet.name(said.channel.id, said.channel.label, vocab.CHANNEL_CLASSES[said.channel.kind])
    for mention in extraction.mentions:
        _actor(sheet, mention)
    for place in extraction.places_known:
        _place(sheet, place)
    for place_mention in extraction.places:
        _place_mention(sheet, place_mention)
    _named_in_events(sheet, extraction)
    _signed(sheet, extraction)


def _named_in_events(sheet: Sheet, extraction: Extraction) -> None:
    for event in extraction.events:
        for place in filter(None, (event.place, *event.places)):
            _place_mention(sheet, place)
        for role in event.roles:
            if role.id and role.id.startswith("place/"):
                sheet.name(role.id, role.label, (KG.Place,))
            elif role.id:
                sheet.name(role.id, role.label, (KG.Actor, KG.Source))
        for figure in event.figures:
            _measure(sheet, figure.counts, figure.role)
        _type(sheet, event.type)


def _measure(sheet: Sheet, counts: str, role: str) -> str:
    me, label = vocab.measure(counts, role)
    sheet.add(me, RDF.type, SKOS.Concept)
    sheet.add(me, SKOS.inScheme, KGV.measure)
    sheet.add(me, SKOS.prefLabel, text(label))
    return me


def _type(sheet: Sheet, name: str) -> None:
    family, _ = event_types().get(name, (name, ""))
    if family != name:
        sheet.add(KGV[name], SKOS.broader, KGV[family])


def _actor(sheet: Sheet, who: Claimant | Mention) -> None:
    if who.id:
        sheet.name(who.id, who.label, vocab.ACTOR_CLASSES[who.kind])


def _place_mention(sheet: Sheet, place: PlaceMention) -> None:
    _place(sheet, Place(place.id, place.label, place.lat, place.lon, place.geonames, kind=""))


def _place(sheet: Sheet, place: Place) -> None:
    if node(place.id) in sheet.named:  # the gazetteer has spoken
        return
    me = sheet.name(place.id, place.label, (KG.Place,))
    if place.kind:
        sheet.add(me, KG.placeKind, KGV[place.kind])
    if place.lat is not None and place.lon is not None:
        sheet.add(me, WGS.lat, vocab.decimal(place.lat))
        sheet.add(me, WGS.long, vocab.decimal(place.lon))
    if place.geonames and place.geonames.isascii() and place.geonames.isdigit():
        sheet.add(me, SKOS.exactMatch, f"<{GEONAMES.base}{place.geonames}/>")
    sheet.add(me, KG.within, *(node(outer) for outer in place.within if outer != place.id))


def _signed(sheet: Sheet, extraction: Extraction) -> None:
    signer = extraction.extractor
    me = vocab.minted("extractor", *map(vocab.part, (signer.name, signer.version, signer.model)))
    sheet.add(me, RDF.type, KG.Extractor)
    sheet.add(me, RDFS.label, text(f"{signer.name} {signer.version} ({signer.model})"))


# ----------------------------------------------------------------------------- what is held together


def _link(sheet: Sheet, link: IdentityLink) -> None:
    sheet.add(node(link.actor), KG.mentionOf, node(link.entity))
    if link.reason == "itself":
        return
    me = vocab.minted("link", vocab.local(link.actor))
    sheet.add(me, RDF.type, KG.IdentityLink)
    sheet.add(me, KG.asTold, node(link.actor))
    sheet.add(me, KG.entity, node(link.entity))
    sheet.add(me, KG.reason, REASONS[link.reason])
    sheet.add(me, KG.confidence, vocab.decimal(link.confidence))


def _unlinked(sheet: Sheet, corpus: Corpus) -> None:
    """Of whom nothing is held but the name: itself, so that a question can always follow kg:mentionOf."""
    linked = {node(link.actor) for link in corpus.links}
    for actor, classes in sheet.named.items():
        if KG.Source in classes and actor not in linked:
            sheet.add(actor, KG.mentionOf, actor)


def _parties(sheet: Sheet, corpus: Corpus) -> None:
    """An entity's sides, for it and for every name that is held to be it."""
    sides = {
        entity.id: [f"party/{each.removeprefix('party/')}" for each in entity.parties] for entity in corpus.entities
    }
    named = [(entity, entity) for entity in sides] + [(link.actor, link.entity) for link in corpus.links]
    for actor, entity in named:
        for side in sides.get(entity, ()):
            party = sheet.name(side, side.removeprefix("party/"), (KG.Party,))
            sheet.add(node(actor), KG.memberOfParty, party)


def _happening(sheet: Sheet, happening: Happening) -> None:
    me = sheet.name(happening.id, happening.label, (KG.Happening,))
    sheet.add(me, KG.eventType, KGV[happening.type])
    if happening.type in event_types():
        sheet.add(me, KG.eventFamily, KGV[event_types()[happening.type][0]])
    if happening.edtf:
        sheet.dates(me, happening.edtf)
    if happening.place:
        sheet.add(me, KG.located_in, node(happening.place))
    for event in happening.events:
        sheet.add(sheet.addresses[event], KG.tellsOf, me)


def _relation(sheet: Sheet, relation: ClaimRelation) -> None:
    source, target = sheet.addresses[relation.source], sheet.addresses[relation.target]
    plain = RELATIONS[relation.relation]
    sheet.add(source, plain, target)
    if relation.relation in SYMMETRIC:
        sheet.add(target, plain, source)
    me = vocab.minted("relation", vocab.name_of(source), relation.relation, vocab.name_of(target))
    sheet.add(me, RDF.type, KG.ClaimRelation)
    sheet.add(me, KG.ofClaim, source)
    sheet.add(me, KG.toClaim, target)
    sheet.add(me, KG.relation, plain)
    sheet.add(me, KG.rule, text(relation.rule))
    sheet.add(me, KG.basis, BASES[relation.basis])
    sheet.add(me, KG.confidence, vocab.decimal(relation.confidence))
    sheet.add(me, KG.basisSpan, *(vocab.span_address(article, span) for article, span in relation.basis_spans))


def _copy(sheet: Sheet, copy: WireCopy) -> None:
    me = vocab.minted("copy", vocab.part(copy.copy), vocab.part(copy.original))
    one, other = vocab.document(copy.copy), vocab.document(copy.original)
    sheet.add(one, KG.copyOf, other)
    sheet.add(me, RDF.type, KG.WireCopy)
    sheet.add(me, KG.copy, one)
    sheet.add(me, KG.original, other)
    sheet.add(me, KG.overlap, vocab.decimal(copy.overlap))
