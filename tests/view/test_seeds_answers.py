"""Each named question has an answer on seeds/, and it is the one in the golden file that people read."""

from pathlib import Path

import pytest

from kg.graph import Store
from kg.view import named_questions, query, write

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def store(seeds_store):
    with Store(seeds_store, readonly=True) as opened:
        yield opened


@pytest.mark.model
@pytest.mark.parametrize("name", named_questions())
def test_golden_answer(store, golden, name):
    answer = query(store, name, timeout=None)
    assert answer.rows or name == "assessments"  # which nobody has made of seeds/
    golden(GOLDEN / f"{name}.csv", write(answer, "csv"))
