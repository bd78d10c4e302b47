"""What carried a statement: "on Telegram", "in its daily morning update", "told the Courier".

Table: channels. Only what stands with the cue counts: a channel is not carried over from one statement to the next.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.extract.actors import channel_names, names
from kg.extract.document import token_lookup
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.lexicon import Lexicon
from kg.ids import slug
from kg.model import ActorKind, Attribution, Channel, ChannelKind, CharSpan, Claimant, Mention


class ChannelFinder:
    """All that may carry a statement in one article, found once: platforms, bulletins, outlets."""

    def __init__(self, parsed: ParsedArticle, mentions: tuple[Mention, ...]) -> None:
        self.parsed = parsed
        doc, lexicon = parsed.doc, parsed.lexicon
        self._carrying, self._gathering, self._spoken = (
            lexicon.words("reference_words", use) for use in ("carrying", "gathering", "spoken")
        )
        self.platforms = token_lookup.find_tokens(doc, "ORTH", channel_names.first_words(lexicon))
        self.bulletins = token_lookup.find_tokens(doc, "LEMMA", channel_names.names_of_kind(lexicon, "bulletin"))
        outlets = [each for each in mentions if each.kind is ActorKind.OUTLET]
        self.outlets = {parsed.tokens(each.span).root.i: each for each in outlets}

    def carrier(self, attribution: Attribution, claimant: Claimant | None) -> Channel | None:
        """The channel that the words around the cue name for an attribution; None where they name none."""
        if not attribution.cue:
            return None
        cue = self.parsed.tokens(attribution.cue[0]).root
        return (
            self._platform(attribution, cue)
            or self._addressed(attribution, cue)
            or self._bulletin(attribution, cue, claimant)
        )

    def _near(self, at: list[int], attribution: Attribution, cue: Token) -> Iterator[Token]:
        """Those of some tokens that depend on the cue, in its sentence, outside of content and source."""
        sent = cue.sent
        for i in at[bisect_left(at, sent.start) : bisect_left(at, sent.end)]:
            token = sent.doc[i]
            if not _within(token, (*attribution.content, *attribution.source)) and _depends_on(
                token, cue, attribution, self._carrying
            ):
                yield token

    def _platform(self, attribution: Attribution, cue: Token) -> Channel | None:
        for token in self._near(self.platforms, attribution, cue):
            named = _platform(token, self.parsed.lexicon)
            if named is not None and _carried(token, attribution, self._carrying):
                label = named[1]
                span = self.parsed.span(named[0])
                return Channel(span, f"channel/{slug(label)}", label, ChannelKind.PLATFORM)
        return None

    def _addressed(self, attribution: Attribution, cue: Token) -> Channel | None:
        """The outlet that was spoken to: "told the Courier", "in an interview with Reuters"."""
        for token in self._near(sorted(self.outlets), attribution, cue):
            if _spoken_to(token, cue, self._spoken):
                outlet = self.outlets[token.i]
                return Channel(outlet.span, outlet.id, outlet.label, ChannelKind.OUTLET)
        return None

    def _bulletin(self, attribution: Attribution, cue: Token, claimant: Claimant | None) -> Channel | None:
        for token in self._near(self.bulletins, attribution, cue):
            if not self._bears(token, cue):
                continue
            words = token.doc[token.left_edge.i : token.i + 1]
            label = names.without_determiner(names.squeeze(words.text), self.parsed.lexicon)
            owner = slug(claimant.label if claimant is not None else self.parsed.article.id)
            ident = f"channel/{owner}-{slug(label)}"
            return Channel(self.parsed.span(words), ident, label, ChannelKind.BULLETIN)
        return None

    def _bears(self, noun: Token, cue: Token) -> bool:
        """Whether a bulletin's noun is one that the cue is said in: "in a statement", "told a briefing", "a report saying"."""
        if noun.dep_ == "pobj":
            return noun.head.lower_ in self._carrying
        if noun.dep_ in {"dobj", "dative"} and noun.head == cue:
            return noun.lemma_ in self._gathering
        return cue.head == noun and cue.dep_ == "acl" and noun.dep_ == "dobj"


def _within(token: Token, spans: tuple[CharSpan, ...]) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def _depends_on(token: Token, cue: Token, attribution: Attribution, carrying: frozenset[str]) -> bool:
    """Whether the words lead from a token up to the cue, or it stands right behind the cue or who speaks."""
    step = token
    while step not in (step.head, cue) and not _within(step, attribution.content):
        step = step.head
    if step == cue or step.head == cue.head:
        return True
    ends = [span.end for span in (*attribution.cue, *attribution.source)]
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else token
    return any(0 <= before.idx - end <= 1 for end in ends) and before.lower_ in carrying


def _platform(token: Token, lexicon: Lexicon) -> tuple[Span, str] | None:
    """(the name's tokens, its label) where a platform's name starts at this token."""
    for width in (2, 1):
        words = token.doc[token.i : token.i + width]
        row = channel_names.channel_rows(lexicon).get(words.text)
        if row is not None and row[0] == "platform":
            return words, row[1]
    return None


def _carried(token: Token, attribution: Attribution, carrying: frozenset[str]) -> bool:
    """Whether "on", "via" and the like stand before the name, with no verb between: "on his own Telegram channel"."""
    for i in range(token.i - 1, max(-1, token.i - 8), -1):
        before = token.doc[i]
        if _within(before, attribution.content):
            continue
        if before.lower_ in carrying:
            return True
        if before.pos_ in {"VERB", "AUX"} or before.is_quote:
            return False
    return False


def _spoken_to(name: Token, cue: Token, spoken: frozenset[str]) -> bool:
    top = name
    while top.dep_ in {"compound", "nmod", "poss", "appos"}:
        top = top.head
    if top.dep_ in {"dobj", "dative", "iobj"} and top.head == cue:
        return True
    if top.dep_ == "pobj" and top.head.lower_ in {"with", "to", "by", "on", "in"}:
        holder = top.head.head
        return holder == cue or holder.lemma_ in spoken
    return False
