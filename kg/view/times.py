"""Write EDTF times in words: "2024-03-04/2024-03-05" as "4 to 5 March 2024"."""

from __future__ import annotations

import re
from calendar import month_name

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?(?:-XX)*")
_QUALIFIED = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_OPEN = ("", "..")


def in_words(edtf: str) -> str:
    """Write a day, month, year or (open) interval in words; any other value is unchanged.

    >>> in_words("2024-03-04"), in_words("2024-03-04~"), in_words("2024-03-XX")
    ('4 March 2024', 'about 4 March 2024', 'March 2024')
    >>> in_words("2024-03-04/2024-03-05"), in_words("2024-03/..")
    ('4 to 5 March 2024', 'since March 2024')
    """
    first, slash, last = edtf.partition("/")
    start, end = _words(first), _words(last)
    if not slash:
        return " ".join(start) or edtf
    if start and last in _OPEN:
        return f"since {' '.join(start)}"
    if first in _OPEN and end:
        return f"until {' '.join(end)}"
    if not (start and end):
        return edtf
    if start == end:
        return " ".join(end)
    shared = 0
    while len(start) == len(end) and start[-1 - shared :] == end[-1 - shared :]:
        shared += 1
    return f"{' '.join(start[: len(start) - shared])} to {' '.join(end)}"


def _words(date: str) -> list[str]:
    qualifier = _QUALIFIED.get(date[-1:], "")
    found = _DATE.fullmatch(date[:-1] if qualifier else date)
    if not found:
        return []
    words = [found["day"] and str(int(found["day"])), found["month"] and month_name[int(found["month"])], found["year"]]
    kept = [word for word in words if word]
    return [f"{qualifier}{kept[0]}", *kept[1:]]


def time_label(label: str) -> str:
    """Write the time in the label of an event (type, place, time) in words.

    >>> time_label("drone strike, Odesa, 2024-03-04 to 2024-03-06"), time_label("fire, Odesa, 4 March 2024")
    ('drone strike, Odesa, 4 to 6 March 2024', 'fire, Odesa, 4 March 2024')
    """
    rest, comma, time = label.rpartition(", ")
    written = time.replace(" to ", "/")
    words = in_words(written)
    return label if words == written else f"{rest}{comma}{words}"
