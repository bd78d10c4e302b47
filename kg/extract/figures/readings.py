"""What each number of an article is: a figure, an age, a date, a name; and an issue for a number that nothing reads.

In: a parsed article. Out: a `NumberReading` for each number in words or digits, in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.figures.numerals import number_words
from kg.extract.figures.quantities import FIGURE, NumberScan, scan_article
from kg.extract.lexicon import Lexicon
from kg.model import Article, CharSpan, EventMention, Issue, Severity

#: the reading of a number that nothing reads
UNREAD = "unread"
#: the reading of a quantity that no event has
PROPERTY = "property"
_DIGITS = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number as it stands, and what it is: one of the rows of number_readings.tsv."""

    span: CharSpan
    text: str
    reading: str


def read_numbers(
    parsed: ParsedArticle, scan: NumberScan | None = None, events: Sequence[EventMention] | None = None
) -> tuple[NumberReading, ...]:
    """Read every number in words or digits: "Lay, 69, saw 12 boats" gives an age and a figure.

    With ``events``, a figure that none of them has is read as a property: "a hall with 12 rooms".
    """
    scan = scan or scan_article(parsed)
    used = None if events is None else {figure.span for event in events for figure in event.figures}
    text = parsed.article.text
    known = sorted(_known(parsed.article, scan, used), key=lambda each: (each[0].start, -each[0].end))
    found, first = list[NumberReading](), 0
    for span in _numbers(text, parsed.lexicon):
        while first < len(known) and known[first][0].end <= span.start and known[first][0].end < span.start - LONGEST:
            first += 1
        near = (each for each in known[first:] if each[0].start < span.end)
        reading = next((reading for taken, reading in near if taken.overlaps(span)), UNREAD)
        found.append(NumberReading(span, span.of(text), reading))
    return tuple(found)


def unread_numbers(parsed: ParsedArticle, scan: NumberScan) -> Iterator[Issue]:
    """An issue for each number without a reading, so that a reader sees what was not understood."""
    for number in read_numbers(parsed, scan):
        if number.reading == UNREAD:
            message = f"the number {number.text!r} has no reading: neither a figure nor a date, age, name or the like."
            yield Issue("number-not-read", message, number.span, Severity.INFO)


#: no pattern takes more characters than this
LONGEST = 1000


def _known(article: Article, scan: NumberScan, used: set[CharSpan] | None) -> Iterator[tuple[CharSpan, str]]:
    yield from ((span, "furniture") for span in article.furniture)
    yield from scan.spans
    for quantity in (*scan.figures, *scan.others):
        unused = used is not None and quantity.reading == FIGURE and quantity.numeral.span not in used
        yield quantity.numeral.span, PROPERTY if unused else quantity.reading


def _numbers(text: str, lexicon: Lexicon) -> Iterator[CharSpan]:
    """The number words and runs of digits of a text, once each."""
    words = _sure_words(lexicon)
    for match in _DIGITS.finditer(text):
        if match[0][0].isdigit() or match[0].lower() in words:
            yield CharSpan(*match.span())


@cache
def _sure_words(lexicon: Lexicon) -> frozenset[str]:
    """The number words that are nothing else: "no", "second" and "quarter" are mostly other words."""
    return number_words(lexicon) - {row["word"] for row in lexicon.rows("quantity_words") if row["kind"] == "homonym"}


def count_readings(readings: Sequence[NumberReading]) -> dict[str, int]:
    """How many numbers have each reading: {"figure": 12, "age": 3}."""
    return {
        kind: sum(each.reading == kind for each in readings) for kind in sorted({each.reading for each in readings})
    }
