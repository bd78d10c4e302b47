"""cases.tsv: what must be found in sentences of our own, with kind, style and outcome."""

from pathlib import Path

import pytest

from kg.text_tables import read_table

pytestmark = pytest.mark.model

CASES = read_table(Path(__file__).with_name("cases.tsv"))


@pytest.fixture(scope="module")
def readings(read, marks):
    """Each case's text and attributions, parsed in one go."""
    unmarked, _ = marks
    texts = [unmarked(case["marked"].replace("\\n", "\n"))[0] for case in CASES]
    return dict(zip((case["id"] for case in CASES), read(texts), strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_finds_what_the_case_marks(case, readings, marks):
    unmarked, parts_of = marks
    text, found = readings[case["id"]]
    _, expected = unmarked(case["marked"].replace("\\n", "\n"))
    parts = [parts_of(text, each) for each in found]
    assert expected in parts, parts
    same = found[parts.index(expected)]
    told = {"kind": same.kind, "style": same.style, "outcome": same.outcome}
    assert {name: case[name] for name in told if case[name] != "-"} == {
        name: value for name, value in told.items() if case[name] != "-"
    }


def test_a_relay_holds_what_it_hands_on(read):
    [(_, found)] = read(["The mayor wrote on Telegram that the bridge was closed, the Daily Herald reports."])
    relay = next(each for each in found if each.cue_lemma == "report")
    inner = next(each for each in found if each.cue_lemma == "write")
    assert (relay.kind, inner.embedded_in) == ("relay", relay.id)


def test_furniture_says_nothing(nlp):
    from kg.extract.attribution.verb_cues import find_verb_cues
    from kg.extract.document.parsed_article import ParsedArticle
    from kg.model import Article, CharSpan

    text = "The mayor said the bridge was destroyed."
    reading = ParsedArticle(Article("a", text, furniture=(CharSpan(0, len(text)),)), nlp(text))
    assert list(find_verb_cues(reading)) == []


def test_scare_quotes_are_no_attribution(read):
    [(_, found)] = read(["The so-called “special zone” was empty on Monday."])
    assert found == ()


@pytest.mark.parametrize(
    "text",
    [
        "The mayor used the occasion to blast her rival as an “extreme far-left” candidate.",
        "He read “The Old Road” on the train and slept.",
    ],
)
def test_quoted_words_are_no_speech(read, text):
    [(_, found)] = read([text])
    assert "direct" not in {each.style for each in found}


def test_what_no_other_says_within_anothers_words_is_no_attribution(read):
    [(_, found)] = read(["“I am sure, but also important to note that the bridge is gone,” she wrote."])
    assert [each.cue_lemma for each in found] == ["write"]
