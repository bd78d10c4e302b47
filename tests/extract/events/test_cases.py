"""What must come out of a sentence, and what must not: cases.tsv and not_events.tsv on the real model."""

import pytest

from .conftest import unmark

pytestmark = pytest.mark.model


def test_events_come_out_as_told(table, tell):
    rows = table("cases")
    wrong = []
    for row, (_, _, events) in zip(rows, tell([unmark(row["text"])[0] for row in rows]), strict=True):
        _, span = unmark(row["text"])
        found = [event for event in events if event.trigger.overlaps(span)]
        told = [f"{e.type} {e.polarity} {e.certainty} {e.tense}" for e in found]
        wanted = f"{row['type']} {row['polarity']} {row['certainty']} {row['tense']}"
        roles = {f"{role.role}={role.label}" for event in found for role in event.roles}
        missing = {role for role in row["roles"].split("; ") if role != "-"} - roles
        if wanted not in told or missing:
            wrong.append(f"{row['text']}: {told} instead of {wanted}; without {missing} in {roles}")
    assert not wrong, "\n".join(wrong)


def test_other_words_tell_no_event(table, tell):
    rows = table("not_events")
    wrong = []
    for row, (_, _, events) in zip(rows, tell([unmark(row["text"])[0] for row in rows]), strict=True):
        _, span = unmark(row["text"])
        wrong += [f"{row['text']} ({row['why']}): {e.type}" for e in events if e.trigger.overlaps(span)]
    assert not wrong, "\n".join(wrong)
