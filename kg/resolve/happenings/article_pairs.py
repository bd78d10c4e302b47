"""Whether the chief scenes of two articles are one happening, by all that both tell: words, names, places, days.

What speaks for it, and against, is added up in log odds (Fellegi and Sunter). The weights are set by hand and round: what a
shared name, street or day is worth against unlike words. The clusters decide which pairs join. Only articles that share
one of their weightiest words are compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from kg.resolve.articles.digest_store import SHIFT, ArticleSummary, DigestStore
from kg.resolve.articles.event_groups import EventGroup, days_agree, places_agree
from kg.resolve.event_families import is_wide
from kg.resolve.happenings.candidate_links import CandidateLink, CandidateLinks, LinkKind
from kg.resolve.similarity.inverted_index import InvertedIndex
from kg.resolve.similarity.word_vectors import WEIGHTIEST, cosine_similarity, rarity, term_number
from kg.sqlite_index import SqliteIndex

BASE, WORDS, TITLE, LEAD, GAP = -1.0, 3.0, 2.8, 3.2, -1.1
NOTHING, PLACE, OTHER_PROVINCE, STREET, OTHER_STREET = -2.0, 1.5, -2.4, 2.5, -1.4
NAME, PERSON, OTHER_AGE, SAME_DAYS, OTHER_DAYS = 0.5, 1.5, -2.2, 1.7, -1.8

#: pairs from here on are kept; those below JOIN only as evidence against joining the clusters that they are in
KEPT = -3.0

#: what two articles must reach for scenes beside the chief ones to be linked, and what divides their score then
ALIKE, SIDE = 0.0, 10.0

#: what a pair must reach where a family is wide: one night's raids have many words in common, with the next night's too, so
#: that days must agree
FAR = 0.0

#: days assumed between two publications of which one is not known
UNKNOWN_GAP = 7

#: what shared names may weigh at most
NAMES = 10.0

#: how many shared streets, places and people count
FEW_PLACES, FEW_PEOPLE = 2, 3


class ArticlePairs:
    """Articles by their weightiest words; edges between the chief scenes of those that are near."""

    def __init__(self, ledger: SqliteIndex, shelf: DigestStore, edges: CandidateLinks) -> None:
        self._shelf, self._edges = shelf, edges
        self._holders = InvertedIndex(ledger, "word")
        self._sketch = lru_cache(4000)(shelf.sketch)

    def drop(self, article: int) -> None:
        """An article is gone, or about to change."""
        self._holders.drop(article)

    def add(self, article: int) -> None:
        """An article has come."""
        words = list(self._sketch(article).words)[:WEIGHTIEST]
        self._holders.add(article, (term_number(f"word {word}") for word in words))

    def settle(self) -> None:
        """Recompute the edges that are affected by changed articles or by words that have become common."""
        score = lru_cache(100_000)(self._links)
        for word, rare, pairs in self._holders.changes():
            if rare:
                self._edges.put(word, (edge for pair in pairs for edge in score(*pair)))
            else:
                self._edges.replace(word, ())

    def _links(self, one: int, other: int) -> tuple[CandidateLink, ...]:
        """Return what links the scenes of two articles: the chief ones by all that both tell, others by family too."""
        a, b = self._sketch(one), self._sketch(other)
        if a.chief is None or b.chief is None or (not _of_a_kin(a.kin, b.kin) and _share_nothing(a, b)):
            return ()
        score, wide = match_log_odds(a, b), is_wide(a.kin) or is_wide(b.kin)
        links = [] if score < ALIKE else list(self._side_links(one, other, score))
        if score >= (FAR if wide else KEPT) and (not wide or (days_agree(a.days, b.days) and _of_a_kin(a.kin, b.kin))):
            scenes = sorted((one << SHIFT | a.chief, other << SHIFT | b.chief), key=self._shelf.order)
            links.append(CandidateLink(scenes[0], scenes[1], LinkKind.DATED if wide else LinkKind.LIKE, score))
        return tuple(links)

    def _side_links(self, one: int, other: int, score: float) -> Iterator[CandidateLink]:
        """Yield links of scenes of one family, days and places in two articles that are alike: a trial, a search."""
        for i, a in enumerate(self._shelf.scenes(one)):
            for j, b in enumerate(self._shelf.scenes(other)):
                chief = i == self._sketch(one).chief and j == self._sketch(other).chief
                if not chief and a.kin == b.kin and days_agree(a.days, b.days) and _same_place(a, b):
                    scenes = sorted((one << SHIFT | i, other << SHIFT | j), key=self._shelf.order)
                    yield CandidateLink(scenes[0], scenes[1], LinkKind.DATED, round(score / SIDE, 6))


def _same_place(one: EventGroup, other: EventGroup) -> bool:
    """Return True unless both scenes have places, and none lies in one of the other."""
    placed = [(a, b) for a in one.main for b in other.main if a.place and b.place]
    return not placed or any(places_agree(a, b) for a, b in placed)


def _of_a_kin(one: str, other: str) -> bool:
    """Whether two kins may be one happening; a night's raids and a day's fighting in a village are told in like words."""
    return one == other or "harm" in {one, other}


def match_log_odds(one: ArticleSummary, other: ArticleSummary) -> float:
    """The log odds that the chief scenes of two articles are one."""
    gap = abs(one.day - other.day) if one.day and other.day else UNKNOWN_GAP
    names = math.fsum(sorted(rarity(name) for name in one.surnames & other.surnames))
    odds = [
        BASE,
        WORDS * cosine_similarity(one.words, other.words),
        TITLE * cosine_similarity(one.title, other.title),
        LEAD * cosine_similarity(one.lead, other.lead),
        GAP * math.log1p(gap),
        PLACE * min(len(one.inner & other.inner), FEW_PLACES),
        STREET * min(len(one.streets & other.streets), FEW_PLACES),
        NAME * min(names, NAMES),
        PERSON * min(len(one.people & other.people), FEW_PEOPLE),
        NOTHING * _share_nothing(one, other),
        OTHER_PROVINCE * _differ(one.provinces, other.provinces),
        OTHER_STREET * _differ(one.streets, other.streets),
        OTHER_AGE * _differ(one.ages, other.ages),
        (SAME_DAYS if days_agree(one.days, other.days) else OTHER_DAYS) if one.days and other.days else 0.0,
    ]
    return round(math.fsum(odds), 6)


def _share_nothing(one: ArticleSummary, other: ArticleSummary) -> bool:
    """Return True if two articles have no name in common: what is alike is only how such news is written."""
    names = (one.surnames & other.surnames, one.people & other.people, one.streets & other.streets)
    return not any((*names, one.inner & other.inner))


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return True if both articles name some, and none in common."""
    return bool(one and other and not one & other)
