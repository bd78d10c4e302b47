"""Read assessments from a file: TSV, CSV or JSON Lines.

Columns (or keys), in any order: ``target`` (as in `find_target`: a name, an id, ARTICLE#a3, an IRI), ``of`` (the words of a
claim, with or without target); ``reliability``, ``credibility``, ``actuality``, ``note``; ``by`` and ``on``. The output of
`kg query assessments` as TSV or CSV has this format.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import InputError, nearest
from kg.graph.assessments import ACTUALITIES, Rating, check_rating
from kg.graph.find import Target, TargetKind, find_target
from kg.graph.store import Store

COLUMNS = ("target", "of", "reliability", "credibility", "actuality", "note", "by", "on")

#: alternative column names; ``kind`` follows from the target
ALIASES = {"claim": "target", "quotation": "of", "who": "by", "when": "on", "kind": ""}

#: a literal in SPARQL TSV
_LITERAL = re.compile(r'(?P<words>"(?:[^"\\]|\\.)*")(?:@[\w-]+|\^\^<[^>]*>)?')


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One line of a file; ``where`` is file and line number."""

    where: str
    cells: Mapping[str, str]


def read_ratings(store: Store, path: Path, by: str | None, on: str) -> list[tuple[Target, Rating]]:
    """Read the assessments of a file, in order; ``by`` and ``on`` are defaults for lines without them.

    Raises InputError, with file and line, for the first invalid line; then nothing of the file may be recorded.
    """
    return [_rating(store, line, by, on) for line in _lines(path)]


def _rating(store: Store, line: RatingLine, by: str | None, on: str) -> tuple[Target, Rating]:
    cells = line.cells
    try:
        rating = Rating(
            cells.get("by") or by or "",
            _day(cells.get("on") or on),
            _one_of(cells.get("reliability", "").upper(), "ABCDEF", "reliability"),
            int(_one_of(cells.get("credibility", ""), "123456", "credibility") or 0) or None,
            _one_of(cells.get("actuality", "").lower(), ACTUALITIES, "actuality"),
            cells.get("note") or None,
        )
        target = _target(store, cells.get("target", ""), cells.get("of", ""))
        check_rating(target, rating)
    except InputError as error:
        where = f"{line.where}: {error.where}" if error.where else line.where
        raise InputError(error.problem, where=where, fix=error.fix) from error
    return target, rating


def _target(store: Store, named: str, words: str) -> Target:
    """Find the target of a line; for a claim whose IRI now has different words, the claim with these words."""
    if not named and not words:
        raise InputError(
            "no target given", fix="Give a target (a name, an id, ARTICLE#a3), or the words of a claim in column of."
        )
    if not named:
        return find_target(store, words)
    try:
        found = find_target(store, named)
    except InputError:
        if not words:
            raise
        return find_target(store, words)
    moved = words and found.kind is TargetKind.CLAIM and _plain(words) not in _plain(found.words)
    return find_target(store, words) if moved and _plain(found.words) not in _plain(words) else found


def _one_of(value: str, known: Mapping[str, object] | str, column: str) -> str | None:
    if not value:
        return None
    if value not in tuple(known):
        raise InputError(f"{value!r} is not a valid {column}", fix=f"Use {', '.join(known)}, or leave it empty.")
    return value


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise InputError(f"{value!r} is not a date", fix="Use the form YYYY-MM-DD, as in 2024-10-03.") from error


# ------------------------------------------------------------------------------- files


def _lines(path: Path) -> Iterator[RatingLine]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), fix="Use a text file in UTF-8.") from error
    readers = {".tsv": _tsv, ".csv": _csv, ".jsonl": _jsonl}
    if path.suffix.lower() not in readers:
        fix = "Use the suffix .tsv, .csv or .jsonl."
        raise InputError("unknown file format", where=str(path), fix=fix)
    for number, cells in readers[path.suffix.lower()](path, text):
        where = f"{path}:{number}"
        yield RatingLine(where, {_column(name, where): value.strip() for name, value in cells.items() if value.strip()})


def _column(name: str, where: str) -> str:
    plain = ALIASES.get(name.strip().lower(), name.strip().lower())
    if plain and plain not in COLUMNS:
        raise InputError(f"no column {name!r}", where=where, fix=nearest(plain, (*COLUMNS, *ALIASES)))
    return plain


def _tsv(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    head: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [_plain_term(cell) for cell in line.split("\t")]
        if head is None:
            head = [cell.removeprefix("?") for cell in cells]
        else:
            yield number, _row(head, cells, f"{path}:{number}")


def _csv(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(text.splitlines(keepends=True))
    head: list[str] | None = None
    begins = 1
    for cells in reader:
        if any(cells) and head is None:
            head = cells
        elif any(cells):
            yield begins, _row(head or [], cells, f"{path}:{begins}")
        begins = reader.line_num + 1


def _jsonl(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError as error:
            raise InputError(
                f"is not JSON: {error}", where=f"{path}:{number}", fix="Write one JSON object per line."
            ) from error
        if not isinstance(found, dict):
            raise InputError("is not an object", where=f"{path}:{number}", fix='Example: {"target": "a name", ...}')
        yield number, {name: str(value) for name, value in found.items() if value is not None}


def _row(head: list[str], cells: list[str], where: str) -> dict[str, str]:
    if len(cells) > len(head):
        raise InputError(
            f"{len(cells)} cells under {len(head)} columns", where=where, fix="Remove the extra tab or comma."
        )
    return dict(zip(head, cells, strict=False))


def _plain_term(cell: str) -> str:
    """Decode a cell: SPARQL TSV has literals in quotation marks and IRIs in angle brackets."""
    if found := _LITERAL.fullmatch(cell.strip()):
        try:
            return str(json.loads(found["words"]))
        except ValueError:
            return cell
    return cell[1:-1] if re.fullmatch(r"<[^<>\s]+>", cell) else cell


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
