"""What a figure counts, in words that may be compared: measures.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.model import Figure, MeasureLink
from kg.text_tables import read_rows

#: what groups are among that belong to a side
SIDED = "a side's"

#: all who are counted by themselves, whatever else they are
PEOPLE = "people"


class Measure(NamedTuple):
    """What is counted, what became of it, in which unit."""

    counts: str
    role: str
    unit: str


def counted_noun(words: str) -> str:
    """What is counted, in the words that stand for all that are the same."""
    return _words().counts.get(words.casefold(), words.casefold())


def measure_of(figure: Figure) -> Measure | None:
    """The measure of a figure, in the words that stand for all that are the same; None where it is not told whole."""
    roles = _words().roles
    role = figure.role.casefold()
    same, of = roles.get(role, (role, frozenset()))
    # "put the crowd at 35,000": who attend, or are arrested, are people
    counts = counted_noun(figure.counts) or (PEOPLE if same in _words().personal else "")
    if not counts or not same or same == "duration":
        return None
    return Measure(counts, same if not of or counts in of else role, figure.unit)


def link_measures(figures: Iterable[Figure]) -> tuple[MeasureLink, ...]:
    """What figures count, each tied to the words that stand for it, where those are others."""
    told = {(f.counts.casefold(), f.role.casefold()): measure_of(f) for f in figures}
    return tuple(
        MeasureLink(counts, role, same.counts, same.role)
        for (counts, role), same in sorted(told.items())
        if same and (counts, role) != (same.counts, same.role)
    )


def shared_measures(counts: str) -> frozenset[str]:
    """All that things of this sort are among: civilians are people, and so are villagers."""
    found: set[str] = set()
    ahead = [counted_noun(counts)]
    while ahead:
        new = _words().among.get(ahead.pop(), frozenset()) - found
        found |= new
        ahead += sorted(new)
    return frozenset(found)


def is_sided_group(counts: str) -> bool:
    """Whether these are one side's own, so that a number of them says nothing until it is told whose: soldiers."""
    return SIDED in shared_measures(counts)


def is_local(words: str) -> bool:
    """Whether words speak of a place that they do not name: "in his region", "the city's hospital", "the mayor"."""
    return _words().local.search(words.casefold()) is not None


def is_own(doer: str) -> bool:
    """Whether words for who did a thing speak of who tells it, or of theirs: "we", "our forces", "its air defences"."""
    return _words().own.match(doer.casefold()) is not None


class _Words(NamedTuple):
    counts: dict[str, str]
    among: dict[str, frozenset[str]]
    roles: dict[str, tuple[str, frozenset[str]]]
    personal: frozenset[str]
    local: re.Pattern[str]
    own: re.Pattern[str]


@cache
def _words() -> _Words:
    counts: dict[str, str] = {}
    among_: dict[str, frozenset[str]] = {}
    roles: dict[str, tuple[str, frozenset[str]]] = {}
    patterns: dict[str, list[str]] = {"local": [], "own": []}
    for row, _ in read_rows(Path(__file__).with_name("measures.tsv"), ("slot", "word", "same", "of")):
        of = frozenset(filter(None, row["of"].split("|")))
        if row["slot"] == "counts":
            counts[row["word"]] = row["same"]
            if of:
                among_[row["same"]] = among_.get(row["same"], frozenset()) | of
        elif row["slot"] == "role":
            roles[row["word"]] = (row["same"], of)
        else:
            patterns[row["slot"]].append(row["word"])
    local, own = (re.compile(rf"\b(?:{'|'.join(patterns[slot])})\b") for slot in ("local", "own"))
    personal = frozenset(same for same, of in roles.values() if PEOPLE in of)
    return _Words(counts, among_, roles, personal, local, own)
