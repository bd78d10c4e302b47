"""The extractions behind a store's graphs: one SQLite file of records, so that what spans articles can be made anew."""

from __future__ import annotations

import json
import sqlite3
import weakref
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.graph.iris import NodeIris
from kg.model import Article, Extraction, Extractor, Ref
from kg.record import from_line, to_line

_TABLES = """
CREATE TABLE IF NOT EXISTS record (article BLOB PRIMARY KEY, sha256 TEXT, extractor TEXT, line BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS address (article BLOB PRIMARY KEY, line TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changed (article BLOB PRIMARY KEY) WITHOUT ROWID;
"""

#: articles whose addresses are kept at hand
AT_HAND = 4000


class Records:
    """Records by article id. ``path`` is a file, or None for memory; a put is durable once it returns.

    Which articles were put or dropped is kept until what spans articles has been settled (`changes`, `settled`).
    """

    def __init__(self, path: Path | None = None) -> None:
        self._base = sqlite3.connect(path or ":memory:", isolation_level=None)
        weakref.finalize(self, self._base.close)  # Python 3.13 warns of one that nobody closed
        self._base.executescript(_TABLES)
        self._addresses: dict[str, dict[str, str]] = {}

    def put(self, extractions: Iterable[Extraction]) -> None:
        """Keep these, in place of what was kept of the same articles; all or none of them."""
        extractions = list(extractions)
        self._addresses.clear()
        rows = [
            (
                _key(each.article.id),
                version(each.article),
                signature(each.extractor),
                zlib.compress(to_line(each).encode("utf-8", "surrogatepass")),
            )
            for each in extractions
        ]
        addresses = [(_key(each.article.id), _addresses(each)) for each in extractions]
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", rows)
            self._base.executemany("INSERT OR REPLACE INTO address VALUES (?, ?)", addresses)
            self._base.executemany("INSERT OR REPLACE INTO changed VALUES (?)", [row[:1] for row in rows])

    def drop(self, article: str) -> None:
        """Forget an article; nothing where it was not kept."""
        self._addresses.clear()
        with self._base:
            self._base.execute("BEGIN")
            for table in ("record", "address"):
                self._base.execute(f"DELETE FROM {table} WHERE article = ?", (_key(article),))  # noqa: S608 - our own tables
            self._base.execute("INSERT OR REPLACE INTO changed VALUES (?)", (_key(article),))

    def changes(self, *, everything: bool = False) -> Iterator[tuple[str, Extraction | None]]:
        """The articles that were put or dropped since the last `settled`, or all, by id; None for one that is gone."""
        query = (
            "SELECT article FROM changed UNION SELECT article FROM record"
            if everything
            else "SELECT article FROM changed"
        )
        for (article,) in self._base.execute(f"{query} ORDER BY article").fetchall():
            row = self._base.execute("SELECT line FROM record WHERE article = ?", (article,)).fetchone()
            yield article.decode("utf-8", "surrogatepass"), _read(row[0]) if row else None

    def settled(self) -> None:
        """What spans articles now holds what all of these tell."""
        self._base.execute("DELETE FROM changed")

    def address(self, ref: Ref) -> str:
        """The address of an attribution, a narration or an event. Raises KeyError where the article has none such."""
        if ref.article not in self._addresses:
            self._addresses[ref.article] = self._read_addresses(_key(ref.article))
            if len(self._addresses) > AT_HAND:
                del self._addresses[next(iter(self._addresses))]
        return self._addresses[ref.article][ref.id]

    def _read_addresses(self, article: bytes) -> dict[str, str]:
        row = self._base.execute("SELECT line FROM address WHERE article = ?", (article,)).fetchone()
        if row is None:  # kept by an earlier program
            record = self._base.execute("SELECT line FROM record WHERE article = ?", (article,)).fetchone()
            row = (_addresses(_read(record[0])) if record else "{}",)
            self._base.execute("INSERT INTO address VALUES (?, ?)", (article, row[0]))
        found: dict[str, str] = json.loads(row[0])
        return found

    def __contains__(self, article: str) -> bool:
        return self._base.execute("SELECT 1 FROM record WHERE article = ?", (_key(article),)).fetchone() is not None

    def ids(self) -> list[str]:
        """The articles that are kept."""
        rows = self._base.execute("SELECT article FROM record ORDER BY article")
        return [article.decode("utf-8", "surrogatepass") for (article,) in rows]

    def known(self, article: Article, extractor: Extractor) -> bool:
        """Whether this very version of the article was read by this very extractor."""
        row = self._base.execute(
            "SELECT sha256, extractor FROM record WHERE article = ?", (_key(article.id),)
        ).fetchone()
        return bool(row == (version(article), signature(extractor)))

    def __iter__(self) -> Iterator[Extraction]:
        """Every extraction, by article id."""
        for (line,) in self._base.execute("SELECT line FROM record ORDER BY article"):
            yield _read(line)

    def __len__(self) -> int:
        (count,) = self._base.execute("SELECT count(*) FROM record").fetchone()
        return int(count)

    def close(self) -> None:
        """Let the file go."""
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def signature(extractor: Extractor) -> str:
    """One word for program, version and model."""
    return f"{extractor.name} {extractor.version} {extractor.model}"


def version(article: Article) -> str:
    """Digest of all that an extraction depends on: the text and what reading it added (date, outlet, furniture)."""
    told = f"{article.title}|{article.outlet}|{article.url}|{article.published}|{article.furniture}|{article.language}"
    return f"{article.sha256}-{zlib.crc32(told.encode('utf-8', 'surrogatepass')):08x}"


def _read(line: bytes) -> Extraction:
    return from_line(zlib.decompress(line).decode("utf-8", "surrogatepass"))


def _addresses(extraction: Extraction) -> str:
    return json.dumps(NodeIris(extraction).all())


def _key(article: str) -> bytes:
    return article.encode("utf-8", "surrogatepass")  # an id may be a file's name, and a file's name may be any bytes
