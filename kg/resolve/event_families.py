"""Which event types may tell of one happening, and which accounts oppose each other: event_families.tsv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.text_tables import read_rows

COLUMNS = ("kin", "type", "part", "side", "spread")


class EventFamily(NamedTuple):
    """The kin of a type, whether it only comes of a happening (``effect``), and the side that it speaks for, or ""."""

    kin: str
    effect: bool
    side: str


def family_of(event_type: str) -> EventFamily:
    """The kinship of a type; one that the table lacks is a kin of its own."""
    return _table().get(event_type) or EventFamily(event_type.casefold(), effect=False, side="")


def is_known(kin: str) -> bool:
    """Whether the table has this kin."""
    return kin in {each.kin for each in _table().values()}


@cache
def is_wide(kin: str) -> bool:
    """Whether one happening of this kin may cover a country."""
    return any(row["kin"] == kin and row["spread"] for row in _rows())


@cache
def is_sided(kin: str) -> bool:
    """Whether accounts of one happening of this kin speak for sides, each of which counts its own."""
    return any(row["kin"] == kin and row["side"] for row in _rows())


def is_cause(event_type: str) -> bool:
    """Whether an effect names what came of it, where nothing else does: an explosion, not the deaths in it."""
    return any(row["type"] == event_type and row["part"] == "cause" for row in _rows())


def covers(one: str, other: str) -> bool:
    """Whether a type is the other, or a word for any of its kin on its side: an attack may be a drone strike."""
    general = {row["type"] for row in _rows() if row["part"] == "general"}
    of_a_kin = family_of(one).kin == family_of(other).kin and family_of(one).side == family_of(other).side
    return one == other or (one in general and of_a_kin)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(row for row, _ in read_rows(Path(__file__).with_name("event_families.tsv"), COLUMNS))


@cache
def _table() -> dict[str, EventFamily]:
    return {row["type"]: EventFamily(row["kin"], row["part"] in {"effect", "cause"}, row["side"]) for row in _rows()}
