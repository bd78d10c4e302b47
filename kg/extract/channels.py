"""What carried a statement: "on Telegram", "in its daily morning update", "told the Courier".

Table: channels. Only what stands with the cue counts: a channel is not carried over from one statement to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Span, Token

from kg.extract import names
from kg.extract.component import Reading
from kg.extract.lexicon import Lexicon
from kg.model import ActorKind, Attribution, Channel, ChannelKind, Claimant, Mention

CARRYING = frozenset({"on", "via", "in", "through", "over", "by", "at", "during"})


def find(
    reading: Reading, attribution: Attribution, claimant: Claimant | None, outlets: Sequence[Mention]
) -> Channel | None:
    """The channel that the words around the cue name for an attribution; None where they name none."""
    if not attribution.cue:
        return None
    cue = reading.tokens(attribution.cue[0])
    outside = _outside(reading, attribution, cue.root)
    for token in outside:
        platform = _platform(token, reading.lexicon)
        if platform is not None and _carried(token, outside):
            return Channel(
                reading.span(platform[0]), f"channel/{names.slug(platform[1])}", platform[1], ChannelKind.PLATFORM
            )
    told = _told_outlet(reading, outside, cue.root, outlets)
    if told is not None:
        return told
    return _bulletin(reading, outside, claimant)


def _outside(reading: Reading, attribution: Attribution, cue: Token) -> list[Token]:
    """The tokens of the cue's clause that are neither content nor source, nearest reading of "with the cue"."""
    inside: set[int] = set()
    for span in (*attribution.content, *attribution.source):
        tokens = reading.tokens(span)
        inside.update(range(tokens.start, tokens.end))
    return [token for token in cue.sent if token.i not in inside and not token.is_space]


def _platform(token: Token, lexicon: Lexicon) -> tuple[Span, str] | None:
    """(the name's tokens, its label) where a platform's name starts at this token."""
    doc = token.doc
    for width in (2, 1):
        words = doc[token.i : token.i + width].text
        row = _table(lexicon).get(words)
        if row is not None and row[0] == "platform":
            return doc[token.i : token.i + width], row[1]
    return None


def _carried(token: Token, outside: Sequence[Token]) -> bool:
    """Whether "on", "via" and the like stand before the name, with no verb between: "on his own Telegram channel"."""
    before = [each for each in outside if token.i - 7 <= each.i < token.i]
    for each in reversed(before):
        if each.lower_ in CARRYING:
            return True
        if each.pos_ in {"VERB", "AUX"} or each.is_quote:
            return False
    return False


def _told_outlet(reading: Reading, outside: Sequence[Token], cue: Token, outlets: Sequence[Mention]) -> Channel | None:
    """The outlet that was spoken to: "told the Courier", "in an interview with Reuters"."""
    free = {token.i for token in outside}
    for outlet in outlets:
        head = reading.tokens(outlet.span).root
        if head.i in free and outlet.kind is ActorKind.OUTLET and _spoken_to(head, cue):
            return Channel(outlet.span, outlet.id, outlet.label, ChannelKind.OUTLET)
    return None


def _spoken_to(name: Token, cue: Token) -> bool:
    top = name
    while top.dep_ in {"compound", "nmod", "poss", "appos"}:
        top = top.head
    if top.dep_ in {"dobj", "dative", "iobj"} and top.head == cue:
        return True
    if top.dep_ == "pobj" and top.head.lower_ in {"with", "to", "by", "on", "in"}:
        holder = top.head.head
        return holder == cue or holder.lemma_ in {"interview", "statement", "comment", "remark", "quote", "speak"}
    return False


def _bulletin(reading: Reading, outside: Sequence[Token], claimant: Claimant | None) -> Channel | None:
    for token in outside:
        row = _table(reading.lexicon).get(token.lemma_.lower())
        if row is None or row[0] != "bulletin" or token.dep_ != "pobj" or token.head.lower_ not in CARRYING:
            continue
        words = reading.doc[token.left_edge.i : token.i + 1]
        label = names.without_determiner(names.squeeze(words.text))
        owner = f"{names.slug(claimant.label)}-" if claimant is not None else f"{names.slug(reading.article.id)}-"
        return Channel(reading.span(words), f"channel/{owner}{names.slug(label)}", label, ChannelKind.BULLETIN)
    return None


@cache
def _table(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    return {row["words"]: (row["kind"], row["label"]) for row in lexicon.rows("channels")}


def platforms(lexicon: Lexicon) -> Iterator[str]:
    """The names of platforms."""
    yield from (words for words, row in _table(lexicon).items() if row[0] == "platform")
