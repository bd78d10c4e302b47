"""Read the files of ontology/: terms and shapes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import MissingError
from kg.graph.syntax import parse_turtle
from kg.graph.vocab import KGV, SKOS

TERMS = "kg.ttl"
SHAPES = "shapes.ttl"


def path(name: str) -> Path:
    """Find a file of the ontology: in the installed package, or in the checkout of an editable install."""
    packaged = Path(__file__).parents[1] / "ontology" / name
    checkout = Path(__file__).parents[2] / "ontology" / name
    for each in (packaged, checkout):
        if each.is_file():
            return each
    raise MissingError(f"no ontology/{name}", fix="Reinstall newsclaims, which includes the ontology.")


@cache
def values() -> dict[str, str]:
    """Read every controlled value and event type with its label: {"eq": "exactly"}."""
    triples = list(parse_turtle(path(TERMS)))
    ours = {subject for subject, predicate, _ in triples if predicate == SKOS.inScheme and subject.startswith(_KGV)}
    labels = {
        subject: value for subject, predicate, value in triples if predicate == SKOS.prefLabel and subject in ours
    }
    return {_local(term): label[1 : label.rindex('"')] for term, label in sorted(labels.items())}


@cache
def event_types() -> dict[str, tuple[str, str]]:
    """Map each event type to its family and label: {"DroneStrike": ("Attack", "drone strike")}; a family maps to itself."""
    broader: dict[str, str] = {}
    labels: dict[str, str] = {}
    for subject, predicate, value in parse_turtle(path(TERMS)):
        if not subject.startswith(_KGV):
            continue
        if predicate == SKOS.prefLabel:
            labels[_local(subject)] = value[1 : value.rindex('"')]
        elif predicate == SKOS.broader:
            broader[_local(subject)] = _local(value)
        elif predicate == SKOS.topConceptOf:
            broader[_local(subject)] = _local(subject)
    return {name: (family, labels[name]) for name, family in broader.items()}


_KGV = f"<{KGV.base}"


def _local(term: str) -> str:
    return term.removeprefix(_KGV).removesuffix(">")
