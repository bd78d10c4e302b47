"""After a kill, a power failure or the loss of graphs, the next build gives the store of a build that ran through.

KG_KILLS=200 pytest tests/graph/test_recovery.py -k killed -s     the long form: 5 minutes, prints what it met
"""

import os
import pkgutil
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from kg import flow
from kg.cli import main
from kg.config import Config
from kg.graph import Store, find_differences, serialize, to_quads
from kg.graph.recovery import Problem
from kg.graph.vocab import SHARED, article_graph
from kg.model import FAILED
from tests.graph.killing import OPERATIONS, READY, Killer, build, export, use_ready, write_edition
from tests.graph.samples import DENIAL, RAID

KILLS = int(os.environ.get("KG_KILLS", "6"))


class Killed(BaseException):
    """Stands for the end of the process at a given place."""


def raise_killed(*_args, **_more):
    raise Killed


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with two editions of the articles, and a store of the first; what is built is ready-made."""
    use_ready(monkeypatch.setattr)
    write_edition(tmp_path / "first.jsonl")
    write_edition(tmp_path / "second.jsonl", " Later, nothing more was said.\n")
    (tmp_path / "other.txt").write_text("Nothing of note was said by the mayor of Tarn.", "utf-8")
    monkeypatch.setitem(READY, "other", READY["wire-1"])
    for edition in ("first", "second"):
        build(tmp_path / f"{edition}.db", tmp_path / f"{edition}.jsonl")
    shutil.copytree(tmp_path / "first.db", tmp_path / "kg.db")
    return tmp_path


def validate(store):
    """What kg validate prints of records and graphs, and its exit status."""
    done = CliRunner().invoke(main, ["validate", "--store", str(store)])
    return done.stdout, done.exit_code


def test_a_killed_operation_leaves_nothing_that_a_build_takes_for_done(tmp_path, monkeypatch):
    use_ready(monkeypatch.setattr)
    killer = Killer(tmp_path)
    results = [killer.kill(OPERATIONS[i % len(OPERATIONS)]) for i in range(KILLS)]
    print(f"{sum(results)} of {KILLS} as never killed; {killer.midway} were killed while they wrote")  # noqa: T201
    assert results == [True] * KILLS


@pytest.mark.parametrize("place", ["records.drop", "_replace", "records.settled", "checkpoint", "exchange_shared"])
def test_a_withdrawal_that_ends_midway(desk, monkeypatch, place):
    end(desk, monkeypatch, place, lambda: flow.withdraw(["tarn/raid 1"], Config(store=desk / "kg.db")))
    build(desk / "kg.db", desk / "first.jsonl")
    assert export(desk / "kg.db") == export(desk / "first.db")


@pytest.mark.parametrize("place", ["records.put", "_replace", "records.settled", "checkpoint", "exchange_shared"])
def test_a_build_that_ends_midway(desk, monkeypatch, place):
    end(desk, monkeypatch, place, lambda: build(desk / "kg.db", desk / "second.jsonl"))
    with Store(desk / "kg.db"):
        pass
    export(desk / "kg.db")
    build(desk / "kg.db", desk / "second.jsonl")
    assert export(desk / "kg.db") == export(desk / "second.db")


def end(desk, monkeypatch, place, operation):
    """Run an operation that ends when it comes to ``place``."""
    target = (
        f"kg.graph.records.Records.{place[8:]}" if place.startswith("records.") else f"kg.graph.store.Store.{place}"
    )
    with monkeypatch.context() as patch:
        patch.setattr(target, raise_killed)
        with pytest.raises(Killed):
            operation()


# ------------------------------------------------------------------------------- lost graphs


def test_an_emptied_folder_of_graphs_is_filled_from_the_records(desk):
    shutil.rmtree(desk / "kg.db" / "quads")
    build(desk / "kg.db", desk / "other.txt")
    flow.withdraw(["other"], Config(store=desk / "kg.db"))
    assert export(desk / "kg.db") == export(desk / "first.db")


def test_a_log_that_a_power_failure_cut_is_made_good(desk, monkeypatch):
    with Store(desk / "kg.db") as store:
        build_in(store)
        shutil.copytree(desk / "kg.db", desk / "cut.db")
    with sqlite3.connect(desk / "cut.db" / "records.sqlite") as base:
        assert base.execute("SELECT count(*) FROM pending").fetchone() == (len(READY) - 1,)
    base.close()
    for log in (desk / "cut.db" / "quads").glob("*.log"):
        os.truncate(log, log.stat().st_size // 2)
    with Store(desk / "cut.db", readonly=True) as store:
        assert {each.problem for each in find_differences(store)} == {Problem.OTHER_VERSION}
    build(desk / "cut.db", desk / "other.txt")
    flow.withdraw(["other"], Config(store=desk / "cut.db"))
    assert export(desk / "cut.db") == export(desk / "second.db")


def build_in(store):
    """Put the second edition into a store that stays open, without settling it."""
    from kg.ingest import read

    place = store.path.parent / "second.jsonl"
    for extraction in flow._extract(read([str(place)]), None, 1):
        store.put(extraction)


def test_a_lost_shared_graph_is_written_again(desk):
    with Store(desk / "kg.db") as store:
        store._replace(SHARED, ())
    build(desk / "kg.db", desk / "first.jsonl")
    assert export(desk / "kg.db") == export(desk / "first.db")


def test_graphs_are_on_disk_before_their_records_count_as_safe(desk, monkeypatch):
    monkeypatch.setattr("kg.graph.store.UNFLUSHED", 2)
    with Store(desk / "new.db") as store:
        for count, extraction in enumerate((RAID, DENIAL), start=1):
            store.put(extraction)
            assert len(store.records.pending()) == count % 2


# ------------------------------------------------------------------------------- what kg validate reports


def test_a_record_without_its_graph_is_reported(desk):
    with Store(desk / "kg.db") as store:
        store._replace(article_graph("wire-1"), ())
    printed, status = validate(desk / "kg.db")
    assert (printed.splitlines()[0], status) == ("wire-1: the store has a record of the article, but not its graph", 1)


def test_a_graph_without_its_record_is_reported_and_can_be_withdrawn(desk):
    with Store(desk / "new.db") as store:
        store.replace(RAID.article, to_quads(RAID))
        flow.resolve_store(store, Config())
    printed, status = validate(desk / "new.db")
    assert (printed.splitlines()[0], status) == (
        "tarn/raid 1: the store has a graph of the article, but no record of it",
        1,
    )
    flow.withdraw(["tarn/raid 1"], Config(store=desk / "new.db"))
    assert validate(desk / "new.db") == ("", 0)


def test_a_graph_of_another_version_is_reported_and_rebuilt(desk):
    with Store(desk / "second.db", readonly=True) as second:
        newer = list(second.quads(article_graph("wire-1")))
    with Store(desk / "kg.db") as store:
        store._replace(article_graph("wire-1"), newer)
    printed, status = validate(desk / "kg.db")
    assert (printed.splitlines()[0], status) == ("wire-1: the article's graph and record are of different versions", 1)
    build(desk / "kg.db", desk / "other.txt")
    flow.withdraw(["other"], Config(store=desk / "kg.db"))
    assert export(desk / "kg.db") == export(desk / "first.db")


def test_a_whole_store_has_no_differences(desk):
    with Store(desk / "kg.db", readonly=True) as store:
        assert list(find_differences(store)) == []


def test_reading_makes_no_file_of_records(tmp_path):
    with Store(tmp_path / "kg.db") as store:
        store.replace(RAID.article, to_quads(RAID))
    (tmp_path / "kg.db" / "records.sqlite").unlink()
    with Store(tmp_path / "kg.db", readonly=True) as store:
        assert [each.problem for each in find_differences(store)] == [Problem.NO_RECORD]
    assert not (tmp_path / "kg.db" / "records.sqlite").exists()


# ------------------------------------------------------------------------------- faults in one article


def fail_for(article_id, function, name):
    """A function that raises for one article, and is as it was for the others."""

    def failing(*args, **more):
        if any(name(each) == article_id for each in args):
            raise RuntimeError("a fault")
        return function(*args, **more)

    return failing


def id_of(value):
    return getattr(getattr(value, "article", value), "id", None)


@pytest.mark.parametrize(
    "place", ["kg.graph.store.Store.replace", "kg.graph.store.to_quads", "kg.resolve.incremental.summarise"]
)
def test_a_fault_in_one_article_keeps_its_earlier_version_and_builds_the_others(desk, monkeypatch, place):
    with monkeypatch.context() as patch:
        patch.setattr(place, fail_for("wire-1", pkgutil.resolve_name(place), id_of))
        built = build(desk / "kg.db", desk / "second.jsonl")
    (failed,) = [each for each in built if each.failed]
    (issue,) = [each for each in failed.issues if each.code == FAILED]
    assert (failed.article.id, issue.severity) == ("wire-1", "error")
    assert issue.message.startswith("RuntimeError at tests.graph.test_recovery:")
    assert graph(desk / "kg.db", "wire-1") == graph(desk / "first.db", "wire-1")
    others = READY.keys() - {"wire-1", "other"}
    assert all(graph(desk / "kg.db", each) == graph(desk / "second.db", each) for each in others)
    again = build(desk / "kg.db", desk / "second.jsonl")
    assert [each.article.id for each in again if each.extraction] == ["wire-1"]
    assert export(desk / "kg.db") == export(desk / "second.db")


@pytest.mark.parametrize("place", ["kg.graph.store.to_quads", "kg.resolve.incremental.summarise"])
def test_a_new_article_with_a_fault_is_not_in_the_store(desk, monkeypatch, place):
    with monkeypatch.context() as patch:
        patch.setattr(place, fail_for("wire-1", pkgutil.resolve_name(place), id_of))
        build(desk / "new.db", desk / "first.jsonl")
    with Store(desk / "new.db", readonly=True) as store:
        assert "wire-1" not in store.records
        assert article_graph("wire-1") not in store.graphs()
    build(desk / "new.db", desk / "first.jsonl")
    assert export(desk / "new.db") == export(desk / "first.db")


def test_a_fault_of_the_resolver_itself_is_of_no_article(desk, monkeypatch):
    def parts(renewal):
        raise RuntimeError("a fault")

    with monkeypatch.context() as patch:
        patch.setattr("kg.resolve.IncrementalResolver.parts", parts)
        with pytest.raises(RuntimeError, match="a fault"):
            build(desk / "kg.db", desk / "second.jsonl")
    build(desk / "kg.db", desk / "second.jsonl")
    assert export(desk / "kg.db") == export(desk / "second.db")


def test_a_full_disk_ends_the_build(desk, monkeypatch):
    def replace(store, article, quads):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("kg.graph.store.Store.replace", replace)
        with pytest.raises(OSError, match="No space"):
            build(desk / "kg.db", desk / "second.jsonl")
    build(desk / "kg.db", desk / "second.jsonl")
    assert export(desk / "kg.db") == export(desk / "second.db")


def graph(store, article):
    with Store(store, readonly=True) as opened:
        return serialize(opened.quads(article_graph(article)), "nquads")
