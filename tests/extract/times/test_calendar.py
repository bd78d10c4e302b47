"""What times mean: every row of the grammar's tables, and what must hold of any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.lexicon import Lexicon
from kg.extract.times import expressions, normalise
from kg.extract.times.normalise import Anchor
from kg.model import TimeBasis

LEXICON = Lexicon()
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
UNITS = st.sampled_from(("hour", "day", "week", "month", "year"))


def resolved(words, dateline, *, future=False, previous=None):
    """What the one time in some words means."""
    (time,) = expressions.find_time_expressions(words, LEXICON)
    return normalise.resolve(time, Anchor(dateline, future, previous))


@pytest.mark.parametrize("row", LEXICON.rows("time_patterns"), ids=lambda row: row["example"])
def test_each_pattern_reads_its_example(row):
    (time,) = expressions.find_time_expressions(row["example"], LEXICON)
    assert time.kind == row["kind"]
    assert normalise.resolve(time, Anchor(date.fromisoformat(row["dateline"])))[0] == (row["edtf"] or None)


@pytest.mark.parametrize("row", LEXICON.rows("time_words"), ids=lambda row: f"{row['word']} {row['kind']}")
def test_each_word_stands_in_the_time_of_its_example(row):
    (time,) = expressions.find_time_expressions(row["example"], LEXICON)
    assert row["word"] in time.span.of(row["example"]).lower()


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_past_is_the_latest_with_the_datelines_own(dateline, weekday):
    when = date.fromisoformat(resolved(f"on {weekday}", dateline)[0])
    assert timedelta(0) <= dateline - when < timedelta(days=7)
    assert WEEKDAYS[when.weekday()] == weekday


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_to_come_is_the_next_with_the_datelines_own(dateline, weekday):
    when = date.fromisoformat(resolved(f"on {weekday}", dateline, future=True)[0])
    assert timedelta(0) <= when - dateline < timedelta(days=7)
    assert WEEKDAYS[when.weekday()] == weekday


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_last_weekday_is_before_the_dateline(dateline, weekday):
    when = date.fromisoformat(resolved(f"last {weekday}", dateline)[0])
    assert timedelta(0) < dateline - when <= timedelta(days=7)


@given(DAYS)
def test_overnight_ends_on_the_dateline(dateline):
    assert normalise.bounds(resolved("overnight", dateline)[0]) == (dateline - timedelta(days=1), dateline)


@given(DAYS, st.integers(1, 40), UNITS)
def test_a_past_stretch_ends_on_the_dateline(dateline, count, unit):
    first, last = normalise.bounds(resolved(f"over the past {count} {unit}s", dateline)[0])
    assert first < last == dateline


@given(DAYS, st.integers(1, 40), UNITS)
def test_what_was_ago_is_not_after_the_dateline(dateline, count, unit):
    assert normalise.bounds(resolved(f"{count} {unit}s ago", dateline)[0])[0] <= dateline


@given(DAYS, DAYS)
def test_a_day_of_the_year_lies_on_the_side_that_the_telling_looks_to(dateline, day):
    words = f"on {day.day} {day:%B}"
    past, future = resolved(words, dateline)[0], resolved(words, dateline, future=True)[0]
    assert past is None or normalise.bounds(past)[1] <= dateline
    assert future is None or normalise.bounds(future)[0] >= dateline


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_full_date_means_itself_with_no_dateline(day):
    assert resolved(f"on {day.day} {day:%B} {day.year}", None) == (day.isoformat(), TimeBasis.EXPLICIT)


@given(DAYS)
def test_a_night_earlier_is_the_night_before_the_one_told(day):
    told = normalise.interval(day, day + timedelta(days=1))
    assert resolved("a night earlier", day, previous=told)[0] == normalise.interval(day - timedelta(days=1), day)


@given(st.sampled_from([row["example"] for row in LEXICON.rows("time_patterns")]))
def test_nothing_relative_is_dated_without_a_dateline(example):
    for time in expressions.find_time_expressions(example, LEXICON):
        edtf, basis = normalise.resolve(time, Anchor(None))
        assert edtf is None or basis is TimeBasis.EXPLICIT


@given(st.text(max_size=200), st.none() | DAYS)
def test_any_text_is_read_and_every_span_lies_in_it(text, dateline):
    for time in expressions.find_time_expressions(text, LEXICON):
        assert time.span.of(text)
        edtf, _ = normalise.resolve(time, Anchor(dateline))
        if edtf is not None:
            first, last = normalise.bounds(edtf)
            assert first is None or last is None or first <= last


WORDS = [row["word"] for row in LEXICON.rows("time_words")] + [
    "31",
    "02",
    "2023",
    "-",
    ",",
    ":",
    "on",
    "the",
    "in",
    "since",
    "last",
    "next",
    "past",
    "3",
    "a.m.",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.none() | DAYS)
def test_any_jumble_of_time_words_is_read(words, dateline):
    text = " ".join(words).title()
    for time in expressions.find_time_expressions(text, LEXICON):
        edtf, _ = normalise.resolve(time, Anchor(dateline, previous="2023-07-10/2023-07-11"))
        assert edtf is None or "" not in edtf.split("/")
