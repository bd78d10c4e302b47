from collections.abc import Callable, Iterable

import pytest

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.events import events
from kg.extract.figures import figures, quantities
from kg.model import Article, CharSpan, EventMention, Figure
from tests import helpers


def unmark(sentence: str) -> tuple[str, CharSpan | None, CharSpan | None]:
    """The sentence without its marks, and the spans of **figure** and {trigger}."""
    text, spans = helpers.unmark(sentence, "{*")
    return text, next(iter(spans["*"]), None), next(iter(spans["{"]), None)


@pytest.fixture(scope="session")
def read(parse_articles) -> Callable[[Iterable[str]], list[ParsedArticle]]:
    """Texts to parsed articles, in one batch, with the real model."""
    return lambda texts: parse_articles(Article("t", text) for text in texts)


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
