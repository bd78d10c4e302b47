"""Room 4: nouns -> quads -> store. Nothing here knows where an extraction comes from or who will look at the graph."""

from kg.graph.answers import Answer, Term
from kg.graph.mapping import to_quads
from kg.graph.shared import shared_quads
from kg.graph.store import Store, serialize
from kg.graph.vocab import PREFIXES, Quad

__all__ = ["PREFIXES", "Answer", "Quad", "Store", "Term", "serialize", "shared_quads", "to_quads"]
