"""Each kind of bad input is told on its article, and costs no other article anything: bad_input.toml."""

import os
import pkgutil
import sys
import time
import tomllib
import tracemalloc
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.ingest import read
from kg.model import FAILED, Severity

CASES = tomllib.loads(Path(__file__).with_name("bad_input.toml").read_text("utf-8"))["case"]
GOOD = "published: 2031-10-07\n\nThe bridge was hit, the mayor said."


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_bad_input_is_told_and_the_others_are_read(case, tmp_path):
    bad = tmp_path / "b" / case["file"]
    bad.parent.mkdir()
    bad.write_bytes(case["latin1"].encode("latin-1") if "latin1" in case else case["utf8"].encode())
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "c.txt").write_text(GOOD, "utf-8")

    first, *found, last = read([tmp_path])

    assert (first.id, first.text, last.id, last.text) == ("a", GOOD, "c", GOOD)
    told = [[issue.code for issue in each.issues if issue.code != "no-date"] for each in found]
    assert told == case["codes"]
    assert [each.text for each in found] == [case["utf8"] if text == "=" else text for text in case["texts"]]
    for each in found:
        refusals = [issue for issue in each.issues if issue.severity is Severity.ERROR]
        assert bool(refusals) == (each.text == "")
        assert all(str(bad) in issue.message for issue in refusals)


def test_ids_stay_distinct_across_folders(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "story.txt").write_text(GOOD, "utf-8")
    found = list(read([tmp_path]))
    assert [each.id for each in found] == ["story", "story-2", "story-3"]
    assert [[issue.code for issue in each.issues] for each in found] == [[], ["duplicate-id"], ["duplicate-id"]]


def test_a_place_that_does_not_exist_is_an_error_before_anything_is_read(tmp_path):
    with pytest.raises(InputError, match="no such file") as error:
        read([tmp_path, tmp_path / "missing.txt"])
    assert str(tmp_path / "missing.txt") in str(error.value)
    assert error.value.fix


def test_only_folders_without_an_article_are_an_error(tmp_path):
    (tmp_path / "README.md").write_text("about this folder", "utf-8")
    with pytest.raises(InputError, match=r"no article in it(.|\n)*\.jsonl"):
        read([tmp_path])


def test_a_folder_without_an_article_among_others_is_told(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    refusal, good = read([tmp_path / "empty", tmp_path / "a.txt"])
    assert (refusal.id, refusal.issues[0].code, good.id) == ("empty", "no-article", "a")


def test_nothing_at_all_is_an_error():
    with pytest.raises(InputError, match="nothing to read"):
        read([])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    shut = tmp_path / "shut.txt"
    shut.write_text(GOOD, "utf-8")
    shut.chmod(0)
    assert [issue.code for article in read([shut]) for issue in article.issues] == ["unreadable"]


@pytest.mark.parametrize("name", ["long.txt", "long.html", "long.jsonl", "long.unknown"])
def test_a_line_of_50_megabytes_costs_neither_time_nor_memory(name, tmp_path):
    long = tmp_path / name
    with long.open("wb") as stream:
        stream.write(b'{"id": "long", "text": "' if name.endswith("jsonl") else b"")
        for _ in range(50):
            stream.write(b"The bridge was hit. " * 50_000)
        stream.write(b'"}\n{"id": "next", "text": "The bridge held."}\n' if name.endswith("jsonl") else b"")
    tracemalloc.start()
    start = time.process_time()
    refusal, *others = read([long])
    seconds, (_, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [issue.code for issue in refusal.issues] == ["too-long"]
    assert [each.text for each in others] == (["The bridge held."] if name.endswith("jsonl") else [])
    assert seconds < 5
    assert peak < 100 << 20


def test_a_file_name_that_is_not_unicode_gives_an_id_that_can_be_written(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text(GOOD, "utf-8")
    except OSError:
        pytest.skip("the file system holds only Unicode names")
    (article,) = read([os.fsdecode(path)])
    assert article.id == "caf\ufffd"
    article.origin.encode("utf-8")


def test_deep_nesting_is_told(tmp_path):
    deep = tmp_path / "deep.jsonl"
    deep.write_text("[" * 100_000 + "\n" + '{"text": "The bridge was hit."}', "utf-8")
    first, second = read([deep])
    assert ([issue.code for issue in first.issues], second.text) == (["bad-json"], "The bridge was hit.")


def test_a_page_nested_deeply_is_read_or_told(tmp_path):
    page = tmp_path / "deep.html"
    page.write_text("<html><body>" + "<div>" * 50_000 + "<p>The bridge was hit, the mayor said.</p>", "utf-8")
    (article,) = read([page])
    assert article.text or article.issues


def test_a_page_with_more_text_than_an_article_is_refused_before_it_is_searched(tmp_path):
    page = tmp_path / "long.html"
    page.write_text("<html><body>" + "<p>The bridge was hit, the mayor said.</p>" * 100_000, "utf-8")
    start = time.process_time()
    (article,) = read([page])
    assert [issue.code for issue in article.issues] == ["too-long"]
    assert time.process_time() - start < 5


def test_links_that_lead_nowhere_are_told(tmp_path):
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert [issue.code for article in read([tmp_path]) for issue in article.issues] == ["unreadable", "unreadable"]


@pytest.mark.parametrize("place", ["a" * 5000, "a\0b"])
def test_a_text_given_as_a_place_is_an_error(place):
    with pytest.raises(InputError, match="no such file"):
        read([place])


def test_white_space_without_end_costs_no_more_than_its_length(tmp_path):
    path = tmp_path / "blank"
    path.write_bytes(b" " * (50 << 20))
    start = time.process_time()
    assert [issue.code for article in read([path]) for issue in article.issues] == ["too-long"]
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "place", ["kg.ingest.lines._article", "kg.ingest.text.article", "kg.ingest.normalise.normalise"]
)
def test_a_fault_while_an_article_is_read_is_told_and_the_others_are_read(place, tmp_path, monkeypatch):
    function = pkgutil.resolve_name(place)
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "bad.txt").write_text(GOOD + " BAD", "utf-8")
    (tmp_path / "c.jsonl").write_text(
        '{"id": "c1", "text": "BAD hit."}\n{"id": "c2", "text": "The bridge was hit."}', "utf-8"
    )

    def raising(*args):
        if any("bad" in str(vars_of(each)) for each in args) or any(
            isinstance(each, bytes) and b"BAD" in each for each in args
        ):
            raise RecursionError
        return function(*args)

    monkeypatch.setattr(place, raising)
    found = {each.id: each for each in read([tmp_path])}
    failed = {each.id for each in found.values() if any(issue.code == FAILED for issue in each.issues)}
    assert failed == ({"c-line1"} if "lines" in place else {"bad"})
    assert {each.id for each in found.values() if each.text} >= {"a", "c2"}
    for name in failed:
        (issue,) = found[name].issues
        assert (found[name].text, issue.severity) == ("", Severity.ERROR)
        assert "RecursionError at tests.ingest.test_bad_input:" in issue.message


def vars_of(value):
    return getattr(value, "stem", None) or getattr(value, "id", None)
