"""How an input that yields no text is handed on: counted, and never lost."""

from __future__ import annotations

from kg.ingest.files import Source
from kg.model import Article, Issue, Severity


def rejected_article(source: Source, code: str, message: str, *, line: int | None = None) -> Article:
    """An Article with an empty text; its issue says what is wrong with ``source`` (or a ``line``) and the mend."""
    return Article(
        id=source.id_at(line),
        text="",
        origin=source.origin_at(line),
        issues=(Issue(code, f"{source.origin_at(line)}: {message}", severity=Severity.ERROR),),
    )
