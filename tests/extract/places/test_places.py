"""Where: names to places, events to places, and what must hold of any text."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.figures import quantities
from kg.extract.places import places
from kg.model import Article, CharSpan, EventMention, Narration
from kg.text_tables import read_table
from tests import helpers

HERE = Path(__file__).parent
pytestmark = pytest.mark.model


def unmark(text):
    """The text without its mark, and the marked span."""
    plain, spans = helpers.unmark(text, "*")
    return plain, spans["*"][0]


def read(text, nlp):
    return ParsedArticle(Article("a", text), nlp(text))


@pytest.mark.parametrize("row", read_table(HERE / "names.tsv"), ids=lambda row: row["text"][:60])
def test_a_name_is_the_place_of_its_row(row, nlp, gazetteer):
    text, span = unmark(row["text"])
    found = [each for each in places.find_places(read(text, nlp), gazetteer).mentions if each.span.overlaps(span)]
    assert [each.id for each in found] == ([] if row["id"] == "-" else [row["id"]])
    assert all(each.lat is not None and each.lon is not None for each in found)


@pytest.mark.parametrize("row", read_table(HERE / "events.tsv"), ids=lambda row: row["text"][:60])
def test_an_event_lies_where_its_row_puts_it(row, nlp, gazetteer):
    text, trigger = unmark(row["text"])
    reading = read(text, nlp)
    told = (Narration("n1", (CharSpan(0, len(text)),)),)
    event = EventMention(trigger, row["type"], "e1", "n1")
    (placed,) = places.locate_events(
        reading,
        gazetteer,
        places.find_places(reading, gazetteer),
        (),
        told,
        (event,),
        quantities.find_quantities(reading),
    )
    further = "; ".join(f"{each.relation}={each.label}" for each in placed.places)
    assert (placed.place.label if placed.place else "-", further or "-") == (row["place"], row["places"])


def test_another_spelling_of_a_hamlet_alone_is_left_open(nlp, gazetteer):
    (found,) = places.find_places(read("Police said that Hilltown was quiet.", nlp), gazetteer).mentions
    assert (found.id, found.lat) == ("place/hilltown", None)


def test_the_capital_is_that_of_the_country_in_play(nlp, gazetteer):
    text = "Ukraine is at war. Drones reached Kharkiv, Ukraine. Missiles were launched at the capital."
    reading = read(text, nlp)
    found = places.find_places(reading, gazetteer)
    at = text.index("launched")
    event = EventMention(CharSpan(at, at + 8), "MissileStrike", "e1", "n1")
    (placed,) = places.locate_events(
        reading, gazetteer, found, (), (Narration("n1", (CharSpan(0, len(text)),)),), (event,)
    )
    assert placed.place is not None
    assert (placed.place.id, placed.place.span.of(text)) == ("place/kyiv", "capital")
    assert "place/kyiv" in {place.id for place in found.known}


def test_what_a_place_lies_within_is_known_with_it(nlp, gazetteer):
    found = places.find_places(read("Trains left Brovary for Bucha in Ukraine.", nlp), gazetteer)
    known = {place.id: place for place in found.known}
    assert len(known) == len(found.known)
    assert all(outer in known for place in found.known for outer in place.within)
    assert {"place/kyiv-oblast", "place/ukraine"} <= set(known)


@given(
    words=st.lists(
        st.sampled_from(
            ["Kyiv", "in", "the", ",", "Oxford", "—", "N.C.", "R-", "’s", "County", "and", "\n\n", "of", "ДСНС", "🙂"]
        ),
        max_size=12,
    )
)
@settings(max_examples=60)
def test_spans_spell_names_and_none_overlap(words, nlp, gazetteer):
    text = " ".join(words)
    mentions = places.find_places(read(text, nlp), gazetteer).mentions
    assert all(each.span.of(text).strip() == each.span.of(text) for each in mentions)
    assert all(one.span.end <= other.span.start for one, other in pairwise(mentions))
    assert all((each.lat is None) == (each.lon is None) for each in mentions)
