"""What events inherit from the story they go on with: place and time, the words they come from, and what is never invented."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Config
from kg.extract.document import spacy_parser
from kg.extract.pipeline import extract_parsed
from kg.flow import make_tools
from kg.model import Article, Basis
from kg.text_tables import read_table

ROWS = read_table(Path(__file__).parent / "inherited.tsv")
SENTENCES = sorted(
    {s.strip() + "." for row in ROWS for s in row["text"].replace("**", "").replace("\\n", " ").split(".") if s}
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def reader():
    tools = make_tools(Config())

    def read(text, published=None):
        article = Article("story", text, published=published)
        return extract_parsed(article, next(iter(spacy_parser.parse(tools.nlp, [article]))), tools)

    return read


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_an_event_inherits_what_its_story_tells(row, reader):
    before, trigger, after = row["text"].replace("\\n", "\n").split("**")
    text = before + trigger + after
    found = reader(text, row["published"] or None)
    event = next(e for e in found.events if e.trigger.start <= len(before) < e.trigger.end)
    time, place = event.time, event.place
    words = time.from_span.of(text) if time and time.from_span else ""
    assert ((time and time.edtf) or "-", words) == (row["edtf"], row["from"])
    origin = place.span.of(text) if place and event.place_basis is Basis.INHERITED else ""
    assert (place.label if place else "-", origin) == (row["place"], row["place_from"])


@settings(max_examples=20, deadline=None)
@given(sentences=st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6))
def test_what_is_inherited_names_its_words_and_no_date_is_invented(sentences, reader):
    text = " ".join(sentences)
    found = reader(text, "2014-10-10")
    names = {mention.span for mention in found.places}
    for event in found.events:
        if event.time is not None and event.time.edtf is not None:
            span = event.time.span or event.time.from_span
            assert span is not None
            assert span.of(text) == event.time.text
        if event.place is not None and event.place_basis is Basis.INHERITED:
            assert event.place.span in names
            assert not event.place.span.overlaps(event.trigger)
