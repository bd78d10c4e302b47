"""Relate figures of one happening: repeats, corroborates, contradicts, revises, updates.

"14 were killed, police said" / "19 died, the Red Cross said", the same day     contradicts
"14 were killed, police said" / a day later "22 have died, the ministry said"    updates
"14 were killed, police said" / a day later "police said 22 had died"            revises
"over 200,000 marched" / "up to 200,000 marched"                                 nothing: a bound is no figure
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from kg.model import ClaimRelation, Comparator, Figure, Happening, Relation
from kg.resolve.articles.event_digest import EventDigest, days_of
from kg.resolve.claims.figure_scope import (
    FigureScope,
    ScopedFigure,
    are_disjoint,
    is_below,
    is_nested,
    is_same_scope,
)
from kg.resolve.claims.rules import Wording, falls, grows, relation_by
from kg.resolve.claims.voices import LATER, Affiliations, ClaimGroup, compared, figures_by_measure
from kg.resolve.measures import Measure, measure_of

#: stands in `Bounds` for anyone who says so
ANYONE = ""

#: an article, a claimant, a role, and a number that the claimant gives for it there
Stated = tuple[str, str | None, str, float | int | None]

#: days within which a count is updated; a higher one after that is more often of another event
SOON = 14

#: a claimant, and the least and the most that a figure of theirs allows
Bounds = tuple[str, float | int | None, float | int | None]


def relate_figures(happening: Happening, events: Sequence[EventDigest], sides: Affiliations) -> Iterator[ClaimRelation]:
    """Yield the relations between the figures of one happening."""
    extent = FigureScope(happening, events)
    counted = figures_by_measure(happening, extent, events)
    given: dict[Measure, set[Bounds]] = defaultdict(set)
    for what, voices in counted.items():
        bounds = [(v.claimant, v.figure.min, v.figure.max) for v in voices if v.figure and not v.first.narrated]
        given[what.measure] |= {*bounds, *((ANYONE, least, most) for _, least, most in bounds)}
    stated = _stated(events)
    chosen = {what: compared(voices) for what, voices in counted.items()}
    for what, voices in counted.items():
        for voice in voices:
            yield from _repeats(voice)
        yield from _among(what.measure, chosen[what], sides, given[what.measure], stated)
    for inner, outer in is_nested(counted, extent):
        yield from _part_and_whole(inner, outer, chosen, sides, given[inner.measure] | given[outer.measure])


def _stated(events: Sequence[EventDigest]) -> set[Stated]:
    """Return every number of a role that a claimant gives in an article, whatever it counts."""
    figures = ((e, f, measure_of(f)) for e in events for f in e.figures)
    return {(e.ref.article, e.claimant, what.role, figure.value) for e, figure, what in figures if what}


def _among(
    measure: Measure,
    voices: Sequence[ClaimGroup],
    sides: Affiliations,
    given: set[Bounds],
    stated: set[Stated],
) -> Iterator[ClaimRelation]:
    later: dict[int, list[tuple[ClaimGroup, ClaimRelation]]] = defaultdict(list)
    for one, other in combinations(voices, 2):
        if one.claimant != other.claimant and not is_same_scope(one.first, other.first, (measure.counts,)):
            continue
        if one.claimant != other.claimant and _both_in_one(measure, one, other, stated):
            continue
        for found, newer, older in _compare(measure, one, other, sides, given):
            if found.relation is Relation.UPDATES:
                later[voices.index(newer)].append((older, found))
            else:
                yield found
    for links in later.values():
        yield max(links, key=lambda link: (link[0].first.said_on or "", _value(link[0]), link[0].first.ref))[1]


def _both_in_one(measure: Measure, one: ClaimGroup, other: ClaimGroup, stated: set[Stated]) -> bool:
    """Return True if a claimant gives both numbers in one article: they count two things, or one was misread."""
    assert one.figure
    assert other.figure
    if one.figure.value == other.figure.value or one.first.ref.article == other.first.ref.article:
        return False
    pairs = ((one.first, other.figure.value), (other.first, one.figure.value))
    return any((event.ref.article, event.claimant, measure.role, value) in stated for event, value in pairs)


def _compare(
    measure: Measure, one: ClaimGroup, other: ClaimGroup, sides: Affiliations, given: set[Bounds]
) -> Iterator[tuple[ClaimRelation, ClaimGroup, ClaimGroup]]:
    assert one.figure
    assert other.figure
    earlier, later = sorted((one, other), key=_time)
    apart, known = are_disjoint(one.figure, other.figure), _said_before(earlier.first, later.first)
    if rule := _same_source_rule(measure, earlier, later, given) if one.claimant == other.claimant else None:
        if rule == "later-in-article" and LATER & earlier.first.marks and not LATER & later.first.marks:
            earlier, later = later, earlier
        yield _link(rule, later, earlier, measure), later, earlier
    elif one.claimant == other.claimant:
        return
    elif grows(measure.role) and _differ(earlier, later) and (known or _running(one, other)) and _whole(one, other):
        yield from _growth(measure, earlier, later, known=known, given=given)
    elif apart:
        if not (known and grows(measure.role)) and _opposable(one, other, given):
            rule = "disjoint-own-voice" if one.first.narrated or other.first.narrated else "disjoint-figures"
            yield _link(rule, one, other, measure), one, other
    elif _supports(one, other, sides):
        yield _link("agreeing-figures", one, other, measure), one, other


def _same_source_rule(measure: Measure, earlier: ClaimGroup, later: ClaimGroup, given: set[Bounds]) -> str | None:
    """Return the rule for two figures of one source: it repeats, corrects or revises."""
    assert earlier.figure
    assert later.figure
    apart = are_disjoint(earlier.figure, later.figure)
    # an article's own voice that gives what a source said, then what it says now, has revised nothing itself
    echoes = any(_echoes(each, each, given) for each in (earlier, later) if each.first.narrated)
    marked = (earlier.first.marks | later.first.marks) & LATER
    known = _said_before(earlier.first, later.first)
    if (apart or (known and grows(measure.role) and _value(later) > _value(earlier))) and not echoes:
        if "corrected" in later.first.marks:
            return "corrected-figure"
        if known:
            return "later-figure"
        return "later-in-article" if marked and earlier.first.ref.article == later.first.ref.article else None
    if not apart and earlier.figure.value == later.figure.value is not None:
        return "same-number"
    return None


def _growth(
    measure: Measure, earlier: ClaimGroup, later: ClaimGroup, *, known: bool, given: set[Bounds]
) -> Iterator[tuple[ClaimRelation, ClaimGroup, ClaimGroup]]:
    """Relate two counts of what grows, of two sources, of which one is the later."""
    assert earlier.figure
    assert later.figure
    apart = are_disjoint(earlier.figure, later.figure)
    if not known:
        if not apart:
            return
        low, high = sorted((earlier, later), key=_value)
        yield _link("running-count", high, low, measure), high, low
    elif _value(later) > _value(earlier):
        if "corrected" not in earlier.first.marks and not (later.first.narrated and _echoes(later, earlier, given)):
            rule = "later-count" if _days_between(earlier, later) <= SOON else "late-count"
            yield _link(rule, later, earlier, measure), later, earlier
    elif apart and falls(measure.role):
        yield _link("later-count", later, earlier, measure), later, earlier
    elif apart and _opposable(earlier, later, given):
        yield _link("falling-count", later, earlier, measure), later, earlier


def _part_and_whole(
    inner: ScopedFigure,
    outer: ScopedFigure,
    chosen: Mapping[ScopedFigure, Sequence[ClaimGroup]],
    sides: Affiliations,
    given: set[Bounds],
) -> Iterator[ClaimRelation]:
    for part, whole in product(chosen[inner], chosen[outer]):
        if is_same_scope(part.first, whole.first, (inner.measure.counts, outer.measure.counts)):
            yield from _compare_part(inner.measure, part, whole, sides, given)


def _compare_part(
    measure: Measure, part: ClaimGroup, whole: ClaimGroup, sides: Affiliations, given: set[Bounds]
) -> Iterator[ClaimRelation]:
    """Relate a part and its whole: a part cannot be more, and one number for both is agreement."""
    assert part.figure
    assert whole.figure
    before = _said_before(whole.first, part.first)
    if part.claimant == whole.claimant:
        if is_below(whole.figure, part.figure) and before and not part.first.narrated:
            yield _link("later-part-above-whole", part, whole, measure)
    elif is_below(whole.figure, part.figure):
        if grows(measure.role) and (before or "running" in whole.first.marks):
            yield _link("later-count", part, whole, measure)
        elif _opposable(part, whole, given) and not _said_before(part.first, whole.first):
            yield _link("part-above-whole", part, whole, measure)
    elif part.figure.value == whole.figure.value is not None and _supports(part, whole, sides):
        yield _link("agreeing-part", part, whole, measure)


def _repeats(voice: ClaimGroup) -> Iterator[ClaimRelation]:
    for other in voice.others:
        if other.ref.article != voice.first.ref.article:
            wording = Wording(one=voice.words)
            spans = tuple((each.ref.article, f.span) for each in (other,) for f in each.figures if f == voice.figure)
            yield relation_by("same-figure", other.teller, voice.first.teller, wording, spans)


def _link(rule: str, one: ClaimGroup, other: ClaimGroup, measure: Measure) -> ClaimRelation:
    spans = tuple((v.first.ref.article, v.figure.span) for v in (one, other) if v.figure)
    what = " ".join(filter(None, (measure.counts, measure.role)))
    wording = Wording(one.words, other.words, what)
    return relation_by(rule, one.first.teller, other.first.teller, wording, spans)


# ----------------------------------------------------------------------------- conditions


def _time(voice: ClaimGroup) -> tuple[str, str, int, str]:
    return voice.first.said_on or "", voice.first.ref.article, voice.first.start, voice.first.ref.id


def _value(voice: ClaimGroup) -> float:
    figure = voice.figure
    assert figure
    return float(next((n for n in (figure.value, figure.min, figure.max) if n is not None), 0))


def _differ(one: ClaimGroup, other: ClaimGroup) -> bool:
    """Return True if two figures give different numbers, and neither is only a rounding of the other."""
    assert one.figure
    assert other.figure
    if are_disjoint(one.figure, other.figure):
        return True
    exact = {Comparator.EQ, Comparator.GE, Comparator.GT}
    return _value(one) != _value(other) and {one.figure.comparator, other.figure.comparator} <= exact


def _whole(one: ClaimGroup, other: ClaimGroup) -> bool:
    """Return True if neither figure is an upper bound or a vague word: "up to 20" and "dozens" are no later count."""
    return all(v.figure and v.figure.comparator not in {Comparator.LE, Comparator.LT} for v in (one, other))


def _running(one: ClaimGroup, other: ClaimGroup) -> bool:
    """Return True if one figure is marked as a count "so far", or as one that has risen."""
    return any({"running", "later"} & v.first.marks for v in (one, other))


def _one_source(one: ClaimGroup, other: ClaimGroup) -> bool:
    """Return True if two claimants are one source: one entity, or one office named alike in two articles."""
    if one.claimant == other.claimant:
        return True
    same_words = one.nameless and other.nameless and one.name_words == other.name_words
    return same_words and not (one.first.narrated or other.first.narrated)


def _opposable(one: ClaimGroup, other: ClaimGroup, given: set[Bounds]) -> bool:
    """Return True if figures with no number in common contradict: neither passes on the other's.

    An article whose own voice gives another figure than someone in it counts something else: it would say so if not.
    """
    narrated = one.first.narrated or other.first.narrated
    if one.first.ref.article == other.first.ref.article and narrated:
        return False
    if _one_source(one, other):
        return False
    return not _echoes(one, other, given) and not _echoes(other, one, given)


def _said_before(one: EventDigest, other: EventDigest) -> bool:
    """Return True if one was surely said on an earlier day: "in October" is not before the 7th."""
    a, b = days_of(one.said_on), days_of(other.said_on)
    return a is not None and b is not None and a.last < b.first


def _days_between(earlier: ClaimGroup, later: ClaimGroup) -> int:
    a, b = days_of(earlier.first.said_on), days_of(later.first.said_on)
    return b.first - a.last if a and b else 0


def _supports(one: ClaimGroup, other: ClaimGroup, sides: Affiliations) -> bool:
    """Return True if two voices that agree are two sources of different names and sides.

    A source without a name ("officials") may be anyone that another article names.
    """
    known = one.first.ref.article == other.first.ref.article or not (one.nameless or other.nameless)
    named = known and not one.first.narrated and not other.first.narrated
    named = named and not _one_name(one, other)
    bounded = one.figure and other.figure and _bounded(one.figure) and _bounded(other.figure)
    return bool(named and bounded and sides.independent(one, other))


def _echoes(voice: ClaimGroup, other: ClaimGroup, given: set[Bounds]) -> bool:
    """Return True if a figure is passed on: an article's own voice gives a source's; a name may be the other's."""
    assert voice.figure
    bounds = (voice.figure.min, voice.figure.max)
    if voice.first.narrated:
        return (ANYONE, *bounds) in given
    return _one_name(voice, other) and (other.claimant, *bounds) in given


def _one_name(one: ClaimGroup, other: ClaimGroup) -> bool:
    """Return True if all words of one name are in the other's: "air force" may be "Ukrainian air force"."""
    return one.name_words <= other.name_words or other.name_words <= one.name_words


def _bounded(figure: Figure) -> bool:
    return figure.min is not None and figure.max is not None
