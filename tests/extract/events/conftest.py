"""Sentences with their marked words, read in one batch by the real model."""

from pathlib import Path

import pytest

from kg.extract.events import events
from kg.model import Article
from kg.text_tables import read_table
from tests import helpers

HERE = Path(__file__).parent


def unmark(text):
    """The text without its ** marks, and the span between them."""
    plain, spans = helpers.unmark(text, "*")
    return plain, spans["*"][0]


@pytest.fixture(scope="session")
def table():
    """The rows of a table of this folder."""
    return lambda name: read_table(HERE / f"{name}.tsv")


@pytest.fixture(scope="session")
def tell(parse_articles):
    """Find the events of texts, all in one batch: for each, its article, its narrations and its events."""

    def read(texts):
        parsed = parse_articles(Article(f"t{i}", text) for i, text in enumerate(texts))
        return [(each.article, *events.find_events(each, ())) for each in parsed]

    return read


@pytest.fixture(scope="module")
def extract():
    """Extract texts with all stages, in their order."""
    from kg.config import Config
    from kg.extract.pipeline import extract as run
    from kg.flow import make_tools

    return lambda texts: list(run([Article(f"t{i}", text) for i, text in enumerate(texts)], make_tools(Config())))
