"""No query reaches the network: its text is refused, and the process that evaluates it has no network. Each layer by itself."""

from __future__ import annotations

import contextlib
import random
import socket
import subprocess
import sys
import threading

import pyoxigraph as ox
import pytest

from kg.errors import KgError, QueryError
from kg.graph import Store
from kg.graph.query_results import refuse_service
from kg.graph.sparql_tokens import UnterminatedError, calls_service
from kg.view import Question, query
from tests.graph.service_texts import CALLS, HARMLESS, REJECTED

EMPTY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"

#: the query's process as it is started, without the check of the text before
EVALUATE = "from kg.graph.store import run_query; run_query()"
TAKE_AWAY = """
import sys
from kg.graph import offline
if not getattr(offline, sys.argv[1])():
    sys.exit("not permitted")
import pyoxigraph
list(pyoxigraph.Store().query(sys.argv[2]))
"""


class Listener:
    """A SPARQL endpoint on this machine that keeps what it was sent."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.calls = []
        threading.Thread(target=self.answer, daemon=True).start()

    def answer(self):
        with contextlib.suppress(OSError):  # closed
            while True:
                connection, _ = self.socket.accept()
                self.calls.append(connection.recv(100_000))
                connection.sendall(REPLY % len(EMPTY) + EMPTY)
                connection.close()


@pytest.fixture(scope="module")
def endpoint():
    listener = Listener()
    yield listener
    listener.socket.close()


@pytest.fixture
def listener(endpoint):
    endpoint.calls.clear()
    return endpoint


def run_unchecked(text):
    """Evaluate in this process, by Oxigraph itself."""
    store = ox.Store()
    store.update("INSERT DATA { <urn:s> <urn:p> 'o' . GRAPH <urn:g> { <urn:s> <urn:p> 1 } }")
    results = store.query(text, use_default_graph_as_union=True)
    if not isinstance(results, ox.QueryBoolean):
        list(results)


# ---------------------------------------------------------------------------------------- the text by itself


@pytest.mark.parametrize("text", CALLS)
def test_a_call_is_found_in_the_text(listener, text):
    text = text.replace("URL", listener.url)
    run_unchecked(text)
    assert listener.calls, "Oxigraph runs this as a call: else the row proves nothing"
    with contextlib.suppress(UnterminatedError):  # which is refused as well
        assert calls_service(text)
    with pytest.raises(QueryError):
        refuse_service(text)


@pytest.mark.parametrize("text", CALLS + REJECTED)
def test_no_query_reaches_the_network(sample, listener, text, tmp_path):
    text = text.replace("URL", listener.url)
    (tmp_path / "asked.rq").write_bytes(text.encode())
    for asked in (Question("-q", "", text, (), ()), tmp_path / "asked.rq"):
        with pytest.raises(KgError):
            query(sample, asked)
    with pytest.raises(KgError):
        sample.reply(text, "json", "turtle", 10, 100_000)
    assert listener.calls == []


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_without_a_call_is_answered(sample, listener, text):
    answer = sample.ask(text.replace("URL", listener.url))
    assert answer.verdict or answer.rows
    assert listener.calls == []


def test_the_tables_are_large_enough():
    assert len(set(CALLS)) >= 60
    assert len(set(HARMLESS)) >= 30


PIECES = (
    *(
        "SERVICE",
        "service ",
        "SERVICE SILENT ",
        "SERVICEx:y",
        "SERVICE:y",
        "SERVICE#\r",
        "<URL>",
        "x:y",
        ":y",
        "?u",
        "{}",
        "{}",
    ),
    *(
        "<",
        "<2)",
        "<a:b#c>",
        ">",
        "#",
        "#>",
        "#'",
        "'",
        '"',
        "'''",
        '"""',
        "''",
        "\\q",
        "\\u0027",
        "\\",
        "\r",
        "\n",
        " ",
        "{",
        "}",
    ),
    *(
        "FILTER(1<2)",
        "FILTER('a'<'b')",
        "?s ?p ?o",
        "?s ?p ",
        "true",
        "1",
        ".",
        "x:",
        "_:b",
        "@en",
        "^^x:y",
        "~",
        "'a'",
        '"""d"""',
    ),
    *("VALUES ?v {", "OPTIONAL {", "FILTER EXISTS {", "BIND('\\u0027' AS ?b)", "()", "VALUES ?u { <URL> }"),
)


def some_text(draw):
    before, after = (draw.choices(PIECES, k=draw.randrange(4)) for _ in range(2))
    clause = [
        draw.choice(PIECES[:6]),
        draw.choice(("", " ", "#>\r")),
        draw.choice(PIECES[6:10]),
        draw.choice(("", "#>\n", "#'\n")),
    ]
    body = "".join((*before, *clause, "{}", *after))
    body += "}" * max(0, body.count("{") - body.count("}"))
    return f"PREFIX x: <URL/> PREFIX : <URL/> SELECT * {{ {body}\n}}" + draw.choice(("", " #'''", '"""', "#\\q'''"))


def test_no_text_at_random_is_a_call_that_is_not_found(listener):
    draw, called = random.Random(7), 0  # noqa: S311 - a test
    for _ in range(6000):
        text = some_text(draw).replace("URL", listener.url)
        listener.calls.clear()
        with contextlib.suppress(SyntaxError, OSError, RuntimeError, ValueError):
            run_unchecked(text)
        if listener.calls:
            called += 1
            with pytest.raises(QueryError):
                refuse_service(text)
    assert called > 100


@pytest.mark.parametrize(
    "text", ["'''" + "\\'''" * 25_000, "service<" * 12_000, "service " + "<a" * 40_000, "a." * 50_000]
)
def test_a_hostile_text_is_read_in_linear_time(text):
    """100,000 characters, as `kg serve` lets in; a scan to the end at each of them would take minutes."""
    with contextlib.suppress(UnterminatedError):
        calls_service(text + "service")


# ------------------------------------------------------------------------------------- the process by itself


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes the network from a process")
@pytest.mark.parametrize("way", ["leave_network", "enter_namespace", "refuse_sockets"])
def test_without_its_network_a_process_reaches_nobody(listener, way):
    text = f"SELECT * {{ SERVICE <{listener.url}> {{}} }}"
    command = [sys.executable, "-c", TAKE_AWAY, way, text]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "not permitted" in done.stderr and way != "leave_network":
        pytest.skip(f"{way} is not permitted here")
    assert "(os error" in done.stderr
    assert listener.calls == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes the network from a process")
@pytest.mark.parametrize("text", CALLS[::12])
def test_the_process_of_a_query_reaches_nobody(listener, text):
    encoded = text.replace("URL", listener.url).encode()
    command = [sys.executable, "-c", EVALUATE, "", "json", "ntriples", "0", str(len(encoded))]
    done = subprocess.run(command, input=encoded + b"<urn:s> <urn:p> <urn:o> .\n", capture_output=True, check=True)
    assert done.stdout[:1] in b"FRT"
    assert listener.calls == []


def test_a_store_in_memory_is_asked_in_a_process_as_well(sample):
    text = "SELECT ?who WHERE { ?c kg:claimant/rdfs:label ?who } ORDER BY ?who"
    assert sample.ask_isolated(text).rows == sample.ask(text).rows != ()


# ------------------------------------------------------------------------------------------- other addresses


@pytest.mark.parametrize(
    "text",
    [
        "ASK FROM <URL> { ?s ?p ?o }",
        "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
        "DESCRIBE <URL>",
        "CONSTRUCT FROM <URL> WHERE { ?s ?p ?o }",
    ],
)
def test_an_address_in_a_query_is_a_name_of_a_graph(sample, listener, text):
    sample.ask(text.replace("URL", listener.url))
    assert listener.calls == []


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <URL>",
        "LOAD SILENT <URL> INTO GRAPH <urn:g>",
        "# SELECT\rLOAD <URL>",
        "PREFIX x: <URL/> LOAD x:y",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "DELETE { ?s ?p ?o } USING <URL> WHERE { ?s ?p ?o }",
        "ADD <URL> TO DEFAULT",
        "COPY <URL> TO <urn:g>",
        "SELECT * { ?s ?p ?o } ; LOAD <URL>",
        "SELECT (<URL>(1) AS ?x) {}",
    ],
)
def test_whatever_is_no_query_is_refused(sample, listener, text):
    before = set(sample.quads())
    for ask in (sample.ask, sample.ask_isolated):
        with pytest.raises(QueryError):
            ask(text.replace("URL", listener.url))
    assert set(sample.quads()) == before
    assert listener.calls == []


def test_a_store_on_disk_gives_the_same(tmp_path, listener):
    with Store(tmp_path / "kg.db") as store, pytest.raises(QueryError, match="SERVICE"):
        store.ask_isolated(f"SELECT * {{ # x\rSERVICE <{listener.url}> {{}} }}")
    assert listener.calls == []
