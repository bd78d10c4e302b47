"""From words to relations: pairs of sentences, and sets of articles of one night, read by the real model."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from kg.config import Config
from kg.flow import extract
from kg.model import Relation
from kg.resolve import KnownEntities, resolve
from kg.text_tables import read_rows

pytestmark = pytest.mark.model

HERE = Path(__file__).parent
PAIRS = [row for row, _ in read_rows(HERE / "wordings.tsv", ("on", "one", "other_on", "other", "relation"))]
EXPECTED = [row for row, _ in read_rows(HERE / "sets.tsv", ("set", "relation", "one", "words", "other", "other_words"))]
SETS = sorted({row["set"] for row in EXPECTED})
#: the second sentence of the pairs that are related wrongly today; nothing else may fail
MAY_FAIL = {
    "According to Ukraine's air force, Russia sent 52 drones against Ukraine overnight.",
    "Basra Observer said an explosion at a refinery in Basra on Tuesday killed between five and nine people.",
}
HELD = {
    Relation.REPEATS,
    Relation.CORROBORATES,
    Relation.CONTRADICTS,
    Relation.DENIES,
    Relation.REVISES,
    Relation.UPDATES,
}


@pytest.fixture(scope="module")
def related(tmp_path_factory):
    """What each pair of wordings was found to be."""
    lines = [
        json.dumps({"id": f"{i}-{side}", "outlet": f"Paper {side}", "published": f"2033-05-{row[day]}", "text": row[side]})
        for i, row in enumerate(PAIRS)
        for side, day in (("one", "on"), ("other", "other_on"))
    ]  # fmt: skip
    place = tmp_path_factory.mktemp("wordings") / "pairs.jsonl"
    place.write_text("\n".join(lines), "utf-8")
    read = {each.article.id: each for each in extract([str(place)], Config())}
    found = []
    for i in range(len(PAIRS)):
        relations = resolve([read[f"{i}-one"], read[f"{i}-other"]], KnownEntities()).relations
        across = {each.relation.value for each in relations if each.source.article != each.target.article}
        found.append(across or {"none"})
    return found


@pytest.mark.parametrize("number", range(len(PAIRS)), ids=lambda number: PAIRS[number]["other"][:60])
def test_a_pair_is_related_as_a_reader_says(number, related, request):
    if PAIRS[number]["other"] in MAY_FAIL:
        request.applymarker(pytest.mark.xfail(reason="known failure"))
    assert related[number] == {PAIRS[number]["relation"]}


def test_no_contradiction_is_false(related):
    false = [(row["one"], row["other"]) for row, said in zip(PAIRS, related, strict=True)
             if "contradicts" in said and row["relation"] != "contradicts"]  # fmt: skip
    assert false == []


@pytest.fixture(scope="module", params=SETS)
def night(request):
    """A set of articles, what spans them, and what is expected of it."""
    read = list(extract([str(HERE / "sets" / f"{request.param}.jsonl")], Config()))
    return read, resolve(read, KnownEntities()), [row for row in EXPECTED if row["set"] == request.param]


def test_a_set_is_told_as_a_reader_expects(night, request):
    read, corpus, expected = night
    if expected[0]["set"] == "wire":  # "the first bombing since the spring" joins today's, and the second toll does not
        request.applymarker(pytest.mark.xfail(reason="the second toll of one attack is left out of its happening"))
    words = {(e.article.id, said.id): " ".join(span.of(e.article.text) for span in said.content)
             for e in read for said in (*e.attributions, *e.narrations)}  # fmt: skip
    found = defaultdict(list)
    for each in corpus.relations:
        if each.relation in HELD:
            ends = sorted((ref.article, words[ref.article, ref.id]) for ref in (each.source, each.target))
            found[each.relation.value].append(ends)
    wanted = [row for row in expected if row["relation"] in {each.value for each in HELD}]
    for row in wanted:
        ends = sorted(
            ((f"{row['set']}-{row['one']}", row["words"]), (f"{row['set']}-{row['other']}", row["other_words"]))
        )
        met = [pair for pair in found[row["relation"]] if _met(pair, ends)]
        assert met, row
        found[row["relation"]] = [pair for pair in found[row["relation"]] if pair not in met]
    assert {name: left for name, left in found.items() if left} == {}


def test_happenings_and_copies_of_a_set_are_as_a_reader_expects(night):
    read, corpus, expected = night
    triggers = {(e.article.id, event.id): event.trigger.of(e.article.text) for e in read for event in e.events}
    copies = {(each.copy, each.original) for each in corpus.copies}
    assert copies == {
        (f"{r['set']}-{r['one']}", f"{r['set']}-{r['other']}") for r in expected if r["relation"] == "copy"
    }
    for row in expected:
        if row["relation"] in {"together", "apart"}:
            of = [_happenings(corpus, triggers, f"{row['set']}-{row[end]}", row[words])
                  for end, words in (("one", "words"), ("other", "other_words"))]  # fmt: skip
            assert of[0]
            assert of[1]
            assert bool(of[0] & of[1]) is (row["relation"] == "together"), row


def _met(pair, ends):
    """Whether the two claims of a relation are those of two articles that hold these words, either way round."""
    return any(
        all(article == a and words in told for (article, told), (a, words) in zip(pair, way, strict=True))
        for way in (ends, ends[::-1])
    )


def _happenings(corpus, triggers, article, word):
    return {
        h.id
        for h in corpus.happenings
        for ref in h.events
        if ref.article == article and triggers[ref.article, ref.id] == word
    }
