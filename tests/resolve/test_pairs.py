"""What two claims are to each other: a table by hand, and what holds of any claims."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Relation
from kg.resolve import World, resolve
from kg.resolve.digests import digest
from kg.resolve.relations import disjoint
from kg.resolve.tables import read_rows
from kg.resolve.world import IdentityJudgement
from tests.resolve.worlds import PLACES, WORLD, told

ROWS = [row for row, _ in read_rows(Path(__file__).with_name("pairs.tsv"), ("one", "other", "relation"))]
CLAIMS = sorted({row[side] for row in ROWS for side in ("one", "other")})


def related(one, other):
    return {r.relation.value for r in resolve([told(one), told(other)], WORLD).relations} or {"none"}


def test_there_are_sixty():
    assert len(ROWS) >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['one'][:24]}|{row['other'][:24]}")
def test_a_pair_is_related_as_the_table_says(row):
    assert related(row["one"], row["other"]) == {row["relation"]}


corpora = st.lists(st.sampled_from(CLAIMS), min_size=2, max_size=7).map(
    lambda claims: [
        told(f"{';'.join(c.split(';')[:8])};a{i};{';'.join(c.split(';')[9:])}".rstrip(";"))
        for i, c in enumerate(claims)
    ]
)


@settings(max_examples=60, deadline=None)
@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(articles, random):
    shuffled = random.sample(articles, len(articles))
    assert resolve(articles, WORLD) == resolve(shuffled, WORLD)


@settings(max_examples=40, deadline=None)
@given(corpora)
def test_contradicting_figures_share_no_number(articles):
    of = {each.ref: each for each in digest(articles, {}, {p.id: p for p in PLACES})}
    figures = {each.teller: each.figures for each in of.values()}
    for relation in resolve(articles, WORLD).relations:
        if relation.relation is Relation.CONTRADICTS:
            (one,), (other,) = figures[relation.source], figures[relation.target]
            assert disjoint(one, other)
            assert disjoint(other, one)


@settings(max_examples=30, deadline=None)
@given(corpora)
def test_a_judgement_is_never_lost(articles):
    world = World(WORLD.entities, (IdentityJudgement("actor/watch", "actor/un", True, "me", "2031-10-09", "one body"),))
    links = {link.actor: link for link in resolve(articles, world).links}
    assert links["actor/watch"].entity == links["actor/un"].entity
    assert links["actor/watch"].reason == "judgement"
