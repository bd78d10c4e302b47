"""`kg serve` as its clients meet it: a real server on a real store, asked by real SPARQL clients, and by a real browser."""

from __future__ import annotations

import http.client
import importlib.util
import re
import socket
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytest.importorskip("starlette", reason="the extra is not installed: pip install 'newsclaims[serve]'")

import uvicorn
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import InputError, MissingError
from kg.graph import PREFIXES, Store, shared_quads, to_quads
from kg.view.report.server import Limits, application, serve

spec = importlib.util.spec_from_file_location("worlds", Path(__file__).parent / "render" / "worlds.py")
worlds = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worlds)

KG = f"PREFIX kg: <{PREFIXES['kg']}> "
NAMES = "SELECT ?name { ?a a kg:Person ; rdfs:label ?name } ORDER BY ?name"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ROWS = "application/sparql-results+json"


def fill(path, articles):
    read = list(worlds.world(articles))
    with Store(path) as store:
        for each in read:
            store.replace(each.article, to_quads(each))
        store.replace_shared(shared_quads(worlds.corpus(read), read))


@contextmanager
def running(path, limits=None, wrap=lambda served: served):
    """The port of a server on the store of that folder."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(wrap(application(path, limits=limits)), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The port of a server, and its store's folder."""
    path = tmp_path_factory.mktemp("served") / "kg.db"
    fill(path, 6)
    with running(path, Limits(seconds=4, reply=200_000)) as port:
        yield port, path


def send(port, method, path, body=None, **headers):
    """Status, headers and text of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    text = reply.read().decode()
    connection.close()
    return reply.status, dict(reply.getheaders()), text


def ask(port, query, **headers):
    return send(port, "GET", "/sparql?" + urlencode({"query": query}), **headers)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_is_a_client(served, method):
    store = SPARQLStore(f"http://127.0.0.1:{served[0]}/sparql", method=method)
    names = [str(row.name) for row in store.query(KG + NAMES, initNs={"rdfs": PREFIXES["rdfs"]})]
    assert names == sorted(names)
    assert "Ada Lindqvist" in names
    assert store.query(KG + "ASK { ?a a kg:Person }").askAnswer is True
    triples = store.query(KG + "CONSTRUCT { ?a a kg:Person } WHERE { ?a a kg:Person }").graph
    assert len(triples) == len(names)
    assert len(Graph(store)) > 100


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_is_a_client(served, method, form):
    from SPARQLWrapper import SPARQLWrapper

    client = SPARQLWrapper(f"http://127.0.0.1:{served[0]}/sparql")
    client.setMethod(method)
    client.setQuery(KG + NAMES)
    client.setReturnFormat(form)
    told = client.query().convert()
    text = told.toxml() if form == "xml" else told.decode() if isinstance(told, bytes) else str(told)
    assert "Ada Lindqvist" in text
    client.setQuery(KG + "CONSTRUCT { ?a a kg:Person } WHERE { ?a a kg:Person }")
    client.setReturnFormat("turtle")
    assert b"kg:Person" in client.query().convert()


@pytest.mark.parametrize(
    ("accept", "rows", "triples"),
    [
        ("", ROWS, "text/turtle"),
        ("*/*", ROWS, "text/turtle"),
        ("application/json", ROWS, "text/turtle"),
        ("text/csv", "text/csv", "text/turtle"),
        ("text/csv;q=0.2, application/sparql-results+xml", "application/sparql-results+xml", "text/turtle"),
        ("text/tab-separated-values, application/n-triples", "text/tab-separated-values", "application/n-triples"),
        ("application/rdf+xml", ROWS, "application/rdf+xml"),
        ("text/csv;q=rubbish, */*;q=0.1", ROWS, "text/turtle"),
    ],
)
def test_a_client_gets_the_form_it_likes_best(served, accept, rows, triples):
    for query, kind in ((NAMES, rows), ("CONSTRUCT { ?a a kg:Person } WHERE { ?a a kg:Person }", triples)):
        status, headers, text = ask(served[0], query, Accept=accept)
        assert status == 200, text
        assert headers["content-type"].split(";")[0] == kind
        assert headers["vary"] == "Accept"
        assert not any(name.lower().startswith("access-control") for name in headers)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ((400, "not a SPARQL query"), ("POST", "/sparql", "application/sparql-query", "SELEKT")),
        ((400, "update"), ("POST", "/sparql", "application/sparql-query", "INSERT DATA { <a:a> <a:b> <a:c> }")),
        (
            (400, "SERVICE"),
            ("POST", "/sparql", "application/sparql-query", "SELECT * { SERVICE <http://x/> { ?a ?b ?c } }"),
        ),
        ((400, "SERVICE"), ("POST", "/sparql", "application/sparql-query", "ASK { # \rSERVICE <http://x/> {}\n}")),
        ((400, "SERVICE"), ("GET", "/sparql?query=ASK%7B%23%0DSERVICE%3Chttp://x/%3E%7B%7D%0A%7D", "", None)),
        ((400, "one query"), ("GET", "/sparql", "", None)),
        ((400, "one query"), ("GET", "/sparql?query=ASK{}&query=ASK{}", "", None)),
        ((400, "GRAPH or FROM"), ("GET", "/sparql?query=ASK{}&default-graph-uri=http://x/", "", None)),
        ((400, "not UTF-8"), ("POST", "/sparql", "application/sparql-query", b"\xff")),
        ((403, "only reads"), ("POST", "/sparql", "application/sparql-update", "CLEAR ALL")),
        ((403, "only reads"), ("POST", "/sparql", "application/x-www-form-urlencoded", "update=CLEAR+ALL")),
        ((405, ""), ("PUT", "/sparql", "application/sparql-query", "ASK {}")),
        ((405, ""), ("OPTIONS", "/sparql", "", None)),
        ((413, "longer"), ("POST", "/sparql", "application/sparql-query", "#" * 400_000)),
        (
            (413, "larger"),
            ("POST", "/sparql", "application/sparql-query", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 90000"),
        ),
        ((415, "Send"), ("POST", "/sparql", "text/plain", "ASK {}")),
        ((503, "4 seconds"), ("POST", "/sparql", "application/sparql-query", ENDLESS)),
    ],
)
def test_what_is_refused_is_refused_in_words(served, told, asked):
    method, path, kind, body = asked
    status, _, text = send(served[0], method, path, body, **({"Content_Type": kind} if kind else {}))
    assert status == told[0], text
    assert told[1] in text


@pytest.mark.parametrize("path", ["/", "/query", "/sparql?query=ASK%7B%7D"])
def test_another_host_name_is_refused(served, path):
    assert send(served[0], "GET", path, Host="rebound.example")[0] == 400
    assert send(served[0], "GET", path, Host=f"localhost:{served[0]}")[0] == 200


def test_the_report_follows_the_store(tmp_path):
    path = tmp_path / "kg.db"
    fill(path, 2)
    with running(path) as port:
        first = send(port, "GET", "/")
        assert first[0] == 200
        assert "velmora-0004" not in first[2]
        assert send(port, "GET", "/")[2] == first[2]
        near = send(port, "GET", "/?focus=actor/ada-lindqvist")
        assert near[0] == 200
        assert near[2] != first[2]
        assert send(port, "GET", "/?focus=actor/nobody")[0] == 404
        fill(path, 5)
        assert "velmora-0004" in send(port, "GET", "/")[2]


def test_a_port_that_is_taken_and_a_store_that_is_not_there_are_told(served, tmp_path):
    port, path = served
    with pytest.raises(InputError, match="cannot be had"):
        serve(path, port)
    with pytest.raises(MissingError, match="no store"):
        serve(tmp_path / "none", 0)


@pytest.mark.browser
def test_a_person_asks_in_the_browser(served, chromium):
    asked, trouble = [], []
    with closing(chromium.new_page()) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(f"http://127.0.0.1:{served[0]}/")
        page.get_by_role("link", name="Query").click()
        page.locator("#questions button", has_text="dossier").first.click()
        assert "VALUES ?who" in page.input_value("#text")
        page.fill("#text", NAMES + " # ?na")
        page.keyboard.press("Control+ ")
        page.locator("#words button", has_text="?name").click()
        assert page.input_value("#text").endswith("?name")
        page.keyboard.press("Control+Enter")
        page.locator("#answer td", has_text="Ada Lindqvist").wait_for()
        assert re.fullmatch(r"\d+ rows", page.inner_text("#state"))
        page.fill("#text", "DROP ALL")
        page.click("#run")
        page.locator("#state.wrong", has_text="changes by").wait_for()
        page.evaluate((Path(__file__).parent / "render/vendor/axe-core/axe.min.js").read_text("utf-8"))
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations)")
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert {url.split("/")[2] for url in asked if not url.startswith("blob:")} == {f"127.0.0.1:{served[0]}"}
    assert trouble == []


def test_the_address_is_told_once_it_answers(tmp_path):
    """By the command, as a person starts it, and ended by Ctrl+C."""
    import signal
    import subprocess
    import sys

    path = tmp_path / "kg.db"
    fill(path, 1)
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", str(path), "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as started:
        address = started.stdout.readline().strip()
        try:
            status, _, text = send(int(address.rsplit(":", 1)[1].strip("/")), "GET", "/query")
            assert status == 200
            assert "dossier" in text
        finally:
            started.send_signal(signal.SIGINT)
        assert started.wait(10) == 0
