"""The figures of whole sentences: their measures, and the events that they reach; what every other number is."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Config
from kg.extract import pipeline
from kg.extract.figures.measures import OTHER, load_measures
from kg.extract.figures.readings import count_readings, read_numbers
from kg.extract.lexicon import Lexicon
from kg.flow import make_tools
from kg.model import Article, Severity
from kg.text_tables import read_table

from .conftest import unmark

HERE = Path(__file__).parent
ROWS = read_table(HERE / "measures.tsv")
NO_EVENT = [row for row in read_table(HERE / "no_event.tsv") if row["reading"]]
LEXICON = Lexicon()
PATTERNS = LEXICON.rows("number_patterns")
READINGS = {row["reading"] for row in LEXICON.rows("number_readings")}

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extracted():
    sentences = [row["sentence"] for row in (*ROWS, *NO_EVENT)]
    articles = [Article(f"t{number}", unmark(sentence)[0]) for number, sentence in enumerate(sentences)]
    return dict(zip(sentences, pipeline.extract(articles, make_tools(Config())), strict=True))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["sentence"])
def test_a_figure_has_its_measure_and_reaches_an_event(row, extracted):
    extraction, (text, span, _) = extracted[row["sentence"]], unmark(row["sentence"])
    found = [(event, figure) for event in extraction.events for figure in event.figures if figure.span.overlaps(span)]
    assert found, [(event.type, [figure.text for figure in event.figures]) for event in extraction.events]
    event, figure = next((pair for pair in found if pair[0].trigger.of(text) == row["trigger"]), found[0])
    assert (figure.measure, figure.value) == (row["measure"], float(row["value"]))
    assert (event.type, event.trigger.of(text)) == (row["type"], row["trigger"])
    claimant = next((each.claimant for each in extraction.attributions if each.id == event.told_by), None)
    assert (claimant.label if claimant else "") == (row["by"] or "")


@pytest.mark.parametrize("row", [*ROWS, *NO_EVENT], ids=lambda row: row["sentence"])
def test_every_figure_spells_its_words_and_has_a_teller(row, extracted):
    extraction = extracted[row["sentence"]]
    tellers = {each.id for each in (*extraction.attributions, *extraction.narrations)}
    for event in extraction.events:
        assert event.told_by in tellers
        for figure in event.figures:
            assert figure.text == figure.span.of(extraction.article.text)


@pytest.mark.parametrize("row", NO_EVENT, ids=lambda row: row["sentence"])
def test_a_number_that_counts_for_no_event_has_a_reading(row, extracted, read):
    text, span, _ = unmark(row["sentence"])
    numbers = [f for event in extracted[row["sentence"]].events for f in event.figures if f.span.overlaps(span)]
    assert numbers == []
    (parsed,) = read([text])
    assert [number.reading for number in read_numbers(parsed) if number.span.overlaps(span)] == [row["reading"]]


@pytest.fixture(scope="module")
def pattern_readings(read):
    return {parsed.article.text: read_numbers(parsed) for parsed in read(row["example"] for row in PATTERNS)}


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row["example"])
def test_each_pattern_reads_the_number_of_its_example(row, pattern_readings):
    assert row["reading"] in {number.reading for number in pattern_readings[row["example"]]}


def test_each_measure_of_the_table_is_in_the_ontology():
    ontology = (Path(__file__).parents[3] / "ontology" / "kg.ttl").read_text("utf-8")
    scheme = set(re.findall(r"^kgv:measure_(\w+) a skos:Concept", ontology, re.MULTILINE))
    used = {row.measure for rows in load_measures(LEXICON).rows.values() for row in rows}
    assert used | {OTHER} == scheme


def test_each_type_of_the_table_is_in_the_ontology():
    ontology = (Path(__file__).parents[3] / "ontology" / "kg.ttl").read_text("utf-8")
    for row in LEXICON.rows("measures"):
        assert not row["type"] or f"kgv:{row['type']} a skos:Concept" in ontology


def test_a_number_without_a_reading_is_an_issue():
    (found,) = pipeline.extract([Article("t", "They sat with 7¤3 and waited.")], make_tools(Config()))
    unread = [issue for issue in found.issues if issue.code == "number-not-read"]
    assert all(issue.span is not None and issue.severity is Severity.INFO for issue in unread)


@given(
    st.lists(
        st.sampled_from(["Lee, 69,", "saw", "12 boats", "at 3:30 p.m.", "in 2031", "on Route 9", "3-1", "dozens"]),
        max_size=8,
    )
)
def test_each_number_is_read_once_in_order(read, words):
    text = " ".join(words) or "none"
    (parsed,) = read([text])
    numbers = read_numbers(parsed)
    assert [number.span for number in numbers] == sorted(number.span for number in numbers)
    assert {number.reading for number in numbers} <= READINGS
    assert sum(count_readings(numbers).values()) == len(numbers)
    assert all(number.text == number.span.of(text) for number in numbers)
