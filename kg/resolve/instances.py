"""Event instances, finer than happenings: mentions of one type in articles that speak of one thing."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.model import Extraction, Ref
from kg.resolve.similarity.inverted_index import InvertedIndex
from kg.resolve.similarity.word_vectors import WEIGHTIEST, cosine_similarity, term_counts, term_number, term_weights
from kg.sqlite_index import SqliteIndex

#: the least cosine of two articles that speak of one thing
ALIKE = 0.2


def find_instances(extractions: Iterable[Extraction]) -> tuple[tuple[Ref, ...], ...]:
    """Events held to be one and the same, in groups, sorted; an event alone is a group of its own."""
    extractions = list(extractions)
    counts = [term_counts(e.article.text) for e in extractions]
    spread = Counter(word for each in counts for word in each)
    words = [term_weights(each, lambda word: math.log(len(counts) / spread[word])) for each in counts]
    root = list(range(len(extractions)))
    holders = InvertedIndex(SqliteIndex(), "word")
    for i, vector in enumerate(words):
        holders.add(i, map(term_number, list(vector)[:WEIGHTIEST]))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = i = root[root[i]]
        return i

    for one, other in sorted({pair for _, _, pairs in holders.changes() for pair in pairs}):
        if cosine_similarity(words[one], words[other]) >= ALIKE:
            root[find(other)] = find(one)
    groups: dict[tuple[int, str], list[Ref]] = defaultdict(list)
    for i, extraction in enumerate(extractions):
        for event in extraction.events:
            groups[find(i), event.type].append(Ref(extraction.article.id, event.id))
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))
