"""Whole articles of many kinds of story, read as a user reads them: the events, figures, places and times that a reader finds."""

from pathlib import Path

import pytest

from kg.config import Config
from kg.flow import extract
from kg.text_tables import read_table

HERE = Path(__file__).parent
ROWS = read_table(HERE / "expected.tsv")

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def told():
    return {each.article.id: each for each in extract([str(HERE)], Config())}


def _figures(event):
    def cell(value):
        return "" if value is None else f"{value:g}"

    return [f"{f.text}\t{cell(f.min)}\t{cell(f.max)}\t{f.role}" for f in event.figures]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['article']} {row['trigger']} {row['figure']}")
def test_a_story_tells_what_its_reader_finds(row, told):
    found = told[row["article"]]
    wanted = "\t".join(
        [
            row["figure"],
            f"{float(row['min']):g}" if row["min"] else "",
            row["max"] and f"{float(row['max']):g}",
            row["role"],
        ]
    )
    same = [e for e in found.events if (e.trigger.of(found.article.text), e.type) == (row["trigger"], row["type"])]
    seen = [(_figures(e), [p.label for p in (e.place, *e.places) if p], e.time and e.time.edtf) for e in same]
    assert any(
        (row["figure"] == "-" or wanted in figures)
        and (row["place"] in places or row["place"] == "-")
        and row["edtf"] in {edtf, "-"}
        for figures, places, edtf in seen
    ), seen


def test_a_part_s_place_is_not_the_whole_s(told):
    launched = next(e for e in told["20odesa"].events if e.type == "DroneStrike")
    assert launched.place is None


def test_a_former_number_is_no_figure(told):
    figures = [f.text for name in ("06election", "22stampede") for e in told[name].events for f in e.figures]
    assert not [words for words in figures if "52" in words or "87" in words]
