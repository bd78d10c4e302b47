"""The tables beside the code: patterns/*.tsv, each with a head that explains its columns."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.text_tables import read_table

_FOLDER = Path(__file__).with_name("patterns")


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, without its comments and its line of column names, each of the same number of cells."""
    return tuple(tuple(row.values()) for row in read_table(_FOLDER / name))
