"""Tab-separated tables with a head of ``#`` lines, a line of column names, then one row an entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import LexiconError

Row = dict[str, str]


def read_rows(path: Path, columns: tuple[str, ...] = ()) -> Iterator[tuple[Row, str]]:
    """Read the rows of a table, each with its file and line ("cues.tsv:12") for error messages.

    With ``columns`` the table must have exactly these, and cells missing at the end of a row are empty; without, a row
    must have a cell for each column that the table names. Raises LexiconError where that does not hold.
    """
    names: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells, where = line.split("\t"), f"{path if columns else path.name}:{number}"
        if not names:
            names = tuple(cells)
            if columns and names != columns:
                mend = f"Use: {', '.join(columns)}; tabs between them."
                raise LexiconError(f"its columns are {cells}", where=where, mend=mend)
            continue
        if columns:
            cells += [""] * (len(names) - len(cells))
        if len(cells) != len(names):
            mend = f"A row has a cell for each of: {', '.join(names)}; tabs between them."
            raise LexiconError(f"{len(cells)} cells, not {len(names)}", where=where, mend=mend)
        yield dict(zip(names, cells, strict=True)), where


def read_table(path: Path) -> tuple[Row, ...]:
    """Read the rows of a table whose columns it names itself; raises LexiconError as `read_rows`."""
    return tuple(row for row, _ in read_rows(path))
