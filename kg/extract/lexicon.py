"""Words as data: .tsv tables in ``lexicons/LANGUAGE/``, with the folders that a user lays over them.

A table has a head of ``#`` lines that defines each column, then a line of column names, then rows; one row an entry,
tab between cells. Every reader turns rows into its own typed table, once: a `Lexicon` is hashable, so ``functools.cache``
on a function of it is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import LexiconError, nearest
from kg.text_tables import Row, read_table

SHIPPED = Path(__file__).parent / "lexicons"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language; ``overlays`` are folders whose rows come after, and win over, the shipped ones."""

    language: str = "en"
    overlays: tuple[Path, ...] = ()

    def words(self, table: str, group: str) -> frozenset[str]:
        """The words of one group of a table with the columns ``word`` and ``group`` (in reference_words ``use``)."""
        return _groups(self, table).get(group, frozenset())

    def classes(self) -> Mapping[str, frozenset[str]]:
        """The word classes of classes.tsv by name: "person", "measure"."""
        return _classes(self)

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of ``table`` ("cues"), shipped ones first; raises LexiconError with file and line."""
        return _rows(self, table)


def tables(folder: Path) -> dict[str, Path]:
    """The .tsv tables of a folder and of its subfolders, by name; a user's overlay may be flat or have subfolders."""
    return {path.stem: path for path in sorted(folder.rglob("*.tsv"))}


@cache
def _groups(lexicon: Lexicon, table: str) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for row in lexicon.rows(table):
        groups.setdefault(row["group"] if "group" in row else row["use"], set()).add(row["word"])
    return {group: frozenset(words) for group, words in groups.items()}


@cache
def _classes(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    return {row["class"]: frozenset(row["words"].split()) for row in lexicon.rows("classes")}


@cache
def _rows(lexicon: Lexicon, table: str) -> tuple[Row, ...]:
    folder = SHIPPED / lexicon.language
    shipped = tables(folder).get(table)
    if shipped is None:
        raise LexiconError(f"no table {table!r}", where=str(folder), fix=nearest(table, tables(folder)))
    rows = list(read_table(shipped))
    names = set(rows[0]) if rows else set()
    for path in (found for folder in lexicon.overlays if (found := tables(folder).get(table))):
        for row in read_table(path):
            if set(row) != names:
                raise LexiconError(
                    f"columns {sorted(row)} are not those of the shipped table",
                    where=str(path),
                    fix=f"Use: {', '.join(sorted(names))}.",
                )
            rows.append(row)
    return tuple(rows)
