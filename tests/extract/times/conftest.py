import re
from functools import cache

import pytest

from kg.extract.document import spacy_parser
from kg.extract.document.parsed_article import ParsedArticle
from kg.model import Article, CharSpan

MARK = re.compile(r"[{}<>\[\]]")


def unmark(text: str) -> tuple[str, dict[str, list[CharSpan]]]:
    """The text without its marks, and where what {stands}, <stands> or [stands] in each kind of them is."""
    plain, opened, at = "", {}, 0
    spans = {"{": [], "<": [], "[": []}
    for match in MARK.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match.group() in spans:
            opened[match.group()] = len(plain)
        else:
            kind = {"}": "{", ">": "<", "]": "["}[match.group()]
            spans[kind].append(CharSpan(opened[kind], len(plain)))
    return plain + text[at:], spans


@cache
def _nlp():
    return spacy_parser.load()


@pytest.fixture(scope="session")
def read():
    """Texts and their days to readings, in one batch, with the real model."""

    def reader(texts, datelines):
        articles = [Article("t", text, published=day or None) for text, day in zip(texts, datelines, strict=True)]
        return [
            ParsedArticle(article, doc)
            for article, doc in zip(articles, spacy_parser.parse(_nlp(), articles), strict=True)
        ]

    return reader


@pytest.fixture(scope="session")
def unmarked():
    """`unmark`, for tests, which cannot import their conftest."""
    return unmark
