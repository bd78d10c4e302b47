"""All the mentions of each text in mentions.tsv, and what holds of the mentions of any text."""

from pathlib import Path

import pytest

from kg.extract.actors.mentions import find_mentions
from kg.extract.document.parsed_article import ParsedArticle
from kg.model import Article, CharSpan
from kg.text_tables import read_table

pytestmark = pytest.mark.model

CASES = read_table(Path(__file__).with_name("mentions.tsv"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_all_mentions_are_found_and_no_others(case, reading):
    found = reading(case["text"]).found
    told = [f"{each.span.of(case['text'])}={each.label} ({each.kind})" for each in found]
    assert "; ".join(told) == case["mentions"].strip("-")


def test_an_unnamed_source_has_the_articles_id_in_its_own(reading):
    text = "Officials closed the road. Other officials opened it."
    first, second = (reading(text, id=name).found for name in ("one/1", "one/2"))
    ids = [each.id for each in (*first, *second)]
    assert len(set(ids)) == len(ids) == 4


def test_a_named_actor_has_one_id_in_all_articles(reading):
    ids = {each.id for name in ("one", "two") for each in reading("Marta Kowal left.", id=name).found}
    assert ids == {"actor/marta-kowal"}


def test_an_outlet_named_as_one_is_one_throughout(reading):
    found = reading("Delta Line, a news agency, reported a fire. Later Delta Line corrected it.").found
    assert {each.id for each in found} == {"outlet/delta-line"}


def test_furniture_holds_no_mentions(nlp):
    text = "Photo: Marta Kowal for Reuters\n\nAnna Petrenko left."
    found = find_mentions(ParsedArticle(Article("a", text, furniture=(CharSpan(0, 30),)), nlp(text)))
    assert [each.label for each in found] == ["Anna Petrenko"]
