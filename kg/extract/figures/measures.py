"""What a figure measures: the wordings of measures.tsv over the parse.

In: a `Quantity` and the events it belongs to. Out: a `MeasureMatch`, the measure, the word that gives it and the type of its event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.figures.quantities import NOMINAL, Quantity, quantity_words
from kg.extract.lexicon import Lexicon

VERBAL = frozenset({"VERB", "AUX"})
#: how a figure without a wording of the scheme is measured
OTHER = "other"
#: the measure of what is no figure after all
NONE = ""
#: relations by which a verb only completes the one above it: "is believed to have died"
COMPLEMENTS = frozenset({"xcomp", "acomp", "oprd", "ccomp", "advmod"})
#: no magnitude of a quake reaches this
MAGNITUDES = 10
#: relations of an argument that a change verb speaks of: "the toll rose to 14", "put the toll at 31"
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})


@dataclass(frozen=True, slots=True)
class MeasureMatch:
    """A measure, the token that gives it (None for a unit), and the type of the event that this token gives ("" for none)."""

    measure: str
    at: int | None = None
    type: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of measures.tsv: ``needs`` are its conditions, each a key and the words that meet it."""

    measure: str
    type: str
    counts: str
    needs: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class MeasureTables:
    """measures.tsv by slot and word, and the classes of what is counted."""

    rows: Mapping[tuple[str, str], tuple[MeasureRow, ...]]
    classes: Mapping[str, frozenset[str]]


class MeasureFinder:
    """Finds the measure of each quantity of one article; ``types`` are the types of its events."""

    def __init__(self, parsed: ParsedArticle, types: frozenset[str]) -> None:
        self.tree, self.types = parsed.tree, types
        self.tables = load_measures(parsed.lexicon)
        words = quantity_words(parsed.lexicon)
        self.partitive, self.anaphors, self.times = (frozenset(words[k]) for k in ("partitive", "anaphor", "times"))

    def find(self, quantity: Quantity, owners: Sequence[str] = (), before: MeasureMatch | None = None) -> MeasureMatch:
        """The measure of a quantity that belongs to events of the types ``owners``; ``before`` is that of the count before it."""
        if quantity.numeral.kind:
            return self._by_unit(quantity, owners)
        aboard = None
        ways: tuple[Callable[[Quantity], Iterator[MeasureMatch]], ...] = (
            self._by_modifier,
            self._by_noun,
            self._by_governor,
            self._by_toll,
        )
        for way in ways:
            if match := next(way(quantity), None):
                if match.at is not None or way != self._by_modifier:
                    return match
                aboard = match  # "all 62 people on board were killed": where they were, then what became of them
        if aboard is not None:
            return aboard
        if before is not None and (at := self._anaphor(quantity)) is not None:
            return MeasureMatch(before.measure, at, before.type)
        return next(self._by_event(quantity, owners), MeasureMatch(OTHER))

    def _anaphor(self, quantity: Quantity) -> int | None:
        """As in "put the figure at 5,000": the noun that stands for what was counted before."""
        tree = self.tree
        verb = next((up for up in tree.climb(quantity.top) if tree.pos[up] in VERBAL), None)
        if verb is None or quantity.noun is not None:
            return None
        for noun in tree.kids(verb, "dobj", "nsubj", "nsubjpass"):
            if tree.lower[noun] in self.anaphors and tree.kids(noun, "det") and not tree.kids(noun, "prep"):
                return noun
        return None

    def _by_unit(self, quantity: Quantity, owners: Sequence[str]) -> MeasureMatch:
        """The measure of a unit; money that was stolen counts as stolen."""
        row = next(self._rows("unit", quantity.numeral.kind, quantity, None), None)
        measure = row.measure if row else OTHER
        if measure == OTHER:  # "3.8 degrees on the Richter scale"
            return next(self._by_modifier(quantity), MeasureMatch(measure))
        if quantity.numeral.kind == "money":
            acts = [*self._by_governor(quantity, loose=True), *self._by_event(quantity, owners)]
            return next((act for act in acts if act.measure == "stolen"), MeasureMatch(measure))
        return MeasureMatch(measure)

    def _by_event(self, quantity: Quantity, owners: Sequence[str]) -> Iterator[MeasureMatch]:
        """The measure that an event's type gives to what it counts; not to who did it: "two gunmen killed 14 people"."""
        if owners and self._acts(quantity):
            return
        for kind in owners:
            for row in self._rows("event", kind, quantity, None):
                yield MeasureMatch(row.measure)

    def _acts(self, quantity: Quantity) -> bool:
        """Whether a quantity is the agent of a verb that counts its patients."""
        tree, below = self.tree, quantity.top
        for up in tree.climb(quantity.top):
            if tree.pos[up] in VERBAL and tree.dep[up] != "prep":
                return self._relation(below, up) in {"agent", "by"} and ("patient", tree.lemma[up]) in self.tables.rows
            below = up
        return False

    # ---------------------------------------------------------------- what is counted

    def _by_noun(self, quantity: Quantity) -> Iterator[MeasureMatch]:
        """As in "14 deaths", "five gunshot victims"."""
        for i in dict.fromkeys((quantity.noun, quantity.top)):
            if i is None or (i == quantity.at and quantity.noun is not None):
                continue
            yield from self._match("noun", i, quantity, i)
            if i != quantity.top:  # "three of the wounded"
                yield from self._match("toll", i, quantity, i)

    def _by_modifier(self, quantity: Quantity) -> Iterator[MeasureMatch]:
        """As in "15 people injured", "two missing men", "38 people on board"."""
        tree = self.tree
        found: list[MeasureMatch] = []
        for i in dict.fromkeys((quantity.noun, quantity.top, quantity.at)) if quantity.own else ():
            if i is None:
                continue
            for kid in tree.kids(i, "acl", "relcl"):
                if tree.dep[kid] == "relcl" and self._is_of_part(kid):  # "42 drones, of which 33 were shot down"
                    continue
                found.extend(self._verb(kid, self._modifying(kid), quantity))
            for kid in tree.kids(i, "amod", "acomp", "advmod", "oprd", "appos", "compound"):
                found.extend(self._match("adj", kid, quantity, kid))
            for each in tree.conjuncts(i):  # "256 passengers and 14 vehicles on board"
                found.extend(self._phrases(each, quantity))
        yield from _killed_first(found)

    def _is_of_part(self, clause: int) -> bool:
        tree = self.tree
        return any(tree.lower[x] in self.partitive and tree.lower[tree.head[x]] == "of" for x in tree.subtree(clause))

    def _modifying(self, verb: int) -> str:
        """What a noun is to the verb that modifies it: of "drones launched at the port" the patient."""
        tree = self.tree
        if tree.dep[verb] == "acl":
            return "patient" if tree.tag[verb] == "VBN" else "agent"
        if tree.kids(verb, "nsubjpass", "auxpass"):
            return "patient"
        subjects = tree.kids(verb, "nsubj")
        return "agent" if not subjects or any(tree.tag[x] in {"WDT", "WP"} for x in subjects) else "patient"

    def _phrases(self, i: int, quantity: Quantity) -> Iterator[MeasureMatch]:
        tree = self.tree
        for name, inner in tree.phrases(i):
            for word in (tree.lower[inner], tree.lemma[inner]):
                for row in self._rows("phrase", f"{name} {word}", quantity, i):
                    yield MeasureMatch(row.measure, None, row.type)

    # ---------------------------------------------------------------- what governs it

    def _by_governor(self, quantity: Quantity, *, loose: bool = False) -> Iterator[MeasureMatch]:
        """The nearest verb, adjective or noun above a quantity that gives a measure; ``loose``: past nouns too."""
        tree, below = self.tree, quantity.top
        for up in () if self._is_whole(quantity) else tree.climb(quantity.top):
            if tree.pos[up] in VERBAL and tree.dep[up] != "prep":
                relation = "patient" if loose else self._relation(below, up)
                yield from _killed_first(self._verb(up, relation, quantity))
                if tree.dep[up] not in COMPLEMENTS | {"conj"} or (tree.dep[up] == "conj" and self._has_subject(up)):
                    return
            elif tree.pos[up] == "ADJ" and tree.dep[below] in ARGUMENTS:
                yield from self._match("adj", up, quantity, up)
            elif tree.pos[up] in NOMINAL and not loose:
                if tree.dep[below] != "conj":  # "1,400 injured and dozens missing"
                    yield from self._match("toll", up, quantity, up)
                inside = tree.pos[below] == "ADP" and tree.lower[below] not in {"of", "including"}
                if inside or tree.dep[below] == "appos":
                    return
            below = up

    def _is_whole(self, quantity: Quantity) -> bool:
        """As in "41 of the 71 on board are missing": the 71, which the verb does not count."""
        return self.tree.pos[quantity.top] == "NUM" and quantity.top != quantity.at

    def _has_subject(self, verb: int) -> bool:
        return bool(self.tree.kids(verb, "nsubj", "nsubjpass"))

    def _relation(self, below: int, verb: int) -> str:
        """What the phrase headed by ``below`` is to a verb: its patient, its agent, "by", "times" or "oblique"."""
        tree, dep = self.tree, self.tree.dep[below]
        if dep in {"dobj", "nsubjpass"}:
            return "patient"
        if dep == "nsubj":
            if tree.kids(verb, "auxpass") or (tree.bare_passive(verb) and not tree.kids(verb, "prt")):
                return "patient"
            return "agent" if tree.kids(verb, "dobj", "aux") or tree.lower[verb + 1 : verb + 2] == ["at"] else "subject"
        if dep == "agent":
            return "by"
        times = {tree.lemma[i] for i in (below, *tree.children[below])} & self.times
        return "times" if times else "oblique"

    def _verb(self, verb: int, relation: str, quantity: Quantity) -> Iterator[MeasureMatch]:
        """The measures that a verb, its complements and what is coordinated with it give to its argument."""
        tree = self.tree
        yield from self._verb_rows(verb, relation, quantity)
        if relation in {"times", "oblique", "by"}:
            return
        for kid in tree.kids(verb, "acomp", "oprd", "attr", "advmod", "advcl"):
            if tree.dep[kid] != "advcl" or tree.pos[kid] == "ADJ":  # "left 9 dead"
                yield from self._match("adj", kid, quantity, kid)
        named = [
            kid
            for kid in tree.kids(verb, "advcl")
            if tree.kids(kid, "mark") and tree.lower[tree.kids(kid, "mark")[0]] == "as"
        ]
        for kid in (*tree.kids(verb, "xcomp", "oprd", "acomp", "ccomp"), *named):  # "confirmed as injured"
            if tree.pos[kid] in VERBAL and not self._has_subject(kid):
                passive = tree.kids(kid, "auxpass") or (tree.tag[kid] == "VBN" and not tree.kids(kid, "aux"))
                yield from self._verb_rows(kid, "patient" if passive else "agent", quantity)
        for other in (*tree.conjuncts(verb)[1:], *((tree.head[verb],) if tree.dep[verb] == "conj" else ())):
            shares = tree.pos[other] in VERBAL and not tree.kids(other, "dobj", "nsubjpass")
            own = self._has_subject(max(verb, other))  # "1,400 injured and dozens missing"
            if shares and not (own and relation in {"agent", "subject"}) and not (own and other > verb):
                yield from self._verb_rows(other, relation, quantity)
        yield from self._phrases(verb, quantity)

    def _verb_rows(self, verb: int, relation: str, quantity: Quantity) -> Iterator[MeasureMatch]:
        tree = self.tree
        particles = [f"{tree.lemma[verb]} {particle}" for particle in tree.particles(verb)]
        if tree.lower[verb + 1 : verb + 2] and f"{tree.lemma[verb]} {tree.lower[verb + 1]}" not in particles:
            particles.append(f"{tree.lemma[verb]} {tree.lower[verb + 1]}")
        slots = ("agent", "patient") if relation == "subject" else (relation,)
        for word in (*particles, tree.lemma[verb]):
            for slot in slots:
                for row in self._rows(slot, word, quantity, verb):
                    yield MeasureMatch(row.measure, verb, row.type)

    def _by_toll(self, quantity: Quantity) -> Iterator[MeasureMatch]:
        """As in "the toll rose to 14", "put the number of dead at 31", "the crowd was 5,000"."""
        tree, below = self.tree, quantity.top
        for up in tree.climb(quantity.top):
            if tree.pos[up] in VERBAL and tree.dep[up] != "prep":
                for kid in (k for k in tree.children[up] if tree.dep[k] in ARGUMENTS and k != below):
                    for noun in tree.measured(kid):
                        yield from self._match("toll", noun, quantity, noun)
                        for clause in tree.kids(noun, "acl", "relcl") if noun != kid else ():
                            yield from self._verb_rows(clause, self._modifying(clause), quantity)
                return
            below = up

    # ---------------------------------------------------------------- rows

    def _match(self, slot: str, i: int, quantity: Quantity, at: int) -> Iterator[MeasureMatch]:
        """The rows for a noun or adjective: its lemma, its form, or with the word before it ("death toll")."""
        tree = self.tree
        words = [tree.lemma[i], tree.lower[i]]
        if i > 0 and tree.head[i - 1] == i:
            words.insert(0, f"{tree.lemma[i - 1]} {tree.lemma[i]}")
        for word in dict.fromkeys(words):
            for row in self._rows(slot, word, quantity, i):
                yield MeasureMatch(row.measure, at, row.type)

    def _rows(self, slot: str, word: str, quantity: Quantity, at: int | None) -> Iterator[MeasureRow]:
        for row in self.tables.rows.get((slot, word), ()):
            if self._counts(row.counts, quantity) and all(self._meets(key, words, at) for key, words in row.needs):
                yield row

    def _counts(self, kind: str, quantity: Quantity) -> bool:
        """Whether a quantity counts things of a class; one without a noun may count anything that has no unit."""
        if not kind or (quantity.noun is None and kind != "decimal"):
            thing = kind == "thing" and quantity.numeral.kind == "money"  # "gems worth 85 million euros"
            return not kind or thing or quantity.numeral.unit in {"count", "percent"}
        if kind == "decimal":
            return isinstance(quantity.numeral.low, float) and quantity.numeral.low < MAGNITUDES
        tree, noun = self.tree, quantity.noun or 0
        person = self.tables.classes["person"]
        words = {tree.lemma[noun], tree.lower[noun], tree.ent[noun]}
        if kind == "thing":
            return not words & person
        return bool(words & self.tables.classes[kind])

    def _meets(self, key: str, words: frozenset[str], at: int | None) -> bool:
        tree = self.tree
        if key == "type":
            return bool(self.types & words)
        if at is None:
            return False
        if key == "self":
            return tree.lower[at] in words
        if key == "gov":
            near = [next((up for up in tree.climb(at) if tree.pos[up] in VERBAL), at)]
        elif key == "subj":
            near = tree.subjects(at)
        elif key == "obj":
            near = [x for kid in tree.kids(at, "dobj") for x in tree.conjuncts(kid)]
        else:
            near = tree.subtree(at)
        return any(tree.lemma[x] in words or tree.lower[x] in words for x in near)


def _killed_first(found: Sequence[MeasureMatch] | Iterator[MeasureMatch]) -> list[MeasureMatch]:
    """As in "was shot and killed", "shot dead": the death, where it is one of what is said of the same people."""
    return sorted(found, key=lambda match: match.measure != "killed")


@cache
def load_measures(lexicon: Lexicon) -> MeasureTables:
    """Read measures.tsv and measure_classes.tsv; a row with conditions comes before one without."""
    classes = dict(lexicon.classes())
    for row in lexicon.rows("measure_classes"):
        classes[row["class"]] = classes.get(row["class"], frozenset()) | frozenset(row["words"].split())
    rows: dict[tuple[str, str], list[MeasureRow]] = {}
    for row in lexicon.rows("measures"):
        needs = tuple(_need(cell, classes) for cell in row["needs"].split())
        found = MeasureRow(row["measure"], row["type"], row["counts"], needs)
        rows.setdefault((row["slot"], row["word"]), []).append(found)
    ordered = {key: tuple(sorted(found, key=lambda row: not row.needs)) for key, found in rows.items()}
    return MeasureTables(ordered, classes)


def _need(cell: str, classes: Mapping[str, frozenset[str]]) -> tuple[str, frozenset[str]]:
    key, _, values = cell.partition("=")
    words: set[str] = set()
    for value in values.split("|"):
        words |= classes[value[1:]] if value.startswith("@") else {value}
    return key, frozenset(words)
