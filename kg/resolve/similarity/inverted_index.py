"""Which articles, or scenes, hold a thing in common (a weighty word, a large figure); what too many hold brings none together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.sqlite_index import SqliteIndex

#: a thing that more hold than this brings no pairs together
COMMON = 40


class InvertedIndex:
    """A table of things and who holds them; after changes, which pairs to look at, and nothing else."""

    def __init__(self, ledger: SqliteIndex, table: str) -> None:
        self._ledger, self._table = ledger, table
        self._gone: dict[int, set[int]] = defaultdict(set)
        self._come: dict[int, set[int]] = defaultdict(set)
        ledger.make(
            f"CREATE TABLE IF NOT EXISTS {table} (thing INT, holder INT, PRIMARY KEY (thing, holder)) WITHOUT ROWID;"
            f"CREATE INDEX IF NOT EXISTS {table}_of ON {table} (holder)"
        )

    def drop(self, holder: int) -> None:
        """It holds nothing any more."""
        for (thing,) in self._ledger.all(f"SELECT thing FROM {self._table} WHERE holder = ?", holder):  # noqa: S608 - our own table
            self._gone[thing].add(holder)
        self._ledger.do(f"DELETE FROM {self._table} WHERE holder = ?", holder)  # noqa: S608

    def add(self, holder: int, things: Iterable[int]) -> None:
        """It holds these too."""
        things = set(things)
        self._ledger.put(self._table, ((thing, holder) for thing in things))
        for thing in things:
            self._come[thing].add(holder)

    def changes(self) -> Iterator[tuple[int, bool, list[tuple[int, int]]]]:
        """Each thing that came or went: whether it now brings together, and the pairs that it did not, or not so, before.

        A pair holds the two holders in the order of their numbers. Pairs of those that hold it no more are not among them.
        """
        for thing in sorted(self._gone.keys() | self._come.keys()):
            rows = self._ledger.all(f"SELECT holder FROM {self._table} WHERE thing = ? LIMIT ?", thing, 2 * COMMON)  # noqa: S608
            now, come, gone = {row[0] for row in rows}, self._come[thing], self._gone[thing]
            if len(now) > COMMON:
                yield thing, False, []
                continue
            wholly = len((now - come) | gone) > COMMON
            pairs = combinations(sorted(now), 2)
            yield thing, True, [pair for pair in pairs if wholly or pair[0] in come or pair[1] in come]
        self._gone.clear()
        self._come.clear()
