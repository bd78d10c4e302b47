"""Select a subset of the graph: the selected attributions with everything they refer to, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from kg.errors import InputError
from kg.graph import Quad, Store, Term
from kg.view.ask.questions import ID_BASE

_QUERY = Path(__file__).with_name("subgraph.rq")
_NS = "https://w3id.org/newsclaims/ns#"
_TYPES = "https://w3id.org/newsclaims/vocab/"

#: edges between nodes of the same kind: kept if both ends are selected, never followed
ACROSS = frozenset(
    f"<{_NS}{name}>"
    for name in (
        *("claims", "states", "denies", "requests", "promises", "comments_on", "copyOf"),
        *(
            "repeats",
            "corroborates",
            "contradicts",
            "opposes",
            "revises",
            "updates",
            "accuses",
            "doesNotKnow",
            "rulesOut",
            "deniesClaim",
            "couldNotVerify",
            "notAcknowledged",
        ),
    )
)

#: attributions about a selected one are selected too, so that no doubt is lost
SPEAKS_OF = frozenset(f"<{_NS}{name}>" for name in ("checks", "concerns"))

#: nodes that link or assess others: kept if all of these are selected
TIES = frozenset(f"<{_NS}{name}>" for name in ("ofClaim", "toClaim", "asTold", "copy", "original", "assesses"))


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions of an export; an attribution must meet all that are given.

    ``article`` is the id of an article; ``actor`` an id ("actor/...") or a name; ``event`` the id of a happening
    ("happening/...") or a type ("DroneStrike"); ``since`` and ``until`` are dates of publication (YYYY-MM-DD, both included).
    """

    article: str | None = None
    actor: str | None = None
    event: str | None = None
    since: str | None = None
    until: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def _admits(self, row: dict[str, str]) -> bool:
        published = row.get("published", "")
        return (
            self.article in (None, row["article"])
            and (not self.actor or self._matches_actor(row))
            and (not self.event or self._matches_event(row))
            and (not self.since or published >= self.since)
            and (not self.until or ("" < published <= self.until))
        )

    def _matches_actor(self, row: dict[str, str]) -> bool:
        assert self.actor is not None
        return ID_BASE + self.actor == row.get("who") or self.actor.casefold() == row.get("name", "").casefold()

    def _matches_event(self, row: dict[str, str]) -> bool:
        assert self.event is not None
        return row.get("happening") == ID_BASE + self.event or row.get("type") == _TYPES + self.event


def select_subgraph(store: Store, selection: Selection) -> Iterator[Quad]:
    """Yield the selected quads; all if there are no conditions. Raises InputError if nothing matches."""
    if not selection:
        yield from store.quads()
        return
    chosen = attributions(store, selection)
    if not chosen:
        asked = ", ".join(
            f"{f.name} {getattr(selection, f.name)!r}" for f in fields(selection) if getattr(selection, f.name)
        )
        problem = (
            f"No {asked.replace(' ', ' matches ', 1)}" if asked.count(",") == 0 else f"No attribution matches {asked}"
        )
        raise InputError(problem, where=str(store.path or "the store"), fix="`kg query spread` lists the actors.")
    quads = list(store.quads())
    part = _follow(_speakers(chosen, quads), quads)
    for quad in quads:
        if quad.subject in part and (quad.predicate not in ACROSS or quad.object in part):
            yield quad


def attributions(store: Store, selection: Selection) -> set[str]:
    """Find the IRIs of the attributions and narrations that match a selection, in N-Triples syntax."""
    answer = store.ask(_QUERY.read_text(encoding="utf-8"))
    rows = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    bound = ({name: term.value for name, term in row.items() if isinstance(term, Term)} for row in rows)
    return {f"<{row['attribution']}>" for row in bound if selection._admits(row)}  # noqa: SLF001 - its own module


def _speakers(chosen: set[str], quads: Iterable[Quad]) -> set[str]:
    return chosen | {quad.subject for quad in quads if quad.predicate in SPEAKS_OF and quad.object in chosen}


def _follow(start: set[str], quads: Iterable[Quad]) -> set[str]:
    """Collect the nodes reachable from ``start``, itself included; then the links whose ends are all among them."""
    leads: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in TIES:
            ends[quad.subject].append(quad.object)
        elif quad.predicate not in ACROSS and quad.object.startswith("<"):
            leads[quad.subject].append(quad.object)
    part, waiting = set(start), sorted(start)
    while waiting:
        for node in leads.get(waiting.pop(), ()):
            if node not in part:
                part.add(node)
                waiting.append(node)
    ties = {tie for tie, nodes in ends.items() if all(node in part for node in nodes)}
    return part | ties | {node for tie in ties for node in leads.get(tie, ())}
