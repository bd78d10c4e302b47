"""Sentences with their marks: [source] <cue> {content}."""

import pytest

from kg.extract.attribution import merge
from kg.extract.attribution.direct_speech import find_direct_speech
from kg.extract.attribution.non_statements import find_non_statements
from kg.extract.attribution.nonverbal_cues import find_nonverbal_cues
from kg.extract.attribution.set_phrases import find_set_phrases
from kg.extract.attribution.verb_cues import find_verb_cues
from kg.extract.document.parsed_article import ParsedArticle
from kg.model import Article
from tests import helpers

MARKS = {"source": "[", "cue": "<", "content": "{"}


def unmarked(marked):
    """The sentence without its marks, and the words of each part."""
    plain, spans = helpers.unmark(marked, "[<{")
    return plain, {name: [span.of(plain) for span in spans[mark]] for name, mark in MARKS.items()}


def settled(doc):
    """The attributions of a parsed text."""
    reading = ParsedArticle(Article("a", doc.text), doc)
    for look in (find_verb_cues, find_nonverbal_cues, find_non_statements, find_set_phrases, find_direct_speech):
        reading.found.extend(look(reading))
    return merge.merge(reading)


def parts_of(text, found):
    """The words of each part of an attribution."""
    return {name: [span.of(text) for span in getattr(found, name)] for name in MARKS}


@pytest.fixture(scope="session")
def read(nlp):
    """``read(texts)``: the attributions of each text, and the texts parsed in one go."""

    def read_all(texts):
        return [(doc.text, settled(doc)) for doc in nlp.pipe(texts, batch_size=64)]

    return read_all


@pytest.fixture(scope="session")
def marks():
    """The two helpers that turn marks into words and attributions into words."""
    return unmarked, parts_of
