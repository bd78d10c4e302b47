"""Sources that are cited without a verb: "according to", a noun with its clause, a name with a colon."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract import sources
from kg.extract.component import Reading, extractor
from kg.extract.cues import Cue, cues
from kg.extract.drafts import draft
from kg.extract.sources import Source, source_of
from kg.extract.spans import less, under
from kg.model import Attribution, Certainty, Kind, Medium

_SAYS = Cue("according", "ADP", "clause", frozenset(), Kind.CLAIM, Medium.SPEECH, Certainty.CERTAIN, "non_statement")
_FROM = frozenset(("of", "by", "from", "among"))


@extractor("cited")
def cited(reading: Reading) -> Iterator[Attribution]:
    """Every "according to", every cue noun and adjective with its content."""
    known = cues(reading.lexicon)
    for token in reading.doc:
        found: Attribution | None = None
        if token.lower_ == "according":
            found = _according(reading, token)
        elif token.pos_ == "NOUN":
            cue = known.of_token(token).get("noun")
            found = _noun(reading, token, cue) if cue is not None else None
        elif token.pos_ == "ADJ":
            cue = known.of_token(token).get("clause")
            found = _adjective(reading, token, cue) if cue is not None else None
        if found is not None:
            yield found


def _according(reading: Reading, according: Token) -> Attribution | None:
    """According to: the clause that it hangs in      destroyed -prep-> according -prep-> to -pobj-> officials"""
    doc = reading.doc
    to = doc[according.i + 1] if according.i + 1 < len(doc) else None
    if to is None or to.lower_ != "to":
        return None
    named = next((child for child in to.children if child.dep_ == "pobj"), None)
    source = sources.phrase(named) if named is not None else None
    if source is None:
        return None
    head = according.head
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    content = less(less([under(head)], under(according)), under(to))
    return draft(reading, "according-to", _SAYS, [according, to], source, content)


def _noun(reading: Reading, noun: Token, cue: Cue) -> Attribution | None:
    """Noun: the claim that the bridge was destroyed      claim -acl-> destroyed -mark-> that"""
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl") and any(
            c.lower_ == "that" and c.dep_ == "mark" for c in child.children
        ):
            return draft(reading, "noun", cue, [noun], _owner(reading, noun, child), [under(child)])
    return None


def _owner(reading: Reading, noun: Token, clause: Token) -> Source | None:
    """Whose claim it is: the ministry's claim, a claim by the ministry; else who makes, has or repeats it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return sources.phrase(child)
        if child.dep_ == "prep" and child.lower_ in _FROM:
            named = next((each for each in child.children if each.dep_ == "pobj"), None)
            if named is not None:
                return sources.phrase(named, without=clause)
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return source_of(noun.head, reading.lexicon)
    return None


def _adjective(reading: Reading, adjective: Token, cue: Cue) -> Attribution | None:
    """Adjective: it was unclear whether the bridge held      was -acomp-> unclear, was -ccomp-> held"""
    verb = adjective.head
    holders = [adjective, verb] if adjective.dep_ in ("acomp", "oprd") and verb.pos_ in ("AUX", "VERB") else [adjective]
    for holder in holders:
        for child in holder.children:
            if child.dep_ in ("ccomp", "csubj") and child.i > adjective.i:
                source = source_of(verb, reading.lexicon) if len(holders) > 1 else None
                if source is not None and source.head.lower_ in ("it", "that"):
                    source = None
                return draft(reading, "adjective", cue, [adjective], source, [under(child)])
    return None
