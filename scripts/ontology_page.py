"""Make docs/ontology.md from ontology/kg.ttl: every term with definition, example and links."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "ontology" / "kg.ttl"
PAGE = ROOT / "docs" / "ontology.md"

KG = "https://w3id.org/newsclaims/ns#"
KGV = "https://w3id.org/newsclaims/vocab/"

HEAD = """# The ontology

<!-- generated from ontology/kg.ttl by scripts/ontology_page.py; do not edit -->

The vocabulary of the graph: the classes and properties of `kg:` (`https://w3id.org/newsclaims/ns#`) and the controlled values of
`kgv:` (`https://w3id.org/newsclaims/vocab/`). The file itself is `ontology/kg.ttl`; the constraints are in `ontology/shapes.ttl`.

Nothing in it says that an event happened. A `kg:Event` is an event **as reported** by one attribution; a plain edge such as
`kg:claims` is derived from an attribution. Only a person's `kg:Assessment` may say what happened.
"""

#: link between terms -> its words on the page
TIES = {
    RDFS.subClassOf: "is a",
    RDFS.subPropertyOf: "narrower than",
    SKOS.exactMatch: "same as",
    SKOS.closeMatch: "close to",
    SKOS.broadMatch: "narrower than",
    SKOS.relatedMatch: "related to",
}


def page() -> str:
    """Return the text of the page."""
    graph = Graph().parse(SOURCE, format="turtle")
    classes = _terms(graph, KG, OWL.Class)
    properties = sorted({*_terms(graph, KG, OWL.ObjectProperty), *_terms(graph, KG, OWL.DatatypeProperty)})
    parts = [HEAD, "## Classes\n"]
    parts += [_entry(graph, term) for term in classes]
    parts.append("## Properties\n")
    parts += [_entry(graph, term) for term in properties]
    parts.append("## Controlled values\n")
    for scheme in sorted(_terms(graph, KGV, SKOS.ConceptScheme)):
        parts.append("\n".join(_scheme(graph, scheme)) + "\n")
    return "\n".join(parts)


def _terms(graph: Graph, namespace: str, kind: Node) -> list[URIRef]:
    return sorted(
        term for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef) and term.startswith(namespace)
    )


def _entry(graph: Graph, term: URIRef) -> str:
    ends = [_names(graph, term, each) for each in (RDFS.domain, RDFS.range)]
    reach = f" *{ends[0] or 'anything'} → {ends[1] or 'anything'}*" if any(ends) else ""
    lines = [
        f"### `{_name(graph, term)}`: {graph.value(term, RDFS.label)}{reach}",
        "",
        f"{graph.value(term, SKOS.definition)}",
        "",
    ]
    lines.append(f"Example: {graph.value(term, SKOS.example)}")
    ties = "; ".join(_ties(graph, term))
    return "\n".join([*lines, "", ties[:1].upper() + ties[1:] + "." if ties else "", ""]).rstrip() + "\n"


def _ties(graph: Graph, term: Node) -> Iterator[str]:
    for predicate, words in TIES.items():
        if names := _names(graph, term, predicate):
            yield f"{words} {names}"


def _names(graph: Graph, term: Node, predicate: URIRef) -> str:
    return ", ".join(sorted(f"`{_name(graph, each)}`" for each in graph.objects(term, predicate)))


def _scheme(graph: Graph, scheme: URIRef) -> Iterator[str]:
    yield f"### `{_name(graph, scheme)}`: {graph.value(scheme, RDFS.label)}\n"
    yield f"{graph.value(scheme, SKOS.definition)}\n"
    concepts = list(graph.subjects(SKOS.inScheme, scheme))
    tops = sorted(each for each in concepts if graph.value(each, SKOS.broader) is None)
    if not tops:
        return
    yield "| value | | meaning | example | ties |\n| --- | --- | --- | --- | --- |"
    for top in tops:
        yield _row(graph, top, "")
        for each in sorted(graph.subjects(SKOS.broader, top)):
            yield _row(graph, each, "· ")


def _row(graph: Graph, concept: Node, indent: str) -> str:
    values = [graph.value(concept, each) or Literal("") for each in (SKOS.prefLabel, SKOS.definition, SKOS.example)]
    cells = [f"{indent}`{_name(graph, concept)}`", *map(str, values), "; ".join(_ties(graph, concept))]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _name(graph: Graph, term: Node) -> str:
    return term.n3(graph.namespace_manager) if isinstance(term, URIRef) else str(term)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
