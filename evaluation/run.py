"""``make eval``: extract the development corpora, score them, and hold the figures against the pinned floors.

    python -m evaluation.run CORPORA [--sample] [--pin] [--allow-lower] [--only NAME]

CORPORA is the folder of gold files (see docs/quality.md); ``--sample`` reads the first part of each, in under two minutes.
A figure below its floor ends with exit code 1. ``--pin`` writes the figures as new floors, and those of the whole into
docs/quality.md; it refuses to lower one unless ``--allow-lower`` is given. Floors are of one model: another model has its
own, or none. A corpus that is not there is left out and said so; where none is there, nothing is held and that is said.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evaluation import calibration, coreference, factuality, reported, score, slots
from kg.config import Config
from kg.extract.document.spacy_parser import identify
from kg.extract.pipeline import Tools
from kg.extract.workers import cores, extract_all
from kg.flow import make_tools
from kg.model import Article
from kg.record import to_line

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
FLOORS = Path(__file__).with_name("floors.json")

PAGE = Path(__file__).parents[1] / "docs" / "quality.md"

#: what a figure may fall by before it is a fall: the last digit, and rounding
SLACK = 0.15

#: figures that move against each other (precision, recall), that check confidence, or that are baselines are told, not held
LOOSE = (
    *("relation P", "relation R", "trigger P", "trigger R", "argument P", "argument R", "right at"),
    *("found P", "found R", "wrong", "mean error"),
    *("TF-IDF", "place-day", "first figure", " lemma ", " aligned"),  # baselines, and what they are taken over
)


class Corpus(NamedTuple):
    """A gold file: its name, how it is scored, and how many articles the sample takes."""

    name: str
    kind: str
    sample: int


CORPORA = (
    Corpus("polnear_dev", "attributions", 15),
    Corpus("ggt_half_a", "attributions", 12),
    Corpus("factappeal_dev", "attributions", 200),
    Corpus("gum_dev", "attributions", 12),
    Corpus("geo_trnews_dev", "toponyms", 12),
    Corpus("geo_lgl_dev", "toponyms", 40),
    Corpus("wikievents_dev", "events", 4),
    Corpus("gvdb_dev", "incidents", 40),
    Corpus("gvc_traindev", "incident_articles", 60),
    Corpus("ecbplus_dev", "event_coreference", 40),
    Corpus("uw_factuality_dev", "factuality", 60),
    Corpus("told_dev", "told", 12),
    Corpus("seeds", "seeds", 2),
)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    parser.add_argument("--only", choices=[each.name for each in CORPORA])
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the records of each corpus here")
    given = parser.parse_args()
    part = "sample" if given.sample else "full"
    key = f"{part}, {identify()}"
    figures: dict[str, float] = {}
    for corpus in CORPORA:
        if given.only in (None, corpus.name):
            figures |= _measure(corpus, given.corpora, part, given.keep)
    if not figures:
        print(f"*** NO GOLD FILE IN {given.corpora}: NO FLOOR IS HELD. See docs/quality.md ***", file=sys.stderr)
        return 0
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    low = _print(figures, floors.get(key, {}))
    if given.pin:
        return _pin(floors, key, figures, allow_lower=given.allow_lower)
    return 1 if low else 0


def _measure(corpus: Corpus, folder: Path, part: str, keep: Path | None) -> dict[str, float]:
    gold = _gold(corpus, folder)
    if not gold.exists():
        print(f"{corpus.name}: not in {folder}, left out", file=sys.stderr)
        return {}
    with tempfile.TemporaryDirectory() as scratch:
        room = keep or Path(scratch)
        room.mkdir(parents=True, exist_ok=True)
        if corpus.kind == "told":
            return _named(corpus, _measure_told(corpus, gold, folder, part, room))
        if part == "sample" and corpus.kind != "seeds":
            lines = gold.read_text("utf-8").split("\n")[: corpus.sample]
            gold = Path(scratch) / gold.name
            gold.write_text("\n".join(lines) + "\n", "utf-8")
        if corpus.kind == "factuality":
            return _named(corpus, factuality.score(gold))
        found = room / f"{corpus.name}.records.jsonl"
        _extract(_articles(corpus, gold), found)
        return _named(corpus, _score(corpus, gold, found))


def _named(corpus: Corpus, figures: dict[str, float]) -> dict[str, float]:
    return {f"{corpus.name} {name}": value for name, value in figures.items()}


def _gold(corpus: Corpus, folder: Path) -> Path:
    if corpus.kind in {"seeds", "told"}:
        return folder.parent / {"seeds": "seeds/gold.json", "told": "told/dev.json"}[corpus.kind]
    return folder / f"{corpus.name}.jsonl"


def _measure_told(corpus: Corpus, gold: Path, folder: Path, part: str, room: Path) -> dict[str, float]:
    docs = reported.gold_documents(gold, folder, corpus.sample if part == "sample" else None)
    found = room / f"{corpus.name}.records.jsonl"
    _extract(reported.articles(docs), found)
    return reported.told_scores(docs, found)


def _extract(articles: Iterator[Article], found: Path) -> None:
    with found.open("w", encoding="utf-8") as file:
        for extraction in extract_all(articles, _tools, cores()):
            file.write(to_line(extraction) + "\n")


def _tools() -> Tools:
    return make_tools(Config())


def _articles(corpus: Corpus, gold: Path) -> Iterator[Article]:
    if corpus.kind == "seeds":
        from kg.ingest import read  # noqa: PLC0415 - the seeds are files, and reading them is part of what is measured

        yield from read([str(path) for path in sorted(gold.parent.glob("*.txt"))])
        return
    for line in filter(None, gold.read_text("utf-8").split("\n")):  # splitlines would cut at U+2028 too
        record = json.loads(line)
        meta = record.get("meta", {})
        published = str(meta.get("dct") or "")[:10] or None
        yield Article(record["id"], record["text"], title=meta.get("title"), url=meta.get("url"), published=published)


def _score(corpus: Corpus, gold: Path, found: Path) -> dict[str, float]:
    if corpus.kind == "attributions":
        speech, polnear, ggt = (
            "ggt" in corpus.name or "factappeal" in corpus.name,
            "polnear" in corpus.name,
            "ggt" in corpus.name,
        )
        result: dict[str, Any] = score.attributions(gold, found, (polnear, speech, ggt), 0)
        figures = {f"relation {m}": result["relation"][m] for m in "PRF"}
        if ggt:
            figures |= {f"{t} F": result[t]["F"] for t in ("ggt@0.3", "ggt@0.8")}
        figures["claims with an event"] = reported.claims_with_event(found)
        if corpus.name == "gum_dev":
            figures["nested recall"] = slots.nested_recall(gold, found)
        return figures | calibration.bins(gold, found, (polnear, speech, ggt))
    if corpus.kind == "toponyms":
        result = score.toponyms(gold, found, 0)
        return {"recognition F": result["recognition"]["F"], "end-to-end@161km F": result["end_to_end@161km"]["F"]}
    if corpus.kind == "seeds":
        rows = score.seeds(gold, found, 0)
        return {name: _percent(value) for name, value in rows.items()}
    if corpus.kind in {"incident_articles", "event_coreference"}:
        return coreference.score(corpus.kind, gold, found)
    return slots.score(corpus.kind, gold, found)


def _percent(cell: str) -> float:
    part, whole = (int(number) for number in cell.split(" ", 1)[0].split("/"))
    return round(100 * part / whole, 1) if whole else 0.0


def _print(figures: dict[str, float], pinned: dict[str, float]) -> list[str]:
    low = []
    print(f"{'figure':52} {'now':>6} {'floor':>6}")
    for name, value in figures.items():
        floor = pinned.get(name)
        fallen = floor is not None and value < floor - SLACK
        low += [name] if fallen else []
        print(f"{name:52} {value:6.1f} {'' if floor is None else f'{floor:6.1f}'}{'  BELOW' if fallen else ''}")
    return low


def _pin(floors: dict[str, Any], key: str, figures: dict[str, float], *, allow_lower: bool) -> int:
    pinned = floors.get(key, {})
    lower = [name for name, value in figures.items() if value < pinned.get(name, 0)]
    if lower and not allow_lower:
        print(f"not pinned: these would fall: {', '.join(lower)}; --allow-lower says that you mean it", file=sys.stderr)
        return 1
    held = {name: value for name, value in figures.items() if not any(loose in name for loose in LOOSE)}
    floors[key] = pinned | held
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    if key.startswith("full"):
        _tell(key, figures)
    return 0


def _tell(key: str, figures: dict[str, float]) -> None:
    """Put the figures into docs/quality.md, between its two marks."""
    rows = [f"| {name.split(' ', 1)[0]} | {name.split(' ', 1)[1]} | {value:.1f} |" for name, value in figures.items()]
    table = "\n".join(
        [f"Printed by `make eval` ({key}).", "", "| corpus | figure | now |", "| --- | --- | --- |", *rows]
    )
    head, rest = PAGE.read_text("utf-8").split(BEGIN, 1)
    PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{rest.split(END, 1)[1]}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
