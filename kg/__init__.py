"""newsclaims: the claim graph of the news.

The public face, loaded name by name when it is asked for, so that ``import kg`` costs nothing:

    read            places -> articles                       kg.ingest
    build           places -> a store                        kg.flow (and its extract: places -> extractions)
    extractor       make a function an extractor             kg.extract
    ParsedArticle         what an extractor sees                   kg.extract
    Store           the graphs                               kg.graph
    validate        SHACL, article by article                kg.graph
    query, export   ask and carry off                        kg.view
    render          look                                     kg.view.report.render
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
