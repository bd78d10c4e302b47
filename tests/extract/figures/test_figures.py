"""Figures, against tables of sentences that the real model reads in one batch."""

from pathlib import Path

import pytest

from kg.text_tables import read_table

HERE = Path(__file__).parent
FIGURES = read_table(HERE / "figures.tsv")
NOT_FIGURES = read_table(HERE / "not_figures.tsv")

pytestmark = pytest.mark.model


def number(cell):
    return None if not cell else float(cell)


@pytest.fixture(scope="module")
def found(counted):
    return counted(row["sentence"] for row in (*FIGURES, *NOT_FIGURES))


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: row["sentence"])
def test_a_figure_is_found_for_its_event(row, found):
    marked = row["sentence"].split("**")[1]
    figure = next((f for f in found[row["sentence"]] if f.text == marked), None)
    assert figure is not None, [f.text for f in found[row["sentence"]]]
    whole = "" if figure.of is None else found[row["sentence"]][figure.of].text
    assert (figure.value, figure.min, figure.max) == tuple(number(row[name]) for name in ("value", "min", "max"))
    assert (figure.comparator, figure.unit, figure.counts, figure.role, whole) == tuple(
        row[name] for name in ("comparator", "unit", "counts", "role", "of")
    )


@pytest.mark.parametrize("row", NOT_FIGURES, ids=lambda row: row["sentence"])
def test_a_number_that_counts_nothing_is_no_figure(row, found):
    assert [figure.text for figure in found[row["sentence"]]] == []
