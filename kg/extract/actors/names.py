"""Derive from a name's words: its id, its label without titles and possessives, whether a man or a woman bears it.

Tables: titles, given_names, nominals, outlets, outlet_words, reference_words.
All functions are on strings; offsets stay with their callers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import Lexicon
from kg.ids import without_marks
from kg.model import ActorKind

POSSESSIVE = re.compile(r"[’'`]s?$")
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun for who speaks or acts: ``kind`` as in nominals.tsv, ``gender`` "m", "f" or ""."""

    kind: str
    gender: str


def squeeze(words: str) -> str:
    """The words on one line, without quotation marks around them and without a possessive at their end."""
    line = " ".join(INVISIBLE.sub("", words).split()).strip(' "“”‘,;:')
    return POSSESSIVE.sub("", line).strip()


def without_determiner(words: str, lexicon: Lexicon) -> str:
    """The words without an article or possessive pronoun before them."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in lexicon.words("reference_words", "determiner") else words


def kind_of(name: str, label: str, lexicon: Lexicon) -> ActorKind:
    """What a proper name stands for, given the model's ``label`` for it."""
    words = name.split()
    if known_outlet(name, lexicon) or (len(words) > 1 and words[-1] in _outlet_words(lexicon)):
        return ActorKind.OUTLET
    return {"PERSON": ActorKind.PERSON, "NORP": ActorKind.GROUP}.get(label, ActorKind.ORGANIZATION)


def untitled(name: str, lexicon: Lexicon) -> tuple[str, str]:
    """(the titles before a person's name, the name): ("Prime Minister", "Rishi Sunak").

    A name that is nothing but titles ("Justice") is a name.
    """
    words = name.split()
    count = 0
    while count < len(words) - 1 and title_of(words[count], lexicon) is not None:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def title_of(word: str, lexicon: Lexicon) -> Noun | None:
    """The title that a word is, with kind "honorific" or "office"; None where it is none."""
    return _titles(lexicon).get(word.rstrip(".").lower())


def full_title(word: str, lexicon: Lexicon) -> str:
    """The word in lower case, a short form of a title in full: "Gov." -> "governor"."""
    plain = word.rstrip(".").lower()
    return _full_titles(lexicon).get(plain) or plain


def noun_of(lemma: str, lexicon: Lexicon) -> Noun | None:
    """What the table of nominals says of a noun's lemma."""
    return _nouns(lexicon).get(lemma.lower())


def title_forms(lexicon: Lexicon) -> frozenset[str]:
    """All titles as they stand in text, lower case, with and without a full stop."""
    return _title_forms(lexicon)


def noun_lemmas(lexicon: Lexicon, *kinds: str) -> frozenset[str]:
    """The lemmas of the table of nominals, of some kinds or all."""
    return _noun_lemmas(lexicon, kinds)


def gender(name: str, lexicon: Lexicon) -> str:
    """Return the gender that a title or given name shows, "m" or "f", else ""; for a single word it is a guess."""
    words = name.split()
    for word in words[:-1]:
        known = title_of(word, lexicon)
        if known is None:
            break
        if known.gender:
            return known.gender
    _, bare = untitled(name, lexicon)
    parts = bare.split()
    given = _given(lexicon)
    if len(parts) == 1 and parts[0] not in _only_given(lexicon):
        return ""
    first = without_marks(parts[0])
    found = given.get(first) or given.get(first.partition("-")[0])
    if found:
        return found
    return given.get(parts[1], "") if len(parts) > 2 and len(parts[0].rstrip(".")) == 1 else ""


def is_given(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a given name of the table and nothing else ("Virginia" is a place, too)."""
    return word in _only_given(lexicon)


def is_body(name: str, lexicon: Lexicon) -> bool:
    """Whether a name's last word says that it is an organisation's ("... Administration")."""
    words = name.split()
    known = noun_of(words[-1], lexicon) if len(words) > 1 else None
    return known is not None and known.kind in {"organization", "outlet"} and words[-1][0].isupper()


def known_outlet(name: str, lexicon: Lexicon) -> str | None:
    """The label of a newspaper, agency or broadcaster of the table; None for another name."""
    return _outlets(lexicon).get(without_determiner(name, lexicon).lower())


@cache
def _titles(lexicon: Lexicon) -> dict[str, Noun]:
    return {row["word"]: Noun(row["kind"], row["gender"]) for row in lexicon.rows("titles")}


@cache
def _full_titles(lexicon: Lexicon) -> dict[str, str]:
    return {row["word"]: row["full"] for row in lexicon.rows("titles")}


@cache
def _title_forms(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(form for word in _titles(lexicon) for form in (word, f"{word}."))


@cache
def _noun_lemmas(lexicon: Lexicon, kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(lemma for lemma, noun in _nouns(lexicon).items() if not kinds or noun.kind in kinds)


@cache
def _nouns(lexicon: Lexicon) -> dict[str, Noun]:
    return {row["noun"]: Noun(row["kind"], row["gender"]) for row in lexicon.rows("nominals")}


@cache
def _given(lexicon: Lexicon) -> dict[str, str]:
    return {row["name"]: row["gender"] for row in lexicon.rows("given_names")}


@cache
def _only_given(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon.rows("given_names") if not row["also"])


@cache
def _outlet_words(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("outlet_words"))


@cache
def _outlets(lexicon: Lexicon) -> dict[str, str]:
    return {
        name.lower(): row["name"]
        for row in lexicon.rows("outlets")
        for name in (row["name"], *filter(None, row["alias"].split("|")))
    }
