"""Relate what claims of one happening assert, deny and blame: denies, accuses, opposes; does_not_know, rules_out.

"drones hit a hospital in Sumy" / "Moscow denied that drones had hit a hospital"   denies
"Kyiv blamed Moscow for the attack" / "Moscow denied responsibility"               denies, and accuses
"he was shot, police said" / "she did not know that he was shot"                   does_not_know: no denial
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from kg.model import ClaimRelation, Happening
from kg.resolve.articles.event_digest import EventDigest, days_of
from kg.resolve.articles.event_groups import days_agree, places_agree
from kg.resolve.articles.wording import Stance, name_stems, names_meet
from kg.resolve.claims.rules import Wording, grows, relation_by
from kg.resolve.claims.voices import Affiliations, ClaimGroup, first_of_each, is_of_days
from kg.resolve.event_families import covers, family_of, is_sided, is_wide
from kg.resolve.measures import PEOPLE, is_own, measure_of

#: words for a participant that may stand for anyone
PRONOUNS = frozenset(
    {"he", "her", "him", "his", "it", "its", "one", "she", "that", "their", "them", "they", "this", "who"}
)


def relate_positions(
    happening: Happening, events: Sequence[EventDigest], sides: Affiliations
) -> Iterator[ClaimRelation]:
    """Yield the relations between claims that an event was, and was not, so, and between those that assign it."""
    of_happening = days_of(happening.edtf)
    events = [
        event
        for event in events
        if not event.narrated and "background" not in event.marks and is_of_days(event, of_happening)
    ]
    yield from _denials(events, sides, happening)
    yield from _responsibility(events, sides)
    yield from _opposed_outcomes(happening, events, sides)


# ----------------------------------------------------------------------------- denials


def _arguments(event: EventDigest) -> tuple[object, ...]:
    groups = tuple(sorted(event.groups)) if event.kinship.effect else ()
    return event.type, event.doer, event.undergoer, event.place or "", groups, event.stance


def _denials(events: Sequence[EventDigest], sides: Affiliations, happening: Happening) -> Iterator[ClaimRelation]:
    bearing = [e for e in events if e.negative and _is_past(e) and (e.main or not e.stance)]
    negatives = list(first_of_each(bearing, _arguments))
    asserted = [e for e in events if not e.negative and e.asserted and e.stance in {"", Stance.ACCUSES}]
    positives = list(first_of_each(asserted, _arguments)) if negatives else []
    for no, yes in product(negatives, positives):
        if no.claimant == yes.claimant or sides.shared(no, yes) or not _same_event(no.first, yes.first, happening):
            continue
        if rule := _denial_rule(no.first, yes.first):
            wording = Wording(no.words, _quoted(yes.first), "")
            spans = tuple(
                (e.ref.article, f.span) for e in (no.first, yes.first) for f in e.figures[:1] if f.value is not None
            )
            yield relation_by(rule, no.first.teller, yes.first.teller, wording, spans if len(spans) > 1 else ())


def _denial_rule(no: EventDigest, yes: EventDigest) -> str | None:
    """Return the rule by which a negative claim stands to a positive one of the same event; None for none."""
    if no.stance == Stance.UNAWARE:
        return "unaware-of"
    if no.stance == Stance.RULES_OUT:
        return "ruled-out"
    if no.stance == Stance.DENIES:
        return "denies-event"
    if no.stance:
        return None
    roles = {what.role for figure in no.figures if figure.value == 0 and (what := measure_of(figure))}
    counted = bool(roles & {what.role for figure in yes.figures if (what := measure_of(figure))})
    if any(grows(role) for role in roles) and (_is_later(yes, no) or "running" in no.marks or "arrested" in roles):
        return None  # "no arrests have been made", then three were: see _none_so_far
    return "denies-none" if counted or roles else "says-not-so"


def _is_past(event: EventDigest) -> bool:
    return event.asserted or event.stance in {Stance.UNAWARE, Stance.RULES_OUT}


def _same_event(no: EventDigest, yes: EventDigest, happening: Happening) -> bool:
    """Return True if a negative and a positive claim have one predicate with the same arguments.

    Arguments that both name must agree, and one must, or an article of its own sets the two side by side.
    """
    if not covers(no.type, yes.type) or not days_agree(no.days, yes.days) or not _one_place(no, yes, happening):
        return False
    if no.kinship.effect:
        return _covers_group(no, yes)
    agents, patients = _agents_agree(no, yes), _agree(no.undergoer, yes.undergoer)
    if agents is False or patients is False:
        return False
    same_words = no.trigger[:4] == yes.trigger[:4] and no.ref.article == yes.ref.article
    return bool(agents or patients or same_words or _names_place(no, yes))


def _one_place(no: EventDigest, yes: EventDigest, happening: Happening) -> bool:
    if no.place and yes.place:
        return places_agree(no, yes)
    if no.ref.article == yes.ref.article:
        return True
    family = family_of(happening.type).kin
    return not is_wide(family) or not (no.place or yes.place)


def _names_place(no: EventDigest, yes: EventDigest) -> bool:
    return bool(no.place and no.place == yes.place)


def _agree(one: str, other: str) -> bool | None:
    """Return whether two participants are one by their words; None where either is not named."""
    a, b = _head_words(one), _head_words(other)
    return bool(a & b) if a and b else None


def _agents_agree(one: EventDigest, other: EventDigest) -> bool | None:
    """Return whether two doers are one: "its forces", said by Moscow, and "Russian drones"; None where either is unknown."""
    a, b = (name_stems(_doer_name(event)) for event in (one, other))
    return bool(a & b) if a and b else None


def _doer_name(event: EventDigest) -> str:
    """Return who did it; for "its forces" the claimant."""
    return event.claimant or "" if event.doer and is_own(event.doer) else event.doer


def _head_words(label: str) -> set[str]:
    return {word[:5] for word in label.replace("'s", "").split() if word not in PRONOUNS and len(word) > 2}


def _covers_group(no: EventDigest, yes: EventDigest) -> bool:
    """Return True if "no X were killed" speaks of those who, the other says, were: the same group, people, or no group."""
    if no.rest or yes.rest:
        return False
    patients = _agree(no.undergoer, yes.undergoer)
    counted = any(figure.value == 0 for figure in no.figures)
    bare = not (no.undergoer or yes.undergoer or no.figures or yes.figures) and _names_place(no, yes)
    if not (counted or bare or patients):
        return False
    return not no.groups or PEOPLE in no.groups or bool(no.groups & yes.groups)


def _is_later(one: EventDigest, other: EventDigest) -> bool:
    a, b = days_of(one.said_on), days_of(other.said_on)
    return a is not None and b is not None and a.first > b.last


def _quoted(event: EventDigest) -> str:
    """Return an event in the words that name it: "shelled market", "two people killed"."""
    counts = event.figures[0].text if event.figures else ""
    return " ".join(filter(None, (counts or event.undergoer, event.trigger)))


# ----------------------------------------------------------------------------- responsibility


def _responsibility(events: Sequence[EventDigest], sides: Affiliations) -> Iterator[ClaimRelation]:
    """Yield what accusations are to each other, and to the answers of those accused."""
    assigned = [e for e in events if e.accused and not (e.negative and e.stance == Stance.ACCUSES)]
    accusations = list(first_of_each(assigned, lambda e: (e.accused, e.stance)))
    for i, one in enumerate(accusations):
        for other in accusations[i + 1 :]:
            if _rivals(one, other, sides):
                wording = Wording(_called(one.first.accused), _called(other.first.accused))
                yield relation_by("different-culprits", one.first.teller, other.first.teller, wording)
    answers = [e for e in events if e.stance in {Stance.DENIES, Stance.DENIES_ROLE, Stance.ADMITS} and e.claimant]
    for one, answer in product(accusations, list(first_of_each(answers, lambda e: (e.stance,)))):
        if one.first.stance != Stance.ACCUSES or not names_meet(one.first.accused, answer.claimant):
            continue
        if answer.claimant != one.claimant and _of_one_kind(one.first, answer.first):
            who = Wording(_called(answer.claimant), _called(answer.claimant))
            if answer.first.stance != Stance.ADMITS:
                yield relation_by("denies-responsibility", answer.first.teller, one.first.teller, who)
            wording = Wording(_called(one.claimant), _called(answer.claimant))
            yield relation_by("accused-answers", one.first.teller, answer.first.teller, wording)


def _rivals(one: ClaimGroup, other: ClaimGroup, sides: Affiliations) -> bool:
    """Return True if two claims hold different parties responsible for one event."""
    if one.claimant == other.claimant or sides.shared(one, other):
        return False
    a, b = one.first.accused, other.first.accused
    return not names_meet(a, b) and _of_one_kind(one.first, other.first)


def _of_one_kind(one: EventDigest, other: EventDigest) -> bool:
    """Return True if two events may be what both speak of: one family, and neither days nor places that differ."""
    same = one.kinship.kin == other.kinship.kin or one.kinship.effect or other.kinship.effect
    return same and days_agree(one.days, other.days) and places_agree(one, other)


def _called(name: str) -> str:
    words = [word for word in name.rsplit("/", 1)[-1].split("-") if not word.isdigit()]
    return " ".join(words)


# ----------------------------------------------------------------------------- opposed outcomes


def _opposed_outcomes(
    happening: Happening, events: Sequence[EventDigest], sides: Affiliations
) -> Iterator[ClaimRelation]:
    """Yield opposed accounts of one fight: a place was taken; an attack on it was repelled."""
    one_place = not is_sided(family_of(happening.type).kin) and not is_wide(family_of(happening.type).kin)
    fights = [e for e in events if e.kinship.kin == "fighting" and e.kinship.side and not e.negative]
    voices = list(
        first_of_each(fights, lambda e: (e.type, e.place or (one_place and happening.place) or e.ref.article))
    )
    for attack, defence in product(voices, voices):
        if (attack.first.kinship.side, defence.first.kinship.side) != ("attack", "defence"):
            continue
        places = {v.first.place or (one_place and happening.place) or v.first.ref.article for v in (attack, defence)}
        if len(places) == 1 and attack.claimant != defence.claimant and not sides.shared(attack, defence):
            wording = Wording(attack.first.trigger, defence.first.trigger)
            yield relation_by("opposed-outcomes", attack.first.teller, defence.first.teller, wording)


# ----------------------------------------------------------------------------- none so far


def relate_none_so_far(events: Sequence[EventDigest]) -> Iterator[ClaimRelation]:
    """Yield what updates a count of none: "no arrests have been made", then "two men were arrested" or charged."""
    none = [(e, role) for e in events if e.negative and not (e.stance or e.rest) for role in _counted_none(e)]
    if not none:
        return
    some = [e for e in events if not e.negative and e.asserted and "background" not in e.marks and not e.stance]
    seen: set[tuple[str, str]] = set()
    for (no, role), yes in product(none, sorted(some, key=lambda e: (e.said_on or "9", e.ref.article, e.start))):
        pair = (no.ref.article, yes.ref.article)
        if pair in seen or not _is_later(yes, no) or not _happened_since(yes, role):
            continue
        seen.add(pair)
        wording = Wording(_quoted(yes), _quoted(no), role)
        spans = tuple((e.ref.article, e.figures[0].span) for e in (yes, no) if e.figures)
        yield relation_by("none-so-far", yes.teller, no.teller, wording, spans if len(spans) > 1 else ())


def _counted_none(event: EventDigest) -> list[str]:
    """Return what a claim counts none of: "no arrests", "nobody was hurt"."""
    roles = [what.role for f in event.figures if f.value == 0 and (what := measure_of(f)) and grows(what.role)]
    return roles or (["arrested"] if event.type == "Arrest" else [])


def _happened_since(event: EventDigest, role: str) -> bool:
    """Return True if an event is what there was none of: arrests, also where it is only said that someone was charged."""
    if role == "arrested":
        return event.type in {"Arrest", "Charge"}
    counted = (f for i, f in enumerate(event.figures) if f.value and i not in event.rest)
    return any((what := measure_of(f)) and what.role == role for f in counted)
