"""The command itself, and what its commands share: options, settings, the store, files, progress."""

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
    """A group in which a KgError ends in two lines and an exit code, not in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
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
    """Read news articles, find who claims what, and keep it as a graph in which every statement leads to its words.

    \b
    kg build seeds                    read articles into kg.db
    kg query                          list the questions; kg query NAME asks one
    kg export -o graph.ttl            carry the graph off
    kg render -o graph.html           look at it
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a worker a core; threads within would only collide
    os.environ.setdefault("OMP_NUM_THREADS", "1")


# --------------------------------------------------------------------------- what commands share


def _config(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Config:
    return read_config(value)


CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    callback=_config,
    metavar="FILE",
    help="Settings [default: ./kg.toml where there is one].",
)
STORE = click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="The store [default: kg.db].")
MODEL = click.option("--model", metavar="NAME", help="spaCy pipeline [default: en_core_web_md].")
JOBS = click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Processes [default: every core].")
OUT = click.option(
    "--out", "-o", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write here, not to stdout."
)
STRICT = click.option("--strict", is_flag=True, help="Exit with 1 where an article has an issue.")
PLACES = click.argument("places", nargs=-1, required=True, metavar="PLACE...")
ARTICLE = click.option("--article", metavar="ID", help="Only this article.")
ACTOR = click.option("--actor", metavar="NAME", help='Only this source: a name, or an id ("actor/...").')
EVENT = click.option("--event", metavar="TYPE", help='Only this event type, or happening ("happening/...").')


def settings(config: Config, store: Path | None = None, model: str | None = None) -> Config:
    """The settings, with what was given on the command line in place of theirs."""
    given = {name: value for name, value in (("store", store), ("model", model)) if value is not None}
    return replace(config, **given)  # type: ignore[arg-type]


def open_store(config: Config, store: Path | None) -> Store:
    """The store that was asked for, to read."""
    from kg.graph import Store

    return Store(store or config.store, readonly=True)


def write_out(out: Path | None, content: bytes) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    part = out.with_name(out.name + ".part")  # what is half written must not stand under its name
    try:
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(out), mend="Name another --out.") from error


def write_answer(answer: Answer, form: str, out: Path | None) -> None:
    """Write what a question gave; a table is as wide as the terminal that it goes to."""
    from kg import view

    width = shutil.get_terminal_size().columns if out is None and sys.stdout.isatty() else None
    write_out(out, view.write(answer, form, width).encode("utf-8", "replace"))


def read_day(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The day that an option gives; raises InputError for what is none."""
    if value is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise InputError(f"{value!r} is not a day", where=f"--{param.name}", mend="Write it as 2024-10-03.")
    return value


FORM = click.option(
    "--format", "-f", "form", default="table", help="table, csv, tsv, json, or turtle for CONSTRUCT.", show_default=True
)
TIMEOUT = click.option("--timeout", default=60.0, show_default=True, help="Seconds after which the query is ended.")
SINCE = click.option(
    "--since", callback=read_day, metavar="DAY", help="Only articles published on this day (YYYY-MM-DD) or later."
)
UNTIL = click.option(
    "--until", callback=read_day, metavar="DAY", help="Only articles published on this day or earlier."
)


@contextmanager
def progress() -> Iterator[Callable[[str, Iterable[Issue]], None]]:
    """A way to tell of each article: a bar on a terminal, a line elsewhere where something is odd."""
    if not sys.stderr.isatty():

        def tell(article: str, issues: Iterable[Issue]) -> None:
            for issue in issues:
                click.echo(f"{article}: {issue.severity}: {issue.code}: {issue.message}", err=True)

        yield tell
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

        def tell_on_terminal(article: str, issues: Iterable[Issue]) -> None:
            bar.update(task, advance=1, description=article)
            for issue in issues:
                if issue.code == FAILED:
                    bar.console.print(f"{article}: {issue.severity}: {issue.message}", markup=False, highlight=False)

        yield tell_on_terminal
