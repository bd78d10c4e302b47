"""Read JSON Lines: one article object per line; an invalid line affects only that line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import KgError
from kg.ingest.files import Source
from kg.ingest.rejected import rejected_article
from kg.ingest.text import LONGEST, too_long
from kg.model import Article, Issue, failure

#: Maximum length of a line in bytes: twice the longest article with every character escaped.
_LONGEST_LINE = 1 << 24

_FIELDS = ("title", "outlet", "url", "published")


def articles(source: Source) -> Iterator[Article]:
    """Yield an article, or a rejected one, for each line that is not blank."""
    empty = True
    for number, line in enumerate(_split(source.chunks()), start=1):
        if line is None:
            yield rejected_article(source, "too-long", too_long(), line=number)
        elif number == 1 and line.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            yield rejected_article(
                source, "bad-encoding", "The file is UTF-16. Convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW"
            )
            return
        elif line.strip():
            yield _read(source, number, line.removeprefix(BOM_UTF8))
        else:
            continue
        empty = False
    if empty:
        yield rejected_article(source, "empty", "The file has no article.")


def _split(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """Split the chunks into lines; None for a line that is too long."""
    buffer = bytearray()
    over = False
    for chunk in chunks:
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            yield None if over or len(buffer) + len(part) > _LONGEST_LINE else bytes(buffer + part)
            buffer.clear()
            over = False
        if not over:
            buffer += rest
        if len(buffer) > _LONGEST_LINE:
            buffer.clear()
            over = True
    if over or buffer:
        yield None if over else bytes(buffer)


def _read(source: Source, number: int, line: bytes) -> Article:
    try:
        return _article(source, number, line)
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault met in one line must not end the run
        issue = failure(error)
        return rejected_article(source, issue.code, issue.message, line=number)


def _article(source: Source, number: int, line: bytes) -> Article:
    try:
        given = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return rejected_article(source, "bad-encoding", f"The line is not UTF-8 (at byte {error.start}).", line=number)
    except RecursionError:
        return rejected_article(source, "bad-json", "The line is nested too deeply.", line=number)
    except ValueError as error:
        return rejected_article(
            source, "bad-json", f"The line is not JSON ({error}). Write one JSON object per line.", line=number
        )
    if not isinstance(given, dict):
        return rejected_article(
            source,
            "not-an-article",
            'The line is not a JSON object. Write one {"id": …, "text": …} per line.',
            line=number,
        )
    text = given.get("text")
    if not isinstance(text, str):
        found = f'"text" is {_json_name(text)}' if "text" in given else 'there is no "text"'
        return rejected_article(source, "not-an-article", f"In the object {found}; it must be a string.", line=number)
    if not text.strip():
        return rejected_article(source, "empty", 'The "text" is empty.', line=number)
    if len(text) > LONGEST:
        return rejected_article(source, "too-long", too_long(), line=number)
    return _described(source, number, text, given)


def _described(source: Source, number: int, text: str, given: dict[str, Any]) -> Article:
    """Make the article of ``text`` with the other fields; a value that is not a string is ignored and reported."""
    name = given.get("id")
    named = str(name) if isinstance(name, str | int) and not isinstance(name, bool) and str(name).strip() else None
    issues = []
    values: dict[str, str] = {}
    for key in _FIELDS:
        value = given.get(key)
        if isinstance(value, str) and value.strip():
            values[key] = value.strip()
        elif value is not None and not isinstance(value, str):
            issues.append(Issue("bad-field", f'"{key}" is {_json_name(value)}, not a string. It is ignored.'))
    return Article(
        id=named or source.id_at(number),
        text=text,
        origin=source.origin_at(number),
        title=values.get("title"),
        outlet=values.get("outlet"),
        url=values.get("url"),
        published=values.get("published"),
        issues=tuple(issues),
    )


def _json_name(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "a boolean", int: "a number", float: "a number", list: "an array", dict: "an object"}
    return names.get(type(value), "of another type")
