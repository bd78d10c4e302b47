"""The extractor that docs/extending.md shows is installed as a user would install it, and runs."""

import re
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.extract import choose
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.pipeline import BUILT_IN
from kg.model import Article

PAGE = Path(__file__).parents[2] / "docs" / "extending.md"


@pytest.fixture
def polls(tmp_path, monkeypatch):
    code = next(
        block
        for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
        if "@extractor" in block
    )
    points = re.search(r"```toml\n(\[project\.entry-points.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[1]
    name, value = re.search(r'^(\w+) = "(.+)"$', points, re.MULTILINE).groups()
    (tmp_path / "polls.py").write_text(code, "utf-8")
    info = tmp_path / "polls-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: polls\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[kg.extractors]\n{name} = {value}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert len(code.splitlines()) <= 20
    return choose(["mentions", "polls"], BUILT_IN)[-1]


def test_it_finds_what_it_says(polls):
    import spacy

    text = "Talks go on. In the north, 62% of voters back the law, according to Levada."
    found = list(polls(ParsedArticle(Article("a", text), spacy.blank("en")(text))))
    said = [[span.of(text) for span in spans] for each in found for spans in (each.source, each.cue, each.content)]
    assert said == [["Levada"], ["according to"], ["62% of voters back the law"]]


def test_what_it_needs_must_stand_before_it(polls):
    with pytest.raises(ConfigError, match=r"'polls' needs 'mentions' before it"):
        choose(["polls", "mentions"], BUILT_IN)


def test_an_unknown_one_is_refused_with_the_nearest_name(polls):
    with pytest.raises(ConfigError, match="Did you mean 'polls'"):
        choose(["mentions", "pols"], BUILT_IN)
