"""What holds of any corpus, over the articles of seeds/ as they are read: nothing hangs on the order, or on what is gone."""

import random
from dataclasses import replace

import pytest

from kg.config import read_config
from kg.flow import resolve_store, withdraw
from kg.graph import Store, shared_quads
from kg.graph.vocab import SHARED
from kg.model import Relation
from kg.resolve import KnownEntities, load_known_entities, resolve
from kg.resolve.claims.figure_scope import are_disjoint
from kg.resolve.known_entities import IdentityJudgement
from tests.conftest import SEEDS
from tests.resolve.worlds import told

pytestmark = pytest.mark.model

ENTITIES = load_known_entities(SEEDS / "entities.tsv").entities


@pytest.fixture(scope="module")
def seeds(seeds_store):
    with Store(seeds_store, readonly=True) as store:
        return list(store.records)


def corpus(articles, *judgements):
    return resolve(articles, KnownEntities(ENTITIES, judgements))


def graph(articles):
    return set(shared_quads(corpus(articles), articles))


def shuffles(articles, count=5):
    for seed in range(count):
        yield random.Random(seed).sample(articles, len(articles))  # noqa: S311 - the same orders each time


def test_the_order_of_articles_does_not_matter(seeds):
    assert all(corpus(shuffled) == corpus(seeds) for shuffled in shuffles(seeds))


def test_every_article_may_come_and_go(seeds):
    for gone in seeds:
        rest = [each for each in seeds if each is not gone]
        assert graph(rest) == graph(shuffled_without(seeds, gone))
        assert corpus([*rest, gone]) == corpus(seeds)


def shuffled_without(seeds, gone):
    return [each for each in next(shuffles(seeds, 1)) if each is not gone]


def test_an_article_put_in_the_store_and_withdrawn_leaves_its_shared_graph_as_it_was(seeds, tmp_path):
    config = read_config(SEEDS / "kg.toml", {"KG_STORE": str(tmp_path / "kg.db")})
    with Store(config.store) as store:
        store.records.put(seeds)
        resolve_store(store, config)
        before = shared(store)
        store.records.put([told("af;DroneStrike;42;drones;launched;ukraine;10-06/10-07;07;x")])
        resolve_store(store, config)
        assert shared(store) != before
    withdraw(["x-07"], config)
    with Store(config.store) as store:
        assert shared(store) == before


def shared(store):
    return sorted(store.quads(SHARED))


def two_events(found):
    """Two events of articles that are held to be one happening."""
    for happening in found.happenings:
        articles = {ref.article: ref for ref in happening.events}
        if len(articles) > 1:
            return sorted(articles.values())[:2]
    raise AssertionError("no happening is told by two articles")


def happening_of(found, ref):
    return next(h.id for h in found.happenings if ref in h.events)


def test_a_judgement_of_events_is_never_lost(seeds):
    one, other = two_events(corpus(seeds))
    parted = IdentityJudgement(f"{one.article}#{one.id}", f"{other.article}#{other.id}", False, "me", "2031-10-09", "")
    for articles in shuffles(seeds, 3):
        found = corpus(articles, parted)
        assert happening_of(found, one) != happening_of(found, other)
        joined = corpus(articles, replace(parted, same=True))
        assert happening_of(joined, one) == happening_of(joined, other)


@pytest.mark.parametrize("same", [True, False])
def test_a_judgement_of_names_is_never_lost(seeds, same):
    judged = IdentityJudgement("actor/halyna-ruzhko", "actor/bohdan-levchuk", same, "me", "2031-10-09", "")
    for left in (seeds, seeds[1:], seeds[::-1], seeds):  # built again, with an article less, and again
        links = {link.actor: link.entity for link in corpus(left, judged).links}
        assert (links["actor/halyna-ruzhko"] == links["actor/bohdan-levchuk"]) is same


def test_contradicts_is_symmetric_and_of_figures_that_share_no_number(seeds):
    found = corpus(seeds)
    quads = graph(seeds)
    pairs = {
        (q.subject, q.object)
        for q in quads
        if q.predicate.endswith("ns#contradicts>") and "/relation/" not in q.subject
    }
    assert pairs
    assert pairs == {(b, a) for a, b in pairs}
    at = {(e.article.id, f.span): f for e in seeds for event in e.events for f in event.figures}
    for relation in found.relations:
        if relation.relation is Relation.CONTRADICTS:
            one, other = (at[span] for span in relation.basis_spans)
            assert are_disjoint(one, other)
