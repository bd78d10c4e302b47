"""The command line as a person meets it: what is printed where, exit codes, and what is left behind."""

import json
import os
import signal
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import flow
from kg.cli import main
from kg.extract.registry import Component
from kg.graph import Store

ROOT = Path(__file__).parents[1]
STRIKE = (
    "The mayor said on Monday that two bridges were destroyed in Kharkiv. The ministry denied that bridges were hit."
)
HOSTILE = "<img src=x onerror=alert(1)> said that </script><script>alert(1)</script> bridges were destroyed in Kharkiv."


def kg(*args, **more):
    return CliRunner().invoke(main, [str(arg) for arg in args], **more)


def test_help_and_import_load_nothing_heavy():
    code = "import sys, kg, kg.cli; sys.exit(sorted({'spacy', 'pyoxigraph', 'rdflib', 'networkx', 'numpy'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr.strip() == "[]"
    )


def test_every_public_name_is_there():
    import kg as package

    for name in package.__all__:
        assert getattr(package, name)


# ----------------------------------------------------------------------------- asking


@pytest.mark.model
@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json"])
def test_answers_pipe(seeds_store, form):
    done = kg("query", "spread", "--store", seeds_store, "--format", form)
    assert done.exit_code == 0
    assert "Telegram" in done.stdout
    if form == "json":
        assert json.loads(done.stdout)["head"]["vars"] == ["source", "n", "channels"]
    if form == "csv":
        assert done.stdout.splitlines()[0] == "source,n,channels"


@pytest.mark.model
def test_a_construct_is_a_graph(seeds_store):
    text = "CONSTRUCT { ?a kg:claims ?e } WHERE { ?a kg:claims ?e }"
    done = kg("query", "-q", text, "--store", seeds_store, "--format", "turtle")
    assert done.exit_code == 0
    assert "kg:claims" in done.stdout
    assert kg("query", "spread", "--store", seeds_store, "--format", "turtle").exit_code == 2


@pytest.mark.model
@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("DELETE WHERE { ?s ?p ?o }", 2, "this is an update"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 2, "this is an update"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", 2, "SERVICE"),
        ("SELECT * { { seRViCe silent ?x { ?s ?p ?o } } }", 2, "SERVICE"),
        ("SELECT * { # \rSERVICE <http://example.org/> {}\n}", 2, "SERVICE"),
        ("SELECT nonsense", 2, "not a SPARQL query"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 4, "ran out of its 1 seconds"),
    ],
)
def test_a_query_that_must_not_be_is_one_clear_line(seeds_store, query, code, words):
    before = Store(seeds_store, readonly=True)
    count = len(before)
    before.close()
    done = kg("query", "-q", query, "--store", seeds_store, "--timeout", "1")
    assert done.exit_code == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    with Store(seeds_store, readonly=True) as after:
        assert len(after) == count


@pytest.mark.model
def test_a_word_that_only_looks_like_service_is_let_in(seeds_store):
    text = 'SELECT ?s { ?s rdfs:label ?l FILTER(CONTAINS(?l, "State Emergency Service")) } # SERVICE <x> {}'
    assert kg("query", "-q", text, "--store", seeds_store).exit_code == 0


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["query", "spred"], 2, "Did you mean 'spread'"),
        (["query", "spread", "--store", "nowhere.db"], 3, "no store here"),
        (["query", "dossier", "-p", "who"], 2, "is not NAME=VALUE"),
        (["query", "nowhere.rq"], 2, "no such file"),
        (["build", "nowhere.txt"], 2, "nowhere.txt"),
        (["export", "--since", "yesterday"], 2, "is not a date"),
        (["extract", "x.txt", "--model", "xx_none_sm"], 3, "is not installed"),
        (["build", "x.txt", "--config", "none.toml"], 2, "no such file"),
    ],
)
def test_mistakes_end_in_a_line_and_its_mend(tmp_path, monkeypatch, args, code, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("One said so.", "utf-8")
    done = kg(*args)
    assert (done.exit_code, "Traceback" in done.stderr) == (code, False), done.output
    assert words in done.stderr
    assert done.stderr.startswith("Error: ")
    assert done.stderr.rstrip().count("\n") == 1, "a problem and its fix"


@pytest.mark.model
@pytest.mark.parametrize(("browser", "words"), [(True, ""), (False, "No web browser found. Open graph.html yourself.")])
def test_render_opens_the_page_that_it_wrote(seeds_store, tmp_path, monkeypatch, browser, words):
    monkeypatch.chdir(tmp_path)
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda url: opened.append(url) or browser)
    done = kg("render", "--open", "--store", seeds_store)
    assert done.exit_code == 0
    assert opened == [(tmp_path / "graph.html").as_uri()]
    assert words in done.stderr


# ----------------------------------------------------------------------------- building


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(f"published: 2024-10-02\n\n{STRIKE}", "utf-8")
    (tmp_path / "news" / "two.txt").write_text(f"published: 2024-10-03\n\n{STRIKE}", "utf-8")
    return tmp_path


@pytest.mark.model
def test_what_has_not_changed_is_passed_over(desk):
    first = kg("build", "news")
    assert "2 articles read" in first.stderr
    assert "0 articles read (0 words), 2 unchanged" in kg("build", "news").stderr
    assert "2 articles read" in kg("build", "news", "--force").stderr
    (desk / "news" / "one.txt").write_text(
        "published: 2024-10-02\n\nThe mayor said that it rained in Kharkiv.", "utf-8"
    )
    assert "1 articles read (8 words), 1 unchanged" in kg("build", "news").stderr.replace("(10 words)", "(8 words)")


@pytest.mark.model
def test_the_order_and_the_number_of_processes_change_nothing(desk):
    kg("build", "news/one.txt", "news/two.txt", "--store", "a.db")
    kg("build", "news/two.txt", "--store", "b.db", "--jobs", "2")
    kg("build", "news/one.txt", "--store", "b.db")
    for form in ("turtle", "trig", "nquads", "jsonld", "graphml", "csv"):
        one, other = (kg("export", "--store", each, "--format", form).stdout_bytes for each in ("a.db", "b.db"))
        assert one == other
        assert len(one) > 1000


@pytest.mark.model
def test_an_article_can_be_taken_back(desk):
    kg("build", "news/one.txt", "--store", "a.db")
    kg("build", "news", "--store", "b.db")
    done = kg("withdraw", "two", "--store", "b.db")
    assert done.exit_code == 0, done.output
    one, other = (kg("export", "--store", each, "--format", "nquads").stdout_bytes for each in ("a.db", "b.db"))
    assert one == other
    assert kg("withdraw", "three", "--store", "b.db").exit_code == 2


@pytest.mark.model
def test_a_store_that_another_process_holds_is_one_line(desk):
    with Store(desk / "kg.db"):
        command = [sys.executable, "-m", "kg", "build", "news"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "another kg has it open" in done.stderr


@pytest.mark.model
def test_bad_inputs_stop_nothing(desk):
    (desk / "news" / "empty.txt").write_bytes(b"")
    (desk / "news" / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (desk / "news" / "bad.jsonl").write_text(f'{{"id": "x", "text": {json.dumps(STRIKE)}}}\n{{"id": \n', "utf-8")
    (desk / "news" / "marks.txt").write_text('“” "" ‘’ “ ”', "utf-8")
    (desk / "news" / "rtl.txt").write_text("קוראים לי דוד ואני גר כאן.", "utf-8")
    (desk / "news" / "emoji.txt").write_text(
        "The mayor said 🚀 e\u0301 two bridges were destroyed in Kharkiv.", "utf-8"
    )
    (desk / "news" / "hostile.txt").write_text(HOSTILE, "utf-8")
    done = kg("build", "news")
    assert done.exit_code == 0, done.output
    assert "10 articles read" in done.stderr
    for code in ("empty", "bad-encoding", "bad-json"):
        assert f"1 {code}" in done.stderr
    assert kg("build", "news", "--force", "--strict").exit_code == 1
    assert kg("validate").exit_code == 0, kg("validate").stdout
    for form in ("turtle", "trig", "nquads", "jsonld", "graphml", "csv"):
        assert kg("export", "--format", form).exit_code == 0


@pytest.mark.model
def test_an_article_that_makes_an_extractor_raise_costs_no_other(desk, monkeypatch):
    def look(reading):
        if reading.article.id == "one":
            raise KeyError
        return ()

    kg("build", "news/one.txt")
    before = kg("export", "--article", "one").stdout
    (desk / "news" / "one.txt").write_text(f"published: 2024-10-04\n\n{STRIKE}", "utf-8")
    with monkeypatch.context() as patch:
        choose = flow.choose
        patch.setattr(flow, "choose", lambda *given: (*choose(*given), Component("faulty", look)))
        built, extracted = kg("build", "news"), kg("extract", "news")
    assert built.exit_code == extracted.exit_code == 1
    assert "one: error: internal-error: KeyError at tests.test_cli:" in built.stderr
    assert "1 articles read (21 words), 0 unchanged, 1 failed" in built.stderr
    assert [json.loads(line)["id"] for line in extracted.stdout.splitlines()] == ["one", "two"]
    assert kg("export", "--article", "one").stdout == before
    again = kg("build", "news")
    assert again.exit_code == 0
    assert "1 articles read (21 words), 1 unchanged" in again.stderr
    assert "2024-10-04" in kg("export", "--article", "one").stdout


@pytest.mark.model
def test_a_number_of_400_digits_does_not_end_the_build(desk):
    (desk / "news" / "long.txt").write_text(
        f"published: 2024-10-02\n\n{STRIKE} He counted {'9' * 400} drones.", "utf-8"
    )
    done = kg("build", "news")
    assert done.exit_code == 0, done.output
    assert "3 articles read" in done.stderr


@pytest.mark.model
def test_offsets_are_code_points(desk):
    text = "🚀🚀 e\u0301 The mayor said that two bridges were destroyed in Kharkiv."
    record = json.loads(kg("extract", "-", input=text).stdout)
    (said,) = record["attributions"]
    assert [text[start:end] for start, end in said["cue"]] == ["said"]
    assert [text[start:end].removeprefix("that ") for start, end in said["content"]] == [
        "two bridges were destroyed in Kharkiv"
    ]


@pytest.mark.model
def test_a_killed_build_leaves_whole_articles_only(desk):
    articles = desk / "many.jsonl"
    lines = [json.dumps({"id": f"a{i}", "text": STRIKE, "published": "2024-10-02"}) for i in range(400)]
    articles.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "kg", "build", str(articles), "--store", "k.db", "--jobs", "1"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and _articles(desk / "k.db") < 5:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    half = _articles(desk / "k.db")
    assert 5 <= half < 400
    sizes = "SELECT ?d (COUNT(*) AS ?n) { GRAPH ?g { ?x kg:inDocument ?d } } GROUP BY ?d"
    with Store(desk / "k.db", readonly=True) as store:
        assert len({row[1].value for row in store.ask(sizes).rows}) == 1, "the same text gives the same number of nodes"
    done = kg("build", articles, "--store", "k.db")
    assert done.exit_code == 0
    assert _articles(desk / "k.db") == 400


def _articles(path):
    if not (path / "quads" / "CURRENT").exists():
        return 0
    with Store(path, readonly=True) as store:
        return int(store.ask("SELECT (COUNT(?d) AS ?n) { ?d a kg:Article }").rows[0][0].value)


# ----------------------------------------------------------------------------- carrying off


@pytest.mark.model
@pytest.mark.parametrize(
    ("selection", "there", "gone"),
    [
        (["--article", "volga-line-1007"], "volga-line-1007", "meridian-wire-1007"),
        (["--actor", "Ukrainian Air Force"], "air-force", "volga-line-1007#"),
        (["--until", "2031-10-07"], "meridian-wire-1007", "meridian-wire-1008#"),
        (["--event", "Interception"], "Interception", "kgv:Meeting"),
    ],
)
def test_a_part_is_cut_out(seeds_store, selection, there, gone):
    whole = kg("export", "--store", seeds_store).stdout
    part = kg("export", "--store", seeds_store, *selection).stdout
    assert there in part
    assert gone in whole
    assert gone not in part
    assert len(part) < len(whole)


@pytest.mark.model
def test_a_part_that_is_empty_is_told(seeds_store):
    done = kg("export", "--store", seeds_store, "--actor", "Nobody")
    assert done.exit_code == 2
    assert "No actor matches 'Nobody'" in done.stderr


@pytest.mark.model
def test_what_is_half_written_does_not_stand_under_its_name(seeds_store, tmp_path):
    done = kg("export", "--store", seeds_store, "-o", tmp_path / "none" / "x.ttl")
    assert done.exit_code == 2
    assert not (tmp_path / "none").exists()


@pytest.mark.model
def test_a_closed_pipe_is_no_error(seeds_store):
    line = f"{sys.executable} -m kg export --store {seeds_store} | head -c 100 >/dev/null"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
