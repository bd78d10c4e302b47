"""docs/extending.md, followed literally: every file is written, every command run, every output compared."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.extract import choose
from kg.extract.pipeline import BUILT_IN

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extending.md").read_text("utf-8")
#: "Write `FILE`:", "Add to `FILE`:", "Run:" or "It prints:", each with the code block that follows
STEP = re.compile(r"^(?:(Write|Add to) `([^`]+)`|(Run)|(It prints)):\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def desk(tmp_path):
    """A folder with a copy of the checkout in ``newsclaims`` and a `kg` that runs it."""
    for part in ("kg", "ontology"):
        shutil.copytree(ROOT / part, tmp_path / "newsclaims" / part, ignore=shutil.ignore_patterns("__pycache__"))
    kg = tmp_path / "bin" / "kg"
    kg.parent.mkdir()
    kg.write_text(f'#!/bin/sh\nexec {sys.executable} -m kg "$@"\n', "utf-8")
    kg.chmod(0o755)
    return tmp_path


def run(commands, desk):
    path = f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environ = os.environ | {"PATH": path, "PYTHONPATH": str(desk / "newsclaims"), "PYTHONUTF8": "1"}
    return subprocess.run(["sh", "-ec", commands], cwd=desk, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.model
def test_the_page_works_step_by_step(desk):
    printed, steps = None, 0
    for write, file, runs, prints, block in STEP.findall(PAGE):
        if write:
            path = desk / file
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w" if write == "Write" else "a", encoding="utf-8") as opened:
                opened.write(block)
        elif runs:
            printed = run(block, desk)
        elif prints:
            assert printed.stdout == block, f"{printed.args[-1]}\n{printed.stderr}"
            steps += 1
    assert steps == PAGE.count("\n```sh\n"), "every command has an output that is compared"


def test_every_row_of_the_table_has_a_section():
    rows = re.findall(r"^\| (an? [a-z ]+) \|", PAGE, re.MULTILINE)
    assert [f"## {row[0].upper()}{row[1:]}" for row in rows if f"\n## {row[0].upper()}{row[1:]}\n" not in PAGE] == []


@pytest.fixture
def polls(tmp_path):
    code = next(block for *_, block in STEP.findall(PAGE) if "@extractor" in block)
    (tmp_path / "polls.py").write_text(code, "utf-8")
    return tmp_path


def test_an_extractor_must_follow_the_ones_it_needs(polls):
    with pytest.raises(ConfigError, match=r"'\./polls\.py:polls' needs 'mentions' before it"):
        choose(["./polls.py:polls", "mentions"], BUILT_IN, polls)


def test_an_unknown_extractor_is_refused_with_the_nearest_name():
    with pytest.raises(ConfigError, match="Did you mean 'mentions'"):
        choose(["mention"], BUILT_IN)
