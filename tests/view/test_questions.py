"""Named questions: each runs as it stands, says what its columns are, and cannot be broken out of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph import Store
from kg.view import find, named_questions, query

QUESTIONS = list(named_questions().values())


@pytest.fixture(scope="module")
def empty():
    with Store() as store:
        yield store


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_it_runs_as_it_stands_and_its_columns_are_told(empty, question):
    answer = query(empty, question)
    assert question.summary
    assert answer.columns == tuple(name for name, _ in question.columns)
    assert all(param.meaning for param in question.params)


@given(st.text(max_size=40))
def test_a_value_cannot_end_its_literal(text):
    question = find("figures-of-a-night")
    with pytest.raises(QueryError, match="is not a date"):
        question.fill({"first": "x" + text})


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_value_cannot_end_its_address(text):
    with Store() as store:
        filled = find("dossier").fill({"who": text})
        inside = re.search(r"VALUES \?who \{ <([^\n]*)> \}", filled)[1]
        assert not set(inside) & set('<>"{}|^`\\\n ')
        assert store.ask(filled).rows == ()


def test_an_unknown_name_or_parameter_is_refused_with_the_nearest():
    with pytest.raises(QueryError, match="Did you mean 'dossier'"):
        find("dosier")
    with pytest.raises(QueryError, match="Did you mean 'who'"):
        find("dossier").fill({"whoo": "x"})


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(QueryError, match="no such file"):
        find("nowhere.rq")
