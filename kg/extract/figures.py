"""How many: the figures of a text, what each counts, and the events that it counts for.

`find` reads the numbers (`kg.extract.numerals`) into the parse; `count` gives each event as told its figures. A figure
belongs to the event whose word governs what is counted ("shot down 11 of them"), to the one that modifies it ("15
people injured in the fire"), or is that event itself ("65 air strikes"). The whole that a figure is part of stands in
the same event's figures, so that ``of`` can name it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract import numerals, time_expressions
from kg.extract.component import Reading
from kg.extract.lexicon import Lexicon
from kg.extract.numerals import Numeral
from kg.extract.tree import Tree
from kg.model import CharSpan, EventMention, Figure

NOMINAL = frozenset({"NOUN", "PROPN"})
VERBAL = frozenset({"VERB", "AUX"})
PRONOUNS = frozenset({"them", "which", "these", "those", "whom"})
DEFINITE = frozenset({"the", "these", "those", "its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral in its sentence: token indexes of the number (``at``), of what is counted (``noun``), and of the word
    from which the phrase hangs (``top``: of "a total of 15 drones", "total"). ``whole`` is the index, among the
    quantities found, of the whole that this one is part of.
    """

    numeral: Numeral
    at: int
    top: int
    noun: int | None
    whole: int | None = None
    own: bool = True  # whether what modifies the noun speaks of this quantity, and not of a whole


def find(reading: Reading) -> tuple[Quantity, ...]:
    """The quantities of an article, in reading order; spans of the furniture, times, labels and ages are left out."""
    return tuple(_Finder(reading).find())


class _Finder:
    def __init__(self, reading: Reading, tree: Tree | None = None) -> None:
        self.reading = reading
        self.tree = tree or Tree(reading.doc)
        self.found: list[Quantity] = []
        self.at_token: dict[int, int] = {}

    def find(self) -> list[Quantity]:
        text, lexicon = self.reading.article.text, self.reading.lexicon
        taken = [words.span for words in time_expressions.find(text, lexicon)]
        read = []
        for numeral in numerals.find(text, lexicon):
            if any(span.overlaps(numeral.core) for span in taken):
                continue
            tokens = self.reading.tokens(numeral.core)
            if tokens.start in self.reading.silent:
                continue
            at = tokens.root.i
            self.at_token.update({i: len(read) for i in range(tokens.start, tokens.end)})
            read.append((numeral, at))
        wholes: list[int | None] = []
        for numeral, at in read:
            quantity, whole = self._place(numeral, at)
            wholes.append(whole)
            self.found.append(quantity)
        return self._settle(wholes)

    def _settle(self, wholes: list[int | None]) -> list[Quantity]:
        """Leave out what is no figure after all, and number the wholes anew."""
        kept = [i for i, quantity in enumerate(self.found) if self._is_figure(quantity)]
        number = {old: new for new, old in enumerate(kept)}
        return [replace(self.found[i], whole=number.get(wholes[i]) if wholes[i] is not None else None) for i in kept]  # type: ignore[arg-type]

    def _place(self, numeral: Numeral, at: int) -> tuple[Quantity, int | None]:
        tree = self.tree
        top = self._raise(at)
        noun = top if tree.pos[top] in NOMINAL and not self._measures(top, numeral) else None
        own, whole = True, None
        parts = [p for prep in tree.kids(top, "prep") if tree.lower[prep] == "of" for p in tree.kids(prep, "pobj")]
        if parts and (noun is None or numeral.unit != "count"):
            part = parts[0]
            own = not any(tree.lower[c] in DEFINITE for c in tree.children[part])
            whole = self._whole(part, numeral, at)
            own = own and whole is None
            noun = self.found[whole].noun if whole is not None and whole < len(self.found) else self._raise(part)
            if noun is not None and tree.pos[noun] not in NOMINAL:
                noun = self._noun_under(noun)
        elif (container := self._containing(top)) is not None:
            whole, own = container, True
        while (
            tree.dep[top] == "pobj" and tree.lower[tree.head[top]] == "of" and self._is_total(tree.head[tree.head[top]])
        ):
            top = tree.head[tree.head[top]]
        return Quantity(numeral, at, top, noun, None, own), whole

    def _raise(self, i: int) -> int:
        """From a number to the noun that it modifies."""
        tree = self.tree
        while tree.dep[i] in {"nummod", "quantmod", "amod", "compound", "det", "predet", "advmod", "nmod"}:
            above = tree.head[i]
            if tree.pos[above] not in NOMINAL | {"NUM", "SYM", "ADJ"} or above == i:
                break
            i = above
        return i

    def _noun_under(self, i: int) -> int | None:
        for prep in self.tree.kids(i, "prep"):
            for p in self.tree.kids(prep, "pobj"):
                if self.tree.lower[prep] == "of":
                    return p if self.tree.pos[p] in NOMINAL else self._noun_under(p)
        return None

    def _measures(self, i: int, numeral: Numeral) -> bool:
        """Whether the word is the number or its unit, and not what is counted."""
        here = CharSpan(self.tree.doc[i].idx, self.tree.doc[i].idx + len(self.tree.doc[i]))
        return numeral.span.overlaps(here)

    def _is_total(self, i: int) -> bool:
        return self.tree.lower[i] in _TOTALS or i in self.at_token

    def _whole(self, part: int, numeral: Numeral, at: int) -> int | None:
        """ "30 of at least 35 drones", "11 of them", "26 of the Shahed drones": the quantity that this is part of."""
        tree = self.tree
        inside = [self.at_token[i] for i in (part, *tree.kids(part, "nummod", "quantmod")) if i in self.at_token]
        if inside:
            return inside[0]
        before = [i for i in range(len(self.found)) if self._near(self.found[i], at)]
        if tree.lower[part] in PRONOUNS:
            return before[-1] if before else None
        if any(tree.lower[c] in DEFINITE for c in tree.children[part]):
            alike = [i for i in before if self._lemma(self.found[i].noun) == tree.lemma[part]]
            return alike[-1] if alike else None
        return None

    def _near(self, quantity: Quantity, at: int) -> bool:
        """In the same sentence or the one before."""
        doc = self.tree.doc
        return quantity.numeral.unit == "count" and 0 <= doc[at].sent.start - doc[quantity.at].sent.start <= 60

    def _containing(self, top: int) -> int | None:
        """ "12 people, including three children": the 12."""
        tree = self.tree
        if tree.dep[top] == "pobj" and tree.lower[tree.head[top]] == "including":
            above = tree.head[tree.head[top]]
            near = [i for i, q in enumerate(self.found) if above in (q.noun, q.top, q.at)]
            return near[-1] if near else None
        return None

    def _lemma(self, i: int | None) -> str:
        return "" if i is None else self.tree.lemma[i]

    def _is_figure(self, quantity: Quantity) -> bool:
        tree, numeral, at = self.tree, quantity.numeral, quantity.at
        text = self.reading.article.text
        words = numeral.core.of(text).lower()
        if numeral.unit != "count":
            return True
        noun = quantity.noun
        if words in ("one", "both", "no") and (noun is None or tree.lower[min(at + 1, len(tree) - 1)] == "of"):
            return False
        if words == "both" and tree.tag[at] == "CC":
            return False
        plural = noun is not None and tree.tag[noun] in ("NNS", "NNPS")
        if words.isdigit() and len(words) == 4 and 1500 <= int(words) < 2100 and not plural:
            return False
        label = noun is not None and tree.pos[noun] == "PROPN" and (noun < at or tree.ent[at] in _NAMES)
        return not label and not self._is_age(quantity)

    def _is_age(self, quantity: Quantity) -> bool:
        """ "Lay, 69, who manages the club"."""
        tree, at = self.tree, quantity.at
        if quantity.noun is not None and quantity.noun > at:
            return False
        before, after = tree.lower[at - 1] if at else "", tree.lower[at + 1] if at + 1 < len(tree) else ""
        return before in {",", "("} and after in {",", ")", ".", ";"} and quantity.numeral.written == "digits"


_TOTALS = frozenset({"total", "number", "all", "estimate", "minimum", "maximum"})
_NAMES = frozenset({"FAC", "WORK_OF_ART", "LAW", "PRODUCT", "EVENT", "DATE", "TIME"})


# --------------------------------------------------------------------------- which event a figure counts for


def count(reading: Reading, events: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """The events with their figures."""
    if not events:
        return ()
    tree = Tree(reading.doc)
    finder = _Finder(reading, tree)
    quantities = finder.find()
    by_token: dict[int, list[int]] = {}
    for number, event in enumerate(events):
        for token in reading.tokens(event.trigger):
            by_token.setdefault(token.i, []).append(number)
    owners = [_owners(quantity, by_token, tree) for quantity in quantities]
    roles = [_role(q, owner, events, reading, tree) for q, owner in zip(quantities, owners, strict=True)]
    of_event: list[list[int]] = [[] for _ in events]
    for number, found in enumerate(owners):
        for owner in found:
            of_event[owner].append(number)
    return tuple(
        replace(event, figures=_figures(of_event[i], quantities, roles, reading, tree)) if of_event[i] else event
        for i, event in enumerate(events)
    )


def _owners(quantity: Quantity, by_token: dict[int, list[int]], tree: Tree) -> list[int]:
    """The events that a quantity counts for, the one of whose word it depends on first."""
    for i in (quantity.noun, quantity.top):
        if i is not None and i in by_token:
            return by_token[i]
    found: list[int] = []
    if quantity.own:
        for i in dict.fromkeys((quantity.noun, quantity.top, quantity.at)):
            for clause in tree.kids(i, "acl", "relcl") if i is not None else ():
                for verb in tree.conjuncts(clause):
                    found.extend(by_token.get(verb, ()))
    if quantity.numeral.written != "none":
        found.extend(_above(quantity, by_token, tree))
    return list(dict.fromkeys(found))


def _above(quantity: Quantity, by_token: dict[int, list[int]], tree: Tree) -> list[int]:
    for up in tree.climb(quantity.top):
        if up in by_token:
            return by_token[up]
        if tree.pos[up] in VERBAL:
            beside = [k for k in tree.children[up] if tree.dep[k] in _ARGUMENTS]
            found = [number for k in beside for i in tree.measured(k) for number in by_token.get(i, ())]
            if found or tree.dep[up] in _CLOSED:
                return found
    return []


_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "acomp", "attr", "oprd", "xcomp", "ccomp", "prt"})
_CLOSED = frozenset({"ccomp", "ROOT", "parataxis"})


def _role(quantity: Quantity, owners: list[int], events: Sequence[EventMention], reading: Reading, tree: Tree) -> str:
    """The participle of the event's verb: "shot down", "killed"; of an event that is itself counted, its verb's."""
    if quantity.numeral.kind == "duration":
        return "duration"
    if not owners:
        return ""
    words = _roles(reading.lexicon)
    at = reading.tokens(events[owners[0]].trigger).root.i
    if at == quantity.noun or tree.pos[at] not in VERBAL:
        verb = next((up for up in tree.climb(quantity.top) if tree.pos[up] in VERBAL), None)
        if tree.lemma[at] in words:
            return words[tree.lemma[at]]
        if verb is None or tree.lemma[verb] == "be":
            return ""
        at = verb
    return _participle(at, words, tree)


def _participle(verb: int, words: dict[str, str], tree: Tree) -> str:
    lemma = tree.lemma[verb]
    particle = "".join(f" {tree.lower[c]}" for c in tree.kids(verb, "prt"))
    if not particle and tree.lower[verb + 1 : verb + 2] == ["down"] and lemma == "shoot":
        particle = " down"
    if lemma + particle in words:
        return words[lemma + particle]
    if lemma in words:
        return words[lemma] + particle
    if lemma.endswith("e"):
        return f"{lemma}d{particle}"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return f"{lemma[:-1]}ied{particle}"
    return f"{lemma}ed{particle}"


@cache
def _roles(lexicon: Lexicon) -> dict[str, str]:
    return {row["word"]: row["role"] for row in lexicon.rows("figure_roles")}


def _figures(
    numbers: list[int], quantities: Sequence[Quantity], roles: list[str], reading: Reading, tree: Tree
) -> tuple[Figure, ...]:
    """An event's figures in reading order, with the wholes that they are parts of."""
    wholes = [whole for n in numbers if (whole := quantities[n].whole) is not None]
    listed = sorted({*numbers, *wholes})
    return tuple(_figure(quantities[n], roles[n], listed, quantities, reading, tree) for n in listed)


def _figure(
    quantity: Quantity, role: str, listed: list[int], quantities: Sequence[Quantity], reading: Reading, tree: Tree
) -> Figure:
    numeral = quantity.numeral
    return Figure(
        numeral.span,
        numeral.span.of(reading.article.text),
        numeral.value,
        numeral.low,
        numeral.high,
        numeral.comparator,
        numeral.unit,
        _counts(quantity, role, quantities, tree, reading.lexicon),
        role,
        listed.index(quantity.whole) if quantity.whole in listed else None,
    )


def _counts(quantity: Quantity, role: str, quantities: Sequence[Quantity], tree: Tree, lexicon: Lexicon) -> str:
    """What is counted, in the plural: "drones"; people, where only the harm is told ("12 were wounded")."""
    noun = quantity.noun
    if noun is None and quantity.whole is not None:
        noun = quantities[quantity.whole].noun
    if noun is None:
        return "people" if quantity.numeral.unit == "count" and role in _OF_PEOPLE else ""
    return _plural(tree.lemma[noun], tree.lower[noun], tree.tag[noun], lexicon)


_OF_PEOPLE = frozenset({"killed", "injured", "arrested", "missing", "displaced", "evacuated", "rescued"})


def _plural(lemma: str, word: str, tag: str, lexicon: Lexicon) -> str:
    if lemma in (irregular := _plurals(lexicon)):
        return irregular[lemma]
    if tag in ("NNS", "NNPS"):
        return word
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return f"{lemma[:-1]}ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def _plurals(lexicon: Lexicon) -> dict[str, str]:
    return {row["singular"]: row["plural"] for row in lexicon.rows("plurals")}
