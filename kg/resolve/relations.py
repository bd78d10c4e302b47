"""What claims of one happening are to each other: repeats, corroborates, contradicts, opposes, revises, denies.

Claims that say the same by the same claimant are one voice: they are tied to the first of them (repeats), and only the
first is compared with other voices. So cost grows with voices, not with articles, and reach is never taken for support.
No side is taken: a relation says on what basis two claims are held together or apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.model import CharSpan, ClaimRelation, Extraction, Figure, Happening, Kind, Ref, Relation
from kg.resolve.digests import Told

#: kinds of verb that say outright that another's claim is not so
DENIALS = frozenset({"deny", "reject", "dismiss", "refute", "dispute", "rebut"})


@dataclass(frozen=True, slots=True)
class Voice:
    """One claimant's figure, or position, of one happening: the first claim that gives it, and all that repeat it."""

    claimant: str
    first: Told
    others: tuple[Told, ...]
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Sides:
    """Who speaks for whom: entity -> parties; and which articles are copies of which."""

    parties: Mapping[str, frozenset[str]]
    copies: Mapping[str, str]

    def independent(self, one: Voice, other: Voice) -> bool:
        """Whether two voices may support each other: neither one party, nor one text told twice in its own voice."""
        shared = self.parties.get(one.claimant, frozenset()) & self.parties.get(other.claimant, frozenset())
        texts = {self.copies.get(v.first.ref.article, v.first.ref.article) for v in (one, other)}
        return not shared and (len(texts) > 1 or not (one.first.narrated or other.first.narrated))


def relate(happenings: Iterable[Happening], told: Mapping[Ref, Told], sides: Sides) -> Iterator[ClaimRelation]:
    """The relations between claims of each happening, in an order of their own."""
    for happening in happenings:
        events = [told[ref] for ref in happening.events if ref in told and told[ref].claimant]
        yield from _of_figures(events, sides)
        yield from _of_positions(events, sides)


def relate_checks(extractions: Iterable[Extraction]) -> Iterator[ClaimRelation]:
    """What articles say of claims in so many words: could not verify, has not acknowledged."""
    for extraction in extractions:
        article = extraction.article.id
        known = {said.id for said in extraction.attributions}
        for said in extraction.attributions:
            relation = _check(said.kind, said.outcome)
            for other in said.about if relation else ():
                if other in known and relation:
                    spans = tuple((article, span) for span in said.cue)
                    yield ClaimRelation(
                        Ref(article, said.id),
                        Ref(article, other),
                        relation,
                        "about",
                        "text_marked",
                        spans,
                        said.confidence,
                    )


def _check(kind: Kind, outcome: str | None) -> Relation | None:
    if kind is Kind.VERIFICATION and outcome == "could_not_verify":
        return Relation.COULD_NOT_VERIFY
    return Relation.NOT_ACKNOWLEDGED if kind is Kind.NON_STATEMENT else None


# ----------------------------------------------------------------------------- figures


def _of_figures(events: Sequence[Told], sides: Sides) -> Iterator[ClaimRelation]:
    for voices in _by_measure(events).values():
        for voice in voices:
            yield from _repeats(voice)
        for one, other in combinations(voices, 2):
            yield from _compare(one, other, sides)


def _by_measure(events: Sequence[Told]) -> dict[tuple[str, str, str, str], list[Voice]]:
    """By what is counted, its role, unit and scope: the voices, each claimant's every figure once."""
    said: dict[tuple[str, str, str, str], dict[tuple[str, object, object], list[tuple[Told, Figure]]]] = defaultdict(
        dict
    )
    for event in events:
        for figure in event.figures:
            if event.place and not event.negative and (figure.min is not None or figure.max is not None):
                measure = (figure.counts.casefold(), figure.role.casefold(), figure.unit, event.place)
                said[measure].setdefault((event.claimant or "", figure.min, figure.max), []).append((event, figure))
    return {
        measure: [
            _voice(claimant, tellings)
            for (claimant, _, _), tellings in sorted(voices.items(), key=lambda v: (v[0][0], str(v[0])))
        ]
        for measure, voices in sorted(said.items())
    }


def _voice(claimant: str, tellings: Sequence[tuple[Told, Figure]]) -> Voice:
    ordered = sorted(tellings, key=lambda each: (each[0].said_on or "9", each[0].ref))
    seen: dict[Ref, Told] = {}
    for event, _ in ordered:
        seen.setdefault(event.teller, event)
    first, *others = seen.values()
    return Voice(claimant, first, tuple(others), ordered[0][1])


def _repeats(voice: Voice) -> Iterator[ClaimRelation]:
    for other in voice.others:
        if other.ref.article != voice.first.ref.article:
            yield _relation(other, voice.first, Relation.REPEATS, "same-figure", "same_statement", 0.9, voice.figure)


def _compare(one: Voice, other: Voice, sides: Sides) -> Iterator[ClaimRelation]:
    assert one.figure
    assert other.figure
    apart = disjoint(one.figure, other.figure)
    if one.claimant == other.claimant:
        earlier, later = sorted((one, other), key=lambda v: (v.first.said_on or "", v.first.ref))
        if apart and earlier.first.said_on and later.first.said_on and earlier.first.said_on < later.first.said_on:
            yield _relation(
                later.first, earlier.first, Relation.REVISES, "later-figure", "same_claimant_later", 0.7, later.figure
            )
    elif apart:
        yield _relation(
            one.first, other.first, Relation.CONTRADICTS, "disjoint-figures", "disjoint_intervals", 0.8, one.figure
        )
    elif sides.independent(one, other) and _bounded(one.figure) and _bounded(other.figure):
        yield _relation(
            one.first, other.first, Relation.CORROBORATES, "agreeing-figures", "same_statement", 0.7, one.figure
        )


def disjoint(one: Figure, other: Figure) -> bool:
    """Whether no number is in both intervals; an open end has no bound. A strict bound ("more than") excludes itself."""
    return _below(one, other) or _below(other, one)


def _below(low: Figure, high: Figure) -> bool:
    if low.max is None or high.min is None:
        return False
    strict = low.comparator == "lt" or high.comparator == "gt"
    return low.max <= high.min if strict else low.max < high.min


def _bounded(figure: Figure) -> bool:
    return figure.min is not None and figure.max is not None


# ----------------------------------------------------------------------------- positions: that it was, or was not, so


def _of_positions(events: Sequence[Told], sides: Sides) -> Iterator[ClaimRelation]:
    """Between claimants who say that an event of one type and place was, and was not, so, or who take opposed sides."""
    voices = _positions(events)
    for (type_one, place_one, no_one), one in voices.items():
        for (type_other, place_other, no_other), other in voices.items():
            if place_one != place_other:
                continue
            for a in one:
                for b in other:
                    if a.claimant != b.claimant:
                        yield from _oppose(a, b, (type_one, no_one), (type_other, no_other), sides)


def _oppose(
    a: Voice, b: Voice, one: tuple[str, bool], other: tuple[str, bool], sides: Sides
) -> Iterator[ClaimRelation]:
    if one[0] == other[0] and one[1] and not other[1]:
        yield _relation(a.first, b.first, Relation.DENIES, "opposite-polarity", "opposite_polarity", 0.7)
        return
    kin_a, kin_b = a.first.kinship, b.first.kinship
    opposed = {kin_a.side, kin_b.side} == {"attack", "defence"} and kin_a.kin == kin_b.kin == "fighting"
    parties = (sides.parties.get(a.claimant, frozenset()), sides.parties.get(b.claimant, frozenset()))
    if opposed and kin_a.side == "attack" and not one[1] and not other[1] and not parties[0] & parties[1]:
        yield _relation(a.first, b.first, Relation.OPPOSES, "opposed-outcomes", "opposed_outcome", 0.6)


def _positions(events: Sequence[Told]) -> dict[tuple[str, str, bool], list[Voice]]:
    said: dict[tuple[str, str, bool], dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        if event.place and not event.narrated:
            said[event.type, event.place, event.negative][event.claimant or ""].append(event)
    found = {}
    for position, claimants in sorted(said.items()):
        ordered = {c: sorted(told, key=lambda t: (t.said_on or "9", t.ref)) for c, told in sorted(claimants.items())}
        found[position] = [Voice(c, told[0], tuple(told[1:])) for c, told in ordered.items()]
    return found


def _relation(
    source: Told,
    target: Told,
    relation: Relation,
    rule: str,
    basis: str,
    confidence: float,
    figure: Figure | None = None,
) -> ClaimRelation:
    spans: list[tuple[str, CharSpan]] = (
        [(source.ref.article, figure.span)] if figure and figure in source.figures else []
    )
    return ClaimRelation(source.teller, target.teller, relation, rule, basis, tuple(spans), confidence)
