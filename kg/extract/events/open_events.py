"""Find the main predicate of a claim or sentence whose events no type of the scheme fits.

    "Acme will buy Bolt," she said.   -> Occurrence, trigger "buy", label "Acme will buy Bolt"
    He said the bridge was unsafe.    -> State, trigger "unsafe", label "the bridge was unsafe"

Only main predicates: one event for a content, or for a sentence of the article's own voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.voices import Voices
from kg.extract.events.triggers import Arguments, Candidate
from kg.model import Attribution, Kind, Role

OCCURRENCE, STATE = "Occurrence", "State"
#: the rule name of these events, and the share of them whose predicate and roles are right in a sample
RULE, CONFIDENCE = "open", 0.9
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "ADJ"})
COMPLEMENTS = ("attr", "acomp", "oprd")
#: relations of the words that belong to a verb's own form: "had not been told", "broke out"
VERB_FORM = frozenset({"aux", "auxpass", "neg", "prt"})


def open_candidates(
    parsed: ParsedArticle, attributions: Sequence[Attribution], voices: Voices, speakers: Iterable[int], taken: set[int]
) -> list[tuple[Candidate, int]]:
    """Return a candidate for each content and each own sentence without an event, with the index of its attribution or -1.

    ``speakers`` are the attributions that have an event, ``taken`` the tokens of events and their light verbs.
    """
    finder = _PredicateFinder(parsed, voices)
    covered = set(speakers)
    found = [
        (candidate, k)
        for k, attribution in enumerate(attributions)
        if k not in covered
        and attribution.kind is not Kind.RELAY
        and (candidate := finder.of_content(parsed, attribution, k)) is not None
    ]
    busy = {parsed.sentence_numbers[i] for i in taken if voices.owner[i] < 0}
    found += [(candidate, -1) for candidate in finder.of_sentences(parsed, busy)]
    return [(candidate, speaker) for candidate, speaker in found if candidate.at not in taken]


class _PredicateFinder:
    def __init__(self, parsed: ParsedArticle, voices: Voices) -> None:
        classes = parsed.lexicon.classes()
        self.tree, self.voices, self.silent = parsed.tree, voices, parsed.silent
        self.raising, self.stative, self.copulas = classes["raising"], classes["stative"], classes["copula"]

    def of_content(self, parsed: ParsedArticle, attribution: Attribution, k: int) -> Candidate | None:
        """The main predicate of a content; None where it is a name or a pronoun and reports nothing."""
        inside = [
            token.i
            for span in attribution.content
            for token in parsed.tokens(span)
            if self.voices.owner[token.i] == k and token.i not in self.silent and not self.voices.cues[token.i]
        ]
        return self._main(inside)

    def of_sentences(self, parsed: ParsedArticle, busy: set[int]) -> Iterable[Candidate]:
        """The main predicates of the article's own sentences, but for those that are ``busy``."""
        tree = self.tree
        for i in range(len(tree)):
            if tree.dep[i] != "ROOT" or tree.pos[i] not in VERBAL or i in self.silent or self.voices.taken[i]:
                continue
            if parsed.sentence_numbers[i] not in busy:
                yield self._predicate(i)

    def _main(self, inside: list[int]) -> Candidate | None:
        tree, within = self.tree, set(inside)
        tops = [i for i in inside if tree.head[i] == i or tree.head[i] not in within]
        for i in tops:
            if tree.pos[i] in VERBAL and tree.dep[i] not in VERB_FORM:
                return self._predicate(i, within)
        for i in tops:
            if tree.pos[i] in NOMINAL:
                return Candidate(i, STATE, RULE, Arguments(tree, i), confidence=CONFIDENCE)
        return None

    def _predicate(self, at: int, within: set[int] | None = None) -> Candidate:
        """The predicate that a verb leads to: past "is expected to" and "began to", and from "be" to what is said of it."""
        tree = self.tree
        for _ in range(4):
            below = self._raised(at)
            if below is None or (within is not None and below not in within):
                break
            at = below
        if tree.lemma[at] in self.copulas:
            for said in tree.kids(at, *COMPLEMENTS):
                if (within is None or said in within) and tree.pos[said] in NOMINAL | {"PROPN", "NUM", "VERB"}:
                    return Candidate(said, STATE, RULE, Arguments(tree, said, at, "agent"), at, "agent", CONFIDENCE)
        general = STATE if tree.lemma[at] in self.stative or tree.lemma[at] == "be" else OCCURRENCE
        return Candidate(at, general, RULE, Arguments(tree, at), confidence=CONFIDENCE)

    def _raised(self, at: int) -> int | None:
        """The verb that "seems to", "is likely to", "has to" and the like only colour."""
        tree = self.tree
        bearers = [at, *(c for c in tree.kids(at, "acomp", "oprd") if tree.lemma[at] == "be")]
        for bearer in bearers:
            if tree.lemma[bearer] in self.raising:
                for below in tree.kids(bearer, "xcomp"):
                    if tree.pos[below] in VERBAL:
                        return below
        return None


def predicate_of(tree: DependencyTree, candidate: Candidate) -> str:
    """The predicate in its base form: "buy", "break out", "be unsafe"."""
    at = candidate.at
    if candidate.verb is not None:
        return f"{tree.lemma[candidate.verb]} {tree.lower[at]}"
    if tree.pos[at] not in VERBAL:
        return tree.lower[at]
    return " ".join([tree.lemma[at], *(tree.lower[c] for c in tree.kids(at, "prt"))])


def label_of(tree: DependencyTree, candidate: Candidate, roles: Sequence[Role]) -> str:
    """A readable label from the article's own words: subject, verb form or complement, object."""
    at, verb = candidate.at, candidate.verb if candidate.verb is not None else candidate.at
    form = sorted(
        {verb, at}
        | {c for i in (verb, at) for c in tree.children[i] if tree.dep[c] in VERB_FORM and tree.tag[c] != "TO"}
    )
    words = " ".join(tree.doc[i].text for i in form)
    start = tree.doc[form[0]].idx
    before = [role.label for role in roles if role.span.end <= start]
    after = [role for role in roles if role.span.start >= start]
    passive = any(tree.dep[c] == "agent" for c in tree.children[at])
    by = ["by"] if passive and after and after[0].role == "agent" else []
    return " ".join([*before[:1], words, *by, *(role.label for role in after[:1])])
