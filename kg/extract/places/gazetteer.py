"""The places of the world, looked up by name: one indexed file, compiled at first use (see `kg.extract.places.gazetteer_build`).

The file lies in the user's cache folder, or in the one that ``KG_CACHE`` names, under a name made of the versions of what
went into it. A topic's own ``places.tsv`` is added to it in memory: its rows win over places of the same id or name.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

from kg.errors import LexiconError
from kg.extract.lexicon import Lexicon
from kg.extract.places import gazetteer_build
from kg.extract.places.folding import fold
from kg.model import Place
from kg.text_tables import read_table

COLUMNS = ("id", "label", "lat", "lon", "within", "aliases")
SELECT = """SELECT p.id, p.slug, p.label, p.kind, p.lat, p.lon, p.geonames, p.country, p.population, w.slug
            FROM place p LEFT JOIN place w ON w.id = p.within"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. ``main``: it was found by its own name, not by another spelling or a part of it.

    ``country`` is an ISO 3166-1 alpha-2 code, "" where it is in no country; ``population`` counts people, 0 if unknown.
    """

    place: Place
    country: str = ""
    population: int = 0
    main: bool = True


class Gazetteer:
    """A compiled gazetteer and the topic's own places over it. Lookups never fail: what is unknown has no candidates."""

    def __init__(self, path: Path, extra: Sequence[Path] = ()) -> None:
        self.path = path
        self.extra = tuple(extra)
        self._connection: tuple[int, sqlite3.Connection] | None = None
        self._named: dict[str, tuple[Entry, ...]] = {}
        self._places: dict[str, Place | None] = {}
        self._countries: dict[str, tuple[str | None, str | None]] = {}
        self._codes: dict[str, str | None] = {}
        self._own: dict[str, list[Entry]] = {}
        self._capitals: frozenset[str] | None = None
        self._overlay()

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path, tuple[Path, ...]]]:
        return Gazetteer, (self.path, self.extra)

    def named(self, name: str) -> tuple[Entry, ...]:
        """The places that ``name`` may mean, the most prominent first; a topic's own come before all."""
        form = fold(name)
        found = self._named.get(form)
        if found is None:
            found = self._named[form] = self._look_up(form)
        return found

    def place(self, place_id: str) -> Place | None:
        """The place of an id ("place/kyiv"), or None."""
        if place_id not in self._places:
            row = self._db.execute(f"{SELECT} WHERE p.slug = ?", (place_id.removeprefix("place/"),)).fetchone()
            self._places[place_id] = _entry(row).place if row else None
        return self._places[place_id]

    def holders(self, place: Place) -> tuple[Place, ...]:
        """What contains a place, from the innermost to its country."""
        found: list[Place] = []
        above = place.within
        while above and (holder := self.place(above[0])) is not None and holder not in found:
            found.append(holder)
            above = holder.within
        return tuple(found)

    def country(self, code: str) -> Place | None:
        """The country of an ISO code."""
        place_id = self._country(code)[0]
        return self.place(place_id) if place_id else None

    def capital(self, code: str) -> Place | None:
        """The capital of the country of an ISO code."""
        place_id = self._country(code)[1]
        return self.place(place_id) if place_id else None

    def is_capital(self, place_id: str) -> bool:
        """Whether the place of an id is a country's capital."""
        if self._capitals is None:
            rows = self._db.execute("SELECT p.slug FROM country n JOIN place p ON p.id = n.capital")
            self._capitals = frozenset(f"place/{row[0]}" for row in rows)
        return place_id in self._capitals

    def code(self, place_id: str) -> str | None:
        """The ISO code of the country that a place is or lies in; None for what lies in none."""
        if place_id not in self._codes:
            query = "SELECT country FROM place WHERE slug = ?"
            row = self._db.execute(query, (place_id.removeprefix("place/"),)).fetchone()
            self._codes[place_id] = row[0] or None if row else None
        return self._codes[place_id]

    def demonym(self, word: str) -> str | None:
        """The code of the country whose people or things ``word`` speaks of ("Ukrainian", "Ukrainians")."""
        known = _demonyms()
        return known.get(word) or known.get(word.removesuffix("s"))

    def _country(self, code: str) -> tuple[str | None, str | None]:
        if code not in self._countries:
            query = """SELECT p.slug, c.slug FROM country n JOIN place p ON p.id = n.place
                       LEFT JOIN place c ON c.id = n.capital WHERE n.code = ?"""
            row = self._db.execute(query, (code,)).fetchone() or (None, None)
            land, capital = (f"place/{each}" if each else None for each in row)
            self._countries[code] = (land, capital)
        return self._countries[code]

    def _look_up(self, form: str) -> tuple[Entry, ...]:
        query = f"""{SELECT.replace("w.slug", "w.slug, n.main")} JOIN name n ON n.place = p.id WHERE n.fold = ?
                    ORDER BY n.main DESC, p.weight DESC, p.id"""
        found = {entry.place.id: entry for entry in self._own.get(form, ())}
        for row in self._db.execute(query, (form,)):
            entry = _entry(row)
            found.setdefault(entry.place.id, entry)
        return tuple(found.values())

    @property
    def _db(self) -> sqlite3.Connection:
        """A connection of this process: SQLite's may not be carried over a fork."""
        if self._connection is None or self._connection[0] != os.getpid():
            opened = sqlite3.connect(f"{self.path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            weakref.finalize(self, opened.close)
            self._connection = (os.getpid(), opened)
        return self._connection[1]

    def _overlay(self) -> None:
        for path in self.extra:
            for number, row in enumerate(read_table(path), start=1):
                entry = self._own_entry(row, path, number)
                self._places[entry.place.id] = entry.place
                for name in (row["label"], *filter(None, row["aliases"].split("|"))):
                    self._own.setdefault(fold(name), []).append(entry)

    def _own_entry(self, row: dict[str, str], path: Path, number: int) -> Entry:
        if tuple(row) != COLUMNS:
            raise LexiconError(f"columns {', '.join(row)}", where=str(path), fix=f"Use: {', '.join(COLUMNS)}.")
        try:
            lat, lon = (float(row[axis]) if row[axis] else None for axis in ("lat", "lon"))
        except ValueError as error:
            raise LexiconError(
                f"row {number}: {error}", where=str(path), fix="lat and lon are decimal degrees, or both empty."
            ) from None
        within = (f"place/{row['within']}",) if row["within"] else ()
        place = Place(f"place/{row['id']}", row["label"], lat, lon, within=within, kind="site")
        countries = [holder for holder in (self.place(each) for each in within) if holder]
        code = (self.code(countries[0].id) or "") if countries else ""
        return Entry(place, code)


def open_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """The gazetteer, compiled first where this version of it has not been; ``extra`` are the topic's ``places.tsv`` files.

    Raises LexiconError, with file and row, for a table that cannot be read.
    """
    folder = os.environ.get("KG_CACHE") or platformdirs.user_cache_dir("newsclaims")
    path = Path(folder).absolute() / f"gazetteer-{gazetteer_build.data_version()}.sqlite"
    if not path.exists():
        gazetteer_build.compile_gazetteer(path)
    return Gazetteer(path, extra)


@cache
def _demonyms() -> dict[str, str]:
    rows = Lexicon().rows("place_countries")
    return {word: row["code"] for row in rows for word in row["demonyms"].split("|") if word}


def _entry(row: tuple[object, ...]) -> Entry:
    _, slug, label, kind, lat, lon, geonames, country, population, within, *main = row
    place = Place(f"place/{slug}", label, lat, lon, geonames, (f"place/{within}",) if within else (), kind)  # type: ignore[arg-type]
    return Entry(place, country or "", population, bool(main[0]) if main else True)  # type: ignore[arg-type]
