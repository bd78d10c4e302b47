"""Read plain text and Markdown: the decoded file, unchanged, is the article's text; its head is parsed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cache

from kg.ingest.files import Source
from kg.ingest.rejected import rejected_article
from kg.ingest.tables import rows
from kg.model import Article, CharSpan

#: Maximum length in code points: about 80,000 words, above any news article and below the limit of the parser.
LONGEST = 500_000

_BYTES_PER_CHARACTER = 4
_BINARY_SHARE = 0.01
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, because its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD_LINE = re.compile(r"[ \t]*([A-Za-z][\w -]{0,30}?)[ \t]*:(?:[ \t]+(.*?))?[ \t]*\r?\n?")
_FENCE = re.compile(r"---[ \t]*\r?\n?")


class UndecodableError(ValueError):
    """The bytes are not text: ``code`` is that of the issue, the message states the problem and a fix."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a text: values by field of Article, and the offset of its end."""

    end: int = 0
    fields: dict[str, str] = field(default_factory=dict)


def article(source: Source) -> Article:
    """Read a .txt or .md file; its head is boilerplate. Returns a rejected article if the file is unreadable."""
    raw = source.content(LONGEST * _BYTES_PER_CHARACTER)
    if raw is None:
        return rejected_article(source, "too-long", too_long())
    try:
        text = decoded(raw)
    except UndecodableError as error:
        return rejected_article(source, error.code, str(error))
    if not text.strip():
        return rejected_article(source, "empty", "The file is empty.")
    if len(text) > LONGEST:
        return rejected_article(source, "too-long", too_long())
    head = head_of(text)
    return Article(
        id=source.stem,
        text=text,
        origin=source.origin,
        title=head.fields.get("title"),
        outlet=head.fields.get("outlet"),
        url=head.fields.get("url"),
        published=head.fields.get("published"),
        furniture=(CharSpan(0, head.end),) if head.end else (),
    )


def decoded(raw: bytes) -> str:
    """Decode ``raw`` as UTF-8 or by its byte order mark, which is removed. The encoding is never guessed.

    Raises `UndecodableError`.
    """
    encoding, start = next(((name, len(bom)) for bom, name in _BOMS if raw.startswith(bom)), ("utf-8", 0))
    try:
        text = raw[start:].decode(encoding)
    except UnicodeDecodeError as error:
        if not start and raw.count(b"\0") > len(raw) * _BINARY_SHARE:
            raise UndecodableError("binary", _BINARY) from None
        spot = f"byte 0x{raw[start + error.start]:02X} at offset {start + error.start}"
        raise UndecodableError(
            "bad-encoding",
            f"The file is not {encoding.upper()} ({spot}). Convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
        ) from None
    if sum(map(text.count, _NEVER_IN_TEXT)) > len(text) * _BINARY_SHARE:
        raise UndecodableError("binary", _BINARY)
    return text


_BINARY = "The file is not text (a PDF, an office document, a picture?). Save the article as .txt or .html."
_NEVER_IN_TEXT = "".join(map(chr, (*range(8), *range(14, 27))))


def too_long() -> str:
    """Return the message for an article that is too long."""
    return f"The article has more than {LONGEST:,} characters. Split it: one article per file, or per line of .jsonl."


def head_of(text: str) -> Head:
    """Parse the head of ``text``: lines of ``key: value`` at its start, with or without ``---`` fences.

    The first key must be known (patterns/head_keys.tsv), so that "KYIV: ..." is not a head; others may follow.
    """
    found: dict[str, str] = {}
    lines = text.splitlines(keepends=True)
    fenced = bool(lines) and _FENCE.fullmatch(lines[0]) is not None
    position = len(lines[0]) if fenced else 0
    first = True
    for line in lines[1 if fenced else 0 :]:
        if found and fenced and _FENCE.fullmatch(line):
            fenced = False
            position += len(line)
            break
        matched = _HEAD_LINE.fullmatch(line)
        name = _keys().get(matched[1].lower().replace("_", " ")) if matched else None
        if not fenced and (matched is None or (name is None and (first or matched[1] != matched[1].lower()))):
            break
        if matched and name and matched[2]:
            found.setdefault(name, matched[2].strip("\"'"))
        first = False
        position += len(line)
    if fenced or not found:  # a fence that is not closed, or without a key, is a horizontal rule
        return Head()
    found.pop("", None)
    return Head(position, found)


@cache
def _keys() -> dict[str, str]:
    return {key: "" if name == "-" else name for key, name in rows("head_keys.tsv")}
