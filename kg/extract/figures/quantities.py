"""Numbers in their sentence: what each one counts, and which whole it is part of.

A numeral (`kg.extract.figures.numerals`) becomes a `Quantity` once the parse says what noun it counts; times of day, years, ages
and labels, which look like numbers too, get a reading of their own here, where the words by themselves did not give one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.figures import numerals
from kg.extract.figures.numerals import Numeral
from kg.extract.lexicon import Lexicon
from kg.extract.times import expressions
from kg.model import CharSpan, Comparator

NOMINAL = frozenset({"NOUN", "PROPN"})
#: relations by which a number, or a noun before a noun, modifies the noun that is counted
MODIFIES = frozenset({"nummod", "quantmod", "amod", "compound", "det", "predet", "advmod", "nmod"})
#: entities in whose names a number counts nothing
NAMES = frozenset({"FAC", "WORK_OF_ART", "LAW", "PRODUCT", "EVENT", "DATE", "TIME"})
_OF = re.compile(r"\s(?:out\s)?of\s(?:the\s|its\s|their\s|these\s|those\s|all\s|his\s|her\s)?")
_DIGITS = re.compile(r"\d+")
#: how far from a digit a pattern of number_patterns.tsv may reach
NEAR = 120
#: between ages: "24 and 30"
_NEXT = re.compile(r"\s*(?:,|and|or|to|,\s*and)\s*")
#: the reading of a number that says how many or how much
FIGURE = "figure"
#: no person is older
OLDEST = 119
_OF_WHICH = re.compile(r"\b(?:of|among)\s(?:which|whom|them|those)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral in its sentence.

    By the index of their token: ``at`` is its number, ``noun`` what it counts (None for a bare number), ``top`` the head
    of its phrase (of "a total of 15 drones", "total").

    ``reading`` is what the number is ("figure", "age", "name", ...); a ``weak`` one ("one", "no") is a figure only where it has a measure.
    ``whole`` is the index, among the article's quantities, of the whole that this is part of. ``own`` says whether what
    modifies the noun speaks of this quantity: in "11 of the drones launched", "launched" does not.
    """

    numeral: Numeral
    at: int
    top: int
    noun: int | None
    whole: int | None = None
    own: bool = True
    reading: str = FIGURE
    weak: bool = False


@dataclass(frozen=True, slots=True)
class NumberScan:
    """All numbers of an article: its ``figures``, the numerals that are none, and the spans that patterns and times take."""

    figures: tuple[Quantity, ...]
    others: tuple[Quantity, ...]
    spans: tuple[tuple[CharSpan, str], ...]


def find_quantities(parsed: ParsedArticle) -> tuple[Quantity, ...]:
    """The quantities of an article, in reading order; none from its furniture, its times, labels and ages."""
    return scan_article(parsed).figures


def scan_article(parsed: ParsedArticle) -> NumberScan:
    """Read every number of an article: the figures, and what the others are ("age", "clock", "name")."""
    return _Finder(parsed, parsed.tree).scan()


class _Finder:
    def __init__(self, parsed: ParsedArticle, tree: DependencyTree) -> None:
        self.parsed = parsed
        self.text = parsed.article.text
        self.tree = tree
        self.words = quantity_words(parsed.lexicon)
        self.sentences = parsed.sentence_numbers
        self.numerals: list[Numeral] = []
        self.at: list[int] = []
        self.at_token: dict[int, int] = {}
        self.found: list[Quantity] = []
        self.spans: list[tuple[CharSpan, str]] = []

    def scan(self) -> NumberScan:
        self._read()
        for number in range(len(self.numerals)):
            self.found.append(self._place(number))
        for number, quantity in enumerate(self.found):
            self.found[number] = replace(quantity, reading=self._reading(number), weak=self._is_weak(quantity))
        kept = [i for i, quantity in enumerate(self.found) if quantity.reading == FIGURE]
        places = {old: new for new, old in enumerate(kept)}
        figures = (
            replace(q, whole=None if q.whole is None else places.get(q.whole)) for q in (self.found[i] for i in kept)
        )
        others = tuple(q for q in self.found if q.reading != FIGURE)
        return NumberScan(tuple(figures), others, tuple(self.spans))

    def _read(self) -> None:
        self.spans = [(found, reading) for found, reading in find_patterns(self.text, self.parsed.lexicon)]
        times_ = expressions.find_time_expressions(self.text, self.parsed.lexicon)
        self.spans += [(words.span, "clock" if words.kind == "clock" else "date") for words in times_]
        taken = sorted(span for span, _ in self.spans)
        for numeral in numerals.scan_numbers(self.text, self.parsed.lexicon):
            if isinstance(numeral, numerals.Label):
                self.spans.append((numeral.span, numeral.reading))
                continue
            if _overlaps(taken, numeral.core):
                self.spans.append((numeral.span, "date"))  # "three to four months before": the end of it was a time
                continue
            tokens = self.parsed.tokens(numeral.core)
            if tokens.start not in self.parsed.silent:
                self.at_token.update(dict.fromkeys(range(tokens.start, tokens.end), len(self.numerals)))
                self.numerals.append(numeral)
                self.at.append(tokens.root.i)

    def _place(self, number: int) -> Quantity:
        tree, at = self.tree, self.at[number]
        numeral = self._moved_to(self.numerals[number], at)
        top = self._raise(at)
        noun = self._counted(top, numeral)
        whole, own = self._next_of(number), True
        parts = [p for prep in tree.kids(top, "prep") if tree.lower[prep] == "of" for p in tree.kids(prep, "pobj")]
        if parts and (noun is None or numeral.kind):
            whole = self._whole(parts[0], at) if whole is None else whole
            own = whole is None and not any(tree.lower[c] in self.words["definite"] for c in tree.children[parts[0]])
            noun = self._noun_of(parts[0]) or noun
        elif noun is None:
            last = self.parsed.tokens(numeral.core)[
                -1
            ].i  # "one in five schools" its one is the head, its five has the noun
            noun = self._counted(self._raise(last), numeral)
            whole = self._fronted(number, top) if whole is None else whole
        if whole is None:
            whole = self._containing(top)
        if noun is None and whole is not None:
            noun = self._noun_of_whole(whole)
        return Quantity(numeral, at, self._outermost(top), noun, whole, own)

    def _moved_to(self, numeral: Numeral, at: int) -> Numeral:
        """As in "Rose from 12 to 15": the 15; other ranges as they stand."""
        if numeral.last is None or not numeral.span.of(self.text).lower().startswith("from"):
            return numeral
        verb = next((up for up in self.tree.climb(at) if self.tree.pos[up] in {"VERB", "AUX"}), at)
        if self.tree.lemma[verb] not in self.words["change"]:
            return numeral
        core = CharSpan(numeral.last.start, numeral.core.end)
        self.spans.append((CharSpan(numeral.span.start, core.start), "former"))
        return replace(
            numeral, span=numeral.last, core=core, value=numeral.high, low=numeral.high, comparator=Comparator.EQ
        )

    def _raise(self, i: int) -> int:
        """From a number to the noun that it modifies."""
        tree = self.tree
        while tree.dep[i] in MODIFIES and tree.pos[tree.head[i]] in NOMINAL | {"NUM", "SYM", "ADJ"}:
            i = tree.head[i]
        return i

    def _counted(self, i: int, numeral: Numeral) -> int | None:
        """``i`` where it is what is counted, and not the number or its unit; past a quoted epithet ("nine 'kamikaze' drones")."""
        tree = self.tree
        if tree.pos[i] not in NOMINAL or numeral.span.overlaps(self.parsed.span(tree.doc[i])):
            return None
        after = tree.pos[i + 1 : i + 3]
        if after == ["PUNCT", "NOUN"] and tree.lower[i + 1] in {"'", "’", '"', "”"} and tree.tag[i] != "NNS":
            return i + 2
        return i

    def _noun_of(self, part: int) -> int | None:
        """The noun in what an "of" measures: of "30 of at least 35 drones", drones; of "11 of them", none."""
        part = self._raise(part)
        if self.tree.pos[part] in NOMINAL or (self.tree.pos[part] in {"ADJ", "VERB"} and self.tree.kids(part, "det")):
            return part  # "three of the wounded"
        inner = [
            p
            for prep in self.tree.kids(part, "prep")
            if self.tree.lower[prep] == "of"
            for p in self.tree.kids(prep, "pobj")
        ]
        return self._noun_of(inner[0]) if inner else None

    def _noun_of_whole(self, whole: int) -> int | None:
        if whole < len(self.found):
            return self.found[whole].noun
        return self._counted(self._raise(self.at[whole]), self.numerals[whole])

    def _outermost(self, top: int) -> int:
        """Up from what a total, or another number, measures."""
        tree = self.tree
        while tree.dep[top] == "pobj" and tree.lower[tree.head[top]] == "of":
            above = tree.head[tree.head[top]]
            if tree.lower[above] not in self.words["total"] and above not in self.at_token:
                break
            top = above
        return top

    # ---------------------------------------------------------------- wholes

    def _next_of(self, number: int) -> int | None:
        """As in "Two of six missiles", "30 of at least 35": the number that follows the "of"."""
        if number + 1 == len(self.numerals):
            return None
        between = self.text[self.numerals[number].span.end : self.numerals[number + 1].span.start]
        return number + 1 if _OF.fullmatch(between) else None

    def _whole(self, part: int, at: int) -> int | None:
        """As in "11 of them", "26 of the Shahed drones", "two of the 30 men": the quantity that this is part of."""
        tree = self.tree
        inside = [self.at_token[i] for i in (part, *tree.kids(part, "nummod", "quantmod")) if i in self.at_token]
        if inside:
            return inside[0]
        before = [i for i, quantity in enumerate(self.found) if self._near(quantity, at)]
        if tree.lower[part] not in self.words["partitive"]:
            definite = any(tree.lower[c] in self.words["definite"] for c in tree.children[part])
            before = [i for i in before if definite and self._lemma(self.found[i].noun) == tree.lemma[part]]
        return before[-1] if before else None

    def _near(self, quantity: Quantity, at: int) -> bool:
        """Whether it is a count of the same sentence, or of the one before."""
        return not quantity.numeral.kind and 0 <= self.sentences[at] - self.sentences[quantity.at] <= 1

    def _containing(self, top: int) -> int | None:
        """As in "12 people, including three children and two nurses": the 12."""
        tree = self.tree
        while tree.dep[top] == "conj":  # "including five over Odesa and two over Kyiv"
            top = tree.head[top]
        if tree.dep[top] != "pobj" or tree.lower[tree.head[top]] != "including":
            return None
        above = tree.head[tree.head[top]]
        if tree.pos[above] == "VERB":  # "33 were shot down, including five"
            above = next((i for i in reversed(tree.kids(above, "nsubj", "nsubjpass", "dobj")) if i < top), above)
        near = [i for i, q in enumerate(self.found) if above in (q.noun, q.top, q.at) and q.at <= above]
        return near[-1] if near else None

    def _fronted(self, number: int, top: int) -> int | None:
        """As in "of the 42 drones, 36 were shot down", "launched 42 drones, of which 36 were shot down": the 42."""
        tree = self.tree
        if number and _OF_WHICH.search(self.text, self.numerals[number - 1].span.end, self.numerals[number].span.start):
            return number - 1
        for prep in tree.kids(tree.head[top], "prep"):
            if tree.lower[prep] == "of" and prep < top:
                inside = [self.at_token[i] for i in tree.subtree(prep) if i in self.at_token]
                return inside[0] if inside else None
        return None

    def _lemma(self, i: int | None) -> str:
        return "" if i is None else self.tree.lemma[i]

    # ---------------------------------------------------------------- what is no figure

    def _reading(self, number: int) -> str:
        """What a number is: a figure, or one of the readings of number_readings.tsv."""
        quantity = self.found[number]
        numeral, noun, at, tree = quantity.numeral, quantity.noun, quantity.at, self.tree
        if self._is_former(numeral, at):
            return "former"
        if numeral.compound and numeral.kind not in ("magnitude", "percent", "money") and not self._is_term(quantity):
            return "compound"
        if numeral.kind:
            return FIGURE
        words = numeral.core.of(self.text).lower()
        if words in ("one", "both") and (tree.lower[at + 1 : at + 2] == ["of"] or tree.tag[at] == "CC"):
            return "pronoun"
        if words == "no" and noun is None:
            return "pronoun"
        if _is_year(words) and not (noun is not None and tree.tag[noun] in ("NNS", "NNPS")):
            return "date"
        if self._is_name(quantity, words):
            return "name"  # "Boeing 737", "3712 North Elm Street"
        return "age" if self._is_age(number) else FIGURE

    def _is_weak(self, quantity: Quantity) -> bool:
        """Whether a number is as often a determiner or pronoun: "one man said", "no plea was entered"."""
        numeral, tree = quantity.numeral, self.tree
        if numeral.core.of(self.text).lower() in ("one", "both") or numeral.written in ("none", "nobody"):
            return True
        bare = quantity.noun is None and numeral.written == "words" and not numeral.kind
        return bare and tree.lower[quantity.at - 1] == "the"  # "the two would go to the store"

    def _is_term(self, quantity: Quantity) -> bool:
        """As in "a 12-year prison sentence", "a three-day strike": how long what the noun names lasts."""
        tree, at = self.tree, quantity.at
        near = list(tree.climb(at))[:2]
        return quantity.numeral.kind == "duration" and any(tree.lemma[up] in self.words["lasting"] for up in near)

    def _is_name(self, quantity: Quantity, words: str) -> bool:
        noun, at, tree = quantity.noun, quantity.at, self.tree
        if noun is not None and at < noun and tree.lower[noun] in self.words["headline"]:
            return False  # "9 Hurt"
        if (
            noun is not None
            and tree.pos[noun] == "PROPN"
            and (noun < at or tree.ent[at] in NAMES or (words.isdigit() and words != "1" and tree.tag[noun] == "NNP"))
        ):
            return True
        before = at - 1  # "an ATR 42 aircraft", "the MV Star 2"
        return (
            words.isdigit()
            and before >= 0
            and tree.tag[before] == "NNP"
            and tree.doc[before].idx + len(tree.doc[before]) + 1 == quantity.numeral.span.start
            and (tree.head[before] in (at, tree.head[at]) or tree.head[at] == before)
            and (noun is None or tree.tag[noun] == "NN" or tree.doc[before].is_upper)
            and tree.ent[before] not in {"GPE", "DATE", "NORP"}
        )

    def _is_former(self, numeral: Numeral, at: int) -> bool:
        """Whether a number is only what another is compared with: "up from 87", "fell to 17 from 24"."""
        before = " ".join(self.text[max(0, numeral.core.start - 32) : numeral.core.start].lower().split())
        before = before.rstrip("$£€¥ ")  # "to $1.29 from $1.31"
        if any(before.endswith(words) for words in self.words["compared"]):
            return True
        if before.endswith((" not", "(not")) and numeral.span.start == numeral.core.start:  # "not 40 but 14"
            return True
        verb = next((up for up in self.tree.climb(at) if self.tree.pos[up] in {"VERB", "AUX"}), at)
        return before.endswith("from") and self.tree.lemma[verb] in self.words["change"]

    def _is_age(self, number: int) -> bool:
        """As in "Lay, 69, who manages the club", "Lay and Orr, both 51,", "brothers, 17 and 22", "dies at 91"."""
        tree, quantity = self.tree, self.found[number]
        at, numeral = quantity.at, quantity.numeral
        counted = quantity.noun is not None and quantity.noun > at
        if counted or numeral.written != "digits" or not _is_span_of_life(numeral):
            return False
        before, after = tree.lower[at - 1 : at], tree.lower[at + 1 : at + 2]
        opens, closes = self.words["age_before"], self.words["age_after"]
        if before and before[0] in opens and (not after or after[0] in closes):
            return True
        if (
            tree.dep[at] in {"dobj", "attr", "acomp", "npadvmod"}
            and tree.lemma[tree.head[at]] in self.words["age_object"]
        ):
            return True  # "turned 18"
        if before == ["at"] and tree.lemma[tree.head[at - 1]] in self.words["age_verb"]:
            return True
        ends = [span.end for span, reading in self.spans if reading == "age" and span.end <= numeral.span.start]
        ends += [q.numeral.span.end for q in self.found[max(0, number - 1) : number] if q.reading == "age"]
        return bool(ends) and _NEXT.fullmatch(self.text, max(ends), numeral.span.start) is not None


def find_patterns(text: str, lexicon: Lexicon) -> Iterator[tuple[CharSpan, str]]:
    """The spans that number_patterns.tsv reads: addresses of pages, telephone numbers, clock times, scores, names."""
    around = _around_digits(text)
    for reading, pattern, in_words in _patterns(lexicon):
        for first, last in [(0, len(text))] if in_words else around:
            for match in pattern.finditer(text, first, last):
                yield CharSpan(*match.span()), reading


def _around_digits(text: str) -> list[tuple[int, int]]:
    """The parts of a text near a digit: most of a text has none, and the patterns are many."""
    found: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(text):
        first, last = max(0, match.start() - NEAR), min(len(text), match.end() + NEAR)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


@cache
def _patterns(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """The rows of number_patterns.tsv; and whether one reads numbers in words too."""
    return tuple(
        (row["reading"], re.compile(row["pattern"]), "two" in row["pattern"]) for row in lexicon.rows("number_patterns")
    )


def _overlaps(taken: list[CharSpan], core: CharSpan) -> bool:
    return any(span.overlaps(core) for span in taken)


def _is_span_of_life(numeral: Numeral) -> bool:
    return numeral.value is not None and 0 < numeral.value <= OLDEST and numeral.comparator is Comparator.EQ


@cache
def quantity_words(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """The rows of quantity_words.tsv, by kind."""
    found: dict[str, list[str]] = {}
    for row in lexicon.rows("quantity_words"):
        found.setdefault(row["kind"], []).append(row["word"])
    return {kind: tuple(words) for kind, words in found.items()}


def _is_year(words: str) -> bool:
    return bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", words))
