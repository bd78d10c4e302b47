"""What a time in the news means: words against the day that the article bears, in EDTF (level 1).

The conventions are the trade's: a weekday is the latest one, the dateline's own day included, or the coming one where
the text looks ahead; a night is the interval of the two days that it joins, so that "overnight" is the night before the
dateline, but "Monday night" and "last night" are of the day on which the evening falls (as in TimeML); a week runs from
Monday to Sunday (ISO 8601). What the words leave open ("recently", "several days ago") is None, and so is all that is
relative where the article bears no day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kg.extract.times.anchor import (
    Anchor,
    Resolved,
    bounds,
    days,
    interval,
    is_short,
    moved,
    night,
    rounded,
    whole_days,
)
from kg.extract.times.dated_rules import RULES as DATED
from kg.extract.times.expressions import TimeWords
from kg.model import TimeBasis

__all__ = ["Anchor", "bounds", "interval", "is_short", "resolve", "whole_days"]


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


# --------------------------------------------------------------------------- against the dateline


def _weekday(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    which = words.parts.get("which", "").lower()
    when = _day_named(words.values["weekday"], which, anchor.dateline, future=anchor.future)
    if "night" not in words.parts and words.kind != "into":
        return when.isoformat(), TimeBasis.DOCUMENT_DATE
    # a night that is reported as past on the day that it is named for is the one that ended on it
    ended = words.kind == "into" or (when == anchor.dateline and "night" in words.parts and not anchor.future)
    return night(when - days(1) if ended else when), TimeBasis.DOCUMENT_DATE


def _day_named(weekday: int, which: str, dateline: date, *, future: bool) -> date:
    ahead = (weekday - dateline.isoweekday()) % 7
    back = (dateline.isoweekday() - weekday) % 7
    if which == "next":
        return dateline + days(7 - dateline.isoweekday() + weekday)
    if which in ("last", "this past"):
        return dateline - days(back or 7)
    if which == "this coming" or future:
        return dateline + days(ahead)
    return dateline - days(back)


def _weekdays(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    first, last = words.values["weekday"], words.values["weekday2"]
    if anchor.future:
        start = _day_named(first, "", anchor.dateline, future=True)
        return interval(start, start + days((last - first) % 7)), TimeBasis.DOCUMENT_DATE
    end = _day_named(last, "", anchor.dateline, future=False)
    return interval(end - days((last - first) % 7), end), TimeBasis.DOCUMENT_DATE


def _day(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    return (anchor.dateline + days(words.values["word"])).isoformat(), TimeBasis.DOCUMENT_DATE


def _named_night(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    return night(anchor.dateline + days(words.values["word"])), TimeBasis.DOCUMENT_DATE


def _row(words: TimeWords, anchor: Anchor) -> Resolved:
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    unit = (words.parts.get("unit") or words.parts.get("unit2") or "").lower()
    edtf = night(anchor.dateline - days(1)) if unit == "night" else anchor.dateline.isoformat()
    return edtf, TimeBasis.DOCUMENT_DATE


def _past(words: TimeWords, anchor: Anchor) -> Resolved:
    return _span_of_units(words, anchor, -1)


def _coming(words: TimeWords, anchor: Anchor) -> Resolved:
    return _span_of_units(words, anchor, 1)


def _span_of_units(words: TimeWords, anchor: Anchor, way: int) -> Resolved:
    """As in "The past two days": from two days before the dateline to it; None where the number is left open."""
    count = words.values.get("n", 0 if "n" in words.parts else 1)
    if anchor.dateline is None or not count:
        return None, TimeBasis.UNANCHORED
    other = moved(anchor.dateline, words.parts["unit"].lower(), way * count)
    return interval(*sorted((anchor.dateline, other))), TimeBasis.DOCUMENT_DATE


def _calendar(words: TimeWords, anchor: Anchor) -> Resolved:
    """This, last or next week, month or year; "earlier this week" ends with the dateline."""
    day = anchor.dateline
    if day is None:
        return None, TimeBasis.UNANCHORED
    shift = {"this": 0, "last": -1, "next": 1}[words.parts["which"].lower()]
    unit, half = words.parts["unit"].lower(), words.parts.get("half", "").lower()
    if unit == "week":
        monday = day - days(day.isoweekday() - 1) + days(7 * shift)
        first, last = monday, monday + days(6)
    else:
        first = moved(day.replace(day=1), unit, shift)
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
    saturday = day - days(back)
    if which == "next" or (anchor.future and which != "last" and back > 1):
        saturday += days(7)
    elif which == "last" and back <= 1:
        saturday -= days(7)
    return interval(saturday, saturday + days(1)), TimeBasis.DOCUMENT_DATE


def _ago(words: TimeWords, anchor: Anchor) -> Resolved:
    """Days ago are a day, weeks a week, months a month, years a year: no finer than the words."""
    count, unit = words.values.get("n"), words.parts["unit"].lower()
    if anchor.dateline is None or not count:
        return None, TimeBasis.UNANCHORED
    then = moved(anchor.dateline, unit, -count)
    if unit in ("hour", "minute"):
        then = anchor.dateline - days(count // 24 if unit == "hour" else 0)
    edtf = rounded(then, unit)
    if "more" in words.parts and edtf is not None:
        edtf = f"../{edtf.split('/')[-1]}"
    return edtf, TimeBasis.DOCUMENT_DATE


# --------------------------------------------------------------------------- against a time given before


def _relative(words: TimeWords, anchor: Anchor) -> Resolved:
    """As in "A night earlier", "two days later", "the next day": against the time given before, None where there is none."""
    unit, way = words.parts["unit"].lower(), words.parts["way"].lower()
    count = words.values.get("n", 0 if "n" in words.parts else 1)
    if anchor.previous is None or not count:
        return None, TimeBasis.EVENT
    first, last = bounds(anchor.previous)
    if first is None or last is None:
        return None, TimeBasis.EVENT
    if way in ("that", "same") and unit in ("month", "year"):
        whole = rounded(first, unit)
        return (whole if whole == rounded(last, unit) else None), TimeBasis.EVENT
    if (last - first).days > 1:
        return None, TimeBasis.EVENT
    if way in ("that", "same"):
        return (anchor.previous if unit in _DAYTIMES else rounded(last, unit)), TimeBasis.EVENT
    back = way in ("earlier", "before", "previously", "prior", "previous", "preceding")
    if unit in ("hour", "minute"):
        return anchor.previous if count < 12 else None, TimeBasis.EVENT
    if unit == "night":
        evening = first
        return night(evening + days(-count if back else count)), TimeBasis.EVENT
    base = last if back else first if first == last else last
    return rounded(
        moved(base, _PARTS.get(unit, unit), -count if back else count), _PARTS.get(unit, unit)
    ), TimeBasis.EVENT


def _near_weekday(words: TimeWords, anchor: Anchor) -> Resolved:
    """As in "The previous Friday": the last such day before the time given before."""
    if anchor.previous is None:
        return None, TimeBasis.EVENT
    first, last = whole_days(anchor.previous)
    if words.parts["way"].lower() in {"following", "next"}:
        return (last + days((words.values["weekday"] - last.isoweekday() - 1) % 7 + 1)).isoformat(), TimeBasis.EVENT
    return (first - days((first.isoweekday() - words.values["weekday"] - 1) % 7 + 1)).isoformat(), TimeBasis.EVENT


_DAYTIMES = frozenset({"day", "night", "morning", "evening", "afternoon"})
_PARTS = {"morning": "day", "evening": "day", "afternoon": "day"}


def _hours(_: TimeWords, anchor: Anchor) -> Resolved:
    """Hours before or after what was given: the same day or night."""
    return anchor.previous, TimeBasis.EVENT


def _open(_: TimeWords, __: Anchor) -> Resolved:
    return None, TimeBasis.UNANCHORED


_RULES: dict[str, Callable[[TimeWords, Anchor], Resolved]] = {
    **DATED,
    "near_weekday": _near_weekday,
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
