"""Pages of docs/ that are made from the program: the command line, the questions, the ontology.

python -m scripts.pages            write them
python -m scripts.pages --check    exit with 1, and name them, where one is stale
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from kg import cli as kg_cli
from kg.cli import main as group
from kg.view import named_questions
from scripts import ontology_page

DOCS = Path(__file__).parents[1] / "docs"


def cli() -> str:
    """docs/cli.md: what `kg --help` and each command's help say."""
    parts = ["# The command line", "Made by `make golden` from the program's own help.", _help(group, "kg")]
    for name, command in sorted(group.commands.items()):
        parts += [f"## kg {name}", _help(command, f"kg {name}")]
    codes = (kg_cli.__doc__ or "").split("Exit codes: ", 1)[1].split("Nothing heavy", 1)[0]
    parts += [
        "## Exit codes",
        "\n".join(f"- {code.strip().rstrip('.')}" for code in codes.replace("\n", " ").split(";")),
    ]
    return "\n\n".join(parts) + "\n"


def queries() -> str:
    """docs/queries.md: each named question with its parameters and columns."""
    parts = [
        "# The named questions",
        "Made by `make golden` from `kg/view/ask/sparql/*.rq`: each file is the query, the command and this page.",
    ]
    for question in named_questions().values():
        parts.append(f"## {question.name}\n\n{question.summary}.")
        if question.params:
            rows = [f"| `{p.name}` | `{p.default}` | {p.meaning} |" for p in question.params]
            parts.append("\n".join(["| parameter | default | meaning |", "| --- | --- | --- |", *rows]))
        rows = [f"| `{name}` | {meaning} |" for name, meaning in question.columns]
        parts.append("\n".join(["| column | meaning |", "| --- | --- |", *rows]))
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, name: str) -> str:
    context = click.Context(
        command, info_name=name, help_option_names=["-h", "--help"], max_content_width=100, terminal_width=100
    )
    return f"```text\n{command.get_help(context)}\n```"


PAGES: dict[Path, Callable[[], str]] = {
    DOCS / "cli.md": cli,
    DOCS / "queries.md": queries,
    ontology_page.PAGE: ontology_page.page,
}


def main() -> int:
    """Write the pages, or check them."""
    check = "--check" in sys.argv[1:]
    stale = []
    for path, make in PAGES.items():
        text = make()
        if check and (not path.exists() or path.read_text("utf-8") != text):
            stale.append(path.name)
        elif not check:
            path.write_text(text, "utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}. Run `make golden`, then read `git diff docs`.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
