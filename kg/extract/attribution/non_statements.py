"""Silences: that somebody was asked and said nothing is news too, and is told without a clause."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.attribution import sources
from kg.extract.attribution.candidates import is_negated, make_candidate
from kg.extract.attribution.cues import SILENT
from kg.extract.attribution.sources import SourceTokens, source_of
from kg.extract.document import token_lookup
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.token_spans import subtract, subtree_range
from kg.extract.registry import extractor
from kg.model import Attribution

_FROM = frozenset(("from", "by"))


@extractor("silences", needs=("cited",))
def find_non_statements(reading: ParsedArticle) -> Iterator[Attribution]:
    """Every non-statement that no cue with a content tells.

    unanswered  The ministry did not respond to a request for comment.
    unreached   The mayor could not be reached for comment.
    bare        The ministry did not immediately comment.       what it did not do is all that is told
    none        There was no immediate comment from the ministry.
    """
    answering, nothing = (
        reading.lexicon.words("attribution_words", "answering"),
        reading.lexicon.words("attribution_words", "nothing"),
    )
    for i in token_lookup.find_tokens(reading.doc, "LEMMA", answering | nothing):
        token, found = reading.doc[i], None
        if token.pos_ == "VERB" and token.lemma_ in answering and is_negated(token):
            found = _unanswered(reading, token)
        elif token.pos_ == "NOUN" and token.lemma_ in nothing:
            found = _none(reading, token)
        if found is not None:
            yield found


def _unanswered(reading: ParsedArticle, verb: Token) -> Attribution | None:
    cued = [verb, *(child for child in verb.children if child.dep_ == "neg")]
    if sources.is_passive(verb):
        named = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
        source = sources.source_phrase(named) if named is not None else None
    else:
        source = source_of(verb, reading.lexicon)
    for child in verb.rights:
        asked = child if child.dep_ == "dobj" else next((c for c in child.children if c.dep_ == "pobj"), None)
        if asked is not None and asked.lemma_ in reading.lexicon.words("attribution_words", "asked"):
            through = [child] if child.dep_ == "prep" else []
            return make_candidate(reading, "silence", SILENT, [*cued, *through], source, [subtree_range(asked)])
    alone = verb.i + 1 == len(verb.doc) or verb.nbor().is_punct
    if alone and verb.lemma_ in reading.lexicon.words("attribution_words", "commenting") and len(cued) > 1:
        return make_candidate(reading, "silence", SILENT, cued[1:], source, [(verb.i, verb.i + 1)])
    return None


def _none(reading: ParsedArticle, noun: Token) -> Attribution | None:
    """There was no comment from ...      was -attr-> comment -det-> no, comment -prep-> from -pobj-> ..."""
    no = next((child for child in noun.children if child.dep_ == "det" and child.lower_ == "no"), None)
    there = any(child.dep_ == "expl" for child in noun.head.children)
    if no is None or not there or noun.dep_ not in ("attr", "nsubj"):
        return None
    source: SourceTokens | None = None
    content = [(no.i + 1, noun.right_edge.i + 1)]
    for prep in (*noun.rights, *noun.head.rights):
        named = next((child for child in prep.children if child.dep_ == "pobj"), None)
        if prep.dep_ == "prep" and prep.lower_ in _FROM and named is not None:
            source, content = sources.source_phrase(named), subtract(content, subtree_range(prep))
    return make_candidate(reading, "silence", SILENT, [no], source, content)
