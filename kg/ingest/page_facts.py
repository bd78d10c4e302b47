"""Read the date of publication and the publisher from the metadata of a page.

The date does not come from trafilatura, which falls back to the last change, to a sidebar, or to one interpretation of
07/10/2031: a wrong date would spread to every relative date in the article.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.ingest.dates import day_of
from kg.ingest.tables import rows

_ARTICLES = ("Article", "Posting")  # NewsArticle, ReportageNewsArticle, BlogPosting, LiveBlogPosting


class PageFacts(NamedTuple):
    """The date of publication (EDTF) and the publisher's name, or None."""

    day: str | None
    publisher: str | None


def facts_of(tree: Any) -> PageFacts:
    """Read the schema.org description of ``tree`` (an lxml tree), or the markup listed in patterns/page_dates.tsv."""
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
    """Find articles at the top level or in the graph of JSON-LD scripts, not those that are only mentioned."""
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
