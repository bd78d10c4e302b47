"""What a page states of itself: the day of its publication, and its publisher.

The day is not trafilatura's, which takes the day of the last change, of a sidebar, or one of two readings of 07/10/2031
where nothing better stands on the page: an invented date would run through everything that is told relative to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.ingest.dates import day_of
from kg.ingest.tables import rows

_ARTICLES = ("Article", "Posting")  # NewsArticle, ReportageNewsArticle, BlogPosting, LiveBlogPosting


class PageFacts(NamedTuple):
    """The EDTF day of publication and the publisher's name, or None where the page does not state them."""

    day: str | None
    publisher: str | None


def facts_of(tree: Any) -> PageFacts:
    """What ``tree`` (an lxml tree) says in its schema.org description, or in the markup of patterns/page_dates.tsv."""
    described = list(_articles(tree))
    dates = [str(thing.get("datePublished") or "") for thing in described]
    for _, xpath, _ in rows("page_dates.tsv"):
        dates += map(str, tree.xpath(xpath))
    publishers = [thing["publisher"].get("name") for thing in described if isinstance(thing.get("publisher"), dict)]
    return PageFacts(
        day=next(filter(None, map(day_of, dates)), None),
        publisher=next((name.strip() for name in publishers if isinstance(name, str) and name.strip()), None),
    )


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles that JSON-LD scripts describe at their top, or in their graph: not those that they mention."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            described = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for thing in _things(described):
            kinds = thing.get("@type")
            if any(str(kind).endswith(_ARTICLES) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield thing


def _things(described: Any) -> Iterator[dict[str, Any]]:
    for thing in described if isinstance(described, list) else [described]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (each for each in graph if isinstance(each, dict)) if isinstance(graph, list) else ()
