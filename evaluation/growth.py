"""How resolving grows over generated articles, for ``make bench``: CPU time per article, and what one article more costs."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kg.config import Config
from kg.flow import resolve_store
from kg.graph import Store, to_quads
from kg.model import (
    ActorKind,
    Article,
    Attribution,
    CharSpan,
    Claimant,
    Comparator,
    EventMention,
    Extraction,
    Extractor,
    Figure,
    Place,
    PlaceMention,
    Polarity,
    ResolvedBy,
    TimeBasis,
    TimeExpression,
)
from kg.resolve import KnownEntities, resolve

SIZES = (100, 1_000, 10_000)
KINDS = ("DroneStrike", "Interception", "Shooting", "Flood", "Protest", "Death", "Crash")
START = date(2031, 1, 1)


def measure_growth(sizes: Sequence[int] = SIZES, *, one_night: bool = False) -> Iterator[tuple[int, float]]:
    """Articles and CPU milliseconds per article; ``one_night``: all tell of one country's night, in one block."""
    for size in sizes:
        articles = generate_night(size) if one_night else generate(size)
        start = time.process_time()
        resolve(articles, KnownEntities())
        yield size, 1000 * (time.process_time() - start) / size


def measure_addition(sizes: Sequence[int] = SIZES, *, one_night: bool = False) -> Iterator[tuple[int, float, float]]:
    """Articles in a store, CPU seconds that making anew what spans them took, and those that one article more takes."""
    for size in sizes:
        *articles, last = generate_night(size + 1) if one_night else generate(size + 1)
        with tempfile.TemporaryDirectory() as folder:
            config = Config(store=Path(folder))
            with Store(config.store) as store:
                store.load(quad for each in articles for quad in to_quads(each))
                store.records.put(articles)
                start = time.process_time()
                resolve_store(store, config)
                whole = time.process_time() - start
            start = time.process_time()
            with Store(config.store) as store:
                store.replace(last.article, to_quads(last))
                store.records.put([last])
                resolve_store(store, config)
            yield size, whole, time.process_time() - start


def generate(size: int) -> list[Extraction]:
    """Articles of 8 claims each, 100 a day: the more articles, the more days, as news comes."""
    draw = random.Random(7)  # noqa: S311 - the same articles each time
    return [_article(number, draw) for number in range(size)]


def generate_night(size: int) -> list[Extraction]:
    """Articles of one night's raids on one country: few places and figures, bodies, "officials", own voices."""
    draw = random.Random(7)  # noqa: S311 - the same articles each time
    return [_night_article(number, draw) for number in range(size)]


def _night_article(number: int, draw: random.Random) -> Extraction:
    plain = _article(0, draw)
    country = Place("place/c0", "C0", kind="country")
    places = [country, *(Place(f"place/x{i}", f"X{i}", within=("place/c0",)) for i in range(20))]
    said = (replace(each, claimant=_night_claimant(number, draw)) for each in plain.attributions)
    events = (_night_event(each, draw.choice(places), draw) for each in plain.events)
    return replace(
        plain,
        article=replace(plain.article, id=f"a{number:06}", outlet=f"Outlet {number % 50}"),
        attributions=tuple(said),
        events=tuple(events),
        places_known=tuple(places),
    )


def _night_claimant(number: int, draw: random.Random) -> Claimant:
    """One of 12 bodies, or officials of this article alone."""
    body = draw.randrange(24)
    if body < 12:
        return Claimant(f"actor/body-{body}", f"Body {body}", ResolvedBy.EXPLICIT, ActorKind.ORGANIZATION)
    id_ = f"actor/a{number:06}/officials-{body}"
    return Claimant(id_, "officials", ResolvedBy.UNRESOLVED, ActorKind.UNNAMED)


def _night_event(event: EventMention, place: Place, draw: random.Random) -> EventMention:
    kind, role = draw.choice((("DroneStrike", "launched"), ("Interception", "shot down"), ("Death", "killed")))
    value = draw.choice((28, 33, 36, 42))
    counts = "people" if kind == "Death" else "drones"
    (figure,) = event.figures
    return replace(
        event,
        type=kind,
        figures=(replace(figure, text=str(value), value=value, min=value, max=value, counts=counts, role=role),),
        place=PlaceMention(event.trigger, place.id, place.label),
        time=TimeExpression("overnight", f"{START - timedelta(days=1)}/{START}", TimeBasis.EXPLICIT),
        polarity=Polarity.NEGATIVE if draw.random() < 0.05 else Polarity.POSITIVE,
    )


def _article(number: int, draw: random.Random) -> Extraction:
    day = START + timedelta(days=number // 100)
    text = " ".join(f"word{int(draw.paretovariate(0.6)) % 90_000}" for _ in range(300))
    claims = [_claim(i, day, draw) for i in range(8)]
    known = {f"place/c{c}": Place(f"place/c{c}", f"C{c}", kind="country") for c in range(30)}
    cities = {
        e.place.id: Place(e.place.id, e.place.label, within=(f"place/c{int(e.place.label[1:]) % 30}",))
        for _, e in claims
        if e.place
    }
    return Extraction(
        Article(f"a{number:06}", text, outlet=f"Outlet {number % 50}", published=day.isoformat()),
        Extractor("bench", "0", "none"),
        tuple(said for said, _ in claims),
        events=tuple(event for _, event in claims),
        places_known=(*known.values(), *cities.values()),
    )


def _claim(i: int, day: date, draw: random.Random) -> tuple[Attribution, EventMention]:
    who, city, value = draw.randrange(200), draw.randrange(900), draw.randrange(1, 60)
    at = CharSpan(40 * i, 40 * i + 5)
    claimant = Claimant(f"actor/person-{who}", f"Person {who}", ResolvedBy.EXPLICIT, ActorKind.PERSON)
    said = Attribution((at,), (CharSpan(40 * i + 6, 40 * i + 30),), (), id=f"a{i}", claimant=claimant)
    figure = Figure(
        CharSpan(40 * i + 8, 40 * i + 10),
        str(value),
        value,
        value,
        value,
        Comparator.EQ,
        counts="people",
        role="killed",
    )
    place = PlaceMention(CharSpan(40 * i + 12, 40 * i + 15), f"place/x{city}", f"X{city}")
    when = TimeExpression("then", (day - timedelta(days=draw.randrange(3))).isoformat(), TimeBasis.EXPLICIT)
    return said, EventMention(
        CharSpan(40 * i + 16, 40 * i + 20), draw.choice(KINDS), f"e{i}", f"a{i}", (), place, (), when, figures=(figure,)
    )
