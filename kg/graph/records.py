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
CREATE TABLE IF NOT EXISTS pending (article BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS earlier (article BLOB PRIMARY KEY, sha256 TEXT, extractor TEXT, line BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS damage (graph TEXT PRIMARY KEY) WITHOUT ROWID;
"""

#: a row of the table of records: article, digest, signature, compressed line
Row = tuple[bytes, str, str, bytes]

#: the version that was last settled is the first that is replaced; of a new article, a row without values
_KEEP_EARLIER = """
INSERT OR IGNORE INTO earlier
SELECT ?, record.sha256, record.extractor, record.line FROM (SELECT 1) LEFT JOIN record ON record.article = ?
"""

#: articles whose addresses are kept at hand
AT_HAND = 4000


class Records:
    """Records by article id. ``path`` is a file, or None for memory; a put is durable once it returns.

    Which articles were put or dropped is kept until what spans articles has been settled (`changed`, `settled`), and
    until their graphs are on disk (`pending`, `written`). With ``readonly``, a missing file counts as an empty one.
    """

    def __init__(self, path: Path | None = None, *, readonly: bool = False) -> None:
        self._base = _connect(path, readonly)
        weakref.finalize(self, self._base.close)  # Python 3.13 warns of one that nobody closed
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
            for key, *_ in rows:
                self._base.execute(_KEEP_EARLIER, (key, key))
                self._mark(key)
            self._base.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", rows)
            self._base.executemany("INSERT OR REPLACE INTO address VALUES (?, ?)", addresses)

    def drop(self, article: str) -> None:
        """Forget an article; nothing where it was not kept."""
        self._addresses.clear()
        with self._base:
            self._base.execute("BEGIN")
            self._delete(_key(article), "record", "address", "earlier")
            self._mark(_key(article))

    def _mark(self, key: bytes) -> None:
        for table in ("changed", "pending"):
            self._base.execute(f"INSERT OR IGNORE INTO {table} VALUES (?)", (key,))  # noqa: S608 - our own tables

    def _delete(self, key: bytes, *tables: str) -> None:
        for table in tables:
            self._base.execute(f"DELETE FROM {table} WHERE article = ?", (key,))  # noqa: S608 - our own tables

    # ------------------------------------------------------------------ changes that are not settled yet

    def get(self, article: str) -> Extraction | None:
        """Return the extraction of an article, None if there is none."""
        row = self._base.execute("SELECT line FROM record WHERE article = ?", (_key(article),)).fetchone()
        return _read(row[0]) if row else None

    def changed(self) -> list[str]:
        """List the articles, by id, that were put or dropped since they were last settled."""
        return self._ids("changed")

    def mark_all_changed(self) -> None:
        """Count every article as changed: what spans articles was lost, or another program made it."""
        self._base.execute("INSERT OR IGNORE INTO changed SELECT article FROM record")

    def settled(self, articles: Iterable[str]) -> None:
        """Note that what spans articles contains these; the shared graph is on disk."""
        with self._base:
            self._base.execute("BEGIN")
            for article in articles:
                self._delete(_key(article), "changed", "earlier")
            self._base.execute("DELETE FROM damage")

    def row(self, article: str) -> Row | None:
        """Return the stored row of an article, for `restore`."""
        row: Row | None = self._base.execute("SELECT * FROM record WHERE article = ?", (_key(article),)).fetchone()
        return row

    def restore(self, article: str, row: Row | None) -> None:
        """Put an earlier row of an article back; None: there was none."""
        self._addresses.clear()
        with self._base:
            self._base.execute("BEGIN")
            self._delete(_key(article), "record", "address", "earlier")
            if row:
                self._base.execute("INSERT INTO record VALUES (?, ?, ?, ?)", row)
            self._mark(_key(article))

    def earlier(self, article: str) -> tuple[Row | None] | None:
        """Return the row that an article had when it was last settled (None: no row); None if it was not put since."""
        row = self._base.execute("SELECT * FROM earlier WHERE article = ?", (_key(article),)).fetchone()
        return None if row is None else (row if row[-1] is not None else None,)

    # ------------------------------------------------------------------ agreement with the graphs

    def pending(self) -> list[str]:
        """List the articles, by id, whose graphs may differ from their records after a kill or a power failure."""
        return self._ids("pending")

    def written(self, articles: Iterable[str]) -> None:
        """Note that the graphs of these agree with the records and are on disk."""
        with self._base:
            self._base.execute("BEGIN")
            for article in articles:
                self._delete(_key(article), "pending")

    def versions(self) -> dict[str, tuple[str, str]]:
        """Map each article to the digest of its text and the signature of its extractor."""
        rows = self._base.execute("SELECT article, sha256, extractor FROM record ORDER BY article")
        return {_name(key): (sha256.partition("-")[0], signed) for key, sha256, signed in rows}

    def invalidate(self, article: str) -> None:
        """Make an article unknown to the next build, which then reads it again."""
        self._base.execute("UPDATE record SET sha256 = '' WHERE article = ?", (_key(article),))

    @property
    def damaged(self) -> bool:
        """True if graphs were lost since the last `settled`, so that the shared graph cannot be trusted either."""
        return self._base.execute("SELECT 1 FROM damage").fetchone() is not None

    def note_damage(self) -> None:
        """Have the shared graph written again as a whole."""
        self._base.execute("INSERT OR IGNORE INTO damage VALUES ('shared')")

    def _ids(self, table: str) -> list[str]:
        rows = self._base.execute(f"SELECT article FROM {table} ORDER BY article")  # noqa: S608 - our own tables
        return [_name(key) for (key,) in rows]

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
        return self._ids("record")

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


def _connect(path: Path | None, readonly: bool) -> sqlite3.Connection:
    """Open the file of records and make the tables that it lacks."""
    if readonly and path is not None and path.is_file():
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    base = sqlite3.connect(":memory:" if readonly or path is None else path, isolation_level=None)
    base.executescript(_TABLES)
    return base


def _name(key: bytes) -> str:
    return key.decode("utf-8", "surrogatepass")


def _key(article: str) -> bytes:
    return article.encode("utf-8", "surrogatepass")  # an id may be a file's name, and a file's name may be any bytes
