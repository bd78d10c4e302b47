"""Validate the graphs of a store against ontology/shapes.ttl (SHACL): each problem, its location and a fix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
from rdflib import RDF, SH, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from kg.errors import InputError, nearest
from kg.graph import ontology, vocab
from kg.graph.store import Store
from kg.graph.vocab import ASSESSMENTS, KG, SHARED, Quad

AROUND = Path(__file__).with_name("around.rq")

#: nodes of the shared graph per SHACL run: enough to share the cost of a run, few enough to limit memory
BATCH = 200

#: classes that belong to an article and are validated with it, although the shared graph also describes them
OF_ARTICLES = tuple(f"<{vocab.ID}{kind}/" for kind in ("attribution", "event", "doc"))

#: properties with the words of an invalid node, most useful first
WORDS = ("exact", "lexical", "content", "timeText", "message")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A violation of a shape.

    ``article`` is the article's id, or empty for the shared graph; ``node`` the IRI of the invalid node, ``words`` its
    words. ``shape`` is the local name of the shape, ``severity`` "violation" or "warning".
    """

    article: str
    node: str
    words: str
    message: str
    fix: str
    shape: str
    severity: str

    def __str__(self) -> str:
        where = f"{self.article}: " if self.article else ""
        words = f' "{self.words}"' if self.words else ""
        return f"{where}{self.message}\n  at {self.node.removeprefix(vocab.ID)}{words}\n  {self.fix}"


def validate(store: Store, articles: Iterable[str] | None = None) -> Iterator[Finding]:
    """Yield every violation of ontology/shapes.ttl, article by article and then in the shared graph.

    ``articles`` are ids: only these are validated then, without the shared graph. Raises InputError for an id that is not
    in the store.
    """
    names = _names(store)
    for graph in _article_graphs(store, articles):
        yield from _check(_with_names(store.quads(graph), names))
    if articles is not None:
        return
    shared = sorted({quad.subject for quad in store.quads(SHARED) if not quad.subject.startswith(OF_ARTICLES)})
    for start in range(0, len(shared), BATCH):
        nodes = shared[start : start + BATCH]
        around = store.ask(AROUND.read_text(encoding="utf-8").replace("<urn:node>", " ".join(nodes))).triples or ()
        yield from _check(_with_names((_quad(line) for line in around), names), [node[1:-1] for node in nodes])
    judged = list(store.quads(ASSESSMENTS))
    if nodes := sorted({quad.subject for quad in judged}):
        yield from _check(_with_names(judged, {}), [node[1:-1] for node in nodes])


def _article_graphs(store: Store, articles: Iterable[str] | None) -> list[str]:
    there = [graph for graph in store.graphs() if graph not in (SHARED, ASSESSMENTS)]
    if articles is None:
        return there
    wanted = {vocab.article_graph(article): article for article in articles}
    for graph, article in wanted.items():
        if graph not in there:
            rows = store.ask("SELECT ?id WHERE { ?d a kg:Article ; dct:identifier ?id }").rows
            raise InputError(
                f"no article {article!r} in the store", fix=nearest(article, [term.value for (term,) in rows if term])
            )
    return sorted(wanted)


class _Checked(Graph):
    """A graph that parses the query of each constraint once: parsing took most of the time."""

    def query(self, query_object: str | Query, *args: Any, **settings: Any) -> Any:
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **settings)


@cache
def _prepared(query: str) -> Query:
    return prepareQuery(query)


@cache
def _shapes() -> Graph:
    return Graph().parse(ontology.path(ontology.SHAPES), format="turtle")


def _names(store: Store) -> dict[str, list[str]]:
    """Map each shared node to its types and labels, as N-Triples lines."""
    names: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads(SHARED):
        if quad.predicate in (vocab.RDF.type, vocab.RDFS.label):
            names[quad.subject].append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return names


def _with_names(quads: Iterable[Quad], names: dict[str, list[str]]) -> str:
    lines: set[str] = set()
    for quad in quads:
        lines.add(f"{quad.subject} {quad.predicate} {quad.object} .")
        for node in (quad.subject, quad.object):
            lines.update(names.get(node, ()))
    return "\n".join(sorted(lines))


def _quad(line: str) -> Quad:
    subject, predicate, rest = line.split(" ", 2)
    return Quad(subject, predicate, rest.removesuffix(" ."), SHARED)


def _check(triples: str, nodes: list[str] | None = None) -> list[Finding]:
    """Validate a graph, or only some of its ``nodes``; the rest is then context."""
    data = _Checked().parse(data=triples, format="ntriples")
    conforms, report, _ = pyshacl.validate(
        data, shacl_graph=_shapes(), inference="none", inplace=True, focus_nodes=nodes
    )
    if conforms is True:
        return []
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL could not validate: {report}")
    return sorted({_finding(data, report, result) for result in report.subjects(RDF.type, SH.ValidationResult)})


def _finding(data: Graph, report: Graph, result: Node) -> Finding:
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    compares = report.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
    node = value if compares and isinstance(value, URIRef) else focus
    message, _, fix = str(report.value(result, SH.resultMessage)).partition(" Fix: ")
    article = data.value(node, _term(KG.inDocument)) or node
    return Finding(
        str(data.value(article, URIRef(vocab.DCT.base + "identifier")) or ""),
        str(node),
        _words(data, node),
        message,
        f"{fix[:1].upper()}{fix[1:]}",
        str(report.value(result, SH.sourceShape)).rpartition("/")[2],
        "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "violation",
    )


def _words(data: Graph, node: Node | None) -> str:
    """Return the words of a node in the article, or its label."""
    spans = [node, *data.objects(node, _term(KG.trigger))]
    for each in spans:
        for name in WORDS:
            if found := data.value(each, URIRef(KG.base + name)):
                return str(found)
    return str(data.value(node, URIRef(vocab.RDFS.base + "label")) or "")


def _term(written: str) -> URIRef:
    return URIRef(written[1:-1])
