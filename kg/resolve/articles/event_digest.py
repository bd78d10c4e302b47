"""What resolving needs of each article, and no more: events with days, places, actors and figures; plain and small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from kg.edtf import bounds
from kg.model import (
    Attribution,
    Certainty,
    CharSpan,
    Comparator,
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
from kg.resolve.articles.wording import (
    Stance,
    accused_in,
    counts_rest,
    is_main_event,
    is_unreal,
    marks_of,
    sentence_around,
    stance_of,
)
from kg.resolve.event_families import EventFamily, family_of
from kg.resolve.measures import counted_noun, is_local

#: kinds of place that are too large to hold a narrow happening together
BROAD = frozenset({"country", "region", "sea"})

#: kinds of attribution whose events are told as done, coming or not so; requests, promises and judgements are not (what a
#: relay passes on is told by who is relayed; the rest of its words are its own)
TELLING = frozenset({Kind.CLAIM, Kind.RELAY, Kind.NON_STATEMENT, Kind.VERIFICATION})


#: roles of who or what an event befalls
UNDERGOERS = frozenset({"victim", "target"})


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day that a time allows, as ordinals (`datetime.date.toordinal`)."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class EventDigest:
    """An event as told, ready to be compared: actors as entities, its place with all that contains it."""

    ref: Ref
    teller: Ref
    type: str
    kinship: EventFamily
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
    doer: str  # who did it, in the words that name them; "" where that is not told
    partial: bool  # its words, or who tells it, narrow it to a place that they do not name: "in his region", a mayor
    trigger: str  # the event's word, as the text has it, in lower case
    undergoer: str  # the victim or target, in the words that name it; "" where there is none
    stance: str  # what the claim does with the event: see wording.Stance
    accused: str  # who is held responsible: an id, else the words; "" where nobody is
    marks: frozenset[str]  # running | later | corrected | background: what its sentence says of its figures
    rest: tuple[int, ...]  # which of its figures count some beside others: "two others"
    main: bool  # the claim's cue bears on it: it is no background of the content
    asserted: bool  # the claim holds it to be so: neither possible nor asked


#: the confidence of an event from which it counts for happenings: what the proposer adds is left out, since one wrong event
#: joins articles, or splits the events of one
SURE = 0.9


def event_digests(extraction: Extraction) -> tuple[EventDigest, ...]:
    """The events of an article that may tell of a happening, in its own order; actors by the ids that it gives them."""
    tellers: dict[str, Attribution | Narration] = {
        **{each.id: each for each in extraction.attributions},
        **{each.id: each for each in extraction.narrations},
    }
    places = {place.id: place for place in extraction.places_known}
    text = extraction.article.text
    return tuple(
        _digest(extraction, event, teller, places)
        for event in extraction.events
        if event.confidence >= SURE
        and (teller := tellers.get(event.told_by))
        and _tells(event, teller, stance_of(text, teller))
    )


def to_rows(told: Iterable[EventDigest]) -> list[list[Any]]:
    """Events of one article as plain JSON values; see `from_rows`."""
    return [[_plain(getattr(each, name)) for name in _KEPT] for each in told]


def from_rows(rows: Iterable[Sequence[Any]], article: str, entity: Callable[[str], str]) -> tuple[EventDigest, ...]:
    """The events that `to_rows` wrote of an article, every actor as the entity that it is held to be."""
    return tuple(_from_plain(dict(zip(_KEPT, row, strict=True)), article, entity) for row in rows)


#: what is written of an event; its kinship follows from its type
_KEPT = tuple(f.name for f in fields(EventDigest) if f.name != "kinship")
_FIGURE = tuple(f.name for f in fields(Figure) if f.name != "span")


def _plain(value: object) -> object:
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Days):
        return [value.first, value.last]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Figure):
        return [[value.span.start, value.span.end], *(getattr(value, name) for name in _FIGURE)]
    return value


def _from_plain(row: dict[str, Any], article: str, entity: Callable[[str], str]) -> EventDigest:
    row["ref"], row["teller"] = Ref(article, row["ref"]), Ref(article, row["teller"])
    row["days"] = Days(*row["days"]) if row["days"] else None
    row["scopes"] = tuple(row["scopes"])
    row["figures"] = tuple(_figure(*each) for each in row["figures"])
    for name in ("places", "located", "groups", "marks"):
        row[name] = frozenset(row[name])
    row["rest"] = tuple(row["rest"])
    row["accused"] = entity(row["accused"]) if "/" in row["accused"] else row["accused"]
    for name in ("agents", "actors"):
        row[name] = frozenset(map(entity, row[name]))
    row["claimant"] = row["claimant"] and entity(row["claimant"])
    return EventDigest(kinship=family_of(row["type"]), **row)


def _figure(span: tuple[int, int], *rest: Any) -> Figure:
    given = dict(zip(_FIGURE, rest, strict=True))
    given["comparator"] = Comparator(given["comparator"])
    return Figure(CharSpan(*span), **given)


def outer_days(place: str, places: Mapping[str, Place]) -> tuple[str, ...]:
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


def _with_night(days: Days | None, event: EventMention) -> Days | None:
    """The days of an event, and the next one where it is of an evening: "Monday night" may be early on Tuesday."""
    if days is None or event.time is None or not event.time.night or days.first != days.last:
        return days
    return Days(days.first, days.last + 1)


def _until(edtf: str | None, published: str | None) -> Days | None:
    """The days of what has gone on since a day: until it was told of."""
    return days_of(f"{edtf.removesuffix('..')}{published}") if edtf and edtf.endswith("/..") and published else None


def _tells(event: EventMention, teller: Attribution | Narration, stance: Stance) -> bool:
    if stance in {Stance.ACCUSES, Stance.ADMITS}:
        return True  # "accused Russia of carrying out the attack": the accusation holds it to be so
    told = isinstance(teller, Narration) or teller.kind in TELLING
    # "promises do not shoot down drones", "they attack every night": of no one time
    general = event.tense is Tense.HABITUAL or (event.tense is Tense.PRESENT and event.polarity is Polarity.NEGATIVE)
    return told and event.certainty is not Certainty.UNSPECIFIED and not general


def _digest(
    extraction: Extraction, event: EventMention, teller: Attribution | Narration, places: Mapping[str, Place]
) -> EventDigest:
    article = extraction.article
    said = teller if isinstance(teller, Attribution) else None
    actors = {role.role: role.id for role in event.roles if role.id}
    where = event.place or next((each for each in event.places if each.relation == "near"), None)
    place = where.id if where else None
    edtf = event.time.edtf if event.time else None
    stance = stance_of(article.text, teller)
    denial = stance in {Stance.DENIES, Stance.DENIES_ROLE}
    doer = next((role.label.casefold() for role in event.roles if role.role == "agent"), "")
    accused = _accused(extraction, said, stance, doer)
    return EventDigest(
        ref=Ref(article.id, event.id),
        teller=Ref(article.id, event.told_by),
        type=event.type,
        kinship=family_of(event.type),
        days=_with_night(days_of(edtf), event) or _until(edtf, article.published),
        edtf=edtf,
        place=place,
        scopes=outer_days(place, places) if place else (),
        broad=place is not None and place in places and places[place].kind in BROAD,
        places=frozenset(each.id for each in (event.place, *event.places) if each),
        located=frozenset(each.id for each in (where, *event.places) if each and (each is where or not each.relation)),
        agents=frozenset({actors["agent"]} if "agent" in actors else ()),
        actors=frozenset({*actors.values(), *([accused] if "/" in accused else [])}),
        negative=denial or event.polarity is Polarity.NEGATIVE or teller.polarity is Polarity.NEGATIVE,
        figures=event.figures,
        start=event.trigger.start,
        claimant=said.claimant.id if said and said.claimant else None if said else article.narrator,
        narrated=said is None,
        said_on=(said.asserted.edtf if said and said.asserted and said.asserted.edtf else article.published),
        groups=_groups(event),
        doer=doer,
        partial=is_local(_words_of(extraction, said, teller)),
        trigger=event.trigger.of(article.text).casefold(),
        undergoer=next((role.label.casefold() for role in event.roles if role.role in UNDERGOERS), ""),
        stance=stance.value,
        accused=accused,
        marks=marks_of(sentence_around(article.text, (*teller.content, *(said.cue if said else ())), event.trigger)),
        rest=tuple(i for i, figure in enumerate(event.figures) if counts_rest(article.text, figure)),
        main=is_main_event(article.text, teller, event.trigger),
        asserted=event.certainty is Certainty.CERTAIN
        and event.tense is not Tense.FUTURE
        and not is_unreal(article.text, teller, event.trigger),
    )


def _accused(extraction: Extraction, said: Attribution | None, stance: Stance, doer: str) -> str:
    """Return who is held responsible: an id where the article has one, else the words."""
    if said is None or stance not in {Stance.ACCUSES, Stance.ADMITS}:
        return ""
    if stance is Stance.ADMITS:
        return said.claimant.id if said.claimant else ""
    found = accused_in(extraction, said)
    return (found.id or found.label) if found else doer


def _words_of(extraction: Extraction, said: Attribution | None, teller: Attribution | Narration) -> str:
    """All words by which who tells it, and what they tell, may be narrowed to a place."""
    text = extraction.article.text
    source = (said.role, *(span.of(text) for span in said.source)) if said else ()
    return " ".join(filter(None, (*source, *(span.of(text) for span in teller.content))))


def _groups(event: EventMention) -> frozenset[str]:
    """Whom or what it counts or harms: "civilians"; a denial speaks of the same group or of nothing that is told."""
    counts = (figure.counts for figure in event.figures if figure.role != "duration")
    victims = (role.label for role in event.roles if role.role == "victim")
    return frozenset(counted_noun(words) for words in (*counts, *victims) if words)
