"""Write an answer as a table, as CSV, TSV or JSON (SPARQL 1.1), or as Turtle for triples."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.errors import InputError
from kg.graph import PREFIXES, Answer, Quad, Term, serialize

FORMATS = ("table", "csv", "tsv", "json", "turtle")

_TRIPLE = ("subject", "predicate", "object")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_PREFIXES = sorted(((base, name) for name, base in PREFIXES.items()), key=lambda pair: -len(pair[0]))


def write(answer: Answer, form: str, width: int | None = None) -> str:
    """Write the answer as text. ``width`` is the terminal width for "table"; None writes every row on one line.

    CSV and TSV lines end with a line feed only. Raises InputError for Turtle of a SELECT or ASK.
    """
    if form == "turtle":
        if answer.triples is None:
            raise InputError(
                "only CONSTRUCT and DESCRIBE give triples", where="--format turtle", fix="Use table or json."
            )
        return serialize(map(_quad, answer.triples), "turtle").decode()
    if form == "json":
        return json.dumps(_results(answer), ensure_ascii=False, indent=1) + "\n"
    columns, rows = _grid(answer)
    if form == "csv":
        return _delimited(columns, [[term.value if term else "" for term in row] for row in rows])
    if form == "tsv":
        head = "\t".join(f"?{name}" for name in columns)
        return "\n".join([head, *("\t".join(_turtle(term) for term in row) for row in rows)]) + "\n"
    return _table(columns, [[_short(term) for term in row] for row in rows], width)


def _grid(answer: Answer) -> tuple[Sequence[str], Sequence[Sequence[Term | None]]]:
    if answer.verdict is not None:
        return ("answer",), [(Term("literal", "yes" if answer.verdict else "no"),)]
    if answer.triples is not None:
        quads = [_quad(line) for line in answer.triples]
        return _TRIPLE, [
            tuple(Term("uri" if t.startswith("<") else "literal", t.strip("<>")) for t in q[:3]) for q in quads
        ]
    return answer.columns, answer.rows


def _quad(line: str) -> Quad:
    subject, predicate, rest = line.split(" ", 2)
    return Quad(subject, predicate, rest.removesuffix(" ."), "")


def _delimited(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _turtle(term: Term | None) -> str:
    if term is None:
        return ""
    if term.kind != "literal":
        return f"<{term.value}>" if term.kind == "uri" else f"_:{term.value}"
    words = json.dumps(term.value, ensure_ascii=False)  # every JSON escape is also a Turtle escape
    tail = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
    return words + tail


def _results(answer: Answer) -> dict[str, object]:
    if answer.verdict is not None:
        return {"head": {}, "boolean": answer.verdict}
    columns, rows = _grid(answer)
    return {"head": {"vars": list(columns)}, "results": {"bindings": [_binding(columns, row) for row in rows]}}


def _binding(columns: Sequence[str], row: Sequence[Term | None]) -> dict[str, dict[str, str]]:
    return {
        name: {"type": term.kind, "value": term.value}
        | ({"datatype": term.datatype} if term.datatype else {})
        | ({"xml:lang": term.language} if term.language else {})
        for name, term in zip(columns, row, strict=True)
        if term
    }


def _short(term: Term | None) -> str:
    """Write a term for a table: IRIs with a prefix, and without control characters, which a terminal would interpret."""
    if term is None:
        return ""
    value = term.value
    if term.kind == "uri":
        base, name = next(((b, n) for b, n in _PREFIXES if value.startswith(b)), ("", ""))
        value = f"{name}:{value[len(base) :]}" if base else value
    return _CONTROLS.sub(" ", value)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> str:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=width is None)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    widest = 3 * len(columns) + sum(max(map(len, column)) * 2 for column in zip(columns, *rows, strict=True))
    out = io.StringIO()
    Console(file=out, width=width or widest, color_system=None, highlight=False, legacy_windows=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
