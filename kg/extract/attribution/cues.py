"""Cues: the words that hand a content to a source, read from ``cues.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.errors import LexiconError, nearest
from kg.extract.lexicon import Lexicon
from kg.model import Certainty, Kind, Medium

#: how a cue is joined to its content; cues.tsv draws each
FRAMES = (
    "clause",
    "quote",
    "object",
    "infinitive",
    "preposition",
    "as",
    "predicate",
    "figure",
    "raised",
    "noun",
    "adverb",
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of cues.tsv: a lemma in a frame, and what it then does with its content."""

    lemma: str
    pos: str
    frame: str
    words: frozenset[str]
    kind: Kind
    medium: Medium
    certainty: Certainty
    negated: str  # what a "not" on the cue makes of it: non_statement | verification | negative


#: what an "according to" and a colon do
SAYS = Cue("say", "VERB", "clause", frozenset(), Kind.CLAIM, Medium.SPEECH, Certainty.CERTAIN, "non_statement")


#: what a "without giving" does
WITHHELD = Cue(
    "without", "ADP", "object", frozenset(), Kind.NON_STATEMENT, Medium.SPEECH, Certainty.UNSPECIFIED, "non_statement"
)


#: what a "did not respond" does
SILENT = Cue(
    "respond", "VERB", "object", frozenset(), Kind.NON_STATEMENT, Medium.SPEECH, Certainty.UNSPECIFIED, "non_statement"
)


@dataclass(frozen=True, slots=True)
class CueTable:
    """All rows, by what rules look up: (lemma, VERB | NOUN | ADJ) -> frame -> cue."""

    by_word: dict[tuple[str, str], dict[str, Cue]]

    def of(self, lemma: str, pos: str) -> dict[str, Cue]:
        """The frames of a word, empty where it is no cue."""
        return self.by_word.get((lemma, pos), {})

    def of_token(self, token: Token) -> dict[str, Cue]:
        """The frames of a token, by its lemma; or by its lemma with an "e", which spaCy loses ("hoped" -> "hop")."""
        pos = "VERB" if token.pos_ == "AUX" else token.pos_
        lemma = token.lemma_.lower()
        return self.by_word.get((lemma, pos)) or self.by_word.get((lemma + "e", pos), {})


@cache
def load_cues(lexicon: Lexicon) -> CueTable:
    """The cues of a lexicon; raises LexiconError for a value that its column does not know."""
    by_word: dict[tuple[str, str], dict[str, Cue]] = {}
    for row in lexicon.rows("cues"):
        if row["frame"] not in FRAMES:
            raise LexiconError(
                f"no frame {row['frame']!r}", where=f"cues.tsv, {row['lemma']!r}", fix=nearest(row["frame"], FRAMES)
            )
        words = frozenset(row["words"].split()) - {"-"}
        try:
            sense = (Kind(row["kind"]), Medium(row["medium"]), Certainty(row["certainty"]))
        except ValueError as error:
            raise LexiconError(str(error), where=f"cues.tsv, {row['lemma']!r}") from error
        cue = Cue(row["lemma"], row["pos"], row["frame"], words, *sense, row["negated"])
        by_word.setdefault((cue.lemma, cue.pos), {})[cue.frame] = cue
    return CueTable(by_word)
