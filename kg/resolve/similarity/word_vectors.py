"""How alike two texts are by their words, each weighed by how rare it is in English: common_words.txt.

The weight of a word hangs on the text and the table alone, so two articles stay as alike as they are whatever else is read.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

#: a word's rank from which on it weighs anything, and the rank of one that the table lacks
HEARD, UNKNOWN = 200, 100_000

#: words of a text by which others are looked for that may be like it
WEIGHTIEST = 25


def term_counts(text: str) -> Counter[str]:
    """How often each word stands in a text, casefolded."""
    words = re.findall(r"[^\W_][\w'\u2019-]+", text.casefold())
    return Counter(word.replace("\u2019", "'").removesuffix("'s") for word in words)


def term_weights(counts: Mapping[str, int], worth: Callable[[str], float]) -> dict[str, float]:
    """The words of a text as a vector of length 1, by how often each stands there and what it is worth; the weightiest first."""
    weights = {word: (1 + math.log(n)) * worth(word) for word, n in counts.items()}
    length = math.sqrt(math.fsum(weight**2 for weight in weights.values())) or 1.0
    ranked = sorted(weights, key=lambda word: (-weights[word], word))
    return {word: round(weights[word] / length, 4) for word in ranked if weights[word]}


def cosine_similarity(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two such vectors are, 0 to 1."""
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other)


def rarity(word: str) -> float:
    """How much a word tells: the logarithm of its rank among the words of English, 0 for the commonest."""
    return max(0.0, math.log(_ranks().get(word, UNKNOWN) / HEARD))


def term_number(words: str) -> int:
    """A number for some words, the same for the same and hardly ever for others: 63 bits of a digest."""
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


@cache
def _ranks() -> dict[str, int]:
    path = Path(__file__).with_name("common_words.txt")
    words = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {word: rank for rank, word in enumerate(words, start=1)}
