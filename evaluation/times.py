"""Times of the calendar against TIMEX3 values: how many are read, and how many of those read are right.

    python -m evaluation.times TIMEX.jsonl [--errors N]

Measured are DATE and TIME expressions whose value is a day, month, year, quarter, season, week or decade. One is read
where the grammar gives a time that overlaps it and tells a day (a clock time tells none, nor does what counts from
another time: both are left to the events, `kg.extract.times`). It is right where the EDTF value, with the text looking
back or ahead, is that of the gold; an interval where it begins or ends with it, or is the same week.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kg import edtf
from kg.extract.lexicon import Lexicon
from kg.extract.times.expressions import TimeWords, find_time_expressions
from kg.extract.times.normalise import Anchor, resolve

CALENDAR = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:T.*)?|\d{4}-(?:Q[1-4]|SP|SU|FA|WI|W\d\d)|\d{3}")
SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
#: kinds of time that tell no day by themselves
OPEN = frozenset({"clock", "vague", "relative", "hours", "near_weekday"})


def score(gold: Path, errors: int = 0) -> dict[str, float]:
    """The share of gold dates that are read, and of those read that are right, in percent."""
    lexicon = Lexicon()
    total = read = right = 0
    wrong = []
    for line in filter(None, gold.read_text("utf-8").split("\n")):
        record = json.loads(line)
        dateline = date.fromisoformat(record["meta"]["dct"][:10])
        times = find_time_expressions(record["text"], lexicon)
        for timex in record["timexes"]:
            found = _found(timex, times)
            if found is None:
                continue
            total += 1
            read += bool(found)
            values = [value for words in found for value in _values(words, dateline)]
            right += any(_is_same(value, timex["value"]) for value in values)
            if not any(_is_same(value, timex["value"]) for value in values):
                wrong.append(f"{record['id']} {timex['value']} not {values} {timex['text']!r}")
    print(*wrong[:errors], sep="\n")
    return {
        "dates read": round(100 * read / total, 1) if total else 0.0,
        "right of those read": round(100 * right / read, 1) if read else 0.0,
    }


def _found(timex: Mapping[str, Any], times: tuple[TimeWords, ...]) -> list[TimeWords] | None:
    """The times of the grammar at a gold date; None where the gold is not measured."""
    if timex["type"] not in {"DATE", "TIME"} or not CALENDAR.fullmatch(timex["value"]):
        return None
    found = [words for words in times if words.span.start < timex["end"] and words.span.end > timex["start"]]
    if found and all(words.kind in OPEN for words in found):
        return None
    return [words for words in found if words.kind not in OPEN]


def _values(words: TimeWords, dateline: date) -> Iterator[str]:
    for future in (False, True):
        value, _ = resolve(words, Anchor(dateline, future))
        if value is not None:
            yield value


def _is_same(value: str, gold: str) -> bool:
    day, _, _ = gold.partition("T")
    year, _, part = day.partition("-")
    if part in SEASONS:
        return value == f"{year}-{SEASONS[part]}"
    if part.startswith("W"):
        return edtf.bounds(value) == _week(int(year), int(part[1:]))
    if part.startswith("Q"):
        quarter = int(part[1])
        return value == f"{year}-{3 * quarter - 2:02}/{year}-{3 * quarter:02}"
    if len(day) == 3:
        return value == f"{day}X"
    return day in {value, *value.split("/")}


def _week(year: int, number: int) -> tuple[str, str]:
    return tuple(date.fromisocalendar(year, number, weekday).isoformat() for weekday in (1, 7))  # type: ignore[return-value]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    given = parser.parse_args()
    for name, value in score(given.gold, given.errors).items():
        print(f"{name:24} {value:6.1f}")


if __name__ == "__main__":
    main()
