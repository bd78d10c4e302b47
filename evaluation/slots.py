"""Score what is told: events and their arguments (WikiEvents), who, where and when of incidents (GVDB), nesting (GUM).

Gold and found records are paired by "id"; a missing record counts as empty. Figures are percentages.

events      a trigger is found where one overlaps it, one to one. Gold types outside our scheme (wikievents_types.tsv) are
            not scored, nor are found events whose type no gold type has. An argument is found where a role that counts as
            the same (wikievents_roles.tsv) overlaps it, in the event found for its own.
incidents   recall of the gold slots by what an event of any type has in that role, by overlap or, for names and places, by
            the same words; precision for named victims and shooters (of the names found in the role, how many are gold's).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evaluation import score as scorer

Record = dict[str, Any]
Span = tuple[int, int]
HERE = Path(__file__).parent

#: who is charged with a deed is looked for as its shooter, whatever the verb makes of him
HELD = frozenset({"Arrest", "Charge", "Sentence", "Trial", "Search", "Verdict", "Plea", "Hearing"})
DEEDS = frozenset({"Shooting", "Killing", "Death", "Injury", "Attack", "Robbery", "Beating"})

#: the roles of ours that a slot of GVDB is looked for in
SLOTS: Mapping[str, tuple[str, ...]] = {
    "victim.name": ("victim", "target"),
    "victim.age": ("victim", "target"),
    "shooter.name": ("shooter",),
    "shooter.age": ("shooter",),
    "event.city": ("place",),
    "event.details": ("place",),
    "event.time-day": ("time",),
    "event.clock-time": ("time",),
    "event.type-of-gun": ("instrument",),
    "event.number-of-shots-fired": ("figure",),
}


def score(kind: str, gold: Path, found: Path) -> dict[str, float]:
    """The figures of one gold file: ``kind`` is "events" (WikiEvents) or "incidents" (GVDB)."""
    records = {record["id"]: record for record in scorer.load(found)}
    pairs = [(record, records.get(record["id"], {})) for record in scorer.load(gold)]
    return events(pairs) if kind == "events" else incidents(pairs)


def nested_recall(gold: Path, found: Path) -> float:
    """Of the gold attributions that stand within another's content, the percentage that was found."""
    records = {record["id"]: record for record in scorer.load(found)}
    hits = total = 0
    for record in scorer.load(gold):
        wanted = scorer.roles(record)
        nested = [
            i for i, inner in enumerate(wanted) if any(_within(inner, outer) for outer in wanted if outer is not inner)
        ]
        got = scorer.roles(records.get(record["id"], {}))
        matched = scorer.match(scorer.Words(record["text"]), wanted, got)
        hits += sum(i in matched for i in nested)
        total += len(nested)
    return _percent(hits, total)


def _within(inner: Record, outer: Record) -> bool:
    content = scorer.chars(outer["content"])
    cue = scorer.chars(inner["cue"]) or scorer.chars(inner["content"])
    return bool(cue) and cue <= content


# --------------------------------------------------------------------------- WikiEvents


def events(pairs: list[tuple[Record, Record]]) -> dict[str, float]:
    """Triggers and arguments of WikiEvents."""
    types, roles = _table("wikievents_types"), _table("wikievents_roles")
    inside = frozenset(name for family in types.values() for name in family)
    triggers, typed, arguments = [0, 0, 0], [0, 0, 0], [0, 0, 0]
    for gold, found in pairs:
        wanted = [event for event in gold["events"] if _family(event["type"], types)]
        got = [event for event in found.get("events", []) if event["type"] in inside]
        matched = match_triggers(wanted, got, types)
        _add(triggers, len(matched), len(got), len(wanted))
        same = [i for i, k in matched.items() if got[k]["type"] in _family(wanted[i]["type"], types)]
        _add(typed, len(same), len(got), len(wanted))
        for i, event in enumerate(wanted):
            slots = [a for a in event["arguments"] if a["role"] in roles]
            own = list(_stated(got[matched[i]])) if i in matched else []
            hits = sum(any(name in roles[a["role"]] and _overlap(span, _span(a)) for name, span in own) for a in slots)
            _add(arguments, hits, 0, len(slots))
        arguments[1] += sum(
            sum(name in {"agent", "target", "victim", "instrument", "place"} for name, _ in _stated(e)) for e in got
        )
    return {
        **{f"trigger {m}": scorer.prf(*triggers)[m] for m in "PRF"},
        "trigger and type F": scorer.prf(*typed)["F"],
        **{f"argument {m}": scorer.prf(*arguments)[m] for m in "PRF"},
    }


def match_triggers(wanted: list[Record], got: list[Record], types: Mapping[str, frozenset[str]]) -> dict[int, int]:
    """Gold index -> found index where the triggers overlap, one to one; one of the same type first."""
    pairs = []
    for i, event in enumerate(wanted):
        for k, other in enumerate(got):
            if _overlap(_span(event["trigger"]), (other["trigger"][0], other["trigger"][1])):
                pairs.append((other["type"] not in _family(event["type"], types), i, k))
    matched: dict[int, int] = {}
    for _, i, k in sorted(pairs):
        if i not in matched and k not in matched.values():
            matched[i] = k
    return matched


# --------------------------------------------------------------------------- GVDB


def incidents(pairs: list[tuple[Record, Record]]) -> dict[str, float]:
    """Who, where and when of GVDB's incidents."""
    recall = {slot: [0, 0] for slot in SLOTS}
    names = {"victim": [0, 0], "shooter": [0, 0]}
    for gold, found in pairs:
        text = gold["text"]
        told = [each for event in found.get("events", []) for each in (*_roles(event), *_shooters(event))]
        for slot in gold.get("slots", []):
            wanted = SLOTS.get(slot["slot"])
            if wanted is None:
                continue
            hit = any(
                name in wanted and (_overlap(span, _span(slot)) or _alike(text, span, slot)) for name, span in told
            )
            recall[slot["slot"]][0] += hit
            recall[slot["slot"]][1] += 1
        for person, role in (("victim", "victim"), ("shooter", "shooter")):
            gold_names = [s["text"] for s in gold.get("slots", []) if s["slot"] == f"{person}.name"]
            labels = {text[a:b] for name, (a, b) in told if name == role and _named(text[a:b])}
            if gold_names:
                names[person][0] += sum(any(scorer.alike(label, name) for name in gold_names) for label in labels)
                names[person][1] += len(labels)
    figures = {f"{slot} R": _percent(*recall[slot]) for slot in SLOTS}
    return figures | {f"{person}.name P": _percent(*names[person]) for person in names}


def _shooters(event: Record) -> Iterator[tuple[str, Span]]:
    kind = event["type"]
    wanted = "agent" if kind in DEEDS else "target" if kind in HELD else None
    yield from (("shooter", span) for name, span in _roles(event) if name == wanted)


def _alike(text: str, span: Span, slot: Record) -> bool:
    return slot["slot"] in {"victim.name", "shooter.name", "event.city"} and scorer.alike(
        text[span[0] : span[1]], slot["text"]
    )


def _named(label: str) -> bool:
    words = label.split()
    return len(words) >= 2 and all(word[:1].isupper() for word in words)


# --------------------------------------------------------------------------- both


def _roles(event: Record) -> Iterator[tuple[str, Span]]:
    """What an event has, each under the name of its role: also place, time and figure."""
    for role in event.get("roles", []):
        yield role["role"], (role["span"][0], role["span"][1])
    for place in [event.get("place"), *event.get("places", [])]:
        if place and place.get("span"):
            yield "place", (place["span"][0], place["span"][1])
    time = event.get("time")
    if time and time.get("span"):
        yield "time", (time["span"][0], time["span"][1])
    for figure in event.get("figures", []):
        yield "figure", (figure["span"][0], figure["span"][1])


def _stated(event: Record) -> Iterator[tuple[str, Span]]:
    """What an event has, but for a place that it inherits: WikiEvents marks arguments where they are told."""
    inherits = event.get("place_basis") == "inherited"
    yield from ((name, span) for name, span in _roles(event) if not (inherits and name == "place"))


def _table(name: str) -> dict[str, frozenset[str]]:
    lines = (HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {gold: frozenset(ours.split()) for gold, ours in rows[1:]}


def _family(kind: str, types: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found = [family for start, family in types.items() if kind.startswith(start)]
    return found[0] if found else frozenset()


def _span(value: Mapping[str, Any]) -> Span:
    return value["start"], value["end"]


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _add(tally: list[int], *numbers: int) -> None:
    for i, number in enumerate(numbers):
        tally[i] += number


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
