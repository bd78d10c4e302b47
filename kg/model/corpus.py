"""Results over several articles: entities, happenings, and relations between claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.findings import ActorKind, Place
from kg.model.texts import CharSpan


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A reference to an attribution, narration or event of an article."""

    article: str
    id: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity that mentions in many articles refer to. ``parties`` are its sides according to entities.tsv."""

    id: str
    label: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """A name in an article (``actor``, an id) is identified with ``entity``: reason, confidence, and who decided it.

    The article's graph keeps the name as written. Every actor id has exactly one link, possibly to itself (reason "itself").
    """

    actor: str
    entity: str
    reason: str  # itself | alias | transliteration | acronym | role | judgement
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Happening:
    """A revisable cluster of events that are judged to be the same occurrence; it does not say that it occurred."""

    id: str  # "happening/..."
    label: str
    type: str
    events: tuple[Ref, ...]
    edtf: str | None = None
    place: str | None = None


class Relation(StrEnum):
    """The relation of a claim to another."""

    REPEATS = "repeats"  # same claimant, same statement: reach
    CORROBORATES = "corroborates"  # another party makes the same statement
    CONTRADICTS = "contradicts"  # disjoint intervals of the same measure, scope and happening, or opposite polarity
    OPPOSES = "opposes"  # opposed accounts, both possibly partly right
    REVISES = "revises"  # same claimant, later, different figure
    UPDATES = "updates"  # a later report, by anyone, of a count that grows
    DENIES = "denies"
    ACCUSES = "accuses"  # says that the other claim's claimant is responsible
    DOES_NOT_KNOW = "does_not_know"  # lack of knowledge, which is no denial
    RULES_OUT = "rules_out"  # an expectation, which is no denial
    COULD_NOT_VERIFY = "could_not_verify"
    NOT_ACKNOWLEDGED = "not_acknowledged"


@dataclass(frozen=True, slots=True)
class ClaimRelation:
    """A relation between two claims, with the rule that found it and the spans it is based on."""

    source: Ref
    target: Ref
    relation: Relation
    rule: str
    basis: str  # a value of the kgv:basis scheme: disjoint_intervals, opposite_polarity, later_count, ...
    basis_spans: tuple[tuple[str, CharSpan], ...] = ()  # (article id, span)
    confidence: float = 0.5  # the share of links of this rule that were right in fresh reading
    reason: str = ""  # why, in words
    compatible_if: str = ""  # what would make both claims hold


@dataclass(frozen=True, slots=True)
class WireCopy:
    """Two near-duplicate articles: ``overlap`` (0..1) is the share of ``copy`` that repeats ``original``."""

    copy: str
    original: str
    overlap: float


@dataclass(frozen=True, slots=True)
class MeasureLink:
    """What figures count and in which role, in the words of the text; and the representative of all comparable measures."""

    counts: str
    role: str
    same_counts: str
    same_role: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Results over all articles; everything can be recomputed from the extractions, known entities and judgements."""

    entities: tuple[Entity, ...] = ()
    links: tuple[IdentityLink, ...] = ()
    places: tuple[Place, ...] = ()
    happenings: tuple[Happening, ...] = ()
    relations: tuple[ClaimRelation, ...] = ()
    copies: tuple[WireCopy, ...] = ()
    reported_by: tuple[tuple[str, str], ...] = field(default=())  # (source id, channel or outlet id), the summary edges
    channels: tuple[tuple[str, str, str], ...] = field(default=())  # (id, label, kind), kind as in ChannelKind
    measures: tuple[MeasureLink, ...] = ()  # only of measures in other words


@dataclass(frozen=True, slots=True)
class CorpusChange:
    """What one ``owner`` (an article, an actor, a cluster of events) contributes to the corpus; it replaces its earlier contribution.

    An empty corpus removes the contribution.
    """

    owner: str
    corpus: Corpus = Corpus()
