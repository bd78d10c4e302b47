"""Commands for analysts: assess, disputes, timeline, dossier, trace, watch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.group import (
    CONFIG,
    FORM,
    OUT,
    SINCE,
    STORE,
    TIMEOUT,
    UNTIL,
    main,
    open_store,
    read_day,
    settings,
    write_answer,
)
from kg.config import Config
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.graph import Answer, Store
    from kg.graph.assessments import Rating

HAPPENING = "A HAPPENING is an id (happening/...), a label, or words that occur in exactly one label."


@main.command()
@click.argument("target", required=False)
@click.option(
    "--reliability", type=click.Choice(list("ABCDEF"), case_sensitive=False), help="Reliability of the source."
)
@click.option("--credibility", type=click.IntRange(1, 6), help="Credibility of the information.")
@click.option(
    "--actuality",
    type=click.Choice(["confirmed", "doubted", "rejected"]),
    help="Your conclusion about what happened.",
)
@click.option("--note", metavar="TEXT", help="Your reasons.")
@click.option("--by", metavar="NAME", help="Your name.")
@click.option("--on", callback=read_day, metavar="DAY", help="Date of the assessment, YYYY-MM-DD [default: today].")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Record every line of a .tsv, .csv or .jsonl file.",
)
@STORE
@CONFIG
def assess(
    target: str | None,
    reliability: str | None,
    credibility: int | None,
    actuality: str | None,
    note: str | None,
    by: str | None,
    on: str | None,
    file: Path | None,
    store: Path | None,
    config: Config,
) -> None:
    """Record your assessment of a source, a happening or a claim. It is kept by every build and shown beside its target.

    The TARGET is the name or id of a source, the label or id of a happening, or a claim (its IRI, ARTICLE#a3 or some of its
    words). Reliability (A reliable to E unreliable, F cannot be judged) and credibility (1 confirmed to 5 improbable,
    6 cannot be judged) are the Admiralty code. When an article is extracted again, its claims are matched by their words.

    A FILE has the columns target (or of: the words of a claim), reliability, credibility, actuality, note, by and on. Empty
    cells of by and on take --by and --on. `kg query assessments` writes such a file. If one line fails, nothing is recorded.

    \b
    kg assess "Ukrainian Air Force" --reliability B --by "A. Analyst"
    kg assess harbour-courier-1007#a3 --credibility 2 --note "two photographs" --by "A. Analyst"
    kg query assessments -f tsv -o judged.tsv; kg assess --from judged.tsv --store other.db
    """
    from kg.flow import assess, assess_all
    from kg.graph.assessments import Rating

    day = on or date.today().isoformat()  # noqa: DTZ011 - today in the analyst's own time zone
    rating = Rating(by or "", day, reliability, credibility, actuality, note)
    if file is not None:
        _require_file_only(target, rating)
        for found, judged in assess_all(file, settings(config, store), by, day):
            click.echo(f"{found}: {judged}")
        return
    if target is None:
        fix = "Give a source, a happening or a claim; or use --from FILE."
        raise InputError("no target given", where="TARGET", fix=fix)
    click.echo(f"{assess(target, rating, settings(config, store))}: {rating}")


def _require_file_only(target: str | None, rating: Rating) -> None:
    if target or rating.reliability or rating.credibility or rating.actuality or rating.note:
        fix = "Leave out TARGET and the ratings; only --by and --on go with --from."
        raise InputError("targets and ratings come from the file", where="--from", fix=fix)


def _query_command(ask: Callable[..., Answer]) -> Callable[..., None]:
    """Turn a function that queries a store into a command's function: open the store, call it, write the answer."""

    @wraps(ask)
    def run(form: str, out: Path | None, store: Path | None, config: Config, **asked: Any) -> None:
        with open_store(config, store) as opened:
            answer = ask(opened, **asked)
        write_answer(answer, form, out)

    return reduce(lambda function, option: option(function), (CONFIG, STORE, OUT, TIMEOUT, FORM), run)


@main.command(epilog=HAPPENING)
@click.argument("happening", required=False)
@click.option("--all", "every", is_flag=True, help="Include links that are right in fewer than 8 of 10 cases.")
@SINCE
@UNTIL
@_query_command
def disputes(store: Store, happening: str | None, timeout: float, *, every: bool, **days: str | None) -> Answer:
    """List claims that contradict, oppose, deny or accuse each other: the reason, and what would make both hold.

    Links with a confidence below 0.8 are left out; confidence is the share of links of a rule that were right in fresh
    reading. An empty answer names the data that is missing.

    \b
    kg disputes
    kg disputes "drone strike, Ukraine, 7 October 2031" --format csv
    kg disputes --since 2031-10-08 --all
    """
    from kg.view.ask import analyst

    answer = analyst.disputes(store, happening, timeout, every=every, **days)
    if not answer.rows:
        click.echo(analyst.explain_no_disputes(store), err=True)
    return answer


@main.command(epilog=HAPPENING)
@click.argument("happening")
@SINCE
@UNTIL
@_query_command
def timeline(store: Store, happening: str, timeout: float, **days: str | None) -> Answer:
    """List all statements about a HAPPENING, in the order in which they were made.

    \b
    kg timeline "meeting, Constanţa, 9 October 2031"
    """
    from kg.view.ask import analyst

    return analyst.timeline(store, happening, timeout, **days)


@main.command()
@click.argument("actor")
@SINCE
@UNTIL
@_query_command
def dossier(store: Store, actor: str, timeout: float, **days: str | None) -> Answer:
    """List all statements attributed to an ACTOR, in their exact words. An ACTOR is a name, an alias or an id (actor/...).

    \b
    kg dossier "Ukrainian Air Force"
    """
    from kg.view.ask import analyst

    return analyst.dossier(store, actor, timeout, **days)


@main.command()
@click.argument("claim")
@_query_command
def trace(store: Store, claim: str, timeout: float) -> Answer:
    """Show how a CLAIM reached the articles, in time order: claimant, channel, relays, outlets.

    The CLAIM is its IRI, ARTICLE#a3, or some of its words.

    \b
    kg trace harbour-courier-1007#a3
    """
    from kg.view.ask import analyst

    return analyst.trace(store, claim, timeout)


@main.command()
@SINCE
@UNTIL
@_query_command
def watch(store: Store, timeout: float, **days: str | None) -> Answer:
    """List what was announced for a date (did it happen?), and announcements without a date (what is missing?).

    \b
    kg watch --format csv -o to-check.csv
    """
    from kg.view.ask import analyst

    return analyst.watch(store, timeout, **days)
