"""A parse as plain lists: what rules over many tokens read, at a fraction of the cost of spaCy's own objects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.strings import StringStore
from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon


class DependencyTree:
    """Columns of a Doc, by token index: words, lemmas, tags, heads and children."""

    __slots__ = ("children", "dep", "doc", "ent", "head", "lemma", "lower", "measures", "pos", "tag")

    def __init__(self, doc: Doc, measures: frozenset[str] = frozenset()) -> None:
        self.doc = doc
        self.measures = measures  # "dozens of missiles", "a wave of attacks": nouns looked through to what they measure
        strings = doc.vocab.strings
        columns = doc.to_array(["LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "HEAD"]).astype("uint64")
        lower, lemma, pos, tag, dep, ent = columns[:, :6].T.tolist()
        head = columns[:, 6].astype("int64").tolist()  # an offset from the token, which may be negative
        self.lower = _spell(lower, strings)
        self.lemma = _spell(lemma, strings, low=True)
        self.pos = _spell(pos, strings)
        self.tag = _spell(tag, strings)
        self.dep = _spell(dep, strings)
        self.ent = _spell(ent, strings)
        self.head: list[int] = [i + x for i, x in enumerate(head)]
        self.children: list[list[int]] = [[] for _ in self.lower]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)

    def __len__(self) -> int:
        return len(self.lower)

    def kids(self, i: int, *deps: str) -> list[int]:
        """The children of ``i`` that depend on it by one of ``deps``."""
        return [c for c in self.children[i] if self.dep[c] in deps]

    def subtree(self, i: int, cut: frozenset[int] = frozenset()) -> list[int]:
        """The indexes of ``i`` and all below it, in text order; what is below an index of ``cut`` is left out."""
        found, todo = [], [i]
        while todo:
            at = todo.pop()
            found.append(at)
            todo.extend(c for c in self.children[at] if c not in cut)
        found.sort()
        return found

    def climb(self, i: int) -> Iterator[int]:
        """The heads above ``i``, nearest first, to the root."""
        while self.head[i] != i:
            i = self.head[i]
            yield i

    def conjuncts(self, i: int) -> list[int]:
        """``i`` and what is coordinated after it."""
        found = [i]
        for at in found:
            found.extend(self.kids(at, "conj"))
        return found

    def measured(self, i: int) -> list[int]:
        """``i``, what is coordinated with it, and what they measure: "30 of at least 35 drones" gives 30, 35 and drones."""
        found: list[int] = []
        todo = self.conjuncts(i)
        while todo:
            at = todo.pop(0)
            if at in found:
                continue
            found.append(at)
            if self.is_measure(at):
                for prep in self.kids(at, "prep"):
                    if self.lower[prep] == "of":
                        todo.extend(x for p in self.kids(prep, "pobj") for x in self.conjuncts(p))
        return found

    def is_measure(self, i: int) -> bool:
        """Whether a word says how many or how much of what follows its "of"."""
        return self.pos[i] == "NUM" or self.lemma[i] in self.measures or self.lower[i] in self.measures

    def outermost(self, i: int) -> int:
        """The noun that measures ``i``, seen from outside: of "a wave of drone attacks", from attacks, "wave"."""
        while self.dep[i] == "pobj" and self.lower[self.head[i]] == "of":
            above = self.head[self.head[i]]
            if not self.is_measure(above):
                break
            i = above
        while self.dep[i] == "conj" and self.pos[self.head[i]] in {"NOUN", "PROPN", "NUM"}:
            i = self.head[i]
        return i

    def particles(self, i: int) -> list[str]:
        """The particles of a verb: "shot down", "broke out"."""
        return [
            self.lower[c]
            for c in self.children[i]
            if self.dep[c] == "prt"
            or (self.dep[c] in {"advmod", "prep"} and self.pos[c] in {"ADP", "ADV"} and not self.kids(c, "pobj"))
        ]

    def objects(self, i: int) -> list[int]:
        """What a verb acts on: its object, the subject of its passive, the noun that it modifies; none where there is none."""
        found = self.kids(i, "dobj", "nsubjpass")
        if not found and self.bare_passive(i):
            found = self.kids(i, "nsubj")
        if not found and self.tag[i] == "VBN" and self.dep[i] in {"acl", "amod"}:
            found = [self.head[i]]
        if self.dep[i] == "relcl" and (not found or all(self.tag[x] in {"WDT", "WP"} for x in found)):
            passive = bool(self.kids(i, "nsubjpass", "auxpass"))
            if passive or any(self.tag[x] in {"WDT", "WP"} for x in found) or self._lacks_object(i):
                found = [self.head[i]]
        if not found and self.tag[i] == "VBN" and not self.kids(i, "nsubj"):
            found = self._shared_object(i)
        if not found and self.gerund_before_noun(i):
            found = [self.head[i]]
        if not found:  # "shot and killed a neighbour"
            found = [x for c in self.kids(i, "conj") if self.tag[c] == self.tag[i] for x in self.kids(c, "dobj")]
        return found

    def gerund_before_noun(self, i: int) -> bool:
        """Whether a verb is a gerund with its object that the parser takes for an adjective: "accused of killing Bolton"."""
        return (
            self.tag[i] == "VBG" and self.dep[i] == "amod" and i > 0 and self.dep[i - 1] == "prep" and i < self.head[i]
        )

    def _shared_object(self, i: int) -> list[int]:
        """What a passive without a subject of its own is about: "were shot and killed", "believed to have been shot"."""
        above = self.head[i]
        if self.dep[i] == "conj" and self.tag[above] == "VBN" and not self.kids(i, "dobj"):
            return self.objects(above)
        if self.dep[i] in {"oprd", "acomp"}:  # "was found shot", "left two men injured"
            return self.kids(above, "nsubjpass") or self.kids(above, "dobj")
        if self.dep[i] in {"xcomp", "advcl", "pcomp"} and self.kids(i, "auxpass"):
            above = self.head[above] if self.pos[above] in {"ADP", "SCONJ"} else above
            return self.kids(above, "nsubjpass", "nsubj")
        return []

    def bare_passive(self, i: int) -> bool:
        """Whether a verb is a passive without its auxiliary, with a noun before it: "with two people injured"."""
        return self.tag[i] == "VBN" and self.dep[i] != "relcl" and not self.kids(i, "aux", "auxpass", "dobj")

    def _lacks_object(self, i: int) -> bool:
        subjects = self.kids(i, "nsubj")
        return bool(subjects) and not any(self.tag[x] in {"WDT", "WP"} for x in subjects)

    def subjects(self, i: int, depth: int = 0) -> list[int]:
        """Who does what a verb says: its subject or by-phrase, the noun of its relative clause, or the subject it shares."""
        for c in self.children[i]:
            if self.dep[c] == "agent":
                return self.kids(c, "pobj")
            if self.dep[c] == "nsubj":
                if self.tag[c] in {"WDT", "WP"} and self.dep[i] == "relcl":
                    return [self.head[i]]
                return [] if self.bare_passive(i) else [c]
        if depth > 4 or self.kids(i, "nsubjpass", "auxpass"):
            return []
        if self.dep[i] in {"acomp", "oprd"}:  # "left 14 missing": of the object, where there is one
            return self.kids(self.head[i], "dobj") or self.kids(self.head[i], "nsubj", "nsubjpass")
        if self.dep[i] == "acl" and self.tag[i] == "VBG":
            return [self.head[i]]
        if self.gerund_before_noun(i):
            above = self.head[i - 1]
            return self.kids(above, "nsubjpass") or self.subjects(above, depth + 1)
        if self.dep[i] in {"conj", "xcomp", "advcl", "pcomp", "ccomp"}:
            if self.dep[i] == "ccomp" and self.tag[i] not in {"VBG", "VB"}:
                return []
            above = self.head[i]
            if self.pos[above] == "ADP":
                above = self.head[above]
            if self.dep[i] == "xcomp" and (asked := self.kids(above, "dobj")):
                return asked
            if self.pos[above] in {"VERB", "AUX"}:
                return self.subjects(above, depth + 1) or (
                    self.kids(above, "nsubjpass") if self.tag[i] in {"VB", "VBG"} else []
                )
            if self.pos[above] == "ADJ" and self.dep[above] in {"acomp", "oprd"}:
                return self.subjects(self.head[above], depth + 1)
        return []

    def phrases(self, i: int) -> Iterator[tuple[str, int]]:
        """The prepositional phrases of ``i``: the preposition, and the noun it governs."""
        for c in self.children[i]:
            if self.dep[c] in {"prep", "agent", "dative"} or (self.dep[c] == "advmod" and self.pos[c] == "ADP"):
                for p in self.children[c]:
                    if self.dep[p] == "pobj":
                        yield self.lower[c], p
                    elif self.dep[p] == "prep":  # "from across the border", "out of the city"
                        yield from ((f"{self.lower[c]} {self.lower[p]}", x) for x in self.kids(p, "pobj"))


@cache
def measure_words(lexicon: Lexicon) -> frozenset[str]:
    """The nouns that are looked through to what they measure: "dozens of missiles"."""
    return frozenset(
        word for row in lexicon.rows("classes") if row["class"] == "measure" for word in row["words"].split()
    )


def _spell(column: list[int], strings: StringStore, *, low: bool = False) -> list[str]:
    names = {each: strings[each] if each else "" for each in set(column)}
    if low:
        names = {each: name.lower() for each, name in names.items()}
    return [names[each] for each in column]
