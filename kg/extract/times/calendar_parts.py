"""Parts of the calendar that news dates by: quarters, seasons, movable feasts, the ends of a year; each as EDTF or a day."""

from __future__ import annotations

from datetime import date, timedelta

#: the first month of each season of EDTF (21 spring .. 24 winter), by the weather of the northern half of the world
SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}


def quarter(year: int, number: int) -> str:
    """A quarter of a year, as the interval of its months.

    >>> quarter(2014, 3)
    '2014-07/2014-09'
    """
    return f"{year}-{3 * number - 2:02}/{year}-{3 * number:02}"


def quarter_of(day: date) -> tuple[int, int]:
    """The year and the number of the quarter that a day lies in."""
    return day.year, (day.month + 2) // 3


def quarter_moved(year: int, number: int, count: int) -> tuple[int, int]:
    """The quarter so many quarters later (earlier, where the count is negative).

    >>> quarter_moved(2014, 1, -1)
    (2013, 4)
    """
    index = 4 * year + number - 1 + count
    return index // 4, index % 4 + 1


def season(year: int, code: int) -> str:
    """A season as EDTF; a winter is of the year in which it begins.

    >>> season(1998, 23)
    '1998-23'
    """
    return f"{year}-{code}"


def season_start(year: int, code: int) -> date:
    """The first day of a season."""
    return date(year, SEASONS[code], 1)


def season_end(year: int, code: int) -> date:
    """The last day of a season."""
    month = SEASONS[code] + 3
    return date(year + (month > 12), (month - 1) % 12 + 1, 1) - timedelta(days=1)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth weekday of a month, the last one where nth is -1: "the fourth Thursday in November".

    >>> nth_weekday(1999, 11, 4, 4), nth_weekday(2023, 5, -1, 1)
    (datetime.date(1999, 11, 25), datetime.date(2023, 5, 29))
    """
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).

    >>> easter(2000), easter(2024)
    (datetime.date(2000, 4, 23), datetime.date(2024, 3, 31))
    """
    cycle, century, rest = year % 19, year // 100, year % 100
    leap, skipped = century // 4, (century + 8) // 25
    epact = (19 * cycle + century - leap - (century - skipped + 1) // 3 + 15) % 30
    shift = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (cycle + 11 * epact + 22 * shift) // 451
    month, day = divmod(epact + shift - 7 * late + 114, 31)
    return date(year, month, day + 1)
