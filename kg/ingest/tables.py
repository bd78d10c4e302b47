"""The tables beside the code: patterns/*.tsv, each with a head that explains its columns."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, without its comments and its line of column names, each of the same number of cells."""
    text = files("kg.ingest").joinpath("patterns", name).read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    width = len(lines[0])
    assert all(len(line) == width for line in lines), f"{name}: a row has not {width} columns"
    return tuple(tuple(line) for line in lines[1:])
