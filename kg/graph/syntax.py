"""RDF syntaxes: write quads, read Turtle. No store is needed for either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph.vocab import PREFIXES, Quad

FORMATS = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
}

#: prefixes for output; behind these two stand characters that Turtle would escape ("#char=4,12"): written in full
BOUND = {name: base for name, base in PREFIXES.items() if name not in ("doc", "gn")}


def serialize(quads: Iterable[Quad], form: str) -> bytes:
    """``quads`` as "nquads", "trig", "turtle" or "ntriples", with prefixes bound: the same bytes for the same quads.

    In the forms that know no graphs, each statement stands once.
    """
    flat = form in ("turtle", "ntriples")
    lines = {f"{q.subject} {q.predicate} {q.object} ." if flat else f"{q.graph}\t{q}" for q in quads}
    ordered = "\n".join(sorted(lines) if flat else (line.split("\t", 1)[1] for line in sorted(lines)))
    parsed = ox.parse(ordered.encode(), ox.RdfFormat.N_TRIPLES if flat else ox.RdfFormat.N_QUADS)
    written = (quad.triple for quad in parsed) if flat else parsed
    return ox.serialize(written, format=FORMATS[form], prefixes=BOUND) or b""


def parse_turtle(path: Path) -> Iterator[tuple[str, str, str]]:
    """The triples of a Turtle file, each part as N-Triples write it."""
    for each in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        yield str(each.subject), str(each.predicate), str(each.object)
