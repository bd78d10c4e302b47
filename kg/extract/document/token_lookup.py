"""Where certain words stand in a parse, read off its arrays: most tokens need never become Python objects."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id
from spacy.tokens import Doc


@cache
def string_ids(words: frozenset[str]) -> NDArray[np.uint64]:
    """The string ids of words, sorted."""
    return np.array(sorted(get_string_id(word) for word in words), dtype=np.uint64)


def token_mask(doc: Doc, attribute: str, words: frozenset[str]) -> NDArray[np.bool_]:
    """For each token, whether its ``attribute`` ("LOWER", "LEMMA", "ORTH") is one of the words."""
    values: NDArray[Any] = doc.to_array(attribute)
    known = string_ids(words)
    if not len(known):
        return np.zeros(len(values), dtype=np.bool_)
    at = np.searchsorted(known, values)
    at[at == len(known)] = 0
    return np.asarray(known[at] == values)


def find_tokens(doc: Doc, attribute: str, words: frozenset[str]) -> list[int]:
    """The tokens whose ``attribute`` is one of the words, in order."""
    found: list[int] = np.flatnonzero(token_mask(doc, attribute, words)).tolist()
    return found
