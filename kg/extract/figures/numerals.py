"""Numbers in a text, in digits or words, with how they are hedged and in which unit: no syntax, one pass of one pattern.

What is counted, and by which event, is for `kg.extract.figures` to say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import Lexicon
from kg.model import CharSpan, Comparator
from kg.text_tables import Row

Number = int | float


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands: ``span`` with its hedge and unit, ``core`` only the number.

    ``value`` is None for a range and for what is vague; ``low`` and ``high`` are then the bounds. ``unit`` is "count"
    where the words give no unit; ``kind`` is the unit's kind ("money", "duration") or "". ``written`` says whether in digits.
    ``last`` is a range's upper number, with its unit.
    """

    span: CharSpan
    core: CharSpan
    value: Number | None
    low: Number | None
    high: Number | None
    comparator: Comparator
    unit: str = "count"
    kind: str = ""
    written: str = "digits"  # digits | words | vague | none | nobody | fraction
    last: CharSpan | None = None
    compound: bool = False  # joined to its unit, before a noun: "a 12-year sentence"


@dataclass(frozen=True, slots=True)
class Label:
    """A number whose neighbours say that it is no figure, and what it is instead ("age", "label")."""

    span: CharSpan
    reading: str


@dataclass(frozen=True, slots=True)
class Hedge:
    """A comparator's phrase, and its bounds as multiples of the number spoken."""

    comparator: Comparator
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class NumeralGrammar:
    """The pattern of numerals and the tables that give its words their worth."""

    pattern: re.Pattern[str]
    worth: dict[str, tuple[float, str]]
    hedges: dict[str, Hedge]
    units: dict[str, tuple[str, str]]
    labels: re.Pattern[str]
    tails: re.Pattern[str]
    why: dict[str, str]
    anchors: frozenset[str]


#: longer numbers are identifiers or noise, and arithmetic on them overflows (a float ends at 309 digits)
LARGEST = 1e24

#: how many characters of a figure may stand before its first number word, and after its last
AHEAD, BEHIND = 40, 40
_WORD = re.compile(r"[^\W\d_]+|\d+")


def find_numerals(text: str, lexicon: Lexicon) -> Iterator[Numeral]:
    """The numbers of a text, in reading order, without labels ("Article 5"), ages, ordinals, addresses and scores."""
    return (found for found in scan_numbers(text, lexicon) if isinstance(found, Numeral))


def scan_numbers(text: str, lexicon: Lexicon) -> Iterator[Numeral | Label]:
    """The numbers of a text, in reading order: "Article 5" and "12-year-old" as labels, each with its reading."""
    grammar = _grammar(lexicon)
    for match in _scan(text, grammar):
        if reading := _label(match, text, grammar):
            yield Label(CharSpan(*match.span()), reading)
        else:
            yield from _read(match, text, grammar)


def number_words(lexicon: Lexicon) -> frozenset[str]:
    """The words by which a number can be recognised: "twelve", "dozens"."""
    return _grammar(lexicon).anchors


def _scan(text: str, grammar: NumeralGrammar) -> Iterator[re.Match[str]]:
    """Where the pattern matches; it looks around digits and number words only, since most of a text has neither."""
    first = last = 0
    for anchor in _WORD.finditer(text):
        if not (anchor[0][0].isdigit() or anchor[0].lower() in grammar.anchors):
            continue
        if anchor.start() - AHEAD > last:
            yield from grammar.pattern.finditer(text, first, last)
            first = anchor.start() - AHEAD
        last = min(anchor.end() + BEHIND, len(text))
    yield from grammar.pattern.finditer(text, first, last)


def _label(match: re.Match[str], text: str, grammar: NumeralGrammar) -> str:
    """What the words next to a number say that it is, where it is no figure: "age", "score"; else ""."""
    before = text[max(0, match.start() - 24) : match.start()]
    number = match.end("second") if match["second"] else match.end("number")
    ends = [match.end()] if match["tail"] or number < 0 else sorted({number, match.end()})
    for end in ends:
        if tail := grammar.tails.match(text, end):
            word = _plain(tail["word"])
            return grammar.why.get(word) or grammar.why.get(word.lstrip("- "), "label")
        if _COMPOUND.match(text, end) and not (match["unit"] and end == number):
            return "compound"
    if match["hedge"] or match["sign"] or match["unit"] or match["vague"]:
        return ""
    counted = re.match(r"\s+[a-z]+s\b|\s+people\b", text[match.end() : match.end() + 24])
    if (label := grammar.labels.search(before)) and not counted:
        return grammar.why.get(_plain(label["word"]), "label")
    return "phone" if _TELEPHONE.match(match.group()) else ""


def _plain(words: str) -> str:
    return re.sub(r"[\s\xa0]+", " ", re.sub(r"\s?-\s?", "-", words.lower())).strip()


#: a number joined to a word that is no unit: "a 31-member alliance"
_COMPOUND = re.compile(r"-[a-zA-Z]")
_TELEPHONE = re.compile(r"\(?\d{3}\)?[-.\s]\d{3,4}\b")


def _read(match: re.Match[str], text: str, grammar: NumeralGrammar) -> Iterator[Numeral]:
    unit, kind = _unit(match, grammar)
    hedge = _hedge(match, grammar)
    span = CharSpan(*match.span())
    joint = text[match.start("unit") - 2 : match.start("unit")] if match["unit"] else ""
    compound = joint.endswith(("-", "- "))
    if match["vague"]:
        low = _vague(match["vague"], grammar)
        yield Numeral(span, CharSpan(*match.span("vague")), None, low, None, Comparator.VAGUE, unit, kind, "vague")
        return
    first = CharSpan(*match.span("number"))
    value, written = value_of(match["number"], grammar.worth)
    if value > LARGEST or (match["second"] and value_of(match["second"], grammar.worth)[0] > LARGEST):
        return
    if match["second"]:
        upper, _ = value_of(match["second"], grammar.worth)
        last = CharSpan(match.start("second"), match.end())
        if unscaled := _other_units(match, grammar):  # "fell 4.5 percent to $32"
            yield Numeral(
                CharSpan(match.start(), match.end("unit1")),
                first,
                value,
                value,
                value,
                Comparator.EQ,
                *unscaled,
                written,
            )
            core = CharSpan(*match.span("second"))
            last = CharSpan(match.start("sign2") if match["sign2"] else core.start, match.end())
            name = grammar.units[match["sign2"].strip().lower()] if match["sign2"] else (unit, kind)
            yield Numeral(last, core, upper, upper, upper, Comparator.EQ, *name, written)
            return
        value = _scaled_alike(value, match["number"], match["second"], grammar.worth)
        if value < upper:
            core = CharSpan(first.start, match.end("second"))
            yield Numeral(span, core, None, value, upper, Comparator.RANGE, unit, kind, written, last)
        elif (match["between"] or "").lower().startswith("from"):  # "fell from 12 to 9"
            core = CharSpan(last.start, match.end("second"))
            yield Numeral(last, core, upper, upper, upper, Comparator.EQ, unit, kind, written)
        elif match["second"][0].isdigit() and value > upper:  # "54 percent to 46 percent"
            whole = CharSpan(match.start(), match.end("unit1") if match["unit1"] else first.end)
            yield Numeral(whole, first, value, value, value, Comparator.EQ, unit, kind, written)
            core = CharSpan(*match.span("second"))
            yield Numeral(last, core, upper, upper, upper, Comparator.EQ, unit, kind, written)
        return
    if written == "fraction":
        unit, kind = "percent", "percent"
    bounds = [None if factor is None else _tidy(value * factor) for factor in (hedge.low, hedge.high)]
    yield Numeral(span, first, value, bounds[0], bounds[1], hedge.comparator, unit, kind, written, compound=compound)


def _other_units(match: re.Match[str], grammar: NumeralGrammar) -> tuple[str, str] | None:
    """The unit of what looks like a range's first number, where the second has another: "4.5 percent to $32"."""
    if not match["unit1"]:
        return None
    unit = grammar.units[re.sub(r"\s+", " ", match["unit1"].strip().lower())]
    second = match["sign2"] or match["unit"]
    other = grammar.units[re.sub(r"\s+", " ", second.strip().lower())] if second else ("count", "")
    return unit if other != unit else None


def value_of(words: str, table: dict[str, tuple[float, str]]) -> tuple[Number, str]:
    """What a number is worth, and how it is written; "two-thirds", "half" and "one in five" are worth their percentage."""
    words = re.sub(r"(?<=\d)\s([.,])\s(?=\d)", r"\1", words)  # "1 , 300" in a text split into words
    plain = re.sub(r"[\s-]+", " ", words.lower().replace("½", ".5")).strip()
    if plain in table and table[plain][1] in ("whole", "none", "nobody"):
        value, kind = table[plain]
        return _tidy(value), "words" if kind == "whole" else kind
    if ratio := re.fullmatch(r"(.+) (?:in|out of) (?:every )?(.+)", plain):
        part, whole = (value_of(each, table)[0] for each in ratio.groups())
        return _tidy(round(100 * part / whole, 1)), "fraction"
    total, current, share = 0.0, 0.0, 1.0
    for word in _PIECES.findall(plain):
        if word in ("a", "an", "and"):
            continue
        factor, kind = table.get(word) or table.get(word.rstrip("s")) or (SHORT_SCALES.get(word, 1.0), "scale")
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif kind == "scale":
            current = (current or 1) * factor
            if factor >= 1000:
                total, current = total + current, 0.0
        elif kind in ("part", "fraction"):
            share = factor
        else:
            current += factor
    value = (total + current or 1) * share
    if share != 1 and value < 1:
        return _tidy(round(100 * value, 1)), "fraction"
    return _tidy(value), "digits" if plain[0].isdigit() else "words"


_PIECES = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")

#: scales written close to a digit: "£5m", "2bn"
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}


def _vague(words: str, grammar: NumeralGrammar) -> Number:
    """As in "hundreds of thousands", "several hundred": the least that the plurals allow, multiplied."""
    least = 1.0
    for word in re.findall(r"a few|a handful of|a couple of|[a-z]+", words.lower()):
        single = word.rstrip("s")
        if single in grammar.worth and grammar.worth[single][1] == "scale" and least > 1:
            least *= grammar.worth[single][0]
        elif word in grammar.worth:
            least *= grammar.worth[word][0]
    return _tidy(least)


def _scaled_alike(value: Number, first: str, second: str, table: dict[str, tuple[float, str]]) -> Number:
    """As in "1.5 to 2 million": the first takes the second's scale where it has none of its own."""
    scale = re.search(r"([a-z]+)\s*$", second.lower())
    if scale and re.fullmatch(r"[\d.,]+", first):
        name = scale[1].rstrip("s")
        factor = SHORT_SCALES.get(name) or (table[name][0] if table.get(name, (0, ""))[1] == "scale" else 1)
        return _tidy(value * factor)
    return value


def _unit(match: re.Match[str], grammar: NumeralGrammar) -> tuple[str, str]:
    for group in ("sign", "unit"):
        if match[group]:
            return grammar.units[re.sub(r"\s+", " ", match[group].strip().lower())]
    return "count", ""


def _hedge(match: re.Match[str], grammar: NumeralGrammar) -> Hedge:
    for group in ("hedge", "tail"):
        if match[group]:
            return grammar.hedges[re.sub(r"\s+", " ", match[group].strip().lower())]
    return Hedge(Comparator.EQ, 1, 1)


def _tidy(value: float) -> Number:
    if not math.isfinite(value):
        return value
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


@cache
def _grammar(lexicon: Lexicon) -> NumeralGrammar:
    words = {row["word"]: (float(row["value"]), row["kind"]) for row in lexicon.rows("number_words")}
    hedges = {
        row["phrase"]: Hedge(Comparator(row["comparator"]), _factor(row["low"]), _factor(row["high"]))
        for row in lexicon.rows("comparators")
    }
    units = {row["form"].lower(): (row["unit"], row["kind"]) for row in lexicon.rows("units")}
    labels = [row for row in lexicon.rows("not_figures") if row["place"] == "before"]
    tails = [row for row in lexicon.rows("not_figures") if row["place"] == "after"]
    pattern = _pattern(words, _by_side(lexicon.rows("comparators"), "phrase"), _by_side(lexicon.rows("units"), "form"))
    return NumeralGrammar(
        re.compile(pattern, re.IGNORECASE | re.VERBOSE),
        words,
        hedges,
        units,
        re.compile(rf"(?:^|[^\w-])(?P<word>{_any(row['word'] for row in labels)})[\s\xa0]$", re.IGNORECASE),
        re.compile(rf"(?P<word>(?:\s?-\s?|\s)?(?:{_tails(tails)}))(?!\w)", re.IGNORECASE),
        {_plain(row["word"]): row["why"] for row in (*labels, *tails)},
        frozenset(part for word in words for part in word.split()) - {"a", "of"},
    )


def _pattern(words: dict[str, tuple[float, str]], hedges: dict[str, list[str]], units: dict[str, list[str]]) -> str:
    def of(*kinds: str) -> str:
        return _any(word for word, (_, kind) in words.items() if kind in kinds)

    scale = of("scale")
    small = rf"(?:{of('unit', 'ten')})\b"
    spelt = rf"(?:(?:{small}|(?:half\ )?an?(?=\ (?:{scale})))(?:[\s-]{small}|[\s-](?:{scale})\b(?:\sand\s{small})?)*)"
    ratio = rf"(?:{small}|\d{{1,2}})\s(?:in|out\sof)(?:\severy)?\s(?:{small}|10|100)(?!\w)"
    share = (
        rf"{ratio}|(?:{small}|an?)[\s-](?:{of('part')})s?(?=\sof\b|\sthe\b)|half(?=\sof\b|\sthe\b|\sits\b|\stheir\b)"
    )
    split = rf"\d{{1,3}}(?:\s,\s\d{{3}}(?!\d))+|\d+\s\.\s\d+(?=\s?(?:{scale}|mm|bn)\b|\s(?:-\s)?(?:magnitude|degrees)|\sto\s\d+\s\.)"
    digits = rf"{split}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?:\s?½)?"
    scaled = rf"(?:{digits})(?:[\s-](?:{scale})s?\b|\s?(?:m|mm|mn|bn|tn|k)\b|(?:{scale})\b)?"
    unscaled = rf"(?:{of('whole', 'none', 'nobody')})\b(?!\.\s?\d)"
    number = rf"(?:{share}|{scaled}|{spelt}|{unscaled})"
    loose = of("vague")
    vague = rf"(?:(?:{loose})(?:\s(?:{scale})\b)?(?:\sof\s(?:hundreds|thousands|millions|billions)\b)?)"
    before, after = _any(units["before"]), _any(units["after"])
    return rf"""
        (?:(?<![\w/:.,%-])(?<!\w[’'])|(?<=\bmagnitude-)) (?<!\d[–—])
        (?:(?P<hedge>{_any(hedges["before"])})\s(?:another\s|an\sadditional\s|a\sfurther\s|the\s|some\s|about\s|around\s)?)?
        (?P<between>between\s|from\s)?
        (?:(?P<sign>{before})\s?)?
        (?:(?P<vague>{vague})(?!\w)
          |(?P<number>{number})
           (?:\s?(?P<unit1>{after})?(?:\s(?:to|or)\s|\s?[-–—]\s?|(?<=\w)\sand\s(?=(?:{before})?(?:\d|{small}))(?(between)|(?!)))(?P<sign2>{before})?
              (?P<second>{number})(?![\w-]))?
        )
        (?:(?P<tail>\s?(?:{_any(hedges["after"])}))(?!\w))?
        (?:(?:[\s-]|\s-\s|(?<=s)\sof\s)?(?P<unit>{after})(?![\w]))?
        (?![\w/]|[.,:]\d|-\d)
    """


def _any(words: Iterable[str]) -> str:
    """An alternative of words, the longest first, blanks made to match any white space."""
    listed = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in listed)


def _tails(rows: Iterable[Row]) -> str:
    """An alternative of the words after a number; "-year-old" also as it stands in a text split into words."""
    return _any(row["word"].lstrip("-") for row in rows).replace(r"\-", r"\s?-\s?")


def _by_side(rows: Iterable[Row], column: str) -> dict[str, list[str]]:
    """The words of a table that stand before a number, and after it."""
    return {side: [row[column] for row in rows if row["place"] == side] for side in ("before", "after")}


def _factor(cell: str) -> float | None:
    return float(cell) if cell else None
