"""Build the graph to draw from the evidence: actors, events, places, channels and outlets, and the edges between them.

All events of one happening are drawn as one node. Every node and edge has the ids of its statements, so that everything in the
picture leads to its words.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

import networkx as nx

from kg.errors import InputError, nearest
from kg.view.graph_view.evidence import EventNode, Evidence, Statement
from kg.view.times import in_words, time_label

Graph: TypeAlias = "nx.MultiDiGraph[str]"
Plain: TypeAlias = "nx.MultiGraph[str]"

_BY_CLAIMANT = ("claims", "states", "denies", "requests", "promises", "comments_on")


def build_network(evidence: Evidence) -> Graph:
    """Build the whole graph.

    Nodes have ``kind``, ``label``, ``also`` (other names), ``party`` and ``statements``; edges, keyed by their relation,
    have ``statements``.
    """
    graph: Graph = nx.MultiDiGraph()
    node_of = {id_: event.happening or id_ for id_, event in evidence.event_nodes.items()}
    by_event: dict[str, set[str]] = defaultdict(set)
    for statement in evidence.statements.values():
        for event in statement.events:
            by_event[event].add(statement.id)
    carried = _carried(evidence)
    proofs: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for source, relation, to in evidence.edges:
        if relation == "reported_by":
            proofs[source, relation, to] |= carried.get((source, to), set())
        elif relation == "located_in" and source in node_of:
            proofs[node_of[source], relation, to] |= by_event[source]
        elif relation in _BY_CLAIMANT and to in node_of:
            own = {s for s in by_event[to] if evidence.statements[s].claimant == source}
            proofs[source, relation, node_of[to]] |= own or by_event[to]
    for (source, relation, to), statements in sorted(proofs.items()):
        for end in (source, to):
            if end not in graph:
                graph.add_node(end, **_node(end, evidence), statements=[])
        graph.add_edge(source, to, key=relation, statements=sorted(statements))
    _fill(graph, evidence, node_of)
    return graph


def _carried(evidence: Evidence) -> dict[tuple[str, str], set[str]]:
    """Map (source, channel) to the statements of that source that the channel carried, hop by hop."""
    carried: dict[tuple[str, str], set[str]] = defaultdict(set)
    for statement in evidence.statements.values():
        way = [statement.claimant, statement.channel, *statement.relays, evidence.reports[statement.article].outlet]
        hops = [hop for hop in way if hop]
        for at, source in enumerate(hops):
            for channel in hops[at + 1 :]:
                carried[source, channel].add(statement.id)
    return carried


def _node(id_: str, evidence: Evidence) -> dict[str, object]:
    thing = evidence.things.get(id_)
    if thing is not None and thing.kind != "happening":
        return {"kind": thing.kind, "label": thing.label, "also": list(thing.aliases), "party": thing.party}
    if thing is not None:
        return {"kind": "event", "label": thing.label, "also": [], "party": None}
    if id_ in evidence.event_nodes:
        return {"kind": "event", "label": _event_label(evidence.event_nodes[id_], evidence), "also": [], "party": None}
    return {
        "kind": "place" if id_.startswith("place/") else "actor",
        "label": id_.rsplit("/", 1)[-1],
        "also": [],
        "party": None,
    }


def _event_label(event: EventNode, evidence: Evidence) -> str:
    places = [evidence.things[place].label for place in event.places if place in evidence.things]
    return ", ".join([event.type or "event", *places[:1], *([in_words(event.edtf)] if event.edtf else [])])


def _fill(graph: Graph, evidence: Evidence, node_of: dict[str, str]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for statement in evidence.statements.values():
        for id_ in touched(statement, evidence, node_of):
            found[id_].add(statement.id)
    for id_, data in graph.nodes(data=True):
        data["statements"] = sorted(found[id_])


def touched(statement: Statement, evidence: Evidence, node_of: dict[str, str]) -> Iterable[str]:
    """List the nodes that a statement is evidence for."""
    yield from filter(
        None, (statement.claimant, statement.channel, *statement.relays, evidence.reports[statement.article].outlet)
    )
    for event in statement.events:
        if event in evidence.event_nodes:
            yield node_of[event]
            yield from evidence.event_nodes[event].places


def around(graph: Graph, focus: str, hops: int) -> Graph:
    """Return the part of ``graph`` within ``hops`` edges of ``focus``: an id, its last part, or a name in any case.

    Raises `InputError` if no node, or more than one, has that name.
    """
    return nx.MultiDiGraph(
        graph.subgraph(nx.ego_graph(graph.to_undirected(as_view=True), find_node(graph, focus), radius=hops).nodes)
    )


def find_node(graph: Graph, name: str) -> str:
    """Find the node named ``name``."""
    if name in graph:
        return name
    names: dict[str, set[str]] = defaultdict(set)
    for id_, data in graph.nodes(data=True):
        for each in (data["label"], id_.rsplit("/", 1)[-1], *data["also"]):
            names[each.casefold()].add(id_)
    found = sorted(names.get(name.casefold()) or names.get(time_label(name).casefold()) or ())
    if len(found) > 1:
        raise InputError(f"{len(found)} nodes match {name!r}", fix=f"Choose one: {', '.join(found)}.")
    if not found:
        raise InputError(f"No node matches {name!r}", fix=nearest(name.casefold(), names))
    return found[0]


def cut_to_size(graph: Graph, limit: int, first: Iterable[str] = ()) -> Graph:
    """Cut ``graph`` to at most ``limit`` nodes, starting at the node with most statements and adding the best linked neighbour.

    So the result is connected; other components are added only after the first. Up to half of the limit goes first to the
    nodes of ``first``, in that order, each with its shortest path to the kept nodes: by number of edges, a large graph
    would be cut to its hubs.
    """
    if len(graph) <= limit:
        return graph
    rank = {id_: (-graph.degree(id_) - len(data["statements"]), id_) for id_, data in graph.nodes(data=True)}
    plain = graph.to_undirected(as_view=True)
    starts = sorted(graph, key=rank.__getitem__)
    kept = set(starts[: min(limit, 1)])
    for id_ in first:
        way = _way(plain, id_, kept, rank) if id_ in graph else []
        if len(kept) + len(way) > limit // 2:
            break
        kept.update(way)
    heap = sorted({rank[other] for id_ in kept for other in plain[id_]})
    for start in starts:
        if start not in kept:
            heapq.heappush(heap, rank[start])
        while heap and len(kept) < limit:
            _, id_ = heapq.heappop(heap)
            if id_ in kept:
                continue
            kept.add(id_)
            for other in plain[id_]:
                if other not in kept:
                    heapq.heappush(heap, rank[other])
        if len(kept) >= limit:
            break
    return nx.MultiDiGraph(graph.subgraph(sorted(kept)))


def _way(plain: Plain, start: str, kept: AbstractSet[str], rank: Mapping[str, tuple[int, str]]) -> list[str]:
    """Return the nodes of a shortest path from ``start`` to ``kept``; only ``start`` if there is none."""
    before, ring = {start: ""}, [start]
    while ring:
        following: dict[str, str] = {}
        for id_ in ring:
            if id_ in kept:
                way = [id_]
                while before[way[-1]]:
                    way.append(before[way[-1]])
                return way[:0:-1]
            for other in plain[id_]:
                if other not in before and other not in following:
                    following[other] = id_
        before |= following
        ring = sorted(following, key=rank.__getitem__)
    return [start]


def hidden_neighbours(graph: Graph, drawn: Graph, most: int) -> list[str]:
    """Select at most ``most`` nodes that are not drawn, ring by ring around ``drawn``, the best linked first."""
    plain = graph.to_undirected(as_view=True)
    reached, ring, found = set(drawn), set(drawn), list[str]()
    while ring and len(found) < most:
        ring = {other for id_ in ring for other in plain[id_]} - reached
        reached |= ring
        found += sorted(ring, key=lambda id_: (-graph.degree(id_), id_))[: most - len(found)]
    return found


def community_heads(graph: Graph, groups: dict[str, int]) -> dict[int, str]:
    """Name each community after its node with the most statements."""
    found: dict[int, str] = {}
    for id_ in sorted(groups, key=lambda id_: (-len(graph.nodes[id_]["statements"]), id_)):
        found.setdefault(groups[id_], str(graph.nodes[id_]["label"]))
    return found


def communities(graph: Graph) -> dict[str, int]:
    """Map each node to its community, 0 for the largest (Louvain; Blondel et al. 2008; fixed seed)."""
    ids = sorted(graph)
    number = {
        id_: at for at, id_ in enumerate(ids)
    }  # numbers instead of names: networkx uses sets, whose order of strings is not fixed
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(ids)))
    plain.add_edges_from(sorted((number[a], number[b]) for a, b in graph.edges() if a != b))
    if not plain.number_of_edges():
        return dict.fromkeys(ids, 0)
    found = sorted(
        (sorted(each) for each in nx.community.louvain_communities(plain, seed=0)), key=lambda c: (-len(c), c)
    )
    return {ids[at]: rank for rank, each in enumerate(found) for at in each}
