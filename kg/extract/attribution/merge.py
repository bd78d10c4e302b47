"""Settling: from what each rule saw to the attributions of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.attribution.claim_kinds import kind_of, outcome_of
from kg.extract.attribution.confidence import confidence_of
from kg.extract.attribution.levels import level_of
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.quotation_marks import Quote, quote_near, snap_to_quotes, without_quotes
from kg.extract.document.token_spans import TokenRange, count_shared, count_tokens, normalise, subtract, to_char_spans
from kg.model import Attribution, CharSpan, Kind, Medium, Polarity, Style

#: the share of a content's words that stand in quotation marks from which it is direct speech
_DIRECT = 0.9
#: the characters of "to ", which open an infinitive
_TO = 3


def merge(parsed: ParsedArticle) -> tuple[Attribution, ...]:
    """The attributions of an article: merged, in reading order, numbered a1.., each with style, kind and its relay.

    Takes the candidates of all extractors, users' own among them, from ``parsed``. Those with the same cue become one
    ("...", he said. "..."); one whose cue and content lie in another's content is embedded in it.
    """
    quotes = parsed.quotes
    drafts = [
        each
        for each in _merge([_snapped(parsed, each, quotes) for each in parsed.of(Attribution)])
        if _says(parsed, each)
    ]
    drafts = _one_silence(drafts)
    drafts.sort(key=lambda each: (each.content[0].start, -each.content[-1].end, each.cue[0].start))
    named = [replace(each, id=str(i)) for i, each in enumerate(_separate(drafts))]
    kept = [
        each for each, outer in zip(named, _holders(named), strict=True) if outer is None or not _self(parsed, each)
    ]
    numbered = [replace(each, id=f"a{i}") for i, each in enumerate(kept, start=1)]
    return tuple(_complete(parsed, each, quotes) for each in _embed(numbered))


def _says(parsed: ParsedArticle, found: Attribution) -> bool:
    """Whether there is more to a content than the "that" which opens it."""
    return any(each.of(parsed.article.text).lower() != "that" for each in found.content)


def _complete(parsed: ParsedArticle, found: Attribution, quotes: Sequence[Quote]) -> Attribution:
    """With its style, kind, outcome and confidence; the quotations that a relay hands on are not its own."""
    content = normalise(parsed.doc, [(each.start, each.end) for each in map(parsed.tokens, found.content)])
    found = replace(found, content=to_char_spans(parsed.doc, content) or found.content)
    style = Style.INDIRECT if found.kind is Kind.RELAY and found.style is Style.MIXED else _style(content, quotes)
    completed = replace(found, style=style)
    completed = replace(completed, kind=kind_of(parsed, completed))
    completed = replace(completed, level=level_of(parsed, completed))
    return replace(completed, outcome=outcome_of(completed), confidence=confidence_of(parsed, completed))


def _one_silence(drafts: Sequence[Attribution]) -> list[Attribution]:
    """Keep one non-statement: in "refused to confirm that", "did not want to say" no second verb is a cue.

    The wider cue wins where one covers the other; else the verb that says what was not disclosed.
    """
    silences = [each for each in drafts if each.kind is Kind.NON_STATEMENT]
    kept = []
    for each in drafts:
        covered = any(other is not each and _covers(other, each) for other in silences)
        wishes = each.medium is Medium.THOUGHT and any(
            other is not each
            and other.source == each.source
            and other.polarity is Polarity.NEGATIVE
            and any(span.covers(other.cue[0]) and other.cue[0].start - span.start <= _TO for span in each.content)
            for other in silences
        )
        if not covered and not (wishes and each.rule == "infinitive"):
            kept.append(each)
    return kept


def _covers(silence: Attribution, other: Attribution) -> bool:
    """Whether the other's cue is a part of a silence's, or the infinitive that opens its content: "declined to COMMENT on"."""
    opens = silence.rule == "infinitive" and other.source == silence.source
    return any(span.covers(other.cue[0]) for span in silence.cue) or (
        opens and 0 <= other.cue[0].start - silence.content[0].start <= _TO
    )


def _separate(drafts: Sequence[Attribution]) -> list[Attribution]:
    """What was not disclosed ("without giving details") is no part of what was; nor is the reason part of the request."""
    withheld = [each for each in drafts if each.rule == "without"]
    reasons = [each for each in drafts if each.rule == "reason"]
    separated = []
    for each in drafts:
        if each.rule in ("without", "reason"):
            separated.append(each)
        else:
            others = [*withheld, *(other for other in reasons if other.cue == each.cue)]
            separated.append(_less(each, others))
    return separated


def _less(found: Attribution, withheld: Sequence[Attribution]) -> Attribution:
    content = found.content
    for other in withheld:
        own = (*other.cue, *other.content) if other.rule == "without" else other.content
        start, end = own[0].start, max(span.end for span in own)
        content = tuple(
            CharSpan(a, b)
            for span in content
            for a, b in ((span.start, min(span.end, start)), (max(span.start, end), span.end))
            if a < b
        )
    return replace(found, content=content) if content else found


def _self(parsed: ParsedArticle, found: Attribution) -> bool:
    """Whether a quoted speaker only marks the own words ("I think", "important to note"): no other source is cited there."""
    return not found.source or found.source[0].of(parsed.article.text).lower() in parsed.lexicon.words(
        "attribution_words", "self"
    )


def _snapped(parsed: ParsedArticle, found: Attribution, quotes: Sequence[Quote]) -> Attribution:
    cue = [token.i for span in found.cue for token in parsed.tokens(span)]
    content = [(each.start, each.end) for each in map(parsed.tokens, found.content)]
    grown = [without_quotes(parsed.doc, each, quotes) for each in snap_to_quotes(content, quotes, cue)]
    for span in (*found.source, *found.cue):
        tokens = parsed.tokens(span)
        grown = subtract(grown, (tokens.start, tokens.end))
    grown = normalise(parsed.doc, grown) or content
    return replace(found, content=to_char_spans(parsed.doc, grown), style=_style(grown, quotes))


def _style(content: Sequence[TokenRange], quotes: Sequence[Quote]) -> Style:
    words = count_tokens(content)
    quoted = sum(
        count_shared(content, [quote.token_range])
        for quote in quote_near(quotes, content[0][0], content[-1][1])
        if not (quote.end - quote.start <= 4 and count_shared(content, [quote.token_range]) < words)
    )
    if quoted >= _DIRECT * words:
        return Style.DIRECT
    return Style.MIXED if quoted else Style.INDIRECT


def _merge(drafts: Sequence[Attribution]) -> list[Attribution]:
    """Candidates with the same cue become one: the first's, with the content of all."""
    by_cue: dict[CharSpan, Attribution] = {}
    reasons = [each for each in drafts if each.rule == "reason"]
    for each in drafts:
        if each.rule == "reason":
            continue
        first = by_cue.get(each.cue[0])
        if first is None:
            by_cue[each.cue[0]] = each
        elif each.rule == "pointing":
            by_cue[each.cue[0]] = each  # not the "this" that points
        elif first.source == each.source:
            by_cue[each.cue[0]] = replace(first, content=_union(first.content, each.content))
    return [*by_cue.values(), *reasons]


def _union(ours: Sequence[CharSpan], theirs: Sequence[CharSpan]) -> tuple[CharSpan, ...]:
    joined: list[CharSpan] = []
    for span in sorted((*ours, *theirs)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = CharSpan(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)


def _holders(found: Sequence[Attribution]) -> list[str | None]:
    """For each one the id of the smallest other whose content contains its cue, if there is one."""
    lengths = [_length(each) for each in found]
    ahead = sorted(((span.start, span.end, k) for k, each in enumerate(found) for span in each.content), reverse=True)
    holders: list[str | None] = [None] * len(found)
    begun: list[tuple[int, int, int]] = []
    for i in sorted(range(len(found)), key=lambda k: found[k].cue[0].start):
        cue = found[i].cue[0]
        while ahead and ahead[-1][0] <= cue.start:
            begun.append(ahead.pop())
        begun = [each for each in begun if each[1] > cue.start]
        around = [(lengths[k], k) for _, end, k in begun if end >= cue.end and lengths[k] > lengths[i]]
        holders[i] = found[min(around)[1]].id if around else None
    return holders


def _embed(found: Sequence[Attribution]) -> list[Attribution]:
    """Each one pointing at the one that hands it on; which, as a claim that is all another's, is a relay."""
    holders = _holders(found)
    inner: dict[str, list[Attribution]] = {}
    for each, holder in zip(found, holders, strict=True):
        if holder is not None:
            inner.setdefault(holder, []).append(each)
    return [
        replace(each, embedded_in=holder, kind=Kind.RELAY if _relays(each, inner.get(each.id, [])) else each.kind)
        for each, holder in zip(found, holders, strict=True)
    ]


def _relays(outer: Attribution, inner: Sequence[Attribution]) -> bool:
    """Whether the content is, for the most part, what others said: cue, source and content of one fill half of it.

    What somebody only thinks ("officials say they do not know") is not handed on.
    """
    if outer.kind is not Kind.CLAIM:
        return False
    return any(
        each.source
        and each.medium is not Medium.THOUGHT
        and 2 * sum(len(s) for part in (each.source, each.cue, each.content) for s in part) >= _length(outer)
        for each in inner
    )


def _length(found: Attribution) -> int:
    return sum(map(len, found.content))
