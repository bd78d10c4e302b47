"""What prepositions, adverbs and nouns say of how an event lies to a place: place_relations.tsv, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class RelationWords:
    """The rows of place_relations.tsv, by kind, and the nouns through which "of" leads on to a place."""

    prepositions: Mapping[str, str]
    directions: frozenset[str]
    anaphors: Mapping[str, tuple[str, ...]]
    undergo: frozenset[str]
    no_object: frozenset[str]
    nouns: frozenset[str]
    facilities: frozenset[str]
    parts: Mapping[str, str]
    noticed: frozenset[str]
    definite: frozenset[str]
    elsewhere: frozenset[str]
    impact: frozenset[str]
    authorities: frozenset[str]
    governing: frozenset[str]


@cache
def relation_words(lexicon: Lexicon) -> RelationWords:
    """place_relations.tsv, and the place nouns of place_words.tsv."""
    rows = lexicon.rows("place_relations")
    kinds = {
        kind: {row["word"]: row["means"] for row in rows if row["kind"] == kind}
        for kind in {row["kind"] for row in rows}
    }
    nouns = {row["word"] for row in lexicon.rows("place_words") if row["kind"] in {"of_place", "kind_noun"}}
    nouns -= {row["word"] for row in lexicon.rows("place_words") if row["kind"] == "dweller"}
    return RelationWords(
        kinds["preposition"],
        frozenset(kinds["direction"]),
        {word: tuple(means.split("|")) for word, means in kinds["anaphor"].items()},
        frozenset(kinds["undergo"]),
        frozenset(kinds["no_object"]),
        frozenset(nouns),
        frozenset(row["word"] for row in lexicon.rows("place_words") if row["kind"] == "facility"),
        kinds["part"],
        frozenset(kinds["noticed"]),
        frozenset(kinds["definite"]),
        frozenset(kinds["elsewhere"]),
        frozenset(kinds["impact"]),
        frozenset(kinds["authority"]),
        frozenset(kinds["governs"]),
    )


def is_part(tree: DependencyTree, known: RelationWords, i: int) -> bool:
    """Whether a word names a part of what its sentence reports: where that part is, the whole need not be.

    "42 drones, of which five were shot down over Odesa", "33 drones, including five over Odesa", "with five over Odesa".
    """
    if tree.dep[i] == "relcl":
        return any(
            tree.lower[prep] == "of" and any(tree.tag[p] in {"WDT", "WP"} for p in tree.kids(prep, "pobj"))
            for prep in tree.kids(i, "prep")
        )
    while tree.dep[i] == "conj":
        i = tree.head[i]
    of = known.parts.get(tree.lower[tree.head[i]]) if tree.dep[i] == "pobj" else None
    return of == "any" or (of == "number" and tree.pos[i] == "NUM")
