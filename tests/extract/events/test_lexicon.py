"""Every row of the tables is read in its own example, by the real model: its trigger is found, with its type or effect."""

import pytest

from kg.extract.lexicon import Lexicon

from .conftest import unmark

pytestmark = pytest.mark.model

#: rows that need an article on their subject get one
CONTEXT = {
    "war": " The army sent soldiers, insurgents and warplanes.",
    "labour": " The union of nurses and the employer know.",
    "crime": " A murder, a robbery and a rape.",
}


def _context(row):
    needs = row.get("needs", "").split()
    about = {need.removeprefix("reg=@") for need in needs if need.startswith("reg=@")}
    if "resistance" in row["example"]:
        about.add("war")
    return "".join(text for subject, text in CONTEXT.items() if subject in about)


def _read(name, tell):
    rows = Lexicon().rows(name)
    texts = [unmark(row["example"])[0] + _context(row) for row in rows]
    for row, (_, _, events) in zip(rows, tell(texts), strict=True):
        span = unmark(row["example"])[1]
        yield row, [event for event in events if event.trigger.overlaps(span)]


def test_triggers_are_found_with_their_type(tell):
    narrower = {(row["type"], row["narrower"]) for row in Lexicon().rows("refinements")}
    wrong = []
    for row, found in _read("triggers", tell):
        if not any(event.type == row["type"] or (row["type"], event.type) in narrower for event in found):
            wrong.append(f"{row['lemma']}/{row['pos']} {row['type']}: {[e.type for e in found]} in {row['example']}")
    assert not wrong, "\n".join(wrong)


def test_types_are_made_narrower(tell):
    wrong = [row for row, found in _read("refinements", tell) if row["narrower"] not in {event.type for event in found}]
    assert not wrong


def test_light_verbs_leave_the_event_to_its_noun(tell):
    wrong = [row["example"] for row, found in _read("light_verbs", tell) if not found]
    assert not wrong


def test_words_bear_on_factuality(tell):
    wrong = []
    for row, found in _read("modality", tell):
        if row["kind"] == "reported":  # see test_tellers
            continue
        told = [f"{event.polarity} {event.certainty} {event.tense}" for event in found]
        wanted = {row[key] for key in ("certainty", "polarity", "tense")} - {"-"}
        if not any(wanted <= set(each.split()) for each in told):
            wrong.append(f"{row['word']} {wanted}: {told} in {row['example']}")
    assert not wrong, "\n".join(wrong)
