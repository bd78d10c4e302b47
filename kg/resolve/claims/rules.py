"""Make a relation between two claims by a rule of rules.tsv, with its reason in words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.model import CharSpan, ClaimRelation, Ref, Relation
from kg.text_tables import read_rows

COLUMNS = ("rule", "relation", "basis", "confidence", "reason", "compatible_if")


class Rule(NamedTuple):
    """A row of rules.tsv."""

    relation: Relation
    basis: str
    confidence: float
    reason: str
    compatible_if: str


class Wording(NamedTuple):
    """What a reason names: the words of the two claims, and what both count."""

    one: str = ""
    other: str = ""
    what: str = ""


@cache
def rules() -> dict[str, Rule]:
    """Return all rules by name."""
    rows = [row for row, _ in read_rows(Path(__file__).with_name("rules.tsv"), COLUMNS)]
    return {
        row["rule"]: Rule(
            Relation(row["relation"]), row["basis"], float(row["confidence"]), row["reason"], row["compatible_if"]
        )
        for row in rows
    }


def relation_by(
    name: str, source: Ref, target: Ref, wording: Wording, spans: tuple[tuple[str, CharSpan], ...] = ()
) -> ClaimRelation:
    """Return the relation that a rule makes of two claims; ``spans`` are the words that it rests on."""
    rule = rules()[name]
    reason = rule.reason.format(**wording._asdict())
    return ClaimRelation(
        source, target, rule.relation, name, rule.basis, spans, rule.confidence, reason, rule.compatible_if
    )


@cache
def _growing() -> dict[str, bool]:
    rows = read_rows(Path(__file__).with_name("growing.tsv"), ("role", "falls"))
    return {row["role"]: bool(row["falls"]) for row, _ in rows}


def grows(role: str) -> bool:
    """Return True if a later, higher count of this updates an earlier one: killed, injured, arrested."""
    return role in _growing()


def falls(role: str) -> bool:
    """Return True if a later count may also be lower: missing, evacuated."""
    return _growing().get(role, False)
