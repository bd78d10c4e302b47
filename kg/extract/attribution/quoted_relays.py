"""Relays in the passive: "Rui Sousa was quoted by The Post as saying ..." has a claimant, Sousa, and a relay, the Post."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kg.extract.attribution.candidates import make_candidate
from kg.extract.attribution.cues import Cue
from kg.extract.attribution.sources import is_passive, source_of
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.token_spans import subtract, subtree_range
from kg.extract.lexicon import Lexicon
from kg.model import Attribution, Kind


def quoting_verb(verb: Token, lexicon: Lexicon) -> Token | None:
    """The passive verb of quoting that "as saying" depends on: quoted -prep-> as -pcomp-> saying; None elsewhere."""
    through = verb.head
    if verb.dep_ != "pcomp" or through.lower_ != "as":
        return None
    quoted = through.head
    return quoted if is_passive(quoted) and quoted.lemma_ in lexicon.words("attribution_words", "citing") else None


def is_quoted_as(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb of quoting stands in the passive with "as saying": its content is what is said, not its own."""
    return any(
        quoting_verb(below, lexicon) == verb
        for child in verb.rights
        if child.lower_ == "as"
        for below in child.children
    )


def find_relay(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """The outlet that quotes, with all else that the clause says as its content; None where nobody is named."""
    by = next((child for child in verb.rights if child.dep_ == "agent"), None)
    source = source_of(verb, parsed.lexicon)
    if by is None or source is None:
        return None
    content = subtract(subtract([subtree_range(verb)], subtree_range(by)), (verb.i, verb.i + 1))
    relay = make_candidate(parsed, "quoted-by", cue, [verb], source, content)
    return None if relay is None else replace(relay, kind=Kind.RELAY)


def quoted_content(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The clauses before "was quoted as saying", which the parser gives to the verb of quoting."""
    quoted = quoting_verb(verb, lexicon)
    return [] if quoted is None else [c for c in quoted.lefts if c.dep_ in ("ccomp", "dep", "advcl", "parataxis")]
