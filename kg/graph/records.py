"""The extractions behind a store's graphs: one SQLite file of records, so that what spans articles can be made anew."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.model import Article, Extraction, Extractor
from kg.record import from_line, to_line

_TABLE = (
    "CREATE TABLE IF NOT EXISTS record (article BLOB PRIMARY KEY, sha256 TEXT, extractor TEXT, line BLOB) WITHOUT ROWID"
)


class Records:
    """Records by article id. ``path`` is a file, or None for memory; a put is durable once it returns."""

    def __init__(self, path: Path | None = None) -> None:
        self._base = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._base.execute(_TABLE)

    def put(self, extractions: Iterable[Extraction]) -> None:
        """Keep these, in place of what was kept of the same articles; all or none of them."""
        rows = [
            (
                _key(each.article.id),
                version(each.article),
                signature(each.extractor),
                zlib.compress(to_line(each).encode("utf-8", "surrogatepass")),
            )
            for each in extractions
        ]
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", rows)

    def drop(self, article: str) -> None:
        """Forget an article; nothing where it was not kept."""
        self._base.execute("DELETE FROM record WHERE article = ?", (_key(article),))

    def known(self, article: Article, extractor: Extractor) -> bool:
        """Whether this very version of the article was read by this very extractor."""
        row = self._base.execute(
            "SELECT sha256, extractor FROM record WHERE article = ?", (_key(article.id),)
        ).fetchone()
        return bool(row == (version(article), signature(extractor)))

    def __iter__(self) -> Iterator[Extraction]:
        """Every extraction, by article id."""
        for (line,) in self._base.execute("SELECT line FROM record ORDER BY article"):
            yield from_line(zlib.decompress(line).decode("utf-8", "surrogatepass"))

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


def _key(article: str) -> bytes:
    return article.encode("utf-8", "surrogatepass")  # an id may be a file's name, and a file's name may be any bytes
