"""Which event types may tell of one happening, and which accounts oppose each other: kinships.tsv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.resolve.tables import read_rows

COLUMNS = ("kin", "type", "part", "side", "spread")


class Kinship(NamedTuple):
    """The kin of a type, whether it only comes of a happening (``effect``), and the side that it speaks for, or ""."""

    kin: str
    effect: bool
    side: str


def kinship(event_type: str) -> Kinship:
    """The kinship of a type; one that the table lacks is a kin of its own."""
    return _table().get(event_type) or Kinship(event_type.casefold(), effect=False, side="")


def is_known(kin: str) -> bool:
    """Whether the table has this kin."""
    return kin in {each.kin for each in _table().values()}


@cache
def is_wide(kin: str) -> bool:
    """Whether one happening of this kin may cover a country."""
    return any(row["kin"] == kin and row["spread"] for row in _rows())


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(row for row, _ in read_rows(Path(__file__).with_name("kinships.tsv"), COLUMNS))


@cache
def _table() -> dict[str, Kinship]:
    return {row["type"]: Kinship(row["kin"], row["part"] == "effect", row["side"]) for row in _rows()}
