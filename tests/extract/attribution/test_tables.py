"""polarity.tsv and levels.tsv: kind, polarity and level of sentences of our own, by the lemma of the cue."""

from pathlib import Path

import pytest

from kg.text_tables import read_table

pytestmark = pytest.mark.model

POLARITY = read_table(Path(__file__).with_name("polarity.tsv"))
LEVELS = read_table(Path(__file__).with_name("levels.tsv"))


@pytest.fixture(scope="module")
def found(read):
    """The attributions of each sentence of both tables."""
    texts = list(dict.fromkeys(case["text"] for case in (*POLARITY, *LEVELS)))
    return dict(read(texts))


@pytest.mark.parametrize("case", POLARITY, ids=lambda case: f"{case['text'][:60]} {case['cue']}")
def test_a_negation_belongs_to_its_own_verb(case, found):
    got = [(each.cue_lemma, each.kind.value, each.polarity.value) for each in found[case["text"]]]
    same = [each for each in got if each[0] == case["cue"]]
    if case["kind"] == "-":
        assert same == []
        return
    assert any(each[1] == case["kind"] and case["polarity"] in {"*", each[2]} for each in same), got
    if case["kind"] == "non_statement":
        assert len(got) == 1, got


@pytest.mark.parametrize("case", LEVELS, ids=lambda case: case["text"][:60])
def test_the_level_follows_from_the_content(case, found):
    got = {each.cue_lemma: each.level.value for each in found[case["text"]]}
    assert got.get(case["cue"]) == case["level"], got


def test_there_are_enough_sentences():
    assert len(POLARITY) >= 120
