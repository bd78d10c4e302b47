import re
from collections.abc import Callable, Iterable
from functools import cache

import pytest

from kg.extract.document import spacy_parser
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.events import events
from kg.extract.figures import figures, quantities
from kg.model import Article, CharSpan, EventMention, Figure

MARK = re.compile(r"\*\*|[{}]")


def unmark(sentence: str) -> tuple[str, CharSpan | None, CharSpan | None]:
    """The sentence without its marks, and where **this** and {that} stand in it."""
    text, marks, at = "", {"**": [], "{": [], "}": []}, 0
    for match in MARK.finditer(sentence):
        text += sentence[at : match.start()]
        marks[match.group()].append(len(text))
        at = match.end()
    text += sentence[at:]
    figure = CharSpan(*marks["**"]) if marks["**"] else None
    trigger = CharSpan(marks["{"][0], marks["}"][0]) if marks["{"] else None
    return text, figure, trigger


@cache
def _nlp():
    return spacy_parser.load()


@pytest.fixture(scope="session")
def read() -> Callable[[Iterable[str]], list[ParsedArticle]]:
    """Texts to readings, in one batch, with the real model."""

    def reader(texts):
        articles = [Article("t", text) for text in texts]
        return [
            ParsedArticle(article, doc)
            for article, doc in zip(articles, spacy_parser.parse(_nlp(), articles), strict=True)
        ]

    return reader


@pytest.fixture(scope="session")
def counted(read) -> Callable[[Iterable[str]], dict[str, tuple[Figure, ...]]]:
    """Marked sentences to the figures of the event of each one's trigger."""

    def counter(sentences):
        sentences = list(sentences)
        unmarked = [unmark(sentence) for sentence in sentences]
        found = {}
        for sentence, (_, _, trigger), reading in zip(
            sentences, unmarked, read(t for t, _, _ in unmarked), strict=True
        ):
            types = (event.type for event in events.find_events(reading, ())[1] if event.trigger.overlaps(trigger))
            found[sentence] = figures.assign_figures(
                reading, quantities.find_quantities(reading), (EventMention(trigger, next(types, "Event")),)
            )[0].figures
        return found

    return counter
