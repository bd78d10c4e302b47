"""The analyst's commands: judge, and look at what stands against what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kg.cli.group import CONFIG, FORM, OUT, STORE, TIMEOUT, main, open_store, read_day, settings, write_answer
from kg.config import Config

HAPPENING = "A HAPPENING is an id (happening/...), a label, or words that one label alone holds."


@main.command()
@click.argument("target")
@click.option("--reliability", type=click.Choice(list("ABCDEF"), case_sensitive=False), help="Of the source.")
@click.option("--credibility", type=click.IntRange(1, 6), help="Of the information.")
@click.option(
    "--actuality",
    type=click.Choice(["confirmed", "doubted", "rejected"]),
    help="What you hold to be the case.",
)
@click.option("--note", metavar="TEXT", help="Why, in your words.")
@click.option("--by", required=True, metavar="NAME", help="Who judges.")
@click.option("--on", callback=read_day, metavar="DAY", help="When, as YYYY-MM-DD [default: today].")
@STORE
@CONFIG
def assess(
    target: str,
    reliability: str | None,
    credibility: int | None,
    actuality: str | None,
    note: str | None,
    by: str,
    on: str | None,
    store: Path | None,
    config: Config,
) -> None:
    """Record your judgement of a source, a happening or a claim; it survives every build, and shows where that shows.

    The TARGET is a source by its name or id, a happening by its label or id, or a claim by its address, by ARTICLE#a3 or by
    words of it. Reliability (A reliable to E unreliable, F cannot be judged) and credibility (1 confirmed to 5 improbable,
    6 cannot be judged) are the Admiralty code. A claim is found again by its words when its article is read anew.
    `kg query assessments` lists all.

    \b
    kg assess "Ukrainian Air Force" --reliability B --by "A. Analyst"
    kg assess harbour-courier-1007#a3 --credibility 2 --note "two photographs" --by "A. Analyst"
    """
    from kg.flow import assess
    from kg.graph.assessments import Rating

    day = on or date.today().isoformat()  # noqa: DTZ011 - the day on the person's own calendar
    rating = Rating(by, day, reliability, credibility, actuality, note)
    found = assess(target, rating, settings(config, store))
    click.echo(f"{found}: {rating}")


@main.command(epilog=HAPPENING)
@click.argument("happening", required=False)
@FORM
@TIMEOUT
@OUT
@STORE
@CONFIG
def disputes(
    happening: str | None, form: str, timeout: float, out: Path | None, store: Path | None, config: Config
) -> None:
    """Show where claims contradict, oppose or deny each other, and on what basis; of one HAPPENING, or of all.

    \b
    kg disputes
    kg disputes "drone strike, Ukraine, 7 October 2031" --format csv
    """
    from kg.view import analyst

    with open_store(config, store) as opened:
        answer = analyst.disputes(opened, happening, timeout)
    write_answer(answer, form, out)


@main.command(epilog=HAPPENING)
@click.argument("happening")
@FORM
@TIMEOUT
@OUT
@STORE
@CONFIG
def timeline(happening: str, form: str, timeout: float, out: Path | None, store: Path | None, config: Config) -> None:
    """Show all that is told of a HAPPENING, in the order in which it was said.

    \b
    kg timeline "meeting, Constanţa, 9 October 2031"
    """
    from kg.view import analyst

    with open_store(config, store) as opened:
        answer = analyst.timeline(opened, happening, timeout)
    write_answer(answer, form, out)


@main.command()
@click.argument("actor")
@FORM
@TIMEOUT
@OUT
@STORE
@CONFIG
def dossier(actor: str, form: str, timeout: float, out: Path | None, store: Path | None, config: Config) -> None:
    """Show all that an ACTOR is given as saying, in its exact words: a name, another of its names, or an id (actor/...).

    \b
    kg dossier "Ukrainian Air Force"
    """
    from kg.view import analyst

    with open_store(config, store) as opened:
        answer = analyst.dossier(opened, actor, timeout)
    write_answer(answer, form, out)


@main.command()
@click.argument("claim")
@FORM
@TIMEOUT
@OUT
@STORE
@CONFIG
def trace(claim: str, form: str, timeout: float, out: Path | None, store: Path | None, config: Config) -> None:
    """Show by which way a CLAIM travelled, in time: claimant, channel, relays, outlets.

    The CLAIM is named by its address, by ARTICLE#a3, or by words of it.

    \b
    kg trace harbour-courier-1007#a3
    """
    from kg.view import analyst

    with open_store(config, store) as opened:
        answer = analyst.trace(opened, claim, timeout)
    write_answer(answer, form, out)


@main.command()
@FORM
@TIMEOUT
@OUT
@STORE
@CONFIG
def watch(form: str, timeout: float, out: Path | None, store: Path | None, config: Config) -> None:
    """Show what was announced for a date (did it happen?), and what has none (what is missing?).

    \b
    kg watch --format csv -o to-check.csv
    """
    from kg.view import analyst

    with open_store(config, store) as opened:
        answer = analyst.watch(opened, timeout)
    write_answer(answer, form, out)
