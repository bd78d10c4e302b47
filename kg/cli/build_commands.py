"""In: articles into a store, or into records."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from kg.cli.group import CONFIG, JOBS, MODEL, OUT, PLACES, STORE, STRICT, main, progress, settings
from kg.config import Config


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
    changed is passed over. What is odd in an article is an issue of it: it is counted, and stops nothing. If an article
    makes the program fail, the others are built all the same and the exit status is 1; the next build tries it again.

    \b
    kg build seeds/articles --config seeds/kg.toml
    kg build news/ today.jsonl --store night.db
    """
    from kg.extract.workers import cores
    from kg.flow import BuildReport, build

    report = BuildReport()
    with progress() as tell:
        for built in build(places, settings(config, store, model), force=force, jobs=jobs or cores()):
            report.add(built)
            tell(built.article.id, built.issues)
    click.echo(report.told(), err=True)
    if report.failed or (strict and report.issues):
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
    from kg.extract.workers import cores
    from kg.flow import extract
    from kg.record import to_line

    failed = False
    with progress() as tell, out.open("wb") if out else nullcontext(sys.stdout.buffer) as file:
        for extraction in extract(places, settings(config, model=model), jobs=jobs or cores()):
            file.write(to_line(extraction).encode("utf-8", "backslashreplace") + b"\n")
            tell(extraction.article.id, extraction.issues)
            failed |= extraction.failed
    if failed:
        click.get_current_context().exit(1)


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

    failed = withdraw(articles, settings(config, store))
    for article, issue in failed:
        click.echo(f"{article}: {issue.severity}: {issue.code}: {issue.message}", err=True)
    if failed:
        click.get_current_context().exit(1)
