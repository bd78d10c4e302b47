"""Where certain words stand in a parse, read off its arrays: most tokens need never become Python objects."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.strings import hash_string
from spacy.tokens import Doc

Ids = NDArray[np.uint64]


@cache
def ids(words: frozenset[str]) -> Ids:
    """The string ids of words, sorted."""
    return np.array(sorted(hash_string(word) for word in words), dtype=np.uint64)


def column(doc: Doc, attribute: int) -> Ids:
    """One attribute (`spacy.attrs`) of each token."""
    values: Ids = doc.to_array([attribute]).reshape(-1)
    return values


def where(values: Ids, words: frozenset[str]) -> NDArray[np.bool_]:
    """For each value, whether it is the id of one of the words."""
    known = ids(words)
    if not len(known):
        return np.zeros(len(values), dtype=np.bool_)
    at = np.searchsorted(known, values)
    at[at == len(known)] = 0
    return known[at] == values


def indexes(values: Ids, words: frozenset[str]) -> list[int]:
    """The tokens whose value is the id of one of the words."""
    found: list[int] = np.flatnonzero(where(values, words)).tolist()
    return found
