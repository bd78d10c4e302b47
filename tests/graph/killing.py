"""Builds and withdrawals in a process of their own, to be killed: ready extractions in place of a model."""

import json
import multiprocessing
import random
import shutil
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

from kg import flow
from kg.config import Config
from kg.graph import Store, find_differences, serialize, to_quads
from kg.graph.records import Records
from kg.graph.vocab import article_graph
from tests.graph.samples import DENIAL, RAID, SIGNED
from tests.resolve.worlds import told

#: claims of one happening: beside the samples, an article each, so that the shared graph holds relations between articles
CLAIMS = tuple(
    f"{who};DroneStrike;{number};drones;launched;ukraine;10-06/10-07;07;paper{i}"
    for i, (who, number) in enumerate(
        (("af", 42), ("mod", 28), ("gov", 42), ("mod-ua", ">=35"), ("gov-ru", 30), ("un", 40))
    )
)
OPERATIONS = ("build", "rebuild", "withdraw")
WITHDRAWN = 3


READY = {each.article.id: each for each in (RAID, DENIAL, *map(told, CLAIMS))}


def write_edition(path, later=""):
    """Write the articles as JSON Lines, with words added in a later edition."""
    fields = ("id", "title", "outlet", "url", "published")
    rows = [
        {name: getattr(each.article, name) for name in fields} | {"text": each.article.text + later}
        for each in READY.values()
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def use_ready(patch=setattr):
    """Have builds take what is ready instead of extracting it."""
    patch(flow, "_signature", lambda config: SIGNED)
    patch(flow, "_extract", lambda articles, config, jobs: (_extraction(article) for article in articles))


def _extraction(article):
    ready = READY[article.id]
    return replace(ready, article=article, extractor=SIGNED, issues=(*ready.issues, *article.issues))


def build(store, edition):
    """Build an edition into a store, all of it."""
    return list(flow.build([str(edition)], Config(store=store)))


def operate(operation, store, edition, begun):
    """Do what is to be killed; in a process of its own."""
    use_ready()
    begun.set()
    if operation == "withdraw":
        flow.withdraw(list(READY)[:WITHDRAWN], Config(store=store))
    else:
        build(store, edition)


def export(store):
    """The bytes of a store, and whether each of its graphs is what its record says."""
    with Store(store, readonly=True) as opened:
        assert list(find_differences(opened)) == []
        for each in opened.records:
            graph = article_graph(each.article.id)
            assert {quad[:3] for quad in opened.quads(graph)} == {quad[:3] for quad in to_quads(each)}
        return serialize(opened.quads(), "nquads")


def is_midway(store):
    """Check whether a store was left with changes that are not settled."""
    if not (store / "records.sqlite").exists():
        return False
    records = Records(store / "records.sqlite", readonly=True)
    try:
        return bool(records.changed())
    except sqlite3.OperationalError:  # killed while it made its tables
        return False
    finally:
        records.close()


class Killer:
    """Kills operations at random moments, and compares what the next build makes with what one never killed did."""

    def __init__(self, folder, seed=0):
        self.folder = Path(folder)
        self.random = random.Random(seed)  # noqa: S311 - moments, no secrets
        self.midway = 0  # how many were killed between their first write and their last
        ways = multiprocessing.get_all_start_methods()
        self.context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
        self.context.set_forkserver_preload(["tests.graph.killing"])
        self.first = write_edition(self.folder / "first.jsonl")
        self.second = write_edition(self.folder / "second.jsonl", " Later, nothing more was said.\n")
        build(self.folder / "first.db", self.first)
        build(self.folder / "second.db", self.second)
        self.seconds = {operation: self._time(operation) for operation in OPERATIONS}

    def kill(self, operation):
        """Kill one; True if the store is whole once it is opened, and the next build gives the bytes of one never killed."""
        process, store = self._start(operation)
        time.sleep(self.random.uniform(0, self.seconds[operation]))
        process.kill()
        process.join()
        self.midway += process.exitcode < 0 and is_midway(store)
        edition = self._edition(operation)
        with Store(store):
            pass  # opening repairs, whatever is built next
        export(store)
        build(store, edition)
        same = export(store) == export(self.folder / f"{edition.stem}.db")
        shutil.rmtree(store)
        return same

    def _time(self, operation):
        for _ in range(2):  # the first one starts the server of processes
            process, store = self._start(operation)
            begun = time.monotonic()
            process.join()
            seconds = time.monotonic() - begun
            assert process.exitcode == 0
            shutil.rmtree(store)
        return seconds

    def _start(self, operation):
        store = self.folder / "killed.db"
        if operation != "build":
            shutil.copytree(self.folder / "first.db", store)
        begun = self.context.Event()
        process = self.context.Process(target=operate, args=(operation, store, self._edition(operation), begun))
        process.start()
        begun.wait()
        return process, store

    def _edition(self, operation):
        return self.second if operation == "rebuild" else self.first
