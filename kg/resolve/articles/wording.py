"""Read from a claim's words its stance and what its figures leave out: wording.tsv.

"Moscow denied shelling the market"        stance denies
"Officials blamed the rebels for the raid" stance accuses, of "the rebels"
"36 bodies have been recovered so far"     marks: running
"""

from __future__ import annotations

import re
from collections import defaultdict
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.model import Attribution, CharSpan, Extraction, Figure, Kind, Narration, Polarity
from kg.text_tables import read_rows

#: slots whose words are regular expressions that match anywhere in a sentence, and become marks of an event
MARKS = ("running", "later", "corrected", "background")

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s|\n")
_PASSIVE_BY = re.compile(r"^\W*(?:\w+ )?by\b", re.IGNORECASE)
_ACCUSED = re.compile(r"^(?P<who>.{2,80}?) (?P<link>of|for|in|with|over|after)\b", re.IGNORECASE | re.DOTALL)


class Stance(StrEnum):
    """What a claim does with the events in its content, beyond asserting them."""

    ASSERTS = ""
    DENIES = "denies"
    DENIES_ROLE = "denies_role"  # responsibility, or "the allegation": no event is named
    UNAWARE = "does_not_know"
    RULES_OUT = "rules_out"
    OTHER_NEGATIVE = "other"
    ACCUSES = "accuses"
    ADMITS = "admits"  # claims responsibility


class Accused(NamedTuple):
    """Who a claim holds responsible, in its words and by id where the article has one."""

    label: str
    id: str | None


def stance_of(text: str, said: Attribution | Narration) -> Stance:
    """Return the stance that a claim's cue gives its content."""
    if isinstance(said, Narration):
        return Stance.ASSERTS
    content = said.content[0].of(text).lstrip(" \"“'") if said.content else ""
    cue = said.cue_lemma.casefold()
    if cue in _words("denies") and said.kind is not Kind.NON_STATEMENT:
        return Stance.DENIES_ROLE if _opens(content, "answer") else Stance.DENIES
    if said.polarity is Polarity.NEGATIVE:
        if cue in _words("unaware"):
            return Stance.UNAWARE
        return Stance.RULES_OUT if cue in _words("rules_out") else Stance.OTHER_NEGATIVE
    if cue in _words("rules_out") and cue.endswith("out"):
        return Stance.RULES_OUT
    if cue in _words("accuses"):
        return Stance.ACCUSES
    if cue == "claim" and (_opens(content, "claims_it") or _is_claimed_by(text, said)):
        return Stance.ADMITS
    return Stance.ASSERTS


def _is_claimed_by(text: str, said: Attribution) -> bool:
    """Return True for "The attack was claimed by the Free Army": the source follows the cue with "by"."""
    if not said.source or not said.cue:
        return False
    between = text[said.cue[-1].end : said.source[0].end]
    return said.source[0].start >= said.cue[-1].end and bool(_PASSIVE_BY.match(between))


def is_main_event(text: str, said: Attribution | Narration, trigger: CharSpan) -> bool:
    """Return True if a claim's cue bears on an event: in "denied bond for a man charged with killing" it does not."""
    content = next((span for span in said.content if span.start <= trigger.start < span.end), None)
    if content is None:
        return False
    before, after = text[content.start : trigger.start], text[trigger.end : content.end].lstrip()
    return not _pattern("governs").search(before) and not _pattern("predicates").match(after)


def is_unreal(text: str, said: Attribution | Narration, trigger: CharSpan) -> bool:
    """Return True for an event that is hoped, feared or asked: "praying that nobody died"."""
    content = next((span for span in said.content if span.start <= trigger.start < span.end), None)
    return content is not None and bool(_pattern("unreal").search(text[content.start : trigger.start]))


def accused_in(extraction: Extraction, said: Attribution) -> Accused | None:
    """Return who an accusation names: "Turkey" of "blamed Turkey for the bombing"."""
    text, content = extraction.article.text, said.content[0]
    found = _ACCUSED.match(content.of(text))
    if not found:
        return None
    start = content.start + found.start("who")
    named = CharSpan(start, content.start + found.end("who"))
    mention = next((m for m in extraction.mentions if named.start <= m.span.start and m.span.end <= named.end), None)
    return Accused(found["who"].casefold(), mention.id if mention else None)


def sentence_around(text: str, spans: tuple[CharSpan, ...], trigger: CharSpan) -> str:
    """Return the sentence that holds a trigger, widened to the spans of its claim."""
    first = min((span.start for span in spans if span.end > trigger.start - 200), default=trigger.start)
    first = min(first, trigger.start)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, max(0, first - 300), first)]
    after = _SENTENCE_END.search(text, trigger.end)
    return text[ends[-1] if ends else max(0, first - 300) : after.end() if after else len(text)]


def marks_of(sentence: str) -> frozenset[str]:
    """Return which of MARKS the words of a sentence carry."""
    return frozenset(slot for slot in MARKS if _pattern(slot).search(sentence))


def counts_rest(text: str, figure: Figure) -> bool:
    """Return True for a figure of some beside others: "two others", "three more people", "four of them"."""
    after = re.split(r"[,.;:\n]", text[figure.span.end : figure.span.end + 32])[0]
    nearby = " ".join([text[figure.span.start : figure.span.end], *after.split()[:3], figure.counts])
    before = text[max(0, figure.span.start - 14) : figure.span.start]
    return bool(_pattern("rest").search(nearby) or _pattern("rest_before").search(before))


def names_meet(one: str, other: str) -> bool:
    """Return True if two names may stand for one party: "Russia" and "Russian forces", but not "Israel" and "Hamas"."""
    return bool(name_stems(one) & name_stems(other))


def name_stems(name: str) -> set[str]:
    """Return the stems of the words that identify a name: "Turkish drones" and "Turkey" share one."""
    words = re.findall(r"[^\W\d_]+", name.rsplit("/", 1)[-1].casefold())
    return {word[:4] for word in words if word not in _words("generic") and len(word) > 1}


def _opens(content: str, slot: str) -> bool:
    return bool(_pattern(slot).match(content))


@cache
def _table() -> dict[str, tuple[str, ...]]:
    slots: dict[str, list[str]] = defaultdict(list)
    for row, _ in read_rows(Path(__file__).with_name("wording.tsv"), ("slot", "words")):
        slots[row["slot"]].append(row["words"])
    return {slot: tuple(words) for slot, words in slots.items()}


@cache
def _words(slot: str) -> frozenset[str]:
    return frozenset(_table()[slot])


@cache
def _pattern(slot: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in _table()[slot]), re.IGNORECASE)
