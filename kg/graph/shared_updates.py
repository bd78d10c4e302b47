"""Update the shared graph key by key, so that a build writes only the statements that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from pathlib import Path

from kg.graph import vocab
from kg.graph.ontology import TERMS, path
from kg.graph.shared_mapping import KeyedStatements, article_statements, constant_statements, corpus_statements
from kg.graph.store import Store
from kg.graph.vocab import SHARED, Quad
from kg.model import CorpusChange, Extraction, Ref
from kg.sqlite_index import SqliteIndex, fingerprint, to_key

TABLES = """
CREATE TABLE IF NOT EXISTS saying (key BLOB, rank BLOB, owner BLOB, statements BLOB,
                                   PRIMARY KEY (key, rank, owner)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS saying_of ON saying (owner)
"""

#: separates statements, which have no control characters but line feeds
_PART = "\f"

#: frequent text in statements, and the control character that replaces it
_SHORT = tuple(
    zip((f"<{vocab.ID}", *(f"<{base}" for base in vocab.PREFIXES.values())), map(chr, range(14, 32)), strict=False)
)


@cache
def _stamp() -> str:
    """Identify program and ontology: the index is rebuilt when they change."""
    return fingerprint(Path(__file__).parent, path(TERMS))


@contextmanager
def shared_graph_update(store: Store, stamp: str) -> Iterator[SharedGraphUpdate]:
    """Open the index of a store's shared statements for changes; on exit, the shared graph is updated to match it.

    ``stamp`` identifies everything the index depends on besides the articles and this program: with another one, the index is
    empty. After an error or a kill, index and graph are unchanged, or are repaired by the next update.
    """
    index = store.ledger(f"{_stamp()} {stamp}")
    # otherwise an update was interrupted, and the state of the graph is unknown
    complete = index.read("graph") == "complete" and not store.records.damaged
    index.write("graph", "open")
    intact = complete
    try:
        with index.together():
            update = SharedGraphUpdate(index, store.records.address, known=complete)
            yield update
            intact = False
            if complete:
                store.exchange_shared(*update.changes())
            else:
                store.replace_shared(update.whole())
            store.checkpoint()  # before the index is marked complete: it survives a power failure that the log does not
            index.write("graph", "complete")
    except BaseException:
        if intact:
            index.write("graph", "complete")
        raise


def is_new(store: Store, stamp: str) -> bool:
    """Return whether no article has been added to the index with this ``stamp`` yet."""
    index = store.ledger(f"{_stamp()} {stamp}")
    index.make(TABLES)
    return not index.first("SELECT 1 FROM saying LIMIT 1")


class SharedGraphUpdate:
    """The statements of the shared graph by key and owner, in the index; and which were added and removed since it was opened.

    ``address`` gives the IRI of an attribution, narration or event. If the content of the graph is not ``known``, the
    whole graph is written instead of the changes.
    """

    def __init__(self, index: SqliteIndex, address: Callable[[Ref], str], *, known: bool = True) -> None:
        self.ledger = index
        self._address = address
        self._known = known
        self._before: dict[bytes, bytes] = {}
        index.make(TABLES)
        self._replace("", constant_statements())

    def hear(self, article: str, extraction: Extraction | None) -> None:
        """Replace the labels of an article by those of this extraction; None removes them."""
        self._replace(f"heard {article}", article_statements(extraction) if extraction else ())

    def put(self, part: CorpusChange) -> None:
        """Replace the statements of an owner."""
        self._replace(part.owner, corpus_statements(part.corpus, self._address))

    def changes(self) -> tuple[list[Quad], list[Quad]]:
        """Return the removed and the added statements."""
        gone: set[Quad] = set()
        come: set[Quad] = set()
        for name, before in self._before.items():
            now = self._chosen(name)
            if now != before:
                gone |= set(_long(before))
                come |= set(_long(now))
        return sorted(gone - come), sorted(come - gone)

    def whole(self) -> Iterator[Quad]:
        """Yield all statements of the graph."""
        rows = self.ledger.each("SELECT key, statements FROM saying ORDER BY key, rank, owner")
        for _, groups in groupby(rows, key=lambda row: row[0]):
            yield from _long(next(groups)[1])

    def _replace(self, owner: str, groups: Iterable[KeyedStatements]) -> None:
        new: dict[bytes, tuple[bytes, bytes]] = {}
        for name, rank, statements in _written(sorted(groups, key=lambda each: each.rank)):
            new.setdefault(name, (rank, statements))
        rows = self.ledger.all("SELECT key, rank, statements FROM saying WHERE owner = ?", to_key(owner))
        old = {name: (rank, statements) for name, rank, statements in rows}
        changed = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
        for name in changed if self._known else ():
            if name not in self._before:
                self._before[name] = self._chosen(name)
        for name in changed:
            if name in old:
                delete = "DELETE FROM saying WHERE key = ? AND rank = ? AND owner = ?"
                self.ledger.do(delete, name, old[name][0], to_key(owner))
        added = ((name, new[name][0], to_key(owner), new[name][1]) for name in changed if name in new)
        self.ledger.put("saying", added)

    def _chosen(self, name: bytes) -> bytes:
        row = self.ledger.first("SELECT statements FROM saying WHERE key = ? ORDER BY rank, owner LIMIT 1", name)
        return bytes(row[0]) if row else b""


def _written(groups: Iterable[KeyedStatements]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Compress keys, ranks and statements by replacing frequent text: in one pass, since there are very many."""
    parts = [
        part for each in groups for part in (each.key, each.rank, "\n".join(" ".join(q[:3]) for q in each.statements))
    ]
    words = _PART.join(parts)
    for long, short in _SHORT:
        words = words.replace(long, short)
    written = iter(to_key(words).split(_PART.encode()) if parts else ())
    yield from zip(written, written, written, strict=True)


def _long(statements: bytes) -> Iterator[Quad]:
    """Restore the statements; subjects and predicates are IRIs, which have no spaces."""
    words = statements.decode()
    for long, short in _SHORT if words else ():
        words = words.replace(short, long)
    for line in words.split("\n") if words else ():
        subject, predicate, value = line.split(" ", 2)
        yield Quad(subject, predicate, value, SHARED)
