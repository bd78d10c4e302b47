"""Where each event is put by its telling: the nearest place in its clause whose preposition, or part in the clause, says so.

A place that acts ("Russia launched") is none. What the clause does not say is taken from the same telling, or from what
its source is the head of; a place that cannot be known stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.figures.quantities import Quantity
from kg.extract.places.gazetteer import Gazetteer
from kg.extract.places.place_inheritance import PlaceInheritance
from kg.extract.places.relations import is_part, relation_words
from kg.extract.times.incident import incident_lines
from kg.model import ActorKind, Attribution, CharSpan, EventMention, Narration, Place, PlaceMention

#: edges of the parse beyond which a place in the same sentence is another event's
FARTHEST = 7

#: an edge that leads into another clause counts so many times
CLAUSE = 3

#: relations of a place that is not the event's own
BESIDE = frozenset({"origin", "near"})

#: what follows a town in an agency's dateline
DATELINE = re.compile(r"[^\n.;]{0,30}(?:\.[^\n.;]{0,20}){0,2}(?:\([A-Z][^)\n]{1,25}\)\s*)?(?:—|–|--| - |>>)")

CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "acl", "parataxis"})


@dataclass(frozen=True, slots=True)
class Placing:
    """A place at a token, and how it hangs: ``at`` is what its preposition, or itself, depends on; ``relation`` how."""

    token: int
    mention: PlaceMention
    at: int
    relation: str


class Locator:
    """Places the events of one reading."""

    def __init__(
        self,
        reading: ParsedArticle,
        gazetteer: Gazetteer,
        found: Sequence[Quantity],
        mentions: Sequence[PlaceMention],
        known: Sequence[Place],
        events: Sequence[EventMention],
    ) -> None:
        self.reading, self.gazetteer = reading, gazetteer
        self.doc = reading.doc
        self.tree = reading.tree
        self.words = relation_words(reading.lexicon)
        self.people = reading.lexicon.classes()["person"]
        self.known = {place.id: place for place in known}
        self.heads = self._heads(mentions)
        self.country = self._main_country(mentions)
        self.heads |= self._anaphors()
        of_parts = [q for q in found if q.whole is not None]
        self.parts = frozenset(i for q in of_parts for i in (q.at, q.top))
        lines = incident_lines(reading.lexicon)
        self.lines = {reading.tokens(event.trigger).root.i: lines.get(event.type, "") for event in events}
        self.triggers = frozenset(self.lines)
        self.placings = [placing for i in sorted(self.heads) for placing in self._placing(i)]
        self.offsets = {placing.token: int(self.doc[placing.token].idx) for placing in self.placings}

    def locate(
        self,
        attributions: Sequence[Attribution],
        narrations: Sequence[Narration],
        sources: Mapping[str, PlaceMention],
        events: Sequence[EventMention],
    ) -> tuple[EventMention, ...]:
        """The events with their places; ``sources`` are, by telling, the places that a telling's source is the head of."""
        triggers = {self._root(event.trigger) for event in events}
        told = {each.id: each.content for each in attributions}
        said = [span for content in told.values() for span in content]
        own = {each.id for each in narrations}
        placed = [
            self._place(event, told.get(event.told_by, ()), said if event.told_by in own else (), triggers)
            for event in events
        ]
        claimants = {each.id: each.claimant.id for each in attributions if each.claimant}
        local = self._dateline() or self._authority()
        inheritance = PlaceInheritance(self.reading, self.gazetteer, self.known, placed, claimants, local)
        return inheritance.fill(sources, self._is_apart)

    def _dateline(self) -> PlaceMention | None:
        """The town in an agency's dateline: "LEEDS, England, Nov. 2 (AP) —"; no capital, where agencies sit."""
        text = self.reading.article.text
        for head in sorted(self.heads)[:4]:
            mention = self.heads[head]
            place = self.known.get(mention.id)
            starts = not text[: mention.span.start].strip() or text[: mention.span.start].rstrip(" ").endswith("\n")
            if starts and place is not None and place.kind == "city" and DATELINE.match(text, mention.span.end):
                return None if self.gazetteer.is_capital(place.id) else mention
        return None

    def _authority(self) -> PlaceMention | None:
        """The one town whose police or other local authority the article speaks of: "Leeds police said"."""
        found: dict[str, PlaceMention] = {}
        for head in sorted(self.heads):
            mention = self.heads[head]
            place = self.known.get(mention.id)
            after = self.doc[head + 1].lower_ if head + 1 < len(self.doc) else ""
            if place is not None and place.kind == "city" and after in self.words.authorities:
                found.setdefault(mention.id, mention)
        return next(iter(found.values())) if len(found) == 1 else None

    # ----------------------------------------------------------------- one event

    def _place(
        self, event: EventMention, content: Sequence[CharSpan], others: Sequence[CharSpan], triggers: set[int]
    ) -> EventMention:
        root = self._root(event.trigger)
        reach = self._reach(root)
        near: list[tuple[int, Placing]] = []
        for placing in self.placings:
            away = self._distance(placing, root, reach, triggers)
            if away is None or not _is_told(self.offsets[placing.token], content, others):
                continue
            if self._may_hold(event, placing, root, triggers):
                near.append((away, placing))
        if not near:
            return event
        near.sort(key=lambda pair: (pair[1].relation in BESIDE, pair[0], pair[1].token))
        closest = near[0][0]
        mine = [
            placing for away, placing in near if away == closest or (away <= closest + 1 and placing.relation in BESIDE)
        ]
        return _with_places(event, mine)

    def _may_hold(self, event: EventMention, placing: Placing, root: int, triggers: set[int]) -> bool:
        if placing.relation == "object" and placing.at not in triggers | {root}:
            hit = self.tree.lemma[placing.at] in self.words.impact and root in self.tree.kids(placing.at, "nsubj")
            return hit or self.tree.lemma[placing.at] in self.words.undergo
        return placing.relation not in {"object", "target"} or event.type not in self.words.no_object

    def _reach(self, root: int) -> dict[int, int]:
        """The token and those above it, with their distance; not beyond what reports it."""
        reach, away, at = {root: 0}, 0, root
        for above in self.tree.climb(root):
            if self.tree.dep[at] == "ccomp":
                break
            away += CLAUSE if self.tree.dep[at] in CLAUSES else 1
            at = above
            reach[above] = away
        return reach

    def _distance(self, placing: Placing, root: int, reach: Mapping[int, int], triggers: set[int]) -> int | None:
        away, at = 0, placing.at
        if at != root and at in triggers and not self._is_whole(root, at):
            return None
        while at not in reach:
            if self.tree.head[at] == at or is_part(self.tree, self.words, at):
                return None
            if self._is_of_another(placing, at, root, triggers):
                return None
            if placing.relation == "target" and self.tree.dep[at] == "conj" and self.tree.pos[at] == "VERB":
                return None  # "were released and flown to the capital": only the flight goes there
            away += CLAUSE if self.tree.dep[at] in CLAUSES | {"nsubj"} or at in triggers else 1
            at = self.tree.head[at]
            if at != root and at in triggers and not self._is_whole(root, at):
                return None
        if at != root and at in triggers:
            away += 1
        away += reach[at]
        return away if away <= FARTHEST else None

    def _is_whole(self, root: int, other: int) -> bool:
        """Whether two events of a sentence may be of one incident: a charge is none with the fire that it is for."""
        return bool(self.lines.get(root)) == bool(self.lines.get(other))

    def _is_of_another(self, placing: Placing, at: int, root: int, triggers: set[int]) -> bool:
        """Whether a place on the way through ``at`` is that of somebody or something else in the clause of the event.

        "The protest was overshadowed by the bombs in Turkey", "residents in Dubai felt the quake", "it was felt in Oman".
        """
        tree, above = self.tree, self.tree.head[at]
        if above == root or above in triggers:
            return False
        if tree.dep[at] in {"nsubj", "nsubjpass"} and root in tree.children[above] and tree.dep[root] == "dobj":
            return any(tree.lower[kid] in self.words.definite for kid in tree.kids(root, "det", "poss"))
        beside = tree.dep[root] in {"nsubj", "nsubjpass"} and tree.head[root] in {above, tree.head[above]}
        return beside and tree.dep[at] == "pobj" and tree.lower[above] == "by" and at != placing.token

    def _is_apart(self, event: EventMention, other: EventMention) -> bool:
        """Whether ``other`` is told of a part of what the event is told of."""
        ours, theirs = self._root(event.trigger), self._root(other.trigger)
        above = {ours, *self.tree.climb(ours)}
        return any(is_part(self.tree, self.words, up) and up not in above for up in (theirs, *self.tree.climb(theirs)))

    # ----------------------------------------------------------------- how a place hangs

    def _placing(self, i: int) -> Iterator[Placing]:
        """How a place's head is put: by its preposition, or by the part that it plays in the clause."""
        tree, at = self.tree, self._outermost(i)
        dep, above = tree.dep[at], tree.head[at]
        if dep == "pobj" and tree.lower[above] == "of":
            noun = tree.head[above]
            somebody = tree.ent[noun] == "PERSON" or (tree.lemma[noun] in self.people and tree.tag[noun] != "NNS")
            if somebody or tree.pos[noun] == "NUM":
                return  # "Ann Lee, 26, of Leeds", "the governor of Alaska": where somebody is from
            if tree.lower[noun] in self.words.directions or tree.dep[noun] == "advmod":
                yield Placing(i, self.heads[i], tree.head[noun], "near")
            else:
                yield Placing(i, self.heads[i], noun, "of")
        elif (
            dep == "pobj" and tree.head[above] in self.parts
        ):  # "42 drones, five of them over Odesa": of the 42, unknown
            return
        elif dep == "pobj" and tree.lemma[tree.head[above]] in self.words.noticed:
            return  # "the quake was felt in Oman": where it was noticed, not where it was
        elif dep in {"compound", "nmod"} and above in self.triggers:
            yield Placing(i, self.heads[i], above, "in")  # "the Leeds pub bombings"
        elif dep == "pobj" and (relation := self.words.prepositions.get(tree.lower[above])):
            inside = relation == "origin" and tree.lemma[at] in self.words.facilities  # "stole gems from a Leeds shop"
            yield Placing(i, self.heads[i], self._holder(above), "in" if inside else relation)
        elif self._undergoes(dep, above):
            yield Placing(i, self.heads[i], above, "object")

    def _outermost(self, i: int) -> int:
        """The head of all that a place's name only names: "the port of Odesa", "the Cherkasy region", "Kyiv and Odesa"."""
        tree, at = self.tree, i
        while (above := tree.head[at]) != at:
            if tree.dep[at] == "conj" or (tree.dep[at] == "appos" and tree.ent[above] != "PERSON"):
                at = above
            elif tree.dep[at] == "pobj" and tree.lower[above] == "of" and self._names_place(tree.head[above]):
                at = tree.head[above]
            elif tree.dep[at] in {"compound", "nmod"} and (
                tree.lemma[above] in self.words.nouns or self._is_facility(i, at, above)
            ):
                at = above
            elif tree.dep[at] in {"compound", "nmod"} and above not in self.triggers and tree.dep[above] == "compound":
                at = above  # "the Leeds pub bombings"
            else:
                break
        return at

    def _is_facility(self, i: int, at: int, above: int) -> bool:
        """Whether a town's name says where a building is: "a Leeds hospital", and not "the Leeds Bank branch"."""
        tree, place = self.tree, self.known.get(self.heads[i].id)
        if tree.lemma[above] not in self.words.facilities or tree.pos[above] != "NOUN":
            return False
        local = place is not None and place.kind in {"city", "district", "admin1", "admin2"}
        between = self.doc[self.reading.tokens(self.heads[i].span).end : above]
        return local and at == i and not any(token.text[0].isupper() for token in between)

    def _names_place(self, noun: int) -> bool:
        if self.tree.lower[noun] in self.words.directions or self.tree.dep[noun] == "advmod":
            return False
        return self.tree.lemma[noun] in self.words.nouns or self.tree.lower[noun] in self.words.nouns

    def _holder(self, preposition: int) -> int:
        """What a preposition hangs on: past others that it is coordinated with, and past "including"."""
        tree, at = self.tree, preposition
        holder = tree.head[at]
        while tree.dep[at] == "conj" and tree.pos[holder] == "ADP":
            at, holder = holder, tree.head[holder]
        return tree.head[holder] if tree.lower[holder] == "including" else holder

    def _undergoes(self, dep: str, above: int) -> bool:
        if dep == "nsubj":
            return self.tree.lemma[above] in self.words.undergo
        return dep in {"dobj", "nsubjpass"} or (dep == "poss" and self.tree.dep[above] in {"nsubjpass", "dobj"})

    # ----------------------------------------------------------------- names, and nouns that stand for them

    def _heads(self, mentions: Sequence[PlaceMention]) -> dict[int, PlaceMention]:
        heads, before = {}, None
        for mention in mentions:
            tokens = self.reading.tokens(mention.span)
            if before is not None and self._is_within(before, mention):
                mention = before  # noqa: PLW2901 - "in Leeds, England": in Leeds, by whichever of the two
            heads[tokens.root.i] = mention
            before = mention
        return heads

    def _is_within(self, inner: PlaceMention, outer: PlaceMention) -> bool:
        """Whether a place stands right before the one that it lies in: "Leeds, England"."""
        between = self.reading.article.text[inner.span.end : outer.span.start]
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
                found[i] = replace(place, span=self.reading.span(self.doc[i]))
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
        span = self.reading.span(self.doc[i])
        return PlaceMention(span, place.id, place.label, place.lat, place.lon, place.geonames)

    def _root(self, span: CharSpan) -> int:
        return self.reading.tokens(span).root.i


def place_events(  # noqa: PLR0913, PLR0917 - what the stage hands to every step
    reading: ParsedArticle,
    gazetteer: Gazetteer,
    mentions: Sequence[PlaceMention],
    known: Sequence[Place],
    attributions: Sequence[Attribution],
    narrations: Sequence[Narration],
    events: Sequence[EventMention],
    numbers: Sequence[Quantity] = (),
) -> tuple[EventMention, ...]:
    """The events with ``place`` and ``places`` filled, in their order."""
    if not events:
        return tuple(events)
    sources = _jurisdictions(reading, mentions, known, attributions)
    return Locator(reading, gazetteer, numbers, mentions, known, events).locate(
        attributions, narrations, sources, events
    )


def _jurisdictions(
    reading: ParsedArticle,
    mentions: Sequence[PlaceMention],
    known: Sequence[Place],
    attributions: Sequence[Attribution],
) -> dict[str, PlaceMention]:
    """For each telling the place below a country that its source is said to head or serve; by its claimant throughout."""
    kinds = {place.id: place.kind for place in known}
    local = [mention for mention in mentions if kinds.get(mention.id) not in {None, "country", "sea"}]
    by_claimant: dict[str, PlaceMention] = {}
    for each in attributions:
        for span in each.source:
            itself = _heads_of(reading, span)
            near = [m for m in local if span.start <= m.span.start and m.span.end <= span.end + 80]
            near = [m for m in near if not any(m.span.start <= head < m.span.end for head in itself)]
            if (
                not near or each.claimant is None
            ):  # "Kyiv said", "London and Paris said": the source itself is no jurisdiction
                continue
            edge = reading.tokens(span).root.right_edge
            held = [m for m in near if m.span.end <= max(span.end, edge.idx + len(edge))]
            if each.claimant.kind is not ActorKind.PERSON:  # "Oregon State Police said": too wide to say where
                held = [m for m in held if kinds.get(m.id) != "admin1"]
            if held:
                by_claimant.setdefault(each.claimant.id, held[0])
    return {a.id: by_claimant[a.claimant.id] for a in attributions if a.claimant and a.claimant.id in by_claimant}


def _heads_of(reading: ParsedArticle, span: CharSpan) -> list[int]:
    """The offsets of a source's head and of what is coordinated with it."""
    root = reading.tokens(span).root
    return [root.idx, *(token.idx for token in root.conjuncts)]


def _is_told(at: int, content: Sequence[CharSpan], others: Sequence[CharSpan]) -> bool:
    """Whether an offset lies in a telling's content, where that is bounded, and not in another's."""
    if content:
        return any(span.start <= at < span.end for span in content)
    return not any(span.start <= at < span.end for span in others)


def _with_places(event: EventMention, placings: Sequence[Placing]) -> EventMention:
    if any(placing.relation != "of" for placing in placings):  # "the invasion of X into Y": X invades
        placings = [placing for placing in placings if placing.relation != "of"]
    place: PlaceMention | None = None
    places: dict[str, PlaceMention] = {}
    for placing in placings:
        mention = placing.mention
        if placing.relation in {"in", "of", "object", "target"} and place is None:
            place = mention
        elif place is None or mention.id != place.id:
            relation = placing.relation if placing.relation in {"origin", "near", "target"} else None
            places.setdefault(mention.id, replace(mention, relation=relation))
    return replace(event, place=place, places=tuple(places.values()))
