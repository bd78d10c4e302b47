"""Named queries: each .rq file is the query, the command and its page of the manual.

A file runs unchanged in any SPARQL tool. Its head is comments in the style of grlc:

    #+ summary: Statements that contain a text
    #+ column:  source    words of the source

A parameter is a VALUES line with one value, which is its example, its default and its type:

    VALUES ?text { "bridge" }   #+ param: words that the content must contain
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from kg.errors import QueryError, nearest

FOLDER = Path(__file__).parent / "sparql"

#: prefix that may be left out of an IRI: "place/kyiv" stands for the whole IRI
ID_BASE = "https://w3id.org/newsclaims/id/"

_SUMMARY = re.compile(r"^#\+ summary:\s*(?P<summary>.+)$", re.MULTILINE)
_COLUMN = re.compile(r"^#\+ column:\s*(?P<name>\w+)\s+(?P<meaning>.+)$", re.MULTILINE)
_PARAM = re.compile(
    r"VALUES \?(?P<name>\w+) \{ (?P<value>[^{}]+?) \}(?P<gap>\s*)#\+ param:\s*(?P<meaning>.+)$", re.MULTILINE
)
_TYPED = re.compile(r'^"(?P<text>(?:[^"\\]|\\.)*)"(?:\^\^(?P<type>\S+))?$')


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: ``value`` is its default in SPARQL syntax, which also gives its type."""

    name: str
    value: str
    meaning: str

    @property
    def default(self) -> str:
        """The default as a user types it: "place/kyiv"."""
        typed = _TYPED.match(self.value)
        if typed:
            return typed["text"]
        return self.value.removeprefix("<" + ID_BASE).removesuffix(">") if self.value.startswith("<") else self.value


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its name, summary, columns and parameters."""

    name: str
    summary: str
    text: str
    columns: tuple[tuple[str, str], ...]
    params: tuple[Param, ...]

    def fill(self, given: Mapping[str, str]) -> str:
        """Replace the defaults of the query by these values.

        A value becomes one literal or IRI of the default's type, so it cannot inject SPARQL. Raises QueryError for an
        unknown parameter, or a value of the wrong type.
        """
        known = {param.name: param for param in self.params}
        for name in given:
            if name not in known:
                raise QueryError(f"{self.name!r} has no parameter {name!r}", fix=nearest(name, known))

        def put(found: re.Match[str]) -> str:
            name = found["name"]
            value = _write(given[name], known[name]) if name in given else found["value"]
            return f"VALUES ?{name} {{ {value} }}{found['gap']}#+ param: {found['meaning']}"

        return _PARAM.sub(put, self.text)


def _write(value: str, param: Param) -> str:
    default = _TYPED.match(param.value)
    if default:
        return _literal(value, default["type"], param)
    if param.value.startswith("<"):
        address = value if value.startswith(("http://", "https://")) else ID_BASE + value
        address = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address)
        base, sign, fragment = address.partition("#")
        address = base + sign + fragment.replace("#", "%23")
        return f"<{quote(address, safe=':/#?&=@!$()*+,;%~._-')}>"
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
        raise QueryError(f"{value!r} is not a number", where=f"parameter {param.name}", fix=f"Example: {param.value}")
    return value


def _literal(value: str, kind: str | None, param: Param) -> str:
    if kind == "xsd:date" and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise QueryError(f"{value!r} is not a date", where=f"parameter {param.name}", fix="Use the form YYYY-MM-DD.")
    escaped = "".join(_ESCAPES.get(char, char) for char in value)
    return f'"{escaped}"' + (f"^^{kind}" if kind else "")


def read_question(path: Path) -> Question:
    """Read a .rq file; a file without a head has no summary, columns or parameters."""
    text = path.read_text(encoding="utf-8")
    summary = _SUMMARY.search(text)
    return Question(
        path.stem,
        summary["summary"] if summary else "",
        text,
        tuple((found["name"], found["meaning"].strip()) for found in _COLUMN.finditer(text)),
        tuple(Param(f["name"], f["value"], f["meaning"].strip()) for f in _PARAM.finditer(text)),
    )


@cache
def named_questions() -> Mapping[str, Question]:
    """Read all named queries of kg, by name."""
    return {path.stem: read_question(path) for path in sorted(FOLDER.glob("*.rq"))}


def find_question(name: str) -> Question:
    """Find a named query; raises QueryError with the nearest name."""
    known = named_questions()
    if name not in known:
        raise QueryError(f"no query {name!r}", fix=nearest(name, known) + "  `kg query` lists them all.")
    return known[name]


def list_questions() -> str:
    """List the named queries, one per line, with their parameters and defaults."""
    lines = []
    for question in named_questions().values():
        lines.append(f"{question.name:<28}{question.summary}")
        lines += [f"{'':<28}  -p {p.name}={p.default}   {p.meaning}" for p in question.params]
    return "\n".join(lines)
