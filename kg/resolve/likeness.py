"""How alike articles are by their words: cosines of TF-IDF vectors, and near-duplicates by shingles; near linear in articles."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.model import Article, WireCopy

#: words in a shingle; of all shingles one in KEPT is looked at, chosen by its digest; the least overlap of a copy
SHINGLE, KEPT, COPY = 5, 4, 0.5

#: a word or shingle that more articles hold than this brings no pairs together
COMMON = 40


class Likeness:
    """The words of articles, weighed by how few articles hold them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        once: dict[str, str] = {}  # one string a word, however many articles hold it
        counts = {
            a.id: Counter(once.setdefault(word, word) for word in re.findall(r"[^\W_][\w'-]+", a.text.casefold()))
            for a in articles
        }
        spread = Counter(word for each in counts.values() for word in each)
        self.spread, self.whole = spread, max(len(counts), 2)
        self._vectors = {id_: _unit(each, spread, self.whole) for id_, each in counts.items()}

    def __call__(self, one: str, other: str) -> float:
        """The cosine of two articles, 0 to 1."""
        a, b = self._vectors[one], self._vectors[other]
        return sum(weight * b.get(word, 0.0) for word, weight in sorted(a.items()))

    def neighbours(self) -> Iterator[tuple[str, str]]:
        """Pairs of articles that share one of their weightiest words, where few hold it; each once, sorted."""
        holders: dict[str, list[str]] = defaultdict(list)
        for id_, vector in sorted(self._vectors.items()):
            for word in sorted(vector, key=lambda w: (-vector[w], w))[:25]:
                if 1 < self.spread[word] <= COMMON:
                    holders[word].append(id_)
        yield from sorted({pair for ids in holders.values() for pair in combinations(ids, 2)})


def _unit(counts: Counter[str], spread: Counter[str], whole: int) -> dict[str, float]:
    weights = {word: (1 + math.log(n)) * math.log(whole / spread[word]) for word, n in sorted(counts.items())}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def find_copies(articles: Iterable[Article]) -> tuple[WireCopy, ...]:
    """Articles whose text is for the most part another's: each to the earliest such (by day, then id)."""
    ordered = sorted((a for a in articles if a.text.strip()), key=lambda a: (a.published or "9", a.id))
    marks = {a.id: _marks(a.text) for a in ordered}
    holders: dict[int, list[str]] = defaultdict(list)
    copies = []
    for article in ordered:
        mine = marks[article.id]
        shared = Counter(id_ for mark in sorted(mine) for id_ in holders[mark][:COMMON])
        best = max(shared, key=lambda id_: (shared[id_], -len(marks[id_])), default=None)
        overlap = shared[best] / min(len(mine), len(marks[best])) if best else 0.0
        if best and overlap >= COPY and shared[best] >= SHINGLE:
            copies.append(WireCopy(article.id, best, round(overlap, 3)))
        else:
            for mark in mine:
                holders[mark].append(article.id)
    return tuple(sorted(copies, key=lambda copy: copy.copy))


def _marks(text: str) -> set[int]:
    words = re.findall(r"\w+", text.casefold())
    digests = (
        int.from_bytes(
            hashlib.blake2b(" ".join(words[i : i + SHINGLE]).encode("utf-8", "replace"), digest_size=8).digest(), "big"
        )
        for i in range(len(words) - SHINGLE + 1)
    )
    return {digest for digest in digests if digest % KEPT == 0}
