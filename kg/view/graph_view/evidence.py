"""Values that a page shows: things, events as reported, and claims with their words.

Ids are local ("actor/kyiv", "attribution/wire-1:85-95"). load_evidence.py reads these from a store.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.view.graph_view.excerpts import Run, TextSegment


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor, unnamed source, outlet, channel, place, party or happening."""

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class EventNode:
    """An event as one attribution reports it; ``happening`` is the happening it belongs to."""

    id: str
    type: str
    edtf: str | None
    happening: str | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureNode:
    """A figure: its words, bounds (None: open), measure and place."""

    id: str
    words: str
    value: float | None
    min: float | None
    max: float | None
    comparator: str
    unit: str
    measure: str
    scope: str | None
    event: str | None
    whole: str | None
    part: TextSegment | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement that another was verified or not ("checks"), or not acknowledged or not said ("concerns")."""

    statement: str
    bond: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of a claim to another one."""

    relation: str
    to: str
    basis: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """The metadata of an article."""

    id: str
    title: str
    outlet: str | None
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution or a narrator's claim, with everything a page shows of it."""

    id: str
    article: str
    content: str = ""
    kind: str = "claim"
    claimant: str | None = None
    alternative: str | None = None
    role: str | None = None
    channel: str | None = None
    relays: tuple[str, ...] = ()  # who passed it on, nearest to the claimant first
    cue: str = ""
    source: str = ""
    spans: tuple[str, ...] = ()
    passage: tuple[Run, ...] = ()
    date: str | None = None  # date of the statement or, if unknown, of publication
    said: str | None = None
    polarity: str = ""
    certainty: str = ""
    resolution: str = ""
    confidence: float | None = None
    rule: str = ""
    outcome: str = ""
    act: str = ""
    events: tuple[str, ...] = ()
    figures: tuple[FigureNode, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """An assessment by an analyst, in the analyst's words and codes."""

    actuality: str
    reliability: str
    credibility: str
    note: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All values of a store; ids are local ("actor/kyiv"), edges are (from, relation, to) between entities and events."""

    things: dict[str, Entity] = field(default_factory=dict)
    event_nodes: dict[str, EventNode] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    edges: tuple[tuple[str, str, str], ...] = ()
    judged: dict[str, tuple[Judgement, ...]] = field(default_factory=dict)
    contested: tuple[tuple[str, str], ...] = ()  # statements that contradict each other
