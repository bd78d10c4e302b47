"""An exception in one article, wherever it is raised, is an issue of that article and costs no other article anything."""

import pytest

from kg.errors import LexiconError
from kg.extract.document import spacy_parser
from kg.extract.figures import numerals
from kg.extract.lexicon import Lexicon
from kg.extract.pipeline import Tools, extract
from kg.extract.registry import extractor
from kg.extract.workers import CHUNK, extract_all
from kg.model import FAILED, Article, Extractor, Issue, Severity

TEXT = "The mayor said on Monday that two bridges were destroyed in Kharkiv."


@extractor("faulty")
def faulty(reading):
    if reading.article.id == "bad":
        raise ZeroDivisionError
    yield Issue("seen", "")


@extractor("misconfigured")
def misconfigured(reading):
    raise LexiconError("a bad row")


@pytest.fixture
def tools(nlp):
    from kg.extract.places.gazetteer import open_gazetteer

    return Tools(nlp, (faulty,), open_gazetteer([]), Extractor("faulty", "0", "none"))


def articles(count=3, bad=1):
    return [Article("bad" if i == bad else f"a{i}", TEXT, published="2031-10-07") for i in range(count)]


def failures(extractions):
    return [
        (each.article.id, issue.severity, issue.message.split(".py")[0])
        for each in extractions
        for issue in each.issues
        if issue.code == FAILED
    ]


@pytest.mark.model
def test_an_extractor_that_raises_costs_its_article_alone(tools):
    found = list(extract(articles(), tools))
    assert [(each.article.id, each.failed) for each in found] == [("a0", False), ("bad", True), ("a2", False)]
    assert [[issue.code for issue in each.issues] for each in found] == [["seen"], [FAILED], ["seen"]]
    (message,) = (issue.message for issue in found[1].issues)
    assert message.startswith("ZeroDivisionError at tests.extract.test_faults:")
    assert found[1].issues[0].severity is Severity.ERROR
    assert not found[1].attributions


@pytest.mark.model
def test_a_parse_that_raises_on_one_text_costs_its_article_alone(tools, monkeypatch):
    tokens = spacy_parser._tokens

    def raising(nlp, article):
        if article.id == "bad":
            raise ValueError(article.text)
        return tokens(nlp, article)

    whole = {each.article.id: each for each in extract(articles(40, bad=None), tools)}
    monkeypatch.setattr(spacy_parser, "_tokens", raising)
    found = list(extract(articles(40, bad=17), tools))
    assert [each.article.id for each in found if each.failed] == ["bad"]
    assert all(each == whole[each.article.id] for each in found if not each.failed)
    assert "ValueError at tests.extract.test_faults:" in found[17].issues[0].message


@pytest.mark.model
def test_a_worker_process_isolates_as_well(tools):
    count = CHUNK + 2
    found = list(extract_all(articles(count), lambda: tools, 2))
    assert [each.failed for each in found] == [i == 1 for i in range(count)]


@pytest.mark.model
def test_a_faulty_word_list_is_an_error_of_the_run(tools):
    of_the_run = Tools(tools.nlp, (misconfigured,), tools.gazetteer, tools.extractor)
    with pytest.raises(LexiconError):
        list(extract(articles(), of_the_run))


@pytest.mark.parametrize("digits", [25, 309, 310, 400, 5000])
@pytest.mark.parametrize(
    "form", ["{}", "at least {} people", "{} million", "from 3 to {}", "${}bn", "{} to 5", "more than {}"]
)
def test_a_number_of_very_many_digits_is_no_figure(digits, form):
    text = f"He counted {form.format('9' * digits)} stars and 12 drones."
    found = list(numerals.find_numerals(text, Lexicon()))
    assert [each.value for each in found if each.value == 12] == [12]
    assert all(value is None or value <= 1e24 for each in found for value in (each.value, each.low, each.high))
