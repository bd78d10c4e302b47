"""Where each event is placed by its sentence: the nearest place in its clause whose preposition, or part in the clause, says so.

A place that acts ("Russia launched") is none. What the clause does not say is taken from the same attribution, or from what
its source is the head of; a place that cannot be known stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.figures.quantities import Quantity
from kg.extract.places.gazetteer import Gazetteer
from kg.extract.places.local_places import jurisdictions, local_town
from kg.extract.places.place_heads import PlaceHeads
from kg.extract.places.place_inheritance import PlaceInheritance
from kg.extract.places.relations import is_part
from kg.extract.times.incident import incident_lines
from kg.model import Attribution, CharSpan, EventMention, Narration, Place, PlaceMention

#: edges of the parse beyond which a place in the same sentence is another event's
FARTHEST = 7

#: an edge that leads into another clause counts so many times
CLAUSE = 3

#: relations of a place that is not the event's own
BESIDE = frozenset({"origin", "near"})

CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "acl", "parataxis"})


@dataclass(frozen=True, slots=True)
class Placing:
    """A place at a token, and how it is attached: ``at`` is what its preposition, or itself, depends on; ``relation`` how."""

    token: int
    mention: PlaceMention
    at: int
    relation: str


class Locator:
    """Places the events of one reading."""

    def __init__(
        self,
        parsed: ParsedArticle,
        named: PlaceHeads,
        found: Sequence[Quantity],
        events: Sequence[EventMention],
    ) -> None:
        self.parsed, self.named = parsed, named
        self.doc = parsed.doc
        self.tree = parsed.tree
        self.words = named.words
        self.people = parsed.lexicon.classes()["person"]
        self.known, self.heads = named.known, named.heads
        of_parts = [q for q in found if q.whole is not None]
        self.parts = frozenset(i for q in of_parts for i in (q.at, q.top))
        lines = incident_lines(parsed.lexicon)
        self.lines = {parsed.tokens(event.trigger).root.i: lines.get(event.type, "") for event in events}
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
        """The events with their places; ``sources`` are, by attribution, the places that its source is the head of."""
        triggers = {self._root(event.trigger) for event in events}
        contents = {each.id: each.content for each in attributions}
        said = [span for content in contents.values() for span in content]
        own = {each.id for each in narrations}
        placed = [
            self._place(event, contents.get(event.told_by, ()), said if event.told_by in own else (), triggers)
            for event in events
        ]
        claimants = {each.id: each.claimant.id for each in attributions if each.claimant}
        inheritance = PlaceInheritance(self.parsed, self.named, placed, claimants, local_town(self.named))
        return inheritance.fill(sources, self._concerns_part)

    # ----------------------------------------------------------------- one event

    def _place(
        self, event: EventMention, content: Sequence[CharSpan], others: Sequence[CharSpan], triggers: set[int]
    ) -> EventMention:
        root = self._root(event.trigger)
        reach = self._reach(root)
        near: list[tuple[int, Placing]] = []
        for placing in self.placings:
            away = self._distance(placing, root, reach, triggers)
            if away is None or not _is_in_content(self.offsets[placing.token], content, others):
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
        place = self.known.get(placing.mention.id)
        if place is not None and place.kind == "sea" and placing.relation in {"target", "of"}:
            return False  # "a town at the entrance to the Gulf"
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

    def _concerns_part(self, event: EventMention, other: EventMention) -> bool:
        """Whether ``other`` concerns a part of what the event concerns."""
        ours, theirs = self._root(event.trigger), self._root(other.trigger)
        above = {ours, *self.tree.climb(ours)}
        return any(is_part(self.tree, self.words, up) and up not in above for up in (theirs, *self.tree.climb(theirs)))

    # ----------------------------------------------------------------- how a place is attached

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
        between = self.doc[self.parsed.tokens(self.heads[i].span).end : above]
        return local and at == i and not any(token.text[0].isupper() for token in between)

    def _names_place(self, noun: int) -> bool:
        if self.tree.lower[noun] in self.words.directions or self.tree.dep[noun] == "advmod":
            return False
        return self.tree.lemma[noun] in self.words.nouns or self.tree.lower[noun] in self.words.nouns

    def _holder(self, preposition: int) -> int:
        """What governs a preposition: past others that it is coordinated with, and past "including"."""
        tree, at = self.tree, preposition
        holder = tree.head[at]
        while tree.dep[at] == "conj" and tree.pos[holder] == "ADP":
            at, holder = holder, tree.head[holder]
        return tree.head[holder] if tree.lower[holder] == "including" else holder

    def _undergoes(self, dep: str, above: int) -> bool:
        if dep == "nsubj":
            return self.tree.lemma[above] in self.words.undergo
        return dep in {"dobj", "nsubjpass"} or (dep == "poss" and self.tree.dep[above] in {"nsubjpass", "dobj"})

    def _root(self, span: CharSpan) -> int:
        return self.parsed.tokens(span).root.i


def place_events(  # noqa: PLR0913, PLR0917 - what the stage hands to every step
    parsed: ParsedArticle,
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
    sources = jurisdictions(parsed, mentions, known, attributions)
    named = PlaceHeads(parsed, gazetteer, mentions, known)
    return Locator(parsed, named, numbers, events).locate(attributions, narrations, sources, events)


def _is_in_content(at: int, content: Sequence[CharSpan], others: Sequence[CharSpan]) -> bool:
    """Whether an offset lies in an attribution's content, where that is bounded, and not in another's."""
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
