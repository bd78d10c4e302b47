"""Score events and figures as reported against told gold, and count the claims that lead to an event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation import told
from kg.model import Article

FAMILIES = Path(__file__).with_name("told_families.tsv")

#: kinds of attribution that report a proposition, if the level is not that of a bare act
PROPOSITIONS = frozenset({"claim", "directive", "commitment", "opinion"})


def gold_documents(path: Path, corpora: Path, most: int | None) -> list[dict[str, Any]]:
    """Read told gold, each mark with its span; ``most`` cuts to the first documents."""
    texts = told.texts(corpora)
    docs: list[dict[str, Any]] = told.load([path])[:most]
    for doc in docs:
        source = texts[doc["corpus"]][doc["id"]]
        doc["text"] = source["text"]
        told.resolve(doc, source)
    return docs


def articles(docs: list[dict[str, Any]]) -> Iterator[Article]:
    """Yield the articles of told gold."""
    for doc in docs:
        yield Article(doc["id"], doc["text"], published=doc.get("published"))


def told_scores(docs: list[dict[str, Any]], found: Path) -> dict[str, float]:
    """Score the records of ``found`` with the project's own types put into told families."""
    rows = (line.split("\t") for line in FAMILIES.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    told.FAMILY.update({row[0]: row[1].strip() for row in rows if row[0] != "type"})
    records = {row["id"]: row for row in map(json.loads, found.open(encoding="utf-8"))}
    result, _ = told.compare(
        docs, lambda doc: told.predicted(records.get(doc["id"], {})), lambda doc: {"text": doc["text"]}
    )
    figures = {f"{name} {m}": result[name][m] for name in ("event found", "figure found") for m in "PR"}
    figures |= {
        "event reported right F": result["event told"]["F"],
        "figure comparable F": result["figure comparable"]["F"],
    }
    for name in ("event place", "event time"):
        row = result[name]
        given = row["right"] + row["wrong"] + row["invented"]
        figures[name] = row["%"] or 0.0
        figures[f"{name} wrong"] = round(100 * (row["wrong"] + row["invented"]) / given, 1) if given else 0.0
    return figures


def claims_with_event(found: Path) -> float:
    """The share, in percent, of attributions that report a proposition and have at least one event."""
    total = having = 0
    for record in map(json.loads, found.open(encoding="utf-8")):
        tellers = {event["told_by"] for event in record["events"]}
        outer = {attribution["embedded_in"] for attribution in record["attributions"]}
        for attribution in record["attributions"]:
            if attribution["kind"] in PROPOSITIONS and attribution["level"] != "act" and attribution["id"] not in outer:
                total += 1
                having += attribution["id"] in tellers
    return round(100 * having / total, 1) if total else 0.0
