"""Which place a name means: of all that bear it, the one that the article's other places, and the words around, speak for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.places.gazetteer import Entry, Gazetteer

#: candidates of one name that are weighed; the rest are too small to win
MOST = 80

#: a town of so many people is known by its other spellings, too
KNOWN = 5_000


@dataclass(slots=True)
class Name:
    """One name of an article: how often it stands there, and what it may mean.

    ``holders`` are names that the text puts behind it ("Oxford, North Carolina"); ``kinds`` what its kind noun allows.
    """

    text: str
    count: int = 0
    holders: list[str] = field(default_factory=list)
    kinds: frozenset[str] = frozenset()
    entries: tuple[Entry, ...] = ()


def choose_entries(gazetteer: Gazetteer, names: Sequence[Name], countries: dict[str, float]) -> dict[str, Entry]:
    """For each name (by its text) its place, where it has one; ``countries`` are codes in play, with their weights."""
    return _Choice(gazetteer, names, countries).run()


class _Choice:
    def __init__(self, gazetteer: Gazetteer, names: Sequence[Name], countries: dict[str, float]) -> None:
        self.gazetteer = gazetteer
        self.names = [name for name in names if name.entries]
        self.countries = countries
        self.above: dict[str, tuple[str, ...]] = {}
        self.priors = {id(name): [entry_prior(gazetteer, entry) for entry in name.entries] for name in self.names}

    def run(self) -> dict[str, Entry]:
        chosen: dict[int, Entry] = {}
        for _ in range(2):
            cells = self._cells(chosen)
            divisions = self._divisions(chosen)
            chosen = {id(name): self._best(name, cells, divisions) for name in self.names}
        return {name.text: entry for name in self.names if self._is_supported(name, entry := chosen[id(name)])}

    def _is_supported(self, name: Name, entry: Entry) -> bool:
        """Whether more than another spelling of a small place speaks for it; such a name by itself is left open."""
        if entry.main or entry.population >= KNOWN or entry.place.kind != "city":
            return True
        cells, divisions = self._cells({}), self._divisions({})
        at = name.entries.index(entry)
        return self._score(name, at, cells, divisions) > self.priors[id(name)][at]

    def _best(
        self, name: Name, cells: dict[tuple[int, int], dict[int, float]], divisions: dict[str, dict[int, float]]
    ) -> Entry:
        best = max(range(len(name.entries)), key=lambda i: (self._score(name, i, cells, divisions), -i))
        return name.entries[best]

    def _score(
        self, name: Name, i: int, cells: dict[tuple[int, int], dict[int, float]], divisions: dict[str, dict[int, float]]
    ) -> float:
        entry, own = name.entries[i], id(name)
        score = self.priors[own][i]
        above = self._above(entry)
        if name.holders and any(self._is_named(holder, above) for holder in name.holders):
            score += 20
        if name.kinds and entry.place.kind in name.kinds:
            score += 8
        near = sum(weight for who, weight in cells.get(_cell(entry), {}).items() if who != own)
        score += 1.5 * math.log1p(2 * near)
        for place_id in above:
            score += 1.2 * math.log1p(
                2 * sum(weight for who, weight in divisions.get(place_id, {}).items() if who != own)
            )
        return score + 1.0 * math.log1p(self.countries.get(entry.country, 0.0))

    def _cells(self, chosen: dict[int, Entry]) -> dict[tuple[int, int], dict[int, float]]:
        """For each cell of the map, which names have a candidate in or beside it, and how surely."""
        cells: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
        for name in self.names:
            for entry, share in self._shares(name, chosen):
                if entry.place.lat is None or entry.place.kind not in {"city", "admin2", "site", "district"}:
                    continue
                lat, lon = _cell(entry)
                for cell in ((lat + y, lon + x) for y in (-1, 0, 1) for x in (-1, 0, 1)):
                    in_cell = cells[cell]
                    if share > in_cell.get(id(name), 0.0):
                        in_cell[id(name)] = share
        return cells

    def _divisions(self, chosen: dict[int, Entry]) -> dict[str, dict[int, float]]:
        """For each country and first-level division, which names are it or have a candidate in it."""
        divisions: dict[str, dict[int, float]] = defaultdict(dict)
        for name in self.names:
            for entry, share in self._shares(name, chosen):
                weight = share * (2.0 if entry.place.kind in {"country", "admin1"} else 1.0)
                for place_id in self._above(entry):
                    divisions[place_id][id(name)] = max(weight, divisions[place_id].get(id(name), 0.0))
        return divisions

    def _shares(self, name: Name, chosen: dict[int, Entry]) -> list[tuple[Entry, float]]:
        """How surely, from 0 to 1, a name means each of its candidates, before its context or after a first choice."""
        priors = self.priors[id(name)]
        top = max(priors)
        weights = [math.exp(each - top) for each in priors]
        total = sum(weights)
        pick = chosen.get(id(name))
        shares = []
        for entry, weight in zip(name.entries, weights, strict=True):
            share = 0.3 / math.sqrt(len(name.entries)) + 0.7 * weight / total
            if pick is not None:
                share = 1.0 if entry is pick else 0.3 * share
            shares.append((entry, share))
        return shares

    def _above(self, entry: Entry) -> tuple[str, ...]:
        """Ids of the country and first-level division that hold a place."""
        place = entry.place
        if place.id not in self.above:
            chain = (place, *self.gazetteer.holders(place))
            divisions = [each for each in chain if each.kind in {"country", "admin1"}]
            self.above[place.id] = tuple(each.id for each in divisions)
        return self.above[place.id]

    def _is_named(self, holder: str, above: tuple[str, ...]) -> bool:
        return any(entry.place.id in above for entry in self.gazetteer.named(holder))


def entry_prior(gazetteer: Gazetteer, entry: Entry) -> float:
    """How prominent a place is by itself, about 0 (a hamlet) to 10 (a country)."""
    kind = entry.place.kind
    people = math.log10(entry.population + 10)
    score = {"country": 10.0, "admin1": 7.5, "region": 7.0, "sea": 7.0, "site": 6.5, "district": 4.0}.get(kind, people)
    if kind == "admin2":
        score = people - 1.0
    if gazetteer.is_capital(entry.place.id):
        score += 2.5
    if not entry.main:  # a division's bare name is its town's before all
        score -= 4.0 if kind in {"admin1", "admin2"} else 2.0
    return score if entry.place.lat is not None else score - 3.0


def _cell(entry: Entry) -> tuple[int, int]:
    lat, lon = entry.place.lat or 0.0, entry.place.lon or 0.0
    return math.floor(lat), math.floor(lon)
