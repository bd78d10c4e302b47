"""Whether, how surely and when an event is reported: modality.tsv over a parse (FactBank's sense)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.events.triggers import Candidate, load_triggers
from kg.extract.lexicon import Lexicon
from kg.model import Certainty, Polarity, Tense

#: from the surest: of two, the less sure one stands
ORDER = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNSPECIFIED)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word of modality.tsv does to what stands under it."""

    certainty: Certainty | None
    negative: bool
    tense: Tense | None


@dataclass(frozen=True, slots=True)
class Factuality:
    """Polarity, certainty and tense of an event as reported; ``generic`` where a rule or habit is reported and no event."""

    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    tense: Tense = Tense.PAST
    generic: bool = False

    def under(self, effect: Effect | None) -> Factuality:
        """The verdict once ``effect`` is laid on it."""
        if effect is None:
            return self
        certainty = max(self.certainty, effect.certainty or Certainty.CERTAIN, key=ORDER.index)
        flipped = Polarity.NEGATIVE if self.polarity is Polarity.POSITIVE else Polarity.POSITIVE
        return replace(
            self,
            certainty=certainty,
            polarity=flipped if effect.negative else self.polarity,
            tense=effect.tense or self.tense,
        )


Effects = Mapping[str, dict[str, Effect]]
NEGATION = Effect(None, True, None)
OPEN = Effect(Certainty.UNSPECIFIED, False, None)
OPEN_FUTURE = Effect(Certainty.UNSPECIFIED, False, Tense.FUTURE)


@cache
def load_effects(lexicon: Lexicon) -> Effects:
    """The rows of modality.tsv, by kind and word."""
    found: dict[str, dict[str, Effect]] = {}
    for row in lexicon.rows("modality"):
        effect = Effect(
            Certainty(row["certainty"]) if row["certainty"] != "-" else None,
            row["polarity"] == "negative",
            Tense(row["tense"]) if row["tense"] != "-" else None,
        )
        found.setdefault(row["kind"], {})[row["word"]] = effect
    return found


class FactualityClassifier:
    """Judges the events of one parse."""

    def __init__(self, tree: DependencyTree, lexicon: Lexicon) -> None:
        self.tree, self.effects = tree, load_effects(lexicon)
        self.modals = self.effects["modal"]
        self.classes = load_triggers(lexicon).classes

    def judge(self, candidate: Candidate, *, reported: bool) -> Factuality:
        """How the words put an event; ``reported`` where they are what someone is said to have said ("it would attack")."""
        self.modals = self.effects["modal"] | self.effects["reported"] if reported else self.effects["modal"]
        tree, at = self.tree, candidate.at
        if tree.pos[at] in {"VERB", "AUX"}:
            return self._clause(at)
        verdict = self._nominal(at)
        if tree.dep[at] in {"compound", "nmod"}:  # "no takeover bids": no takeover
            return replace(verdict, polarity=self._nominal(tree.head[at]).polarity)
        outer = self._first(tree.outermost(at))
        if candidate.verb is not None:
            phrase = self._with_particle(candidate.verb)  # "called off the talks"
            clause = self._clause(candidate.verb).under(self.effects["governor"].get(phrase) if " " in phrase else None)
            negative = Polarity.NEGATIVE in {clause.polarity, verdict.polarity}  # "no arrests were made" is so by both
            return Factuality(
                Polarity.NEGATIVE if negative else Polarity.POSITIVE,
                max(verdict.certainty, clause.certainty, key=ORDER.index),
                clause.tense if verdict.tense is Tense.PAST else verdict.tense,
            )
        return self._governed(outer, verdict)

    def is_generic(self, at: int) -> bool:
        """Whether a verb says how a kind of thing behaves, and no event: "They explode on impact"."""
        tree = self.tree
        if tree.tag[at] not in {"VBP", "VBZ"} or tree.dep[at] not in {"ROOT", "relcl"}:
            return False
        subjects = tree.kids(at, "nsubj")
        specific = tree.kids(at, "aux", "mark", "npadvmod", "prt") or any(tree.ent[c] for c in tree.children[at])
        return bool(subjects) and not specific and all(tree.lower[c] in self.classes["generic"] for c in subjects)

    def is_manner(self, at: int) -> bool:
        """Whether a verb only says what a way or tool is for: "There are many ways to bring down a drone"."""
        tree = self.tree
        above = tree.head[at]
        return tree.dep[at] in {"acl", "relcl"} and self._infinitive(at) and tree.lemma[above] in self.classes["manner"]

    def _first(self, at: int) -> int:
        """The noun that a noun is coordinated with, which stands where both do: damage, in "damage or casualties"."""
        tree = self.tree
        while tree.dep[at] == "conj" and tree.pos[tree.head[at]] in {"NOUN", "PROPN"}:
            at = tree.outermost(tree.head[at])
        return at

    def _nominal(self, at: int) -> Factuality:
        """A noun's verdict by its own determiner and modifiers, and by a "no" before what "or" joins it to."""
        tree, verdict = self.tree, Factuality()
        above = tree.head[at]
        joined = any(tree.lower[c] in {"or", "nor"} for c in tree.kids(above, "cc"))
        if tree.dep[at] == "conj" and joined and tree.pos[above] in {"NOUN", "PROPN"} and not tree.kids(at, "det"):
            verdict = Factuality(polarity=self._nominal(above).polarity)
        for c in tree.children[at]:
            if tree.dep[c] in {"det", "neg"}:
                verdict = verdict.under(self.effects["determiner"].get(tree.lower[c]))
            elif tree.dep[c] in {"amod", "compound"}:
                verdict = verdict.under(self.effects["modifier"].get(tree.lower[c]))
        return verdict

    def _governed(self, outer: int, verdict: Factuality) -> Factuality:
        """A noun's verdict under the preposition, noun or verb that governs it."""
        tree, dep, above = self.tree, self.tree.dep[outer], self.tree.head[outer]
        if dep == "pobj":
            return self._prepositional(outer, verdict)
        if dep in {"dobj", "nsubjpass"}:
            effect = self.effects["governor"].get(self._with_particle(above))
            if tree.lemma[outer] not in self.classes["account"]:  # "denied the charge": it was brought
                effect = self.effects["denial"].get(tree.lemma[above], effect)
            verdict = self._under_governor(effect, above, verdict)
            verdict = self._unheld(outer, above, verdict) if effect is None else verdict
        elif dep in {"nsubj", "attr", "acomp"} and tree.lemma[above] == "be":
            clause = self._clause(above)
            if dep == "nsubj" and self._definite(outer):  # "The blast cannot have been a gas leak": there was a blast
                return replace(verdict, tense=clause.tense)
            verdict = self._beside(clause, verdict)
            verdict = replace(verdict, tense=clause.tense)
        elif dep in {"acomp", "oprd"} and tree.pos[above] in {"VERB", "AUX"}:
            clause = self._clause(above).under(self.effects["predicate"].get(tree.lemma[above]))
            verdict = replace(verdict, polarity=clause.polarity, certainty=clause.certainty, tense=clause.tense)
        elif dep in {"dobj", "nsubj"} and tree.lemma[above] in {"continue", "go"}:
            verdict = replace(verdict, tense=self._own(above).tense)
        elif dep == "nsubj":
            verdict = self._unheld(outer, above, verdict)
        return verdict

    def _prepositional(self, outer: int, verdict: Factuality) -> Factuality:
        """A noun's verdict under its preposition, and what governs that."""
        tree = self.tree
        preposition, above = tree.lower[tree.head[outer]], tree.head[tree.head[outer]]
        phrase = f"{tree.lemma[above]} {preposition}"  # "fended off an attack", where the parser sees a preposition
        verdict = verdict.under(self.effects["preposition"].get(preposition, self.effects["governor"].get(phrase)))
        if preposition in {"of", "with", "for", "on"} and tree.lemma[above] in self.effects["offence"]:
            return self._under_governor(self.effects["offence"][tree.lemma[above]], above, verdict)
        if preposition == "of" and (denial := self._denial_over(above)) is not None:
            return self._under_governor(NEGATION, denial, verdict)
        said_of = tree.dep[above] == "attr" and tree.lemma[above] in self.classes["outcome"]
        if preposition in {"of", "from"} and said_of and not self._definite(outer):
            return self._beside(self._clause(tree.head[above]), verdict)  # "it was not the result of an attack"
        if preposition == "to" and tree.lemma[above] == "lead" and tree.lemma[tree.head[above]] in self.classes["tip"]:
            return verdict.under(OPEN)  # "information leading to the arrest"
        if preposition in {"of", "for", "to", "out"} and above != outer:
            verdict = self._under_governor(self._governor(above), above, verdict)
            none = any(tree.lower[c] == "no" for c in tree.kids(above, "det"))
            if (
                none and preposition == "of" and tree.lemma[above] in self.classes["account"]
            ):  # "no reports of casualties"
                verdict = verdict.under(NEGATION)
        elif preposition in {"at", "during", "in"} and tree.tag[above] in {"VBD", "VBZ", "VBP"}:
            verdict = replace(verdict, tense=self._own(above).tense)
        return verdict

    def _unheld(self, noun: int, verb: int, verdict: Factuality) -> Factuality:
        """The verdict on a noun that names no one event, as object or subject of a clause that is denied or a condition."""
        if self._definite(noun) or self.tree.pos[verb] not in {"VERB", "AUX"}:
            return verdict
        conditions = (self.tree.lower[m] for m in self.tree.kids(verb, "mark"))
        if any(word in self.effects["marker"] for word in conditions):
            return verdict.under(OPEN)
        if self.tree.dep[noun] != "nsubj" and self.tree.lemma[verb] in self.classes["bearing"]:
            return self._beside(self._clause(verb), verdict)
        return verdict

    def _beside(self, clause: Factuality, verdict: Factuality) -> Factuality:
        """A verdict with the polarity and certainty of a clause that says whether it is so."""
        negative = Polarity.NEGATIVE in {clause.polarity, verdict.polarity}  # "no damage was reported" is so by both
        return replace(
            verdict,
            polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
            certainty=max(verdict.certainty, clause.certainty, key=ORDER.index),
        )

    def _definite(self, noun: int) -> bool:
        """Whether a noun points at something known: "the attack", "Friday's attack", "this attack"."""
        known = self.classes["definite"]
        return any(self.tree.dep[c] == "poss" or self.tree.lower[c] in known for c in self.tree.children[noun])

    def _governor(self, above: int) -> Effect | None:
        """What a word does to a clause or prepositional phrase under it."""
        for word in (self._with_particle(above), self.tree.lower[above]):
            effect = self.effects["governor"].get(word) or self.effects["infinitive"].get(word)
            if effect is not None:
                return effect
        return None

    def _with_particle(self, above: int) -> str:
        """A verb's lemma, with its particle where the two have a row: "rule out", not "rule"."""
        lemma = self.tree.lemma[above]
        phrases = (f"{lemma} {particle}" for particle in sorted(self.tree.particles(above)))
        return next((phrase for phrase in phrases if phrase in self.effects["governor"]), lemma)

    def _denial_over(self, noun: int) -> int | None:
        """The verb that denies what a noun reports: "denied", from claims, in "denied claims that they attacked".

        Not where the noun says whose the claim is: then that source reports it, "denied the rebels' claims".
        """
        tree, verb = self.tree, self.tree.head[noun]
        if tree.dep[noun] not in {"dobj", "nsubjpass", "conj"} or tree.lemma[noun] not in self.classes["account"]:
            return None
        if tree.dep[noun] == "conj":
            return self._denial_over(verb) if verb != noun else None
        owned = tree.kids(noun, "poss") or any(tree.lower[c] in {"by", "from"} for c in tree.kids(noun, "prep"))
        return verb if not owned and self._denies(verb) else None

    def _denies(self, verb: int) -> bool:
        word = self.tree.lemma[verb]
        return word in self.effects["denial"] or word in self.effects["rebuttal"]

    def _under_governor(self, effect: Effect | None, above: int, verdict: Factuality) -> Factuality:
        if effect is None or (effect.certainty is None and not effect.negative):
            return verdict
        verdict = verdict.under(effect)
        if self.tree.pos[above] not in {"VERB", "AUX"}:
            return verdict
        outer = self._clause(above)
        verdict = verdict.under(NEGATION if outer.polarity is Polarity.NEGATIVE else None)
        return replace(verdict, certainty=max(verdict.certainty, outer.certainty, key=ORDER.index))

    def _clause(self, verb: int, depth: int = 0) -> Factuality:
        """A verb's verdict with all that governs it."""
        tree = self.tree
        verdict = self._own(verb)
        dep, above = tree.dep[verb], tree.head[verb]
        if depth > 6 or above == verb:
            return verdict
        if dep == "advcl":
            if tree.tag[verb] == "VB" and self._infinitive(verb):
                return verdict.under(OPEN_FUTURE)
            return (
                replace(verdict, tense=self._own(above).tense)
                if tree.tag[verb] == "VBG" and not self._aux(verb)
                else verdict
            )
        if dep == "conj":
            return self._coordinated(verb, above, verdict, depth)
        if dep == "pcomp":
            verdict = verdict.under(self.effects["preposition"].get(tree.lower[above]))
            if tree.lower[above] not in self.classes["binding"]:
                return verdict
            above = tree.head[above]
        if dep == "acl" and tree.tag[verb] == "VBN" and not self._aux(verb) and tree.pos[above] in {"NOUN", "PROPN"}:
            return verdict  # "an apartment block hit by a drone": what is said of a noun is not blocked by it
        if tree.gerund_before_noun(verb):
            dep, above = "pcomp", tree.head[verb - 1]
        if dep in {"xcomp", "ccomp", "pcomp", "acl", "advcl", "oprd"}:
            return self._complement(verb, above, verdict, depth)
        return verdict

    def _complement(self, verb: int, above: int, verdict: Factuality, depth: int) -> Factuality:
        tree = self.tree
        finite = tree.dep[verb] == "ccomp" and tree.tag[verb] not in {"VB", "VBG"} and not self._infinitive(verb)
        effect = self.effects["governor"].get(self._with_particle(above)) if finite else self._governor(above)
        if not self._infinitive(verb) and self._denies(above) and above < verb:
            effect = NEGATION
        elif (denial := self._denial_over(above)) is not None:
            effect, above = NEGATION, denial
        if tree.dep[verb] != "acl" and tree.kids(above, "auxpass"):  # "feared missing", "believed to have been killed"
            effect = self.effects["predicate"].get(tree.lemma[above], effect)
        if self._infinitive(verb) and any(tree.lower[c] == "too" for c in tree.kids(above, "advmod")):
            return verdict.under(NEGATION)  # "too weak to leave"
        if (tree.lemma[above] == "have" and not self._infinitive(verb)) or (finite and verb < above):
            effect = None  # "have destroyed"; "Two people died, the governor told us"
        bare = tree.tag[verb] in {"VB", "VBG", "VBN"} and not self._aux(verb) - {"to", "be", "have", "been"}
        if effect is None:
            if tree.dep[verb] == "acl" and tree.tag[verb] == "VB":
                return verdict.under(OPEN_FUTURE)
            if tree.dep[verb] == "xcomp" and tree.tag[verb] == "VB":
                return verdict.under(OPEN_FUTURE) if tree.lemma[above] != "be" else verdict
            return verdict
        verdict = verdict.under(effect)
        if tree.pos[above] in {"VERB", "AUX"}:
            outer = self._clause(above, depth + 1)
        elif tree.dep[above] in {"acomp", "attr", "oprd", "dobj"} and tree.pos[tree.head[above]] in {"VERB", "AUX"}:
            outer = self._clause(tree.head[above], depth + 1)
        else:
            return verdict
        if outer.polarity is Polarity.NEGATIVE:
            verdict = verdict.under(NEGATION)
        bare = bare and effect is not NEGATION  # "He denies killing her": it was before
        tense = effect.tense or (outer.tense if bare else verdict.tense)
        return replace(verdict, certainty=max(verdict.certainty, outer.certainty, key=ORDER.index), tense=tense)

    def _coordinated(self, verb: int, above: int, verdict: Factuality, depth: int) -> Factuality:
        tree = self.tree
        if tree.pos[above] not in {"VERB", "AUX"}:
            return verdict
        if any(tree.lower[c] == "nor" and above < c < verb for c in tree.kids(above, "cc")):
            return replace(verdict, polarity=Polarity.NEGATIVE)
        if tree.kids(verb, "nsubj", "nsubjpass", "aux", "auxpass") or (
            tree.tag[verb] in {"VBD", "VBZ", "VBP"} and tree.tag[above] != tree.tag[verb]
        ):
            return verdict
        first = self._clause(above, depth + 1)
        negative = verdict.polarity is Polarity.NEGATIVE
        return replace(first, polarity=Polarity.NEGATIVE) if negative else first

    def _aux(self, verb: int) -> set[str]:
        return {self.tree.lower[c] for c in self.tree.children[verb] if self.tree.dep[c] in {"aux", "auxpass"}}

    def _infinitive(self, verb: int) -> bool:
        return "to" in self._aux(verb)

    def _own(self, verb: int) -> Factuality:
        """A verb's verdict by its own auxiliaries, negation, adverbs, marker and subject."""
        tree = self.tree
        verdict = Factuality(tense=self._tense(verb))
        for c in tree.children[verb]:
            dep, word = tree.dep[c], tree.lower[c]
            if dep == "neg":
                verdict = verdict.under(NEGATION if not self._cut_off(c, verb) else None)
            elif dep in {"aux", "auxpass"}:
                verdict = verdict.under(self.modals.get(word))
            elif dep in {"advmod", "npadvmod"}:
                ended = word == "longer" and any(tree.lower[x] == "no" for x in tree.children[c])
                verdict = verdict.under(NEGATION if ended else self.effects["adverb"].get(word))
            elif dep in {"preconj", "cc"} and word in {"neither", "nor"} and c < verb:
                verdict = verdict.under(NEGATION)
            elif dep == "mark":
                verdict = verdict.under(self.effects["marker"].get(word))
            elif dep == "advcl" and any(tree.lower[m] in self.effects["marker"] for m in tree.kids(c, "mark")):
                verdict = verdict.under(OPEN)
            elif dep in {"nsubj", "nsubjpass", "dobj"} and self._none(c):
                verdict = verdict.under(NEGATION)
        have = "have" in self._aux(verb) and tree.tag[verb] == "VBN"
        if have and verdict.tense is Tense.FUTURE and verdict.certainty is not Certainty.CERTAIN:
            verdict = replace(verdict, tense=Tense.PAST)  # "may have killed"
        return verdict

    def _cut_off(self, negation: int, verb: int) -> bool:
        """Whether a dash stands between a "not" and the verb that the parser gives it to: "told not to - were held"."""
        return any(self.tree.lower[i] in {"-", "--", "–", "—", ";"} for i in range(negation + 1, verb))

    def _none(self, at: int) -> bool:
        """Whether a phrase says that there is none: "no one", "No-one", "neither guard"."""
        tree = self.tree
        return tree.lower[at] in {"none", "nobody", "nothing", "no-one", "neither"} or any(
            tree.lower[c] in {"no", "neither"}
            for c in tree.children[at]
            if tree.dep[c] in {"det", "neg", "nummod", "preconj", "cc", "compound"} and c < at
        )

    def _tense(self, verb: int) -> Tense:
        tree, tag = self.tree, self.tree.tag[verb]
        helpers = [c for c in tree.children[verb] if tree.dep[c] in {"aux", "auxpass"}]
        if not helpers:
            if tag in {"VBZ", "VBP"}:
                return Tense.PRESENT
            return Tense.PRESENT if tag == "VB" else Tense.PAST
        first = helpers[0]
        words = {tree.lower[c] for c in helpers}
        if tree.tag[first] == "VBD" or words & {"was", "were", "had", "did"}:
            return Tense.PAST
        if words & {"has", "have", "'ve"}:
            return Tense.PRESENT if tag == "VBG" else Tense.PAST
        if words & {"is", "are", "'s", "'re", "am", "do", "does"}:
            return Tense.PRESENT
        return Tense.FUTURE if "to" in words or tree.tag[first] == "MD" else Tense.PAST
