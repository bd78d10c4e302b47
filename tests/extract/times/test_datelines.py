"""The day that an article gives itself in its text."""

from pathlib import Path

import pytest

from kg.extract.lexicon import Lexicon
from kg.extract.times.dateline import article_day, find_dateline
from kg.model import Article
from kg.text_tables import read_table

ROWS = read_table(Path(__file__).parent / "datelines.tsv")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_a_date_line_in_the_head_of_a_text_is_its_day(row):
    day = find_dateline(row["text"].replace("\\n", "\n"), Lexicon())
    assert (day.isoformat() if day else "") == row["day"]


def test_the_day_of_publication_comes_first():
    article = Article("a", "Posted on 5 March 2024\nA bridge fell.", published="2024-03-07")
    day, from_text = article_day(article, Lexicon())
    assert (day and day.isoformat(), from_text) == ("2024-03-07", False)
