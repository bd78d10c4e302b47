"""Indirect speech: a cue verb hands its content to its subject."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract import clauses, frames
from kg.extract.component import Reading, extractor
from kg.extract.cues import Cue, cues
from kg.model import Attribution

_VERBAL = frozenset(("VERB", "AUX"))


@extractor("reported-speech")
def reported_speech(reading: Reading) -> Iterator[Attribution]:
    """Every cue verb in the first frame that its surroundings fill.

    Which frames a verb takes, and what it then does with its content, is in cues.tsv. A clause comes before all other
    frames, an object after them. Labels are those of the en_core_web models.
    """
    known = cues(reading.lexicon)
    for token in reading.doc:
        if token.pos_ not in _VERBAL:
            continue
        taken = known.of_token(token)
        if taken:
            found = _look(reading, token, taken)
            if found is not None:
                yield found
                yield from clauses.reasons(reading, token, found)


def _look(reading: Reading, verb: Token, taken: dict[str, Cue]) -> Attribution | None:
    for frame, rule in _RULES:
        cue = taken.get(frame)
        if cue is not None and (found := rule(reading, verb, cue)) is not None:
            return found
    return None


_RULES = (
    ("clause", clauses.clause),
    ("clause", clauses.around),
    ("clause", clauses.as_said),
    ("as", frames.regard),
    ("figure", frames.figure),
    ("predicate", frames.predicate),
    ("infinitive", frames.infinitive),
    ("preposition", frames.accusation),
    ("preposition", frames.preposition),
    ("object", frames.thing),
    ("object", frames.relative_thing),
    ("raised", frames.raised),
)
