"""The seeds are what seeds/README.md says, and every table of the room is in order."""

import csv
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from kg.ingest import read
from kg.ingest.tables import rows

SEEDS = Path(__file__).parents[2] / "seeds"
TABLES = sorted(each.name for each in files("kg.ingest").joinpath("patterns").iterdir() if each.name.endswith(".tsv"))


@pytest.fixture(scope="module")
def articles():
    return {article.id: article for article in read([SEEDS / "articles"])}


def test_all_articles_are_read_and_only_one_is_odd(articles):
    assert len(articles) == 14
    odd = {article.id: [issue.code for issue in article.issues] for article in articles.values() if article.issues}
    assert odd == {"9c41e07b5d": ["outlet-from-text"], "tern-undated": ["no-date"]}
    assert {article.published for article in articles.values()} == {"2031-10-07", "2031-10-08", None}
    assert {article.language for article in articles.values()} == {"en"}


def test_the_two_days_are_the_weekdays_that_the_articles_say():
    assert [date(2031, 10, day).strftime("%A") for day in (6, 7, 8)] == ["Monday", "Tuesday", "Wednesday"]


def test_the_readme_names_every_article(articles):
    readme = (SEEDS / "README.md").read_text("utf-8")
    assert [name for name in articles if name not in readme] == []


def table(name):
    lines = [line for line in (SEEDS / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


@pytest.mark.parametrize("name", ["entities.tsv", "places.tsv"])
def test_a_table_of_the_beat_is_sorted_and_each_id_stands_once(name):
    ids = [row["id"] for row in table(name)]
    assert ids == sorted(set(ids))
    assert all(None not in row and None not in row.values() for row in table(name))


def test_every_outlet_of_the_articles_is_in_the_beat(articles):
    outlets = {row["label"] for row in table("entities.tsv") if row["kind"] == "outlet"}
    assert {article.outlet for article in articles.values() if article.outlet} <= outlets


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_room_reads(name):
    assert rows(name)


@pytest.mark.parametrize("name", ["head_keys.tsv", "scripts.tsv"])
def test_a_sorted_table_is_sorted(name):
    keys = [row[0] for row in rows(name)]
    assert keys == sorted(set(keys))
