"""Judgements from a file: TSV, CSV or JSON Lines -> what was judged, and how.

Columns (or keys), in any order: ``target`` (as `find_target` reads it: a name, an id, ARTICLE#a3, an address) and, or instead,
``of`` (the words of a claim); ``reliability``, ``credibility``, ``actuality``, ``note``; ``by`` and ``on``. So what `kg query
assessments` writes as TSV or CSV can be read again.
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

#: other names that a column may go by; ``kind`` follows from the target
ALIASES = {"claim": "target", "quotation": "of", "who": "by", "when": "on", "kind": ""}

#: a literal as SPARQL's TSV writes it
_LITERAL = re.compile(r'(?P<words>"(?:[^"\\]|\\.)*")(?:@[\w-]+|\^\^<[^>]*>)?')


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One judgement as a file gives it: ``where`` is file and line."""

    where: str
    cells: Mapping[str, str]


def read_ratings(store: Store, path: Path, by: str | None, on: str) -> list[tuple[Target, Rating]]:
    """What a file judges, in its order; ``by`` and ``on`` hold where a line has none.

    Raises InputError, with file and line, for the first line that cannot be used; then nothing of the file is to be recorded.
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
        raise InputError(error.problem, where=where, mend=error.mend) from error
    return target, rating


def _target(store: Store, named: str, words: str) -> Target:
    """What is named; of a claim whose address now holds other words, the one that holds these."""
    if not named and not words:
        raise InputError(
            "nothing is named", mend="Give a target (a name, an id, ARTICLE#a3) or, in of, a claim's words."
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
        raise InputError(f"{value!r} is no {column}", mend=f"One of {', '.join(known)}, or nothing.")
    return value


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise InputError(f"{value!r} is not a day", mend="Write it as 2024-10-03.") from error


# ------------------------------------------------------------------------------- files


def _lines(path: Path) -> Iterator[RatingLine]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), mend="A text file in UTF-8.") from error
    readers = {".tsv": _tsv, ".csv": _csv, ".jsonl": _jsonl}
    if path.suffix.lower() not in readers:
        mend = "Give it a name in .tsv, .csv or .jsonl."
        raise InputError("what sort of file is this?", where=str(path), mend=mend)
    for number, cells in readers[path.suffix.lower()](path, text):
        where = f"{path}:{number}"
        yield RatingLine(where, {_column(name, where): value.strip() for name, value in cells.items() if value.strip()})


def _column(name: str, where: str) -> str:
    plain = ALIASES.get(name.strip().lower(), name.strip().lower())
    if plain and plain not in COLUMNS:
        raise InputError(f"no column {name!r}", where=where, mend=nearest(plain, (*COLUMNS, *ALIASES)))
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
            raise InputError(f"is not JSON: {error}", where=f"{path}:{number}", mend="One object a line.") from error
        if not isinstance(found, dict):
            raise InputError("is not an object", where=f"{path}:{number}", mend='As in: {"target": "a name", ...}')
        yield number, {name: str(value) for name, value in found.items() if value is not None}


def _row(head: list[str], cells: list[str], where: str) -> dict[str, str]:
    if len(cells) > len(head):
        raise InputError(f"{len(cells)} cells under {len(head)} columns", where=where, mend="A tab or comma too many.")
    return dict(zip(head, cells, strict=False))


def _plain_term(cell: str) -> str:
    """A cell as a person reads it: SPARQL's TSV puts literals in quotation marks and addresses in angle brackets."""
    if found := _LITERAL.fullmatch(cell.strip()):
        try:
            return str(json.loads(found["words"]))
        except ValueError:
            return cell
    return cell[1:-1] if re.fullmatch(r"<[^<>\s]+>", cell) else cell


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
