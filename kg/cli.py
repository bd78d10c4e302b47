"""The command line: a command is one function of kg, parsed and printed.

Results go to stdout; progress, reports and errors to stderr. Exit codes: 0 done; 1 something was found (``--strict``,
``kg validate``); 2 the input or question cannot be used; 3 something is missing (model, store, lock); 4 a query ran out
of its time; 130 interrupted. Nothing heavy is imported before a command needs it, so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.config import Config, read_config
from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from kg.graph import Store
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


def _settings(config: Config, store: Path | None = None, model: str | None = None) -> Config:
    given = {name: value for name, value in (("store", store), ("model", model)) if value is not None}
    return replace(config, **given)  # type: ignore[arg-type]


def _open(config: Config, store: Path | None) -> Store:
    from kg.graph import Store

    return Store(store or config.store, readonly=True)


def _write(out: Path | None, content: bytes) -> None:
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


def _day(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise InputError(f"{value!r} is not a day", where=f"--{param.name}", mend="Write it as 2024-10-03.")
    return value


SINCE = click.option(
    "--since", callback=_day, metavar="DAY", help="Only articles published on this day (YYYY-MM-DD) or later."
)
UNTIL = click.option("--until", callback=_day, metavar="DAY", help="Only articles published on this day or earlier.")


# --------------------------------------------------------------------------- in: articles into a store, or into records


@main.command()
@PLACES
@STORE
@CONFIG
@MODEL
@JOBS
@click.option("--force", is_flag=True, help="Read articles anew that have not changed.")
@STRICT
def build(
    places: tuple[str, ...],
    store: Path | None,
    config: Config,
    model: str | None,
    jobs: int | None,
    force: bool,
    strict: bool,
) -> None:
    """Read articles, find who claims what, and put it into a store.

    A PLACE is a file (.txt, .md, .html, .jsonl), a folder of them, or - for standard input. An article that has not
    changed is passed over. What is odd in an article is an issue of it: it is counted, and stops nothing.

    \b
    kg build seeds/articles --config seeds/kg.toml
    kg build news/ today.jsonl --store night.db
    """
    from kg.extract.pool import cores
    from kg.flow import Report, build

    report = Report()
    with _progress() as tell:
        for built in build(places, _settings(config, store, model), force=force, jobs=jobs or cores()):
            report.add(built)
            tell(built.article.id, built.issues)
    click.echo(report.told(), err=True)
    if strict and report.issues:
        click.get_current_context().exit(1)


@main.command()
@PLACES
@OUT
@CONFIG
@MODEL
@JOBS
def extract(places: tuple[str, ...], out: Path | None, config: Config, model: str | None, jobs: int | None) -> None:
    """Print what is found in articles: a JSON object an article (docs/record.md), without a store.

    \b
    kg extract news/ -o records.jsonl
    cat one.txt | kg extract - | jq .attributions
    """
    from kg.extract.pool import cores
    from kg.flow import extract
    from kg.record import to_line

    with _progress() as tell, out.open("wb") if out else nullcontext(sys.stdout.buffer) as file:
        for extraction in extract(places, _settings(config, model=model), jobs=jobs or cores()):
            file.write(to_line(extraction).encode("utf-8", "backslashreplace") + b"\n")
            tell(extraction.article.id, extraction.issues)


@main.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@STORE
@CONFIG
def withdraw(articles: tuple[str, ...], store: Path | None, config: Config) -> None:
    """Take articles, by their ids, out of a store, with all that they told.

    \b
    kg withdraw harbour-courier-night
    """
    from kg.flow import withdraw

    withdraw(articles, _settings(config, store))


# --------------------------------------------------------------------------- out: ask, check, carry off, look


@main.command()
@click.argument("name", required=False)
@click.option("--query", "-q", "text", metavar="SPARQL", help="Ask this, not a named question.")
@click.option("--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="Fill a parameter of the question.")
@click.option(
    "--format", "-f", "form", default="table", help="table, csv, tsv, json, or turtle for CONSTRUCT.", show_default=True
)
@click.option("--timeout", default=60.0, show_default=True, help="Seconds after which the query is ended.")
@OUT
@STORE
@CONFIG
def query(
    name: str | None,
    text: str | None,
    given: tuple[str, ...],
    form: str,
    timeout: float,
    out: Path | None,
    store: Path | None,
    config: Config,
) -> None:
    """Ask the store: a named question, a file, or SPARQL as text. Without NAME, list the questions.

    \b
    kg query                                       list them
    kg query dossier -p who=actor/ukrainian-air-force
    kg query my.rq --format csv > rows.csv
    kg query -q 'SELECT ?n { ?a a kg:Person ; rdfs:label ?n }'
    """
    from kg import view

    if name is None and text is None:
        click.echo(view.list_questions())
        return
    question = view.Question("-q", "", text, (), ()) if text is not None else view.find(str(name))
    params = _pairs(given)
    with _open(config, store) as opened:
        answer = view.query(opened, question, params, timeout)
    width = shutil.get_terminal_size().columns if out is None and sys.stdout.isatty() else None
    _write(out, view.write(answer, form, width).encode("utf-8", "replace"))


@main.command()
@click.option(
    "--format", "-f", "form", default="turtle", show_default=True, help="turtle, trig, nquads, jsonld, graphml or csv."
)
@ARTICLE
@ACTOR
@EVENT
@SINCE
@UNTIL
@OUT
@STORE
@CONFIG
def export(form: str, out: Path | None, store: Path | None, config: Config, **selection: str | None) -> None:
    """Carry the graph off, or a part of it: the same bytes for the same store.

    \b
    kg export -o graph.ttl
    kg export --actor "Ukrainian Air Force" --since 2024-10-03 --format csv
    """
    from kg import view

    with _open(config, store) as opened:
        _write(out, view.export(opened, form, view.Selection(**selection)))


@main.command()
@click.option("--top", default=10, show_default=True, help="How many of each ranking.")
@click.option("--format", "-f", "form", default="table", show_default=True, help="table, csv, tsv or json.")
@OUT
@STORE
@CONFIG
def stats(top: int, form: str, out: Path | None, store: Path | None, config: Config) -> None:
    """Count: what is in the store, how it hangs together, who is cited by whom, through which channels.

    \b
    kg stats --top 5
    """
    from kg import view

    with _open(config, store) as opened:
        _write(out, view.write(view.statistics(opened, top), form).encode())


@main.command()
@OUT
@click.option("--focus", metavar="NAME", help="Draw only what is around this actor, place or event.")
@click.option("--hops", default=2, show_default=True, help="How far around the focus.")
@click.option("--limit", default=500, show_default=True, help="At most so many nodes; the best linked are kept.")
@STORE
@CONFIG
def render(out: Path | None, focus: str | None, hops: int, limit: int, store: Path | None, config: Config) -> None:
    """Draw the graph as one HTML file that opens anywhere, with no network.

    \b
    kg render -o graph.html
    kg render --focus "Kyiv" --hops 1 -o kyiv.html
    """
    from kg.view.render import render

    with _open(config, store) as opened:
        render(opened, out or Path("graph.html"), focus=focus, hops=hops, limit=limit)
    click.echo(out or Path("graph.html"))


@main.command()
@ARTICLE
@STORE
@CONFIG
def validate(article: str | None, store: Path | None, config: Config) -> None:
    """Hold the graph against its shapes (SHACL), article by article: what is wrong, where, and the mend. Exits with 1 if so.

    \b
    kg validate --article harbour-courier-night
    """
    from kg.graph import validate

    found = 0
    with _open(config, store) as opened:
        for finding in validate(opened, [article] if article else None):
            found += 1
            click.echo(finding)
    click.echo(f"{found} findings" if found else "nothing wrong", err=True)
    if found:
        click.get_current_context().exit(1)


# --------------------------------------------------------------------------- helpers of printing


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise InputError(f"{text!r} is not NAME=VALUE", where="--param", mend="As in: -p text=bridge")
        pairs[name] = value
    return pairs


@contextmanager
def _progress() -> Iterator[Callable[[str, Iterable[Issue]], None]]:
    """A way to tell of each article: a bar on a terminal, a line elsewhere where something is odd."""
    if not sys.stderr.isatty():

        def tell(article: str, issues: Iterable[Issue]) -> None:
            for issue in issues:
                click.echo(f"{article}: {issue.severity}: {issue.code}: {issue.message}", err=True)

        yield tell
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading", total=None)
        yield lambda article, _: bar.update(task, advance=1, description=article)
