"""Times of events and sayings, against tables that the real model reads in one batch."""

from pathlib import Path

import pytest

from kg.extract.times import times
from kg.model import Attribution, EventMention, Tense, TimeBasis
from kg.text_tables import read_table

HERE = Path(__file__).parent
TIMES = read_table(HERE / "times.tsv")
SAYINGS = read_table(HERE / "sayings.tsv")
BASIS = {
    "explicit": TimeBasis.EXPLICIT,
    "document": TimeBasis.DOCUMENT_DATE,
    "event": TimeBasis.EVENT,
    "none": TimeBasis.UNANCHORED,
}

pytestmark = pytest.mark.model


def name(row):
    return f"{row['dateline']} {row['text']}"


@pytest.fixture(scope="module")
def readings(read, unmarked):
    rows = (*TIMES, *SAYINGS)
    found = read([unmarked(row["text"])[0] for row in rows], [row["dateline"] for row in rows])
    return {name(row): reading for row, reading in zip(rows, found, strict=True)}


@pytest.mark.parametrize("row", TIMES, ids=name)
def test_an_event_has_the_time_it_is_told_with(row, readings, unmarked):
    spans = unmarked(row["text"])[1]["{"]
    tenses = [Tense(tense) for tense in row["tense"].split()]
    tenses = tenses if len(tenses) == len(spans) else tenses * len(spans)
    events = [EventMention(span, "Shooting", tense=tense) for span, tense in zip(spans, tenses, strict=True)]
    reading = readings[name(row)]
    time = times.date_events(reading, (), (), events)[-1].time
    if row["basis"] == "-":
        assert time is None
    else:
        assert (time.edtf, time.basis) == (row["edtf"] or None, BASIS[row["basis"]])
        assert time.span is None or time.span.of(reading.article.text) == time.text


@pytest.mark.parametrize("row", SAYINGS, ids=name)
def test_a_saying_has_the_time_it_was_said(row, readings, unmarked):
    _, spans = unmarked(row["text"])
    attribution = Attribution(tuple(spans["<"]), tuple(spans["["]), id="a1")
    time = times.date_attributions(readings[name(row)], (attribution,))[0].asserted
    if row["edtf"] == "-":
        assert time is None
    else:
        assert time is not None
        assert time.edtf == (row["edtf"] or None)
