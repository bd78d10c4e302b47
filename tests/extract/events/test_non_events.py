"""The list of words that report no event of the scheme: each of a known kind, and none of them a trigger."""

from evaluation.coverage import known
from kg.extract.events.triggers import load_triggers
from kg.extract.lexicon import Lexicon

ROWS = Lexicon().rows("non_events")


def test_every_word_is_there_once_and_of_a_known_kind():
    words = [(row["word"], row["pos"]) for row in ROWS]
    assert len(words) == len(set(words))
    assert {row["kind"] for row in ROWS} <= {"none", "general", "either"}
    assert {row["pos"] for row in ROWS} <= {"v", "n"}


def test_no_trigger_is_on_the_list():
    triggers = {(row.lemma, row.pos) for rows in load_triggers(Lexicon()).rows.values() for row in rows}
    assert {(row["word"], row["pos"]) for row in ROWS} & triggers == set()


def test_a_word_is_known_as_what_it_is():
    lexicon = known(Lexicon())
    assert lexicon["kill", "v"] == "trigger"
    assert lexicon["believe", "v"] == "none"
    assert lexicon["sing", "v"] == "general"
