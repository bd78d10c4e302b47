"""Commands that read a store: query, export, stats, render, serve, validate."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from kg.cli.group import (
    ACTOR,
    ARTICLE,
    CONFIG,
    EVENT,
    FORM,
    OUT,
    SINCE,
    STORE,
    TIMEOUT,
    UNTIL,
    main,
    open_store,
    write_answer,
    write_out,
)
from kg.config import Config
from kg.errors import InputError


@main.command()
@click.argument("name", required=False)
@click.option("--query", "-q", "text", metavar="SPARQL", help="Run this SPARQL query.")
@click.option("--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="Set a parameter of the query.")
@FORM
@TIMEOUT
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
    """Run a query: a named one, a file (.rq), or SPARQL text. Without NAME, list the named queries.

    A query only reads, and only this store: updates and SERVICE are refused. It is evaluated in a process without a network.

    \b
    kg query                                       list the named queries
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
    with open_store(config, store) as opened:
        answer = view.query(opened, question, params, timeout)
    write_answer(answer, form, out)


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
    """Export the graph or a subset. The same store always gives the same bytes.

    \b
    kg export -o graph.ttl
    kg export --actor "Ukrainian Air Force" --since 2024-10-03 --format csv
    """
    from kg import view

    with open_store(config, store) as opened:
        write_out(out, view.export(opened, form, view.Selection(**selection)))


@main.command()
@click.option("--top", default=10, show_default=True, help="Rows per ranking.")
@click.option("--format", "-f", "form", default="table", show_default=True, help="table, csv, tsv or json.")
@OUT
@STORE
@CONFIG
def stats(top: int, form: str, out: Path | None, store: Path | None, config: Config) -> None:
    """Print statistics: contents of the store, connectivity, citations between sources and outlets, and channels.

    \b
    kg stats --top 5
    """
    from kg import view

    with open_store(config, store) as opened:
        write_out(out, view.write(view.statistics(opened, top), form).encode())


@main.command()
@OUT
@click.option("--focus", metavar="NAME", help="Draw only the neighbourhood of this actor, place or event.")
@click.option("--hops", default=2, show_default=True, help="Distance from the focus, in edges.")
@click.option(
    "--limit",
    default=500,
    show_default=True,
    help="Maximum number of nodes; the most contested and best linked are kept.",
)
@click.option("--title", default="Claim graph", show_default=True, help="Page title.")
@click.option("--open", "show", is_flag=True, help="Open the written file in the web browser.")
@STORE
@CONFIG
def render(
    out: Path | None,
    focus: str | None,
    hops: int,
    limit: int,
    title: str,
    show: bool,
    store: Path | None,
    config: Config,
) -> None:
    """Write the graph as one self-contained HTML page, readable offline; with a name in .svg, as a picture.

    \b
    kg render --open
    kg render -o graph.html
    kg render -o graph.svg --limit 80
    kg render --focus "Kyiv" --hops 1 -o kyiv.html
    """
    from kg.view.report.render import render

    path = out or Path("graph.html")
    with open_store(config, store) as opened:
        made = render(opened, path, focus=focus, hops=hops, limit=limit, title=title)
    if made.notice:
        click.echo(made.notice, err=True)
    click.echo(path)
    if show and not webbrowser.open(path.resolve().as_uri()):
        click.echo(f"No web browser found. Open {path} yourself.", err=True)


@main.command()
@click.option(
    "--port", default=8010, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--title", default="Claim graph", show_default=True, help="Page title.")
@STORE
@CONFIG
def serve(port: int, title: str, store: Path | None, config: Config) -> None:
    """Serve the store to a browser on this machine only, until Ctrl+C.

    Serves the page of `kg render` (/), a query editor (/query) and a read-only SPARQL endpoint (/sparql), which refuses
    requests from pages of other sites. Needs the extra "serve": pip install 'newsclaims[serve]'.

    \b
    kg serve --store night.db
    curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT ...' http://127.0.0.1:8010/sparql
    """
    from kg.view.report.server import serve

    serve(store or config.store, port, title=title, tell=click.echo)


@main.command()
@ARTICLE
@STORE
@CONFIG
def validate(article: str | None, store: Path | None, config: Config) -> None:
    """Validate against the SHACL shapes, article by article; report each problem, its location and a fix. Exits with 1 if any.

    Report also the articles whose graph and record do not agree.

    \b
    kg validate --article harbour-courier-night
    """
    from kg.graph import find_differences, validate

    found = 0
    with open_store(config, store) as opened:
        for difference in find_differences(opened):
            if article in (None, difference.article):
                found += 1
                click.echo(difference)
        for finding in validate(opened, [article] if article else None):
            found += 1
            click.echo(finding)
    click.echo(f"{found} problems" if found else "no problems found", err=True)
    if found:
        click.get_current_context().exit(1)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise InputError(f"{text!r} is not NAME=VALUE", where="--param", fix="Example: -p text=bridge")
        pairs[name] = value
    return pairs
