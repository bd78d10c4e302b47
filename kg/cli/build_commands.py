"""Commands that read articles: build, extract, withdraw."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from kg.cli.group import CONFIG, JOBS, MODEL, OUT, PATHS, STORE, STRICT, main, progress, settings
from kg.config import Config


@main.command()
@PATHS
@STORE
@CONFIG
@MODEL
@JOBS
@click.option("--force", is_flag=True, help="Extract unchanged articles again.")
@STRICT
def build(
    paths: tuple[str, ...],
    store: Path | None,
    config: Config,
    model: str | None,
    jobs: int | None,
    force: bool,
    strict: bool,
) -> None:
    """Read articles, find who claims what, and write it to a store.

    A PATH is a file (.txt, .md, .html, .jsonl), a folder of them, or - for standard input. Unchanged articles are
    skipped. Problems in an article are reported as warnings and do not stop the build. If an article makes the program
    fail, the others are still built and the exit status is 1; the next build tries it again.

    \b
    kg build news
    kg build news/ today.jsonl --store night.db
    kg build seeds/articles --config seeds/kg.toml
    """
    from kg.extract.workers import cores
    from kg.flow import BuildReport, build

    report = BuildReport()
    with progress() as show:
        for built in build(paths, settings(config, store, model), force=force, jobs=jobs or cores()):
            report.add(built)
            show(built.article.id, built.issues)
    click.echo(report.told(), err=True)
    if report.failed or (strict and report.issues):
        click.get_current_context().exit(1)


@main.command()
@PATHS
@OUT
@CONFIG
@MODEL
@JOBS
def extract(paths: tuple[str, ...], out: Path | None, config: Config, model: str | None, jobs: int | None) -> None:
    """Print what is found in articles, without a store: one JSON object per article (docs/record.md).

    \b
    kg extract news/ -o records.jsonl
    cat one.txt | kg extract - | jq .attributions
    """
    from kg.extract.workers import cores
    from kg.flow import extract
    from kg.record import to_line

    failed = False
    with progress() as show, out.open("wb") if out else nullcontext(sys.stdout.buffer) as file:
        for extraction in extract(paths, settings(config, model=model), jobs=jobs or cores()):
            file.write(to_line(extraction).encode("utf-8", "backslashreplace") + b"\n")
            show(extraction.article.id, extraction.issues)
            failed |= extraction.failed
    if failed:
        click.get_current_context().exit(1)


@main.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@STORE
@CONFIG
def withdraw(articles: tuple[str, ...], store: Path | None, config: Config) -> None:
    """Remove articles and their claims from a store. An ARTICLE is its id, as in the output of `kg build`.

    \b
    kg withdraw harbour-courier-night
    """
    from kg.flow import withdraw

    failed = withdraw(articles, settings(config, store))
    for article, issue in failed:
        click.echo(f"{article}: {issue.severity}: {issue.code}: {issue.message}", err=True)
    if failed:
        click.get_current_context().exit(1)
