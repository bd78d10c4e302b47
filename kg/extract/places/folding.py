"""How names of places are compared: one folded form for all spellings of a name, and a slug for its id."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kg.extract.lexicon import Lexicon

_APOSTROPHES = re.compile(r"['’‘ʼ`´ʹʻ]")
_GAPS = re.compile(r"[\s\-–—_.,/]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_INITIALS = re.compile(r"^(?:\w\.){2,}$")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form under which a name is looked up: no case, marks or apostrophes, short first words in full.

    >>> fold("St. Louis"), fold("Côte d’Ivoire"), fold("U.S."), fold("Bila Hora-Andriivka")
    ('saint louis', 'cote divoire', 'us', 'bila hora andriivka')
    """
    words = name.strip().lower().split(maxsplit=1)
    if len(words) == 2:
        words[0] = _short_words().get(words[0], words[0])
    plain = _without_marks(" ".join(words)).lower()
    if _INITIALS.match(plain):
        plain = plain.replace(".", "")
    return _GAPS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


def slug(name: str) -> str:
    """The local part of an id.

    >>> slug("Kyiv Oblast")
    'kyiv-oblast'
    """
    return _NOT_SLUG.sub("-", fold(name)).strip("-")


def _without_marks(name: str) -> str:
    if name.isascii():
        return name
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


@cache
def _short_words() -> dict[str, str]:
    return {row["word"]: row["means"] for row in Lexicon().rows("place_words") if row["kind"] == "short"}


@cache
def place_words(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The words of place_words.tsv, by kind."""
    rows = lexicon.rows("place_words")
    return {kind: frozenset(r["word"] for r in rows if r["kind"] == kind) for kind in {row["kind"] for row in rows}}


@cache
def endings(lexicon: Lexicon) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """How names of townsfolk end ("Odesans"), and what the town's name may have in its place."""
    rows = lexicon.rows("place_words")
    return tuple((row["word"], tuple(row["means"].split("|"))) for row in rows if row["kind"] == "townsfolk")
