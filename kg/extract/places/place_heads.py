"""The tokens of one article that stand for places: names, and nouns that stand for a place named before ("the city")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.places.gazetteer import Gazetteer
from kg.extract.places.relations import relation_words
from kg.model import Place, PlaceMention


class PlaceHeads:
    """The mentions of places by the token that heads them: ``heads``; ``known`` are the places, by id."""

    def __init__(
        self,
        parsed: ParsedArticle,
        gazetteer: Gazetteer,
        mentions: Sequence[PlaceMention],
        known: Sequence[Place],
    ) -> None:
        self.parsed, self.gazetteer = parsed, gazetteer
        self.doc, self.tree = parsed.doc, parsed.tree
        self.words = relation_words(parsed.lexicon)
        self.known = {place.id: place for place in known}
        self.heads = self._of_mentions(mentions)
        self.country = self._main_country(mentions)
        self.heads |= self._anaphors()

    def _of_mentions(self, mentions: Sequence[PlaceMention]) -> dict[int, PlaceMention]:
        heads, before = {}, None
        for mention in mentions:
            tokens = self.parsed.tokens(mention.span)
            if before is not None and self._is_within(before, mention):
                mention = before  # noqa: PLW2901 - "in Leeds, England": in Leeds, by whichever of the two
            heads[tokens.root.i] = mention
            before = mention
        return heads

    def _is_within(self, inner: PlaceMention, outer: PlaceMention) -> bool:
        """Whether a place stands right before the one that it lies in: "Leeds, England"."""
        between = self.parsed.article.text[inner.span.end : outer.span.start]
        place = self.known.get(inner.id)
        if between.strip() not in {",", "("} or place is None:
            return False
        return outer.id in {each.id for each in self.gazetteer.holders(place)}

    def _main_country(self, mentions: Sequence[PlaceMention]) -> Counter[str]:
        """How often the article speaks of each country, by itself or by what lies in it; ids."""
        counts: Counter[str] = Counter()
        for mention in mentions:
            place = self.known.get(mention.id)
            for each in (place, *self.gazetteer.holders(place)) if place else ():
                if each is not None and each.kind == "country":
                    counts[each.id] += 1
        return counts

    def _anaphors(self) -> dict[int, PlaceMention]:
        found = {}
        for i, lower in enumerate(self.tree.lower):
            kinds = self.words.anaphors.get(lower)
            if kinds is None or i in self.heads or self.tree.pos[i] == "PROPN" or i + 1 in self.heads:
                continue
            if any(self.tree.dep[kid] == "appos" and kid in self.heads for kid in self.tree.children[i]):
                continue
            if self.tree.dep[i] == "compound" or any(
                kid in self.heads or self.tree.lower[kid] == "of" for kid in self.tree.kids(i, "compound", "prep")
            ):
                continue
            place = self._capital(i) if "capital" in kinds else self._named_before(i, kinds)
            if place is not None:
                found[i] = replace(place, span=self.parsed.span(self.doc[i]))
        return found

    def _capital(self, i: int) -> PlaceMention | None:
        for kid in self.tree.kids(i, "poss", "amod"):
            code = self.gazetteer.demonym(self.doc[kid].text)
            if code is None and kid in self.heads and (place := self.known.get(self.heads[kid].id)):
                code = self._code(place.id)
            if code is not None:
                return self._as_mention(self.gazetteer.capital(code), i)
        if not self._is_definite(i):
            return None
        countries = self._countries_by_rank()
        return self._as_mention(self.gazetteer.capital(self._code(countries[0]) or ""), i) if countries else None

    def _named_before(self, i: int, kinds: tuple[str, ...]) -> PlaceMention | None:
        if not self._is_definite(i):
            return None
        if "country" in kinds:
            agent = {self.heads[kid].id for kid in self._subjects_above(i) if kid in self.heads}
            ranked = [each for each in self._countries_by_rank() if each not in agent]
            return self._as_mention(self.known.get(ranked[0]), i) if ranked else None
        introduced = [
            m
            for head, m in sorted(self.heads.items(), reverse=True)
            if head < i and self._is_called(head, self.tree.lower[i])
        ]
        if introduced:
            return introduced[0]
        before = [
            m
            for head, m in sorted(self.heads.items(), reverse=True)
            if head < i and m.id in self.known and not self._is_bearing(head)
        ]
        return next((m for kind in kinds for m in before if self.known[m.id].kind == kind), None)

    def _is_called(self, head: int, noun: str) -> bool:
        """Whether a place was introduced by this noun: "the village of A"; "A, a village"."""
        of = self.tree.head[head]
        named = (
            self.tree.dep[head] == "pobj"
            and self.tree.lower[of] == "of"
            and self.tree.lower[self.tree.head[of]] == noun
        )
        return named or any(self.tree.lower[kid] == noun for kid in self.tree.kids(head, "appos"))

    def _is_bearing(self, head: int) -> bool:
        """Whether a place only says where another one lies: "a village east of Leeds" is not Leeds."""
        of = self.tree.head[head]
        return (
            self.tree.dep[head] == "pobj"
            and self.tree.lower[of] in {"of", "from"}
            and self.tree.lower[self.tree.head[of]] in self.words.directions
        )

    def _subjects_above(self, i: int) -> list[int]:
        return [kid for above in self.tree.climb(i) for kid in self.tree.kids(above, "nsubj")]

    def _is_definite(self, i: int) -> bool:
        return any(self.tree.lower[kid] in {"the", "this", "our", "that"} for kid in self.tree.kids(i, "det", "poss"))

    def _countries_by_rank(self) -> list[str]:
        return sorted(self.country, key=lambda each: (-self.country[each], each))

    def _code(self, country_id: str) -> str | None:
        return self.gazetteer.code(country_id)

    def _as_mention(self, place: Place | None, i: int) -> PlaceMention | None:
        if place is None:
            return None
        span = self.parsed.span(self.doc[i])
        return PlaceMention(span, place.id, place.label, place.lat, place.lon, place.geonames)
