"""All of a store, as far as a page needs it before it chooses what to carry; and that choice."""

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

CLAIMS = 4000  # about as many as a page carries: some 7 MB
MOST = 10_000  # nodes that a page draws at all
BEYOND = 1000  # nodes that a page carries besides those it draws, to be expanded to

Edge = tuple[str, str, str]  # from, to, relation
Rank = tuple[bool, bool, int, Edge]


@dataclass(frozen=True, slots=True)
class StoreView:
    """The frame of a store's evidence and the whole graph that is drawn from it: the same for every page of that store."""

    frame: Evidence
    whole: Graph


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page carries: the graph that is ``drawn``, that and what it may be expanded to, and statements by id."""

    drawn: Graph
    carried: Graph
    statements: frozenset[str]


@gc_disabled()
def load_store_view(store: Store) -> StoreView:
    """Read all of ``store`` but the words of its statements."""
    frame = load_evidence(store.rows)
    return StoreView(frame, build_network(frame))


def select_content(known: StoreView, focus: str | None, hops: int, limit: int) -> Graph:
    """At most ``limit`` nodes (10,000 at most), within ``hops`` edges of ``focus`` where that is given.

    Where that is not all, what is most contested and what is most told have their room among the best linked.
    Raises `InputError` where ``focus`` names no node, or several, or there is no room for any.
    """
    if limit < 1 or hops < 0:
        raise InputError("a page needs room for a node", mend="Give a limit of 1 or more, and hops of 0 or more.")
    graph = around(known.whole, focus, hops) if focus else known.whole
    return cut_to_size(graph, min(limit, MOST), _leading(known.frame, graph))


@gc_disabled()
def choose_content(known: StoreView, focus: str | None, hops: int, limit: int) -> PageContent:
    """What a page of ``limit`` nodes carries; raises as `select_content`."""
    drawn = select_content(known, focus, hops, limit)
    more = hidden_neighbours(known.whole, drawn, BEYOND)
    carried: Graph = nx.MultiDiGraph(known.whole.subgraph([*drawn, *more]))
    return PageContent(drawn, carried, frozenset(_statements(known, drawn, carried, everywhere=focus is None)))


def _leading(frame: Evidence, graph: Graph) -> Iterator[str]:
    """By turns the most contested event, with the two sources that contradict each other most there, and the most told."""
    sides: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for pair in frame.contested:
        if all(id_ in frame.statements for id_ in pair):
            sources = tuple(sorted({source for id_ in pair for source in _sources(frame, id_) if source in graph}))
            for event in set(_happenings(frame, pair[:1])) & set(_happenings(frame, pair[1:])) & graph.nodes:
                sides[event][sources] += 1
    contested = sorted(sides, key=lambda id_: (-sides[id_].total(), id_))
    told = {id_: len(data["statements"]) for id_, data in graph.nodes(data=True) if data["kind"] == "event"}
    retold = sorted((id_ for id_, times in told.items() if times > 1), key=lambda id_: (-told[id_], id_))
    for dispute, event in zip_longest(contested, retold):
        if dispute:
            yield dispute
            yield from min(sides[dispute], key=lambda pair: (-sides[dispute][pair], pair))
        if event:
            yield event


def _sources(frame: Evidence, id_: str) -> list[str]:
    """Who says it: its claimant or, of what an article says in its own voice, the outlet; none where neither is known."""
    statement = frame.statements[id_]
    source = statement.claimant or frame.reports[statement.article].outlet
    return [source] if source else []


def _statements(known: StoreView, drawn: Graph, carried: Graph, *, everywhere: bool) -> set[str]:
    """The statements of a carried part, with those that doubt them; all of the store's where all is carried.

    Where they are more than a page can carry, half of the room is for those that contradict each other, anywhere in the
    store unless it has a focus. Then each node that is drawn gets one, even beyond that room, so that every mark leads to
    its words; then, within it, each line, and each node that may be drawn later; then each line its second, and so on.
    """
    told = known.frame.statements
    if len(carried) == len(known.whole) and len(told) <= CLAIMS:
        return set(told)
    own = {id_ for id_, each in told.items() if each.claimant is None or each.claimant in carried}
    lines = [
        _owned(carried.edges[edge]["statements"], own) for edge in sorted(carried.edges, key=_rank(drawn, carried))
    ]
    here = None if everywhere else set(chain.from_iterable(lines))
    shown = set(islice(_contested(known.frame, here), CLAIMS // 2))
    nodes = {id_: _owned(carried.nodes[id_]["statements"], own) for id_ in sorted(carried)}
    first = drawn.number_of_edges()
    _cover(shown, [nodes[id_] for id_ in nodes if id_ in drawn], len(told))
    _cover(shown, lines[:first], CLAIMS)
    _cover(shown, [nodes[id_] for id_ in nodes if id_ not in drawn], CLAIMS)
    for id_ in chain.from_iterable(zip_longest(*(line[:CLAIMS] for line in lines))):
        if len(shown) >= CLAIMS:
            break
        if id_:
            shown.add(id_)
    return shown | {doubt.statement for id_ in shown for doubt in told[id_].doubts}


def _rank(drawn: Graph, carried: Graph) -> Callable[[Edge], Rank]:
    """Lines that are drawn first, and among them what people say before who carried whom; then the most told."""

    def rank(edge: Edge) -> Rank:
        later = edge[0] not in drawn or edge[1] not in drawn
        return later, edge[2] == "reported_by", -len(carried.edges[edge]["statements"]), edge

    return rank


def _owned(ids: list[str], own: set[str]) -> list[str]:
    """Those whose claimant is there to be seen, where there are any."""
    return [id_ for id_ in ids if id_ in own] or ids


def _cover(shown: set[str], lines: list[list[str]], room: int) -> None:
    """Show one statement of each line that has none, the one that stands for most lines, until there are ``room``."""
    worth = Counter(chain.from_iterable(lines))
    for line in lines:
        if len(shown) >= room:
            return
        if line and shown.isdisjoint(line):
            shown.add(max(line, key=lambda id_: (worth[id_], id_)))


def _contested(frame: Evidence, here: set[str] | None) -> Iterator[str]:
    """Statements that contradict each other, happening by happening, the most contested first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for pair in frame.contested:
        if all(id_ in frame.statements and (here is None or id_ in here) for id_ in pair):
            groups[next(_happenings(frame, pair), "")] += pair
    ranked = sorted(groups.values(), key=lambda ids: (-len(ids), ids))
    yield from dict.fromkeys(chain.from_iterable(ranked))


def _happenings(frame: Evidence, ids: Iterable[str]) -> Iterator[str]:
    events = (event for id_ in ids for event in frame.statements[id_].events)
    return (frame.told[event].happening or event for event in events if event in frame.told)
