"""Where articles lie: files, folders and standard input, each as a `Source` of bytes."""

from __future__ import annotations

import json
import os
import re
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

STDIN = "-"

_CHUNK = 1 << 16
_FIRST_LINE = 1 << 24  # how far the first line is followed to tell JSON Lines


class Form(Enum):
    """What the bytes of a source are taken for."""

    TEXT = auto()
    PAGE = auto()
    LINES = auto()
    JSON = auto()  # JSON, but not one object a line
    UNKNOWN = auto()  # its first bytes will tell
    EMPTY_FOLDER = auto()


_FORMS = {".txt": Form.TEXT, ".md": Form.TEXT, ".html": Form.PAGE, ".htm": Form.PAGE, ".jsonl": Form.LINES}
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input.

    ``origin`` is what people know it by, ``stem`` what its articles are called after; ``chunks`` begins to read it.
    """

    origin: str
    stem: str
    form: Form
    chunks: Callable[[], Iterator[bytes]]

    def content(self, limit: int) -> bytes | None:
        """All its bytes, or None where there are more than ``limit``."""
        found = bytearray()
        for chunk in self.chunks():
            found += chunk
            if len(found) > limit:
                return None
        return bytes(found)

    def sniffed(self) -> Source:
        """The same source with the form that its first bytes tell: Form.TEXT where they tell none.

        Reads it once: what was looked at is handed on, so that a pipe loses nothing.
        """
        rest = self.chunks()
        seen = bytearray(next(rest, b""))
        if bytes(seen).removeprefix(BOM_UTF8).lstrip()[:1] in (b"{", b"[", b""):
            for chunk in rest:  # the first line tells whether it is JSON Lines
                seen += chunk
                if b"\n" in chunk or len(seen) > _FIRST_LINE:
                    break
        return replace(self, form=_form_of(bytes(seen)), chunks=partial(chain, [bytes(seen)], rest))

    def id_at(self, line: int | None) -> str:
        """The id for an article that brings none: the stem, with its line in a file of many."""
        return self.stem if line is None else f"{self.stem}-line{line}"

    def origin_at(self, line: int | None) -> str:
        """The origin, with the line in a file of many."""
        return self.origin if line is None else f"{self.origin}:{line}"


def find(places: Iterable[str], stdin: BinaryIO | None) -> Iterator[Source]:
    """The sources that ``places`` hold, in the order given; a folder's in the order of names, each file once."""
    seen: set[str] = set()
    for place in places:
        if place == STDIN:
            yield Source("standard input", "stdin", Form.UNKNOWN, partial(_read, stdin or sys.stdin.buffer))
            continue
        path = Path(place)
        if path.is_dir() and not holds_articles(place):
            yield Source(printable(str(path)), printable(path.name), Form.EMPTY_FOLDER, lambda: iter(()))
        for file in _walk(path) if path.is_dir() else (path,):
            real = os.path.realpath(file)  # unlike Path.resolve, it has an answer for a link that leads to itself
            if real not in seen:
                seen.add(real)
                form = _FORMS.get(file.suffix.lower(), Form.UNKNOWN)
                yield Source(printable(str(file)), printable(file.stem), form, partial(_open, file))


def holds_articles(place: str) -> bool:
    """Whether ``place`` is standard input, a file, or a folder with at least one file that kg reads."""
    return place == STDIN or not Path(place).is_dir() or next(_walk(Path(place)), None) is not None


def printable(name: str) -> str:
    """``name`` with "\ufffd" for each code point that has no UTF-8 (a file name need not be UTF-8)."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(folder: Path) -> Iterator[Path]:
    """The files that kg reads below ``folder``: no hidden one, no README (it speaks of the folder), no link."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:  # a folder that may not be entered holds nothing that can be read
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry)
        elif entry.suffix.lower() in _FORMS and entry.stem.upper() != "README":
            yield entry


def _open(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from _read(stream)


def _read(stream: BinaryIO) -> Iterator[bytes]:
    return iter(partial(stream.read, _CHUNK), b"")


def _form_of(start: bytes) -> Form:
    start = start.removeprefix(BOM_UTF8).lstrip()
    if _PAGE.match(start):
        return Form.PAGE
    if start[:1] not in (b"{", b"["):
        return Form.TEXT
    try:
        first = json.loads(start.split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        # "[Editor's note ...": prose may begin with a bracket, JSON goes on with a quote, a bracket or its end
        return Form.JSON if re.match(rb"[{\[]\s*[\"{\[}\]]", start) else Form.TEXT
    return Form.LINES if isinstance(first, dict) else Form.JSON
