"""Who tells an event, what a narration holds, and what must be so of any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.events import events
from kg.extract.lexicon import Lexicon
from kg.model import Article, Attribution, Certainty, CharSpan, Kind, Tense

pytestmark = pytest.mark.model

WORDS = [
    "Rebels",
    "the army",
    "attacked",
    "the town",
    "killing",
    "two people",
    "said",
    "that",
    "drones",
    "were shot down",
    "if",
]
WORDS += [
    "will meet",
    "after",
    "a fire",
    "broke out",
    ".",
    ",",
    "\n",
    "“",
    "”",
    "with",
    "injured",
    "and",
    "No one",
    "by",
    "of",
    "launched",
]


def attribute(text, cue, content, source="", **more):
    """An attribution whose parts are found by their words."""

    def spans(words):
        return tuple(CharSpan(m.start(), m.end()) for m in re.finditer(re.escape(words), text)) if words else ()

    return Attribution(cue=spans(cue), content=spans(content), source=spans(source), **more)


def read(nlp, text, *said, furniture=()):
    reading = ParsedArticle(Article("t", text, furniture=furniture), nlp(text))
    return events.find_events(reading, said)


def words(text, narration):
    return " ... ".join(span.of(text) for span in narration.content)


def test_the_innermost_attribution_that_is_no_relay_tells(nlp):
    text = "The Daily Post reports that the mayor said rebels attacked the village."
    inner = attribute(text, "said", "rebels attacked the village", "the mayor", id="a1")
    relay = attribute(
        text, "reports", "the mayor said rebels attacked the village", "The Daily Post", id="a2", kind=Kind.RELAY
    )
    narrations, told = read(nlp, text, relay, inner)
    assert [(event.type, event.told_by) for event in told] == [("Attack", "a1")]
    assert narrations == ()


@pytest.mark.parametrize(
    ("kind", "certainty", "tense"),
    [
        (Kind.CLAIM, Certainty.CERTAIN, Tense.FUTURE),
        (Kind.COMMITMENT, Certainty.PROBABLE, Tense.FUTURE),
        (Kind.DIRECTIVE, Certainty.UNSPECIFIED, Tense.FUTURE),
        (Kind.VERIFICATION, Certainty.UNSPECIFIED, Tense.FUTURE),
    ],
)
def test_an_attribution_s_kind_bears_on_factuality(nlp, kind, certainty, tense):
    text = "The minister said the leaders will meet in Oslo."
    _, told = read(
        nlp, text, attribute(text, "said", "the leaders will meet in Oslo", "The minister", id="a1", kind=kind)
    )
    assert [(event.type, event.certainty, event.tense) for event in told] == [("Meeting", certainty, tense)]


@pytest.mark.parametrize(
    ("content", "certainty"),
    [
        ("rebels would attack the village", Certainty.CERTAIN),
        ("rebels would attack the village if it rained", Certainty.UNSPECIFIED),
    ],
)
def test_would_is_the_future_of_what_was_said(nlp, content, certainty):
    text = f"The mayor said {content}."
    _, told = read(nlp, text, attribute(text, "said", content, "The mayor", id="a1"))
    assert [(event.certainty, event.tense) for event in told] == [(certainty, Tense.FUTURE)]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("Rebels attacked the village, killing two people.", ["Rebels attacked the village", "killing two people"]),
        (
            "Rebels captured the town in May after months of heavy fighting that ruined it.",
            ["Rebels captured the town in May", "months of heavy fighting that ruined it"],
        ),
        (
            "Sirens sounded as leaders gathered for a summit and troops fired 12 missiles at the port.",
            ["Sirens sounded", "leaders gathered for a summit", "troops fired 12 missiles at the port"],
        ),
        (
            "Rebels hold gains made following their full-scale invasion of the island.",
            ["their full-scale invasion of the island"],
        ),
        ("They explode on impact and are hard to see.", ["They explode on impact and are hard to see"]),
        ("The hall was painted blue.", ["The hall was painted blue"]),
    ],
)
def test_a_narration_is_a_clause_that_tells(nlp, text, stretches):
    narrations, told = read(nlp, text)
    assert [words(text, each) for each in narrations] == stretches
    assert {event.told_by for event in told} == {each.id for each in narrations}


def test_a_narration_leaves_out_what_another_says(nlp):
    text = "Rebels attacked the village at dawn, three days after what officials called a raid on the bridge."
    said = attribute(text, "called", "a raid on the bridge", "officials", id="a1", kind=Kind.OPINION)
    narrations, _ = read(nlp, text, said)
    assert [words(text, each) for each in narrations] == ["Rebels attacked the village at dawn"]


def test_aid_that_is_asked_for_is_a_request(nlp):
    text = "The president asked allies to provide tanks."
    said = attribute(text, "asked", "to provide tanks", "The president", id="a1", kind=Kind.DIRECTIVE)
    _, told = read(nlp, text, said)
    assert [(event.type, event.certainty, event.tense) for event in told] == [
        ("AidRequest", Certainty.UNSPECIFIED, Tense.FUTURE)
    ]


def test_a_source_that_is_a_clause_s_subject_belongs_to_both(nlp):
    text = "The mayor will use a trip to the capital on Monday to urge ministers to send doctors."
    said = attribute(text, "urge", "to send doctors", "The mayor", id="a1", kind=Kind.DIRECTIVE)
    narrations, _ = read(nlp, text, said)
    assert [words(text, each) for each in narrations] == ["The mayor will use a trip to the capital on Monday"]


def test_a_noun_that_points_back_is_no_narration(nlp):
    text = "Ahead of the meeting the mayor said that the hall was blue."
    narrations, found = read(nlp, text, attribute(text, "said", "that the hall was blue", "the mayor", id="a1"))
    assert narrations == ()
    assert [(event.told_by, event.predicate) for event in found] == [("a1", "be blue")]


def test_a_nominal_joins_its_verbal_event(nlp):
    _, told = read(nlp, "The port was attacked as part of a massive missile strike from Russia.")
    assert [(event.type, {(r.role, r.label) for r in event.roles}) for event in told] == [
        ("MissileStrike", {("target", "port"), ("agent", "Russia")})
    ]


def test_a_nominal_learns_the_weapon_from_its_clause(nlp):
    _, told = read(nlp, "Nine drones were shot down during an attack on the port.")
    assert [event.type for event in told] == ["Interception", "DroneStrike"]


def test_no_trigger_lies_in_furniture(nlp):
    text = "Open this photo: a fire destroys a house.\nRebels attacked the village."
    _, told = read(nlp, text, furniture=(CharSpan(0, text.index("\n")),))
    assert [event.type for event in told] == ["Attack"]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.data())
def test_any_text_is_told_by_someone(nlp, parts, data):
    text = " ".join(parts)
    said = []
    if len(text) > 4 and data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(text) - 2))
        end = data.draw(st.integers(start + 1, len(text)))
        cue = data.draw(st.integers(0, len(text) - 1))
        kind = data.draw(st.sampled_from(Kind))
        said.append(Attribution(cue=(CharSpan(cue, cue + 1),), content=(CharSpan(start, end),), id="a1", kind=kind))
    narrations, told = read(nlp, text, *said)
    tellers = {each.id for each in (*narrations, *said)}
    assert all(event.told_by in tellers for event in told)
    assert {each.id for each in narrations} <= {event.told_by for event in told}
    for event in told:
        assert event.trigger.of(text).strip() == event.trigger.of(text)
        assert all(role.span.of(text) and role.label == " ".join(role.span.of(text).split()) for role in event.roles)
    assert list(told) == sorted(told, key=lambda event: event.trigger)


def test_every_type_stands_in_the_scheme():
    scheme = Graph().parse(Path(__file__).parents[3] / "ontology" / "kg.ttl")
    known = {str(name).rsplit("/", 1)[-1] for name in scheme.subjects()}
    tables = Lexicon()
    used = {row["type"] for row in tables.rows("triggers")} | {row["narrower"] for row in tables.rows("refinements")}
    assert used <= known, used - known
