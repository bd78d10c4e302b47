"""Compute statistics with networkx: size, connectivity, citations between sources and outlets, and channels."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

import networkx as nx

from kg.graph import Answer, Store, Term
from kg.view.ask.subgraph import Selection, attributions
from kg.view.graph_view.evidence import Evidence
from kg.view.graph_view.load_evidence import load_evidence
from kg.view.graph_view.network import build_network

_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


def statistics(store: Store, top: int = 10) -> Answer:
    """Return a table of (measure, of, value): counts, components, and the ``top`` nodes of each centrality.

    An outlet or relay cites a source if it carries a statement of that source. "cited by" is the number of citing nodes,
    "brokerage" the betweenness among citations (Freeman), "degree" the number of edges in the drawn graph.
    """
    evidence = load_evidence(store.rows)
    graph, cites = build_network(evidence), citations(evidence)
    label = {id_: data["label"] for id_, data in graph.nodes(data=True)} | {
        id_: t.label for id_, t in evidence.things.items()
    }
    parts = sorted((len(part) for part in nx.weakly_connected_components(graph)), reverse=True)
    rows: list[tuple[str, str, float]] = [
        ("articles", "all", len(evidence.reports)),
        ("statements", "all", len(evidence.statements)),
    ]
    rows += [("statements", kind, n) for kind, n in _counted(each.kind for each in evidence.statements.values())]
    rows += [("nodes", kind, n) for kind, n in _counted(str(kind) for _, kind in graph.nodes(data="kind"))]
    rows += [("edges", relation, n) for relation, n in _counted(key for _, _, key in graph.edges(keys=True))]
    rows += [("components", "all", len(parts)), ("nodes in component", "largest", parts[0] if parts else 0)]
    channels = Counter(each.channel for each in evidence.statements.values() if each.channel)
    rows += _top("statements by channel", channels, label, top)
    rows += _top("degree", dict(graph.degree()), label, top)
    rows += _top("cited by", dict(cites.in_degree()), label, top)
    rows += _top("brokerage", nx.betweenness_centrality(cites), label, top)
    return Answer(
        ("measure", "of", "value"), tuple((Term("literal", m), Term("literal", o), _number(v)) for m, o, v in rows)
    )


def citations(evidence: Evidence) -> nx.DiGraph[str]:
    """Build the citation graph: an edge from each relay to the source that it cites, hop by hop from outlet to claimant."""
    cites: nx.DiGraph[str] = nx.DiGraph()
    for statement in evidence.statements.values():
        way = [evidence.reports[statement.article].outlet, *reversed(statement.relays), statement.claimant]
        hops = [hop for hop in way if hop]
        for teller, source in pairwise(hops):
            if teller != source:
                weight = cites.get_edge_data(teller, source, {"weight": 0})["weight"]
                cites.add_edge(teller, source, weight=weight + 1)
    return cites


def to_graphml(store: Store, selection: Selection) -> bytes:
    """Write the drawn graph as GraphML: nodes have kind, label, party and number of statements; edges have a relation."""
    graph = build_network(load_evidence(store.rows))
    chosen = {each.strip("<>").rsplit("/id/", 1)[-1] for each in attributions(store, selection)} if selection else None
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for id_ in sorted(graph):
        data = graph.nodes[id_]
        if chosen is None or chosen.intersection(data["statements"]):
            flat.add_node(
                id_,
                kind=data["kind"],
                label=data["label"],
                party=data["party"] or "",
                statements=len(data["statements"]),
            )
    for source, to, relation in sorted(graph.edges(keys=True)):
        data = graph.edges[source, to, relation]
        if source in flat and to in flat and (chosen is None or chosen.intersection(data["statements"])):
            flat.add_edge(source, to, relation=relation, statements=len(data["statements"]))
    out = io.BytesIO()
    nx.write_graphml(flat, out, encoding="utf-8", prettyprint=True)
    return out.getvalue() + b"\n"


def _counted(names: Iterator[str]) -> list[tuple[str, int]]:
    return sorted(Counter(names).items())


def _top(measure: str, values: Mapping[str, float], label: dict[str, str], top: int) -> list[tuple[str, str, float]]:
    ranked = sorted(
        ((value, label.get(id_, id_)) for id_, value in values.items() if value), key=lambda pair: (-pair[0], pair[1])
    )
    return [(measure, name, value) for value, name in ranked[:top]]


def _number(value: float) -> Term:
    return (
        Term("literal", str(value), _INTEGER) if isinstance(value, int) else Term("literal", f"{value:.4f}", _DECIMAL)
    )
