"""Check the characters and quotation marks of a text; problems become issues with the first position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

from kg.model import Article, CharSpan, Issue, Severity

#: C0 and C1 controls other than tab, line feed, form feed, carriage return and next line
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
#: embeddings, overrides and isolates of the bidirectional algorithm: displayed and stored text may differ
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_PARAGRAPH = re.compile(r"[^\r\n]*\S[^\r\n]*")


def drop_surrogates(article: Article) -> Article:
    """Replace lone surrogates (valid in JSON, not in UTF-8) by U+FFFD, with an issue.

    One code point replaces one, so that offsets do not change.
    """
    replaced = {
        each.name: _SURROGATES.sub("\ufffd", value)
        for each in fields(article)
        if isinstance(value := getattr(article, each.name), str) and _SURROGATES.search(value)
    }
    if not replaced:
        return article
    found = _SURROGATES.search(article.text)
    issue = Issue(
        "lone-surrogate",
        "The text has half of a surrogate pair, which is replaced by U+FFFD. Correct the source.",
        CharSpan(*found.span()) if found else None,
    )
    return replace(article, **replaced, issues=(*article.issues, issue))  # type: ignore[arg-type]  # str fields for str fields


def check_text(article: Article) -> Iterator[Issue]:
    """Return the issues of the article's text."""
    for code, pattern, what in (
        ("control-characters", _CONTROLS, "control characters, which are kept"),
        (
            "direction-marks",
            _DIRECTIONS,
            "characters that change the reading direction: the displayed text may differ from the stored one",
        ),
    ):
        if found := pattern.search(article.text):
            count = len(pattern.findall(article.text))
            yield Issue(code, f"The text has {count} {what}.", CharSpan(*found.span()))
    yield from _unbalanced(article.text)


def _unbalanced(text: str) -> Iterator[Issue]:
    """Report the first unmatched double quotation mark of a paragraph; a quotation may continue in the next one."""
    paragraphs = list(_PARAGRAPH.finditer(text))
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1][0].lstrip() if number + 1 < len(paragraphs) else ""
        if (at := _stray(paragraph[0])) is None:
            continue
        if paragraph[0][at] != "”" and following.startswith(("“", '"')):
            continue  # a quotation of several paragraphs opens in each and closes once
        spot = paragraph.start() + at
        said = "A quotation mark has no counterpart in its paragraph: the end of the quotation is uncertain."
        yield Issue("unbalanced-quotes", said, CharSpan(spot, spot + 1), Severity.INFO)
        return


def _stray(paragraph: str) -> int | None:
    """Find a double quotation mark without its counterpart."""
    open_at: int | None = None
    for at, mark in ((match.start(), match[0]) for match in re.finditer('["“”]', paragraph)):
        if mark == "”" and open_at is None:
            return at
        if mark == "“" and open_at is not None:
            return open_at
        open_at = None if mark == "”" or (mark == '"' and open_at is not None) else at
    return open_at
