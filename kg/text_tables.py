"""Read tab-separated tables: a head of ``#`` lines, a line of column names, then one row per entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import LexiconError

Row = dict[str, str]


def read_rows(path: Path, columns: tuple[str, ...] = ()) -> Iterator[tuple[Row, str]]:
    """Read the rows of a table, each with its file and line ("cues.tsv:12") for error messages.

    With ``columns`` the table must have exactly these, and missing cells at the end of a row are empty; without, a row
    must have a cell for each column. Raises LexiconError otherwise.
    """
    names: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells, where = line.split("\t"), f"{path if columns else path.name}:{number}"
        if not names:
            names = tuple(cells)
            if columns and names != columns:
                fix = f"Use these columns, separated by tabs: {', '.join(columns)}."
                raise LexiconError(f"the columns are {cells}", where=where, fix=fix)
            continue
        if columns:
            cells += [""] * (len(names) - len(cells))
        if len(cells) != len(names):
            fix = f"A row has these cells, separated by tabs: {', '.join(names)}."
            raise LexiconError(f"{len(cells)} cells, not {len(names)}", where=where, fix=fix)
        yield dict(zip(names, cells, strict=True)), where


def read_table(path: Path) -> tuple[Row, ...]:
    """Read the rows of a table with any columns; raises LexiconError as `read_rows`."""
    return tuple(row for row, _ in read_rows(path))
