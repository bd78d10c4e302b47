"""Cue verbs with a clause: before it, after it, around it, or hung on with "as"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.component import Reading
from kg.extract.cues import Cue
from kg.extract.drafts import draft
from kg.extract.sources import outer_verb, source_of
from kg.extract.spans import Stretch, less, under
from kg.model import Attribution

_SUBJECT = frozenset(("nsubj", "nsubjpass", "expl", "csubj", "mark"))
_PERCEPTION = frozenset(("see", "hear", "find", "feel", "watch"))
_MODIFIER = frozenset(("advmod", "dobj", "xcomp", "prep"))


def clause(reading: Reading, verb: Token, cue: Cue) -> Attribution | None:
    """A complement clause, or two.

    before   The ministry said the bridge was destroyed.      said -ccomp-> destroyed
    after    The bridge was destroyed, the ministry said.     said -ccomp-> destroyed
    """
    found = [child for child in verb.children if child.dep_ == "ccomp" and _finite(child, verb)]
    before = [child for child in found if child.i < verb.i]
    behind = [child for child in found if child.i > verb.i]
    if before and behind and not any(child.lower_ == "that" for child in behind[0].children):
        behind = []
    picked = before + behind
    if not picked:
        return None
    content = _fronted(verb, behind) if not before else []
    for child in picked:
        stretches = _without_cue([under(child)], verb, picked)
        if child.i < verb.i and not any(end > verb.i + 1 and start <= child.i for start, end in stretches):
            stretches = [each for each in stretches if each[0] < verb.i]
        content += _before_next_cue(child, stretches)
    return draft(reading, "clause", cue, cue_words(verb), source_of(verb, reading.lexicon), content)


def around(reading: Reading, verb: Token, cue: Cue) -> Attribution | None:
    """The cue stands in its content, or behind it.

    amid     The bridge, he said, was destroyed.              destroyed -parataxis-> said
    comma    The bridge was destroyed, he said.               destroyed -ccomp-> said
    """
    if verb.dep_ == "ccomp":
        head = verb.head
        if head.i > verb.i or any(child.dep_ == "mark" for child in verb.children):
            return None
        first = verb.left_edge.i
        if first == 0 or reading.doc[first - 1].text != ",":
            return None
    elif verb.dep_ != "parataxis":
        return None
    source = source_of(verb, reading.lexicon)
    if source is None:
        return None
    return draft(reading, "around", cue, cue_words(verb), source, less([under(verb.head)], under(verb)))


def as_said(reading: Reading, verb: Token, cue: Cue) -> Attribution | None:
    """ "As": As the ministry said, the bridge was destroyed.   destroyed -advcl-> said -mark-> As"""
    if verb.dep_ != "advcl" or not any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children):
        return None
    if any(child.dep_ in ("dobj", "xcomp") for child in verb.children):
        return None
    source = source_of(verb, reading.lexicon)
    if source is None:
        return None
    return draft(reading, "as-said", cue, cue_words(verb), source, less([under(verb.head)], under(verb)))


def cue_words(verb: Token) -> list[Token]:
    """The verb, with its particle and its negation."""
    return [verb, *(child for child in verb.children if child.dep_ in ("prt", "neg"))]


def _finite(child: Token, verb: Token) -> bool:
    """Whether a complement is a clause of its own: it has a subject or a complementiser, or stands before the cue."""
    if child.i < verb.i:
        return True
    marks = [each for each in child.children if each.dep_ in _SUBJECT]
    if not marks:
        return False
    if verb.lemma_ in _PERCEPTION and child.tag_ in ("VB", "VBG", "VBN"):
        return any(each.dep_ == "mark" for each in marks)
    return True


def _fronted(verb: Token, behind: list[Token]) -> list[Stretch]:
    """What stands before "..., he said, ..." where the clause goes on behind: an adjunct that the parser gave to the cue."""
    doc = verb.doc
    if not behind or verb.i + 1 >= len(doc) or doc[verb.i + 1].text != ",":
        return []
    subject = next((child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i), None)
    if subject is None or subject.left_edge.i == 0 or doc[subject.left_edge.i - 1].text != ",":
        return []
    lead = [
        child
        for child in verb.children
        if child.i < subject.left_edge.i and child.dep_ in ("advcl", "prep", "npadvmod")
    ]
    return [(lead[0].left_edge.i, subject.left_edge.i)] if lead else []


def _before_next_cue(child: Token, content: list[Stretch]) -> list[Stretch]:
    """Without a coordinated verb that goes on with the cue, not with its clause."""
    for other in child.children:
        if other.dep_ == "conj" and outer_verb(other) is not None:
            start = next((each.i for each in child.children if each.dep_ == "cc" and each.i < other.i), other.left_edge.i)
            content = less(content, (start, child.right_edge.i + 1))
    return content


def _without_cue(content: Iterable[Stretch], verb: Token, picked: list[Token]) -> list[Stretch]:
    left = less(content, (verb.i, verb.i + 1))
    for child in verb.children:
        if child not in picked:
            left = less(left, under(child))
    return left
