"""Group claims by claimant and figure, so that the cost of comparing grows with voices and not with articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.model import Figure, Happening, Ref
from kg.resolve.articles.event_digest import Days, EventDigest, days_of
from kg.resolve.articles.event_groups import LONGEST
from kg.resolve.claims.figure_scope import FigureScope, ScopedFigure, are_disjoint, stated_parts
from kg.resolve.measures import Measure, measure_of

#: voices without a name, alike in words and figure, of which any more are not compared with others
FEW = 10

#: a claim that gives a figure
FigureClaim = tuple[EventDigest, Figure]

#: marks of a claim that comes after another of the same source in the same article
LATER = frozenset({"later", "corrected"})


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """One claimant's figure, or position, on one happening: the first claim that gives it, and all that repeat it."""

    claimant: str
    first: EventDigest
    others: tuple[EventDigest, ...]
    figure: Figure | None = None

    @property
    def words(self) -> str:
        """The words of its figure, else of its event."""
        return self.figure.text if self.figure else self.first.trigger

    @property
    def nameless(self) -> bool:
        """True if the claimant is known from one article only: such ids hold the article's name."""
        return self.claimant.count("/") > 1

    @property
    def name_words(self) -> frozenset[str]:
        """The words of the claimant's name."""
        return frozenset(word for word in self.claimant.rsplit("/", 1)[-1].split("-") if not word.isdigit())


@dataclass(frozen=True, slots=True)
class Affiliations:
    """Who speaks for which party: entity -> parties; and which articles are copies of which."""

    parties: Mapping[str, frozenset[str]]
    copies: Mapping[str, str]

    def shared(self, one: ClaimGroup, other: ClaimGroup) -> frozenset[str]:
        """Return the parties that both belong to."""
        return self.parties.get(one.claimant, frozenset()) & self.parties.get(other.claimant, frozenset())

    def independent(self, one: ClaimGroup, other: ClaimGroup) -> bool:
        """Return True if two voices may support each other: neither one party, nor one text in two copies."""
        texts = {self.copies.get(v.first.ref.article, v.first.ref.article) for v in (one, other)}
        return not self.shared(one, other) and (len(texts) > 1 or not (one.first.narrated or other.first.narrated))


def figures_by_measure(
    happening: Happening, extent: FigureScope, events: Sequence[EventDigest]
) -> dict[ScopedFigure, list[ClaimGroup]]:
    """Return by what is counted: each claimant's every figure once."""
    claims: dict[ScopedFigure, list[FigureClaim]] = defaultdict(list)
    parts, of_happening = stated_parts(events), days_of(happening.edtf)
    by_teller: dict[Ref, list[EventDigest]] = defaultdict(list)
    for event in events:
        by_teller[event.teller].append(event)
    for event in events:
        if event.negative or "background" in event.marks or not is_of_days(event, of_happening):
            continue
        for index, figure in enumerate(event.figures):
            if index in event.rest or (event.ref.article, figure.span) in parts:
                continue
            if (what := measure_of(figure)) and (scope := extent.scope(event, by_teller[event.teller])):
                claims[ScopedFigure(what, scope)].append((event, figure))
    return {what: _voices(claims[what]) for what in sorted(claims, key=scope_order)}


def scope_order(what: ScopedFigure) -> tuple[Measure, list[str]]:
    """Return what counted things are sorted by."""
    return what.measure, sorted(what.scope)


def is_of_days(event: EventDigest, happening: Days | None) -> bool:
    """Return True unless an event's own days lie outside those of its happening: an earlier quake's toll does."""
    if event.days is None or happening is None:
        return True
    after = LONGEST if event.kinship.effect else 0
    return event.days.first <= happening.last + after and event.days.last >= happening.first


def _voices(claims: Sequence[FigureClaim]) -> list[ClaimGroup]:
    by_figure: dict[tuple[str, str, str], list[FigureClaim]] = defaultdict(list)
    for event, figure in _consistent(claims):
        by_figure[event.claimant or "", str(figure.min), str(figure.max)].append((event, figure))
    return [_voice(name[0], by_figure[name]) for name in sorted(by_figure)]


def _consistent(claims: Sequence[FigureClaim]) -> list[FigureClaim]:
    """Leave out claimants who give two figures in one article, unless one is marked as later: what each counts is unclear."""
    figures: dict[tuple[str, str | None], list[FigureClaim]] = defaultdict(list)
    for event, figure in claims:
        figures[event.ref.article, event.claimant].append((event, figure))
    torn = {
        who
        for who, given in figures.items()
        if any(are_disjoint(a[1], b[1]) and not (a[0].marks | b[0].marks) & LATER for a, b in combinations(given, 2))
    }
    return [each for each in claims if (each[0].ref.article, each[0].claimant) not in torn]


def _voice(claimant: str, claims: Sequence[FigureClaim]) -> ClaimGroup:
    ordered = sorted(claims, key=lambda each: (each[0].said_on or "9", each[0].ref))
    seen: dict[Ref, EventDigest] = {}
    for event, _ in ordered:
        seen.setdefault(event.teller, event)
    first, *others = seen.values()
    return ClaimGroup(claimant, first, tuple(others), ordered[0][1])


def compared(voices: Sequence[ClaimGroup]) -> list[ClaimGroup]:
    """Return all voices with a name; of "officials" who say alike, and of articles' own voices, the first FEW.

    Otherwise a night that thousands of articles report would compare each of them with each.
    """
    count: Counter[tuple[object, ...]] = Counter()
    kept = []
    for voice in voices:
        nameless = voice.first.narrated or voice.nameless
        words = () if voice.first.narrated else tuple(sorted(voice.name_words))
        like = (words, voice.figure and (voice.figure.min, voice.figure.max))
        count[like] += nameless
        if not nameless or count[like] <= FEW:
            kept.append(voice)
    return kept


def first_of_each(
    events: Sequence[EventDigest], key: Callable[[EventDigest], tuple[object, ...]]
) -> Iterator[ClaimGroup]:
    """Yield one voice per claimant and key, in a fixed order."""
    groups: dict[tuple[object, ...], list[EventDigest]] = defaultdict(list)
    for event in sorted(events, key=lambda each: (each.said_on or "9", each.ref)):
        groups[event.claimant or "", *key(event)].append(event)
    yield from compared([ClaimGroup(group[0].claimant or "", group[0], tuple(group[1:])) for group in groups.values()])
