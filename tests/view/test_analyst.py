"""The analyst's commands on seeds/: what is asked by a name is found, and what was judged shows wherever its claim shows."""

import csv
import io
import json
import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import InputError
from kg.graph import Store, shared_quads, to_quads, validate
from kg.graph.vocab import ASSESSMENTS
from kg.view.ask import analyst
from tests.graph.samples import CORPUS, DENIAL, RAID

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
BY = ("--by", "A. Analyst", "--on", "2031-10-09")
REVISION = "36 of the 42 drones launched on Monday night had been shot down"


@pytest.fixture(scope="module")
def store(seeds_store):
    with Store(seeds_store, readonly=True) as opened:
        yield opened


def kg(*args):
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done


def rows(answer):
    return [{c: t.value for c, t in zip(answer.columns, row, strict=True) if t} for row in answer.rows]


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


# ------------------------------------------------------------------------------- looking


def test_disputes_name_both_sides_and_the_basis(store):
    told = rows(analyst.disputes(store))
    assert {"contradicts", "opposes"} <= {row["relation"] for row in told}
    assert all(row["basis"] and row["rule"] and row["claim"] != row["other_claim"] for row in told)
    assert any({"Russian Defence Ministry", "Ukrainian Air Force"} == {row["who"], row["other"]} for row in told)


def test_disputes_of_one_happening_are_among_all(store):
    every = rows(analyst.disputes(store))
    name = next(row["happening"] for row in every if "happening" in row)
    of_one = rows(analyst.disputes(store, name))
    assert of_one
    assert all(row in every for row in of_one)
    assert rows(analyst.disputes(store, "constanta")) == []


def test_a_timeline_goes_forward_and_holds_what_was_announced(store):
    told = rows(analyst.timeline(store, "Meeting, Constanta, 9 October 2031"))
    assert [row["said"] for row in told] == sorted(row["said"] for row in told)
    assert "scheduled" in {row["told_as"] for row in told}
    assert len({row["claim"] for row in told}) == len(told)


@pytest.mark.parametrize("name", ["Ukrainian Air Force", "ukraine's air force", "actor/ukrainian-air-force"])
def test_a_dossier_is_the_same_by_every_name(store, name):
    told = rows(analyst.dossier(store, name))
    assert told == rows(analyst.dossier(store, "Ukrainian Air Force"))
    assert any("36 of the 42 drones" in row["exact"] for row in told)


def test_a_trace_leads_through_every_article_that_tells_the_claim(store):
    told = rows(analyst.trace(store, "Russia launched 42 drones at Ukraine"))
    assert {"Meridian Wire", "Northgate Herald"} <= {row["outlet"] for row in told}
    assert {row["who"] for row in told} == {"Ukrainian Air Force"}
    assert [row["published"] for row in told] == sorted(row["published"] for row in told)


def test_what_to_watch_says_what_is_missing(store):
    told = rows(analyst.watch(store))
    dated = [row for row in told if "when" in row]
    assert any(row["when"] == "2031-10-09" and row["type"] == "meeting" for row in dated)
    assert all(row["todo"].startswith("announced") and not row["missing"] for row in dated)
    assert all(row["todo"].startswith("undated") and row["missing"] for row in told if "when" not in row)


@pytest.mark.parametrize(
    ("view", "asked", "fix"),
    [
        ("dossier", "Ukrainian Air Forse", "Did you mean 'Ukrainian Air Force'"),
        ("timeline", "meeting, Constanta, 8 October 2031", "Did you mean 'meeting, Constan"),
        ("trace", "meridian-wire-1007#a99", "It has a1"),
        ("trace", "drones", "Choose one:"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(store, view, asked, fix):
    with pytest.raises(InputError, match=fix):
        getattr(analyst, view)(store, asked)


@pytest.mark.parametrize("command", [("disputes",), ("timeline", "constanta"), ("dossier", "NATO"), ("watch",)])
def test_commands_pipe_as_queries_do(seeds_store, tmp_path, command):
    done = kg(*command, "--store", seeds_store, "-f", "json", "-o", tmp_path / "answer.json")
    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads((tmp_path / "answer.json").read_text("utf-8"))["head"]["vars"]


WINDOWS = [({"since": "2031-10-08"}, "2031-10-08", "9"), ({"until": "2031-10-07"}, "0", "2031-10-07")]


@pytest.mark.parametrize(("days", "first", "last"), WINDOWS)
@pytest.mark.parametrize("view", ["disputes", "timeline", "dossier", "watch"])
def test_days_of_publication_cut_every_view(store, view, days, first, last):
    of = {"timeline": "night of 6–7 October 2031 drone", "dossier": "Ukrainian Air Force"}.get(view)
    ask = partial(getattr(analyst, view), store, *filter(None, (of,)))
    every, told = rows(ask()), rows(ask(**days))
    published = {id_(each.article.id): each.article.published or "" for each in store.records}
    ends = ("claim", "other_claim") if view == "disputes" else ("span",) if view == "dossier" else ("claim",)
    within = [row for row in every if all(first <= published[article_of(row[end])] <= last for end in ends)]
    assert len(within) < len(every) or view == "watch"
    assert [[row[end] for end in ends] for row in told] == [[row[end] for end in ends] for row in within]


def id_(article):
    return article.replace("/", ":")


def article_of(address):
    """The article in an address of an attribution (ARTICLE:1-2), a narration (ARTICLE:n1) or words (ARTICLE#char=1,2)."""
    return re.split(r":n?\d+(?:-\d+)?$|#char=", address.rpartition("/")[2])[0]


@pytest.mark.parametrize("command", [("disputes",), ("timeline", "constanta"), ("watch",)])
def test_what_is_no_day_is_told(seeds_store, command):
    done = kg(*command, "--since", "yesterday", "--store", seeds_store)
    assert done.exit_code == 2
    assert "--since: 'yesterday' is not a date" in done.output


# ------------------------------------------------------------------------------- looking at what was read by hand


@pytest.fixture
def sample():
    """The two sample articles, whose every chain, doubt and promise is known."""
    with Store() as store:
        for extraction in (RAID, DENIAL):
            store.replace(extraction.article, to_quads(extraction))
        store.replace_shared(shared_quads(CORPUS, (RAID, DENIAL)))
        yield store


@pytest.mark.parametrize("asked", ["tarn/raid 1#a2", "tarn/raid 1#a1"])
def test_a_trace_names_channel_and_relay(sample, asked):
    told = rows(analyst.trace(sample, asked))
    lind = next(row for row in told if row["who"] == "Ada Lind")
    assert (lind["channel"], lind["relays"], lind["outlet"], lind["cue"]) == (
        "Telegram",
        "Coast Wire",
        "The Post",
        "wrote",
    )
    assert lind["published"] == "2024-03-05"


def test_a_dispute_is_told_with_its_happening_and_rule(sample):
    (told,) = rows(analyst.disputes(sample, "interception tarn"))
    assert (told["who"], told["relation"], told["other"]) == ("Ada Lind", "contradicts", "Norland")
    assert (told["happening"], told["basis"]) == ("interception, Tarn, 4-5 March 2024", "disjoint intervals")
    assert (told["rule"], told["confidence"]) == ("figures", "0.8")


def test_a_promise_without_a_date_is_watched_with_what_is_missing(sample):
    told = {row["type"]: row for row in rows(analyst.watch(sample))}
    assert set(told) == {"meeting", "restoration"}
    assert told["meeting"]["todo"] == "announced: did it happen?"
    assert told["restoration"]["missing"] == "a time: its words give none"


# ------------------------------------------------------------------------------- judging


def test_a_judgement_shows_wherever_the_claim_shows(seeds_copy):
    done = kg(
        "assess", REVISION, "--reliability", "b", "--credibility", 2, "--note", "a map", *BY, "--store", seeds_copy
    )
    assert done.exit_code == 0
    label = "B2: a map (A. Analyst, 2031-10-09)"
    assert label in done.stdout
    ask = ("--store", seeds_copy, "-f", "csv")
    assert label in {row["assessed"] for row in read(kg("dossier", "Ukrainian Air Force", *ask).stdout)}
    assert label in {row["assessed"] for row in read(kg("trace", REVISION, *ask).stdout)}
    assert label in {row["assessed"] for row in read(kg("export", *ask).stdout)}
    (judged,) = read(kg("query", "assessments", *ask).stdout)
    assert (judged["kind"], judged["reliability"], judged["credibility"], judged["by"]) == (
        "claim",
        "B",
        "2",
        "A. Analyst",
    )
    for cut in ((), ("--actor", "Ukrainian Air Force")):
        graph = kg("export", *cut, "--store", seeds_copy).stdout
        assert "a map" in graph
    assert "a map" not in kg("export", "--actor", "NATO", "--store", seeds_copy).stdout
    with Store(seeds_copy, readonly=True) as store:
        assert list(validate(store)) == []


def test_a_judgement_survives_what_becomes_of_its_article(seeds_copy, tmp_path, caplog):
    """Read anew by force, changed before its words, withdrawn, and read again."""
    articles = Path(shutil.copytree(ROOT / "seeds" / "articles", tmp_path / "articles"))
    build = ("build", articles, "--config", ROOT / "seeds" / "kg.toml", "--store", seeds_copy, "-j", 1)
    assert kg("assess", REVISION, "--credibility", 2, *BY, "--store", seeds_copy).exit_code == 0
    assert kg("assess", "Ukrainian Air Force", "--reliability", "B", *BY, "--store", seeds_copy).exit_code == 0
    before = judged(seeds_copy)
    assert kg(*build, "--force").exit_code == 0
    assert judged(seeds_copy) == before
    page = articles / "meridian-wire-1008.txt"
    head, _, body = page.read_text("utf-8").partition("\n\n")
    changed = f"{head}\n\nThe wire has corrected this report.\n\n{body}"
    page.write_text(changed, "utf-8")
    assert kg(*build).exit_code == 0
    assert not caplog.messages
    claim = next(row for row in before if row["kind"] == "claim")
    (again,) = [row for row in judged(seeds_copy) if row["kind"] == "claim"]
    assert {**again, "target": ""} == {**claim, "target": ""}
    assert again["target"] != claim["target"]
    assert kg("withdraw", "meridian-wire-1008", "--store", seeds_copy).exit_code == 0
    assert any(REVISION in message for message in caplog.messages)
    assert [row["kind"] for row in judged(seeds_copy)] == ["source", ""]
    assert kg(*build).exit_code == 0
    assert again in judged(seeds_copy)


def judged(path):
    return sorted(read(kg("query", "assessments", "--store", path, "-f", "csv").stdout), key=lambda row: row["of"])


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("nobody at all", "--credibility", 2), "No source, happening or claim"),
        (("Ukrainian Air Force", "--credibility", 2), "Use --reliability for a source"),
        (("Ukrainian Air Force",), "no rating given"),
        (("Ukrainian Air Force", "--reliability", "G"), "is not one of"),
    ],
)
def test_what_cannot_be_recorded_is_told_and_leaves_nothing(seeds_copy, args, told):
    done = kg("assess", *args, *BY, "--store", seeds_copy)
    assert done.exit_code == 2
    assert told in done.output
    with Store(seeds_copy, readonly=True) as store:
        assert ASSESSMENTS not in store.graphs()


def test_judgements_are_carried_from_store_to_store(seeds_copy, seeds_store, tmp_path):
    assert kg("assess", REVISION, "--credibility", 2, "--note", "a map", *BY, "--store", seeds_copy).exit_code == 0
    assert kg("assess", "Ukrainian Air Force", "--reliability", "B", *BY, "--store", seeds_copy).exit_code == 0
    file, other = tmp_path / "judged.tsv", Path(shutil.copytree(seeds_store, tmp_path / "other.db"))
    assert kg("query", "assessments", "-f", "tsv", "-o", file, "--store", seeds_copy).exit_code == 0
    done = kg("assess", "--from", file, "--store", other)
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 2)
    assert judged(other) == judged(seeds_copy)


def test_of_a_file_all_is_recorded_or_nothing(seeds_copy, tmp_path):
    file = tmp_path / "judged.jsonl"
    file.write_text('{"target": "Ukrainian Air Force", "reliability": "B"}\n{"target": "nobody at all"}\n', "utf-8")
    done = kg("assess", "--from", file, *BY, "--store", seeds_copy)
    assert done.exit_code == 2
    assert "judged.jsonl:2" in done.output
    assert judged(seeds_copy) == []


@pytest.mark.parametrize(
    ("args", "told"),
    [((), "no target given"), (("NATO", "--from", "x.tsv"), "targets and ratings come from the file")],
)
def test_a_target_or_a_file_is_named(seeds_store, args, told):
    done = kg("assess", *args, *BY, "--store", seeds_store)
    assert done.exit_code == 2
    assert told in done.output


def test_where_there_is_no_store_none_is_made(tmp_path):
    done = kg("assess", "Ukrainian Air Force", "--reliability", "B", *BY, "--store", tmp_path / "none")
    assert done.exit_code == 3
    assert not (tmp_path / "none").exists()
