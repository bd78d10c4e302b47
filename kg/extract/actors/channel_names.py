"""Names of channels: the platforms and bulletins that carry statements. Table: channels."""

from __future__ import annotations

from functools import cache

from kg.extract.lexicon import Lexicon


def is_platform(words: str, lexicon: Lexicon) -> bool:
    """Whether this is the name of a platform."""
    return words in names_of_kind(lexicon, "platform")


@cache
def channel_rows(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """The channels of the lexicon: (kind, label) by the words that name them."""
    return {row["words"]: (row["kind"], row["label"]) for row in lexicon.rows("channels")}


@cache
def names_of_kind(lexicon: Lexicon, kind: str) -> frozenset[str]:
    """The words that name a channel of one kind: "platform" or "bulletin"."""
    return frozenset(words for words, row in channel_rows(lexicon).items() if row[0] == kind)


@cache
def first_words(lexicon: Lexicon) -> frozenset[str]:
    """The first words of the platforms' names, for a cheap look-up."""
    return frozenset(words.split()[0] for words in names_of_kind(lexicon, "platform"))
