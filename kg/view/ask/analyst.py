"""The analyst's views: each a named question, put of what a person calls by its name.

``since`` and ``until`` are days of publication (YYYY-MM-DD, both included); None leaves that end open. What names nothing in
the store raises InputError with the nearest name.
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
    """Which claims contradict, oppose or deny each other, of one happening or of all; both in articles of these days."""
    of = find_happening(store, happening).id if happening else None
    return _ask(store, "disputes", timeout, of=of, since=since, until=until)


def timeline(
    store: Store,
    happening: str,
    timeout: float | None = TIMEOUT,
    *,
    since: str | None = None,
    until: str | None = None,
) -> Answer:
    """All that articles of these days tell of a happening, in the order in which it was said."""
    return _ask(store, "timeline", timeout, happening=find_happening(store, happening).id, since=since, until=until)


def dossier(
    store: Store, actor: str, timeout: float | None = TIMEOUT, *, since: str | None = None, until: str | None = None
) -> Answer:
    """All that a source is given as saying in articles of these days."""
    return _ask(store, "dossier", timeout, who=find_source(store, actor).id, since=since, until=until)


def trace(store: Store, claim: str, timeout: float | None = TIMEOUT) -> Answer:
    """By which way a claim travelled: claimant, channel, relays, outlets."""
    return _ask(store, "trace", timeout, start=find_claim(store, claim).id)


def watch(
    store: Store, timeout: float | None = TIMEOUT, *, since: str | None = None, until: str | None = None
) -> Answer:
    """What articles of these days announced for a date, with what they tell of it since; and what has no date."""
    return _ask(store, "watch", timeout, since=since, until=until)


def _ask(store: Store, name: str, timeout: float | None, **given: str | None) -> Answer:
    return query(store, name, {key: value for key, value in given.items() if value is not None}, timeout)
