"""Findings of one article: attributions, and the events, figures, times and places in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.texts import FAILED, Article, CharSpan, Issue


class Kind(StrEnum):
    """The speech act of an attribution."""

    CLAIM = "claim"  # asserts that it is, was or will be the case
    RELAY = "relay"  # its content is itself an attribution: X reports that Y said Z
    DIRECTIVE = "directive"  # asks, orders, urges
    COMMITMENT = "commitment"  # promises, vows, agrees to
    OPINION = "opinion"  # judges, hopes, criticises
    NON_STATEMENT = "non_statement"  # did not say, has not acknowledged: neither claim nor denial
    VERIFICATION = "verification"  # verified, could not verify, refuted


class Style(StrEnum):
    """Whether the content is in quotation marks, fully, partly or not."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Medium(StrEnum):
    """Whether it is said, written or only thought."""

    SPEECH = "speech"
    WRITING = "writing"
    THOUGHT = "thought"


class Level(StrEnum):
    """How much of what was said the text gives (after Semino and Short)."""

    QUOTED = "quoted"  # the words themselves, in quotation marks
    REPORTED = "reported"  # a proposition: what can be true or false
    ACT = "act"  # only the act and its topic: "denied the report", "demanded an apology"


class Polarity(StrEnum):
    """Polarity, as in FactBank."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    """Certainty, as in FactBank, with "unspecified" for questions, conditions and wishes."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNSPECIFIED = "unspecified"


class Tense(StrEnum):
    """The time of the event relative to the time of the report."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    HABITUAL = "habitual"


class ResolvedBy(StrEnum):
    """How the claimant was resolved from the source's words."""

    EXPLICIT = "explicit"  # the full name, here
    NAME = "name"  # part of the name ("Kuleba"), or a description introduced earlier ("the governor")
    PRONOUN = "pronoun"
    POSSESSIVE = "possessive"  # "its air force", "Ukraine's defence forces"
    METONYMY = "metonymy"  # "Kyiv", "the Kremlin" for a government
    UNRESOLVED = "unresolved"  # could not be resolved; the tool does not guess


class ActorKind(StrEnum):
    """The kind of actor a name refers to."""

    PERSON = "person"
    ORGANIZATION = "organization"
    OUTLET = "outlet"
    COUNTRY = "country"  # a state or its government as an actor: "Kyiv said", "Russia launched"
    GROUP = "group"  # a people or an unnamed body: "Ukrainians", "residents"
    UNNAMED = "unnamed"  # "officials", "a source": one per mention, never merged across articles


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or nominal in an article that refers to an actor (a mention in the sense of ACE)."""

    span: CharSpan
    kind: ActorKind
    label: str
    id: str  # "actor/..." or "outlet/..."
    head: CharSpan | None = None


@dataclass(frozen=True, slots=True)
class Claimant:
    """The actor an attribution is attributed to, and how the source's words were resolved."""

    id: str
    label: str
    resolved_by: ResolvedBy
    kind: ActorKind = ActorKind.PERSON


class ChannelKind(StrEnum):
    """The kind of channel that carried a statement."""

    PLATFORM = "platform"  # Telegram, X, Facebook
    BULLETIN = "bulletin"  # a daily update, a briefing, a statement, a press conference
    OUTLET = "outlet"  # a newspaper, an agency, a broadcaster


@dataclass(frozen=True, slots=True)
class Channel:
    """The channel named in the text ("wrote on Telegram")."""

    span: CharSpan
    id: str
    label: str
    kind: ChannelKind = ChannelKind.PLATFORM


class TimeBasis(StrEnum):
    """The anchor that a time expression was resolved against."""

    EXPLICIT = "explicit"  # the text gives the full date
    DOCUMENT_DATE = "relative_to_document_date"
    DATELINE = "relative_to_dateline"  # a date line in the article's text, where no date of publication is given
    EVENT = "relative_to_event"
    UNANCHORED = "unanchored"  # unknown: edtf is None


class Basis(StrEnum):
    """Whether the place or time of an event is stated with it, or inherited from the story that it continues."""

    STATED = "stated"
    INHERITED = "inherited"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression and its EDTF value (date or interval), or None if it is unknown.

    A night is the interval of its two days ("2023-07-10/2023-07-11").
    ``span`` is None only if the time is inherited from another sentence; ``text`` then has the inherited words and
    ``from_span`` their position; beside a ``span`` ("at 3 a.m.") only the day is inherited.
    ``night`` says that ``edtf`` is the day of an evening ("Monday night"), so the time may run into the next day.
    """

    text: str
    edtf: str | None
    basis: TimeBasis
    span: CharSpan | None = None
    from_span: CharSpan | None = None
    night: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in an article and its resolved place; lat and lon are None if it is unresolved."""

    span: CharSpan
    id: str
    label: str
    lat: float | None = None
    lon: float | None = None
    geonames: str | None = None
    relation: str | None = None  # in an event's further places: "origin" | "target" | "near"


@dataclass(frozen=True, slots=True)
class Place:
    """A place from the gazetteer or places.tsv. ``within`` are the ids of the places that contain it."""

    id: str
    label: str
    lat: float | None = None
    lon: float | None = None
    geonames: str | None = None
    within: tuple[str, ...] = ()
    kind: str = "city"  # city | district | admin1 | admin2 | country | region | sea | site


class Comparator(StrEnum):
    """How the words hedge a number."""

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
    """A number as reported: an interval, its comparator, what is counted and in which role.

    ``min``/``max`` are the bounds that the words allow (None: unbounded); ``value`` is the number in the text, or None.
    ``of`` is the index, in the same event's ``figures``, of the whole that this is part of ("30 OF at least 35").
    ``unit`` is "count", "percent", an ISO 4217 code, "kilometre", "day" and the like.
    ``measure`` is a word of the closed scheme of measures ("killed", "attended", "money", "other"; kgv:figureMeasure).
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
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A participant of an event: agent, target, instrument, victim, origin. ``id`` is set for a known actor."""

    role: str
    span: CharSpan
    label: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event AS REPORTED by one attribution or narration (``told_by``); it is never asserted to have happened.

    ``type`` is the local name of a concept of the kgv:eventType scheme (ontology/kg.ttl).
    ``place`` is its location (located_in), ``places`` are further ones, each with its relation; ``place_basis`` says
    whether they are stated with the event or inherited from the story (their spans are then elsewhere in the text).
    An extractor may leave ``id`` and ``told_by`` empty: the pipeline derives them from the position of ``trigger``.
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
    predicate: str = ""  # of a general type: "buy", "be unsafe"
    label: str = ""  # of a general type, in the article's words: "Acme will buy Bolt"
    confidence: float = 0.95  # that the text reports this event, never that it happened
    place_basis: Basis = Basis.STATED


@dataclass(frozen=True, slots=True)
class Attribution:
    """The text presents someone as the origin of something: source, cue, content (PARC 3).

    ``content`` has two spans if the cue is in the middle of it ("The bridge, he said, was destroyed"), in text order.
    ``source`` is empty if the article names no one ("it was reported that ..."), which is a valid finding.
    ``embedded_in`` is the id of the attribution whose content this is ("X wrote ..., the Y reports").
    ``about`` are the ids of the attributions that a verification, a non-statement, a denial or a "citing" refers to.
    ``asserted`` is the time of the statement; None if the text does not give it.
    ``confidence`` is the calibrated probability that the text says this, not that the claim is true.
    An extractor may leave ``id``, ``claimant``, ``embedded_in``, ``about`` and ``confidence`` unset: the pipeline fills them.
    """

    cue: tuple[CharSpan, ...]
    content: tuple[CharSpan, ...]
    source: tuple[CharSpan, ...] = ()
    rule: str = ""
    id: str = ""
    kind: Kind = Kind.CLAIM
    style: Style = Style.INDIRECT
    medium: Medium = Medium.SPEECH
    level: Level = Level.REPORTED
    claimant: Claimant | None = None
    claimants: tuple[Claimant, ...] = ()  # of two or more joint sources: all of them, ``claimant`` first
    role: str | None = None  # "Kyiv Oblast Governor": as written here
    channel: Channel | None = None
    embedded_in: str | None = None
    about: tuple[str, ...] = ()
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    asserted: TimeExpression | None = None
    confidence: float = 0.5
    cue_lemma: str = ""
    outcome: str | None = None  # of a verification: "verified" | "could_not_verify" | "refuted"
    alternative: Claimant | None = None  # second possible claimant, if the scope is ambiguous


@dataclass(frozen=True, slots=True)
class Narration:
    """A passage in the article's own voice that reports at least one event."""

    id: str
    content: tuple[CharSpan, ...]
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN


@dataclass(frozen=True, slots=True)
class Extractor:
    """Program, version and model of an extraction; with the article's digest they decide whether it is unchanged."""

    name: str
    version: str
    model: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All findings of one article. ``places_known`` are the resolved places and the places that contain them."""

    article: Article
    extractor: Extractor
    attributions: tuple[Attribution, ...] = ()
    narrations: tuple[Narration, ...] = ()
    events: tuple[EventMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()
    places_known: tuple[Place, ...] = ()

    @property
    def failed(self) -> bool:
        """True if an exception ended the processing of the article: this is not to be stored."""
        return any(issue.code == FAILED for issue in self.issues)
