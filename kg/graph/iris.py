"""Map the ids of an extraction ("a3", "e1") to the IRIs of its nodes.

IRIs are made from text offsets, so that they do not change with the numbering of an extractor; ids are only used for lookup.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph import vocab
from kg.model import Attribution, CharSpan, Extraction


class NodeIris:
    """The IRIs of an extraction's attributions and narrations (``of``, by id) and of its ``events`` (in their order)."""

    def __init__(self, extraction: Extraction) -> None:
        self._article = vocab.local(extraction.article.id)
        self._relays = {each.id: each.embedded_in for each in extraction.attributions}
        self._taken: set[str] = set()
        names = {each.id: self._name(_start(each.cue), _start(each.content)) for each in extraction.attributions}
        names |= {each.id: self._name("n" + _start(each.content)) for each in extraction.narrations}
        self._figures = [[(f.span.start, f.span.end) for f in event.figures] for event in extraction.events]
        self._events = [
            self._name(f"{names.get(e.told_by, 'untold')}:{e.trigger.start}", vocab.part(e.type))
            for e in extraction.events
        ]
        self._event_ids = [e.id for e in extraction.events]
        self.of = {key: vocab.minted("attribution", self._article, name) for key, name in names.items()}
        self.events = [vocab.minted("event", self._article, name) for name in self._events]

    def all(self) -> dict[str, str]:
        """Map the ids of attributions, narrations and events to IRIs."""
        return self.of | dict(zip(self._event_ids, self.events, strict=True))

    def figure(self, event: int, number: int) -> str:
        """Make the IRI of a figure from its span; a number is added if the IRI is taken. Arguments are list indexes."""
        span = self._figures[event][number]
        before = self._figures[event][:number].count(span)
        name = f"{span[0]}-{span[1]}" + (f"-{before + 1}" if before else "")
        return vocab.minted("figure", self._article, self._events[event], name)

    def depth(self, said: Attribution) -> int:
        """Return the nesting depth: 1 for "X said", plus one for each attribution that it is embedded in."""
        seen = {said.id}
        outer = said.embedded_in
        while outer in self._relays and outer not in seen:
            seen.add(outer)
            outer = self._relays[outer]
        return len(seen)

    def _name(self, *parts: str) -> str:
        name, number = "-".join(parts), 1
        free = name
        while free in self._taken:
            number += 1
            free = f"{name}-{number}"
        self._taken.add(free)
        return free


def _start(spans: Sequence[CharSpan]) -> str:
    return str(spans[0].start) if spans else "x"
