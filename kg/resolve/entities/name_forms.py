"""What spellings of one name share: case, accents and articles apart; letters that transliterations change; acronyms."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from kg.text_tables import read_rows

#: words that an acronym passes over
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "a", "an"})


def key(name: str) -> str:
    """A name without case, accents, articles, dots and possessive marks: what two ways to write one name share.

    >>> key("The Kyiv Independent's")
    'kyiv independent'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("\u2019", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(word for word in re.findall(r"\w+", re.sub(r"'s\b", "", plain)) if word not in ("the", "a", "an"))


def skeleton(name: str) -> str:
    """A name with the letters that transliterations differ in made one (transliterations.tsv).

    >>> skeleton("Zelensky") == skeleton("Zelenskiy") == skeleton("Zelenskyy")
    True
    """
    shape = key(name)
    for written, common in _rows():
        shape = re.sub(written, common, shape)
    return shape


def acronym(name: str) -> str:
    """The first letters of a name of three words or more, or nothing.

    >>> acronym("Kyiv City Military Administration")
    'KCMA'
    """
    words = [word for word in re.findall(r"\w+", name) if word.casefold() not in SMALL]
    return "".join(word[0] for word in words).upper() if len(words) > 2 else ""


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    path = Path(__file__).with_name("transliterations.tsv")
    return tuple((row["written"], row["common"]) for row, _ in read_rows(path, ("written", "common", "example")))
