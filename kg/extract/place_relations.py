"""What prepositions, adverbs and nouns say of how an event lies to a place: place_relations.tsv, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Words:
    """The rows of place_relations.tsv, by kind, and the nouns through which "of" leads on to a place."""

    prepositions: Mapping[str, str]
    directions: frozenset[str]
    anaphors: Mapping[str, tuple[str, ...]]
    undergo: frozenset[str]
    no_object: frozenset[str]
    nouns: frozenset[str]


@cache
def words(lexicon: Lexicon) -> Words:
    """place_relations.tsv, and the place nouns of place_words.tsv."""
    rows = lexicon.rows("place_relations")
    kinds = {
        kind: {row["word"]: row["means"] for row in rows if row["kind"] == kind}
        for kind in {row["kind"] for row in rows}
    }
    nouns = {row["word"] for row in lexicon.rows("place_words") if row["kind"] in {"of_place", "kind_noun"}}
    return Words(
        kinds["preposition"],
        frozenset(kinds["direction"]),
        {word: tuple(means.split("|")) for word, means in kinds["anaphor"].items()},
        frozenset(kinds["undergo"]),
        frozenset(kinds["no_object"]),
        frozenset(nouns),
    )
