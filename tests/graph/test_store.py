import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rdflib import Graph

from kg.errors import MissingError, OvertimeError, QueryError
from kg.graph import Store, Term, serialize, shared_quads, to_quads
from kg.graph.vocab import article_graph
from tests.graph.samples import CORPUS, DENIAL, RAID

ROOT = Path(__file__).parents[2]
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(STR(?c) < STR(?l)) }"


@pytest.fixture
def folder(tmp_path):
    """A store on disk that holds the samples, closed."""
    with Store(tmp_path / "kg.db") as store:
        for extraction in (RAID, DENIAL):
            store.replace(extraction.article, to_quads(extraction))
        store.replace_shared(shared_quads(CORPUS, (RAID, DENIAL)))
    return tmp_path / "kg.db"


def python(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_is_put_in_can_be_taken_back(sample):
    whole = set(sample.quads())
    sample.remove("wire-1")
    assert article_graph("wire-1") not in sample.graphs()
    assert sample.replace(DENIAL.article, to_quads(DENIAL)) == len(set(to_quads(DENIAL)))
    assert set(sample.quads()) == whole


def test_no_statement_stands_in_two_graphs(sample):
    flat = [quad[:3] for quad in sample.quads()]
    assert len(flat) == len(set(flat))


def test_quads_of_another_graph_are_not_let_in(sample):
    with pytest.raises(ValueError, match="is not"):
        sample.replace(RAID.article, to_quads(DENIAL))


def test_a_loaded_store_is_the_same_as_a_built_one(sample):
    with Store() as other:
        other.load(sample.quads())
        assert set(other.quads()) == set(sample.quads())


# ------------------------------------------------------------------------------------------- the lock


HOLDER = """
import sys, time
from pathlib import Path
from kg.graph import Store
store = Store(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def test_a_store_that_another_process_holds_is_named_with_the_mend(folder):
    with python(HOLDER, folder) as holder:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(MissingError) as caught:
            Store(folder)
        assert str(caught.value).startswith(f"{folder}: another kg has it open\n")
        with Store(folder, readonly=True) as reader:
            assert len(reader) > 700
        holder.kill()


def test_there_must_be_a_store_to_read(tmp_path):
    with pytest.raises(MissingError, match="kg build"):
        Store(tmp_path / "none", readonly=True)
    assert not (tmp_path / "none").exists()


def test_what_a_killed_bulk_load_left_is_cleared_away(folder):
    orphan = folder / "quads" / "bulk-0000.sst"
    orphan.write_bytes(b"half")
    with Store(folder):
        assert not orphan.exists()


BUILDER = """
import sys
from dataclasses import replace
from pathlib import Path
from kg.graph import Store, to_quads
from tests.graph.samples import RAID
big = replace(RAID, mentions=RAID.mentions * 1, issues=RAID.issues * 2000)
with Store(Path(sys.argv[1])) as store:
    print("open", flush=True)
    while True:
        for each in (big, RAID):
            store.replace(each.article, to_quads(each))
"""


@pytest.mark.parametrize("delay", [0.05, 0.2, 0.45])
def test_a_killed_build_leaves_whole_articles(tmp_path, delay):
    sizes = {0, len(set(to_quads(RAID))), len(set(to_quads(RAID))) + 1999 * 6}
    with python(BUILDER, tmp_path / "kg.db") as builder:
        assert builder.stdout.readline() == "open\n"
        time.sleep(delay)
        builder.send_signal(signal.SIGKILL)
    with Store(tmp_path / "kg.db") as store:
        assert len(store) in sizes


# ------------------------------------------------------------------------------------------- asking


def test_a_select_gives_rows_with_plain_strings(sample):
    answer = sample.ask(
        "SELECT ?who ?n WHERE { ?c kg:claimant/rdfs:label ?who ; kg:figure/kg:value ?n . FILTER(?n > 10) } ORDER BY ?who"
    )
    assert answer.columns == ("who", "n")
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert answer.rows == (
        (Term("literal", "Ada Lind"), Term("literal", "12", integer)),
        (Term("literal", "Navy of Norland"), Term("literal", "11", integer)),
    )


def test_an_unbound_column_is_none(sample):
    assert sample.ask("SELECT ?a ?b WHERE { ?a a kg:Party . OPTIONAL { ?a kg:none ?b } }").rows[0][1] is None


def test_the_other_forms(sample):
    assert sample.ask("ASK { ?a kg:denies ?e }").verdict is True
    (line,) = sample.ask("CONSTRUCT { ?a kg:denies ?e } WHERE { ?a kg:denies ?e }").triples
    assert line.startswith("<https://w3id.org/newsclaims/id/actor/navy-of-norland> ")
    assert sample.ask("DESCRIBE place:tarn").triples


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "prefix x: <urn:x> DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/hosts>",
        "CLEAR ALL",
        "drop graph <urn:a>",
        "# SELECT\nDELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_and_named(sample, query):
    before = set(sample.quads())
    with pytest.raises(QueryError, match="this is an update"):
        sample.ask(query)
    assert set(sample.quads()) == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { { SELECT ?s { ?s a kg:Event . OPTIONAL { Service <http://localhost:9/> { ?s ?p ?o } } } } }",
        "ASK { ?s a kg:Event FILTER NOT EXISTS { ?s ?p ?o . SERVICE <http://localhost:9/> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { SERVICE<http://localhost:9/>{ ?s ?p ?o } } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://localhost:9/> { ?s ?p ?o } # comment\n}",
        "SELECT * { ?s ?p ?o } VALUES ?s { 'service' } SERVICE",
    ],
)
def test_no_other_server_is_asked(sample, query):
    with pytest.raises(QueryError):
        sample.ask(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?service kg:content ?c FILTER CONTAINS(?c, 'drones') }",
        "ASK { ?s a kg:Event } # SERVICE <http://localhost:9/> { }",
        "ASK { ?s a kg:Event FILTER(?s != <http://service.example/SERVICE>) FILTER('SERVICE <http://localhost:9/> {}' != \"x\") }",
        "PREFIX service: <urn:x> ASK { ?s a kg:Event FILTER(?s != service:service) }",
    ],
)
def test_the_mere_word_does_no_harm(sample, query):
    assert sample.ask(query).verdict is True


def test_what_does_not_parse_is_told_with_its_place(sample):
    with pytest.raises(QueryError, match=r"not a SPARQL query: error at 1:\d+"):
        sample.ask("SELECT ?a WHERE { ?a ")


def test_an_unknown_function_is_an_error_of_the_query(sample):
    with pytest.raises(QueryError, match="not supported"):
        sample.ask("SELECT (kg:guess(?a) AS ?b) WHERE { ?a a kg:Event }")


def test_a_query_in_time_gives_the_same_aside(folder):
    query = "SELECT ?who WHERE { ?c kg:claimant/rdfs:label ?who } ORDER BY ?who"
    with Store(folder, readonly=True) as store:
        assert store.ask_isolated(query, timeout=60).rows == store.ask(query).rows != ()
        with pytest.raises(QueryError, match="this is an update"):
            store.ask_isolated("CLEAR ALL", timeout=60)


def test_a_runaway_query_ends_when_its_time_is_up(folder):
    with Store(folder) as store:
        begun = time.monotonic()
        with pytest.raises(OvertimeError, match="ran out of its 1 seconds"):
            store.ask_isolated(RUNAWAY, timeout=1)
        assert time.monotonic() - begun < 10
        assert store.ask_isolated("ASK { ?a kg:claims ?e }", timeout=60).verdict is True


def test_a_query_aside_sees_what_was_just_written(folder):
    with Store(folder) as store:
        store.remove("wire-1")
        assert store.ask_isolated("ASK { ?a kg:denies ?e }", timeout=60).verdict is False


# ------------------------------------------------------------------------------------------- writing out


@pytest.mark.parametrize("form", ["nquads", "ntriples", "trig", "turtle"])
def test_the_same_quads_give_the_same_bytes(sample, form):
    quads = list(sample.quads())
    written = serialize(quads, form)
    assert written == serialize(reversed(quads), form)
    assert b"\\/" not in written
    assert b"\\#" not in written


def test_a_turtle_file_loses_nothing(sample):
    assert len(Graph().parse(data=serialize(sample.quads(), "turtle"), format="turtle")) == len(sample)
