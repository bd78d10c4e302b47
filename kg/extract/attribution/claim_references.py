"""What a verification, a silence or a denial speaks of: the ids of earlier claims in the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.document.parsed_article import ParsedArticle
from kg.model import Attribution, Kind, Polarity

_CHECKS = frozenset((Kind.VERIFICATION, Kind.NON_STATEMENT))
_CONTENT_WORDS = frozenset(("NOUN", "PROPN", "VERB", "NUM"))
#: words of a label up to this length ("of", "the") name nobody
_SHORT = 3


def link_references(parsed: ParsedArticle, said: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with ``about``, and with the polarity of those that reject a claim ("dismissed the report").

    counted    could not confirm either figure        the last two that give a number; "the figures": all of them
    one        denied the allegation, denied this     the last claim, for a denial of another claimant
    guilt      denied any involvement                 the last claim of another that names who denies
    two        could verify neither account           the last claim of each of two who spoke last
    many       rejected the reports                   what the last claimant said in a row
    worded     did not say how many had died          the claims that share most of its words
    cited      put the toll at 500, citing doctors    what the same claimant said in the sentence
    else       could not verify the situation         all since the verification before it; a silence: its own last claim
    """
    stated = [_cited(parsed, _turned(parsed, each), said) for each in said]
    pointed: list[Attribution] = []
    for found in stated:
        if not found.about and (found.kind in _CHECKS or found.polarity is Polarity.NEGATIVE):
            before = [other for other in pointed if _claims(other) and other.id != found.embedded_in]
            meant = _meant(parsed, found, before, pointed)
            pointed.append(replace(found, about=tuple(each for other in meant for each in _handed_on(other, stated))))
        else:
            pointed.append(found)
    return tuple(pointed)


def _handed_on(found: Attribution, said: Sequence[Attribution]) -> Sequence[str]:
    """The ids of the claims that a relay hands on; its own, for a claim."""
    inner = [each.id for each in said if each.embedded_in == found.id and each.kind is Kind.CLAIM]
    return inner if found.kind is Kind.RELAY and inner else [found.id]


def _cited(parsed: ParsedArticle, found: Attribution, said: Sequence[Attribution]) -> Attribution:
    """Put the toll at 500, citing doctors: a relay, about what the same claimant says in the sentence."""
    if found.rule != "object" or found.cue_lemma not in parsed.lexicon.words("attribution_words", "citing"):
        return found
    sentence = parsed.tokens(found.cue[0])[0].sent
    near_by = [
        each
        for each in said
        if each.id != found.id
        and each.embedded_in is None
        and _speaker(each) == _speaker(found)
        and sentence.start_char <= each.cue[0].start < sentence.end_char
    ]
    return replace(found, kind=Kind.RELAY, about=(near_by[-1].id,)) if near_by else found


def _meant(
    parsed: ParsedArticle, found: Attribution, before: Sequence[Attribution], all_before: Sequence[Attribution]
) -> Sequence[Attribution]:
    denies = found.kind not in _CHECKS
    others = [each for each in before if _speaker(each) != _speaker(found)] if denies else before
    head = parsed.tokens(found.content[0]).root
    if head.lemma_.lower() in parsed.lexicon.words("attribution_words", "counted"):
        return _counted(parsed, head, others)
    if head.lower_ in parsed.lexicon.words(
        "attribution_words", "told-before"
    ) or head.lemma_.lower() in parsed.lexicon.words("attribution_words", "telling-noun"):
        if _of_two(parsed, head):
            return _two_sides(others)
        if head.tag_ not in ("NNS", "NNPS"):
            return others[-1:]
        if denies:
            return _row(others)
    if denies and head.lemma_.lower() in parsed.lexicon.words("attribution_words", "guilt"):
        return [each for each in others if _named_in(parsed, found, each)][-1:]
    if denies:
        return _worded(parsed, found, others)
    if found.embedded_in is not None:
        return []
    if found.kind is Kind.NON_STATEMENT:
        own = [each for each in before if _speaker(each) == _speaker(found)]
        return _worded(parsed, found, own) or own[-1:] or before[-1:]
    last = max((k for k, each in enumerate(all_before) if each.kind is Kind.VERIFICATION), default=-1)
    since = {each.id for each in all_before[last + 1 :]}
    return [each for each in before if each.id in since] or before[-1:]


def _claims(found: Attribution) -> bool:
    """Whether it reports content of its own, and does not only refer to what another source says."""
    return found.kind in (Kind.CLAIM, Kind.RELAY) and found.embedded_in is None and not found.about


def _speaker(found: Attribution) -> str | None:
    return found.claimant.id if found.claimant else None


def _counted(parsed: ParsedArticle, head: Token, claims: Sequence[Attribution]) -> Sequence[Attribution]:
    """Those that give a number: as many as "either", "both" or the noun's own number says."""
    numbered = [each for each in claims if _number_in(parsed, each)]
    if _of_two(parsed, head):
        return numbered[-2:]
    return numbered[-1:] if head.tag_ == "NN" else numbered


def _of_two(parsed: ParsedArticle, noun: Token) -> bool:
    two = parsed.lexicon.words("attribution_words", "of-two")
    return noun.lower_ in two or any(child.lower_ in two for child in noun.children)


def _two_sides(claims: Sequence[Attribution]) -> Sequence[Attribution]:
    """The last claim of each of the two who spoke last."""
    last = {_speaker(each): number for number, each in enumerate(claims)}
    return [claims[number] for number in sorted(last.values())[-2:]]


def _number_in(parsed: ParsedArticle, found: Attribution) -> bool:
    return any(
        token.tag_ == "CD" and token.ent_type_ != "DATE" for span in found.content for token in parsed.tokens(span)
    )


def _named_in(parsed: ParsedArticle, found: Attribution, other: Attribution) -> bool:
    """Whether what the other source said is about who denies: "denied any involvement" answers a claim that names them."""
    label = found.claimant.label.lower().split() if found.claimant else []
    stated = {token.lower_ for span in other.content for token in parsed.tokens(span)}
    return bool(stated & {word for word in label if len(word) > _SHORT})


def _row(claims: Sequence[Attribution]) -> Sequence[Attribution]:
    """The last claims that one claimant made in a row."""
    first = len(claims)
    while first > 0 and _speaker(claims[first - 1]) == _speaker(claims[-1]):
        first -= 1
    return claims[first:]


def _worded(parsed: ParsedArticle, found: Attribution, claims: Sequence[Attribution]) -> Sequence[Attribution]:
    """The last of those that share most words with it, at least two, or all that it has."""
    ours = _words(parsed, found)
    shares = [(len(ours & _words(parsed, each)), k) for k, each in enumerate(claims)]
    most = max(shares, default=(0, 0))
    return [claims[most[1]]] if ours and most[0] >= min(2, len(ours)) else []


def _words(parsed: ParsedArticle, found: Attribution) -> frozenset[str]:
    tokens = [token for span in found.content for token in parsed.tokens(span)]
    return frozenset(token.lemma_.lower() for token in tokens if token.pos_ in _CONTENT_WORDS)


def _turned(parsed: ParsedArticle, found: Attribution) -> Attribution:
    """Mark what a rejection reports as denied: "dismissed the report", "rejected the allegations"."""
    if found.cue_lemma not in parsed.lexicon.words("attribution_words", "rejecting") or found.kind in _CHECKS:
        return found
    stated = parsed.tokens(found.content[0]).root.lemma_.lower() in parsed.lexicon.words(
        "attribution_words", "telling-noun"
    )
    return replace(found, polarity=Polarity.NEGATIVE) if stated and found.polarity is Polarity.POSITIVE else found
