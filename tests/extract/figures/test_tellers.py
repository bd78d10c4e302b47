"""Whose figures an event holds: tellers.tsv, read by the whole stage."""

from pathlib import Path

import pytest

from kg.config import Config
from kg.extract import pipeline
from kg.flow import make_tools
from kg.model import Article
from kg.text_tables import read_table

from .conftest import unmark

HERE = Path(__file__).parent
ROWS = read_table(HERE / "tellers.tsv")

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extracted():
    articles = [Article(f"t{number}", unmark(row["text"])[0]) for number, row in enumerate(ROWS)]
    return {each.article.text: each for each in pipeline.extract(articles, make_tools(Config()))}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_an_event_has_the_figures_of_its_own_teller(row, extracted):
    text, trigger, _ = unmark(row["text"])
    event = next(each for each in extracted[text].events if each.trigger.overlaps(trigger))
    assert "; ".join(figure.text for figure in event.figures) == row["figures"]
