"""Each named question has an answer on seeds/, and it is the one in the golden file that people read.

A model reads as it reads: each has its own golden files, and one that has none is held only to answering.
"""

from pathlib import Path

import pytest

from kg.extract.document.spacy_parser import identify
from kg.graph import Store
from kg.view import named_questions, query, write

GOLDEN = Path(__file__).parent / "golden" / identify()


@pytest.fixture(scope="module")
def store(seeds_store):
    with Store(seeds_store, readonly=True) as opened:
        yield opened


@pytest.mark.model
@pytest.mark.parametrize("name", named_questions())
def test_golden_answer(store, golden, request, name):
    answer = query(store, name, timeout=None)
    assert answer.rows or name == "assessments"  # which nobody has made of seeds/
    if GOLDEN.exists() or request.config.getoption("--update-golden"):
        golden(GOLDEN / f"{name}.csv", write(answer, "csv"))
