"""Every row of cues.tsv finds its own example, on the real model."""

import pytest

from kg.extract.lexicon import Lexicon

pytestmark = pytest.mark.model


def test_every_example_is_found(read, marks):
    unmarked, parts_of = marks
    rows = Lexicon().rows("cues")
    sentences = [unmarked(row["example"]) for row in rows]
    lost = []
    for row, (_, expected), (text, found) in zip(rows, sentences, read([plain for plain, _ in sentences]), strict=True):
        same = [parts_of(text, each) for each in found if each.cue_lemma == row["lemma"]]
        if not any(each["source"] == expected["source"] and each["content"] == expected["content"] for each in same):
            lost.append(f"{row['lemma']} {row['frame']}: {row['example']}")
    assert lost == []


def test_rows_are_sorted_and_once():
    keys = [(row["lemma"], row["pos"], row["frame"]) for row in Lexicon().rows("cues")]
    assert keys == sorted(set(keys))


def test_confidence_is_a_table_of_precisions_and_factors():
    rows = Lexicon().rows("rule_precision")
    assert all(0 < float(row["number"]) < 1 for row in rows if row["rule"] != "feature")
    assert all(float(row["number"]) > 0 for row in rows)
    assert {row["rule"] for row in rows if row["of"] == "-"} >= {"clause", "quote", "according-to", "around", "turn"}


def test_what_a_find_looks_like_makes_it_surer(read):
    [(_, [quoted, vague])] = read(["“The bridge is gone,” Mayor Ann Hill said. Some favour the plan."])
    assert quoted.confidence > 0.9 > vague.confidence
