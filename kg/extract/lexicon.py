"""Words as data: .tsv tables in ``lexicons/LANGUAGE/``, with the folders that a user lays over them.

A table has a head of ``#`` lines that defines each column, then a line of column names, then rows; one row an entry,
tab between cells. Every reader turns rows into its own typed table, once: a `Lexicon` is hashable, so ``functools.cache``
on a function of it is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import LexiconError, nearest

Row = dict[str, str]
SHIPPED = Path(__file__).parent / "lexicons"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language; ``overlays`` are folders whose rows come after, and win over, the shipped ones."""

    language: str = "en"
    overlays: tuple[Path, ...] = ()

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of ``table`` ("cues"), shipped ones first; raises LexiconError with file and line."""
        return _rows(self, table)


@cache
def _rows(lexicon: Lexicon, table: str) -> tuple[Row, ...]:
    shipped = SHIPPED / lexicon.language / f"{table}.tsv"
    if not shipped.exists():
        known = (path.stem for path in shipped.parent.glob("*.tsv"))
        raise LexiconError(f"no table {table!r}", where=str(shipped.parent), mend=nearest(table, known))
    rows = list(read_table(shipped))
    names = set(rows[0]) if rows else set()
    for folder in lexicon.overlays:
        path = folder / f"{table}.tsv"
        for row in read_table(path) if path.exists() else ():
            if set(row) != names:
                raise LexiconError(
                    f"columns {sorted(row)} are not those of the shipped table",
                    where=str(path),
                    mend=f"Use: {', '.join(sorted(names))}.",
                )
            rows.append(row)
    return tuple(rows)


def read_table(path: Path) -> tuple[Row, ...]:
    """The rows of one .tsv file; raises LexiconError where a row has too few or too many cells."""
    names: list[str] = []
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not names:
            names = cells
        elif len(cells) != len(names):
            raise LexiconError(
                f"{len(cells)} cells, not {len(names)}",
                where=f"{path.name}:{number}",
                mend=f"A row has a cell for each of: {', '.join(names)}; tabs between them.",
            )
        else:
            rows.append(dict(zip(names, cells, strict=True)))
    return tuple(rows)
