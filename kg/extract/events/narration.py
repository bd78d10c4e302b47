"""The spans of an article's own voice: the words of a clause that no attribution contains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.document.voices import Voices
from kg.model import CharSpan

#: relations that begin a clause of their own
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "parataxis"})

#: relations of phrases that can be left off a clause
ATTACHED = frozenset({"prep", "advcl", "npadvmod", "relcl", "acl", "appos", "parataxis", "ccomp", "conj"})


class NarrationSpans:
    """Finds the span of narration that reports an event."""

    def __init__(self, tree: DependencyTree, voices: Voices, classes: Mapping[str, frozenset[str]]) -> None:
        self.tree, self.voices, self.classes = tree, voices, classes
        self.sequels = classes["sequel"]

    def head(self, at: int) -> int:
        """The word at the head of the passage that ``at`` stands in: of its clause, or of a phrase aside ("after the attack")."""
        tree = self.tree
        while True:
            above = tree.head[at]
            if above == at or (tree.dep[at] in CLAUSES and tree.pos[at] in {"VERB", "AUX"}):
                return at
            if self.voices.taken[above]:
                return at
            if tree.dep[at] == "conj" and tree.pos[at] in {"VERB", "AUX"} and tree.kids(at, "nsubj", "nsubjpass"):
                return at
            if tree.lower[above] in self.sequels:
                if tree.dep[at] in {"pobj", "pcomp"} and tree.dep[above] == "prep":
                    return at
                if tree.dep[at] == "dobj" and tree.tag[above] == "VBG":  # "following its invasion in May"
                    return above
            at = above

    def points_back(self, head: int, at: int) -> bool:
        """Whether a noun in a phrase aside only points back to what was reported before: "ahead of the meeting"."""
        tree = self.tree
        if tree.pos[at] in {"VERB", "AUX"} or (head != at and tree.pos[head] not in {"ADP", "ADV"}):
            return False
        return bool(tree.children[at]) and all(tree.lower[c] in self.classes["pointing"] for c in tree.children[at])

    def content(self, head: int, heads: frozenset[int], trigger: int) -> tuple[CharSpan, ...]:
        """The words under ``head`` that stand under no other of ``heads`` and in no attribution."""
        tree, taken = self.tree, self.voices.taken
        saying = self.voices.cues[
            trigger
        ]  # that somebody says it is what the article reports: "was charged with murder"
        cut = heads - {head}
        cut |= frozenset(self._glue(head, trigger, cut))
        cut |= {i for i, cue in enumerate(self.voices.cues) if cue} - {head, trigger, *tree.climb(trigger)}
        kept = [i for i in tree.subtree(head, cut) if (saying or not taken[i]) and tree.pos[i] != "SPACE"]
        runs: list[list[int]] = []
        for i in kept:
            if runs and all(tree.pos[k] == "SPACE" for k in range(runs[-1][-1] + 1, i)):
                runs[-1].append(i)
            else:
                runs.append([i])
        found = []
        for run in runs:
            trimmed = self._trim(run, head)
            if trigger in trimmed or len(trimmed) > 3:
                found.append(CharSpan(tree.doc[trimmed[0]].idx, tree.doc[trimmed[-1]].idx + len(tree.doc[trimmed[-1]])))
        return tuple(found)

    def _glue(self, head: int, trigger: int, cut: frozenset[int]) -> Iterable[int]:
        """The words at the head of phrases that only lead up to an attribution: "three days after what officials called ..."."""
        tree, cues = self.tree, self.voices.cues
        spared = {trigger, *tree.climb(trigger)}
        for i in tree.subtree(head, cut):
            if cues[i]:
                for at in (i, *tree.climb(i)):
                    if at in spared:
                        break
                    if tree.dep[at] in ATTACHED:
                        yield at
                        break

    def _trim(self, run: list[int], head: int) -> list[int]:
        """A run without what only joins it to its surroundings."""
        tree = self.tree
        first, last = 0, len(run)
        while last > first and (
            tree.pos[run[last - 1]] in {"PUNCT", "CCONJ", "PART"} or tree.dep[run[last - 1]] in {"cc", "mark", "prep"}
        ):
            last -= 1
        while first < last and (
            tree.pos[run[first]] in {"PUNCT", "CCONJ", "SCONJ"}
            or tree.dep[run[first]] in {"mark", "cc"}
            or (run[first] == head and (tree.dep[head] == "prep" or tree.lower[head] in self.sequels))
        ):
            first += 1
        return run[first:last]
