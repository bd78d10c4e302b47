"""Numbers in words and digits: every row of the tables, and what must hold of any number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.figures import numerals
from kg.extract.lexicon import Lexicon
from kg.model import Comparator

LEXICON = Lexicon()
HEDGES = [row for row in LEXICON.rows("comparators") if row["place"] == "before"]


def rows(table):
    return pytest.mark.parametrize("row", LEXICON.rows(table), ids=lambda row: " ".join(list(row.values())[:2]))


def read(text):
    return list(numerals.find_numerals(text, LEXICON))


@rows("number_words")
def test_each_number_word_is_worth_what_its_row_says(row):
    found = [each for each in read(row["example"]) if row["word"].split()[-1] in each.span.of(row["example"]).lower()]
    assert found
    if row["kind"] in ("unit", "ten", "whole", "none", "nobody"):
        assert found[0].value == float(row["value"])
    if row["kind"] == "vague" and row["word"] != "tens":
        assert (found[0].comparator, found[0].low) == (Comparator.VAGUE, float(row["value"]))


@rows("comparators")
def test_each_comparator_hedges_the_number_of_its_example(row):
    (found,) = read(row["example"])
    assert found.comparator == row["comparator"]
    assert row["phrase"] in found.span.of(row["example"]).lower()


@rows("units")
def test_each_unit_is_that_of_its_example(row):
    (found,) = [each for each in read(row["example"]) if each.unit != "count"]
    assert (found.unit, found.kind) == (row["unit"], row["kind"])


@rows("not_figures")
def test_no_label_is_a_number(row):
    assert read(row["example"]) == []


@given(st.integers(2, 10**9), st.sampled_from(HEDGES))
def test_a_numbers_interval_holds_it(number, hedge):
    (found,) = read(f"It killed {hedge['phrase']} {number:,} people.")
    assert found.value == number
    assert found.low is None or found.low <= number
    assert found.high is None or number <= found.high


@given(st.integers(2, 900), st.integers(1, 900))
def test_a_range_runs_from_its_less_to_its_more(low, more):
    (found,) = read(f"It killed between {low} and {low + more} people.")
    assert (found.value, found.low, found.high) == (None, low, low + more)


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_lies_in_it(text):
    for found in read(text):
        assert found.span.covers(found.core)
        assert found.core.of(text)


WORDS = [row["word"] for row in LEXICON.rows("number_words")] + [
    "1",
    "12",
    "1,000",
    "2.5",
    "£",
    "%",
    "to",
    "-",
    "and",
    "of",
    "between",
    "at",
    "least",
    "m",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_jumble_of_number_words_is_read(words):
    for found in read(" ".join(words)):
        bounds = [each for each in (found.low, found.value, found.high) if each is not None]
        assert bounds == sorted(bounds)
