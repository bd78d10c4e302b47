"""What README says, runs; every command and every question has its page."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main as group
from kg.view import named_questions
from scripts.pages import PAGES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with seeds/ in it, and `kg` on its path, as a reader of README has them."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def run(command, folder):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = os.environ | {"PATH": path, "BROWSER": "true"}  # `kg render --open` opens nothing here
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.model
def test_every_example_of_readme_runs_in_its_order(desk):
    printed = ""
    for language, block in re.findall(r"```(sh|python)\n(.*?)```", README, re.DOTALL):
        done = run([sys.executable, "-c", block] if language == "python" else ["sh", "-ec", block], desk)
        assert done.returncode == 0, f"{block}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        printed += done.stdout
    assert "fire, Lublin, 3 March 2031" in printed
    for written in ("graph.ttl", "graph.html", "demo.html"):
        assert (desk / written).stat().st_size > 100_000


def test_links_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs").rglob("decisions/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_command_has_help_with_an_example():
    for name, command in group.commands.items():
        assert re.search(rf"kg {name}\b|\| kg {name}", command.help), name
        assert all(option.help for option in command.params if option.param_type_name == "option")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_generated_pages_are_what_the_program_says(path):
    assert path.read_text("utf-8") == PAGES[path]()


def test_the_make_targets_that_readme_names_are_there():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert named_questions().keys() >= set(re.findall(r"kg query ([a-z]+(?:-[a-z]+)+)", README + makefile))
