"""Graph stage: extractions to quads to store. It does not depend on the other stages."""

from typing import TYPE_CHECKING, Any

from kg.graph.article_mapping import to_quads
from kg.graph.query_results import Answer, Term
from kg.graph.recovery import Difference, find_differences
from kg.graph.shared_mapping import shared_quads
from kg.graph.shared_updates import is_new, shared_graph_update
from kg.graph.store import Store
from kg.graph.syntax import serialize
from kg.graph.vocab import PREFIXES, Quad

if TYPE_CHECKING:
    from kg.graph.shapes import Finding, validate

__all__ = [
    "PREFIXES",
    "Answer",
    "Difference",
    "Finding",
    "Quad",
    "Store",
    "Term",
    "find_differences",
    "is_new",
    "serialize",
    "shared_graph_update",
    "shared_quads",
    "to_quads",
    "validate",
]


def __getattr__(name: str) -> Any:
    """Import the validation on first use: pySHACL takes half a second to import."""
    if name in ("Finding", "validate"):
        from kg.graph import shapes  # noqa: PLC0415

        return getattr(shapes, name)
    raise AttributeError(name)
