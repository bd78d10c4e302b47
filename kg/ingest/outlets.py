"""Find the outlet of an article from its own words. Unknown is better than wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.ingest.tables import rows
from kg.model import CharSpan

_NAME = r"(?P<outlet>(?:[Tt]he )?[A-Z][\w.'’&/-]*(?: (?:of |the )?[A-Z][\w.'’&/-]*){0,4})"


def known_outlets(name: str) -> str | None:
    """Normalise the name of an outlet; None if it is not a known one.

    A name that ends in a typical word is an outlet ("The Harbour Courier"); just "the Post" is ambiguous.

    >>> known_outlets("AP"), known_outlets("Harbour Courier"), known_outlets("The Post"), known_outlets("Officials")
    ('Associated Press', 'Harbour Courier', None, None)
    """
    if name in _names():
        return _names()[name]
    words = name.split()
    if words[0].lower() == "the":
        words = words[1:]
        name = "The " + " ".join(words)
    return name if len(words) > 1 and words[-1] in _words() else None


def agencies() -> tuple[str, ...]:
    """Return all forms of all agency names, longest first, so that "AP" does not match in "APA"."""
    forms = [form for name, kind, aliases in rows("outlets.tsv") if kind == "agency" for form in _forms(name, aliases)]
    with_words = [rf"{word}" for word in forms]
    return tuple(sorted(with_words, key=lambda form: (-len(form), form)))


def self_references(text: str) -> Iterator[tuple[str, CharSpan]]:
    """Find each known outlet that ``text`` mentions as its publisher, with the span."""
    for pattern in self_patterns():
        for match in pattern.finditer(text):
            if outlet := known_outlets(match["outlet"]):
                yield outlet, CharSpan(*match.span())


@cache
def self_patterns() -> tuple[re.Pattern[str], ...]:
    """Read patterns/self_reference.tsv."""
    return tuple(re.compile(rf"\b{written.replace('{outlet}', _NAME)}") for _, written, _ in rows("self_reference.tsv"))


def _forms(name: str, aliases: str) -> list[str]:
    return [name, *filter(None, aliases.split("|"))]


@cache
def _names() -> dict[str, str]:
    listed = [(name, aliases) for name, kind, aliases in rows("outlets.tsv") if kind != "word"]
    return {form: name for name, aliases in listed for form in _forms(name, aliases)}


@cache
def _words() -> frozenset[str]:
    return frozenset(name for name, kind, _ in rows("outlets.tsv") if kind == "word")
