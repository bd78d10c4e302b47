"""Load an overview of the store, and select what a page contains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

import networkx as nx

from kg.errors import InputError
from kg.graph import Store
from kg.view.graph_view.evidence import Evidence
from kg.view.graph_view.load_evidence import gc_disabled, load_evidence
from kg.view.graph_view.network import Graph, around, build_network, cut_to_size, hidden_neighbours

CLAIMS = 4000  # maximum of statements in a page: about 7 MB
MOST = 10_000  # maximum of drawn nodes
BEYOND = 1000  # maximum of nodes in the page that are not drawn until the user expands them

Edge = tuple[str, str, str]  # from, to, relation
Rank = tuple[bool, bool, int, Edge]


@dataclass(frozen=True, slots=True)
class StoreView:
    """The evidence of a store (without words) and its whole graph: the same for every page of that store."""

    frame: Evidence
    whole: Graph


@dataclass(frozen=True, slots=True)
class PageContent:
    """The content of a page: the ``drawn`` graph, the ``carried`` graph (with nodes to expand to), and statements by id."""

    drawn: Graph
    carried: Graph
    statements: frozenset[str]


@gc_disabled()
def load_store_view(store: Store) -> StoreView:
    """Read everything in ``store`` but the words of its statements."""
    frame = load_evidence(store.rows)
    return StoreView(frame, build_network(frame))


def select_content(known: StoreView, focus: str | None, hops: int, limit: int) -> Graph:
    """Select at most ``limit`` nodes (10,000 at most), within ``hops`` edges of ``focus`` if given.

    If that is not all, the most contested and most reported events are kept along with the best linked nodes.
    Raises `InputError` if ``focus`` matches no node or several, or if the limit allows no node.
    """
    if limit < 1 or hops < 0:
        raise InputError("--limit must be 1 or more, and --hops 0 or more", fix="Example: --limit 500 --hops 2")
    graph = around(known.whole, focus, hops) if focus else known.whole
    return cut_to_size(graph, min(limit, MOST), _leading(known.frame, graph))


@gc_disabled()
def choose_content(known: StoreView, focus: str | None, hops: int, limit: int) -> PageContent:
    """Select the content of a page of ``limit`` nodes; raises as `select_content`."""
    drawn = select_content(known, focus, hops, limit)
    more = hidden_neighbours(known.whole, drawn, BEYOND)
    carried: Graph = nx.MultiDiGraph(known.whole.subgraph([*drawn, *more]))
    return PageContent(drawn, carried, frozenset(_statements(known, drawn, carried, everywhere=focus is None)))


def _leading(frame: Evidence, graph: Graph) -> Iterator[str]:
    """Yield, in turn, the most contested event with its two most opposed sources, and the most reported event."""
    sides: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for pair in frame.contested:
        if all(id_ in frame.statements for id_ in pair):
            sources = tuple(sorted({source for id_ in pair for source in _sources(frame, id_) if source in graph}))
            for event in set(_happenings(frame, pair[:1])) & set(_happenings(frame, pair[1:])) & graph.nodes:
                sides[event][sources] += 1
    contested = sorted(sides, key=lambda id_: (-sides[id_].total(), id_))
    reports = {id_: len(data["statements"]) for id_, data in graph.nodes(data=True) if data["kind"] == "event"}
    repeated = sorted((id_ for id_, times in reports.items() if times > 1), key=lambda id_: (-reports[id_], id_))
    for dispute, event in zip_longest(contested, repeated):
        if dispute:
            yield dispute
            yield from min(sides[dispute], key=lambda pair: (-sides[dispute][pair], pair))
        if event:
            yield event


def _sources(frame: Evidence, id_: str) -> list[str]:
    """Return the claimant of a statement or, in the article's own voice, the outlet; empty if unknown."""
    statement = frame.statements[id_]
    source = statement.claimant or frame.reports[statement.article].outlet
    return [source] if source else []


def _statements(known: StoreView, drawn: Graph, carried: Graph, *, everywhere: bool) -> set[str]:
    """Select the statements of a page, with those that doubt them; all of the store's if everything is carried.

    If there are too many for a page, half of the room goes to statements that contradict each other, anywhere in the
    store unless there is a focus. Then each drawn node gets a statement, even beyond the limit, so that everything leads
    to its words; then, within the limit, each edge and each node that may be drawn later; then each edge its second one.
    """
    statements = known.frame.statements
    if len(carried) == len(known.whole) and len(statements) <= CLAIMS:
        return set(statements)
    own = {id_ for id_, each in statements.items() if each.claimant is None or each.claimant in carried}
    lines = [
        _owned(carried.edges[edge]["statements"], own) for edge in sorted(carried.edges, key=_rank(drawn, carried))
    ]
    here = None if everywhere else set(chain.from_iterable(lines))
    shown = set(islice(_contested(known.frame, here), CLAIMS // 2))
    nodes = {id_: _owned(carried.nodes[id_]["statements"], own) for id_ in sorted(carried)}
    first = drawn.number_of_edges()
    _cover(shown, [nodes[id_] for id_ in nodes if id_ in drawn], len(statements))
    _cover(shown, lines[:first], CLAIMS)
    _cover(shown, [nodes[id_] for id_ in nodes if id_ not in drawn], CLAIMS)
    for id_ in chain.from_iterable(zip_longest(*(line[:CLAIMS] for line in lines))):
        if len(shown) >= CLAIMS:
            break
        if id_:
            shown.add(id_)
    return shown | {doubt.statement for id_ in shown for doubt in statements[id_].doubts}


def _rank(drawn: Graph, carried: Graph) -> Callable[[Edge], Rank]:
    """Rank edges: drawn ones first, statements before "reported by", then by number of statements."""

    def rank(edge: Edge) -> Rank:
        later = edge[0] not in drawn or edge[1] not in drawn
        return later, edge[2] == "reported_by", -len(carried.edges[edge]["statements"]), edge

    return rank


def _owned(ids: list[str], own: set[str]) -> list[str]:
    """Return the statements whose claimant is in the page, or all if there are none."""
    return [id_ for id_ in ids if id_ in own] or ids


def _cover(shown: set[str], lines: list[list[str]], room: int) -> None:
    """Add one statement for each edge without one, the one shared by most edges, up to ``room`` statements."""
    worth = Counter(chain.from_iterable(lines))
    for line in lines:
        if len(shown) >= room:
            return
        if line and shown.isdisjoint(line):
            shown.add(max(line, key=lambda id_: (worth[id_], id_)))


def _contested(frame: Evidence, here: set[str] | None) -> Iterator[str]:
    """Yield statements that contradict each other, by happening, the most contested first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for pair in frame.contested:
        if all(id_ in frame.statements and (here is None or id_ in here) for id_ in pair):
            groups[next(_happenings(frame, pair), "")] += pair
    ranked = sorted(groups.values(), key=lambda ids: (-len(ids), ids))
    yield from dict.fromkeys(chain.from_iterable(ranked))


def _happenings(frame: Evidence, ids: Iterable[str]) -> Iterator[str]:
    events = (event for id_ in ids for event in frame.statements[id_].events)
    return (frame.event_nodes[event].happening or event for event in events if event in frame.event_nodes)
