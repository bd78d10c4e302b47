"""Which words report an event, and of which type: triggers.tsv, light_verbs.tsv and refinements.tsv over a parse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import LexiconError
from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.events.headlines import headline_words
from kg.extract.events.name_parts import is_name, is_word_part
from kg.extract.lexicon import Lexicon

#: the parts of speech of triggers.tsv; a participle before a noun is "p" there, a word of a headline "h"
POS = {"VERB": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}

#: relations in which a word tagged as an adjective is a noun: "the counteroffensive launched in May"
NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})

#: relations of a word to the noun that it stands before
MODIFYING = frozenset({"compound", "nmod", "amod"})

#: how many different words of a class make it the article's subject
REGISTER = 3

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a row: something of ``words`` (anything, where empty) stands under one of ``keys``; or not."""

    keys: tuple[str, ...]
    words: Words
    denies: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """A row of triggers.tsv."""

    lemma: str
    pos: str
    type: str
    needs: tuple[Condition, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A row of light_verbs.tsv: ``agent`` is what the verb's subject is to the event ("agent", "target" or "")."""

    lemma: str
    slot: str
    agent: str


@dataclass(frozen=True, slots=True)
class Triggers:
    """The tables of one lexicon, ready to be looked up."""

    rows: Mapping[str, tuple[Trigger, ...]]  # by lemma, and by each regular form of it
    light: Mapping[str, Mapping[str, LightVerb]]
    refinements: Mapping[str, tuple[Trigger, ...]]
    classes: Mapping[str, Words]


#: the share of events found by rows that are right, in fresh reading
ROWS_ARE_RIGHT = 0.95


@dataclass(slots=True)
class Candidate:
    """A word that reports an event: where it stands, its type, its light verb (with the subject's part), its arguments."""

    at: int
    type: str
    rule: str
    arguments: Arguments
    verb: int | None = None
    agent: str = ""
    confidence: float = ROWS_ARE_RIGHT


@cache
def load_triggers(lexicon: Lexicon) -> Triggers:
    """The trigger tables of a lexicon; raises LexiconError where a row names a class that classes.tsv has not."""
    classes = {row["class"]: frozenset(row["words"].split()) for row in lexicon.rows("classes")}
    rows: dict[str, list[Trigger]] = {}
    for row in lexicon.rows("triggers"):
        needs = _conditions(row["needs"], classes)
        trigger = Trigger(row["lemma"], row["pos"], row["type"], needs, f"{row['lemma']}/{row['pos']}")
        rows.setdefault(row["lemma"], []).append(trigger)
    light: dict[str, dict[str, LightVerb]] = {}
    for row in lexicon.rows("light_verbs"):
        agent = "" if row["agent"] == "-" else row["agent"]
        light.setdefault(row["lemma"], {})[row["slot"]] = LightVerb(row["lemma"], row["slot"], agent)
    refinements: dict[str, list[Trigger]] = {}
    for row in lexicon.rows("refinements"):
        narrower = Trigger("", "", row["narrower"], _conditions(row["needs"], classes), "")
        refinements.setdefault(row["type"], []).append(narrower)
    for lemma in tuple(rows):
        for form in _forms(lemma):
            rows.setdefault(form, rows[lemma])
    return Triggers(
        {lemma: tuple(each) for lemma, each in rows.items()},
        light,
        {kind: tuple(each) for kind, each in refinements.items()},
        classes,
    )


def _forms(lemma: str) -> Iterator[str]:
    """The regular inflections of a word: a lemmatizer makes "raped" of "rap"."""
    stem = lemma.removesuffix("e")
    yield from (f"{lemma}s", f"{stem}ed", f"{stem}ing")
    if lemma.endswith("y"):
        yield from (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied")


def _conditions(cell: str, classes: Mapping[str, Words]) -> tuple[Condition, ...]:
    found = []
    for part in cell.split():
        keys, _, values = part.removeprefix("!").partition("=")
        words: set[str] = set()
        for value in values.split("|") if values else ():
            if value.startswith("@"):
                if value[1:] not in classes:
                    raise LexiconError(f"no class {value}", where="classes.tsv", fix=f"Define {value[1:]!r} there.")
                words |= classes[value[1:]] if keys != "reg" else {value}
            else:
                words.add(value)
        found.append(Condition(tuple(keys.split("|")), frozenset(words), part.startswith("!")))
    return tuple(found)


class Arguments:
    """What stands around a word, by key, found when first asked for."""

    def __init__(self, tree: DependencyTree, at: int, verb: int | None = None, agent: str = "") -> None:
        self.tree, self.at, self.verb, self.agent = tree, at, verb, agent
        self._known: dict[str, list[int]] = {}

    def __getitem__(self, key: str) -> list[int]:
        if key not in self._known:
            self._known[key] = self._find(key)
        return self._known[key]

    def _find(self, key: str) -> list[int]:
        tree, at = self.tree, self.at
        verbal = tree.pos[at] in {"VERB", "AUX"}
        if key == "obj":
            return self._wide(tree.objects(at)) if verbal else []
        if key == "subj":
            return self._wide(self._subjects())
        if key == "mod":
            return self._modifiers(at)
        if key == "obm":
            return [m for x in self["obj"] for m in self._modifiers(x)]
        if key in {"light", "spec"}:
            return self._light() if key == "light" else self._light() or self._specific()
        if key == "under":
            if tree.dep[at] in {"pobj", "pcomp"}:
                return [tree.head[tree.head[at]]]
            if tree.gerund_before_noun(at):  # "kept divers from recovering bodies"
                return [tree.head[at - 1]]
            return [tree.head[at]] if tree.dep[at] in {"xcomp", "ccomp"} else []
        if key == "head":
            above = tree.head[tree.outermost(at)]
            if tree.pos[at] == "ADJ":
                return [above]
            return [above] if tree.dep[tree.outermost(at)] in {"nsubj", "nsubjpass", "dobj"} else []
        if key == "acomp":
            return tree.kids(at, "acomp", "oprd")
        if key == "inf":
            return [c for c in tree.children[at] if tree.dep[c] in {"acl", "xcomp", "relcl"} and tree.tag[c] == "VB"]
        if key == "gov":
            return [tree.head[at]] if tree.dep[at] == "pobj" else []
        if key == "num":
            return tree.kids(at, "nummod") or [i for i in (at - 1,) if i >= 0 and tree.pos[i] == "NUM"]
        if key == "prt":
            return []
        phrases = list(self.phrases())
        if key == "arg":
            found = [p for _, p in phrases]
            direct = [*self["obj"], *self["subj"], *self["mod"]]
            found = self._wide(found)
            deep = [m for x in (*direct, *found) for m in self._modifiers(x)]
            return [*direct, *found, *deep, *tree.kids(at, "advmod", "acomp", "oprd", "dobj")]
        return self._wide([p for name, p in phrases if name == key])

    def phrases(self) -> Iterator[tuple[str, int]]:
        """The prepositional phrases of the word; of a noun also those of its light verb, or that follow it under its verb."""
        tree, at = self.tree, self.at
        yield from tree.phrases(at)
        if tree.pos[at] in {"VERB", "AUX"}:
            return
        outer = tree.outermost(at)
        if outer != at:
            yield from tree.phrases(outer)
        if self.verb is not None:
            yield from tree.phrases(self.verb)
        elif tree.dep[outer] in {"dobj", "nsubj"}:
            yield from ((name, p) for name, p in tree.phrases(tree.head[outer]) if p > at and tree.dep[outer] == "dobj")

    def _subjects(self) -> list[int]:
        tree, at = self.tree, self.at
        if tree.pos[at] in {"VERB", "AUX"}:
            return tree.subjects(at)
        if self.verb is not None:
            return tree.subjects(self.verb)
        if tree.pos[at] == "ADJ":
            if tree.dep[at] == "amod":
                return [tree.head[at]]
            above = tree.head[at]
            return tree.kids(at, "nsubj") or tree.objects(above) or tree.kids(above, "nsubj")
        return []

    def _light(self) -> list[int]:
        return [self.verb] if self.verb is not None else []

    def _specific(self) -> list[int]:
        """What makes a noun more than the name of a kind: a determiner, possessor, number or place."""
        tree, at = self.tree, self.at
        kept = tree.kids(at, "det", "poss", "nummod")
        return kept + [
            p for name, p in tree.phrases(at) if name in {"in", "at", "on", "near", "between", "by", "against"}
        ]

    def _modifiers(self, at: int) -> list[int]:
        tree = self.tree
        found = tree.kids(at, "compound", "amod", "poss", "nmod", "det")
        for each in tuple(found):
            found.extend(
                tree.kids(each, "compound", "amod", "conj", "advmod", "punct") if tree.dep[each] != "poss" else ()
            )
        return found

    def _wide(self, heads: list[int]) -> list[int]:
        return [x for h in heads for x in self.tree.measured(h)]


class TriggerFinder:
    """Looks for triggers in one parse."""

    def __init__(self, tree: DependencyTree, tables: Triggers) -> None:
        self.tree, self.tables = tree, tables
        self._registers: dict[str, bool] = {}
        self._words: frozenset[str] | None = None
        self._headlines: frozenset[int] | None = None

    def find(self, silent: frozenset[int]) -> Iterator[Candidate]:
        """Every word that reports an event, in text order, but for those in ``silent``."""
        tree, rows = self.tree, self.tables.rows
        for i, lemma in enumerate(tree.lemma):
            known, own = rows.get(lemma), rows.get(tree.lower[i])
            if (known is None and own is None) or i in silent:
                continue
            if known is None or own is None:
                known = known or own or ()
            elif own[0].lemma != known[0].lemma:  # "shot" has rows of its own, and those of "shoot"
                known = own + known
            pos = self._part_of_speech(i)
            if pos is None:
                continue
            if pos == "n" and self._generic(i):  # only rows that ask for its preposition: "released on bail"
                known = tuple(row for row in known if any("gov" in need.keys and not need.denies for need in row.needs))
            candidate = self._match(i, pos, known)
            if candidate is not None:
                yield candidate

    def _part_of_speech(self, i: int) -> str | None:
        """The part of speech under which a word is looked up in triggers.tsv; None where it can report no event."""
        tree = self.tree
        pos = "n" if tree.pos[i] == "ADJ" and tree.dep[i] in NOMINAL else POS.get(tree.pos[i])
        if pos in {"n", "a"} and tree.pos[i] == "PROPN" and self._in_headline(i):
            return "h" if self._has_row(i, "h") else "n" if not tree.ent[i] else None
        if pos == "n" and (tree.dep[i] in MODIFYING - {"amod"} and not self._refers(i)):
            return None
        if pos == "n" and (is_word_part(tree, i) or is_name(tree, i)):
            return None
        if pos == "v" and tree.dep[i] == "aux":
            return None
        if pos == "v" and tree.dep[i] == "amod" and not tree.gerund_before_noun(i):
            if tree.tag[i] == "VBG":  # "the shooting victims"
                return "n" if self._has_row(i, "n") and self._refers(i) else None
            joined = any(tree.dep[c] in {"punct", "npadvmod"} for c in tree.children[i])
            return "p" if tree.tag[i] == "VBN" and not joined else None
        return pos

    def _has_row(self, i: int, pos: str) -> bool:
        return any(row.pos == pos for row in self.tables.rows.get(self.tree.lower[i], ()))

    def _refers(self, i: int) -> bool:
        """Whether a noun before another names an event and no kind: "the shooting victims", not "the fire department"."""
        tree = self.tree
        head = tree.head[i]
        return head == i + 1 and tree.lemma[head] in self.tables.classes["referring"]

    def _in_headline(self, i: int) -> bool:
        """Whether a word stands in a line of capitalised words: "Two Shot Dead in Night Club"."""
        if self._headlines is None:
            self._headlines = headline_words(self.tree)
        return i in self._headlines

    def rejects(self, i: int) -> bool:
        """Check whether the rows of a word say when it reports an event, and none applies: "the market crash"."""
        rows = (*self.tables.rows.get(self.tree.lemma[i], ()), *self.tables.rows.get(self.tree.lower[i], ()))
        return any(row.needs for row in rows)

    def _generic(self, i: int) -> bool:
        """Whether a noun names a kind and no event: bare, in the singular, under a preposition ("by accident")."""
        tree = self.tree
        if tree.dep[i] == "conj" and tree.dep[tree.head[i]] in MODIFYING:  # "fire and burglar alarms"
            return True
        if tree.tag[i] == "NNP" and i > 0 and tree.lower[i - 1] == "the" and tree.dep[i] != "appos":  # "the Blaze said"
            return tree.doc[i - 1].text == "the" or tree.doc[i - 1].is_sent_start or tree.ent[i] == "ORG"
        return (
            tree.dep[i] == "pobj"
            and tree.tag[i] == "NN"
            and not tree.children[i]
            and tree.lemma[i] not in self.tables.classes["mass"]
            and self.light_verb(i)[0] is None
            and tree.lemma[tree.head[tree.head[i]]] not in self.tables.classes["offending"]  # "convicted of murder"
        )

    def _match(self, i: int, pos: str, known: tuple[Trigger, ...]) -> Candidate | None:
        arguments: Arguments | None = None
        for row in known:
            if row.pos != pos:
                continue
            if arguments is None:
                verb, agent = self.light_verb(i) if pos == "n" else (None, "")
                arguments = Arguments(self.tree, i, verb, agent)
            if self._are_met(row.needs, arguments):
                return Candidate(
                    i, self.refine(row.type, arguments), row.rule, arguments, arguments.verb, arguments.agent
                )
        return None

    def light_verb(self, i: int) -> tuple[int | None, str]:
        """The light verb that a noun of an event leans on, and what that verb's subject is to the event."""
        tree, light = self.tree, self.tables.light
        outer = tree.outermost(i)
        dep, above = tree.dep[outer], tree.head[outer]
        if dep in {"dobj", "nsubjpass"}:
            slot = "obj"
        elif dep == "nsubj":
            slot = "subj"
        elif dep == "pobj":
            slot, above = tree.lower[above], tree.head[above]
            if tree.lemma[above] == "part" and tree.dep[above] == "dobj":  # "took part in the protest"
                above = tree.head[above]
        elif dep in {"acl", "relcl"}:
            return None, ""
        else:
            slot = ""
        found = light.get(tree.lemma[above], {}).get(slot)
        if found is not None and tree.pos[above] in {"VERB", "AUX"}:
            return above, found.agent
        for c in tree.kids(outer, "acl", "relcl"):  # "the counteroffensive launched in May"
            found = light.get(tree.lemma[c], {}).get("obj")
            if found is not None and outer in tree.objects(c):
                return c, found.agent
        return None, ""

    def refine(self, kind: str, arguments: Arguments) -> str:
        """A type made narrower by arguments, where refinements.tsv has a row that they meet."""
        for row in self.tables.refinements.get(kind, ()):
            if self._are_met(row.needs, arguments):
                return row.type
        return kind

    def _are_met(self, needs: tuple[Condition, ...], arguments: Arguments) -> bool:
        return all(self._meets(need, arguments) != need.denies for need in needs)

    def _meets(self, need: Condition, arguments: Arguments) -> bool:
        tree = self.tree
        for key in need.keys:
            if key == "reg":
                if any(self._register(name[1:]) for name in need.words):
                    return True
            elif key == "prt":
                particles = tree.particles(arguments.at)
                if particles if not need.words else not need.words.isdisjoint(particles):
                    return True
            else:
                found = arguments[key]
                if found and (not need.words or key in {"light", "spec"}):
                    return True
                for x in found:
                    if tree.lemma[x] in need.words or tree.lower[x] in need.words or tree.ent[x] in need.words:
                        return True
        return False

    def _register(self, name: str) -> bool:
        if name not in self._registers:
            if self._words is None:
                self._words = frozenset(self.tree.lower) | frozenset(self.tree.lemma)
            self._registers[name] = len(self._words & self.tables.classes[name]) >= REGISTER
        return self._registers[name]
