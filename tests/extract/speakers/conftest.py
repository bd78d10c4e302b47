"""Passages with marks: [1:who] <1:cue> {1:content}, a number an attribution; a part may stand several times."""

import pytest

from kg.extract.actors.mentions import find_mentions
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.spacy_parser import parse
from kg.model import Article, Attribution, Style
from tests import helpers

PARTS = {"[": "source", "<": "cue", "{": "content"}


def unmarked(passage):
    """The text without marks, and for each number its parts."""
    text, spans = helpers.unmark(passage, "[<{1")
    parts = {}
    for key, found in spans.items():
        if found:
            parts.setdefault(int(key[:-1]), {})[PARTS[key[-1]]] = found
    return text, parts


@pytest.fixture
def reading(nlp):
    """``reading(text, **article)``: an article's reading with its mentions found."""

    def read(text, **article):
        told = Article(**{"id": "an-article", "text": text} | article)
        found = ParsedArticle(told, next(parse(nlp, [told])))
        found.found.extend(find_mentions(found))
        return found

    return read


def attributions(text, parts):
    """The marked attributions, in the order of their numbers."""
    made = []
    for number, spans in sorted(parts.items()):
        content = tuple(sorted(spans["content"]))
        quoted = text[content[0].start] in "\"“'‘"
        made.append(
            Attribution(
                cue=tuple(spans.get("cue", ())),
                content=content,
                source=tuple(spans.get("source", ())),
                id=f"a{number}",
                style=Style.DIRECT if quoted else Style.INDIRECT,
            )
        )
    return tuple(made)
