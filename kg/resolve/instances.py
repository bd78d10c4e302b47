"""Event instances, finer than happenings: mentions of one type in articles that speak of one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Extraction, Ref
from kg.resolve.likeness import Likeness

#: the least cosine of two articles that speak of one thing
ALIKE = 0.2


def find_instances(extractions: Iterable[Extraction]) -> tuple[tuple[Ref, ...], ...]:
    """Events held to be one and the same, in groups, sorted; an event alone is a group of its own."""
    extractions = list(extractions)
    likeness = Likeness(e.article for e in extractions)
    root = {e.article.id: e.article.id for e in extractions}

    def find(id_: str) -> str:
        while root[id_] != id_:
            root[id_] = id_ = root[root[id_]]
        return id_

    for one, other in likeness.neighbours():
        if likeness(one, other) >= ALIKE:
            first, second = sorted((find(one), find(other)))
            root[second] = first
    groups: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    for extraction in extractions:
        for event in extraction.events:
            groups[find(extraction.article.id), event.type].append(Ref(extraction.article.id, event.id))
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))
