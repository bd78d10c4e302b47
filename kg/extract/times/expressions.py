"""Times as they stand in a text: one pass of one pattern, made of time_patterns.tsv and time_words.tsv.

What a time means is for `kg.extract.times.normalise` to say, which event it dates for `kg.extract.times`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.extract.lexicon import Lexicon
from kg.model import CharSpan


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time as it stands: ``kind`` names the rule that resolves it, ``parts`` are the words that the rule needs.

    ``values`` are those parts that the lexicon gives a number (weekday, month, day, night, number). ``bound`` is
    "since" or "until" where the time opens or closes a period ("since 2014"), else "".
    """

    span: CharSpan
    kind: str
    parts: dict[str, str] = field(hash=False)
    values: dict[str, int] = field(hash=False)
    bound: str = ""


@dataclass(frozen=True, slots=True)
class TimeGrammar:
    """The rows' patterns in one, and each by itself; what the words are worth."""

    scanner: re.Pattern[str]
    rows: tuple[tuple[str, re.Pattern[str]], ...]
    worth: dict[str, dict[str, str]]
    anchors: frozenset[str]
    names: frozenset[str]
    match: frozenset[str]  # words of sport


#: how many characters of a time may stand before, and after, a word that it cannot do without
AHEAD, BEHIND = 30, 30
_WORD = re.compile(r"[^\W\d_]+|\d{4}|\d(?=:\d|\s?[apAP]\.?[mM])")

#: what is not a date though it contains one: a habit ("every Monday"), an adjective's year
_HABIT = re.compile(r"\b(?:every|each|most|on alternate)\s$", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:ever\s)?since\s(?:the\s|about\s|early\s|late\s|mid-?\s?|at least\s)*$", re.IGNORECASE)
_CLOSES = re.compile(
    r"\b(?:until|till|by|before|prior to|no later than|not later than)\s(?:the\s)?(?:end\sof\s)?$", re.IGNORECASE
)
_AFTERWARDS = re.compile(r"\bafter\s$", re.IGNORECASE)
_NIGHT_OF = re.compile(r"\b(?:night|overnight)\s(?:of|on|from)?\s?$", re.IGNORECASE)
_HEAD_WORD = re.compile(r"(since|until|till|by|before|after)\s", re.IGNORECASE)


@lru_cache(maxsize=2)  # sayings, events and figures of an article ask for the same
def find_time_expressions(text: str, lexicon: Lexicon) -> tuple[TimeWords, ...]:
    """The times of a text, in reading order."""
    grammar = _grammar(lexicon)
    return tuple(found for match in _scan(text, grammar) if (found := _read(match, text, grammar)) is not None)


def _scan(text: str, grammar: TimeGrammar) -> Iterator[re.Match[str]]:
    """Where the grammar matches; it looks only around anchors, since it is slow and most of a text has none."""
    first = last = 0
    for anchor in _WORD.finditer(text):
        word = anchor[0]
        if not (
            word.lower() in grammar.anchors
            or word[0].isdigit()
            or (word[0].isupper() and word.lower() in grammar.names)
        ):
            continue
        if anchor.start() - AHEAD > last:
            yield from grammar.scanner.finditer(text, first, last)
            first = anchor.start() - AHEAD
        last = min(anchor.end() + BEHIND, len(text))
    yield from grammar.scanner.finditer(text, first, last)


def _read(match: re.Match[str], text: str, grammar: TimeGrammar) -> TimeWords | None:
    kind, pattern = grammar.rows[int(str(match.lastgroup)[1:])]
    named = pattern.match(text, match.start())
    if named is None:  # the scanner and the row differ in nothing but the names of groups
        return None
    parts = {name: words for name, words in named.groupdict().items() if words}
    before = text[max(0, match.start() - 24) : match.start()]
    if not _spelt_as_name(parts) or _HABIT.search(before):
        return None
    if kind == "quarter" and "year" not in parts and grammar.match & _words(text):
        return None  # a quarter of a match
    span = CharSpan(*named.span())
    return TimeWords(span, kind, _with_night(parts, before), _values(parts, grammar), _bound(match, before))


@lru_cache(maxsize=2)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.lower()))


def _spelt_as_name(parts: dict[str, str]) -> bool:
    """Months and weekdays are names: "may", "march" and "sat" are not."""
    return all(words[0].isupper() or words[0].isdigit() for name, words in parts.items() if name in _NAMES)


_NAMES = ("month", "month2", "weekday", "weekday2")


def _with_night(parts: dict[str, str], before: str) -> dict[str, str]:
    return {**parts, "part": "night"} if _NIGHT_OF.search(before) else parts


def _bound(match: re.Match[str], before: str) -> str:
    head = _HEAD_WORD.match(match.group())
    before = before + head[0] if head else before
    for bound, pattern in (("since", _OPENS), ("until", _CLOSES), ("after", _AFTERWARDS)):
        if pattern.search(before):
            return bound
    return ""


def _values(parts: dict[str, str], grammar: TimeGrammar) -> dict[str, int]:
    """The numbers that the lexicon, or the digits, give to the parts."""
    values = {}
    for name, words in parts.items():
        table = _TABLES.get(name, name)
        plain = re.sub(r"\s+", " ", words.lower())
        worth = grammar.worth.get(table, {}).get(plain) or grammar.worth.get(table, {}).get(plain.rstrip("."))
        if name == "word":
            worth = next((grammar.worth[kind][plain] for kind in _DEICTIC if plain in grammar.worth[kind]), "")
        if plain.isdigit():
            worth = plain
        if worth and re.fullmatch(r"-?\d+", worth):
            values[name] = int(worth)
        elif worth and re.fullmatch(r"\d+-\d+", worth):  # a holiday's month and day
            values["month"], values["day"] = map(int, worth.split("-"))
        elif worth and (nth := _NTH.fullmatch(worth)):
            values.update({key: int(number) for key, number in nth.groupdict().items()})
        elif worth and (movable := _EASTER.fullmatch(worth)):
            values["easter"] = int(movable["days"])
    return values


_DEICTIC = ("day", "night", "holiday")
_TABLES = {"month2": "month", "weekday2": "weekday", "n": "number", "n2": "number", "teen2": "teen"}
_NTH = re.compile(r"(?P<month>\d+)/(?P<nth>-?\d)/(?P<weekday>\d)")  # a feast on the nth weekday of a month
_EASTER = re.compile(r"easter(?P<days>[+-]\d+)")


@cache
def _grammar(lexicon: Lexicon) -> TimeGrammar:
    worth: dict[str, dict[str, str]] = {}
    for row in lexicon.rows("time_words"):
        worth.setdefault(row["kind"], {})[row["word"]] = row["value"]
    kinds = {kind: f"(?:{_any(words)})" for kind, words in worth.items()}
    rows = []
    for row in lexicon.rows("time_patterns"):
        pattern = row["pattern"]
        for kind, words in kinds.items():
            pattern = pattern.replace("{" + kind + "}", words)
        rows.append((row["kind"], rf"(?<![\w$£€])(?:{pattern})"))
    plain = (re.sub(r"\(\?P<\w+>", "(?:", pattern) for _, pattern in rows)
    scanner = "|".join(f"(?P<r{i}>{pattern})" for i, pattern in enumerate(plain))
    return TimeGrammar(
        re.compile(scanner, re.IGNORECASE),
        tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rows),
        worth,
        frozenset(_anchors(worth)),
        frozenset(
            part for kind in ("weekday", "month") for word in worth[kind] for part in re.findall(r"[^\W\d_]+", word)
        ),
        frozenset(row["word"] for row in lexicon.rows("time_links") if row["kind"] == "match"),
    )


def _anchors(worth: dict[str, dict[str, str]]) -> Iterator[str]:
    """The words of which every time has one, or a digit."""
    for kind in ("holiday", "anchor"):
        yield from (part for word in worth[kind] for part in re.findall(r"[^\W\d_]{2,}", word))
    for kind in ("day", "night"):
        yield from (re.findall(r"[^\W\d_]+", word)[-1] for word in worth[kind])
    yield from worth["season"]
    for unit in worth["unit"]:
        yield from (unit, f"{unit}s")


def _any(words: dict[str, str]) -> str:
    listed = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in listed)
