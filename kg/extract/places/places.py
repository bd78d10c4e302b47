"""Where: every place name of an article to a place, and every event to where its sentence puts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.figures.quantities import Quantity
from kg.extract.lexicon import Lexicon
from kg.extract.places.disambiguate import MOST, Name, choose_entries
from kg.extract.places.event_places import place_events
from kg.extract.places.folding import fold, slug
from kg.extract.places.gazetteer import Entry, Gazetteer
from kg.extract.places.name_tokens import capitalised
from kg.extract.places.recognise import Toponym, recognise
from kg.model import Attribution, CharSpan, EventMention, Narration, Place, PlaceMention

__all__ = ["FoundPlaces", "find_places", "locate_events"]


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """Every place name of an article, in reading order, and the places they resolved to, with all that contains them."""

    mentions: tuple[PlaceMention, ...] = ()
    known: tuple[Place, ...] = ()


def find_places(parsed: ParsedArticle, gazetteer: Gazetteer) -> FoundPlaces:
    """The place names of an article; what no gazetteer contains, or context leaves open, has no coordinates."""
    toponyms = recognise(parsed, gazetteer)
    names = _names(parsed, gazetteer, toponyms)
    chosen = choose_entries(gazetteer, list(names.values()), _countries(parsed, gazetteer))
    mentions, known = [], dict[str, Place]()
    for toponym in toponyms:
        entry = chosen.get(names[_key(toponym)].text)
        mentions.append(_mention(parsed, toponym, entry))
        if entry is not None:
            for place in (entry.place, *gazetteer.holders(entry.place)):
                known[place.id] = place
    for place in _capitals(parsed, gazetteer, known):
        known.setdefault(place.id, place)
    return FoundPlaces(tuple(mentions), tuple(known[each] for each in sorted(known)))


def _capitals(parsed: ParsedArticle, gazetteer: Gazetteer, known: Mapping[str, Place]) -> list[Place]:
    """Where "the capital" may stand for one, the capitals of the countries in play, with what contains them."""
    if "capital" not in parsed.article.text:
        return []
    codes = {gazetteer.code(each.id) for each in known.values() if each.kind == "country"} | {
        *_countries(parsed, gazetteer)
    }
    capitals = [place for code in sorted(filter(None, codes)) if (place := gazetteer.capital(code))]
    return [each for capital in capitals for each in (capital, *gazetteer.holders(capital))]


def _key(toponym: Toponym) -> str:
    return f"{fold(toponym.name)} {toponym.kind_word.lower()}".strip()


def _names(parsed: ParsedArticle, gazetteer: Gazetteer, toponyms: Sequence[Toponym]) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for i, toponym in enumerate(toponyms):
        key = _key(toponym)
        if key not in names:
            names[key] = Name(key, kinds=_kinds(parsed.lexicon).get(toponym.kind_word.lower(), frozenset()))
            names[key].entries = _candidates(gazetteer, toponym, names[key].kinds)
        names[key].count += 1
        if i + 1 < len(toponyms) and _is_within(parsed, toponym, toponyms[i + 1]):
            names[key].holders.append(toponyms[i + 1].name)
    return names


def _candidates(gazetteer: Gazetteer, toponym: Toponym, kinds: frozenset[str]) -> tuple[Entry, ...]:
    name = toponym.name
    if toponym.kind_word:
        full = gazetteer.named(f"{name} {toponym.kind_word}")
        bare = tuple(entry for entry in gazetteer.named(name) if entry.place.kind in kinds)
        if full or bare:
            return (full + bare)[:MOST]
    return gazetteer.named(name)[:MOST]


def _is_within(parsed: ParsedArticle, toponym: Toponym, following: Toponym) -> bool:
    """Whether the next place name is put behind one as what contains it: "Oxford, North Carolina", "Riga (Latvia)"."""
    if following.start - toponym.end > 3:  # the mark, and line breaks around it
        return False
    between = parsed.doc[toponym.end : following.start].text.strip()
    return between in {",", "("} or (between == "" and following.start == toponym.end)


def _countries(parsed: ParsedArticle, gazetteer: Gazetteer) -> dict[str, float]:
    """Codes of the countries whose people or things the article speaks of, and how often it does."""
    codes: Counter[str] = Counter()
    for i in capitalised(parsed.doc):
        if code := gazetteer.demonym(parsed.doc[i].text):
            codes[code] += 1
    return dict(codes)


def _mention(parsed: ParsedArticle, toponym: Toponym, entry: Entry | None) -> PlaceMention:
    words = parsed.doc[toponym.start : toponym.end]
    span = CharSpan(words.start_char, words.end_char)
    if entry is None:
        return PlaceMention(span, f"place/{slug(words.text) or 'unnamed'}", words.text)
    place = entry.place
    label = words.text if toponym.kind_word else place.label
    return PlaceMention(span, place.id, label, place.lat, place.lon, place.geonames)


@cache
def _kinds(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """What sorts of place a noun behind a name allows."""
    allowed = {"level1": {"admin1"}, "level2": {"admin2", "district"}, "general": {"admin1", "admin2", "region"}}
    kinds: dict[str, set[str]] = {}
    for row in lexicon.rows("place_words"):
        kinds.setdefault(row["word"], set()).update(allowed.get(row["kind"], set()))
    return {word: frozenset(some) for word, some in kinds.items() if some}


def locate_events(  # noqa: PLR0913, PLR0917 - the inputs of one step of the pipeline
    parsed: ParsedArticle,
    gazetteer: Gazetteer,
    found: FoundPlaces,
    attributions: Sequence[Attribution],
    narrations: Sequence[Narration],
    events: Sequence[EventMention],
    numbers: Sequence[Quantity] = (),
) -> tuple[EventMention, ...]:
    """The events with ``place`` and ``places`` filled; see `kg.extract.places.event_places`."""
    return place_events(parsed, gazetteer, found.mentions, found.known, attributions, narrations, events, numbers)
