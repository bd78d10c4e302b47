"""What dates of the calendar mean: days, months, years, quarters, seasons and feasts, with and without their year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kg.extract.times import calendar_parts
from kg.extract.times.anchor import Anchor, Resolved, days, interval, is_ahead, moved, night, rounded, year_of
from kg.extract.times.expressions import TimeWords
from kg.model import TimeBasis


def _date(words: TimeWords, anchor: Anchor) -> Resolved:
    month, day = words.values["month"], words.values["day"]
    year, basis = year_of(words, month, day, anchor)
    if year is None:
        return None, basis
    when = date(year, month, day)
    if words.parts.get("part") != "night":
        return when.isoformat(), basis
    ended = when == anchor.dateline and not anchor.future  # reported as past on its own day: the night that ended on it
    return night(when - days(1) if ended else when), basis


def _numeric(words: TimeWords, _: Anchor) -> Resolved:
    """As in "13/7/2023": where day and month cannot be distinguished, no date."""
    first, second = words.values["first"], words.values["second"]
    year = words.values.get("year", 2000 + words.values.get("short_year", 0))
    if first != second and max(first, second) <= 12:
        return None, TimeBasis.UNANCHORED
    return date(year, min(first, second), max(first, second)).isoformat(), TimeBasis.EXPLICIT


def _date_range(words: TimeWords, anchor: Anchor) -> Resolved:
    month = words.values["month"]
    last_month = words.values.get("month2", month)
    year, basis = year_of(words, last_month, words.values["day2"], anchor)
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
    ahead = anchor.future or (
        not which
        and is_ahead(date(year, month, 1), replace(anchor, dateline=anchor.dateline.replace(day=1)), month < here)
    )
    if which == "next" or (ahead and which != "last"):
        year += month < here or (which == "next" and month == here)
    else:  # the month just past is "last month", so that "last February", in March, is a year older
        year -= month > here or (which == "last" and here - month <= 1)
    return f"{year}-{month:02}", TimeBasis.DOCUMENT_DATE


def _year(words: TimeWords, _: Anchor) -> Resolved:
    return str(words.values["year"]), TimeBasis.EXPLICIT


def _decade(words: TimeWords, _: Anchor) -> Resolved:
    return f"{words.parts['decade']}X", TimeBasis.EXPLICIT


def _holiday(words: TimeWords, anchor: Anchor) -> Resolved:
    if "nth" not in words.values and "easter" not in words.values:
        month, day = words.values["month"], words.values["day"]
        year, basis = year_of(words, month, day, anchor)
        return (None if year is None else date(year, month, day).isoformat()), basis
    if "year" in words.values:
        return _feast(words, words.values["year"]).isoformat(), TimeBasis.EXPLICIT
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    feasts = [_feast(words, anchor.dateline.year + shift) for shift in (-1, 0, 1)]
    past = [feast for feast in feasts if feast <= anchor.dateline]
    coming = next(feast for feast in feasts if feast >= anchor.dateline)
    ahead = anchor.future or is_ahead(coming, anchor, 0)
    return (coming if ahead else past[-1]).isoformat(), TimeBasis.DOCUMENT_DATE


def _feast(words: TimeWords, year: int) -> date:
    values = words.values
    if "easter" in values:
        return calendar_parts.easter(year) + days(values["easter"])
    return calendar_parts.nth_weekday(year, values["month"], values["nth"], values["weekday"])


def _years(words: TimeWords, _: Anchor) -> Resolved:
    first, last = words.values.get("year", words.values.get("year_from", 0)), words.values["year2"]
    return (f"{first}/{last}" if first < last else None), TimeBasis.EXPLICIT


def _spelt_year(words: TimeWords, _: Anchor) -> Resolved:
    """As in "nineteen ninety-eight", "twenty twelve", "two thousand and eight"."""
    values, century = words.values, words.parts.get("century", "").lower()
    if not century:
        return str(2000 + values.get("teen2", values.get("n2", 0))), TimeBasis.EXPLICIT
    ones = values.get("n", 0)
    if ones > 9:
        return None, TimeBasis.UNANCHORED
    hundreds = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}[century]
    return str(hundreds + values.get("teen", values.get("tens", 0) + ones)), TimeBasis.EXPLICIT


def _week_of(words: TimeWords, anchor: Anchor) -> Resolved:
    month, day = words.values["month"], words.values["day"]
    year, basis = year_of(words, month, day, anchor)
    return (None if year is None else rounded(date(year, month, day), "week")), basis


def _quarter(words: TimeWords, anchor: Anchor) -> Resolved:
    """A quarter by its number, of the year given, else the latest that has begun (the next to come, looking ahead)."""
    number, which = words.values.get("quarter"), words.parts.get("which", "").lower().removeprefix("the ")
    if number and "year" in words.values:
        return calendar_parts.quarter(words.values["year"], number), TimeBasis.EXPLICIT
    if anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    here = calendar_parts.quarter_of(anchor.dateline)
    shift = {"last": -1, "previous": -1, "next": 1}.get(which, 0)
    if number is None:
        quarter_number = calendar_parts.quarter_moved(*here, shift)
    elif which:
        quarter_number = here[0] + shift, number
    else:
        quarter_number = here[0] + (number < here[1] if anchor.future else -(number > here[1])), number
    return calendar_parts.quarter(*quarter_number), TimeBasis.DOCUMENT_DATE


def _season(words: TimeWords, anchor: Anchor) -> Resolved:
    """The last season is one that is over, "the spring" the latest that has begun, the coming one where one looks ahead."""
    code, which, day = words.values["season"], words.parts.get("which", "").lower(), anchor.dateline
    if "year" in words.values:
        return calendar_parts.season(words.values["year"], code), TimeBasis.EXPLICIT
    if day is None:
        return None, TimeBasis.UNANCHORED
    years = range(day.year - 2, day.year + 2)
    begun = max(year for year in years if calendar_parts.season_start(year, code) <= day)
    over = max(year for year in years if calendar_parts.season_end(year, code) < day)
    if which == "next" or (anchor.future and which not in {"last", "this past"}):
        coming = over + 1 if which != "next" or begun == over else begun + 1
        return calendar_parts.season(coming, code), TimeBasis.DOCUMENT_DATE
    if which == "this":
        this = next(
            year
            for year in (day.year - 1, day.year)
            if calendar_parts.season_end(year, code) >= day or year == day.year
        )
        return calendar_parts.season(this, code), TimeBasis.DOCUMENT_DATE
    return calendar_parts.season(over if which else begun, code), TimeBasis.DOCUMENT_DATE


def _edge(words: TimeWords, anchor: Anchor) -> Resolved:
    """The end or the start of a year is its last or first month; of a shorter unit, no finer than the unit."""
    edge, unit = words.parts["edge"].lower(), words.parts.get("unit", "year").lower()
    if "year" in words.values:
        year, basis = words.values["year"], TimeBasis.EXPLICIT
    elif anchor.dateline is None:
        return None, TimeBasis.UNANCHORED
    else:
        shift = {"last": -1, "next": 1}.get(words.parts.get("which", "").lower(), 0)
        day, basis = (
            moved(anchor.dateline.replace(day=min(anchor.dateline.day, 28)), unit, shift),
            TimeBasis.DOCUMENT_DATE,
        )
        if unit != "year":
            return rounded(day, unit), basis
        year = day.year
    month = {"end": "-12", "close": "-12", "start": "-01", "beginning": "-01"}.get(edge, "")
    return f"{year}{month}", basis


RULES: dict[str, Callable[[TimeWords, Anchor], Resolved]] = {
    "date": _date,
    "numeric": _numeric,
    "days": _date_range,
    "dates": _date_range,
    "month": _month,
    "year": _year,
    "decade": _decade,
    "holiday": _holiday,
    "years": _years,
    "spelt_year": _spelt_year,
    "week_of": _week_of,
    "quarter": _quarter,
    "season": _season,
    "edge": _edge,
}
