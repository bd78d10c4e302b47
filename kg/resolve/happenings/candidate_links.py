"""Pairs of scenes that may be one, each for a reason that holds or falls by itself; and which scenes a change concerns."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from kg.sqlite_index import SqliteIndex

TABLES = """
CREATE TABLE IF NOT EXISTS edge (reason INT, one INT, other INT, sort INT, score REAL,
                                 PRIMARY KEY (reason, one, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edge_one ON edge (one);
CREATE INDEX IF NOT EXISTS edge_other ON edge (other)
"""


class LinkKind(IntEnum):
    """What holds two scenes together, in the order in which it is heard."""

    JUDGED = 0  # an analyst says so
    LIKE = 1  # all that their articles tell
    DATED = (
        2  # kin, days and place; or likeness, where one happening may be another night's twin: as long as days agree
    )
    FIGURE = 3  # a large figure that both give; it takes two


class CandidateLink(NamedTuple):
    """Two scenes, what holds them together, and how well."""

    one: int
    other: int
    sort: int
    score: float


class CandidateLinks:
    """The table of edges. ``concerned`` are scenes that gained or lost one."""

    def __init__(self, ledger: SqliteIndex) -> None:
        self._ledger = ledger
        self.concerned: set[int] = set()
        ledger.make(TABLES)

    def put(self, reason: int, edges: Iterable[CandidateLink]) -> None:
        """Add edges that hold for this reason."""
        edges = list(edges)
        self._ledger.put("edge", ((reason, *edge) for edge in edges))
        self.concerned |= {scene for edge in edges for scene in edge[:2]}

    def replace(self, reason: int, edges: Iterable[CandidateLink]) -> None:
        """Let these, and no others, hold for this reason."""
        old, new = set(self.of(reason)), set(edges)
        for edge in old - new:
            self._ledger.do("DELETE FROM edge WHERE reason = ? AND one = ? AND other = ?", reason, edge.one, edge.other)
            self.concerned |= {edge.one, edge.other}
        self.put(reason, sorted(new - old))

    def drop(self, scene: int) -> None:
        """Take away all edges of a scene."""
        self.concerned |= self.neighbours(scene)
        self._ledger.do("DELETE FROM edge WHERE one = ?", scene)
        self._ledger.do("DELETE FROM edge WHERE other = ?", scene)

    def drop_after(self, reason: int, scene: int) -> None:
        """Take away the edge that leads from a scene to another for this reason."""
        rows = self._ledger.all("SELECT other FROM edge WHERE reason = ? AND one = ?", reason, scene)
        if rows:
            self.concerned |= {scene, *(row[0] for row in rows)}
            self._ledger.do("DELETE FROM edge WHERE reason = ? AND one = ?", reason, scene)

    def of(self, reason: int) -> list[CandidateLink]:
        """The edges that hold for this reason."""
        return [
            CandidateLink(*row)
            for row in self._ledger.all("SELECT one, other, sort, score FROM edge WHERE reason = ?", reason)
        ]

    def after(self, scene: int) -> list[CandidateLink]:
        """The edges that lead from this scene to another."""
        return [
            CandidateLink(*row)
            for row in self._ledger.all("SELECT one, other, sort, score FROM edge WHERE one = ?", scene)
        ]

    def neighbours(self, scene: int, least: float | None = None) -> set[int]:
        """Return the scenes that share an edge with it; LIKE edges only from a score of ``least`` on."""
        counted = "" if least is None else f" AND (sort != {LinkKind.LIKE:d} OR score >= {least})"
        query = "SELECT other FROM edge WHERE one = ?{0} UNION ALL SELECT one FROM edge WHERE other = ?{0}"
        return {row[0] for row in self._ledger.all(query.format(counted), scene, scene)}
