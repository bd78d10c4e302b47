"""Invented articles by the dozen, already extracted: what the render is tried on, at any size and with any words.

Everything is made by counting, so a world of a size is always the same. Nothing here is news.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.graph import Store, shared_quads, to_quads
from kg.ids import outlet_id
from kg.model import (
    ActorKind,
    Article,
    Attribution,
    Channel,
    ChannelKind,
    CharSpan,
    Claimant,
    ClaimRelation,
    Comparator,
    Corpus,
    EventMention,
    Extraction,
    Extractor,
    Figure,
    Happening,
    Kind,
    Mention,
    Narration,
    PlaceMention,
    Polarity,
    Ref,
    Relation,
    ResolvedBy,
    TimeBasis,
    TimeExpression,
)

PLACES = [
    ("Velmora", 49.8, 24.1),
    ("Kestrel Bay", 55.7, -4.3),
    ("Ostrava Street", 49.8, 18.3),
    ("Lower Quay", 54.3, 18.6),
]
EVENTS = [
    ("dam breach", "InfrastructureHit", "people", "missing"),
    ("port strike", "Protest", "workers", "on strike"),
    ("depot fire", "Fire", "people", "injured"),
]
PERSONS = ["Ada Lindqvist", "Boris Tamm", "Carla Ruiz", "Dorte Holm", "Emil Varga", "Fenna de Wit", "Goran Sedlak"]
BODIES = ["Ministry of Interior", "Rescue Service", "River Watch", "Port Workers Union", "Harbour Authority"]
OUTLETS = ["The Northern Post", "Radio Kestrel", "Daily Ledger", "Agence Littoral", "Velmora Today"]
CHANNELS = ["Telegram", "press briefing", "morning bulletin"]


def store_of(extractions: Iterable[Extraction]) -> Store:
    """A store in memory that holds these articles and what spans them."""
    read = list(extractions)
    store = Store()
    for each in read:
        store.replace(each.article, to_quads(each))
    store.replace_shared(shared_quads(corpus(read), read))
    return store


def corpus(read: Sequence[Extraction]) -> Corpus:
    """One happening a type and place; figures of one happening and measure that differ are held to contradict."""
    happenings: dict[str, Happening] = {}
    reported: set[tuple[str, str]] = set()
    exact: dict[tuple[str, str], list[tuple[float, Ref]]] = {}
    relations: list[ClaimRelation] = []
    for each in read:
        for event in each.events:
            if event.place is None:
                continue
            id_ = f"happening/{event.type.lower()}-{event.place.id.split('/')[-1]}"
            label = f"{event.trigger.of(each.article.text)}, {event.place.label}"
            old = happenings.get(id_) or Happening(id_, label, event.type, (), place=event.place.id)
            happenings[id_] = replace(old, events=(*old.events, Ref(each.article.id, event.id)))
            for figure in event.figures:
                here, ref = exact.setdefault((id_, figure.role), []), Ref(each.article.id, event.told_by)
                if figure.comparator is Comparator.EQ and figure.value is not None:
                    relations += [
                        ClaimRelation(ref, other, Relation.CONTRADICTS, "figures", "disjoint_intervals", confidence=0.8)
                        for value, other in here[-3:]
                        if value != figure.value
                    ]
                    here.append((figure.value, ref))
        for said in each.attributions:
            if said.claimant and said.kind is Kind.CLAIM:
                hops = [said.channel.id] if said.channel else []
                reported |= {
                    (said.claimant.id, hop)
                    for hop in (*hops, *([outlet_id(each.article.outlet)] if each.article.outlet else []))
                }
    return Corpus(
        happenings=tuple(happenings.values()), relations=tuple(relations), reported_by=tuple(sorted(reported))
    )


def slug(name: str) -> str:
    """A name as the end of an id."""
    return "-".join(name.lower().split())


class Page:
    """An article that is written and annotated at once, so that every span spells its words."""

    def __init__(self, id_: str) -> None:
        self.id, self.text = id_, ""

    def write(self, words: str) -> CharSpan:
        start = len(self.text)
        self.text += words
        return CharSpan(start, len(self.text))


def world(articles: int, *, actors: int = 12) -> Iterator[Extraction]:
    """``articles`` articles of three claims each, by ``actors`` actors."""
    for number in range(articles):
        yield extraction(number, actors)


def hostile(words: str) -> Iterator[Extraction]:
    """An article whose text, title, outlet, address, actor, channel and place all hold ``words``."""
    page = Page(f"hostile {words}")
    source = page.write(f"Mayor {words}")
    page.write(" ")
    cue = page.write("said")
    page.write(" ")
    channel = page.write(f"on {words}")
    page.write(" that ")
    start = len(page.text)
    trigger = page.write("shots")
    page.write(" fell on ")
    where = page.write(f"Old {words}")
    page.write(" and ")
    figure = page.write(f"9 {words}")
    content = CharSpan(start, len(page.text))
    page.write(".")
    claimant = Claimant(f"actor/{words}", f"Mayor {words}", ResolvedBy.EXPLICIT, ActorKind.PERSON)
    said = Attribution(
        (cue,),
        (content,),
        (source,),
        words,
        "a1",
        claimant=claimant,
        role=words,
        channel=Channel(channel, f"channel/{words}", words),
    )
    number = Figure(figure, f"9 {words}", 9, 9, 9, Comparator.EQ, words, words, words)
    place = PlaceMention(where, f"place/{words}", f"Old {words}", 1.0, 2.0)
    event = EventMention(
        trigger,
        "Attack",
        "e1",
        "a1",
        place=place,
        time=TimeExpression(words, None, TimeBasis.UNANCHORED),
        figures=(number,),
    )
    article = Article(
        page.id, page.text, title=words, outlet=words, url=f"javascript:window.__ran.push('url')//{words}"
    )
    yield Extraction(article, Extractor("by hand", "1", "none"), (said,), (), (event,), (place,))


def actor(number: int, actors: int) -> tuple[str, ActorKind]:
    """Name and kind of the actor of that number; past the named ones they are numbered."""
    at = number % actors
    names = PERSONS + BODIES
    if at < len(names):
        return names[at], ActorKind.PERSON if at < len(PERSONS) else ActorKind.ORGANIZATION
    return f"{names[at % len(names)]} {at}", ActorKind.PERSON


def extraction(number: int, actors: int) -> Extraction:
    page = Page(f"velmora-{number:04d}")
    outlet = OUTLETS[number % len(OUTLETS)]
    attributions: list[Attribution] = []
    events: list[EventMention] = []
    mentions: list[Mention] = []
    for turn in range(3):
        _claim(page, number * 3 + turn, actors, (attributions, events, mentions))
    narration = _narration(page, number, events)
    _unverified(page, outlet, attributions, mentions)
    article = Article(
        id=page.id,
        text=page.text,
        title=f"{EVENTS[number % 3][0].capitalize()}: what is said on day {number % 20 + 1}",
        outlet=outlet,
        url=f"https://news.example/{number}",
        published=f"2031-03-{number % 20 + 1:02d}" if number % 7 != 6 else None,
    )
    places = tuple(event.place for event in events if event.place)
    return Extraction(
        article,
        Extractor("by hand", "1", "none"),
        tuple(attributions),
        (narration,),
        tuple(events),
        places,
        tuple(mentions),
    )


def _claim(
    page: Page, count: int, actors: int, found: tuple[list[Attribution], list[EventMention], list[Mention]]
) -> None:
    attributions, events, mentions = found
    name, kind = actor(count * 5 + count // 4, actors)
    word, type_, counts, role = EVENTS[(count // 2) % 3]
    place, lat, lon = PLACES[(count // 2) % len(PLACES)]
    value = (40, 1200, 6)[(count // 2) % 3] + (count * 7) % 11
    denial = count % 9 == 8
    source = page.write(name)
    page.write(" ")
    cue = page.write("denied" if denial else "said")
    page.write(" ")
    channel = _channel(page, CHANNELS[count % 3]) if count % 2 else None
    page.write("that ")
    start = len(page.text)
    page.write("in ")
    where = page.write(place)
    page.write(" the ")
    trigger = page.write(word)
    page.write(" left ")
    figure = page.write(("at least {}", "{}", "about {}")[count % 3].format(value))
    page.write(f" {counts} {role}")
    content = CharSpan(start, len(page.text))
    page.write(", all told, by the evening.\n\n")
    id_ = f"a{len(attributions) + 1}"
    attributions.append(
        Attribution(
            (cue,),
            (content,),
            (source,),
            "by-hand",
            id_,
            claimant=Claimant(f"actor/{slug(name)}", name, ResolvedBy.EXPLICIT, kind),
            channel=channel,
            polarity=Polarity.NEGATIVE if denial else Polarity.POSITIVE,
            confidence=0.6 + (count % 4) / 10,
            cue_lemma="deny" if denial else "say",
        )
    )
    mentions.append(Mention(source, kind, name, f"actor/{slug(name)}"))
    bound = (
        {"min": value, "max": None}
        if count % 3 == 0
        else {"min": value, "max": value}
        if count % 3 == 1
        else {"min": value * 0.9, "max": value * 1.1}
    )
    comparator = (Comparator.GE, Comparator.EQ, Comparator.APPROX)[count % 3]
    told = EventMention(
        trigger, type_, f"e{len(events) + 1}", id_, place=PlaceMention(where, f"place/{slug(place)}", place, lat, lon)
    )
    time = (
        TimeExpression(f"on day {count % 20 + 1}", f"2031-03-{count % 20 + 1:02d}", TimeBasis.DOCUMENT_DATE)
        if count % 5
        else None
    )
    numbers = Figure(figure, figure.of(page.text), value, **bound, comparator=comparator, counts=counts, role=role)
    events.append(replace(told, time=time, figures=(numbers,)))


def _channel(page: Page, name: str) -> Channel:
    span = page.write(f"on {name}" if name == "Telegram" else f"in a {name}")
    page.write(" ")
    return Channel(
        span, f"channel/{slug(name)}", name, ChannelKind.PLATFORM if name == "Telegram" else ChannelKind.BULLETIN
    )


def _narration(page: Page, number: int, events: list[EventMention]) -> Narration:
    place, lat, lon = PLACES[number % len(PLACES)]
    start = len(page.text)
    page.write("Sirens were ")
    trigger = page.write("heard")
    page.write(" in ")
    where = page.write(place)
    content = CharSpan(start, len(page.text))
    page.write(".\n\n")
    events.append(
        EventMention(
            trigger,
            "AirRaidAlert",
            f"e{len(events) + 1}",
            "n1",
            place=PlaceMention(where, f"place/{slug(place)}", place, lat, lon),
        )
    )
    return Narration("n1", (content,))


def _unverified(page: Page, outlet: str, attributions: list[Attribution], mentions: list[Mention]) -> None:
    source = page.write(outlet)
    page.write(" ")
    cue = page.write("could not verify")
    page.write(" ")
    content = page.write("the claim")
    page.write(".\n")
    claimant = Claimant(outlet_id(outlet), outlet, ResolvedBy.EXPLICIT, ActorKind.OUTLET)
    attributions.append(
        Attribution(
            (cue,),
            (content,),
            (source,),
            "by-hand",
            "v1",
            Kind.VERIFICATION,
            claimant=claimant,
            about=("a1",),
            outcome="could_not_verify",
            cue_lemma="verify",
        )
    )
    mentions.append(Mention(source, ActorKind.OUTLET, outlet, claimant.id))
