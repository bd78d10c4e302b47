"""Whatever comes, goes, changes or is judged, in whatever order: the store says what it would, had all been read at once."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Config
from kg.flow import resolve_store
from kg.graph import Store, serialize, shared_quads, to_quads
from kg.graph.vocab import SHARED, article_graph
from kg.model import ActorKind, CharSpan, Mention
from kg.resolve import load_known_entities, near_duplicates, resolve
from kg.resolve.similarity import inverted_index
from tests.conftest import ROOT
from tests.resolve.test_pairs import CLAIMS
from tests.resolve.worlds import told

NAMES = (
    ("Volodymyr Zelensky", ActorKind.PERSON),
    ("Volodymyr Zelenskiy", ActorKind.PERSON),
    ("Olena Zelenska", ActorKind.PERSON),
    ("Zelenskyy", ActorKind.PERSON),
    ("Tarn City Military Administration", ActorKind.ORGANIZATION),
    ("Tarn Coast Maritime Authority", ActorKind.ORGANIZATION),
    ("TCMA", ActorKind.ORGANIZATION),
    ("Watch of the Coast", ActorKind.ORGANIZATION),
)
WIRE = " ".join(f"wire{i * i}" for i in range(120))
TEXTS = (
    "",
    " The Balka silo burned; Ostrander and Quillfeather saw it from the weir.",
    f" {WIRE}",
    f" By wire. {WIRE} Ends.",
)
JUDGEMENTS = (
    "actor/volodymyr-zelensky\tactor/volodymyr-zelenskiy\tno",
    "actor/watch\tactor/un\tyes",
    "actor/watch\tactor/watch-of-the-coast\tyes",
    "a0-07#e1\ta1-07#e1\tno",
    "a0-07#e1\ta2-07#e1\tyes",
    "a1-07#e1\ta3-07#e1\tyes",
)
ENTITIES = "id\tlabel\tkind\taliases\tparty\naf\tAir Force\torganization\t\tukraine\nwatch\tWatch\torganization\tCoast Watch\t\n"
HEAD = "one\tother\tsame\twho\twhen\twhy\n"


def article(number, claim, names, text):
    """One of six articles, in one of the ways in which it may be told."""
    parts = claim.split(";")
    found = told(";".join([*parts[:7], "07", f"a{number}", *parts[9:]]))
    mentions = tuple(
        Mention(CharSpan(0, 7), kind, label, f"actor/{label.casefold().replace(' ', '-')}")
        for label, kind in (NAMES[i] for i in sorted(names))
    )
    return replace(found, article=replace(found.article, text=found.article.text + text), mentions=mentions)


articles = st.builds(
    article,
    st.integers(0, 5),
    st.sampled_from(CLAIMS),
    st.sets(st.integers(0, len(NAMES) - 1), max_size=3),
    st.sampled_from(TEXTS),
)
steps = st.one_of(
    st.tuples(st.just("put"), articles),
    st.tuples(st.just("put"), articles),
    st.tuples(st.just("withdraw"), st.integers(0, 5)),
    st.tuples(st.just("judge"), st.sets(st.sampled_from(JUDGEMENTS), max_size=3)),
    st.tuples(st.just("settle"), st.none()),
)


@contextmanager
def world():
    """A folder with lists of its own; the configuration of a store in it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "entities.tsv").write_text(ENTITIES, "utf-8")
        judge(place, ())
        yield Config(store=place / "kg.db", entities=place / "entities.tsv", judgements=place / "judgements.tsv")


def judge(place, judgements):
    rows = "".join(f"{each}\tme\t2031-10-09\tseen\n" for each in sorted(judgements))
    (place / "judgements.tsv").write_text(HEAD + rows, "utf-8")


def put(store, extraction):
    store.replace(extraction.article, to_quads(extraction))
    store.records.put([extraction])


def take(store, config, step, given):
    """Do as a step says."""
    if step == "put":
        put(store, given)
    elif step == "withdraw":
        store.remove(f"a{given}-07")
    elif step == "judge":
        judge(config.judgements.parent, given)
    else:
        resolve_store(store, config)


def at_once(extractions, config):
    """The statements of a store of its own, that is built of these in one go."""
    with Store() as store:
        for each in extractions:
            put(store, each)
        resolve_store(store, config)
        return list(store.quads())


@pytest.mark.parametrize("common", [1, 40])
@settings(max_examples=50)
@given(steps=st.lists(steps, max_size=14), shuffled=st.randoms(use_true_random=False))
def test_a_store_that_grew_is_the_same_as_one_built_at_once(common, steps, shuffled):
    with pytest.MonkeyPatch.context() as few, world() as config:
        few.setattr(inverted_index, "COMMON", common)
        few.setattr(near_duplicates, "COMMON", common)
        with Store(config.store) as store:
            for step, given_ in steps:
                take(store, config, step, given_)
            resolve_store(store, config)
            left = list(store.records)
            grown = serialize(store.quads(), "nquads")
            shared = serialize(store.quads(SHARED), "nquads")
        assert grown == serialize(at_once(shuffled.sample(left, len(left)), config), "nquads")
        with Store() as plain:
            plain.replace_shared(
                shared_quads(resolve(left, load_known_entities(config.entities, config.judgements)), left)
            )
            assert shared == serialize(plain.quads(SHARED), "nquads")


BUILDER = """
import sys
from pathlib import Path
from kg.config import Config
from kg.flow import resolve_store
from kg.graph import Store
from tests.resolve.test_renewal import article, put, CLAIMS, TEXTS
config = Config(store=Path(sys.argv[1]))
with Store(config.store) as store:
    print("open", flush=True)
    for number in range(10_000):
        i = number % len(CLAIMS)
        put(store, article(i, CLAIMS[i], {i % 8}, TEXTS[i % 4]))
        resolve_store(store, config)
"""


@pytest.mark.parametrize("delay", [0.3, 0.9, 1.4])
def test_a_build_that_was_killed_is_mended_by_the_next(tmp_path, delay):
    config = Config(store=tmp_path / "kg.db")
    with subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(config.store)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as builder:
        assert builder.stdout.readline() == "open\n"
        time.sleep(delay)
        builder.send_signal(signal.SIGKILL)
    with Store(config.store) as store:
        for each in store.records:
            assert len(list(store.quads(article_graph(each.article.id)))) == len(set(to_quads(each)))
        put(store, article(0, CLAIMS[0], {1}, TEXTS[1]))
        resolve_store(store, config)
        there = at_once(store.records, config)
        assert serialize(store.quads(SHARED), "nquads") == serialize(of(SHARED, there), "nquads")


def of(graph, quads):
    return [quad for quad in quads if quad.graph == graph]


@pytest.mark.parametrize("mark", ["missing", "torn", "of another program"])
def test_a_ledger_that_cannot_be_used_is_made_anew(tmp_path, mark):
    config = Config(store=tmp_path / "kg.db")
    found = [article(i, CLAIMS[i], {i}, TEXTS[i % 4]) for i in range(4)]
    with Store(config.store) as store:
        for each in found[:3]:
            put(store, each)
        resolve_store(store, config)
    ledger = config.store / "shared.sqlite"
    if mark == "missing":
        ledger.unlink()
    elif mark == "torn":
        ledger.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    else:
        with sqlite3.connect(ledger) as base:
            base.execute("UPDATE info SET value = 'older' WHERE name = 'stamp'")
        base.close()
    with Store(config.store) as store:
        put(store, found[3])
        resolve_store(store, config)
        assert serialize(store.quads(), "nquads") == serialize(at_once(found, config), "nquads")
