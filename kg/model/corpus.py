"""What spans articles: entities, happenings, and what claims are to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.findings import ActorKind, Place
from kg.model.texts import CharSpan


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """An attribution, narration or event, named from outside its article."""

    article: str
    id: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An instance that mentions in many articles stand for. ``parties`` are the sides that entities.tsv puts it on."""

    id: str
    label: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """A name as told (``actor``, an id from an article) is held to be ``entity``: why, how sure, and who said so.

    Never destructive: the article's graph keeps the name as told; every actor id has exactly one link, if only to itself
    (reason "itself").
    """

    actor: str
    entity: str
    reason: str  # itself | alias | transliteration | acronym | role | judgement
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Happening:
    """A revisable cluster of events-as-told that are judged to be one occurrence; says nothing of whether it occurred."""

    id: str  # "happening/..."
    label: str
    type: str
    events: tuple[Ref, ...]
    edtf: str | None = None
    place: str | None = None


class Relation(StrEnum):
    """What one claim is to another."""

    REPEATS = "repeats"  # same claimant, told again: reach
    CORROBORATES = "corroborates"  # another party says alike
    CONTRADICTS = "contradicts"  # disjoint intervals of one measure, scope and happening, or opposite polarity
    OPPOSES = "opposes"  # opposed accounts that may both be partly right
    REVISES = "revises"  # same claimant, later, another figure
    UPDATES = "updates"  # a later report, by anyone, of a count that grows
    DENIES = "denies"
    ACCUSES = "accuses"  # holds the other's claimant responsible for what both speak of
    DOES_NOT_KNOW = "does_not_know"  # not knowing of it is no denial
    RULES_OUT = "rules_out"  # nor is not expecting it
    COULD_NOT_VERIFY = "could_not_verify"
    NOT_ACKNOWLEDGED = "not_acknowledged"


@dataclass(frozen=True, slots=True)
class ClaimRelation:
    """One claim's relation to another, with the rule that holds them together or apart, and the words it rests on."""

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
    """Two articles of near-duplicate text: ``copy`` repeats ``original`` to the extent ``overlap`` (0..1)."""

    copy: str
    original: str
    overlap: float


@dataclass(frozen=True, slots=True)
class MeasureLink:
    """What figures count, and in which role, as told; and the words that stand for all that may count alike."""

    counts: str
    role: str
    same_counts: str
    same_role: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What spans articles; everything in it can be made anew from the extractions, the beat's world and the judgements."""

    entities: tuple[Entity, ...] = ()
    links: tuple[IdentityLink, ...] = ()
    places: tuple[Place, ...] = ()
    happenings: tuple[Happening, ...] = ()
    relations: tuple[ClaimRelation, ...] = ()
    copies: tuple[WireCopy, ...] = ()
    reported_by: tuple[tuple[str, str], ...] = field(default=())  # (source id, channel or outlet id), the summary edges
    channels: tuple[tuple[str, str, str], ...] = field(default=())  # (id, label, kind), kind as in ChannelKind
    measures: tuple[MeasureLink, ...] = ()  # of measures told in other words alone


@dataclass(frozen=True, slots=True)
class CorpusChange:
    """What one ``owner`` (an article, an actor, a cluster of events) adds to the corpus, in place of all it added before.

    An empty corpus takes back what the owner had added.
    """

    owner: str
    corpus: Corpus = Corpus()
