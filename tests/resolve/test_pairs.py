"""What two claims are to each other: a table by hand, and what holds of any claims."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import CharSpan, Relation
from kg.resolve import KnownEntities, resolve
from kg.resolve.articles.event_digest import event_digests
from kg.resolve.claims.figure_scope import are_disjoint
from kg.resolve.known_entities import IdentityJudgement
from kg.text_tables import read_rows
from tests.resolve.worlds import WORLD, told

ROWS = [row for row, _ in read_rows(Path(__file__).with_name("pairs.tsv"), ("one", "other", "relation"))]
CLAIMS = sorted({row[side] for row in ROWS for side in ("one", "other")})


def related(one, other):
    return {r.relation.value for r in resolve([told(one), told(other)], WORLD).relations} or {"none"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['one'][:24]}|{row['other'][:24]}")
def test_a_pair_is_related_as_the_table_says(row):
    assert related(row["one"], row["other"]) == {row["relation"]}


NIGHT = "drones;shot down;ukraine;10-06/10-07"


def test_an_article_that_gives_anothers_figures_in_its_own_voice_revises_nothing():
    theirs = [told(f"af;Interception;33;{NIGHT};07;w"), told(f"af;Interception;36;{NIGHT};08;w")]
    own = [told(f"outlet;Interception;33;{NIGHT};07;x"), told(f"outlet;Interception;36;{NIGHT};08;x")]
    assert Relation.REVISES in {r.relation for r in resolve(own, WORLD).relations}
    revised = [r for r in resolve([*theirs, *own], WORLD).relations if r.relation is Relation.REVISES]
    assert [(r.source.article, r.target.article) for r in revised] == [("w-08", "w-07")]


@pytest.mark.parametrize(
    ("said", "revised"),
    [("2031-10-08", True), ("2031-10-07", False), ("2031-10", False), ("2031-10-07/2031-10-08", False), (None, False)],
)
def test_a_revision_is_surely_later(said, revised):
    first, then = told(f"af;Interception;33;{NIGHT};07;x"), told(f"af;Interception;36;{NIGHT};08;y")
    then = replace(then, article=replace(then.article, published=said))
    assert (Relation.REVISES in {r.relation for r in resolve([first, then], WORLD).relations}) is revised


def test_a_part_is_not_held_against_a_whole_of_the_same_measure():
    whole = told("un;Death;19;people;killed;mykolaiv;10-07;07;x")
    other = told("gov;Death;12;people;killed;mykolaiv;10-07;07;y")
    assert {r.relation for r in resolve([whole, other], WORLD).relations} == {Relation.CONTRADICTS}
    (event,), (twelve,), (nineteen,) = other.events, other.events[0].figures, whole.events[0].figures
    of_the_19 = replace(event, figures=(replace(nineteen, span=CharSpan(31, 33)), replace(twelve, of=0)))
    related = {r.relation for r in resolve([whole, replace(other, events=(of_the_19,))], WORLD).relations}
    assert related == {Relation.CORROBORATES}


corpora = st.lists(st.sampled_from(CLAIMS), min_size=2, max_size=7).map(
    lambda claims: [
        told(f"{';'.join(c.split(';')[:8])};a{i};{';'.join(c.split(';')[9:])}".rstrip(";"))
        for i, c in enumerate(claims)
    ]
)


@settings(max_examples=60)
@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(articles, random):
    shuffled = random.sample(articles, len(articles))
    assert resolve(articles, WORLD) == resolve(shuffled, WORLD)


@settings(max_examples=40)
@given(corpora)
def test_contradicting_figures_share_no_number(articles):
    figures = {each.teller: each.figures for article in articles for each in event_digests(article)}
    for relation in resolve(articles, WORLD).relations:
        if relation.relation is Relation.CONTRADICTS:
            (one,), (other,) = figures[relation.source], figures[relation.target]
            assert are_disjoint(one, other)
            assert are_disjoint(other, one)


@settings(max_examples=30)
@given(corpora)
def test_a_judgement_is_never_lost(articles):
    world = KnownEntities(
        WORLD.entities, (IdentityJudgement("actor/watch", "actor/un", True, "me", "2031-10-09", "one body"),)
    )
    links = {link.actor: link for link in resolve(articles, world).links}
    assert links["actor/watch"].entity == links["actor/un"].entity
    assert links["actor/watch"].reason == "judgement"
