"""Ranges of tokens: cutting, joining and trimming them, and the characters that they stand for.

A range is ``(start, end)`` in token indexes, end exclusive; several are in reading order and do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from kg.model import CharSpan

TokenRange = tuple[int, int]

#: what a range never begins or ends with; quotation marks and brackets stay
_EDGE = frozenset(",;:-–—.")


def subtree_range(token: Token) -> TokenRange:
    """From the first to the last token of what depends on ``token``."""
    return (token.left_edge.i, token.right_edge.i + 1)


def subtract(ranges: Iterable[TokenRange], hole: TokenRange) -> list[TokenRange]:
    """The ranges without what ``hole`` covers.

    >>> subtract([(0, 9)], (3, 5))
    [(0, 3), (5, 9)]
    """
    left = []
    for start, end in ranges:
        if hole[1] <= start or end <= hole[0]:
            left.append((start, end))
            continue
        if start < hole[0]:
            left.append((start, hole[0]))
        if hole[1] < end:
            left.append((hole[1], end))
    return left


def trim(doc: Doc, token_range: TokenRange) -> TokenRange | None:
    """Without commas, dashes, stops and white space at its edges; None where no word is left."""
    start, end = token_range
    while start < end and (doc[start].is_space or doc[start].text in _EDGE):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _EDGE):
        end -= 1
    if any(token.is_alpha or token.like_num or token.text[0].isalnum() for token in doc[start:end]):
        return (start, end)
    return None


def normalise(doc: Doc, ranges: Iterable[TokenRange]) -> list[TokenRange]:
    """In reading order, trimmed; neighbours and what overlaps become one."""
    joined: list[TokenRange] = []
    for start, end in sorted(ranges):
        if joined and (start <= joined[-1][1] or (start == joined[-1][1] + 1 and doc[start - 1].text == ",")):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [found for each in joined if (found := trim(doc, each)) is not None]


def count_tokens(ranges: Iterable[TokenRange]) -> int:
    """How many tokens."""
    return sum(end - start for start, end in ranges)


def count_shared(ours: Sequence[TokenRange], theirs: Sequence[TokenRange]) -> int:
    """How many tokens two lists of ranges have in common."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in ours for c, d in theirs)


def to_char_spans(doc: Doc, ranges: Iterable[TokenRange]) -> tuple[CharSpan, ...]:
    """Where the ranges stand in the article."""
    return tuple(CharSpan(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in ranges if a < b)
