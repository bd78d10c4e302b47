"""What all tests share: golden files, the model, parsed articles, a store of seeds/, the Hypothesis profile."""

import shutil
from pathlib import Path

import hypothesis
import pytest

# The time per example depends on the load of the machine, and session fixtures are safe to share between examples.
hypothesis.settings.register_profile(
    "kg", deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
hypothesis.settings.load_profile("kg")

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write golden files; then read `git diff`")


@pytest.fixture
def golden(request):
    """``golden(path, text)``: text must equal the file, or becomes it under --update-golden."""

    def check(path, text):
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"no {path.name}; run pytest --update-golden and read what it wrote"
        assert text == path.read_text("utf-8")

    return check


@pytest.fixture(scope="session")
def nlp():
    """The default pipeline, as kg makes it ready."""
    from kg.extract.document.spacy_parser import load

    return load()


@pytest.fixture(scope="session")
def parse_articles(nlp):
    """``parse_articles(articles)``: their `ParsedArticle` values, parsed in one batch."""
    from kg.extract.document.parsed_article import ParsedArticle
    from kg.extract.document.spacy_parser import parse

    def parse_all(articles):
        articles = list(articles)
        return [ParsedArticle(each, doc) for each, doc in zip(articles, parse(nlp, articles), strict=True)]

    return parse_all


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory):
    """The folder of a store that holds seeds/, built once a session, by the command's own function."""
    from kg.config import read_config
    from kg.flow import build

    path = tmp_path_factory.mktemp("seeds") / "kg.db"
    config = read_config(SEEDS / "kg.toml", {"KG_STORE": str(path)})
    for _ in build([str(SEEDS / "articles")], config):
        pass
    return path


@pytest.fixture
def seeds_copy(seeds_store, tmp_path):
    """A copy of that store, for a test that changes it."""
    return Path(shutil.copytree(seeds_store, tmp_path / "kg.db"))
