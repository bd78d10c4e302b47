"""Named graphs on disk or in memory: with syntax.py, the files that name Oxigraph.

A store is a folder: ``quads/`` (Oxigraph), ``records.sqlite`` (the extractions behind the graphs) and ``shared.sqlite`` (what was
worked out of them, so that a change costs no more than what it touches; made anew where it is missing). One process writes;
any number may read beside it, each as the store was when it opened it.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyoxigraph as ox

from kg.errors import KgError, MissingError, OvertimeError, QueryError, TooMuchError
from kg.graph import vocab
from kg.graph.article_mapping import to_quads
from kg.graph.offline import leave_network
from kg.graph.query_results import Answer, refuse_service, refuse_update
from kg.graph.records import Records
from kg.graph.recovery import recover
from kg.graph.syntax import BOUND, FORMATS
from kg.graph.vocab import PREFIXES, Quad
from kg.model import Article, Extraction
from kg.sqlite_index import SqliteIndex

#: opening to read can meet a file that the writer is just replacing; the next try finds its successor
_TRIES = 20

#: graphs that are written before they are flushed to disk: a power failure may lose so many, and opening rebuilds them
UNFLUSHED = 100

#: the ledger of what spans articles, in the store's folder
LEDGER = "shared.sqlite"


class Store:
    """The graphs of articles (`put`, `remove`), the graph of what they share (`replace_shared`), and what they say (`ask`).

    ``path`` is the store's folder, made where it is missing, or None for a store in memory. Opened to read
    (``readonly``), it neither makes nor changes anything. Raises MissingError where another process holds the store open
    to write, or where there is none to read. Opening to write rebuilds graphs that do not agree with their records, as a
    kill or a power failure may leave them.
    """

    def __init__(self, path: Path | None = None, *, readonly: bool = False) -> None:
        self.path = path
        self.readonly = readonly
        self._ledger: SqliteIndex | None = None
        self._unflushed: set[str] = set()
        if path is None:
            self._quads = ox.Store()
        else:
            self._quads = _open_to_read(path) if readonly else _open_to_write(path)
            if not readonly:
                recover(self)

    @cached_property
    def records(self) -> Records:
        """The extractions behind the graphs."""
        return Records(self.path and self.path / "records.sqlite", readonly=self.readonly)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the files go."""
        self.checkpoint()  # else whoever opens it next reads the whole log first: seconds, after a large build
        if "records" in vars(self):
            self.records.close()
        if self._ledger:
            self._ledger.close()
        del self._quads

    # ---------------------------------------------------------------------------------------- writing

    def put(self, extraction: Extraction) -> None:
        """Store an article, its record and then its graph; after an exception its earlier version is there, whole."""
        article, quads = extraction.article, list(to_quads(extraction))
        before = self.records.row(article.id)
        self._unflushed.discard(article.id)
        self.records.put([extraction])
        try:
            self.replace(article, quads)
        except Exception:
            self.records.restore(article.id, before)
            raise

    def replace(self, article: Article, quads: Iterable[Quad]) -> int:
        """Put ``quads`` in place of all that the article's graph held; all or nothing. How many there are."""
        count = self._replace(vocab.article_graph(article.id), quads)
        self._written(article.id)
        return count

    def replace_shared(self, quads: Iterable[Quad]) -> int:
        """Put ``quads`` in place of all that the graph of what articles share held; all or nothing."""
        if self._ledger:
            self._ledger.write("graph", "open")  # see sheet.py
        return self._replace(vocab.SHARED, quads)

    def exchange_shared(self, gone: Iterable[Quad], come: Iterable[Quad]) -> None:
        """Take statements out of the graph of what articles share, and put others in; all or nothing."""
        parts = []
        for verb, quads in (("DELETE", gone), ("INSERT", come)):
            lines = [f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads]
            parts += [f"{verb} DATA {{ GRAPH {vocab.SHARED} {{\n{''.join(lines)}}} }}"] if lines else []
        if parts:
            self._quads.update(" ;\n".join(parts))

    def ledger(self, stamp: str) -> SqliteIndex:
        """What was worked out of the records; empty where it bears another stamp."""
        if self._ledger and self._ledger.read("stamp") != stamp:
            self._ledger.close()
            self._ledger = None
        self._ledger = self._ledger or SqliteIndex(self.path and self.path / LEDGER, stamp)
        return self._ledger

    def replace_assessments(self, quads: Iterable[Quad]) -> int:
        """Put ``quads`` in place of all that the graph of what analysts judged held; all or nothing."""
        count = self._replace(vocab.ASSESSMENTS, quads)
        self.checkpoint()  # no record has them: they must not be lost with the log
        return count

    def remove(self, article: str) -> None:
        """Take the article of that id back, with all that it told; what spans articles is to be made anew after."""
        self._unflushed.discard(article)
        self.records.drop(article)
        self.rebuild(article)

    def revert(self, article: str) -> bool:
        """Bring back the version of an article that was last settled; False if it was not put since."""
        earlier = self.records.earlier(article)
        if earlier is None:
            return False
        self._unflushed.discard(article)
        self.records.restore(article, earlier[0])
        self.rebuild(article)
        return True

    def rebuild(self, article: str) -> None:
        """Make the graph of the article of that id from its record; none where there is no record."""
        extraction = self.records.get(article)
        self._replace(vocab.article_graph(article), to_quads(extraction) if extraction else ())
        self._written(article)

    def checkpoint(self) -> None:
        """Flush all graphs to disk; only then do the records count them as safe."""
        if self.path is not None and not self.readonly:
            self._quads.flush()
            self.records.written(self._unflushed)
            self._unflushed.clear()

    def _written(self, article: str) -> None:
        self._unflushed.add(article)
        if len(self._unflushed) >= UNFLUSHED:
            self.checkpoint()

    def load(self, quads: Iterable[Quad]) -> None:
        """Add many quads at once, in whatever graphs they say; faster than `replace`, and nothing is taken away."""
        self._quads.bulk_load("\n".join(map(str, quads)).encode(), ox.RdfFormat.N_QUADS)

    def _replace(self, graph: str, quads: Iterable[Quad]) -> int:
        lines = []
        for quad in quads:
            if quad.graph != graph:
                raise ValueError(f"{quad.graph} is not {graph}")
            lines.append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
        # One update string is one transaction: a reader, or a kill, meets the old graph or the new one, never a mix.
        fill = f" ; INSERT DATA {{ GRAPH {graph} {{\n{''.join(lines)}}} }}" if lines else ""
        self._quads.update(f"DROP SILENT GRAPH {graph}{fill}")
        return len(lines)

    # ---------------------------------------------------------------------------------------- reading

    def ask(self, query: str) -> Answer:
        """Evaluate a query of kg's own over all graphs together; the prefixes of `vocab.PREFIXES` need not be declared.

        It runs in this process, without a limit of time; a query from outside kg goes to `ask_isolated`. Raises
        QueryError for what does not parse, for an update and for SERVICE.
        """
        refuse_service(query)
        return _read_reply(*_evaluate(self._quads, query), query)

    def ask_isolated(self, query: str, timeout: float | None = None) -> Answer:
        """Evaluate a query from outside kg as `ask` does, in a separate process that has no network (see `offline`).

        Raises OvertimeError after ``timeout`` seconds: the process is ended then.
        """
        return _read_reply(*_evaluate_in_child(self, query, timeout), query)

    def reply(self, query: str, rows: str, triples: str, timeout: float, limit: int) -> tuple[str, bytes]:
        """The reply to a protocol request, already written out, and the form it is in.

        ``rows`` is the form for SELECT and ASK ("json", "xml", "csv", "tsv"), ``triples`` the one for CONSTRUCT and
        DESCRIBE (of `FORMATS`). As `ask_isolated` otherwise; raises TooMuchError for a reply of more than ``limit`` bytes.
        """
        mark, payload = _evaluate_in_child(self, query, timeout, (rows, triples), limit)
        if mark not in (ROWS, TRIPLES):
            _read_reply(mark, payload, query)
        return rows if mark == ROWS else triples, payload

    def dump(self) -> bytes:
        """All statements as N-Quads, in no order."""
        return self._quads.dump(format=ox.RdfFormat.N_QUADS) or b""

    def rows(self, query: str) -> Iterator[dict[str, str | None]]:
        """The rows of a SELECT of our own as bare values, None where unbound: for reading much, fast."""
        solutions = self._quads.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield dict(zip(names, [term.value if term is not None else None for term in solution], strict=True))

    def graphs(self) -> list[str]:
        """The graphs that hold something, sorted."""
        return sorted(str(graph) for graph in self._quads.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """The statements of one graph, or of all; in no order."""
        of = None if graph is None else ox.NamedNode(graph[1:-1])
        for each in self._quads.quads_for_pattern(None, None, None, of):
            yield Quad(str(each.subject), str(each.predicate), str(each.object), str(each.graph_name))

    def __len__(self) -> int:
        return len(self._quads)


def _open_to_write(path: Path) -> ox.Store:
    folder = path / "quads"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        store = ox.Store(str(folder))
    except OSError as error:
        if "lock" in str(error).casefold():
            raise MissingError(
                "another kg has it open", where=str(path), fix="Wait for it to end, or name another --store."
            ) from error
        raise MissingError(
            f"cannot be opened: {error}", where=str(path), fix="Name another --store, or rebuild it (kg build --force)."
        ) from error
    for orphan in folder.glob("bulk-*.sst"):  # what a killed bulk load left; nothing refers to it, and we hold the lock
        with suppress(OSError):
            orphan.unlink()
    return store


def _open_to_read(path: Path) -> ox.Store:
    folder = path / "quads"
    if not (folder / "CURRENT").is_file():
        raise MissingError("no store here", where=str(path), fix=f"Build one: kg build PLACE... --store {path}")
    for attempt in range(_TRIES):
        try:
            return ox.Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:  # RuntimeError: a store that is only just being made
            if attempt == _TRIES - 1:
                raise MissingError(
                    f"cannot be read: {error}", where=str(path), fix="Rebuild it (kg build --force), or try again."
                ) from error
            time.sleep(0.05)
    raise AssertionError


# ---------------------------------------------------------------------------- evaluating, here or in a child

ROWS, TRIPLES, SYNTAX, FAILED, EXCESS = b"R", b"T", b"S", b"F", b"X"

RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}

#: bytes of address space for a query's process: a sort of everything by everything fails there, and not the machine
_MEMORY = 8 << 30


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow past its limit (0: none)."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, part: Any) -> int:
        if self.limit and self.tell() + len(part) > self.limit:
            raise OverflowError
        return super().write(part)


def _evaluate(
    store: ox.Store, query: str, forms: tuple[str, str] = ("json", "ntriples"), limit: int = 0
) -> tuple[bytes, bytes]:
    """A mark of what came of it, and the results in the form for rows or the one for triples, or the error's words."""
    out = _Bounded(limit)
    try:
        results = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
        if isinstance(results, ox.QueryTriples):
            ox.serialize(results, out, format=FORMATS[forms[1]], prefixes=BOUND)
            return TRIPLES, out.getvalue()
        results.serialize(out, format=RESULTS[forms[0]])
        return ROWS, out.getvalue()
    except OverflowError:
        return EXCESS, str(limit).encode()
    except SyntaxError as error:
        return SYNTAX, str(error).encode()
    except (OSError, RuntimeError, ValueError) as error:
        return FAILED, str(error).encode()


def _evaluate_in_child(
    store: Store, query: str, timeout: float | None, forms: tuple[str, str] = ("json", "ntriples"), limit: int = 0
) -> tuple[bytes, bytes]:
    """What `_evaluate` returns, from `run_query` in a process of its own; a store in memory goes to it with the query."""
    text = query.encode("utf-8", "replace")
    refuse_service(text.decode())  # the very text that is evaluated
    quads = b"" if store.path else store.dump()
    here = str(Path(__file__).parents[2])
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}
    program = "from kg.graph.store import run_query; run_query()"
    command = [sys.executable, "-c", program, str(store.path or ""), *forms, str(limit), str(len(text))]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the query goes by its standard input
            command,
            input=text + quads,
            capture_output=True,
            timeout=timeout,
            env=environ,
            check=False,
        )
    except subprocess.TimeoutExpired as error:  # the process has been killed by now
        fix = "Ask for less (a narrower pattern, a LIMIT), or give it more: --timeout SECONDS."
        raise OvertimeError(f"the query ran out of its {timeout:g} seconds", fix=fix) from error
    if done.returncode != 0 or not done.stdout:
        raise KgError(
            f"the query's process ended: {done.stderr.decode(errors='replace').strip()[-500:]}",
            where=str(store.path or ""),
        )
    return done.stdout[:1], done.stdout[1:]


def run_query() -> None:
    """The query's process, without a network: evaluate the query on standard input, write its mark and reply to standard output.

    Its arguments are the store (empty: its quads follow the query), the two forms, the limit and the bytes of the query.
    """
    path, rows, triples, limit, length = sys.argv[1:]
    leave_network()  # before the store is opened, which starts threads
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not everywhere

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    query = sys.stdin.buffer.read(int(length)).decode()
    try:
        if path:
            store = _open_to_read(Path(path))
        else:
            store = ox.Store()
            store.bulk_load(sys.stdin.buffer.read(), ox.RdfFormat.N_QUADS)
        mark, payload = _evaluate(store, query, (rows, triples), int(limit))
    except MissingError as error:
        mark, payload = FAILED, str(error).encode()
    sys.stdout.buffer.write(mark + payload)


def _read_reply(mark: bytes, payload: bytes, query: str) -> Answer:
    if mark == ROWS:
        return Answer.from_json(payload)
    if mark == TRIPLES:
        return Answer.from_ntriples(payload)
    if mark == SYNTAX:
        raise refuse_update(query, SyntaxError(payload.decode()))
    if mark == EXCESS:
        problem = f"the reply is larger than {int(payload):,} bytes"
        raise TooMuchError(problem, fix="Ask for less: a narrower pattern, fewer columns, or a LIMIT.")
    raise QueryError(payload.decode(), fix="See the message; a function or form may not be known to Oxigraph.")
