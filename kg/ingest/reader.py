"""From places to articles: the one way in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError, KgError
from kg.ingest import lines, normalise, page, text
from kg.ingest.files import STDIN, Form, Source, find, holds_articles
from kg.ingest.rejected import rejected_article
from kg.model import Article, Issue, failure


def read(places: Iterable[str | Path], stdin: BinaryIO | None = None) -> Iterator[Article]:
    """Every article in ``places``: files, folders (all in them, in the order of names), or "-" for ``stdin``.

    A file is read by its suffix: .txt and .md (with or without a head of ``key: value`` lines), .html and .htm,
    .jsonl (one object a line: "id", "text", "title", "outlet", "published", "url"). Standard input, and a file of
    another name that is given by name, is read as what its first bytes look like. A file that is reached twice is read
    once. Streams: no more than one article is held, whatever the size of the input.

    What cannot be read is an Article with an empty text and an issue of severity error that says the mend; the others
    are read all the same. An id that is already taken gets "-2", "-3" and an issue.

    Raises `InputError`, before anything is read, for a place that does not exist, and when no place holds an article.
    """
    chosen = [str(place) for place in places]
    if not chosen:
        raise InputError("nothing to read", mend="Name files or folders, or - for standard input.")
    for place in chosen:
        if place != STDIN and not os.path.exists(place):  # noqa: PTH110  # Path.exists raises for a name too long
            raise InputError("no such file or folder", where=place, mend="Check the name.")
    if not any(holds_articles(place) for place in chosen):
        raise InputError(
            "no article in it",
            where=", ".join(chosen),
            mend="kg reads .txt, .md, .html, .htm and .jsonl in folders; name a file of another suffix itself.",
        )
    return _distinct(_finish(article) for source in find(chosen, stdin) for article in _read(source))


def _read(source: Source) -> Iterator[Article]:
    """The articles of one source, as they come: not finished, ids not yet distinct."""
    try:
        match source.form:
            case Form.EMPTY_FOLDER:
                yield rejected_article(
                    source, "no-article", "The folder holds no .txt, .md, .html, .htm or .jsonl file."
                )
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
                    "It looks like JSON, but its first line is no whole object. Put one article object on each line: "
                    "jq -c . FILE > FILE.jsonl",
                )
    except OSError as error:
        yield rejected_article(
            source, "unreadable", f"It cannot be read ({error.strerror}). Check the file and its permissions."
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
    """The same articles, each id once."""
    origins: dict[str, str] = {}
    for article in articles:
        name, count = article.id, 1
        while name in origins:
            count += 1
            name = f"{article.id}-{count}"
        origins[name] = article.origin
        if name != article.id:
            taken = f"The id {article.id!r} is already that of {origins[article.id]}; this article is {name!r}."
            article = replace(article, id=name, issues=(*article.issues, Issue("duplicate-id", taken)))  # noqa: PLW2901
        yield article
