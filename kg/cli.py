"""The command line: a command is one function of kg, parsed and printed.

Results go to stdout; progress, reports and errors to stderr. Exit codes: 0 done; 1 something was found (``--strict``,
``kg validate``); 2 the input or question cannot be used; 3 something is missing (model, store, lock); 4 a query ran out
of its time; 130 interrupted. Nothing heavy is imported before a command needs it, so that ``kg --help`` answers at once.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg import __version__
from kg.config import Config, read_config
from kg.errors import ConfigError, InputError, KgError

if TYPE_CHECKING:
    from kg.flow import Report
    from kg.graph import Store

Command = TypeVar("Command", bound=Callable[..., Any])

SELECTION = ("article", "actor", "event", "since", "until")


class Commands(click.Group):
    """A group in which a KgError ends in two lines and an exit code, not in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
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


def _config(ctx: click.Context, _: click.Parameter, value: Path | None) -> Config:
    return read_config(value)


CONFIG = click.option(
    "--config", "config", type=click.Path(path_type=Path), callback=_config, metavar="FILE",
    help="Settings [default: ./kg.toml where there is one].",
)
STORE = click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="The store [default: kg.db].")
MODEL = click.option("--model", metavar="NAME", help="spaCy pipeline [default: en_core_web_md].")
JOBS = click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Processes [default: every core].")
OUT = click.option(
    "--out", "-o", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write here, not to stdout."
)
PLACES = click.argument("places", nargs=-1, required=True, metavar="PLACE...")


def _with_store(config: Config, store: Path | None) -> Config:
    return replace(config, store=store) if store else config


def _with_model(config: Config, model: str | None) -> Config:
    return replace(config, model=model) if model else config


@contextmanager
def _open(config: Config, store: Path | None) -> Iterator[Store]:
    """The store, for reading: it must be there."""
    from kg.graph import Store

    with Store.open_for_reading(store or config.store) as opened:
        yield opened


def _write(out: Path | None, chunks: Iterator[bytes]) -> None:
    if out is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    part = out.with_name(out.name + ".part")
    with part.open("wb") as file:
        file.writelines(chunks)
    part.replace(out)


def _params(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise InputError(f"{text!r} is not NAME=VALUE", where="--param", mend="As in: -p text=bridge")
        pairs[name] = value
    return pairs
