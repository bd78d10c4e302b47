"""What an attribution does with its content, where the content decides and not only the cue."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.lexicon import Lexicon
from kg.model import Attribution, Kind, Polarity, Style


def kind_of(parsed: ParsedArticle, found: Attribution) -> Kind:
    """The kind of a claim, corrected by its content; other kinds stay as their cue has them.

    commitment  announced a supply of shells; warned that it would respond; said it would send shells
    opinion     a quotation that judges: "Defence must come first"
    """
    if found.kind is not Kind.CLAIM:
        return found.kind
    tokens = [token for span in found.content for token in parsed.tokens(span)]
    lexicon = parsed.lexicon
    lemmas = {token.lemma_.lower() for token in tokens}
    if found.cue_lemma == "announce" and found.rule == "object" and lemmas & lexicon.words("kind_words", "gift"):
        return Kind.COMMITMENT
    if _promises(tokens, found, lexicon):
        return Kind.COMMITMENT
    if found.style is Style.DIRECT and lemmas & (
        lexicon.words("kind_words", "judge") | lexicon.words("kind_words", "ought")
    ):
        return Kind.OPINION
    return Kind.CLAIM


def outcome_of(found: Attribution) -> str | None:
    """What became of a verification: "verified", "could_not_verify" or "refuted"; None for other kinds."""
    if found.kind is not Kind.VERIFICATION:
        return None
    if found.polarity is Polarity.NEGATIVE:
        return "could_not_verify"
    return "refuted" if found.cue_lemma in ("refute", "debunk", "disprove") else "verified"


def _promises(tokens: list[Token], found: Attribution, lexicon: Lexicon) -> bool:
    """Whether the source says what it will do itself: its subject is a pronoun, or a warning's verb is a reply."""
    for token in tokens:
        if token.lemma_.lower() not in ("will", "would") or token.tag_ != "MD":
            continue
        if found.cue_lemma == "warn":
            return token.head.lemma_ in lexicon.words("kind_words", "reply")
        subject = next((child for child in token.head.children if child.dep_ == "nsubj"), None)
        main = token.head.dep_ == "ccomp"
        return (
            main
            and subject is not None
            and subject.lower_ in ("he", "she", "it", "they")
            and found.style is not Style.DIRECT
        )
    return False
