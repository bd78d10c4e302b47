"""How alike two texts are by their words, each weighed by how rare it is in English: common_words.txt.

The weight of a word hangs on the text and the table alone, so two articles stay as alike as they are whatever else is read.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

#: a word's rank from which on it weighs anything, and the rank of one that the table lacks
HEARD, UNKNOWN = 200, 100_000

#: words of a text by which others are looked for that may be like it
WEIGHTIEST = 25


def weigh(text: str) -> dict[str, float]:
    """The words of a text, casefolded, as a vector of length 1 by frequency and rarity; the weightiest first."""
    counts = Counter(_plain(word) for word in re.findall(r"[^\W_][\w'\u2019-]+", text.casefold()))
    weights = {word: (1 + math.log(n)) * rarity(word) for word, n in counts.items()}
    length = math.sqrt(sum(weights[word] ** 2 for word in sorted(weights))) or 1.0
    ranked = sorted(weights, key=lambda word: (-weights[word], word))
    return {word: round(weights[word] / length, 4) for word in ranked if weights[word]}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two such vectors are, 0 to 1."""
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other)


def rarity(word: str) -> float:
    """How much a word tells: the logarithm of its rank among the words of English, 0 for the commonest."""
    return max(0.0, math.log(_ranks().get(word, UNKNOWN) / HEARD))


def number(words: str) -> int:
    """A number for some words, the same for the same and hardly ever for others: 63 bits of a digest."""
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _plain(word: str) -> str:
    return word.replace("\u2019", "'").removesuffix("'s")


@cache
def _ranks() -> dict[str, int]:
    path = Path(__file__).with_name("common_words.txt")
    words = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {word: rank for rank, word in enumerate(words, start=1)}
