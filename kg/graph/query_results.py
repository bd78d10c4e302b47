"""What a query gives back, and which queries are let in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.errors import QueryError
from kg.graph.sparql_tokens import UnterminatedError, calls_service

MEND = "kg's queries only read: SELECT, ASK, CONSTRUCT or DESCRIBE over its own store."
_SERVICE_MEND = f"{MEND} Where the query means a name that starts with `service:`, write its IRI in full: <...>."

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Term(NamedTuple):
    """A value in an answer. ``kind`` is "uri", "literal" or "bnode"; ``datatype`` is None for a plain string."""

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives back: ``rows`` under ``columns`` (SELECT), a ``verdict`` (ASK) or ``triples`` (CONSTRUCT, DESCRIBE).

    A row has one entry a column, None where the column is unbound. Triples are N-Triples lines, sorted.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    verdict: bool | None = None
    triples: tuple[str, ...] | None = None

    @classmethod
    def from_json(cls, payload: bytes) -> Answer:
        """The answer that SPARQL Query Results JSON tells."""
        told: dict[str, Any] = json.loads(payload)
        if "boolean" in told:
            return cls(verdict=told["boolean"])
        columns = tuple(told["head"]["vars"])
        bindings = told["results"]["bindings"]
        return cls(columns, tuple(tuple(_term(row.get(name)) for name in columns) for row in bindings))

    @classmethod
    def from_ntriples(cls, payload: bytes) -> Answer:
        """The answer that N-Triples tell; an order of lines that means nothing becomes one that is always the same."""
        lines = payload.decode().split("\n")  # not splitlines: a text may hold other line ends, unescaped
        return cls(triples=tuple(sorted(set(filter(None, lines)))))


def refuse_service(query: str) -> None:
    """Raise QueryError where ``query`` may ask another server (SERVICE), however deep that stands in it; in doubt, too.

    Two checks, each for what the other may miss: Oxigraph's readings of the text, and rdflib's parse, which expands
    Unicode escapes first. A query without the word, be it in escapes, passes.
    """
    if "service" not in _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), query).casefold():
        return
    try:
        found = calls_service(query)
    except UnterminatedError as error:
        line = query.count("\n", 0, error.offset) + 1
        problem = f"the query holds the word SERVICE and a string without an end, in line {line}"
        raise QueryError(problem, fix="End the string with the quotes that it starts with.") from error
    if found or _parses_to_service(query):
        raise QueryError("SERVICE asks another server, which kg does not do", fix=_SERVICE_MEND)


def _parses_to_service(query: str) -> bool:
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415 - a fifth of a second, and seldom needed

    try:
        # rdflib ends a comment only at LF, Oxigraph and the grammar also at CR
        parsed = parseQuery(query.replace("\r\n", "\n").replace("\r", "\n"))
    except Exception as error:  # whatever its parser stumbles over, the query is not let in unread
        problem = "the query holds the word SERVICE and cannot be read"
        raise QueryError(f"{problem}: {error}", fix="Take the word out, or fix the query.") from error
    return any(getattr(each, "name", None) == "ServiceGraphPattern" for each in _walk(parsed))


def refuse_update(query: str, error: SyntaxError) -> QueryError:
    """The error for a query that does not parse: an update is named as such."""
    from rdflib.plugins.sparql.parser import parseUpdate  # noqa: PLC0415 - as above

    try:
        parseUpdate(query)
    except Exception:  # noqa: BLE001 - not an update either: the first parser's word stands
        return QueryError(
            f"not a SPARQL query: {error}", fix="See https://www.w3.org/TR/sparql11-query/ for its grammar."
        )
    return QueryError("this is an update, and kg's store changes by `kg build` alone", fix=MEND)


def _term(binding: dict[str, Any] | None) -> Term | None:
    if binding is None:
        return None
    return Term(binding["type"], binding["value"], binding.get("datatype"), binding.get("xml:lang"))


def _walk(parsed: Any) -> Iterator[Any]:
    yield parsed
    if isinstance(parsed, dict):
        for each in parsed.values():
            yield from _walk(each)
    elif isinstance(parsed, Iterable) and not isinstance(parsed, str | bytes):
        for each in parsed:
            yield from _walk(each)
