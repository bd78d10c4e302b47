"""Find input files: files, folders and standard input, each as a `Source` of bytes."""

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
_FIRST_LINE = 1 << 24  # maximum length of the first line when detecting JSON Lines


class Form(Enum):
    """The format of a source."""

    TEXT = auto()
    PAGE = auto()
    LINES = auto()
    JSON = auto()  # JSON, but not one object per line
    UNKNOWN = auto()  # detected from the first bytes
    EMPTY_FOLDER = auto()


_FORMS = {".txt": Form.TEXT, ".md": Form.TEXT, ".html": Form.PAGE, ".htm": Form.PAGE, ".jsonl": Form.LINES}
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input.

    ``origin`` is its name in messages, ``stem`` the basis of its articles' ids; ``chunks`` starts reading it.
    """

    origin: str
    stem: str
    form: Form
    chunks: Callable[[], Iterator[bytes]]

    def content(self, limit: int) -> bytes | None:
        """Read all bytes, or return None if there are more than ``limit``."""
        found = bytearray()
        for chunk in self.chunks():
            found += chunk
            if len(found) > limit:
                return None
        return bytes(found)

    def sniffed(self) -> Source:
        """Detect the format from the first bytes; Form.TEXT if they are not conclusive.

        The bytes are read once and kept, so that a pipe loses nothing.
        """
        rest = self.chunks()
        seen = bytearray(next(rest, b""))
        if bytes(seen).removeprefix(BOM_UTF8).lstrip()[:1] in (b"{", b"[", b""):
            for chunk in rest:  # the first line decides whether it is JSON Lines
                seen += chunk
                if b"\n" in chunk or len(seen) > _FIRST_LINE:
                    break
        return replace(self, form=_form_of(bytes(seen)), chunks=partial(chain, [bytes(seen)], rest))

    def id_at(self, line: int | None) -> str:
        """Make the id of an article without one: the stem, with the line number in a JSON Lines file."""
        return self.stem if line is None else f"{self.stem}-line{line}"

    def origin_at(self, line: int | None) -> str:
        """Return the origin, with the line number in a JSON Lines file."""
        return self.origin if line is None else f"{self.origin}:{line}"


def find_sources(paths: Iterable[str], stdin: BinaryIO | None) -> Iterator[Source]:
    """Yield the sources of ``paths`` in the given order; those of a folder sorted by name; each file once."""
    seen: set[str] = set()
    for given in paths:
        if given == STDIN:
            yield Source("standard input", "stdin", Form.UNKNOWN, partial(_read, stdin or sys.stdin.buffer))
            continue
        path = Path(given)
        if path.is_dir() and not has_articles(given):
            yield Source(printable(str(path)), printable(path.name), Form.EMPTY_FOLDER, lambda: iter(()))
        for file in _walk(path) if path.is_dir() else (path,):
            real = os.path.realpath(file)  # unlike Path.resolve, this does not fail for a link to itself
            if real not in seen:
                seen.add(real)
                form = _FORMS.get(file.suffix.lower(), Form.UNKNOWN)
                yield Source(printable(str(file)), printable(file.stem), form, partial(_open, file))


def has_articles(given: str) -> bool:
    """Return whether ``path`` is standard input, a file, or a folder with at least one file that kg reads."""
    return given == STDIN or not Path(given).is_dir() or next(_walk(Path(given)), None) is not None


def printable(name: str) -> str:
    """Replace code points without UTF-8 form by "\ufffd" (a file name may not be UTF-8)."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files that kg reads below ``folder``: not hidden, no README (it describes the folder), no link."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:  # a folder without access permission has no readable files
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
        # "[Editor's note ...": text may begin with a bracket; in JSON a quote, a bracket or the end follows
        return Form.JSON if re.match(rb"[{\[]\s*[\"{\[}\]]", start) else Form.TEXT
    return Form.LINES if isinstance(first, dict) else Form.JSON
