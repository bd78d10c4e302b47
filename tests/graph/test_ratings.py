"""Judgements from a file: what is written is read again, and what cannot be used is told with its line and the fix."""

import json
import re

import pytest

from kg.errors import InputError
from kg.graph.assessment_files import read_ratings
from kg.graph.assessments import record_ratings
from kg.graph.vocab import ASSESSMENTS
from kg.view import query, write
from tests.graph.samples import RAID

ME, TODAY = "A. Analyst", "2024-03-09"
RAIDED = "interception, Tarn, 4-5 March 2024"
ROWS = [
    {"target": "Ada Lind", "reliability": "b", "note": 'counts agree with "photographs"'},
    {"target": "wire-1#a2", "credibility": 2, "actuality": "confirmed", "by": "B. Other", "on": "2024-03-07"},
    {"of": "nine of at least 12", "credibility": 6, "note": "one, two"},
    {"target": RAIDED, "actuality": "doubted"},
]


def as_table(rows, comma):
    columns = ("note", "target", "of", "credibility", "reliability", "actuality", "by", "on")
    lines = [columns, *([str(row.get(name, "")) for name in columns] for row in rows)]
    if comma == ",":
        lines = [['"' + cell.replace('"', '""') + '"' for cell in line] for line in lines]
    return "".join(f"{comma.join(line)}\n" for line in lines)


WRITERS = {
    "jsonl": lambda rows: "\n".join(map(json.dumps, rows)),
    "tsv": lambda rows: f"# by hand\n{as_table(rows, chr(9))}\n",
    "csv": lambda rows: as_table(rows, ","),
}


def read(store, path, text, by=ME):
    path.write_text(text, "utf-8")
    return read_ratings(store, path, by, TODAY)


@pytest.mark.parametrize("form", WRITERS)
def test_a_file_is_read_whatever_its_form(sample, tmp_path, form):
    found = read(sample, tmp_path / f"judged.{form}", WRITERS[form](ROWS))
    assert [(target.kind.value, target.name) for target, _ in found] == [
        ("source", "actor/ada-lind"),
        ("claim", "wire-1#a2"),
        ("claim", f"{RAID.article.id}#a2"),
        ("happening", "happening/interception-tarn-2024-03-04"),
    ]
    ratings = [rating for _, rating in found]
    assert [r.by for r in ratings] == [ME, "B. Other", ME, ME]
    assert [r.on for r in ratings] == [TODAY, "2024-03-07", TODAY, TODAY]
    assert [r.reliability for r in ratings] == ["B", None, None, None]
    assert [r.credibility for r in ratings] == [None, 2, 6, None]
    assert ratings[0].note == 'counts agree with "photographs"'


@pytest.mark.parametrize("form", ["tsv", "csv"])
def test_what_the_store_writes_is_read_again(sample, tmp_path, form):
    record_ratings(sample, read(sample, tmp_path / "judged.jsonl", WRITERS["jsonl"](ROWS)))
    told = set(sample.quads(ASSESSMENTS))
    written = write(query(sample, "assessments"), form)
    sample.replace_assessments([])
    record_ratings(sample, read(sample, tmp_path / f"again.{form}", written, by=None))
    assert set(sample.quads(ASSESSMENTS)) == told
    assert len({quad.subject for quad in told}) == len(ROWS)


def test_a_claim_whose_address_holds_other_words_now_is_found_by_its_words(sample, tmp_path):
    row = {"target": "wire-1#a1", "of": "11 were lost", "credibility": 2}
    ((target, _),) = read(sample, tmp_path / "judged.jsonl", json.dumps(row))
    assert target.name == "wire-1#a2"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.tsv", "target\tcredibility\nwire-1#a2\t2\nwire-1#a9\t2", r"a\.tsv:3.*no claim 'a9'.*\n.*It has a1"),
        ("a.tsv", "target\tcredibility\nwire-1#a2\t7", r"a\.tsv:2: '7' is not a valid credibility\n.*Use 1, 2"),
        ("a.tsv", "target\treliabilty\nAda Lind\tB", r"a\.tsv:2: no column 'reliabilty'\n.*'reliability'"),
        ("a.tsv", "target\tcredibility\nwire-1#a2\t2\t3", r"a\.tsv:2: 3 cells under 2 columns"),
        ("a.tsv", "target\tcredibility\nAda Lind\t2", r"a\.tsv:2: actor/ada-lind: a source has only a reliability"),
        ("a.csv", "target,note\n\n'',\nwire-1#a2,", r"a\.csv:3: .*No source"),
        ("a.csv", 'target,note\n"wire-1#a2","one\ntwo"\nnobody,x', r"a\.csv:4: .*No source"),
        ("a.jsonl", '{"target": "Ada Lind", "reliability": "B"}\n{', r"a\.jsonl:2: is not JSON"),
        ("a.jsonl", '["Ada Lind"]', r"a\.jsonl:1: is not an object"),
        ("a.jsonl", '{"credibility": 2}', r"a\.jsonl:1: no target given"),
        ("a.jsonl", '{"target": "Ada Lind", "reliability": "B", "on": "yesterday"}', r"a\.jsonl:1: 'yesterday' is not a date"),
        ("a.txt", "", r"unknown file format\n.*\.tsv, \.csv or \.jsonl"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_line_and_the_mend(sample, tmp_path, name, text, told):
    with pytest.raises(InputError) as caught:
        read(sample, tmp_path / name, text)
    assert re.search(told, str(caught.value)), str(caught.value)


def test_a_line_without_a_judge_is_told(sample, tmp_path):
    with pytest.raises(InputError, match=r"judged\.jsonl:1: --by: an assessment needs the name of the analyst"):
        read(sample, tmp_path / "judged.jsonl", '{"target": "Ada Lind", "reliability": "B"}', by=None)


def test_a_file_that_is_not_there_is_told(sample, tmp_path):
    with pytest.raises(InputError, match=r"none\.tsv: cannot be read"):
        read_ratings(sample, tmp_path / "none.tsv", ME, TODAY)
