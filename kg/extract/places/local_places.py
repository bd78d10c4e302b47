"""Where an article is written from, or whose police it speaks of; and what the sources of its attributions are the heads of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.places.place_heads import PlaceHeads
from kg.extract.places.relations import relation_words
from kg.model import ActorKind, Attribution, CharSpan, Place, PlaceMention

#: what follows a town in an agency's dateline
DATELINE = re.compile(r"[^\n.;]{0,30}(?:\.[^\n.;]{0,20}){0,2}(?:\([A-Z][^)\n]{1,25}\)\s*)?(?:—|–|--| - |>>)")


def local_town(named: PlaceHeads) -> PlaceMention | None:
    """The town that an article is of: that of its dateline, else the one whose police it speaks of."""
    return _dateline(named) or _authority(named)


def _dateline(named: PlaceHeads) -> PlaceMention | None:
    """The town in an agency's dateline: "LEEDS, England, Nov. 2 (AP) —"; no capital, where agencies sit."""
    text = named.parsed.article.text
    for head in sorted(named.heads)[:4]:
        mention = named.heads[head]
        place = named.known.get(mention.id)
        starts = not text[: mention.span.start].strip() or text[: mention.span.start].rstrip(" ").endswith("\n")
        if starts and place is not None and place.kind == "city" and DATELINE.match(text, mention.span.end):
            return None if named.gazetteer.is_capital(place.id) else mention
    return None


def _authority(named: PlaceHeads) -> PlaceMention | None:
    """The one town whose police or other local authority the article speaks of: "Leeds police said"."""
    found: dict[str, PlaceMention] = {}
    for head in sorted(named.heads):
        mention = named.heads[head]
        place = named.known.get(mention.id)
        after = named.doc[head + 1].lower_ if head + 1 < len(named.doc) else ""
        if place is not None and place.kind == "city" and after in named.words.authorities:
            found.setdefault(mention.id, mention)
    return next(iter(found.values())) if len(found) == 1 else None


def jurisdictions(
    parsed: ParsedArticle,
    mentions: Sequence[PlaceMention],
    known: Sequence[Place],
    attributions: Sequence[Attribution],
) -> dict[str, PlaceMention]:
    """For each attribution the place below a country that its source is said to head or serve; by its claimant throughout."""
    kinds = {place.id: place.kind for place in known}
    local = [mention for mention in mentions if kinds.get(mention.id) not in {None, "country", "sea"}]
    by_claimant: dict[str, PlaceMention] = {}
    for each in attributions:
        for span in each.source:
            if not _is_head(parsed, span):
                continue
            itself = _heads_of(parsed, span)
            near = [m for m in local if span.start <= m.span.start and m.span.end <= span.end + 80]
            near = [m for m in near if not any(m.span.start <= head < m.span.end for head in itself)]
            if (
                not near or each.claimant is None
            ):  # "Kyiv said", "London and Paris said": the source itself is no jurisdiction
                continue
            edge = parsed.tokens(span).root.right_edge
            headed = [m for m in near if m.span.end <= max(span.end, edge.idx + len(edge))]
            if each.claimant.kind is not ActorKind.PERSON:  # "Oregon State Police said": too wide to say where
                headed = [m for m in headed if kinds.get(m.id) != "admin1"]
            if headed:
                by_claimant.setdefault(each.claimant.id, headed[0])
    return {a.id: by_claimant[a.claimant.id] for a in attributions if a.claimant and a.claimant.id in by_claimant}


def _is_head(parsed: ParsedArticle, span: CharSpan) -> bool:
    """Whether a source's words say that it governs a place: "Leeds Mayor Ann Lee", "the head of the Cherkasy region"."""
    heads = relation_words(parsed.lexicon).governing
    sentence = parsed.tokens(span).root
    words = {token.lower_ for token in parsed.tokens(span)} | {token.lower_ for token in sentence.subtree}
    return bool(words & heads)


def _heads_of(parsed: ParsedArticle, span: CharSpan) -> list[int]:
    """The offsets of a source's head and of what is coordinated with it."""
    root = parsed.tokens(span).root
    return [root.idx, *(token.idx for token in root.conjuncts)]
