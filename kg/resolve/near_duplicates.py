"""Which articles are near-duplicates of which: by shingles; the reach of one text, not many voices.

Articles are taken in the order of their days, then ids. Each whose text is for the most part that of an earlier one, which is
no copy itself, is a copy of it. What an article is hangs on earlier ones alone; so when one comes, goes or changes, the later
ones that share words with it are looked at again, in that order, and no others.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kg.model import Article, Corpus, CorpusChange, WireCopy
from kg.resolve.articles.digest_store import DigestStore
from kg.resolve.similarity.word_vectors import term_number
from kg.sqlite_index import SqliteIndex, from_key, to_key

#: words in a shingle; of all shingles one in KEPT is looked at, chosen by its digest; the least overlap of a copy
SHINGLE, KEPT, COPY = 5, 4, 0.5

#: of those that hold a shingle, so many are compared: the earliest
COMMON = 40

TABLES = """
CREATE TABLE IF NOT EXISTS text (article INTEGER PRIMARY KEY, day TEXT, name BLOB, marks INT, original INT, overlap REAL);
CREATE INDEX IF NOT EXISTS text_original ON text (original);
CREATE TABLE IF NOT EXISTS mark (mark INT, day TEXT, name BLOB, article INT, first INT,
                                 PRIMARY KEY (mark, day, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mark_first ON mark (mark, first, day, name);
CREATE INDEX IF NOT EXISTS mark_of ON mark (article)
"""

#: what articles are taken in the order of
Turn = tuple[str, bytes, int]


class NearDuplicates:
    """The marks of all texts, and what each is a copy of. ``changed`` are articles that are a copy of another than before."""

    def __init__(self, ledger: SqliteIndex, shelf: DigestStore) -> None:
        self._ledger, self._shelf = ledger, shelf
        self._ahead: set[Turn] = set()
        self._gone: set[str] = set()
        ledger.make(TABLES)

    def drop(self, article: int, name: str) -> None:
        """A text is gone, or about to change."""
        self._look_after(article)
        self._gone.add(name)
        self._ledger.do("DELETE FROM mark WHERE article = ?", article)
        self._ledger.do("DELETE FROM text WHERE article = ?", article)

    def add(self, article: int, told: Article) -> None:
        """A text has come."""
        if not told.text.strip():
            return
        marks = sorted(shingles(told.text))
        day, name = told.published or "9", to_key(told.id)
        self._ledger.put("text", [(article, day, name, len(marks), None, None)])
        self._ledger.put("mark", ((mark, day, name, article, 0) for mark in marks))
        self._ahead.add((day, name, article))

    def originals(self, articles: Iterable[int]) -> dict[str, str]:
        """Of these articles, those that are copies, each with its original."""
        query = "SELECT original FROM text WHERE article = ? AND original IS NOT NULL"
        found = {article: row[0] for article in articles if (row := self._ledger.first(query, article))}
        return {self._shelf.name(article): self._shelf.name(original) for article, original in found.items()}

    def settle(self) -> tuple[list[CorpusChange], set[int]]:
        """What is now held of the articles that were looked at; those that are a copy of another than before, or no more."""
        told = {name: CorpusChange(f"copy {name}") for name in self._gone}
        changed, seen, ahead = set(), set[Turn](), sorted(self._ahead)
        while ahead:
            turn = heapq.heappop(ahead)
            if turn in seen or not (
                row := self._ledger.first("SELECT original, overlap FROM text WHERE article = ?", turn[2])
            ):
                continue
            seen.add(turn)
            original, overlap = self._original(turn)
            if (original, overlap) != row:
                changed.add(turn[2])
                self._ledger.do(
                    "UPDATE text SET original = ?, overlap = ? WHERE article = ?", original, overlap, turn[2]
                )
            told[from_key(turn[1])] = self._part(turn, original, overlap)
            if self._turn_first(turn, first=original is None):
                for later in self._later(turn):
                    heapq.heappush(ahead, later)
        self._ahead.clear()
        self._gone.clear()
        return [told[name] for name in sorted(told)], changed

    def _part(self, turn: Turn, original: int | None, overlap: float | None) -> CorpusChange:
        name = from_key(turn[1])
        copies = (WireCopy(name, self._shelf.name(original), overlap or 0.0),) if original is not None else ()
        return CorpusChange(f"copy {name}", Corpus(copies=copies))

    def _original(self, turn: Turn) -> tuple[int | None, float | None]:
        """The earlier text, itself no copy, that this one shares most with, if it is half of either; and the overlap."""
        mine = [mark for (mark,) in self._ledger.all("SELECT mark FROM mark WHERE article = ?", turn[2])]
        query = "SELECT day, name, article FROM mark WHERE mark = ? AND first = 1 AND (day, name) < (?, ?) ORDER BY day, name LIMIT ?"
        shared: Counter[Turn] = Counter(
            row for mark in mine for row in self._ledger.all(query, mark, *turn[:2], COMMON)
        )
        size = {
            row[0]: row[1]
            for each in shared
            for row in self._ledger.all("SELECT article, marks FROM text WHERE article = ?", each[2])
        }
        best = min(shared, key=lambda each: (-shared[each], size[each[2]], each), default=None)
        overlap = shared[best] / min(len(mine), size[best[2]]) if best else 0.0
        return (best[2], round(overlap, 3)) if best and overlap >= COPY and shared[best] >= SHINGLE else (None, None)

    def _turn_first(self, turn: Turn, *, first: bool) -> bool:
        """Put down whether a text is no copy; whether it was put down otherwise."""
        rows = self._ledger.all("SELECT first FROM mark WHERE article = ? LIMIT 1", turn[2])
        if not rows or bool(rows[0][0]) == first:
            return False
        self._ledger.do("UPDATE mark SET first = ? WHERE article = ?", int(first), turn[2])
        return True

    def _look_after(self, article: int) -> None:
        """Look again at what comes after a text that is about to go, if it was no copy."""
        row = self._ledger.first("SELECT day, name, article FROM mark WHERE article = ? AND first = 1 LIMIT 1", article)
        if row:
            self._ahead |= set(self._later((row[0], row[1], row[2])))

    def _later(self, turn: Turn) -> Iterator[Turn]:
        """The later texts that compare themselves with this one: those that share a mark which few earlier ones hold."""
        before = (
            "SELECT count(*) FROM (SELECT 1 FROM mark WHERE mark = ? AND first = 1 AND (day, name) < (?, ?) LIMIT ?)"
        )
        after = "SELECT day, name, article FROM mark WHERE mark = ? AND (day, name) > (?, ?)"
        found: set[Turn] = set()
        for (mark,) in self._ledger.all("SELECT mark FROM mark WHERE article = ?", turn[2]):
            count = self._ledger.first(before, mark, *turn[:2], COMMON)
            if count and count[0] < COMMON:
                found |= {(row[0], row[1], row[2]) for row in self._ledger.all(after, mark, *turn[:2])}
        yield from sorted(found)


def shingles(text: str) -> set[int]:
    """Digests of a text's shingles, as many as are looked at."""
    words = re.findall(r"\w+", text.casefold())
    digests = (term_number(" ".join(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1))
    return {digest for digest in digests if digest % KEPT == 0}
