"""Compute the bounds of an EDTF value (Library of Congress, levels 0 and 1).

Seasons are those of the weather in the northern hemisphere; a winter begins in the year that names it.
"""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[~?%]?")
_SEASON = re.compile(r"(?P<year>\d{4})-(?P<season>2[1-4])")
_UNSPECIFIED = re.compile(r"[X]")


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """Return the first and last day, as YYYY-MM-DD; None for an open end or a value that is no date.

    >>> bounds("2024-03-04/2024-03-05")
    ('2024-03-04', '2024-03-05')
    >>> bounds("2024-02"), bounds("2024-03-04~"), bounds("2024-03/..")
    (('2024-02-01', '2024-02-29'), ('2024-03-04', '2024-03-04'), ('2024-03-01', None))
    >>> bounds("202X"), bounds("soon")
    (('2020-01-01', '2029-12-31'), (None, None))
    >>> bounds("1998-23"), bounds("1998-24")
    (('1998-09-01', '1998-11-30'), ('1998-12-01', '1999-02-28'))
    """
    first, slash, last = edtf.partition("/")
    start, end = _days(first), _days(last if slash else first)
    return start[0], end[1]


def _days(date: str) -> tuple[str | None, str | None]:
    if season := _SEASON.fullmatch(date):
        year, first = int(season["year"]), 3 * int(season["season"]) - 60
        return _day(f"{year:04}-{first:02}", latest=False), _season_end(year, first)
    low, high = _day(_UNSPECIFIED.sub("0", date), latest=False), _day(_UNSPECIFIED.sub("9", date), latest=True)
    if "X" in date:  # an unspecified month or day spans its year or month: "2024-XX", "2024-03-XX"
        whole = date.split("-X", maxsplit=1)[0].removesuffix("-")
        low, high = (
            low or _day(_UNSPECIFIED.sub("0", whole), latest=False),
            _day(_UNSPECIFIED.sub("9", whole), latest=True),
        )
    return low, high


def _season_end(year: int, first: int) -> str | None:
    """The last day of the season of three months that begins with month ``first``."""
    last = first + 2
    return _day(f"{year + (last > 12):04}-{(last - 1) % 12 + 1:02}", latest=True)


def _day(date: str, *, latest: bool) -> str | None:
    found = _DATE.fullmatch(date)
    if not found:
        return None
    year = int(found["year"])
    month = int(found["month"] or (12 if latest else 1))
    if not (1 <= month <= 12 and year >= 1):
        return None
    length = monthrange(year, month)[1]
    number = int(found["day"] or (length if latest else 1))
    return f"{year:04}-{month:02}-{number:02}" if 1 <= number <= length else None
