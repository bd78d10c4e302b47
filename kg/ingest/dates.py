"""Parse dates in words or digits. A date without day, month or year gives None."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO = re.compile(r"\b(\d{4}-\d{2}-\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[A-Za-z]{3,9})\.?[,]?[ -](?P<year>\d{4})\b")
_MONTH_FIRST = re.compile(r"\b(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)? ?, ?(?P<year>\d{4})\b")

_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{2})[/-](\d{2})(?:[/._-]|$)")


def day_of(text: str) -> str | None:
    """Find the first full date in ``text``, as EDTF: 2031-10-07, 7 October 2031, Oct. 7, 2031.

    Returns None if there is none, or if it is ambiguous (07/10/2031). Time and time zone are ignored: the date is that of
    the outlet.

    >>> day_of("Tue, 07 Oct 2031 09:00:00 +0300")
    '2031-10-07'
    """
    if found := _ISO.search(text):
        try:
            return date.fromisoformat(found[1]).isoformat()
        except ValueError:
            return None
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text):
            if day := _day(match["day"], match["month"].title(), match["year"]):
                return day
    return None


def day_of_address(url: str) -> str | None:
    """Find the date in the path of an article's URL, as EDTF.

    >>> day_of_address("https://courier.example/world/2031/10/07/bridge")
    '2031-10-07'
    """
    found = _ADDRESS.search(url)
    return day_of("-".join(found.groups())) if found else None


def _day(day: str, month: str, year: str) -> str | None:
    month = "Sep" if month == "Sept" else month
    for written in ("%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(f"{day} {month} {year}", written).date().isoformat()  # noqa: DTZ007  # no zone
        except ValueError:
            continue
    return None
