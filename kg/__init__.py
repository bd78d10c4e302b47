"""newsclaims: the claim graph of the news.

The public interface. Each name is imported on first use, so that ``import kg`` is fast:

    read            paths -> articles                        kg.ingest
    build           paths -> a store                         kg.flow (also extract: paths -> extractions)
    extractor       register a function as an extractor      kg.extract
    ParsedArticle   the input of an extractor                kg.extract
    Store           the graphs                               kg.graph
    validate        SHACL validation, article by article     kg.graph
    query, export   query the store, export the graph        kg.view
    render          write the report page                    kg.view.report.render
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "read": "kg.ingest",
    "build": "kg.flow",
    "extractor": "kg.extract",
    "ParsedArticle": "kg.extract",
    "Store": "kg.graph",
    "validate": "kg.graph",
    "query": "kg.view",
    "export": "kg.view",
    "render": "kg.view.report.render",
}

__all__ = ["ParsedArticle", "Store", "build", "export", "extractor", "query", "read", "render", "validate"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
