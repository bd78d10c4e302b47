"""The nouns of the house: frozen values that know neither spaCy nor RDF.

Offsets count Unicode code points into ``Article.text``, from 0, end exclusive.
Names are the field's: an attribution has source, cue and content (PARC 3); a mention is told apart from the instance
it speaks of (ACE, GAF/SEM); factuality is polarity x certainty (FactBank); dates are EDTF (Library of Congress, level 1).

An ``id`` within an article ("a7", "e1") is unique in its `Extraction`. Ids of actors, channels, outlets and places
("actor/oleksiy-kuleba", "channel/telegram", "place/kyiv") are the same in every article that names the same name;
an unnamed source ("officials") has the article's id in its own, so that it is never the same in two articles.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class CharSpan:
    """Where some words stand in an article.

    >>> CharSpan(4, 12).of("The ministry said so.")
    'ministry'
    >>> str(CharSpan(4, 12))
    'char=4,12'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def covers(self, other: CharSpan) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: CharSpan) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start

    def __str__(self) -> str:  # the fragment of RFC 5147, as NIF uses it
        return f"char={self.start},{self.end}"


class Severity(StrEnum):
    """How much an issue matters: an error left something out, a warning left something open."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Issue:
    """What is odd in an article, as data: ``code`` is stable ("no-date"), ``message`` says what and the mend."""

    code: str
    message: str
    span: CharSpan | None = None
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one news text, as it was read.

    ``text`` never changes: every offset counts into it. ``furniture`` are the spans of it that are not narration
    (a head of ``key: value`` lines, a caption, a byline): nothing is extracted from them.
    ``published`` is an EDTF day or None: never guessed from the clock or the file's date.
    ``origin`` names the file, and line, for people. ``issues`` are what reading it met; an input that yields no text
    at all is an Article with an empty text and an issue of severity error, so that it is counted and never lost.
    ``language`` is an ISO 639-1 code; only "en" is extracted.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    furniture: tuple[CharSpan, ...] = ()
    language: str = "en"
    origin: str = ""
    issues: tuple[Issue, ...] = ()

    @property
    def sha256(self) -> str:
        """Digest of the text (UTF-8), which pins what the offsets count into."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def narrator(self) -> str:
        """The id of the outlet whose voice the article is in; one of its own where none is known."""
        return outlet_id(self.outlet) if self.outlet else f"outlet/unknown/{self.id}"


class Kind(StrEnum):
    """What an attribution does with its content."""

    CLAIM = "claim"  # puts it forward as being, having been or going to be the case
    RELAY = "relay"  # its content is itself an attribution: X reports that Y said Z
    DIRECTIVE = "directive"  # asks, orders, urges
    COMMITMENT = "commitment"  # promises, vows, agrees to
    OPINION = "opinion"  # judges, hopes, criticises
    NON_STATEMENT = "non_statement"  # did not say, has not acknowledged: neither claim nor denial
    VERIFICATION = "verification"  # verified, could not verify, refuted


class Style(StrEnum):
    """The words in quotation marks, not, or partly."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Medium(StrEnum):
    """Said, written or only thought."""

    SPEECH = "speech"
    WRITING = "writing"
    THOUGHT = "thought"


class Polarity(StrEnum):
    """FactBank's polarity."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    """FactBank's certainty, with "unspecified" for what is left open (questions, conditions, wishes)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNSPECIFIED = "unspecified"


class Tense(StrEnum):
    """When the telling puts the event, seen from the telling."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    HABITUAL = "habitual"


class ResolvedBy(StrEnum):
    """How a source's words led to the claimant."""

    EXPLICIT = "explicit"  # the words name it in full, here
    NAME = "name"  # a part of the name ("Kuleba"), or what was so introduced ("the governor")
    PRONOUN = "pronoun"
    POSSESSIVE = "possessive"  # "its air force", "Ukraine's defence forces"
    METONYMY = "metonymy"  # "Kyiv", "the Kremlin" for a government
    UNRESOLVED = "unresolved"  # who is meant could not be told: said, not guessed


class ActorKind(StrEnum):
    """What sort of source or actor a name stands for."""

    PERSON = "person"
    ORGANIZATION = "organization"
    OUTLET = "outlet"
    COUNTRY = "country"  # a state or its government as an actor: "Kyiv said", "Russia launched"
    GROUP = "group"  # a people or an unnamed body: "Ukrainians", "residents"
    UNNAMED = "unnamed"  # "officials", "a source": one per mention, never merged across articles


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or nominal that stands for an actor, found in an article (ACE: mention, against the instance it names)."""

    span: CharSpan
    kind: ActorKind
    label: str
    id: str  # "actor/..." or "outlet/..."
    head: CharSpan | None = None


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who an attribution is attributed to, and how the source's words led there."""

    id: str
    label: str
    resolved_by: ResolvedBy
    kind: ActorKind = ActorKind.PERSON


class ChannelKind(StrEnum):
    """What carried a statement."""

    PLATFORM = "platform"  # Telegram, X, Facebook
    BULLETIN = "bulletin"  # a daily update, a briefing, a statement, a press conference
    OUTLET = "outlet"  # a newspaper, an agency, a broadcaster


@dataclass(frozen=True, slots=True)
class Channel:
    """The channel that the text names for a statement ("wrote on Telegram")."""

    span: CharSpan
    id: str
    label: str
    kind: ChannelKind = ChannelKind.PLATFORM


class TimeBasis(StrEnum):
    """What a time expression was resolved against."""

    EXPLICIT = "explicit"  # the text gives the date in full
    DOCUMENT_DATE = "relative_to_document_date"
    EVENT = "relative_to_event"
    UNANCHORED = "unanchored"  # cannot be known: then edtf is None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as told, and the EDTF day or interval that it means, or None where that cannot be known.

    The night between two days is the interval of both ("2023-07-10/2023-07-11").
    ``span`` is None only where the time is inherited from another sentence; ``text`` then holds the inherited words.
    """

    text: str
    edtf: str | None
    basis: TimeBasis
    span: CharSpan | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in an article, and the place it was resolved to; lat, lon None where it could not be."""

    span: CharSpan
    id: str
    label: str
    lat: float | None = None
    lon: float | None = None
    geonames: str | None = None
    relation: str | None = None  # in an event's further places: "origin" | "target" | "near"


@dataclass(frozen=True, slots=True)
class Place:
    """A place, apart from any mention: what the gazetteer or places.tsv says of it. ``within`` are ids of what contains it."""

    id: str
    label: str
    lat: float | None = None
    lon: float | None = None
    geonames: str | None = None
    within: tuple[str, ...] = ()
    kind: str = "city"  # city | district | admin1 | admin2 | country | region | sea | site


class Comparator(StrEnum):
    """How a number is hedged in its own words."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    APPROX = "approx"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as one telling gives it: an interval, its comparator, what is counted and in which role.

    ``min``/``max`` bound what the words allow (None: unbounded); ``value`` is the number spoken, None where there is none.
    ``of`` is the index, in the same event's ``figures``, of the whole that this is part of ("30 OF at least 35").
    ``unit`` is "count", "percent", an ISO 4217 code, "kilometre", "day" and the like.
    """

    span: CharSpan
    text: str
    value: float | int | None
    min: float | int | None
    max: float | int | None
    comparator: Comparator
    unit: str = "count"
    counts: str = ""  # "drones", "people": a lemma in the plural
    role: str = ""  # "launched", "shot down", "killed"
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Who or what takes part in an event: agent, target, instrument, victim, origin. ``id`` where it is a known actor."""

    role: str
    span: CharSpan
    label: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event AS TOLD by one attribution or narration (``told_by``); never said to have happened.

    ``type`` is the local name of a concept of the kgv:eventType scheme (ontology/kg.ttl).
    ``place`` is where the telling puts it (located_in), ``places`` further ones, each with its relation.
    An extractor may leave ``id`` and ``told_by`` empty: the stage fills them by where ``trigger`` stands.
    """

    trigger: CharSpan
    type: str
    id: str = ""
    told_by: str = ""
    roles: tuple[Role, ...] = ()
    place: PlaceMention | None = None
    places: tuple[PlaceMention, ...] = ()
    time: TimeExpression | None = None
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    tense: Tense = Tense.PAST
    figures: tuple[Figure, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Someone is presented as the origin of something: source, cue, content (PARC 3).

    ``content`` has two spans where the cue stands in the midst of it ("The bridge, he said, was destroyed"), in reading
    order. ``source`` is empty where the article names no one ("it was reported that ..."): a finding, not a failure.
    ``embedded_in`` is the id of the attribution whose content this is ("X wrote ..., the Y reports").
    ``about`` are, for verifications and non-statements, the ids of the attributions that they speak of.
    ``asserted`` is when it was said; None where the text does not tell.
    ``confidence`` is that of the extraction (did the text say this), calibrated; never of the truth of the claim.
    An extractor may leave ``id``, ``claimant``, ``embedded_in``, ``about`` and ``confidence`` unset: settling fills them.
    """

    cue: tuple[CharSpan, ...]
    content: tuple[CharSpan, ...]
    source: tuple[CharSpan, ...] = ()
    rule: str = ""
    id: str = ""
    kind: Kind = Kind.CLAIM
    style: Style = Style.INDIRECT
    medium: Medium = Medium.SPEECH
    claimant: Claimant | None = None
    role: str | None = None  # "Kyiv Oblast Governor": as told here
    channel: Channel | None = None
    embedded_in: str | None = None
    about: tuple[str, ...] = ()
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    asserted: TimeExpression | None = None
    confidence: float = 0.5
    cue_lemma: str = ""
    outcome: str | None = None  # of a verification: "verified" | "could_not_verify" | "refuted"
    alternative: Claimant | None = None  # where the scope is ambiguous: the other reading


@dataclass(frozen=True, slots=True)
class Narration:
    """A stretch of the article's own voice that tells at least one event."""

    id: str
    content: tuple[CharSpan, ...]
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN


@dataclass(frozen=True, slots=True)
class Extractor:
    """Which program, version and model made an extraction: with the article's digest, the key of "unchanged"."""

    name: str
    version: str
    model: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article. ``places_known`` are the places that its mentions resolved to, with containment."""

    article: Article
    extractor: Extractor
    attributions: tuple[Attribution, ...] = ()
    narrations: tuple[Narration, ...] = ()
    events: tuple[EventMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()
    places_known: tuple[Place, ...] = ()


def outlet_id(name: str) -> str:
    """The id of the outlet of that name, the same wherever it is named: as a narrator, a claimant, a channel.

    >>> outlet_id("The Kyiv Independent")
    'outlet/kyiv-independent'
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)).casefold()
    words = re.findall(r"\w+", re.sub(r"['\u2019]", "", plain))
    return f"outlet/{'-'.join(words[1:] if words[:1] == ['the'] and len(words) > 1 else words) or name}"


# --------------------------------------------------------------------------- across articles


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
    DENIES = "denies"
    COULD_NOT_VERIFY = "could_not_verify"
    NOT_ACKNOWLEDGED = "not_acknowledged"


@dataclass(frozen=True, slots=True)
class ClaimRelation:
    """One claim's relation to another, with the rule that holds them together or apart, and the words it rests on."""

    source: Ref
    target: Ref
    relation: Relation
    rule: str
    basis: str  # disjoint_intervals | opposite_polarity | opposed_outcome | same_claimant_later | same_statement | text_marked | analyst
    basis_spans: tuple[tuple[str, CharSpan], ...] = ()  # (article id, span)
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class WireCopy:
    """Two articles of near-duplicate text: ``copy`` repeats ``original`` to the extent ``overlap`` (0..1)."""

    copy: str
    original: str
    overlap: float


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
