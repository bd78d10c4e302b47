"""What a time in the news means: words against the day that the article bears, in EDTF (level 1).

The conventions are the trade's: a weekday is the latest one, the dateline's own day included, or the coming one where
the telling looks ahead; a night is the interval of the two days that it joins, so that "overnight" is the night before
the dateline and "Monday night" that from Monday to Tuesday; a week runs from Monday to Sunday (ISO 8601). What the words
leave open ("recently", "several days ago") is None, and so is all that is relative where the article bears no day.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg import edtf
from kg.extract.times.expressions import TimeWords
from kg.model import TimeBasis

Resolved = tuple[str | None, TimeBasis]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a time is read against: the article's day, whether the telling looks ahead, the time told before (EDTF)."""

    dateline: date | None
    future: bool = False
    previous: str | None = None


def resolve(words: TimeWords, anchor: Anchor) -> Resolved:
    """The EDTF day, month, year or interval that the words mean, and what they were read against."""
    try:
        value, basis = _RULES[words.kind](words, anchor)
    except (ValueError, OverflowError):  # the 31st of February, a day before the calendar's first
        return None, TimeBasis.UNANCHORED
    if value is None:
        return None, basis if basis is TimeBasis.EVENT else TimeBasis.UNANCHORED
    first, last = value.split("/") if "/" in value else (value, value)
    if words.bound in ("since", "after"):
        return f"{first}/..", basis
    if words.bound == "until":
        return f"../{last}", basis
    return value, basis


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


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def _night(evening: date) -> str:
    return interval(evening, evening + _days(1))


def _month_back(day: date, count: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 - count
    return index // 12, index % 12 + 1


# --------------------------------------------------------------------------- dates of the calendar


def _date(words: TimeWords, anchor: Anchor) -> Resolved:
    month, day = words.values["month"], words.values["day"]
    year, basis = _year_of(words, month, day, anchor)
    if year is None:
        return None, basis
    when = date(year, month, day)
    return (_night(when) if words.parts.get("part") == "night" else when.isoformat()), basis


def _year_of(words: TimeWords, month: int, day: int, anchor: Anchor) -> tuple[int | None, TimeBasis]:
    """The year told; else the one that puts the day next to the dateline, on the side that the telling looks to."""
    if "year" in words.values:
        return words.values["year"], TimeBasis.EXPLICIT
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    day = min(day, calendar.monthrange(anchor.dateline.year, month)[1])
    here = date(anchor.dateline.year, month, day)
    shift = 0
    if anchor.future and here < anchor.dateline:
        shift = 1
    elif not anchor.future and here > anchor.dateline:
        shift = -1
    return here.year + shift, TimeBasis.DOCUMENT_DATE


def _date_range(words: TimeWords, anchor: Anchor) -> Resolved:
    month = words.values["month"]
    last_month = words.values.get("month2", month)
    year, basis = _year_of(words, last_month, words.values["day2"], anchor)
    if year is None:
        return None, basis
    last = date(year, last_month, words.values["day2"])
    first = date(year if month <= last_month else year - 1, month, words.values["day"])
    return (interval(first, last) if first <= last else None), basis


def _month(words: TimeWords, anchor: Anchor) -> Resolved:
    month, which = words.values["month"], words.parts.get("which", "").lower()
    if "year" in words.values:
        return f"{words.values['year']}-{month:02}", TimeBasis.EXPLICIT
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    year, here = anchor.dateline.year, anchor.dateline.month
    if which == "next" or (anchor.future and which != "last"):
        year += month < here or (which == "next" and month == here)
    else:
        year -= month > here or (which == "last" and month == here)
    return f"{year}-{month:02}", TimeBasis.DOCUMENT_DATE


def _year(words: TimeWords, _: Anchor) -> Resolved:
    return str(words.values["year"]), TimeBasis.EXPLICIT


def _decade(words: TimeWords, _: Anchor) -> Resolved:
    return f"{words.parts['decade']}X", TimeBasis.EXPLICIT


def _holiday(words: TimeWords, anchor: Anchor) -> Resolved:
    month, day = words.values["month"], words.values["day"]
    year, basis = _year_of(words, month, day, anchor)
    return (None if year is None else date(year, month, day).isoformat()), basis


# --------------------------------------------------------------------------- against the dateline


def _weekday(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    which = words.parts.get("which", "").lower()
    when = _day_named(words.values["weekday"], which, anchor.dateline, future=anchor.future)
    night = words.parts.get("part", "").lower() == "night" or words.parts.get("night") or words.kind == "into"
    if not night:
        return when.isoformat(), TimeBasis.DOCUMENT_DATE
    # a night that is told as past on the day that it is named for is the one that ended on it
    ended = words.kind == "into" or (when == anchor.dateline and "night" in words.parts and not anchor.future)
    return _night(when - _days(1) if ended else when), TimeBasis.DOCUMENT_DATE


def _day_named(weekday: int, which: str, dateline: date, *, future: bool) -> date:
    ahead = (weekday - dateline.isoweekday()) % 7
    back = (dateline.isoweekday() - weekday) % 7
    if which == "next":
        return dateline + _days(7 - dateline.isoweekday() + weekday)
    if which in ("last", "this past"):
        return dateline - _days(back or 7)
    if which == "this coming" or future:
        return dateline + _days(ahead)
    return dateline - _days(back)


def _weekdays(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    first, last = words.values["weekday"], words.values["weekday2"]
    if anchor.future:
        start = _day_named(first, "", anchor.dateline, future=True)
        return interval(start, start + _days((last - first) % 7)), TimeBasis.DOCUMENT_DATE
    end = _day_named(last, "", anchor.dateline, future=False)
    return interval(end - _days((last - first) % 7), end), TimeBasis.DOCUMENT_DATE


def _day(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    return (anchor.dateline + _days(words.values["word"])).isoformat(), TimeBasis.DOCUMENT_DATE


def _named_night(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    return _night(anchor.dateline + _days(words.values["word"])), TimeBasis.DOCUMENT_DATE


def _row(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    unit = (words.parts.get("unit") or words.parts.get("unit2") or "").lower()
    told = _night(anchor.dateline - _days(1)) if unit == "night" else anchor.dateline.isoformat()
    return told, TimeBasis.DOCUMENT_DATE


def _past(words: TimeWords, anchor: Anchor) -> Resolved:
    return _span_of_units(words, anchor, -1)


def _coming(words: TimeWords, anchor: Anchor) -> Resolved:
    return _span_of_units(words, anchor, 1)


def _span_of_units(words: TimeWords, anchor: Anchor, way: int) -> Resolved:
    """As in "The past two days": from two days before the dateline to it; None where the number is left open."""
    count = words.values.get("n", 0 if "n" in words.parts else 1)
    if anchor.dateline is None or not count:
        return None, TimeBasis.UNANCHORED
    other = _moved(anchor.dateline, words.parts["unit"].lower(), way * count)
    return interval(*sorted((anchor.dateline, other))), TimeBasis.DOCUMENT_DATE


def _moved(day: date, unit: str, count: int) -> date:
    """The day so many units later (earlier, where the count is negative); hours round up to days."""
    if unit in _DAYS:
        return day + _days(count * _DAYS[unit])
    if unit in ("hour", "minute"):
        hours = abs(count) if unit == "hour" else 1
        return day + _days((hours + 23) // 24 * (1 if count > 0 else -1))
    year, month = _month_back(day, -count * {"month": 1, "year": 12, "decade": 120}[unit])
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


_DAYS = {"day": 1, "night": 1, "week": 7}


def _calendar(words: TimeWords, anchor: Anchor) -> Resolved:
    """This, last or next week, month or year; "earlier this week" ends with the dateline."""
    day = anchor.dateline
    if day is None:
        return None, TimeBasis.UNANCHORED
    shift = {"this": 0, "last": -1, "next": 1}[words.parts["which"].lower()]
    unit, half = words.parts["unit"].lower(), words.parts.get("half", "").lower()
    if unit == "week":
        monday = day - _days(day.isoweekday() - 1) + _days(7 * shift)
        first, last = monday, monday + _days(6)
    else:
        first = _moved(day.replace(day=1), unit, shift)
        whole = f"{first.year}" if unit == "year" else f"{first.year}-{first.month:02}"
        if not half or shift:
            return whole, TimeBasis.DOCUMENT_DATE
        first, last = whole_days(whole)
    if half and not shift:
        first, last = (first, day) if half == "earlier" else (day, last)
    return interval(first, last), TimeBasis.DOCUMENT_DATE


def _weekend(words: TimeWords, anchor: Anchor) -> Resolved:
    day = anchor.dateline
    if day is None:
        return None, TimeBasis.UNANCHORED
    which = words.parts["which"].lower()
    back = (day.isoweekday() - 6) % 7
    saturday = day - _days(back)
    if which == "next" or (anchor.future and which != "last" and back > 1):
        saturday += _days(7)
    elif which == "last" and back <= 1:
        saturday -= _days(7)
    return interval(saturday, saturday + _days(1)), TimeBasis.DOCUMENT_DATE


def _ago(words: TimeWords, anchor: Anchor) -> Resolved:
    """Days ago are a day, weeks a week, months a month, years a year: no finer than the words."""
    count, unit = words.values.get("n"), words.parts["unit"].lower()
    if anchor.dateline is None or not count:
        return None, TimeBasis.UNANCHORED
    then = _moved(anchor.dateline, unit, -count)
    if unit in ("hour", "minute"):
        then = anchor.dateline - _days(count // 24 if unit == "hour" else 0)
    told = _rounded(then, unit)
    if "more" in words.parts and told is not None:
        told = f"../{told.split('/')[-1]}"
    return told, TimeBasis.DOCUMENT_DATE


def _rounded(day: date, unit: str) -> str | None:
    if unit == "night":
        return _night(day - _days(1))
    if unit == "week":
        monday = day - _days(day.isoweekday() - 1)
        return interval(monday, monday + _days(6))
    if unit == "month":
        return f"{day.year}-{day.month:02}"
    if unit == "year":
        return str(day.year)
    return f"{day.year // 10}X" if unit == "decade" else day.isoformat()


# --------------------------------------------------------------------------- against a time told before


def _relative(words: TimeWords, anchor: Anchor) -> Resolved:
    """As in "A night earlier", "two days later", "the next day": against the time told before, None where there is none."""
    unit, way = words.parts["unit"].lower(), words.parts["way"].lower()
    count = words.values.get("n", 0 if "n" in words.parts else 1)
    if anchor.previous is None or not count:
        return None, TimeBasis.EVENT
    first, last = bounds(anchor.previous)
    if first is None or last is None or (last - first).days > 1:
        return None, TimeBasis.EVENT
    if way in ("that", "same"):
        return anchor.previous, TimeBasis.EVENT
    back = way in ("earlier", "before", "previously", "prior", "previous", "preceding")
    if unit in ("hour", "minute"):
        return anchor.previous if count < 12 else None, TimeBasis.EVENT
    if unit == "night":
        evening = first
        return _night(evening + _days(-count if back else count)), TimeBasis.EVENT
    base = last if back else first if first == last else last
    return _rounded(
        _moved(base, _PARTS.get(unit, unit), -count if back else count), _PARTS.get(unit, unit)
    ), TimeBasis.EVENT


_PARTS = {"morning": "day", "evening": "day", "afternoon": "day"}


def _hours(_: TimeWords, anchor: Anchor) -> Resolved:
    """Hours before or after what was told: the same day or night."""
    return anchor.previous, TimeBasis.EVENT


def _open(_: TimeWords, __: Anchor) -> Resolved:
    return None, TimeBasis.UNANCHORED


_RULES: dict[str, Callable[[TimeWords, Anchor], Resolved]] = {
    "date": _date,
    "days": _date_range,
    "dates": _date_range,
    "month": _month,
    "year": _year,
    "decade": _decade,
    "holiday": _holiday,
    "weekday": _weekday,
    "into": _weekday,
    "weekdays": _weekdays,
    "day": _day,
    "night": _named_night,
    "row": _row,
    "past": _past,
    "coming": _coming,
    "calendar": _calendar,
    "weekend": _weekend,
    "ago": _ago,
    "relative": _relative,
    "hours": _hours,
    "vague": _open,
    "clock": _open,
}
