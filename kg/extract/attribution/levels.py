"""Level of reporting: the words themselves, a proposition, or only the act and its topic (after Semino and Short)."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.document.parsed_article import ParsedArticle
from kg.model import Attribution, Kind, Level, Style

_VERBAL = frozenset(("VERB", "AUX"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_QUESTION = frozenset(("WP", "WP$", "WRB", "WDT"))
#: clauses that say what a noun is about ("reports that he left"), not which one is meant
_COMPLEMENTS = frozenset(("acl", "ccomp"))
#: kinds whose content, as an infinitive, is to be done or was not done
_TO_BE_DONE = frozenset((Kind.DIRECTIVE, Kind.COMMITMENT, Kind.NON_STATEMENT))
#: rules whose content is the object of its cue; behind others the sentence itself is the content: "14 dead: police"
_OBJECT_RULES = frozenset(("object", "object-passive", "object-relative", "preposition", "noun", "silence", "without"))


def level_of(parsed: ParsedArticle, found: Attribution) -> Level:
    """Classify a content by its syntax.

    quoted     "We stay," she said.
    reported   said the bridge was gone; claimed to have downed 30; confirmed 14 deaths; 14 dead: police
    act        denied the report; demanded an apology; urged them to leave; asked whether it was safe
    """
    if found.style is Style.DIRECT:
        return Level.QUOTED
    if found.style is Style.MIXED:
        return Level.REPORTED
    tokens = [token for span in found.content for token in parsed.tokens(span) if not token.is_space]
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if token.head.i not in inside or token.head == token]
    if tokens and _is_question(tokens[0], tops):
        return Level.ACT
    if found.rule not in _OBJECT_RULES | {"infinitive"}:
        return Level.REPORTED
    return Level.REPORTED if any(_is_proposition(top, found) for top in tops) else Level.ACT


def _is_proposition(top: Token, found: Attribution) -> bool:
    """Whether what stands under a content's top word can be true or false."""
    if top.pos_ in _VERBAL:
        return _is_finite(top) or found.kind not in _TO_BE_DONE
    return _is_counted(top) or any(
        child.dep_ in _COMPLEMENTS and child.i > top.i and _is_finite(child) for child in top.children
    )


def _is_question(first: Token, tops: list[Token]) -> bool:
    """Whether a clause only names what is asked or withheld: "whether it held", "how many were hurt"; not "when it fell, ..."."""
    if first.lower_ == "that" or (
        (first.tag_ not in _QUESTION) and not (first.dep_ == "mark" and first.lower_ in ("if", "whether"))
    ):
        return False
    at = first
    while at not in tops and at.head != at:
        at = at.head
        if at.pos_ in _VERBAL:
            return at in tops
    return at in tops and at != first


def _is_finite(verb: Token) -> bool:
    """Whether a clause has a tense: a finite verb or auxiliary that is no infinitive's."""
    parts = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    return any(part.tag_ in _FINITE for part in parts)


def _is_counted(noun: Token) -> bool:
    """Whether a noun phrase gives a count: "14 deaths", "the deaths of 14 people"."""
    return any(token.dep_ == "nummod" and token.ent_type_ not in ("DATE", "TIME") for token in noun.subtree)
