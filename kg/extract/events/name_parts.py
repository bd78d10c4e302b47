"""Which nouns are names, or parts of a word that reports no event."""

from __future__ import annotations

from kg.extract.document.dependency_tree import DependencyTree

#: entities that are names of works and things
TITLES = frozenset({"WORK_OF_ART", "PRODUCT"})

#: what stands before the hyphen of a later part of a word: "search-and-rescue", "anti-war"
JOINING = frozenset({"and", "or", "non", "anti", "counter"})


def is_name(tree: DependencyTree, i: int) -> bool:
    """Whether a noun is a name, or stands in one that the entities leave out: "in the film Rising Tide Storm"."""
    if tree.pos[i] != "PROPN" or tree.ent[i]:
        return tree.ent[i] in TITLES or tree.pos[i] == "PROPN"
    before = tree.doc[i - 1] if i else None
    if before is None or before.is_sent_start or tree.ent[i - 1] or not before.is_alpha:
        return False
    return before.text.istitle() and tree.doc[i].text.istitle()


def is_word_part(tree: DependencyTree, i: int) -> bool:
    """Whether a noun is a part of a word that names no event: "search-and-rescue teams", "typhoon-related"."""
    lower = tree.lower
    after = i > 1 and lower[i - 1] == "-" and lower[i - 2] in JOINING
    return after or (i + 2 < len(lower) and lower[i + 1] == "-" and not tree.doc[i + 1].whitespace_)
