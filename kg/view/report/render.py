"""Render the store as one self-contained HTML page with the graph and every claim in its words; it needs no network.

pyvis provides vis-network, which is copied into the page; nodes and edges are set at once, positions are computed before
(layout.py), and the template is ours. Words from articles reach the page only as JSON in a block that no browser
executes, and from there only as text nodes. A Content-Security-Policy allows the page's two scripts and its style by
their digests, and nothing else: no request, no inline handler, no other script.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyvis
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import InputError
from kg.graph import Store
from kg.view.graph_view.evidence import Evidence, FigureNode, Statement
from kg.view.graph_view.load_evidence import load_details
from kg.view.graph_view.network import Graph, communities
from kg.view.report.coastlines import load_coastlines
from kg.view.report.html import content_security_policy, environment, join_files
from kg.view.report.layout import layout
from kg.view.report.page_selection import StoreView, choose_content, load_store_view, select_content
from kg.view.report.svg import draw_svg
from kg.view.times import in_words

LIMIT = 500  # nodes drawn at first: a larger graph is unreadable
TITLE = "Claim graph"
CANVAS = 5000  # above this number of nodes WebGL is used, if available

_VIS = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
_VENDOR = Path(__file__).parent / "vendor"
_WEBGL = (_VENDOR / "graphology" / "graphology.umd.min.js", _VENDOR / "sigma" / "sigma.min.js")
_SCRIPTS = (
    "base",
    "words",
    "filters",
    "evidence",
    "canvas",
    "webgl",
    "labels",
    "groups",
    "expand",
    "graph",
    "list",
    "charts",
    "figures",
    "matrix",
    "timeline",
    "travel",
    "map",
    "page",
)
_STYLES = ("page", "views", "report")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a page shows, out of how much, and its size."""

    nodes: int
    nodes_of: int
    edges: int
    claims: int
    claims_of: int
    bytes: int

    @property
    def notice(self) -> str:
        """A sentence about what was left out, or an empty text."""
        if self.nodes == self.nodes_of and self.claims == self.claims_of:
            return ""
        shown = f"showing {self.nodes:,} of {self.nodes_of:,} nodes, {self.claims:,} of {self.claims_of:,} claims"
        return f"{shown}; --focus NAME draws the neighbourhood of one node"


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The graph of a page: nodes without a position are drawn on demand; ``links`` counts all neighbours of each node."""

    graph: Graph
    places: dict[str, tuple[float, float]]
    links: dict[str, int]


def render(  # noqa: PLR0913 - each is an option of `kg render`
    store: Store, out: Path, *, focus: str | None = None, hops: int = 2, limit: int = LIMIT, title: str = TITLE
) -> Rendered:
    """Write the page to ``out`` (completely or not at all) and return what it shows; a name in .svg gets a picture.

    ``focus`` (an id or a name) draws only what is within ``hops`` edges of that actor, event, place, channel or outlet.
    A graph of more than ``limit`` nodes (10,000 at most) is cut to the most contested, most reported and best linked, and
    the page says so. The same store gives the same bytes. Raises `InputError` if ``focus`` matches no node, or several.
    """
    if out.suffix.lower() == ".svg":
        known = load_store_view(store)
        drawn = select_content(known, focus, hops, limit)
        page = draw_svg(drawn, title)
        shown = {id_ for *_, data in drawn.edges(data=True) for id_ in data["statements"]}
        made = _rendered(known, drawn, shown, page)
    else:
        page, made = draw(store, focus=focus, hops=hops, limit=limit, title=title)
    _write(out, page)
    return made


def draw(  # noqa: PLR0913 - as render
    store: Store,
    *,
    focus: str | None = None,
    hops: int = 2,
    limit: int = LIMIT,
    title: str = TITLE,
    live: bool = False,
    known: StoreView | None = None,
) -> tuple[bytes, Rendered]:
    """Return the page and what it shows; arguments as `render`. A ``live`` page links to the query editor.

    ``known`` is the result of `load_store_view` for this store, if available: it is most of the work.
    """
    known = known or load_store_view(store)
    frame, whole = known.frame, known.whole
    chosen = choose_content(known, focus, hops, limit)
    evidence = load_details(store.rows, frame, chosen.statements)
    shown = sorted(evidence.statements.values(), key=lambda each: (each.date or "9999", each.article, each.id))
    counts = {"nodes": len(whole), "claims": len(frame.statements), "contested": len(frame.contested)}
    counts["lines"] = chosen.drawn.number_of_edges()
    facts = {"title": title, "focus": focus, "live": live} | counts
    links = {id_: len(set(whole.succ[id_]) | set(whole.pred[id_])) for id_ in chosen.carried}
    page = _page(_Drawing(chosen.carried, layout(chosen.drawn), links), shown, evidence, facts)
    return page, _rendered(known, chosen.drawn, chosen.statements, page)


def _rendered(known: StoreView, drawn: Graph, shown: AbstractSet[str], page: bytes) -> Rendered:
    lines = sum(not shown.isdisjoint(data["statements"]) for *_, data in drawn.edges(data=True))
    return Rendered(len(drawn), len(known.whole), lines, len(shown), len(known.frame.statements), len(page))


def _page(drawing: _Drawing, shown: list[Statement], evidence: Evidence, facts: dict[str, Any]) -> bytes:
    number = {statement.id: at for at, statement in enumerate(shown)}
    net = Network(directed=True, cdn_resources="in_line")
    # Set directly: add_node and add_edge search a list for every id, which is slow, and put text into titles, which is unsafe.
    net.nodes = _nodes(drawing, evidence, number)
    net.edges = _edges(drawing.graph, {node["id"] for node in net.nodes}, number)
    net.set_options(
        json.dumps({"physics": {"enabled": False}, "layout": {"improvedLayout": False}, "edges": {"smooth": False}})
    )
    parts = [_VIS, *(_WEBGL if len(drawing.graph) > CANVAS else ())]
    script, vis = join_files("js", _SCRIPTS), "\n".join(part.read_text("utf-8") for part in parts)
    style = join_files("css", _STYLES)
    net.templateEnv = environment()
    net.templateEnv.globals.update(
        facts=facts | _facts(shown, evidence, number),
        vis=Markup(vis),  # noqa: S704 - from pyvis's package and ours: nothing of an article is in them
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        policy=content_security_policy((vis, script), style),
    )
    net.path = "page.html"
    return str(net.generate_html()).encode("utf-8", "replace")


def _nodes(drawing: _Drawing, evidence: Evidence, number: dict[str, int]) -> list[dict[str, Any]]:
    """Return the data of each node; one without a position is included only if it has statements in the page."""
    graph, places = drawing.graph, drawing.places
    groups = communities(graph)
    nodes = []
    for id_ in sorted(graph):
        data = graph.nodes[id_]
        if id_ not in places and not any(each in number for each in data["statements"]):
            continue
        party = evidence.things.get(data["party"] or "")
        nodes.append(
            {
                "id": id_,
                **({"x": places[id_][0], "y": places[id_][1]} if id_ in places else {"later": True}),
                "links": drawing.links[id_],
                "kind": data["kind"],
                "group": groups[id_],
                "name": data["label"],
                "also": data["also"],
                "party": party.label if party else None,
                "claims": sorted(number[each] for each in data["statements"] if each in number),
                "judged": [asdict(each) for each in evidence.judged.get(id_, ())],
            }
        )
    return nodes


def _edges(graph: Graph, nodes: set[str], number: dict[str, int]) -> list[dict[str, Any]]:
    """Return the data of each edge; one without statements in the page is left out."""
    edges = []
    for source, to, relation in sorted(graph.subgraph(nodes).edges(keys=True)):
        claims = sorted(number[each] for each in graph.edges[source, to, relation]["statements"] if each in number)
        if claims:
            edges.append({"from": source, "to": to, "rel": relation, "claims": claims})
    return edges


def _facts(shown: list[Statement], evidence: Evidence, number: dict[str, int]) -> dict[str, Any]:
    """Return the data besides the graph: claims, names, places on the map, coastlines."""
    events = [evidence.event_nodes[event] for each in shown for event in each.events if event in evidence.event_nodes]
    places = sorted({place for event in events for place in event.places if place in evidence.things})
    points = {id_: (thing.lat, thing.lon) for id_ in places if (thing := evidence.things[id_])}
    known = {id_: (lat, lon) for id_, (lat, lon) in points.items() if lat is not None and lon is not None}
    return {
        "claims_data": [_claim(each, evidence, number) for each in shown],
        "names": _names(shown, evidence),
        "points": known,
        "outlines": load_coastlines([(lon, lat) for lat, lon in known.values()]),
    }


def _claim(each: Statement, evidence: Evidence, number: dict[str, int]) -> dict[str, Any]:
    report = evidence.reports[each.article]
    return {
        "id": each.id.split("/", 1)[-1],
        "kind": each.kind,
        "who": each.claimant,
        "other": each.alternative,
        "role": each.role,
        "way": [hop for hop in (each.channel, *each.relays) if hop],
        "words": each.content,
        "cue": each.cue,
        "source": each.source,
        "runs": each.passage,
        "at": each.spans,
        "date": each.date,
        "said": each.said and in_words(each.said),
        "certainty": each.certainty,
        "resolution": each.resolution,
        "confidence": each.confidence,
        "rule": each.rule,
        "outcome": each.outcome,
        "act": each.act,
        "events": _events(each, evidence),
        "figures": [_figure(figure, each, evidence) for figure in each.figures],
        "doubts": [{"n": number[d.statement], "bond": d.bond} for d in each.doubts if d.statement in number],
        "links": [
            {"rel": link.relation, "n": number[link.to], "basis": link.basis}
            for link in each.links
            if link.to in number
        ],
        "article": {"title": report.title, "outlet": report.outlet, "url": _web(report.url), "date": report.published},
        "judged": [asdict(judged) for judged in evidence.judged.get(each.id, ())],
    }


def _events(each: Statement, evidence: Evidence) -> list[dict[str, Any]]:
    events = [evidence.event_nodes[event] for event in each.events if event in evidence.event_nodes]
    return [
        {"type": e.type, "when": e.edtf and in_words(e.edtf), "node": e.happening or e.id, "places": e.places}
        for e in events
    ]


def _figure(figure: FigureNode, statement: Statement, evidence: Evidence) -> dict[str, Any]:
    whole = next((other.words for other in statement.figures if other.id == figure.whole), None)
    keys = ("words", "value", "min", "max", "comparator", "unit", "measure", "scope")
    event = evidence.event_nodes.get(figure.event or "")
    node = (event.happening or event.id) if event else None
    return {key: getattr(figure, key) for key in keys} | {"of": whole, "node": node}


def _names(shown: list[Statement], evidence: Evidence) -> dict[str, list[str]]:
    """Return kind and label of everything that the shown statements mention, drawn or not."""
    ids: set[str] = set()
    for each in shown:
        ids |= {
            hop
            for hop in (
                each.claimant,
                each.alternative,
                each.channel,
                *each.relays,
                evidence.reports[each.article].outlet,
            )
            if hop
        }
        ids |= {figure.scope for figure in each.figures if figure.scope}
        ids |= {
            place
            for event in each.events
            if event in evidence.event_nodes
            for place in evidence.event_nodes[event].places
        }
    names = {id_: [evidence.things[id_].kind, evidence.things[id_].label] for id_ in ids if id_ in evidence.things}
    events = [evidence.event_nodes[event] for each in shown for event in each.events if event in evidence.event_nodes]
    for happening in {each.happening for each in events if each.happening} & evidence.things.keys():
        names[happening] = ["event", evidence.things[happening].label]
    return dict(sorted(names.items()))


def _web(url: str | None) -> str | None:
    """Return the URL if it is http or https; any other scheme is left out of the page."""
    return url if url and re.match(r"https?://[^\s<>\"]+\Z", url, re.IGNORECASE) else None


def _write(out: Path, page: bytes) -> None:
    half = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(page)
        half.replace(out)
    except OSError as error:
        half.unlink(missing_ok=True)
        problem = f"the page cannot be written: {error.strerror or error}"
        raise InputError(problem, where=str(out), fix="Choose another file: -o FILE.html.") from error
