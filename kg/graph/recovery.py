"""Agreement between records and article graphs: find where they differ, and rebuild the graphs from the records.

A record is written before its graph, with a mark (`Records.pending`) that is removed once the graph is on disk. A kill or
a power failure between the two leaves the mark; a lost or replaced ``quads/`` folder shows in `find_differences`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.errors import KgError
from kg.graph import vocab

if TYPE_CHECKING:
    from kg.graph.store import Store

log = logging.getLogger(__name__)

#: what an article's graph states about the version that it was made of
_VERSIONS = """
SELECT ?graph ?id ?sha256 ?extractor WHERE {
  GRAPH ?graph { ?article kg:sha256 ?sha256 ; dct:identifier ?id ; kg:extractedBy/prov:wasAssociatedWith ?extractor }
}
"""


class Problem(StrEnum):
    """How a record and a graph can differ."""

    NO_GRAPH = "the store has a record of the article, but not its graph"
    NO_RECORD = "the store has a graph of the article, but no record of it"
    OTHER_VERSION = "the article's graph and record are of different versions"


_REMEDIES = {
    Problem.NO_GRAPH: "Run kg build: it rebuilds the graph from the record.",
    Problem.NO_RECORD: "Build the article again, or remove it: kg withdraw ARTICLE.",
    Problem.OTHER_VERSION: "Run kg build: it rebuilds the graph from the record.",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """An article whose record and graph do not agree."""

    article: str
    problem: Problem

    def __str__(self) -> str:
        return f"{self.article}: {self.problem}\n  {_REMEDIES[self.problem]}"


def find_differences(store: Store) -> Iterator[Difference]:
    """Compare the records with the article graphs, by text digest and extractor; yield differences by article."""
    graphs = set(store.graphs()) - {vocab.SHARED, vocab.ASSESSMENTS}
    stated = {f"<{row['graph']}>": row for row in store.rows(_VERSIONS)}
    for article, version in store.records.versions().items():
        graph = vocab.article_graph(article)
        if graph not in graphs:
            yield Difference(article, Problem.NO_GRAPH)
        elif graph not in stated or _version(stated[graph]) != version:
            yield Difference(article, Problem.OTHER_VERSION)
        graphs.discard(graph)
    for graph in sorted(graphs):
        yield Difference(str(stated.get(graph, {}).get("id") or graph), Problem.NO_RECORD)


def recover(store: Store) -> None:
    """Rebuild the graphs that are missing or differ from their records; remove those whose record was dropped.

    A graph that never had a record stays: only its owner knows whether it is still needed.
    """
    records = store.records
    pending = set(records.pending())
    lost = {each.article for each in find_differences(store) if each.problem is not Problem.NO_RECORD}
    if lost - pending or (len(records) and vocab.SHARED not in store.graphs()):
        records.note_damage()  # first: a kill must not hide that the shared graph may be damaged too
    for article in sorted(pending | lost):
        try:
            store.rebuild(article)
        except (KgError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - one faulty record must not keep the store shut
            log.warning("%s: %s while its graph was rebuilt; build it again", article, type(error).__name__)
            records.invalidate(article)
    store.checkpoint()


def _version(row: dict[str, str | None]) -> tuple[str, str]:
    """The digest and the signature that a graph states, written as `Records.versions` does."""
    name = str(row["extractor"]).removeprefix(f"{vocab.ID}extractor/")
    return str(row["sha256"]), " ".join(unquote(part, errors="surrogatepass") for part in name.split(":"))
