"""A line is a fact, so the diff of a golden file is the change in meaning; pytest --update-golden writes them anew."""

from pathlib import Path

import pytest

from kg.graph import serialize, shared_quads, to_quads
from tests.graph.samples import CORPUS, DENIAL, RAID

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize(
    ("name", "quads"),
    [
        ("raid", to_quads(RAID)),
        ("wire", to_quads(DENIAL)),
        ("shared", shared_quads(CORPUS, (RAID, DENIAL))),
    ],
    ids=["raid", "wire", "shared"],
)
def test_the_graph_of_the_samples(name, quads, golden):
    golden(GOLDEN / f"{name}.nq", serialize(quads, "nquads").decode())
