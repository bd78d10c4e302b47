"""Read the tables patterns/*.tsv; the head of each explains its columns."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.text_tables import read_table

_FOLDER = Path(__file__).with_name("patterns")


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read the rows of a table, all with the same number of cells, without comments and column names."""
    return tuple(tuple(row.values()) for row in read_table(_FOLDER / name))
