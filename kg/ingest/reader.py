"""Read articles from paths: the entry point of ingest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError, KgError
from kg.ingest import lines, normalise, page, text
from kg.ingest.files import STDIN, Form, Source, find_sources, has_articles
from kg.ingest.rejected import rejected_article
from kg.model import Article, Issue, failure


def read(paths: Iterable[str | Path], stdin: BinaryIO | None = None) -> Iterator[Article]:
    """Yield every article in ``paths``: files, folders (recursively, sorted by name), or "-" for ``stdin``.

    The suffix gives the format: .txt and .md (with or without a head of ``key: value`` lines), .html and .htm,
    .jsonl (one object per line: "id", "text", "title", "outlet", "published", "url"). For standard input, and for a file with
    another suffix given by name, the format is detected from the first bytes. Every file is read once. Articles are
    streamed: only one is in memory at a time.

    An unreadable input becomes an Article with an empty text and an issue of severity error with a fix; the other inputs
    are still read. A duplicate id gets the suffix "-2", "-3" and an issue.

    Raises `InputError`, before anything is read, if a path does not exist or no path has an article.
    """
    chosen = [str(path) for path in paths]
    if not chosen:
        raise InputError("nothing to read", fix="Give files or folders, or - for standard input.")
    for path in chosen:
        if path != STDIN and not os.path.exists(path):  # noqa: PTH110  # Path.exists raises for a name too long
            raise InputError("no such file or folder", where=path, fix="Check the path.")
    if not any(has_articles(path) for path in chosen):
        raise InputError(
            "no article in it",
            where=", ".join(chosen),
            fix="In folders kg reads .txt, .md, .html, .htm and .jsonl; give a file with another suffix by name.",
        )
    return _distinct(_finish(article) for source in find_sources(chosen, stdin) for article in _read(source))


def _read(source: Source) -> Iterator[Article]:
    """Yield the articles of one source, not yet completed; ids may be duplicates."""
    try:
        match source.form:
            case Form.EMPTY_FOLDER:
                yield rejected_article(source, "no-article", "The folder has no .txt, .md, .html, .htm or .jsonl file.")
            case Form.LINES:
                yield from lines.articles(source)
            case Form.PAGE:
                yield page.article(source)
            case Form.TEXT:
                yield text.article(source)
            case Form.UNKNOWN:
                yield from _read(source.sniffed())
            case Form.JSON:
                yield rejected_article(
                    source,
                    "not-json-lines",
                    "The file looks like JSON, but its first line is not a complete object. Write one object per line: "
                    "jq -c . FILE > FILE.jsonl",
                )
    except OSError as error:
        yield rejected_article(
            source, "unreadable", f"The file cannot be read ({error.strerror}). Check its permissions."
        )
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault met in one source must not end the run
        issue = failure(error)
        yield rejected_article(source, issue.code, issue.message)


def _finish(article: Article) -> Article:
    """Finish an article; one that makes this raise comes back without its text."""
    try:
        return normalise.normalise(article)
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault met in one article must not end the run
        return replace(article, text="", furniture=(), issues=(*article.issues, failure(error)))


def _distinct(articles: Iterable[Article]) -> Iterator[Article]:
    """Make the ids of the articles unique."""
    origins: dict[str, str] = {}
    for article in articles:
        name, count = article.id, 1
        while name in origins:
            count += 1
            name = f"{article.id}-{count}"
        origins[name] = article.origin
        if name != article.id:
            taken = (
                f"The id {article.id!r} is already used by {origins[article.id]}. This article gets the id {name!r}."
            )
            article = replace(article, id=name, issues=(*article.issues, Issue("duplicate-id", taken)))  # noqa: PLW2901
        yield article
