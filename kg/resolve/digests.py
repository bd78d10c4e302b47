"""What resolving needs of each article, and no more: events with days, places, actors and figures; plain and small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.edtf import bounds
from kg.model import (
    Attribution,
    Certainty,
    EventMention,
    Extraction,
    Figure,
    Kind,
    Narration,
    Place,
    Polarity,
    Ref,
    Tense,
)
from kg.resolve.kinships import Kinship, kinship
from kg.resolve.measures import counted

#: kinds of place that are too large to hold a narrow happening together
BROAD = frozenset({"country", "region", "sea"})

#: kinds of attribution whose events are told as done, coming or not so; requests, promises and judgements are not
TELLING = frozenset({Kind.CLAIM, Kind.NON_STATEMENT, Kind.VERIFICATION})


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day that a time allows, as ordinals (`datetime.date.toordinal`)."""

    first: int
    last: int

    def overlaps(self, other: Days) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Told:
    """An event as told, ready to be compared: actors as entities, its place with all that contains it."""

    ref: Ref
    teller: Ref
    type: str
    kinship: Kinship
    days: Days | None
    edtf: str | None
    place: str | None
    scopes: tuple[str, ...]  # the place and what contains it, from the inside out
    broad: bool  # its place is a country, a sea or a region
    places: frozenset[str]  # every place of the event
    located: frozenset[str]  # those that it is put at: "over the Odesa, Mykolaiv and Kherson regions"
    agents: frozenset[str]
    actors: frozenset[str]
    negative: bool
    figures: tuple[Figure, ...]
    start: int
    claimant: str | None
    narrated: bool
    said_on: str | None  # when it was said, else published: YYYY-MM-DD
    groups: frozenset[str]  # whom it tells of: what its figures count, its victims as told


def digest(
    extractions: Iterable[Extraction], identity: Mapping[str, str], places: Mapping[str, Place]
) -> Iterator[Told]:
    """The events of the articles that may tell of a happening, in the articles' own order.

    ``identity`` maps an actor's id to its entity's; ``places`` are those that the articles name, by id.
    """
    for extraction in extractions:
        tellers: dict[str, Attribution | Narration] = {
            **{each.id: each for each in extraction.attributions},
            **{each.id: each for each in extraction.narrations},
        }
        for event in extraction.events:
            teller = tellers.get(event.told_by)
            if teller is not None and _tells(event, teller):
                yield _told(extraction, event, teller, identity, places)


def outwards(place: str, places: Mapping[str, Place]) -> tuple[str, ...]:
    """A place and all that contains it, from the inside out."""
    way = [place]
    for inner in way:
        way += [outer for outer in (places[inner].within if inner in places else ()) if outer not in way]
    return tuple(way)


def days_of(edtf: str | None) -> Days | None:
    """The days that an EDTF value allows; None where it leaves an end open."""
    first, last = bounds(edtf) if edtf else (None, None)
    if not first or not last or first > last:
        return None
    return Days(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


def _tells(event: EventMention, teller: Attribution | Narration) -> bool:
    told = isinstance(teller, Narration) or teller.kind in TELLING
    # "promises do not shoot down drones", "they attack every night": of no one time
    general = event.tense is Tense.HABITUAL or (event.tense is Tense.PRESENT and event.polarity is Polarity.NEGATIVE)
    return told and event.certainty is not Certainty.UNSPECIFIED and not general


def _told(
    extraction: Extraction,
    event: EventMention,
    teller: Attribution | Narration,
    identity: Mapping[str, str],
    places: Mapping[str, Place],
) -> Told:
    article = extraction.article
    said = teller if isinstance(teller, Attribution) else None
    actors = {role.role: identity.get(role.id, role.id) for role in event.roles if role.id}
    place = event.place.id if event.place else None
    edtf = event.time.edtf if event.time else None
    claimant = said.claimant.id if said and said.claimant else None if said else article.narrator
    return Told(
        ref=Ref(article.id, event.id),
        teller=Ref(article.id, event.told_by),
        type=event.type,
        kinship=kinship(event.type),
        days=days_of(edtf),
        edtf=edtf,
        place=place,
        scopes=outwards(place, places) if place else (),
        broad=place is not None and place in places and places[place].kind in BROAD,
        places=frozenset(each.id for each in (event.place, *event.places) if each),
        located=frozenset(each.id for each in (event.place, *event.places) if each and not each.relation),
        agents=frozenset({actors["agent"]} if "agent" in actors else ()),
        actors=frozenset(actors.values()),
        negative=Polarity.NEGATIVE in (event.polarity, teller.polarity),
        figures=event.figures,
        start=event.trigger.start,
        claimant=identity.get(claimant, claimant) if claimant else None,
        narrated=said is None,
        said_on=(said.asserted.edtf if said and said.asserted and said.asserted.edtf else article.published),
        groups=_groups(event),
    )


def _groups(event: EventMention) -> frozenset[str]:
    """Whom or what it counts or harms: "civilians"; a denial speaks of the same group or of nothing that is told."""
    counts = (figure.counts for figure in event.figures if figure.role != "duration")
    victims = (role.label for role in event.roles if role.role == "victim")
    return frozenset(counted(words) for words in (*counts, *victims) if words)
