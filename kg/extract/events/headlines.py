"""Which words stand in a headline: a line of capitalised words, whose parse is not relied on."""

from __future__ import annotations

from kg.extract.document.dependency_tree import DependencyTree

#: how many words a headline may have
LENGTH = range(3, 25)

#: a longer word is one of more letters than these; of a headline's longer words, this part is capitalised
SHORT, CAPITALISED = 3, 0.8

#: what ends a sentence, and no headline
ENDS = frozenset({".", "?", "!", "''", '"', "”"})


def headline_words(tree: DependencyTree) -> frozenset[int]:
    """The tokens of the lines that are headlines: "Two Shot Dead in Night Club"."""
    found: list[int] = []
    line: list[int] = []
    for i, token in enumerate(tree.doc):
        if "\n" in token.text:
            found.extend(_words(tree, line))
            line = []
        else:
            line.append(i)
    return frozenset((*found, *_words(tree, line)))


def _words(tree: DependencyTree, line: list[int]) -> list[int]:
    """The words of a line, where it is a headline."""
    words = [i for i in line if tree.doc[i].is_alpha]
    longer = [i for i in words if len(tree.lower[i]) > SHORT]
    if len(words) not in LENGTH or tree.doc[line[-1]].text in ENDS:
        return []
    capitalised = sum(tree.doc[i].text[0].isupper() for i in longer)
    return words if capitalised > CAPITALISED * len(longer) else []
