"""What a figure counts, in words that may be compared: measures.tsv."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.model import Figure, MeasureLink
from kg.resolve.tables import read_rows


class Measure(NamedTuple):
    """What is counted, what became of it, in which unit."""

    counts: str
    role: str
    unit: str


def counted(words: str) -> str:
    """What is counted, in the words that stand for all that are the same."""
    return _words()[0].get(words.casefold(), words.casefold())


def measure(figure: Figure) -> Measure | None:
    """The measure of a figure, in the words that stand for all that are the same; None where it is not told whole."""
    _, roles = _words()
    counts = counted(figure.counts)
    role = figure.role.casefold()
    same, of = roles.get(role, (role, frozenset()))
    if not counts or not same or same == "duration":
        return None
    return Measure(counts, same if not of or counts in of else role, figure.unit)


def link_measures(figures: Iterable[Figure]) -> tuple[MeasureLink, ...]:
    """What figures count, each tied to the words that stand for it, where those are others."""
    told = {(f.counts.casefold(), f.role.casefold()): measure(f) for f in figures}
    return tuple(
        MeasureLink(counts, role, same.counts, same.role)
        for (counts, role), same in sorted(told.items())
        if same and (counts, role) != (same.counts, same.role)
    )


@cache
def _words() -> tuple[dict[str, str], dict[str, tuple[str, frozenset[str]]]]:
    counts: dict[str, str] = {}
    roles: dict[str, tuple[str, frozenset[str]]] = {}
    for row, _ in read_rows(Path(__file__).with_name("measures.tsv"), ("slot", "word", "same", "of")):
        if row["slot"] == "counts":
            counts[row["word"]] = row["same"]
        else:
            roles[row["word"]] = (row["same"], frozenset(filter(None, row["of"].split("|"))))
    return counts, roles
