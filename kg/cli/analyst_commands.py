"""The analyst's commands: judge, and look at what stands against what."""

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

HAPPENING = "A HAPPENING is an id (happening/...), a label, or words that one label alone holds."


@main.command()
@click.argument("target", required=False)
@click.option("--reliability", type=click.Choice(list("ABCDEF"), case_sensitive=False), help="Of the source.")
@click.option("--credibility", type=click.IntRange(1, 6), help="Of the information.")
@click.option(
    "--actuality",
    type=click.Choice(["confirmed", "doubted", "rejected"]),
    help="What you hold to be the case.",
)
@click.option("--note", metavar="TEXT", help="Why, in your words.")
@click.option("--by", metavar="NAME", help="Who judges.")
@click.option("--on", callback=read_day, metavar="DAY", help="When, as YYYY-MM-DD [default: today].")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Judgements to record, a line each: .tsv, .csv or .jsonl.",
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
    """Record your judgement of a source, a happening or a claim; it survives every build, and shows where that shows.

    The TARGET is a source by its name or id, a happening by its label or id, or a claim by its address, by ARTICLE#a3 or by
    words of it. Reliability (A reliable to E unreliable, F cannot be judged) and credibility (1 confirmed to 5 improbable,
    6 cannot be judged) are the Admiralty code. A claim is found again by its words when its article is read anew.

    A FILE has the columns target (or, in of, a claim's words), reliability, credibility, actuality, note, by and on; those that
    a line leaves empty are --by and --on. `kg query assessments` writes such a file. All of it is recorded, or nothing.

    \b
    kg assess "Ukrainian Air Force" --reliability B --by "A. Analyst"
    kg assess harbour-courier-1007#a3 --credibility 2 --note "two photographs" --by "A. Analyst"
    kg query assessments -f tsv -o judged.tsv; kg assess --from judged.tsv --store other.db
    """
    from kg.flow import assess, assess_all
    from kg.graph.assessments import Rating

    day = on or date.today().isoformat()  # noqa: DTZ011 - the day on the person's own calendar
    rating = Rating(by or "", day, reliability, credibility, actuality, note)
    if file is not None:
        _alone(target, rating)
        for found, judged in assess_all(file, settings(config, store), by, day):
            click.echo(f"{found}: {judged}")
        return
    if target is None:
        mend = "Name a source, a happening or a claim; or give --from FILE."
        raise InputError("nothing is named", where="TARGET", mend=mend)
    click.echo(f"{assess(target, rating, settings(config, store))}: {rating}")


def _alone(target: str | None, rating: Rating) -> None:
    if target or rating.reliability or rating.credibility or rating.actuality or rating.note:
        mend = "With --from, name no TARGET and judge nothing beside; --by and --on may be given."
        raise InputError("the file says what is judged", where="--from", mend=mend)


def _look(ask: Callable[..., Answer]) -> Callable[..., None]:
    """A command's function that asks the store, with the options of all that do; the answer goes where it is wanted."""

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
@_look
def disputes(store: Store, happening: str | None, timeout: float, *, every: bool, **days: str | None) -> Answer:
    """Show where claims contradict, oppose, deny or accuse each other, why, and what would make both hold.

    Links are shown from a confidence of 0.8: the share of links of their rule that were right when read. Where there are none,
    the data that is missing is named.

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
@_look
def timeline(store: Store, happening: str, timeout: float, **days: str | None) -> Answer:
    """Show all that is told of a HAPPENING, in the order in which it was said.

    \b
    kg timeline "meeting, Constanţa, 9 October 2031"
    """
    from kg.view.ask import analyst

    return analyst.timeline(store, happening, timeout, **days)


@main.command()
@click.argument("actor")
@SINCE
@UNTIL
@_look
def dossier(store: Store, actor: str, timeout: float, **days: str | None) -> Answer:
    """Show all that an ACTOR is given as saying, in its exact words: a name, another of its names, or an id (actor/...).

    \b
    kg dossier "Ukrainian Air Force"
    """
    from kg.view.ask import analyst

    return analyst.dossier(store, actor, timeout, **days)


@main.command()
@click.argument("claim")
@_look
def trace(store: Store, claim: str, timeout: float) -> Answer:
    """Show by which way a CLAIM travelled, in time: claimant, channel, relays, outlets.

    The CLAIM is named by its address, by ARTICLE#a3, or by words of it.

    \b
    kg trace harbour-courier-1007#a3
    """
    from kg.view.ask import analyst

    return analyst.trace(store, claim, timeout)


@main.command()
@SINCE
@UNTIL
@_look
def watch(store: Store, timeout: float, **days: str | None) -> Answer:
    """Show what was announced for a date (did it happen?), and what has none (what is missing?).

    \b
    kg watch --format csv -o to-check.csv
    """
    from kg.view.ask import analyst

    return analyst.watch(store, timeout, **days)
