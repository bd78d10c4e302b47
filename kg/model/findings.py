"""What is found in one article: who says what, and the events, figures, times and places that are told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.texts import Article, CharSpan, Issue


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
    DATELINE = "relative_to_dateline"  # a date line in the article's text, where no date of publication is given
    EVENT = "relative_to_event"
    UNANCHORED = "unanchored"  # cannot be known: then edtf is None


class Basis(StrEnum):
    """Whether a place or time of an event stands with it, or is that of the story it goes on with."""

    STATED = "stated"
    INHERITED = "inherited"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as told, and the EDTF day or interval that it means, or None where that cannot be known.

    The night between two days is the interval of both ("2023-07-10/2023-07-11").
    ``span`` is None only where the time is inherited from another sentence; ``text`` then holds the inherited words.
    ``from_span`` says where the words of an inherited time stand; beside a ``span`` ("at 3 a.m.") only the day is inherited.
    ``night`` says that ``edtf`` is the day of an evening ("Monday night"), so that the time may run into the next day.
    """

    text: str
    edtf: str | None
    basis: TimeBasis
    span: CharSpan | None = None
    from_span: CharSpan | None = None
    night: bool = False


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
    ``place`` is where the telling puts it (located_in), ``places`` further ones, each with its relation; ``place_basis``
    says whether they stand with the event, or are inherited from the story (their spans then lie elsewhere in the text).
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
    place_basis: Basis = Basis.STATED


@dataclass(frozen=True, slots=True)
class Attribution:
    """Someone is presented as the origin of something: source, cue, content (PARC 3).

    ``content`` has two spans where the cue stands in the midst of it ("The bridge, he said, was destroyed"), in reading
    order. ``source`` is empty where the article names no one ("it was reported that ..."): a finding, not a failure.
    ``embedded_in`` is the id of the attribution whose content this is ("X wrote ..., the Y reports").
    ``about`` are the ids of the attributions that a verification, a non-statement, a denial or a "citing" speaks of.
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
