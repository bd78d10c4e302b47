"""Times in words: what EDTF allows, and what is no time and stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.times import in_words, time_label

TIMES = {
    "2031-03-04": "4 March 2031",
    "2031-03": "March 2031",
    "2031": "2031",
    "2031-XX-XX": "2031",
    "2031-03?": "perhaps March 2031",
    "2031%": "perhaps about 2031",
    "2031-03-04/2031-03-05": "4 to 5 March 2031",
    "2031-02-28/2031-03-01": "28 February to 1 March 2031",
    "2031-12-31/2032-01-01": "31 December 2031 to 1 January 2032",
    "2031-03/2031-05": "March to May 2031",
    "2031-03-04/2031-03-04": "4 March 2031",
    "2031-03-04/2031-04": "4 March 2031 to April 2031",
    "2031/2032": "2031 to 2032",
    "2031-03-04/..": "since 4 March 2031",
    "../2031-03": "until March 2031",
    "2031-13": "2031-13",
    "2031-03-04/soon": "2031-03-04/soon",
    "../..": "../..",
    "soon": "soon",
    "": "",
}


@pytest.mark.parametrize(("edtf", "words"), TIMES.items())
def test_a_time_in_words(edtf, words):
    assert in_words(edtf) == words


@pytest.mark.parametrize(
    "name", ["meeting, Istanbul, undated", "raid, night of 6–7 October 2031", "march, Dover to Calais", "fire", ""]
)
def test_a_name_without_edtf_stays(name):
    assert time_label(name) == name


@given(st.dates(), st.dates())
def test_an_interval_tells_both_days(one, other):
    words = in_words(f"{one.isoformat()}/{other.isoformat()}")
    assert words.endswith(in_words(other.isoformat()))
    assert words.startswith(f"{one.day} ")
    assert time_label(f"fire, {one.isoformat()} to {other.isoformat()}") == f"fire, {words}"
