"""A SQLite file of what was worked out before, so that a change costs no more than what it touches.

Nothing in a ledger is told only there: it is made anew where it is missing, or was made by another program.
"""

from __future__ import annotations

import hashlib
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

_MARKS = "CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"


class SqliteIndex:
    """The tables of several keepers in one file, or in memory (``path`` is None).

    ``stamp`` says by what the file was made: with another stamp, or a file that cannot be read, it starts empty.
    """

    def __init__(self, path: Path | None = None, stamp: str = "") -> None:
        try:
            self._base = self._open(path)
            same = self.read("stamp") in (None, stamp)
        except sqlite3.DatabaseError:  # not a database, or a torn one
            same = False
            self._base.close()
        if not same:
            assert path is not None
            path.unlink()
            self._base = self._open(path)
        self.write("stamp", stamp)

    def _open(self, path: Path | None) -> sqlite3.Connection:
        self._base = sqlite3.connect(path or ":memory:", isolation_level=None)
        weakref.finalize(self, self._base.close)  # Python 3.13 warns of one that nobody closed
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("PRAGMA cache_size = -131072")  # KiB: keys that are digests are found all over the file
        self._base.execute(_MARKS)
        return self._base

    def make(self, tables: str) -> None:
        """Make these tables where they are not there: statements parted by semicolons."""
        for statement in filter(str.strip, tables.split(";")):
            self._base.execute(statement)

    def read(self, name: str) -> str | None:
        """What was written under this name; None where nothing was."""
        row = self.first("SELECT value FROM ledger WHERE name = ?", name)
        return row[0] if row else None

    def write(self, name: str, value: str) -> None:
        """Keep a word under a name."""
        self.do("INSERT OR REPLACE INTO ledger VALUES (?, ?)", name, value)

    def do(self, statement: str, *values: Any) -> None:
        """Carry out one statement."""
        self._base.execute(statement, values)

    def put(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to a table, in place of those of the same key."""
        rows = list(rows)
        if rows:
            self._base.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - our own table's name

    def all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a query gives."""
        return self._base.execute(query, values).fetchall()

    def each(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows that a query gives, one by one: for very many, of tables that are not written meanwhile."""
        yield from self._base.execute(query, values)

    def first(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row that a query gives, or None."""
        row: tuple[Any, ...] | None = self._base.execute(query, values).fetchone()
        return row

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written meanwhile, or, after an error or a kill, none of it."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def close(self) -> None:
        """Let the file go."""
        self._base.close()


def to_key(name: str) -> bytes:
    """An id as a ledger keeps it: any characters, in the order of their code points."""
    return name.encode("utf-8", "surrogatepass")  # an id may be a file's name, and a file's name may be any bytes


def from_key(key: bytes) -> str:
    """The id behind a key."""
    return key.decode("utf-8", "surrogatepass")


@cache
def fingerprint(*places: Path) -> str:
    """A digest of programs and tables, in files and folders: what they work out may be another when they are others."""
    digest = hashlib.sha256()
    for place in places:
        files = (
            [place] if place.is_file() else [p for p in place.rglob("*") if p.suffix in {".py", ".rq", ".tsv", ".txt"}]
        )
        for file in sorted(files):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
