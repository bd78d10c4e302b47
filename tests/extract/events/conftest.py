"""Sentences with their marked words, read in one batch by the real model."""

from pathlib import Path

import pytest

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.spacy_parser import parse
from kg.extract.events import events
from kg.model import Article, CharSpan
from kg.text_tables import read_table

HERE = Path(__file__).parent


def unmark(text):
    """The text without its ** marks, and the span that stood between them."""
    start = text.index("**")
    end = text.index("**", start + 2) - 2
    return text.replace("**", ""), CharSpan(start, end)


@pytest.fixture(scope="session")
def table():
    """The rows of a table of this folder."""
    return lambda name: read_table(HERE / f"{name}.tsv")


@pytest.fixture(scope="session")
def tell(nlp):
    """Tell the events of texts, all in one batch: for each, its article, its narrations and its events."""

    def read(texts):
        articles = [Article(f"t{i}", text) for i, text in enumerate(texts)]
        docs = parse(nlp, articles)
        return [
            (article, *events.find_events(ParsedArticle(article, doc), ()))
            for article, doc in zip(articles, docs, strict=True)
        ]

    return read


@pytest.fixture(scope="module")
def extract():
    """Extract texts with all stages, in their order."""
    from kg.config import Config
    from kg.extract.pipeline import extract as run
    from kg.flow import make_tools

    return lambda texts: list(run([Article(f"t{i}", text) for i, text in enumerate(texts)], make_tools(Config())))
