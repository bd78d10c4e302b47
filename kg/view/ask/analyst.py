"""Named queries for analysts, whose arguments may be given by name: disputes, timeline, dossier, trace, watch.

``since`` and ``until`` are dates of publication (YYYY-MM-DD, both included); None leaves that end open. A name that matches
nothing in the store raises InputError with the nearest name.
"""

from __future__ import annotations

from kg.graph import Answer, Store
from kg.graph.find import find_claim, find_happening, find_source
from kg.view.ask.queries import TIMEOUT, query


def disputes(
    store: Store,
    happening: str | None = None,
    timeout: float | None = TIMEOUT,
    *,
    since: str | None = None,
    until: str | None = None,
) -> Answer:
    """List claims that contradict, oppose or deny each other, of one happening or of all; both in articles of these days."""
    of = find_happening(store, happening).id if happening else None
    return _run(store, "disputes", timeout, of=of, since=since, until=until)


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
