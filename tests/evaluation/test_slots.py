"""The scorer of told events: what counts as found, on small hand-made records."""

import json

from evaluation import slots


def event(kind, start, end, *roles, **more):
    return {
        "type": kind,
        "trigger": [start, end],
        "roles": [{"role": name, "span": list(span)} for name, span in roles],
    } | more


def gold(kind, start, end, *arguments):
    spans = [{"role": role, "start": a, "end": b} for role, (a, b) in arguments]
    return {"type": kind, "trigger": {"start": start, "end": end}, "arguments": spans}


def test_a_trigger_is_found_by_overlap_once():
    wanted = [gold("Conflict.Attack.Unspecified", 0, 6), gold("Life.Die.Unspecified", 10, 14)]
    got = [event("Attack", 2, 4), event("Attack", 3, 6), event("Meeting", 20, 24), event("Injury", 10, 14)]
    figures = slots.events([({"events": wanted}, {"events": got})])
    assert figures["trigger R"] == 100.0
    assert figures["trigger P"] == 66.7  # the meeting is of a type that no gold type has: not scored
    assert figures["trigger and type F"] == 40.0


def test_gold_outside_the_scheme_is_not_scored():
    figures = slots.events([({"events": [gold("Contact.Contact.Meet", 0, 6)]}, {})])
    assert figures["trigger R"] == 0.0
    assert figures["trigger P"] == 0.0


def test_an_argument_needs_its_role_and_its_own_event():
    wanted = [
        gold("Conflict.Attack.Unspecified", 0, 6, ("Attacker", (8, 12)), ("Place", (14, 18)), ("Target", (20, 24)))
    ]
    place = {"place": {"span": [14, 18]}}
    got = [event("Attack", 0, 6, ("agent", (7, 12)), ("agent", (20, 24)), **place)]
    figures = slots.events([({"events": wanted}, {"events": got})])
    assert figures["argument R"] == 66.7
    assert figures["argument P"] == 66.7


def test_incidents_take_names_by_their_words():
    text = "Ann Lee was shot. Police arrested Bob Ray. Lee, 30, died in Oslo."
    wanted = [
        {"slot": "victim.name", "start": 0, "end": 7, "text": "Ann Lee"},
        {"slot": "shooter.name", "start": 34, "end": 41, "text": "Bob Ray"},
        {"slot": "event.city", "start": 60, "end": 64, "text": "Oslo"},
    ]
    got = [
        event("Shooting", 12, 16, ("victim", (0, 7))),
        event("Arrest", 25, 33, ("agent", (18, 24)), ("target", (34, 41))),
    ]
    figures = slots.incidents([({"text": text, "slots": wanted}, {"events": got})])
    assert figures["victim.name R"] == figures["shooter.name R"] == 100.0
    assert figures["victim.name P"] == figures["shooter.name P"] == 100.0
    assert figures["event.city R"] == 0.0


def test_nested_attributions_are_counted_alone(tmp_path):
    text = "Ann said that Bob said rain fell."
    outer = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[14, 32]]}
    inner = {"source": [[14, 17]], "cue": [[18, 22]], "content": [[23, 32]]}
    record = {"id": "x", "text": text, "attributions": [outer, inner]}
    for name, attributions in (("gold", [outer, inner]), ("all", [inner]), ("none", [outer])):
        (tmp_path / name).write_text(json.dumps(record | {"attributions": attributions}) + "\n", "utf-8")
    assert slots.nested_recall(tmp_path / "gold", tmp_path / "all") == 100.0
    assert slots.nested_recall(tmp_path / "gold", tmp_path / "none") == 0.0
