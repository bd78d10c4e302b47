"""Reach is not support: who stands behind a figure is counted apart from how many articles carry it."""

from dataclasses import replace

import pytest

from kg.graph import Store, shared_quads, to_quads
from kg.resolve import resolve
from kg.view import query
from tests.resolve.worlds import TEXT, WORLD, told

NIGHT = "ukraine;10-06/10-07"
LONG = f"{TEXT} {' '.join(f'word{i * i}' for i in range(200))}"


def long(extraction):
    return replace(extraction, article=replace(extraction.article, text=LONG))


@pytest.fixture
def ask(tmp_path):
    def answer(articles):
        with Store(tmp_path / "kg.db") as store:
            for each in articles:
                store.replace(each.article, to_quads(each))
            store.replace_shared(shared_quads(resolve(articles, WORLD), articles))
            found = query(store, "reach-versus-corroboration")
        names = ("measure", "value", "articles", "texts", "sources", "article_voice", "independent")
        at = [found.columns.index(name) for name in names]
        return [tuple(row[i].value for i in at) for row in found.rows]

    return answer


@pytest.mark.parametrize(
    ("claimants", "expected"),
    [
        ("af", ("1", "1", "1", "0", "1")),
        ("af af af", ("3", "3", "1", "0", "1")),  # told again
        ("af mod-ua gov", ("3", "3", "3", "0", "1")),  # one party
        ("af watch", ("2", "2", "2", "0", "2")),
        ("af mod watch", ("3", "3", "3", "0", "3")),
        ("af outlet outlet", ("3", "3", "1", "2", "1")),  # an article's own voice repeats who is named
        ("outlet outlet", ("2", "2", "0", "2", "2")),
    ],
)
def test_support_counts_sides(ask, claimants, expected):
    articles = [
        told(f"{who};DroneStrike;42;drones;launched;{NIGHT};07;a{i}") for i, who in enumerate(claimants.split())
    ]
    assert ask(articles) == [("drones launched", "42", *expected)]


def test_copies_are_one_text(ask):
    articles = [long(told(f"outlet;DroneStrike;42;drones;launched;{NIGHT};07;{name}")) for name in "xyz"]
    assert ask(articles) == [("drones launched", "42", "3", "1", "0", "3", "1")]


def test_words_that_may_count_alike_are_one_measure(ask):
    words = ("drones;shot down", "drones;destroyed", "uavs;downed")
    articles = [told(f"af;Interception;33;{each};{NIGHT};07;a{i}") for i, each in enumerate(words)]
    assert [row[:3] for row in ask(articles)] == [("drones shot down", "33", "3")]
