"""Small articles of one claim each, made from rows of pairs.tsv."""

from __future__ import annotations

import re

from kg.model import (
    ActorKind,
    Article,
    Attribution,
    CharSpan,
    Claimant,
    Comparator,
    Entity,
    EventMention,
    Extraction,
    Extractor,
    Figure,
    Narration,
    Place,
    PlaceMention,
    Polarity,
    ResolvedBy,
    TimeBasis,
    TimeExpression,
)
from kg.resolve import KnownEntities

TEXT = "Someone said that something took place."
SIGNER = Extractor("test", "0", "none")
SIDES = {"af": "ukraine", "gov": "ukraine", "mod-ua": "ukraine", "mod": "russia", "gov-ru": "russia"}
HOLDERS = {
    "odesa": "ukraine",
    "kyiv": "ukraine",
    "mykolaiv": "ukraine",
    "balka": "ukraine",
    "ukraine": None,
    "russia": None,
}
PLACES = tuple(
    Place(f"place/{id_}", id_, within=(f"place/{outer}",) if outer else (), kind="city" if outer else "country")
    for id_, outer in HOLDERS.items()
)
WORLD = KnownEntities(
    tuple(
        Entity(f"actor/{id_}", id_, ActorKind.ORGANIZATION, parties=(SIDES[id_],) if id_ in SIDES else ())
        for id_ in ("af", "gov", "mod-ua", "mod", "gov-ru", "watch", "un")
    )
)


def told(claim: str) -> Extraction:
    """The article that makes one claim."""
    who, kind, number, counts, role, place, days, day, article, *negative = claim.split(";")
    figures = () if number == "-" else (figure(number, counts, role),)
    edtf = "/".join(f"2031-{each}" for each in days.split("/"))
    where = PlaceMention(CharSpan(30, 35), f"place/{place}", place)
    time = TimeExpression("then", edtf, TimeBasis.EXPLICIT)
    polarity = Polarity.NEGATIVE if negative else Polarity.POSITIVE
    event = EventMention(CharSpan(28, 32), kind, "e1", "t1", (), where, (), time, polarity, figures=figures)
    source = Article(f"{article}-{day}", f"{TEXT} {claim}", outlet=f"Paper {article}", published=f"2031-10-{day}")
    content = (CharSpan(13, 38),)
    if who == "outlet":
        return Extraction(source, SIGNER, narrations=(Narration("t1", content),), events=(event,), places_known=PLACES)
    claimant = Claimant(f"actor/{who}", who, ResolvedBy.EXPLICIT, ActorKind.ORGANIZATION)
    said = Attribution((CharSpan(8, 12),), content, (CharSpan(0, 7),), id="t1", claimant=claimant)
    return Extraction(source, SIGNER, (said,), events=(event,), places_known=PLACES)


def figure(number: str, counts: str, role: str) -> Figure:
    """A figure from the short form of pairs.tsv: 42, >=35, >35, <=20, <28 or 36..44."""
    if ".." in number:
        low, high = map(int, number.split(".."))
        return Figure(CharSpan(28, 30), number, None, low, high, Comparator.RANGE, counts=counts, role=role)
    sign, digits = re.fullmatch(r"([<>]=?|)(\d+)", number).groups()
    value = int(digits)
    comparator = {"": "eq", ">=": "ge", ">": "gt", "<=": "le", "<": "lt"}[sign]
    least, most = (None if "<" in sign else value), (None if ">" in sign else value)
    return Figure(CharSpan(28, 30), number, value, least, most, Comparator(comparator), counts=counts, role=role)
