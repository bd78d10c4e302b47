"""How many: the figures of a text, what each counts, and the events that it counts for.

`count` gives each event as told the quantities (`kg.extract.quantities`) that it is told with. A figure belongs to the
event whose word governs what is counted ("shot down 11 of them"), to the one that modifies it ("15 people injured in
the fire"), or is that event itself ("65 air strikes"). The whole that a figure is part of stands in the same event's
figures, so that ``of`` can name it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.extract.component import Reading
from kg.extract.lexicon import Lexicon
from kg.extract.quantities import Quantity
from kg.extract.quantities import find as quantities_of
from kg.extract.tree import Tree, tree_of
from kg.model import EventMention, Figure

VERBAL = frozenset({"VERB", "AUX"})


def count(reading: Reading, events: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """The events with their figures."""
    if not events:
        return ()
    tree = tree_of(reading)
    quantities = quantities_of(reading, tree)
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
    if quantity.numeral.written in ("none", "nobody"):
        found.extend(by_token.get(tree.head[quantity.top], ()))
    elif not (found and tree.dep[quantity.top] == "conj"):  # "three killed and 12 others injured": not killed
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
    if quantity.numeral.kind in _MEASURES:
        return quantity.numeral.kind
    words = _roles(reading.lexicon)
    verb = _verb_over(quantity, tree)
    if owners:
        at = reading.tokens(events[owners[0]].trigger).root.i
        if words["word"].get(tree.lemma[at]):
            return words["word"][tree.lemma[at]]
        if tree.pos[at] in VERBAL:
            verb = at
    if verb is None or tree.lemma[verb] in _EMPTY:
        return ""
    return _participle(verb, words["verb"] | words["word"], tree)


_MEASURES = frozenset({"duration", "magnitude"})
_EMPTY = frozenset({"be", "have"})


def _verb_over(quantity: Quantity, tree: Tree) -> int | None:
    """The verb that what is counted is an argument of: of its relative clause, else above it."""
    if quantity.own and quantity.noun is not None:
        for clause in tree.kids(quantity.noun, "acl", "relcl"):
            if tree.pos[clause] in VERBAL:
                return clause
    return next((up for up in tree.climb(quantity.top) if tree.pos[up] in VERBAL), None)


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
def _roles(lexicon: Lexicon) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"verb": {}, "word": {}}
    for row in lexicon.rows("figure_roles"):
        found[row["kind"]][row["word"]] = row["role"]
    return found


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
