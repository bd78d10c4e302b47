"""What in a text is not narration, and what it tells of the article: patterns/furniture.tsv, applied line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.ingest.outlets import agencies
from kg.ingest.tables import rows
from kg.model import CharSpan

#: Lines longer than this are narration, whatever they begin with: furniture is short.
_LONGEST = 800

#: A line no longer than this that ends no sentence may be a headline; an article may begin with this many such lines.
_HEADLINE = 150
_HEADLINES = 3
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


class Pattern(NamedTuple):
    """A row of the table, ready to be used."""

    name: str
    where: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class BoilerplateSpan:
    """A piece of furniture; ``told`` is what it says of the article ("published", "outlet", "title"), as written."""

    span: CharSpan
    name: str
    told: tuple[tuple[str, str], ...] = ()


def find_boilerplate(text: str, start: int = 0, title: str | None = None) -> Iterator[BoilerplateSpan]:
    """The furniture of ``text`` from ``start`` on, in reading order; so is a first line that repeats ``title``."""
    headlines_left = _HEADLINES  # until the narration begins, what stands there speaks of the article
    for begin, end in _lines(text, start):
        position = begin
        while position < end:
            piece = _piece(text, position, end, opening=headlines_left > 0, title=title)
            if piece is None:
                headline = end - begin <= _HEADLINE and not _SENTENCE_END.search(text, begin, end)
                headlines_left = headlines_left - 1 if headline else 0
                break
            yield piece
            rest = text[piece.span.end : end]
            position = end - len(rest.lstrip())


def _piece(text: str, begin: int, end: int, *, opening: bool, title: str | None) -> BoilerplateSpan | None:
    """The piece of furniture that the line from ``begin`` to ``end`` starts with, if any."""
    if opening and title and _bare(text[begin:end][:_LONGEST]) == _bare(title):
        return BoilerplateSpan(CharSpan(begin, end), "title")
    for pattern in patterns():
        if pattern.where == "opening" and not opening:
            continue
        if pattern.where != "line":
            match = pattern.regex.match(text, begin, end)
        elif end - begin <= _LONGEST:
            match = pattern.regex.fullmatch(text, begin, end)
        else:
            continue
        if match:
            told = tuple((key, value) for key, value in match.groupdict().items() if value) if opening else ()
            return BoilerplateSpan(CharSpan(begin, match.end()), pattern.name, told)
    return None


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the lines that are not blank begin and end, without the white space around them."""
    for match in re.finditer(r"[^\r\n]+", text[start:]):
        line = match[0]
        begin = start + match.start() + len(line) - len(line.lstrip())
        end = start + match.end() - len(line) + len(line.rstrip())
        if begin < end:
            yield begin, end


def _bare(line: str) -> str:
    return " ".join(line.strip("#*_ \t").casefold().split())


@cache
def patterns() -> tuple[Pattern, ...]:
    """The rows of patterns/furniture.tsv that are not parts, in their order."""
    parts = {"agency": "|".join(re.escape(name) for name in agencies())}
    ready = []
    for name, where, written, _ in rows("furniture.tsv"):
        filled = re.sub(r"\{([a-z]+)\}", lambda match: parts[match[1]], written)
        if where == "part":
            parts[name] = filled
        else:
            ready.append(Pattern(name, where, re.compile(filled)))
    return tuple(ready)
