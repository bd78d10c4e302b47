"""An ingested article: text, spans, and issues."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass
from enum import StrEnum

from kg.ids import outlet_id


@dataclass(frozen=True, slots=True, order=True)
class CharSpan:
    """A range of characters in an article.

    >>> CharSpan(4, 12).of("The ministry said so.")
    'ministry'
    >>> str(CharSpan(4, 12))
    'char=4,12'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.start : self.end]

    def covers(self, other: CharSpan) -> bool:
        """Return whether ``other`` is completely within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: CharSpan) -> bool:
        """Return whether the spans have a common character."""
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start

    def __str__(self) -> str:  # the fragment of RFC 5147, as NIF uses it
        return f"char={self.start},{self.end}"


class Severity(StrEnum):
    """Severity of an issue: after an error something is missing, after a warning something is uncertain."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem in an article: ``code`` is stable ("no-date"), ``message`` states the problem and a fix."""

    code: str
    message: str
    span: CharSpan | None = None
    severity: Severity = Severity.WARNING


#: the code of an article that a fault of the program left out; see `failure`
FAILED = "internal-error"


def failure(error: Exception) -> Issue:
    """Describe an unexpected exception as an issue of the article that was being processed.

    >>> failure(ValueError("x")).message[:10]
    'ValueError'
    """
    frames = list(traceback.walk_tb(error.__traceback__))
    place = ""
    if frames:
        frame, line = frames[-1]
        place = f" at {frame.f_globals.get('__name__') or frame.f_code.co_name}:{line}"
    message = (
        f"{type(error).__name__}{place}. The article is skipped; the next build tries it again. Please report this."
    )
    return Issue(FAILED, message, severity=Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one news text, as ingested.

    ``text`` never changes: all offsets refer to it. ``furniture`` are its spans that are not body text
    (a head of ``key: value`` lines, a caption, a byline): nothing is extracted from them.
    ``published`` is an EDTF day or None: never guessed from the clock or the file's date.
    ``origin`` is the file and line, for messages. ``issues`` are problems found by ingest; an input without any text
    is an Article with an empty text and an issue of severity error, so that it is reported and never lost.
    ``language`` is an ISO 639-1 code; only "en" is extracted.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    furniture: tuple[CharSpan, ...] = ()
    language: str = "en"
    origin: str = ""
    issues: tuple[Issue, ...] = ()

    @property
    def sha256(self) -> str:
        """Digest of the text in UTF-8; it identifies the text that the offsets refer to."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def narrator(self) -> str:
        """The id of the outlet in whose voice the article is written; if unknown, an id for this article."""
        return outlet_id(self.outlet) if self.outlet else f"outlet/unknown/{self.id}"
