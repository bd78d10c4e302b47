"""Named queries for analysts, whose arguments may be given by name: disputes, timeline, dossier, trace, watch.

``since`` and ``until`` are dates of publication (YYYY-MM-DD, both included); None leaves that end open. A name that matches
nothing in the store raises InputError with the nearest name.
"""

from __future__ import annotations

from pathlib import Path

from kg.graph import Answer, Store
from kg.graph.find import find_claim, find_happening, find_source
from kg.view.ask.queries import TIMEOUT, query

#: counts what an answer without rows may lack
EMPTY = Path(__file__).with_name("empty.rq")


def disputes(  # noqa: PLR0913 - what to show, and of which days
    store: Store,
    happening: str | None = None,
    timeout: float | None = TIMEOUT,
    *,
    since: str | None = None,
    until: str | None = None,
    every: bool = False,
) -> Answer:
    """Return claims that contradict, oppose, deny or accuse each other, of one happening or of all, in articles of these days.

    ``every`` includes links whose rule is right in fewer than 8 of 10 cases.
    """
    of = find_happening(store, happening).id if happening else None
    return _run(store, "disputes", timeout, of=of, since=since, until=until, least="0" if every else None)


def explain_no_disputes(store: Store) -> str:
    """Say which data is missing if no dispute is shown, and which setting would help."""
    (row,) = store.ask(EMPTY.read_text("utf-8")).rows
    happenings, shared, figures, parties, unsure = (int(term.value) if term else 0 for term in row)
    reasons = [f"{happenings} happenings, of which {shared} have claims by two or more sources; {figures} figures."]
    if unsure:
        reasons.append(f"{unsure} links are less sure than 0.8: show them with --all.")
    if not shared:
        reasons.append("No two sources speak of one happening: add articles of other outlets about the same days.")
    if not parties:
        reasons.append(
            "No claimant has a party: fill the party column of entities.tsv to find opposed accounts by side."
        )
    return "No disputes to show. " + " ".join(reasons)


def timeline(
    store: Store,
    happening: str,
    timeout: float | None = TIMEOUT,
    *,
    since: str | None = None,
    until: str | None = None,
) -> Answer:
    """List all statements about a happening in articles of these days, in the order in which they were made."""
    return _run(store, "timeline", timeout, happening=find_happening(store, happening).id, since=since, until=until)


def dossier(
    store: Store, actor: str, timeout: float | None = TIMEOUT, *, since: str | None = None, until: str | None = None
) -> Answer:
    """List all statements attributed to a source in articles of these days."""
    return _run(store, "dossier", timeout, who=find_source(store, actor).id, since=since, until=until)


def trace(store: Store, claim: str, timeout: float | None = TIMEOUT) -> Answer:
    """Show how a claim reached the articles: claimant, channel, relays, outlets."""
    return _run(store, "trace", timeout, start=find_claim(store, claim).id)


def watch(
    store: Store, timeout: float | None = TIMEOUT, *, since: str | None = None, until: str | None = None
) -> Answer:
    """List what articles of these days announced for a date, with later reports of it; and announcements without a date."""
    return _run(store, "watch", timeout, since=since, until=until)


def _run(store: Store, name: str, timeout: float | None, **given: str | None) -> Answer:
    return query(store, name, {key: value for key, value in given.items() if value is not None}, timeout)
