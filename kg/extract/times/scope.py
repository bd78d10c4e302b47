"""What a time reaches: the words that stand in its time, from the one that governs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.lexicon import Lexicon
from kg.extract.times.expressions import TimeWords

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
#: relations by which a word always shares the time of the one above it
SHARES = frozenset(
    {"conj", "xcomp", "attr", "oprd", "dative", "compound", "amod", "agent", "prt", "acomp", "auxpass", "aux"}
)
#: relations of a subject or object, which takes place in its verb's time only where the verb says that it takes place
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})


@dataclass(frozen=True, slots=True)
class AnchoredTime:
    """A time in its sentence: its tokens from ``first`` up to ``end``, and the token outside that governs it.

    ``inner`` heads what the time is counted from, where that follows: of "two days after the bridge fell", "fell".
    """

    words: TimeWords
    first: int
    end: int
    governor: int
    inner: int | None = None


class Scope:
    """The ways of time in one parse; ``triggers`` are the tokens that report events, ``cues`` those that report sayings."""

    def __init__(self, tree: DependencyTree, lexicon: Lexicon, triggers: frozenset[int], cues: frozenset[int]) -> None:
        self.tree, self.links = tree, time_links(lexicon)
        self.triggers, self.cues = triggers, cues

    def place(self, words: TimeWords, first: int, end: int) -> AnchoredTime:
        """A time whose tokens are ``first`` up to ``end``, with the word that governs it."""
        tree = self.tree
        up = next((i for i in range(first, end) if not first <= tree.head[i] < end or tree.head[i] == i), first)
        while tree.head[up] != up and (first <= up < end or self._is_bridge(up)):
            up = tree.head[up]
        if words.parts.get("way", "").lower() not in {"before", "after"}:
            return AnchoredTime(words, first, end, up)
        link = end - 1
        inner = next(iter(tree.kids(link, "pobj", "pcomp")), tree.head[link] if tree.dep[link] == "mark" else None)
        if inner is None or inner < end:
            return AnchoredTime(words, first, end, up)
        return AnchoredTime(words, first, end, self._main(inner, first) if inner == up else up, inner)

    def _main(self, inner: int, first: int) -> int:
        """The word above a clause of time; before it, where the parse puts the clause of time on top."""
        tree, up = self.tree, self.tree.head[inner]
        if up == inner:
            return next((c for c in tree.kids(inner, "ccomp", "advcl") if c < first), inner)
        while tree.head[up] != up and self._is_bridge(up):
            up = tree.head[up]
        return up

    def _is_bridge(self, i: int) -> bool:
        """Whether a word only ties a time to what it dates: "late on", "in the early hours of", "near Hyde Park on"."""
        if self.tree.pos[i] == "PROPN" and self.tree.dep[i] == "pobj" and i not in self.triggers:
            return True
        return self.tree.pos[i] in {"ADP", "SCONJ", "ADV"} or self.tree.lower[i] in self.links["temporal"]

    def above(self, i: int) -> Iterator[int]:
        """The words above ``i`` whose time it shares, nearest first."""
        while (up := self.tree.head[i]) != i and self._shares(i, up):
            yield up
            i = up

    def clause(self, i: int) -> int:
        """The verb that ``i`` stands under, nearest first; ``i`` itself at the root."""
        return next((up for up in (i, *self.tree.climb(i)) if self.tree.pos[up] in VERBAL), i)

    def _shares(self, i: int, up: int) -> bool:
        dep = self.tree.dep[i]
        if up in self.cues and i not in self.cues and dep != "prep":
            return False
        if dep in SHARES or self.tree.dep[i] in {"pobj", "nummod", "quantmod"}:
            return True
        if dep in ARGUMENTS:
            return (
                up in self.triggers or self.tree.pos[up] not in VERBAL or self.tree.lemma[up] in self.links["carries"]
            )
        if dep == "prep":
            return self._is_open(i, up)
        if dep == "pcomp":
            return self.tree.lower[up] in self.links["clause"] or self.tree.lower[up] in {"by", "in"}
        if dep == "advcl":
            marks = [self.tree.lower[c] for c in self.tree.children[i] if self.tree.dep[c] in {"mark", "advmod"}]
            marked = [mark for mark in marks if mark in self.links["bar"] or mark in self.links["clause"]]
            return not marked or marked[0] in self.links["clause"]
        return False

    def _is_open(self, preposition: int, up: int) -> bool:
        """Whether a preposition leads to something of the same time as what governs it."""
        tree, word = self.tree, self.tree.lower[preposition]
        if word in self.links["bar"] or tree.lemma[up] in self.links["apart"]:
            return False
        if word == "of" and tree.pos[up] in NOMINAL:
            return (
                up in self.triggers
                or tree.pos[up] == "NUM"
                or tree.lemma[up] in tree.measures
                or tree.lemma[up] in self.links["part"]
            )
        return True

    def under(self, trigger: int, i: int) -> bool:
        """Whether ``i`` is a noun in the phrases of ``trigger``, no other event between: "drones at the port on Monday"."""
        while i != trigger:
            if i in self.triggers or self.tree.pos[i] not in NOMINAL | {"ADP"} or self.tree.head[i] == i:
                return False
            if self.tree.pos[i] == "ADP" and (
                self.tree.lower[i] in self.links["bar"] or self.tree.lemma[self.tree.head[i]] in self.links["apart"]
            ):
                return False
            i = self.tree.head[i]
        return True


@cache
def time_links(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The words of time_links.tsv, by their kind."""
    found: dict[str, set[str]] = {}
    for row in lexicon.rows("time_links"):
        found.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in found.items()}
