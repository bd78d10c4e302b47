"""``make bench``: words a second against plain spaCy in the same run; store, query, export; growth; a large report.

    python -m evaluation.bench [TEXTS.jsonl] [--rounds N]

TEXTS holds articles as JSON Lines; without it, seeds/ is read over and over. Each timing is a process of its own, plain and
kg by turns, and the median of the rounds is told: a ratio holds where seconds do not. CPU seconds for one core, wall
seconds for all.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = 60_000

#: articles of one night in a store: all of them one block
ONE_NIGHT = (100, 1_000)
SEEDS = Path(__file__).parents[1] / "seeds" / "articles"

PLAIN = """
import json, sys, time
from kg.extract.document.spacy_parser import _load
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = _load("en_core_web_md")
list(nlp.pipe(texts[:2]))
start = time.process_time()
for doc in nlp.pipe(texts): pass
print(time.process_time() - start)
"""

OURS = """
import sys, time
from kg.config import Config
from kg.extract.pipeline import extract
from kg.flow import make_tools
from kg.ingest import read
from kg.record import to_line
tools = make_tools(Config())
articles = list(read([sys.argv[1]]))
list(extract(articles[:2], tools))
start = time.process_time()
for extraction in extract(articles, tools): to_line(extraction)
print(time.process_time() - start)
"""


def main() -> None:
    """Run from the command line."""
    from evaluation.report import measure_large  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "texts.jsonl"
        words = _gather(given.texts, path)
        _speed(path, words, given.rounds)
        _store(path, Path(scratch) / "kg.db", words)
    _growth()
    measure_large()


def _gather(source: Path | None, path: Path) -> int:
    """Write about WORDS words of articles to ``path``; how many there are."""
    from kg.ingest import read  # noqa: PLC0415

    texts = [article.text for article in read([str(source or SEEDS)]) if article.text]
    words, number = 0, 0
    with path.open("w", encoding="utf-8") as file:
        while words < WORDS:
            text = texts[number % len(texts)]
            file.write(json.dumps({"id": f"t{number:06}", "text": text, "published": "2024-10-04"}) + "\n")
            words += len(text.split())
            number += 1
    return words


def _speed(path: Path, words: int, rounds: int) -> None:
    plain, ours = [], []
    for _ in range(rounds):
        plain.append(_seconds(PLAIN, path))
        ours.append(_seconds(OURS, path))
    a, b = (statistics.median(times) for times in (plain, ours))
    print(f"words                          {words:>10,}")
    print(f"plain spacy.load(model).pipe   {words / a:>10,.0f} words a CPU second")
    print(f"kg extract, one core           {words / b:>10,.0f} words a CPU second   x{a / b:.2f}")
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "kg", "extract", str(path), "-o", os.devnull], check=True, stderr=subprocess.DEVNULL
    )
    print(
        f"kg extract, every core         {words / (time.perf_counter() - start):>10,.0f} words a second, loading included"
    )


def _seconds(code: str, path: Path) -> float:
    environ = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(path)], check=True, capture_output=True, env=environ
    )
    return float(done.stdout)


def _store(path: Path, folder: Path, words: int) -> None:
    from kg.config import Config  # noqa: PLC0415
    from kg.flow import extract, resolve_store  # noqa: PLC0415
    from kg.graph import Store, to_quads  # noqa: PLC0415
    from kg.view import export, named_questions  # noqa: PLC0415

    config = Config(store=folder)
    extractions = list(extract([str(path)], config))
    with Store(folder) as store:
        start = time.perf_counter()
        for each in extractions:
            store.replace(each.article, to_quads(each))
            store.records.put([each])
        _tell("store", start, f"{len(store):,} quads of {len(extractions)} articles ({words:,} words)")
        start = time.perf_counter()
        resolve_store(store, config)
        _tell("resolve", start, f"{len(store):,} quads in all")
        start = time.perf_counter()
        for question in named_questions().values():
            began = time.perf_counter()
            answer = store.ask(question.fill({}))  # here: the start of a process is none of its time
            print(f"  {question.name:28} {time.perf_counter() - began:8.3f} s   {len(answer.rows)} rows")
        _tell("all questions", start, "")
        for form in ("turtle", "nquads", "csv"):
            start = time.perf_counter()
            _tell(f"export {form}", start, f"{len(export(store, form)):,} bytes")


def _growth() -> None:
    from evaluation.growth import measure_addition, measure_growth  # noqa: PLC0415

    for articles, milliseconds in measure_growth():
        print(f"resolve {articles:6,} articles        {milliseconds:8.2f} ms of CPU an article")
    for articles, milliseconds in measure_growth(one_night=True):
        print(f"  {articles:6,} of one night          {milliseconds:8.2f} ms of CPU an article")
    for articles, seconds, one in measure_addition():
        print(f"store of {articles:6,} articles       {seconds:8.2f} s of CPU at once; one article more {one:8.3f} s")
    for articles, seconds, one in measure_addition(ONE_NIGHT, one_night=True):
        print(f"  {articles:6,} of one night          {seconds:8.2f} s of CPU at once; one article more {one:8.3f} s")


def _tell(what: str, start: float, more: str) -> None:
    print(f"{what:30} {time.perf_counter() - start:8.3f} s   {more}")


if __name__ == "__main__":
    main()
