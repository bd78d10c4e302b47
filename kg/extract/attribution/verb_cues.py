"""Indirect speech: a cue verb hands its content to its subject."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.attribution import clausal_frames, phrasal_frames
from kg.extract.attribution.cues import Cue, load_cues
from kg.extract.attribution.quoted_relays import find_relay, is_quoted_as
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.registry import extractor
from kg.model import Attribution

_VERBAL = frozenset(("VERB", "AUX"))


@extractor("reported-speech")
def find_verb_cues(parsed: ParsedArticle) -> Iterator[Attribution]:
    """Every cue verb in the first frame that its surroundings fill.

    Which frames a verb takes, and what it then does with its content, is in cues.tsv. A clause comes before all other
    frames, an object after them. Labels are those of the en_core_web models.
    """
    known = load_cues(parsed.lexicon)
    for token in parsed.doc:
        if token.pos_ not in _VERBAL:
            continue
        taken = known.of_token(token)
        if taken:
            found = _look(parsed, token, taken)
            if found is not None:
                yield found
                yield from clausal_frames.reason_clauses(parsed, token, found)


def _look(parsed: ParsedArticle, verb: Token, taken: dict[str, Cue]) -> Attribution | None:
    if (clause := taken.get("clause")) is not None and is_quoted_as(verb, parsed.lexicon):
        return find_relay(parsed, verb, clause)
    for frame, rule in _RULES:
        cue = taken.get(frame)
        if cue is not None and (found := rule(parsed, verb, cue)) is not None:
            return found
    return None


_RULES = (
    ("clause", clausal_frames.clausal_complement),
    ("clause", clausal_frames.embedded_cue),
    ("clause", clausal_frames.as_clause),
    ("as", phrasal_frames.regarded_as),
    ("figure", phrasal_frames.figure_complement),
    ("predicate", phrasal_frames.predicate_complement),
    ("infinitive", phrasal_frames.infinitive_complement),
    ("preposition", phrasal_frames.passive_accusation),
    ("preposition", phrasal_frames.prepositional_complement),
    ("object", phrasal_frames.object_complement),
    ("object", phrasal_frames.relative_object),
    ("raised", phrasal_frames.raised_subject),
)
