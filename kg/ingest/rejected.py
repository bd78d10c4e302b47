"""Represent an unreadable input as an article, so that it is reported and never lost."""

from __future__ import annotations

from kg.ingest.files import Source
from kg.model import Article, Issue, Severity


def rejected_article(source: Source, code: str, message: str, *, line: int | None = None) -> Article:
    """Make an Article with an empty text; its issue states the problem of ``source`` (or a ``line``) and a fix."""
    return Article(
        id=source.id_at(line),
        text="",
        origin=source.origin_at(line),
        issues=(Issue(code, f"{source.origin_at(line)}: {message}", severity=Severity.ERROR),),
    )
