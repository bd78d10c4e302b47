"""Silences: that somebody was asked and said nothing is news too, and is reported without a clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.attribution import sources
from kg.extract.attribution.candidates import is_negated, make_candidate
from kg.extract.attribution.cues import SILENT, load_cues
from kg.extract.attribution.sources import SourceTokens, is_voiced, source_of
from kg.extract.document import token_lookup
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.token_spans import subtract, subtree_range
from kg.extract.registry import extractor
from kg.model import Attribution

_FROM = frozenset(("from", "by"))


@extractor("silences", needs=("cited",))
def find_non_statements(parsed: ParsedArticle) -> Iterator[Attribution]:
    """Every non-statement that no cue with a content reports.

    unanswered   The ministry did not respond to a request for comment.
    unreached    The mayor could not be reached for comment.
    unavailable  The regulator was not immediately available to comment.
    bare         The ministry did not immediately comment; has yet to comment.
    none         There was no immediate comment from the ministry.
    withheld     Police did not provide the suspect's name; gave no details.
    refused      The company refused comment.
    nothing      The minister said nothing about the losses.
    silent       The ministry remained silent on the losses.
    """
    words = {
        use: parsed.lexicon.words("attribution_words", use)
        for use in ("answering", "nothing", "available", "withholding", "declining", "silent")
    }
    for i in token_lookup.find_tokens(parsed.doc, "LEMMA", frozenset(("nothing",)).union(*words.values())):
        token, found = parsed.doc[i], None
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and lemma in words["answering"] and (is_negated(token) or _is_pending(token)):
            found = _unanswered(parsed, token)
        elif token.pos_ == "NOUN" and lemma in words["nothing"]:
            found = _none(parsed, token)
        elif token.pos_ == "PRON":
            found = _nothing(parsed, token)
        elif token.pos_ == "ADJ" and lemma in words["available"]:
            found = _unavailable(parsed, token)
        elif token.pos_ == "ADJ" and lemma in words["silent"]:
            found = _silent(parsed, token)
        if found is None and token.pos_ == "VERB" and lemma in words["withholding"]:
            found = _withheld(parsed, token)
        if found is None and token.pos_ == "VERB" and lemma in words["declining"]:
            found = _refused(parsed, token)
        if found is not None:
            yield found


def _is_pending(verb: Token) -> bool:
    """Whether it is still to come: has yet to comment      has -xcomp-> comment, comment or has -advmod-> yet."""
    return any(child.lower_ == "yet" for each in (verb, verb.head) for child in each.children) and any(
        child.lower_ == "to" and child.dep_ == "aux" for child in verb.children
    )


def _unavailable(parsed: ParsedArticle, adjective: Token) -> Attribution | None:
    """Was not available to comment      was -neg-> not, was -acomp-> available -xcomp-> comment or -prep-> for."""
    be = adjective.head
    if adjective.dep_ != "acomp" or not (is_negated(be) or adjective.lower_.startswith("un")):
        return None
    source = source_of(be, parsed.lexicon)
    for child in adjective.rights:
        noun = next((each for each in child.children if each.dep_ == "pobj"), None)
        asked = parsed.lexicon.words("attribution_words", "asked")
        if child.dep_ == "prep" and noun is not None and noun.lemma_.lower() in asked:
            cued = [*_negation(be), adjective, child]
            return make_candidate(parsed, "silence", SILENT, cued, source, [subtree_range(noun)])
        if child.lemma_ in parsed.lexicon.words("attribution_words", "commenting"):
            cued = [*_negation(be), adjective]
            return make_candidate(parsed, "silence", SILENT, cued, source, [subtree_range(child)])
    return None


def _silent(parsed: ParsedArticle, adjective: Token) -> Attribution | None:
    """Remained silent on the losses      remained -acomp-> silent -prep-> on -pobj-> losses."""
    verb = adjective.head
    source = source_of(verb, parsed.lexicon)
    if adjective.dep_ not in ("acomp", "oprd") or verb.pos_ not in ("VERB", "AUX") or source is None:
        return None
    for child in (*adjective.rights, *verb.rights):
        noun = next((each for each in child.children if each.dep_ in ("pobj", "pcomp")), None)
        if child.lower_ in ("on", "about", "over") and noun is not None and is_voiced(source, parsed.lexicon):
            return make_candidate(parsed, "silence", SILENT, [adjective, child], source, [subtree_range(noun)])
    return None


def _nothing(parsed: ParsedArticle, nothing: Token) -> Attribution | None:
    """Said nothing about the losses      said -dobj-> nothing, said or nothing -prep-> about -pobj-> losses."""
    verb = nothing.head
    if nothing.dep_ != "dobj" or "clause" not in load_cues(parsed.lexicon).of_token(verb):
        return None
    source = source_of(verb, parsed.lexicon)
    for child in (*nothing.rights, *verb.rights):
        noun = next((each for each in child.children if each.dep_ in ("pobj", "pcomp")), None)
        if child.lower_ in ("on", "about", "of") and noun is not None and source is not None:
            cue = replace(SILENT, lemma=verb.lemma_.lower())
            return make_candidate(parsed, "silence", cue, [verb, nothing, child], source, [subtree_range(noun)])
    return None


def _withheld(parsed: ParsedArticle, verb: Token) -> Attribution | None:
    """Did not provide details; gave no details      the object is information."""
    thing = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    if thing is None or thing.lemma_.lower() not in parsed.lexicon.words("attribution_words", "information"):
        return None
    no = next((child for child in thing.children if child.dep_ == "det" and child.lower_ == "no"), None)
    source = source_of(verb, parsed.lexicon)
    if source is None or not is_voiced(source, parsed.lexicon) or (no is None and not is_negated(verb)):
        return None
    cued = [verb, *_negation(verb), *([no] if no is not None else [])]
    cue = replace(SILENT, lemma=verb.lemma_.lower())
    return make_candidate(parsed, "silence", cue, cued, source, [subtree_range(thing)])


def _refused(parsed: ParsedArticle, verb: Token) -> Attribution | None:
    """Refused comment      refused -dobj-> comment."""
    thing = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    source = source_of(verb, parsed.lexicon)
    if (
        thing is None
        or source is None
        or thing.lemma_.lower() not in parsed.lexicon.words("attribution_words", "nothing")
    ):
        return None
    return make_candidate(parsed, "silence", replace(SILENT, lemma="comment"), [verb], source, [subtree_range(thing)])


def _negation(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "neg"]


def _unanswered(parsed: ParsedArticle, verb: Token) -> Attribution | None:
    cued = [verb, *(child for child in verb.children if child.dep_ == "neg")]
    if sources.is_passive(verb):
        named = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
        source = sources.source_phrase(named) if named is not None else None
    else:
        source = source_of(verb, parsed.lexicon)
    for child in verb.rights:
        asked = child if child.dep_ == "dobj" else next((c for c in child.children if c.dep_ == "pobj"), None)
        if asked is not None and asked.lemma_ in parsed.lexicon.words("attribution_words", "asked"):
            through = [child] if child.dep_ == "prep" else []
            return make_candidate(parsed, "silence", SILENT, [*cued, *through], source, [subtree_range(asked)])
    pending = _is_pending(verb)
    if pending and verb.lemma_ in parsed.lexicon.words("attribution_words", "commenting"):
        yet = next(c for each in (verb, verb.head) for c in each.children if c.lower_ == "yet")
        return make_candidate(parsed, "silence", SILENT, [yet], source, [subtree_range(verb)])
    is_last = verb.i + 1 == len(verb.doc) or verb.nbor().is_punct
    if is_last and verb.lemma_ in parsed.lexicon.words("attribution_words", "commenting") and len(cued) > 1:
        return make_candidate(parsed, "silence", SILENT, cued[1:], source, [(verb.i, verb.i + 1)])
    return None


def _none(parsed: ParsedArticle, noun: Token) -> Attribution | None:
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
    return make_candidate(parsed, "silence", SILENT, [no], source, content)
