"""The `kg` command group, and what its commands share: options, settings, the store, output files, progress."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.config import Config, read_config
from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from kg.graph import Answer, Store
    from kg.model import Issue


class Commands(click.Group):
    """Click group that prints a KgError as two lines and exits with its code, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the requested command."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Extract who claims what from English news articles, and compare the claims in a graph.

    Every result leads to the exact words in the article.

    \b
    kg build news                     read the articles in the folder news into kg.db
    kg disputes                       show claims that contradict each other
    kg query                          list the named queries; kg query NAME runs one
    kg export -o graph.ttl            export the graph
    kg render --open                  write the graph as a web page and open it
    """
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # one worker process per core; threads inside a worker only compete for the cores
    os.environ.setdefault("OMP_NUM_THREADS", "1")


# --------------------------------------------------------------------------- shared by the commands


def _config(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Config:
    return read_config(value)


CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    callback=_config,
    metavar="FILE",
    help="Settings file [default: ./kg.toml, if it exists].",
)
STORE = click.option(
    "--store", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the store [default: kg.db]."
)
MODEL = click.option("--model", metavar="NAME", help="spaCy pipeline [default: en_core_web_md].")
JOBS = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Worker processes [default: one per core]."
)
OUT = click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE instead of stdout.",
)
STRICT = click.option("--strict", is_flag=True, help="Exit with 1 if an article has an issue.")
PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
ARTICLE = click.option("--article", metavar="ID", help="Only this article.")
ACTOR = click.option("--actor", metavar="NAME", help='Only this source: a name, or an id ("actor/...").')
EVENT = click.option("--event", metavar="TYPE", help='Only this event type, or happening ("happening/...").')


def settings(config: Config, store: Path | None = None, model: str | None = None) -> Config:
    """Return the settings, overridden by the values given on the command line."""
    given = {name: value for name, value in (("store", store), ("model", model)) if value is not None}
    return replace(config, **given)  # type: ignore[arg-type]


def open_store(config: Config, store: Path | None) -> Store:
    """Open the requested store for reading."""
    from kg.graph import Store

    return Store(store or config.store, readonly=True)


def write_out(out: Path | None, content: bytes) -> None:
    """Write to a file (completely or not at all), or to standard output."""
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    part = out.with_name(out.name + ".part")  # a half-written file must not have the final name
    try:
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(out), fix="Choose another --out.") from error


def write_answer(answer: Answer, form: str, out: Path | None) -> None:
    """Write the rows of an answer; a table is cut to the width of the terminal."""
    from kg import view

    width = shutil.get_terminal_size().columns if out is None and sys.stdout.isatty() else None
    write_out(out, view.write(answer, form, width).encode("utf-8", "replace"))


def read_day(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Check an option that takes a day: "2024-10-03". Raises InputError for any other form."""
    if value is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise InputError(
            f"{value!r} is not a date", where=f"--{param.name}", fix="Use the form YYYY-MM-DD, as in 2024-10-03."
        )
    return value


FORM = click.option(
    "--format",
    "-f",
    "form",
    default="table",
    help="table, csv, tsv, json, or turtle (CONSTRUCT only).",
    show_default=True,
)
TIMEOUT = click.option("--timeout", default=60.0, show_default=True, help="Stop the query after this many seconds.")
SINCE = click.option(
    "--since", callback=read_day, metavar="DAY", help="Only articles published on this day (YYYY-MM-DD) or later."
)
UNTIL = click.option(
    "--until", callback=read_day, metavar="DAY", help="Only articles published on this day or earlier."
)


@contextmanager
def progress() -> Iterator[Callable[[str, Iterable[Issue]], None]]:
    """Yield a function that reports each article: a progress bar on a terminal, elsewhere one line per issue."""
    if not sys.stderr.isatty():

        def report_issues(article: str, issues: Iterable[Issue]) -> None:
            for issue in issues:
                click.echo(f"{article}: {issue.severity}: {issue.code}: {issue.message}", err=True)

        yield report_issues
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from kg.model import FAILED

    columns = (
        SpinnerColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading", total=None)

        def update_bar(article: str, issues: Iterable[Issue]) -> None:
            bar.update(task, advance=1, description=article)
            for issue in issues:
                if issue.code == FAILED:
                    bar.console.print(f"{article}: {issue.severity}: {issue.message}", markup=False, highlight=False)

        yield update_bar
