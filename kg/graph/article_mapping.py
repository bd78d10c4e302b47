"""Map an extraction to the quads of its article's graph: one function per class, no SPARQL.

An article's graph has the findings of one article. Labels and types of actors, places and channels are in the shared
graph (shared_mapping.py): every triple is in exactly one graph, because Oxigraph's union graph counts it once per graph.
Events are reported, never asserted: all their properties belong to the kg:Event node, and each plain edge (``kg:claims``) is
derived from an attribution.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.edtf import bounds
from kg.graph import vocab
from kg.graph.iris import NodeIris
from kg.graph.ontology import event_types
from kg.graph.vocab import DCT, KG, KGV, PROV, RDF, RDFS, SCHEMA, Quad, quantity, text
from kg.model import (
    Attribution,
    Basis,
    Certainty,
    Channel,
    CharSpan,
    EventMention,
    Extraction,
    Figure,
    Issue,
    Kind,
    Mention,
    Narration,
    PlaceMention,
    Polarity,
    ResolvedBy,
    Role,
    Tense,
    TimeBasis,
    TimeExpression,
)

Teller = Attribution | Narration

#: joins two spans of one content
GAP = " … "

#: kind of attribution -> plain edge from the claimant to its events
EDGES = {
    Kind.CLAIM: KG.claims,
    Kind.DIRECTIVE: KG.requests,
    Kind.COMMITMENT: KG.promises,
    Kind.OPINION: KG.comments_on,
}

PRESENTATIONS = {
    Kind.DIRECTIVE: KGV.requested,
    Kind.COMMITMENT: KGV.promised,
    Kind.OPINION: KGV.judged,
    Kind.NON_STATEMENT: KGV.withheld,
    Kind.VERIFICATION: KGV.withheld,
}

RESOLUTIONS = {
    ResolvedBy.EXPLICIT: KGV.explicitSource,
    ResolvedBy.NAME: KGV.nameCoreference,
    ResolvedBy.PRONOUN: KGV.pronoun,
    ResolvedBy.POSSESSIVE: KGV.possessive,
    ResolvedBy.METONYMY: KGV.metonymy,
    ResolvedBy.UNRESOLVED: KGV.unresolvedSource,
}

BASES = {
    TimeBasis.EXPLICIT: KGV.explicit,
    TimeBasis.DOCUMENT_DATE: KGV.relativeToDocumentDate,
    TimeBasis.DATELINE: KGV.relativeToDateline,
    TimeBasis.EVENT: KGV.relativeToEvent,
    TimeBasis.UNANCHORED: KGV.unanchored,
}

OUTCOMES = {"verified": KGV.verified, "could_not_verify": KGV.couldNotVerify, "refuted": KGV.refuted}

#: role -> the edge to the actor, and the edge to the words; other roles become kg:participant
ROLES = {
    "agent": (KG.agent, KG.agentSpan),
    "target": (KG.target, KG.targetSpan),
    "victim": (KG.victim, KG.victimSpan),
    "instrument": (KG.instrument, KG.instrumentSpan),
    "origin": (KG.participant, KG.originSpan),
}
PARTICIPANT = (KG.participant, KG.participantSpan)

#: relation of a further place -> its edge; a place without a relation is another kg:located_in
PLACES = {"origin": KG.origin, "target": KG.targetPlace, "near": KG.near}


class ArticleGraph:
    """Collects the quads of an article's graph, each once, in order."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.article = extraction.article
        self.addresses = NodeIris(extraction)
        self.document = vocab.document(self.article.id)
        self.graph = vocab.article_graph(self.article.id)
        self.quads: dict[Quad, None] = {}

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """Add a statement for each of ``objects``."""
        for each in objects:
            self.quads[Quad(subject, predicate, each, self.graph)] = None

    def begin(self, subject: str, *classes: str) -> None:
        """Add the type of a node and its article."""
        self.add(subject, RDF.type, *classes)
        self.add(subject, KG.inDocument, self.document)

    def span(self, span: CharSpan) -> str:
        """Describe a span of the article in the graph and return its IRI."""
        address = vocab.span_address(self.article.id, span)
        self.begin(address, KG.Span)
        self.add(address, KG.begin, vocab.integer(span.start))
        self.add(address, KG.end, vocab.integer(span.end))
        self.add(address, KG.exact, text(span.of(self.article.text)))
        return address

    def words(self, spans: tuple[CharSpan, ...]) -> str:
        """Join the words of several spans."""
        return GAP.join(span.of(self.article.text) for span in spans)


def to_quads(extraction: Extraction) -> Iterator[Quad]:
    """Map an extraction to the quads of its own graph (`vocab.article_graph`)."""
    page = ArticleGraph(extraction)
    _article(page)
    named: list[Mention | PlaceMention] = [*extraction.mentions, *extraction.places]
    for mention in named:
        page.add(page.span(mention.span), KG.refersTo, vocab.node(mention.id))
    for attribution in extraction.attributions:
        _attribution(page, attribution)
    for narration in extraction.narrations:
        _narration(page, narration)
    tellers: dict[str, Teller] = {each.id: each for each in extraction.attributions}
    tellers.update((each.id, each) for each in extraction.narrations)
    for index, event in enumerate(extraction.events):
        _event(page, index, event, tellers.get(event.told_by))
    for index, issue in enumerate(extraction.issues):
        _issue(page, index, issue)
    yield from page.quads


def _article(page: ArticleGraph) -> None:
    article, extractor = page.article, page.extraction.extractor
    page.add(page.document, RDF.type, KG.Article, SCHEMA.NewsArticle)
    page.add(page.document, DCT.identifier, text(article.id))
    page.add(page.document, DCT.language, text(article.language))
    page.add(page.document, KG.text, text(article.text))
    page.add(page.document, KG.sha256, text(article.sha256))
    page.add(page.document, KG.narrator, vocab.node(article.narrator))
    for predicate, value in ((DCT.title, article.title), (SCHEMA.url, article.url)):
        if value:
            page.add(page.document, predicate, text(value))
    if article.published and (first := bounds(article.published)[0]):
        page.add(page.document, SCHEMA.datePublished, vocab.day(first))
    run = vocab.minted("extraction", vocab.local(article.id))
    page.add(page.document, KG.extractedBy, run)
    page.begin(run, KG.Extraction)
    page.add(
        run,
        PROV.wasAssociatedWith,
        vocab.minted("extractor", *map(vocab.part, (extractor.name, extractor.version, extractor.model))),
    )


def _attribution(page: ArticleGraph, said: Attribution) -> None:
    me = page.addresses.of[said.id]
    page.begin(me, *vocab.ATTRIBUTION_CLASSES[said.kind])
    _content(page, me, said)
    page.add(me, KG.sourceSpan, *map(page.span, said.source))
    page.add(me, KG.cueSpan, *map(page.span, said.cue))
    page.add(me, KG.quoteType, KGV[said.style])
    page.add(me, KG.level, KGV[said.level])
    page.add(me, KG.medium, KGV[said.medium])
    page.add(me, KG.depth, vocab.integer(page.addresses.depth(said)))
    page.add(me, KG.confidence, vocab.decimal(said.confidence))
    for predicate, value in ((KG.cueLemma, said.cue_lemma), (KG.rule, said.rule), (KG.claimantRole, said.role)):
        if value:
            page.add(me, predicate, text(value))
    if said.claimant:
        page.add(me, KG.claimant, vocab.node(said.claimant.id))
        page.add(me, KG.jointClaimant, *(vocab.node(each.id) for each in said.claimants[1:]))
        page.add(me, KG.sourceResolution, RESOLUTIONS[said.claimant.resolved_by])
    if said.alternative:
        page.add(me, KG.alternativeClaimant, vocab.node(said.alternative.id))
    if said.channel:
        _channel(page, me, said.channel)
    if said.embedded_in in page.addresses.of:
        page.add(me, KG.embeddedIn, page.addresses.of[said.embedded_in])
    if said.asserted:
        _asserted(page, me, said.asserted)
    _about(page, me, said)


def _content(page: ArticleGraph, me: str, teller: Teller) -> None:
    page.add(me, DCT.identifier, text(teller.id))
    page.add(me, KG.content, text(page.words(teller.content)))
    page.add(me, KG.contentSpan, *map(page.span, teller.content))
    page.add(me, KG.polarity, KGV[teller.polarity])
    page.add(me, KG.certainty, KGV[teller.certainty])


def _channel(page: ArticleGraph, me: str, channel: Channel) -> None:
    page.add(me, KG.channel, vocab.node(channel.id))
    page.add(me, KG.channelSpan, page.span(channel.span))


def _asserted(page: ArticleGraph, me: str, when: TimeExpression) -> None:
    page.add(me, KG.assertedText, text(when.text))
    if when.span:
        page.add(me, KG.assertedSpan, page.span(when.span))
    if when.edtf:
        page.add(me, KG.assertedEdtf, text(when.edtf))
        first, last = bounds(when.edtf)
        if first and first == last:
            page.add(me, KG.assertedAt, vocab.day(first))


def _about(page: ArticleGraph, me: str, said: Attribution) -> None:
    """Add the attributions that a verification or non-statement is about, and their plain edges."""
    others = [page.addresses.of[each] for each in said.about if each in page.addresses.of]
    if said.kind is Kind.VERIFICATION:
        page.add(me, KG.checks, *others)
        page.add(me, KG.outcome, _outcome(said))
    elif said.kind is Kind.NON_STATEMENT:
        page.add(me, KG.concerns, *others)
        page.add(me, KG.withheldAct, text(said.cue_lemma or page.words(said.cue)))
    if said.claimant is None:
        return
    for other in others:
        if said.kind is Kind.VERIFICATION and _outcome(said) == KGV.couldNotVerify:
            page.add(other, KG.not_verified_by, vocab.node(said.claimant.id))
        elif said.kind is Kind.NON_STATEMENT:
            page.add(other, KG.withheld_by, vocab.node(said.claimant.id))


def _outcome(said: Attribution) -> str:
    """Return the outcome of a verification; if no extractor gave one, by polarity: "could not verify", "verified"."""
    negative = said.polarity is Polarity.NEGATIVE
    return OUTCOMES.get(said.outcome or "", KGV.couldNotVerify if negative else KGV.verified)


def _narration(page: ArticleGraph, narration: Narration) -> None:
    me = page.addresses.of[narration.id]
    page.begin(me, *vocab.NARRATION_CLASSES)
    _content(page, me, narration)
    page.add(me, KG.claimant, vocab.node(page.article.narrator))
    page.add(me, KG.quoteType, KGV.narrated)
    page.add(me, KG.depth, vocab.integer(0))


def _event(page: ArticleGraph, index: int, event: EventMention, teller: Teller | None) -> None:
    me = page.addresses.events[index]
    page.begin(me, KG.Event)
    page.add(me, DCT.identifier, text(event.id))
    page.add(me, KG.trigger, page.span(event.trigger))
    page.add(me, KG.eventType, KGV[event.type])
    if event.predicate:
        page.add(me, KG.predicate, text(event.predicate))
        page.add(me, RDFS.label, text(event.label))
    if family := event_types().get(event.type):
        page.add(me, KG.eventFamily, KGV[family[0]])
    page.add(me, KG.polarity, KGV[event.polarity])
    page.add(me, KG.certainty, KGV[event.certainty])
    page.add(me, KG.tense, KGV[event.tense])
    page.add(me, KG.toldAs, _presentation(event, teller))
    if event.rule:
        page.add(me, KG.rule, text(event.rule))
    if teller:
        _reporting(page, me, event, teller)
    for role in event.roles:
        _role(page, me, role)
    if event.place:
        _place(page, me, event.place, KG.located_in)
    for place in event.places:
        _place(page, me, place, PLACES.get(place.relation or "", KG.located_in))
    if event.place or event.places:
        page.add(me, KG.placeOrigin, KGV[event.place_basis])
    _time(page, me, event.time)
    for number, figure in enumerate(event.figures):
        _figure(page, index, number, figure)


def _presentation(event: EventMention, teller: Teller | None) -> str:
    if isinstance(teller, Attribution) and teller.kind in PRESENTATIONS:
        return PRESENTATIONS[teller.kind]
    if event.certainty is Certainty.UNSPECIFIED:
        return KGV.hypothetical
    if _denied(event, teller):
        return KGV.denied
    if event.tense is Tense.FUTURE:
        return KGV.scheduled
    return KGV.claimed if isinstance(teller, Attribution) else KGV.narrated_event


def _denied(event: EventMention, teller: Teller | None) -> bool:
    return Polarity.NEGATIVE in (event.polarity, teller.polarity if teller else event.polarity)


def _reporting(page: ArticleGraph, me: str, event: EventMention, teller: Teller) -> None:
    """Link an event to the attribution that reports it, and add the plain edge that follows."""
    page.add(page.addresses.of[teller.id], KG.about, me)
    if isinstance(teller, Narration):
        sources, edge = [page.article.narrator], KG.states
    elif teller.claimant is None or teller.kind not in EDGES:
        return
    else:
        sources, edge = [each.id for each in teller.claimants or (teller.claimant,)], EDGES[teller.kind]
    if _denied(event, teller) and edge in (KG.claims, KG.states):
        edge = KG.denies
    for source in sources:
        page.add(vocab.node(source), edge, me)


def _role(page: ArticleGraph, me: str, role: Role) -> None:
    edge, words = ROLES.get(role.role, PARTICIPANT)
    page.add(me, words, page.span(role.span))
    if role.id and role.id.startswith("place/"):
        page.add(me, PLACES.get(role.role, KG.near), vocab.node(role.id))
    elif role.id:
        page.add(me, edge, vocab.node(role.id))


def _place(page: ArticleGraph, me: str, place: PlaceMention, edge: str) -> None:
    page.add(me, edge, vocab.node(place.id))
    page.add(me, KG.placeSpan, page.span(place.span))


def _time(page: ArticleGraph, me: str, when: TimeExpression | None) -> None:
    edtf = when.edtf if when else None
    basis = when.basis if when and edtf else TimeBasis.UNANCHORED
    page.add(me, KG.timeBasis, BASES[basis])
    if when and when.text:
        page.add(me, KG.timeText, text(when.text))
    if when and when.span:
        page.add(me, KG.timeSpan, page.span(when.span))
    if when and when.from_span:
        page.add(me, KG.timeInheritedFrom, page.span(when.from_span))
    if edtf:
        page.add(me, KG.timeOrigin, KGV[Basis.INHERITED if when and when.from_span else Basis.STATED])
        page.add(me, KG.edtf, text(edtf))
        for predicate, bound in zip((KG.earliest, KG.latest), bounds(edtf), strict=True):
            if bound:
                page.add(me, predicate, vocab.day(bound))


def _figure(page: ArticleGraph, index: int, number: int, figure: Figure) -> None:
    event = page.extraction.events[index]
    me = page.addresses.figure(index, number)
    page.begin(me, KG.Figure)
    page.add(me, KG.figureOf, page.addresses.events[index])
    if event.told_by in page.addresses.of:
        page.add(page.addresses.of[event.told_by], KG.figure, me)
    page.add(me, KG.figureSpan, page.span(figure.span))
    page.add(me, KG.lexical, text(figure.text))
    page.add(me, KG.comparator, KGV[figure.comparator])
    page.add(me, KG.measure, vocab.measure(figure.counts, figure.role)[0])
    if figure.measure:
        page.add(me, KG.figureMeasure, KGV[f"measure_{figure.measure}"])
    bounded = ((KG.value, figure.value), (KG.minValue, figure.min), (KG.maxValue, figure.max))
    for predicate, value in bounded:
        if value is not None:
            page.add(me, predicate, quantity(value))
    for predicate, words in ((KG.unit, figure.unit), (KG.counts, figure.counts), (KG.countRole, figure.role)):
        if words:
            page.add(me, predicate, text(words))
    if event.place:
        page.add(me, KG.scopePlace, vocab.node(event.place.id))
    if figure.of is not None and 0 <= figure.of < len(event.figures) and figure.of != number:
        page.add(me, KG.ofFigure, page.addresses.figure(index, figure.of))


def _issue(page: ArticleGraph, index: int, issue: Issue) -> None:
    me = vocab.minted("issue", vocab.local(page.article.id), str(index + 1))
    page.begin(me, KG.Issue)
    page.add(me, KG.code, text(issue.code))
    page.add(me, KG.message, text(issue.message))
    page.add(me, KG.severity, KGV[issue.severity])
    if issue.span:
        page.add(me, KG.issueSpan, page.span(issue.span))
