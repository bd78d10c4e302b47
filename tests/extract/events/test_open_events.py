"""Claims that no type of the scheme fits have an event of a general type: its predicate, label, polarity and roles."""

from pathlib import Path

import pytest

from kg.extract.events import proposer
from kg.text_tables import read_table

ROWS = read_table(Path(__file__).with_name("open_events.tsv"))


@pytest.fixture(scope="module")
def found(extract):
    return dict(zip([row["text"] for row in ROWS], extract([row["text"] for row in ROWS]), strict=True))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][13:60])
def test_a_claim_has_its_main_predicate(row, found):
    extraction = found[row["text"]]
    (event,) = [event for event in extraction.events if event.told_by == extraction.attributions[0].id]
    roles = "; ".join(f"{role.role}={role.label}" for role in event.roles) or "-"
    shown = {"type": event.type, "predicate": event.predicate, "label": event.label, "polarity": event.polarity}
    assert shown | {"roles": roles} == {name: row[name] for name in ("type", "predicate", "label", "polarity", "roles")}


def test_every_role_of_an_open_event_spells_its_words(found):
    for text, extraction in found.items():
        for event in extraction.events:
            assert all(role.span.of(text) for role in event.roles)
            assert event.trigger.of(text)


def test_the_weights_know_their_types():
    weights = proposer.load_weights()
    assert len(weights.types) == len(set(weights.types)) == weights.type_bias.shape[0]
    assert weights.vectors.shape == (2, weights.gate_vector.shape[0])


def test_a_pipeline_without_vectors_gets_no_proposals():
    import spacy

    from kg.extract.document.parsed_article import ParsedArticle
    from kg.model import Article

    text = "The dam burst."
    assert proposer.propose(ParsedArticle(Article("a", text), spacy.blank("en")(text)), 0.0) == []
