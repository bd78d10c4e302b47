"""Furniture, and what it tells: each row of furniture.tsv; each pattern finds its own example."""

import re
from pathlib import Path

import pytest

from kg.ingest import outlets
from kg.ingest.boilerplate import patterns
from kg.ingest.normalise import normalise
from kg.ingest.tables import rows
from kg.model import Article

TABLE = Path(__file__).with_name("furniture.tsv").read_text("utf-8").splitlines()
CASES = [line.split("\t") for line in TABLE if not line.startswith("#")][1:]


def marked(article):
    """The text with stars around its furniture."""
    text = article.text
    for span in reversed(article.furniture):
        text = f"{text[: span.start]}*{span.of(text)}*{text[span.end :]}"
    return text


@pytest.mark.parametrize(("line", "published", "outlet"), CASES, ids=[case[0][:50] for case in CASES])
def test_furniture_is_found_and_read(line, published, outlet):
    expected = line.replace("\\n", "\n")
    article = normalise(Article("a", expected.replace("*", "")))
    assert marked(article) == expected
    assert (article.published or "-", article.outlet or "-") == (published, outlet)


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
def test_a_pattern_finds_its_example(pattern):
    example = next(row[3] for row in rows("furniture.tsv") if row[0] == pattern.name)
    found = (
        pattern.regex.fullmatch(example) if pattern.where == "line" else pattern.regex.match(example.rstrip() + " A")
    )
    assert found


@pytest.mark.parametrize("row", [row for row in rows("furniture.tsv") if row[1] == "part"], ids=lambda row: row[0])
def test_a_part_finds_its_example(row):
    filled = row[2]
    while hole := re.search(r"\{([a-z]+)\}", filled):
        part = next(other[2] for other in rows("furniture.tsv") if other[0] == hole[1])
        filled = filled.replace(hole[0], part)
    assert re.fullmatch(filled, row[3])


@pytest.mark.parametrize("row", rows("self_reference.tsv"), ids=lambda row: row[0])
def test_a_self_reference_finds_its_example(row):
    assert [name for name, _ in outlets.self_references(row[2])] == ["Meridian Wire"]


def test_a_first_line_that_repeats_the_title_is_furniture():
    article = normalise(Article("a", "Bridge  Hit\nThe bridge was hit.\nBridge hit", title="Bridge hit"))
    assert marked(article) == "*Bridge  Hit*\nThe bridge was hit.\nBridge hit"


def test_what_is_given_wins_over_what_the_text_tells():
    text = "KYIV, Oct 7, 2031 (AP) - The bridge was hit."
    article = normalise(Article("a", text, outlet="The Courier", published="2031-10-08"))
    assert (article.outlet, article.published) == ("The Courier", "2031-10-08")
