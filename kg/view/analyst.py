"""The analyst's views: each a named question, put of what a person calls by its name."""

from __future__ import annotations

from kg.graph import Answer, Store
from kg.graph.targets import find_claim, find_happening, find_source
from kg.view.queries import TIMEOUT, query


def disputes(store: Store, happening: str | None = None, timeout: float | None = TIMEOUT) -> Answer:
    """Which claims contradict, oppose or deny each other, of one happening or of all; raises InputError for an unknown one."""
    return query(store, "disputes", {"of": find_happening(store, happening).id} if happening else {}, timeout)


def timeline(store: Store, happening: str, timeout: float | None = TIMEOUT) -> Answer:
    """All that is told of a happening, in the order in which it was said; raises InputError for an unknown one."""
    return query(store, "timeline", {"happening": find_happening(store, happening).id}, timeout)


def dossier(store: Store, actor: str, timeout: float | None = TIMEOUT) -> Answer:
    """All that a source is given as saying; raises InputError for an unknown one."""
    return query(store, "dossier", {"who": find_source(store, actor).id}, timeout)


def trace(store: Store, claim: str, timeout: float | None = TIMEOUT) -> Answer:
    """By which way a claim travelled: claimant, channel, relays, outlets; raises InputError for an unknown one."""
    return query(store, "trace", {"start": find_claim(store, claim).id}, timeout)


def watch(store: Store, timeout: float | None = TIMEOUT) -> Answer:
    """What was announced for a date, and what has none."""
    return query(store, "watch", None, timeout)
