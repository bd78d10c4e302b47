import pytest

from kg.model import Article
from tests import helpers


@pytest.fixture(scope="session")
def read(parse_articles):
    """Texts and their dates to parsed articles, in one batch, with the real model."""

    def reader(texts, datelines):
        return parse_articles(
            Article("t", text, published=day or None) for text, day in zip(texts, datelines, strict=True)
        )

    return reader


@pytest.fixture(scope="session")
def unmarked():
    """A text without its marks, and the spans of {event}, <cue> and [source]."""
    return lambda text: helpers.unmark(text, "[<{")
