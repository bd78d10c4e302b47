"""What a time is read against, and the arithmetic of days, months and EDTF intervals that the rules share."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from kg import edtf
from kg.extract.times.expressions import TimeWords
from kg.model import TimeBasis

Resolved = tuple[str | None, TimeBasis]

#: how many times nearer the coming day must be than the past one where the words do not say which
AHEAD_BY = 3

DAYS = {"day": 1, "night": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a time is read against: the article's day, whether the text looks ahead, the time given before (EDTF).

    ``open_way`` where the words leave open whether they look back or ahead ("the trial opens Nov. 6"): the much nearer
    of the two days is meant.
    """

    dateline: date | None
    future: bool = False
    previous: str | None = None
    open_way: bool = False


def bounds(value: str) -> tuple[date | None, date | None]:
    """The first and last day of an EDTF value; None for an open end."""
    first, last = edtf.bounds(value)
    return (date.fromisoformat(first) if first else None), (date.fromisoformat(last) if last else None)


def whole_days(value: str) -> tuple[date, date]:
    """The first and last day of an EDTF day, month, year or closed interval; raises ValueError for an open one."""
    first, last = bounds(value)
    if first is None or last is None:
        raise ValueError(f"open interval: {value}")
    return first, last


def is_short(value: str) -> bool:
    """Whether it is a day, or a night."""
    first, last = bounds(value)
    return first is not None and last is not None and last - first <= timedelta(days=1)


def interval(first: date, last: date) -> str:
    """The interval of two days, or the day where they are one."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def days(count: int) -> timedelta:
    """A length of so many days."""
    return timedelta(days=count)


def night(evening: date) -> str:
    """The interval of an evening's day and the next."""
    return interval(evening, evening + days(1))


def month_back(day: date, count: int) -> tuple[int, int]:
    """The year and the month so many months before a day."""
    index = day.year * 12 + day.month - 1 - count
    return index // 12, index % 12 + 1


def year_of(words: TimeWords, month: int, day: int, anchor: Anchor) -> tuple[int | None, TimeBasis]:
    """The year given; else the one that puts the day next to the dateline, on the side that the text looks to."""
    if "year" in words.values:
        return words.values["year"], TimeBasis.EXPLICIT
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    if "which" in words.parts:  # "December 15 of this year"
        shift = {"this": 0, "last": -1, "next": 1}[words.parts["which"].lower()]
        return anchor.dateline.year + shift, TimeBasis.DOCUMENT_DATE
    day = min(day, calendar.monthrange(anchor.dateline.year, month)[1])
    here = date(anchor.dateline.year, month, day)
    shift = 0
    if here < anchor.dateline and (anchor.future or is_ahead(here, anchor, 1)):
        shift = 1
    elif here > anchor.dateline and not (anchor.future or is_ahead(here, anchor, 0)):
        shift = -1
    return here.year + shift, TimeBasis.DOCUMENT_DATE


def is_ahead(here: date, anchor: Anchor, years: int) -> bool:
    """Whether the coming of two like days, ``years`` after ``here``, is so much nearer that it is the one that is meant."""
    if not anchor.open_way or anchor.dateline is None:
        return False
    ahead = ((here - anchor.dateline).days + 365 * years) % 365
    return AHEAD_BY * ahead <= 365 - ahead


def moved(day: date, unit: str, count: int) -> date:
    """The day so many units later (earlier, where the count is negative); hours round up to days."""
    if unit in DAYS:
        return day + days(count * DAYS[unit])
    if unit in ("hour", "minute"):
        hours = abs(count) if unit == "hour" else 1
        return day + days((hours + 23) // 24 * (1 if count > 0 else -1))
    year, month = month_back(day, -count * {"month": 1, "year": 12, "decade": 120}[unit])
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def rounded(day: date, unit: str) -> str | None:
    """The unit that a day lies in: its night, week, month, year or decade."""
    if unit == "night":
        return night(day - days(1))
    if unit == "week":
        monday = day - days(day.isoweekday() - 1)
        return interval(monday, monday + days(6))
    if unit == "month":
        return f"{day.year}-{day.month:02}"
    if unit == "year":
        return str(day.year)
    return f"{day.year // 10}X" if unit == "decade" else day.isoformat()


def overlap(one: str, other: str) -> bool:
    """Whether two times may be the same: their first and last days leave room."""
    (first, last), (start, end) = bounds(one), bounds(other)
    return (first is None or end is None or first <= end) and (start is None or last is None or start <= last)
