"""What claims of one happening are to each other: repeats, corroborates, contradicts, opposes, revises, denies.

Claims that say the same by the same claimant are one voice: they are tied to the first of them (repeats), and only the
first is compared with other voices. So cost grows with voices, not with articles, and reach is never taken for support.
No side is taken: a relation says on what basis two claims are held together or apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product
from typing import NamedTuple

from kg.model import Attribution, ClaimRelation, Extraction, Figure, Happening, Kind, Polarity, Ref, Relation
from kg.resolve.articles.event_digest import EventDigest, days_of
from kg.resolve.claims.figure_scope import (
    FigureScope,
    ScopedFigure,
    are_disjoint,
    is_below,
    is_nested,
    is_same_scope,
    stated_parts,
)
from kg.resolve.event_families import covers, family_of, is_sided, is_wide
from kg.resolve.measures import PEOPLE, Measure, measure_of

#: on what each relation rests
BASES = {
    Relation.REPEATS: "same_statement",
    Relation.DENIES: "opposite_polarity",
    Relation.OPPOSES: "opposed_outcome",
    Relation.REVISES: "same_claimant_later",
    Relation.CONTRADICTS: "disjoint_intervals",
    Relation.CORROBORATES: "same_statement",
}


#: voices without a name of their own, alike in words and figure, of which any more are not compared with others
FEW = 10

#: stands in `Bounds` for whoever says so
ANYONE = ""

#: a claimant, and the least and the most that a figure of theirs allows
Bounds = tuple[str, float | int | None, float | int | None]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """One claimant's figure, or position, of one happening: the first claim that gives it, and all that repeat it."""

    claimant: str
    first: EventDigest
    others: tuple[EventDigest, ...]
    figure: Figure | None = None


class Position(NamedTuple):
    """That an event of a type was, or was not, so; of an effect also whom it befell."""

    type: str
    negative: bool
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Affiliations:
    """Who speaks for whom: entity -> parties; and which articles are copies of which."""

    parties: Mapping[str, frozenset[str]]
    copies: Mapping[str, str]

    def shared(self, one: ClaimGroup, other: ClaimGroup) -> frozenset[str]:
        """The parties that both are of."""
        return self.parties.get(one.claimant, frozenset()) & self.parties.get(other.claimant, frozenset())

    def independent(self, one: ClaimGroup, other: ClaimGroup) -> bool:
        """Whether two voices may support each other: neither one party, nor one text told twice in its own voice."""
        texts = {self.copies.get(v.first.ref.article, v.first.ref.article) for v in (one, other)}
        return not self.shared(one, other) and (len(texts) > 1 or not (one.first.narrated or other.first.narrated))


def relate(
    happenings: Iterable[Happening], told: Mapping[Ref, EventDigest], sides: Affiliations
) -> Iterator[ClaimRelation]:
    """The relations between claims of each happening, in an order of their own."""
    for happening in happenings:
        events = [told[ref] for ref in happening.events if ref in told and told[ref].claimant]
        yield from _of_figures(happening, events, sides)
        yield from _of_positions(happening, events, sides)


def relate_checks(extractions: Iterable[Extraction]) -> Iterator[ClaimRelation]:
    """What articles say of claims in so many words: could not verify, has not acknowledged, denied."""
    for extraction in extractions:
        article = extraction.article.id
        known = {said.id: said.claimant.id if said.claimant else None for said in extraction.attributions}
        tellers = {event.told_by for event in extraction.events}
        for said in extraction.attributions:
            relation = _check(said)
            if relation is Relation.DENIES and said.id in tellers:
                continue  # it says itself what was not so
            for other in said.about if relation else ():
                # of one's own claims one is not silent: such a sentence speaks of something else
                if relation and other in known and (not said.claimant or said.claimant.id != known[other]):
                    spans = tuple((article, span) for span in said.cue)
                    basis = "text_marked"
                    yield ClaimRelation(
                        Ref(article, said.id), Ref(article, other), relation, "about", basis, spans, said.confidence
                    )


def _check(said: Attribution) -> Relation | None:
    if said.kind is Kind.VERIFICATION:
        return {"could_not_verify": Relation.COULD_NOT_VERIFY, "refuted": Relation.DENIES}.get(said.outcome or "")
    if said.kind is Kind.NON_STATEMENT:
        return Relation.NOT_ACKNOWLEDGED
    return Relation.DENIES if said.polarity is Polarity.NEGATIVE else None


# ----------------------------------------------------------------------------- figures


def _of_figures(happening: Happening, events: Sequence[EventDigest], sides: Affiliations) -> Iterator[ClaimRelation]:
    extent = FigureScope(happening, events)
    counted = _counted(extent, events)
    said: dict[Measure, set[Bounds]] = defaultdict(set)
    for what, voices in counted.items():
        bounds = [(v.claimant, v.figure.min, v.figure.max) for v in voices if v.figure and not v.first.narrated]
        said[what.measure] |= {*bounds, *((ANYONE, least, most) for _, least, most in bounds)}
    compared = {what: _compared(voices) for what, voices in counted.items()}
    for what, voices in counted.items():
        for voice in voices:
            yield from _repeats(voice)
        for one, other in combinations(compared[what], 2):
            if one.claimant == other.claimant or is_same_scope(one.first, other.first, (what.measure.counts,)):
                yield from _compare(one, other, sides, said[what.measure])
    for inner, outer in is_nested(counted, extent):
        heard = said[inner.measure] | said[outer.measure]
        for part, whole in product(compared[inner], compared[outer]):
            if is_same_scope(part.first, whole.first, (inner.measure.counts, outer.measure.counts)):
                yield from _compare_part(part, whole, sides, heard)


def _counted(extent: FigureScope, events: Sequence[EventDigest]) -> dict[ScopedFigure, list[ClaimGroup]]:
    """By what is counted: the voices, each claimant's every figure once; a teller who gives two that are apart is not heard."""
    said: dict[ScopedFigure, list[tuple[EventDigest, Figure]]] = defaultdict(list)
    parts = stated_parts(events)
    by_teller: dict[Ref, list[EventDigest]] = defaultdict(list)
    for event in events:
        by_teller[event.teller].append(event)
    for event in events:
        scope = extent.scope(event, by_teller[event.teller])
        for figure in event.figures:
            what = measure_of(figure)
            if (event.ref.article, figure.span) in parts:
                continue
            if scope and what and not event.negative and (figure.min is not None or figure.max is not None):
                said[ScopedFigure(what, scope)].append((event, figure))
    voices = {}
    for count in sorted(said, key=lambda each: (each.measure, sorted(each.scope))):
        by_claimant: dict[tuple[str, str, str], list[tuple[EventDigest, Figure]]] = defaultdict(list)
        for event, figure in _clear(said[count]):
            by_claimant[event.claimant or "", str(figure.min), str(figure.max)].append((event, figure))
        voices[count] = [_voice(name[0], by_claimant[name]) for name in sorted(by_claimant)]
    return voices


def _clear(tellings: Sequence[tuple[EventDigest, Figure]]) -> list[tuple[EventDigest, Figure]]:
    """Without those whose teller, in one breath, gives figures that are apart: what each counts is not understood."""
    by_teller: dict[tuple[str, str | None], list[Figure]] = defaultdict(list)
    for event, figure in tellings:
        by_teller[event.ref.article, event.claimant].append(figure)
    torn = {who for who, figures in by_teller.items() if any(are_disjoint(a, b) for a, b in combinations(figures, 2))}
    return [each for each in tellings if (each[0].ref.article, each[0].claimant) not in torn]


def _voice(claimant: str, tellings: Sequence[tuple[EventDigest, Figure]]) -> ClaimGroup:
    ordered = sorted(tellings, key=lambda each: (each[0].said_on or "9", each[0].ref))
    seen: dict[Ref, EventDigest] = {}
    for event, _ in ordered:
        seen.setdefault(event.teller, event)
    first, *others = seen.values()
    return ClaimGroup(claimant, first, tuple(others), ordered[0][1])


def _compared(voices: Sequence[ClaimGroup]) -> list[ClaimGroup]:
    """All voices with a name; of "officials" who say alike, and of articles' own voices, the first FEW.

    Else a night that thousands of articles tell would bring each of them together with each.
    """
    count: Counter[tuple[object, ...]] = Counter()
    kept = []
    for voice in voices:
        nameless = voice.first.narrated or _nameless(voice)
        words = () if voice.first.narrated else tuple(sorted(_words(voice.claimant)))
        like = (words, voice.figure and (voice.figure.min, voice.figure.max))
        count[like] += nameless
        if not nameless or count[like] <= FEW:
            kept.append(voice)
    return kept


def _repeats(voice: ClaimGroup) -> Iterator[ClaimRelation]:
    for other in voice.others:
        if other.ref.article != voice.first.ref.article:
            yield _relation(other, voice.first, Relation.REPEATS, "same-figure", 0.9, voice.figure)


def _compare(one: ClaimGroup, other: ClaimGroup, sides: Affiliations, said: set[Bounds]) -> Iterator[ClaimRelation]:
    assert one.figure
    assert other.figure
    apart = are_disjoint(one.figure, other.figure)
    earlier, later = sorted((one, other), key=lambda v: (v.first.said_on or "", v.first.ref))
    grown = _said_before(earlier.first, later.first)
    if one.claimant == other.claimant:
        # an article's own voice that gives what another said, then what he says now, has revised nothing itself
        told_on = any(_echoes(each, each, said) for each in (one, other) if each.first.narrated)
        if apart and grown and not told_on:
            yield _between(later, earlier, Relation.REVISES, "later-figure", 0.7)
        elif not apart and one.figure.value == other.figure.value is not None:
            yield _between(later, earlier, Relation.REPEATS, "same-number", 0.8)
    elif apart:
        if _opposable(one, other, said):
            yield _between(one, other, Relation.CONTRADICTS, "disjoint-figures", 0.8)
    elif _supports(one, other, sides):
        yield _between(one, other, Relation.CORROBORATES, "agreeing-figures", 0.7)


def _compare_part(
    part: ClaimGroup, whole: ClaimGroup, sides: Affiliations, said: set[Bounds]
) -> Iterator[ClaimRelation]:
    """Of a part of what another counts: it cannot be more; and who gives the very number for either says the same."""
    assert part.figure
    assert whole.figure
    if part.claimant == whole.claimant:
        if is_below(whole.figure, part.figure) and _said_before(whole.first, part.first) and not part.first.narrated:
            yield _between(part, whole, Relation.REVISES, "later-part-above-whole", 0.6)
    elif is_below(whole.figure, part.figure):
        if _opposable(part, whole, said):
            yield _between(part, whole, Relation.CONTRADICTS, "part-above-whole", 0.7)
    elif part.figure.value == whole.figure.value is not None and _supports(part, whole, sides):
        yield _between(part, whole, Relation.CORROBORATES, "agreeing-figures", 0.6)


def _opposable(one: ClaimGroup, other: ClaimGroup, said: set[Bounds]) -> bool:
    """Whether figures that are apart stand against each other: neither tells the other's on, nor has the toll grown since.

    An article whose own voice gives another figure than someone in it counts something else: it would say so if not.
    """
    if one.first.ref.article == other.first.ref.article and (one.first.narrated or other.first.narrated):
        return False
    earlier, later = sorted((one, other), key=lambda v: (v.first.said_on or "", v.first.ref))
    grown = one.first.kinship.effect and _said_before(earlier.first, later.first)
    return not grown and not _echoes(one, other, said) and not _echoes(other, one, said)


def _said_before(one: EventDigest, other: EventDigest) -> bool:
    """Whether one was surely said on an earlier day: "in October" is not before the 7th."""
    a, b = days_of(one.said_on), days_of(other.said_on)
    return a is not None and b is not None and a.last < b.first


def _supports(one: ClaimGroup, other: ClaimGroup, sides: Affiliations) -> bool:
    """Whether two voices that agree are two sources: both name one, of different names and sides, and count alike.

    Who has no name of their own ("officials") may be anyone that another article names.
    """
    known = one.first.ref.article == other.first.ref.article or not (_nameless(one) or _nameless(other))
    named = known and not one.first.narrated and not other.first.narrated
    named = named and not _one_name(one.claimant, other.claimant)
    bounded = one.figure and other.figure and _bounded(one.figure) and _bounded(other.figure)
    return bool(named and bounded and sides.independent(one, other))


def _echoes(voice: ClaimGroup, other: ClaimGroup, said: set[Bounds]) -> bool:
    """Whether a figure is another's, told on: an article's own voice gives what someone said; a name may be the other's."""
    assert voice.figure
    bounds = (voice.figure.min, voice.figure.max)
    if voice.first.narrated:
        return (ANYONE, *bounds) in said
    return _one_name(voice.claimant, other.claimant) and (other.claimant, *bounds) in said


def _one_name(one: str, other: str) -> bool:
    """Whether all words of one name are in the other's: "air force" may be "Ukrainian air force"."""
    a, b = _words(one), _words(other)
    return a <= b or b <= a


def _nameless(voice: ClaimGroup) -> bool:
    """Whether the claimant is known from one article alone: such ids hold its name."""
    return voice.claimant.count("/") > 1


def _words(actor: str) -> set[str]:
    return {word for word in actor.rsplit("/", 1)[-1].split("-") if not word.isdigit()}


def _between(one: ClaimGroup, other: ClaimGroup, relation: Relation, rule: str, confidence: float) -> ClaimRelation:
    spans = tuple((v.first.ref.article, v.figure.span) for v in (one, other) if v.figure)
    return ClaimRelation(one.first.teller, other.first.teller, relation, rule, BASES[relation], spans, confidence)


def _bounded(figure: Figure) -> bool:
    return figure.min is not None and figure.max is not None


# ----------------------------------------------------------------------------- positions: that it was, or was not, so


def _of_positions(happening: Happening, events: Sequence[EventDigest], sides: Affiliations) -> Iterator[ClaimRelation]:
    """Between claimants who say that an event of one type and place was, and was not, so, or who take opposed sides."""
    by_place: dict[str, dict[Position, list[ClaimGroup]]] = defaultdict(dict)
    for (place, position), voices in _positions(happening, events).items():
        by_place[place][position] = voices
    for positions in by_place.values():
        for (one, ones), (other, others) in permutations(positions.items(), 2):
            if found := _opposed(one, other):
                relation, rule, confidence = found
                for a, b in product(ones, others):
                    if a.claimant != b.claimant and not sides.shared(a, b):
                        yield _relation(a.first, b.first, relation, rule, confidence)


def _opposed(one: Position, other: Position) -> tuple[Relation, str, float] | None:
    """How one position stands against another; None where both may be held, or the other is to say so."""
    if one.negative and not other.negative and covers(one.type, other.type):
        return (Relation.DENIES, "opposite-polarity", 0.7) if _covers(one, other) else None
    kins = (family_of(one.type), family_of(other.type))
    opposed = kins[0].kin == kins[1].kin == "fighting" and (kins[0].side, kins[1].side) == ("attack", "defence")
    return (Relation.OPPOSES, "opposed-outcomes", 0.6) if opposed and not (one.negative or other.negative) else None


def _covers(no: Position, yes: Position) -> bool:
    """Whether "no X were killed" speaks of those who, says the other, were: the same group, all people, or none told."""
    return not no.groups or PEOPLE in no.groups or bool(no.groups & yes.groups)


def _positions(happening: Happening, events: Sequence[EventDigest]) -> dict[tuple[str, Position], list[ClaimGroup]]:
    said: dict[tuple[str, Position], dict[str, list[EventDigest]]] = defaultdict(lambda: defaultdict(list))
    kin = family_of(happening.type).kin
    one_place = not is_sided(kin) and not is_wide(kin)
    for event in events:
        if not event.narrated:
            # what is told of no place is of the happening's where it has but one; else within its article alone
            place = event.place or (one_place and happening.place) or event.ref.article
            groups = event.groups if event.kinship.effect else frozenset()
            said[place, Position(event.type, event.negative, groups)][event.claimant or ""].append(event)
    found = {}
    for key in sorted(said, key=lambda each: (each[0], each[1].type, each[1].negative, sorted(each[1].groups))):
        claimants = said[key]
        ordered = {c: sorted(told, key=lambda t: (t.said_on or "9", t.ref)) for c, told in sorted(claimants.items())}
        found[key] = _compared([ClaimGroup(c, told[0], tuple(told[1:])) for c, told in ordered.items()])
    return found


def _relation(  # noqa: PLR0913, PLR0917 - a relation is of so many parts
    source: EventDigest,
    target: EventDigest,
    relation: Relation,
    rule: str,
    confidence: float,
    figure: Figure | None = None,
) -> ClaimRelation:
    spans = ((source.ref.article, figure.span),) if figure and figure in source.figures else ()
    return ClaimRelation(source.teller, target.teller, relation, rule, BASES[relation], spans, confidence)
