"""SQLite index of intermediate results, so that an update costs only what the change affects.

The index can always be rebuilt from the store: it is when the file is missing, damaged or written by another version.
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

_MARKS = "CREATE TABLE IF NOT EXISTS info (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"


class SqliteIndex:
    """Tables of several modules in one file, or in memory (``path`` is None).

    ``stamp`` identifies the version that wrote the file: with another stamp, or an unreadable file, the index starts empty.
    """

    def __init__(self, path: Path | None = None, stamp: str = "") -> None:
        try:
            self._base = self._open(path)
            same = self.read("stamp") in (None, stamp)
        except sqlite3.DatabaseError:  # not a database, or a damaged one
            same = False
            self._base.close()
        if not same:
            assert path is not None
            path.unlink()
            self._base = self._open(path)
        self.write("stamp", stamp)

    def _open(self, path: Path | None) -> sqlite3.Connection:
        self._base = sqlite3.connect(path or ":memory:", isolation_level=None)
        weakref.finalize(self, self._base.close)  # Python 3.13 warns about an unclosed connection
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute(
            "PRAGMA cache_size = -131072"
        )  # KiB: keys are digests, so lookups are spread over the whole file
        self._base.execute(_MARKS)
        return self._base

    def make(self, tables: str) -> None:
        """Create these tables if they do not exist: statements separated by semicolons."""
        for statement in filter(str.strip, tables.split(";")):
            self._base.execute(statement)

    def read(self, name: str) -> str | None:
        """Return the value stored under this name, or None."""
        row = self.first("SELECT value FROM info WHERE name = ?", name)
        return row[0] if row else None

    def write(self, name: str, value: str) -> None:
        """Store a value under a name."""
        self.do("INSERT OR REPLACE INTO info VALUES (?, ?)", name, value)

    def do(self, statement: str, *values: Any) -> None:
        """Execute one statement."""
        self._base.execute(statement, values)

    def put(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows into a table; rows of the same key are replaced."""
        rows = list(rows)
        if rows:
            self._base.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - our own table's name

    def all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._base.execute(query, values).fetchall()

    def each(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a large query one by one; its tables must not be written during the iteration."""
        yield from self._base.execute(query, values)

    def first(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        row: tuple[Any, ...] | None = self._base.execute(query, values).fetchone()
        return row

    @contextmanager
    def together(self) -> Iterator[None]:
        """Commit everything written inside this block, or nothing after an error or a kill."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def to_key(name: str) -> bytes:
    """Encode an id as a key: any characters, sorted by code point."""
    return name.encode("utf-8", "surrogatepass")  # an id may come from a file name, which may have any bytes


def from_key(key: bytes) -> str:
    """Decode a key to its id."""
    return key.decode("utf-8", "surrogatepass")


@cache
def fingerprint(*places: Path) -> str:
    """Hash program files and tables, in files and folders: results may change whenever they change."""
    digest = hashlib.sha256()
    for place in places:
        files = (
            [place] if place.is_file() else [p for p in place.rglob("*") if p.suffix in {".py", ".rq", ".tsv", ".txt"}]
        )
        for file in sorted(files):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
