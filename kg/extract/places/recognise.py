"""Which words of an article name a place: the recogniser's places, corrected by what the gazetteer knows and words around say.

A name that stands for people or a body is none: a demonym ("Russian"), a person ("Paris Hilton"), a newspaper. A place's
name within the name of a body is one ("Leeds City Council"), as it says where that body is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.places.folding import endings, place_words
from kg.extract.places.gazetteer import Gazetteer
from kg.extract.places.name_tokens import capitalised, is_name

PLACES = frozenset({"GPE", "LOC"})
_NO_PLACES = frozenset({"DATE", "TIME"})

#: the longest name, in tokens, that is looked for
LONGEST = 5

#: a town of so many people is known beyond its country: its name needs less around it
LARGE = 100_000

#: a name of one word that the recogniser does not vouch for must be a town of so many people, or stand as a place elsewhere
SMALL = 5_000

_PARTY = re.compile(r"\b[RDI](?:-|–)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name: tokens ``start`` to ``end`` (exclusive); ``name`` is what to look up, ``kind_word`` what follows it.

    ``known`` is False for a name that only the recogniser supports.
    """

    start: int
    end: int
    name: str
    kind_word: str = ""
    known: bool = True


def recognise(parsed: ParsedArticle, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """The place names of an article, in reading order, none overlapping another."""
    return _Recogniser(parsed, gazetteer).run()


class _Recogniser:
    def __init__(self, parsed: ParsedArticle, gazetteer: Gazetteer) -> None:
        self.doc: Doc = parsed.doc
        self.size = len(parsed.doc)
        self.lower = parsed.tree.lower
        self.gazetteer = gazetteer
        self.endings = endings(parsed.lexicon)
        self.words = place_words(parsed.lexicon)
        self.people = parsed.lexicon.classes()["person"]
        self.found: dict[int, Toponym] = {}  # by each of its tokens
        self.entities = {i: ent for ent in self.doc.ents for i in range(ent.start, ent.end)}
        self.capitals = capitalised(self.doc)
        self.surnames = self._surnames()

    def run(self) -> tuple[Toponym, ...]:
        for ent in self.doc.ents:
            if ent.label_ in PLACES:
                self._take_entity(ent)
        self._take_by_context()
        self._take_by_kind()
        self._take_by_majority()
        return tuple(sorted(set(self.found.values()), key=lambda each: each.start))

    def _take_entity(self, ent: Span) -> None:
        start, end = ent.start, ent.end
        while start < end and (self.doc[start].is_space or self.lower[start] in {"the", "'", '"'}):
            start += 1
        while end > start and (self.doc[end - 1].is_space or self.lower[end - 1] in {"'s", "’s", "'", "’", ","}):
            end -= 1
        if start == end:
            return
        breaks = [i for i in range(start, end) if self.doc[i].is_space or self.doc[i].text in {",", ";"}]
        for first, last in zip([start, *(i + 1 for i in breaks)], [*breaks, end], strict=True):
            longer = self._longest(first) if first < last and is_name(self.doc[first]) else 0
            last = self._without_body(first, max(last, longer))  # noqa: PLW2901 - "Novi" of "Novi Sad", "Leeds Fire"
            if first < last and not self._is_no_place(first, last):
                self._take(first, last, unknown=True)

    def _without_body(self, start: int, end: int) -> int:
        """The end of the name before the words of a service, in what the recogniser takes for a place: "Leeds Fire"."""
        while end - start > 1 and self._is_word_of(self.doc[end - 1], "service"):
            end -= 1
        return end

    def _is_no_place(self, start: int, end: int) -> bool:
        words = self.doc[start:end]
        if not any(token.text[0].isupper() for token in words) or self.lower[start] in self.words["body"]:
            return True
        if self._is_word_of(words[-1], "media") and end - start > 1:
            return True
        if self.lower[start] in self.words["compass"] and self.lower[end - 1] in self.words["side"]:
            return True  # "Chicago's South Side"
        if start and end - start == 1 and self._is_forename(self.doc[start - 1], start):
            return True
        if end - start == 1 and words[0].lower_ in self.people and not self.gazetteer.named(words.text):
            return True  # "Gunmen", where it begins a sentence
        if end - start == 1 and self._is_townsfolk(words.text):
            return True
        if end - start == 1 and (words[0].lower_ in self.words["common"] or self.gazetteer.demonym(words.text)):
            return not self.gazetteer.named(words.text) or not self._follows_preposition(
                self.doc[start - 1] if start else None
            )
        return end - start == 1 and words.text in self.surnames and self._people(words.text) < LARGE

    # ----------------------------------------------------------------- names that the words around make places

    def _take_by_context(self) -> None:
        done = 0
        for i in self.capitals:
            if i < done or i in self.found or not is_name(self.doc[i]) or self._label(i) in PLACES:
                continue
            end = self._longest(i)
            if end and (self._is_listed(i, end) or (self._is_weighty(i, end) and self._stands_as_place(i, end))):
                self._take(i, end)
                done = end

    def _longest(self, start: int) -> int:
        """The end of the longest known name that starts at a token, or 0."""
        limit = min(start + LONGEST, self.size)
        end = start + 1
        while (
            end < limit
            and not self.doc[end].is_space
            and self.doc[end].text not in {",", ";", ":", "(", ")"}
            and end not in self.found
        ):
            end += 1
        while end > start:
            if is_name(self.doc[end - 1]) and self.gazetteer.named(self.doc[start:end].text):
                return end
            end -= 1
        return 0

    def _is_listed(self, start: int, end: int) -> bool:
        """Whether a district's or site's name is coordinated with a place: "in Podil and Obolon"."""
        if start < 2 or self.doc[start - 1].dep_ != "cc" or start - 2 not in self.found:
            return False
        kinds = {entry.place.kind for entry in self.gazetteer.named(self.doc[start:end].text) if entry.main}
        return bool(kinds & {"district", "site", "admin1"}) and not self._is_person(start, end)

    def _is_weighty(self, start: int, end: int) -> bool:
        """Whether a name may be taken on what stands around it: no common word, no hamlet, no mere other spelling."""
        if end - start > 1:
            return True
        word = self.lower[start]
        if any(word in self.words[kind] for kind in ("common", "civic", "compass", "kind_noun", "media", "body")):
            return False
        people = self._people(self.doc[start].text)
        near = start > 0 and self._is_word_of(self.doc[start - 1], "nearby") and self._label(start) != "PERSON"
        return people >= SMALL or (near and people > 0) or self._precedes_division(end) or self._is_called(end)

    def _stands_as_place(self, start: int, end: int) -> bool:
        if self._is_brand(end) or self._is_person(start, end):
            return False
        before = self.doc[start - 1] if start else None
        after = self.doc[end] if end < self.size else None
        entity = self.entities.get(start)
        if self._is_called(end) and self._is_division(start, end):
            return True
        if entity is not None and (entity.label_ in _NO_PLACES or self._is_of_people(start, entity)):
            return False
        if (
            entity is not None
            and entity.label_ in {"ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART"}
            and len(entity) > end - start
        ):
            return self._within_body(start, end, entity)
        return (
            self._follows_preposition(before)
            or self._precedes_division(end)
            or self._is_dateline(start, end)
            or self._is_called(end)
            or (after is not None and self._is_word_of(after, "follower") and before is not None)
        )

    def _within_body(self, start: int, end: int, entity: Span) -> bool:
        """Whether a place's name within the name of a body is that place."""
        after = self.doc[end : entity.end]
        before = self.doc[entity.start : start]
        if len(before) and before[-1].lower_ in {"of", "in", "at", "for", "near"}:
            return self._people(self.doc[start:end].text) > 0
        if len(before) and before[-1].text not in {"-", "–", "("} and not before[-1].is_stop:
            return False
        return any(self._is_word_of(token, "civic") for token in after) or self._is_division(start, end)

    def _follows_preposition(self, before: Token | None) -> bool:
        if before is None:
            return False
        if before.lower_ == "the" and before.i:
            before = self.doc[before.i - 1]
        if self._is_word_of(before, "locative"):
            return before.pos_ in {"ADP", "SCONJ", "ADV"} or before.dep_ == "prep"
        if before.lower_ != "of" or not before.i:
            return False
        head = self.doc[before.i - 1]
        return self._is_word_of(head, "of_place") or head.text == "," or head.ent_type_ == "PERSON"

    def _precedes_division(self, end: int) -> bool:
        """Name, comma, and the country or state that it lies in: "Oxford, North Carolina"."""
        if end + 1 >= self.size or self.doc[end].text != ",":
            return False
        stop = self._longest(end + 1) if is_name(self.doc[end + 1]) else 0
        stop = stop or (self.found[end + 1].end if end + 1 in self.found else 0)
        return bool(stop) and self._is_division(end + 1, stop)

    def _is_dateline(self, start: int, end: int) -> bool:
        """Name first in a paragraph, then a dash or the agency in brackets: "BEIRUT (AP) —"."""
        if start and not self.doc[start - 1].is_space and self.doc[start - 1].text not in {".", "—", "–", "-", "--"}:
            return False
        stop = end
        if stop < self.size and self.doc[stop].text == "(":
            stop = next((i + 1 for i in range(stop, min(stop + 4, self.size)) if self.doc[i].text == ")"), stop)
        upper = self.doc[start:end].text.isupper()
        marks = {"—", "–", "--", "-"} | ({":", ","} if upper else set())
        return stop < self.size and self.doc[stop].text in marks and (upper or stop > end or self.doc[stop].text == "—")

    # ----------------------------------------------------------------- names that are said to be of a place

    def _take_by_kind(self) -> None:
        """Names that a noun says are places, known or not.

        "The village of A", "the directions of A-B and C", "two districts, A and B", "A, a village".
        """
        kinds, last = self.words["kind_of"], self.size - 2
        for i, word in enumerate(self.lower):
            if word not in kinds or i >= last:
                continue
            lists = self.doc[i + 1].text in {",", ":"} and self.doc[i].tag_ == "NNS"
            if self.lower[i + 1] == "of" or lists:
                self._take_list(i + 2, is_only=not lists)
            self._take_apposed(i)

    def _take_apposed(self, noun: int) -> None:
        """The name before ", a small village": whatever else the recogniser takes it for."""
        article = next((i for i in range(noun - 1, max(noun - 4, 1), -1) if self.lower[i] in {"a", "an"}), 0)
        if not article or self.doc[article - 1].text != ",":
            return
        start = end = article - 1
        while start > 0 and is_name(self.doc[start - 1]):
            start -= 1
        if start < end:
            self._take(start, end, unknown=True)

    def _take_list(self, at: int, *, is_only: bool) -> None:
        """The names from here on that commas and "and" part; at least two unless ``alone``."""
        names: list[tuple[int, int]] = []
        while at < self.size and is_name(self.doc[at]) and self._label(at) not in _NO_PLACES:
            entity = self.entities.get(at)
            if entity is not None and self._is_of_people(at, entity):
                break
            end = at + 1
            while end < self.size and (self.doc[end].text == "-" or is_name(self.doc[end])):
                end += 1
            names.append((at, end))
            at = end
            while at < self.size and (self.doc[at].text == "," or self.lower[at] == "and"):
                at += 1
            if at == end:
                break
        if is_only or len(names) > 1:
            for start, end in names:
                self._take(start, end, unknown=True)

    # ----------------------------------------------------------------- what the rest of the article says of a name

    def _take_by_majority(self) -> None:
        """A name that stood for a place wherever it was clear stands for it everywhere, unless a person or brand bears it."""
        names = Counter(self.doc[each.start : each.end].text.lower() for each in set(self.found.values()))
        longest = max((name.count(" ") + 1 for name in names), default=0)
        firsts = {self.lower[each.start] for each in set(self.found.values())}
        for i in self.capitals:
            if i in self.found or self.lower[i] not in firsts or not is_name(self.doc[i]):
                continue
            for end in range(min(i + longest, self.size), i, -1):
                if self.doc[i:end].text.lower() in names and not any(at in self.found for at in range(i, end)):
                    if self._may_be_place(i, end):
                        self._take(i, end)
                    break

    def _may_be_place(self, start: int, end: int) -> bool:
        entity = self.entities.get(start)
        if entity is not None and len(entity) > end - start and not self._within_body(start, end, entity):
            return False
        return not self._is_brand(end) and not self._is_person(start, end)

    def _is_brand(self, end: int) -> bool:
        """Whether the next word makes another name of it: "Miami Valley", "the Leeds Mercury"."""
        after = self.doc[end] if end < self.size else None
        return (
            after is not None
            and is_name(after)
            and (self._is_word_of(after, "media") or self._is_word_of(after, "terrain"))
        )

    def _is_called(self, end: int) -> bool:
        """Whether the noun behind a name says that it is a division's: "Lao Cai province"."""
        return end < self.size and self.doc[end].is_lower and self._is_word_of(self.doc[end], "division")

    def _is_townsfolk(self, word: str) -> bool:
        """Whether a name is what the people of a large town are called: "Berliners"; not of a state, which it stands for."""
        return not self.gazetteer.named(word) and any(
            word.endswith(ending) and self._is_large_town(word.removesuffix(ending) + end)
            for ending, ends in self.endings
            for end in ends
        )

    def _is_person(self, start: int, end: int) -> bool:
        if self._is_called(end):
            return False
        entity = self.entities.get(start)
        if entity is not None and entity.label_ == "PERSON" and len(entity) > end - start:
            return True
        before = self.doc[start - 1] if start else None
        if before is not None and (
            self._is_word_of(before, "person_title") or (before.ent_type_ == "PERSON" and is_name(before))
        ):
            return True
        if before is not None and self._is_forename(before, start):
            return True
        after = self.doc[end] if end < self.size else None
        if after is not None and after.ent_type_ == "PERSON" and after.ent_iob_ == "I":
            return True
        return end - start == 1 and self.doc[start].text in self.surnames

    def _is_forename(self, before: Token, start: int) -> bool:
        """Whether an unknown name right before makes one name with it: "Coleton Weatherford", "a Chevrolet Tahoe"."""
        return (
            before.pos_ == "PROPN"
            and before.dep_ == "compound"
            and before.head.i == start
            and is_name(before)
            and before.i not in self.found
            and self._people(self.doc[start].text) < LARGE
            and not self.gazetteer.named(before.text)
            and not any(
                self._is_word_of(before, kind) for kind in ("compass", "common", "kind_of", "kind_noun", "short")
            )
        )

    def _is_of_people(self, start: int, entity: Span) -> bool:
        """Whether a name speaks of a people or a faith ("Russian", "in Sunni areas"); recognisers say so of towns too."""
        if entity.label_ != "NORP":
            return False
        word = self.doc[start]
        after = self.doc[entity.end] if entity.end < self.size else None
        return (
            word.pos_ != "PROPN"
            or self.gazetteer.demonym(word.text) is not None
            or (after is not None and after.pos_ in {"NOUN", "PROPN", "ADJ"})
        )

    def _is_division(self, start: int, end: int) -> bool:
        """Whether a name is that of a country or first-level division before all."""
        found = self.gazetteer.named(self.doc[start:end].text)
        return any(entry.main and entry.place.kind in {"country", "admin1"} for entry in found)

    def _people(self, name: str) -> int:
        found = self.gazetteer.named(name)
        return max((entry.population for entry in found if entry.main), default=0)

    def _is_large_town(self, name: str) -> bool:
        return self._people(name) >= LARGE and self.gazetteer.named(name)[0].place.kind == "city"

    def _label(self, i: int) -> str:
        entity = self.entities.get(i)
        return entity.label_ if entity is not None else ""

    def _is_word_of(self, token: Token, kind: str) -> bool:
        return token.lower_ in self.words[kind]

    def _surnames(self) -> frozenset[str]:
        people = (ent for ent in self.doc.ents if ent.label_ == "PERSON" and len(ent) > 1)
        return frozenset(token.text for ent in people for token in ent[1:] if token.text[0].isupper())

    def _take(self, start: int, end: int, *, unknown: bool = False) -> None:
        name = self.doc[start:end].text
        kind_word = ""
        if end < self.size and self._is_word_of(self.doc[end], "kind_noun"):
            kind_word = self.doc[end].text
            end += 1
        known = bool(self.gazetteer.named(name))
        if not known and not unknown:
            return
        toponym = Toponym(start, end, name, kind_word, known)
        if not any(i in self.found for i in range(start, end)):
            self.found.update(dict.fromkeys(range(start, end), toponym))
