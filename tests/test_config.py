"""kg.toml: what is read, what wins, and what is refused with its fix."""

from pathlib import Path

import pytest

from kg.config import Config, read_config
from kg.errors import ConfigError


@pytest.fixture
def toml(tmp_path):
    def write(text):
        path = tmp_path / "kg.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_paths_are_relative_to_the_file_and_the_environment_wins(toml):
    path = toml(
        '[extract]\nmodel = "en_core_web_sm"\nuse = ["mentions"]\nlexicons = ["words"]\n[graph]\nstore = "a.db"\n'
    )
    assert read_config(path, {}) == Config(
        model="en_core_web_sm",
        use=("mentions",),
        lexicons=(path.parent / "words",),
        store=path.parent / "a.db",
        folder=path.parent,
    )
    assert read_config(path, {"KG_STORE": "b.db", "KG_MODEL": "m"}).store == Path("b.db")
    assert read_config(path, {"KG_STORE": "b.db", "KG_MODEL": "m"}).model == "m"


@pytest.mark.parametrize(
    ("text", "problem", "fix"),
    [
        ("[extrakt]\n", "no table [extrakt]", "Did you mean 'extract'?"),
        ('[extract]\nmodle = "x"\n', "no key 'modle'", "Did you mean 'model'?"),
        ("[extract]\nmodel = 3\n", "model is not a string", 'Write model = "..."'),
        ('[extract]\nuse = "mentions"\n', "use is not a list", "Write use = ["),
        ('extract = "x"\n', "extract is not a table", "Write [extract]"),
        ("[extract\n", "not TOML", "docs/configuration.md"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_mend(toml, text, problem, fix):
    with pytest.raises(ConfigError) as raised:
        read_config(toml(text), {})
    assert problem in str(raised.value)
    assert fix in str(raised.value)


def test_a_file_that_is_named_must_be_there(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        read_config(tmp_path / "kg.toml", {})
