"""Events of the sentences in cases.tsv, and sentences without events in not_events.tsv, with the real model."""

from pathlib import Path

import pytest

from kg.extract.events.open_events import OCCURRENCE, STATE
from kg.text_tables import read_table

from .conftest import unmark

pytestmark = pytest.mark.model

HERE = Path(__file__).parent
CASES = read_table(HERE / "cases.tsv")
NOT_EVENTS = read_table(HERE / "not_events.tsv")


@pytest.fixture(scope="module")
def events(tell):
    """The events of each sentence, parsed in one batch."""
    texts = [row["text"] for row in (*CASES, *NOT_EVENTS)]
    found = tell([unmark(text)[0] for text in texts])
    return {text: events for text, (_, _, events) in zip(texts, found, strict=True)}


def at_mark(row, events):
    _, span = unmark(row["text"])
    return [event for event in events[row["text"]] if event.trigger.overlaps(span)]


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["text"][:60])
def test_an_event_is_as_its_row_says(row, events):
    found = at_mark(row, events)
    wanted = f"{row['type']} {row['polarity']} {row['certainty']} {row['tense']}"
    assert wanted in [f"{e.type} {e.polarity} {e.certainty} {e.tense}" for e in found]
    roles = {f"{role.role}={role.label}" for event in found for role in event.roles}
    assert {role for role in row["roles"].split("; ") if role != "-"} <= roles


@pytest.mark.parametrize("row", NOT_EVENTS, ids=lambda row: row["text"][:60])
def test_a_word_that_means_no_event_gives_none(row, events):
    typed = [event.type for event in at_mark(row, events) if event.type not in (OCCURRENCE, STATE)]
    assert typed == [], row["why"]
