"""Read kg.toml into a `Config`. Options override KG_* environment variables, which override kg.toml, which overrides the defaults.

    [extract]
    model = "en_core_web_md"                # any installed spaCy pipeline
    use = ["mentions", "./polls.py:polls"]  # extractors in order: built-in, installed, or from a file
    lexicons = ["lexicons"]                 # folders with additional lexicon rows
    [resolve]
    entities = "entities.tsv"               # people, organizations and parties of your topic
    places = "places.tsv"                   # places that are missing in the gazetteer
    judgements = "judgements.tsv"           # pairs of entities that are (not) the same, decided by an analyst
    [graph]
    store = "kg.db"

Paths in kg.toml are relative to its folder. An unknown table or key is an error with the nearest name.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kg.errors import ConfigError, nearest

FILE = "kg.toml"

#: table and key of kg.toml -> field of Config
KEYS = {
    "extract": ("model", "use", "lexicons"),
    "resolve": ("entities", "places", "judgements"),
    "graph": ("store",),
}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a run. An empty ``use`` means all built-in extractors in their order."""

    model: str = "en_core_web_md"
    use: tuple[str, ...] = ()
    lexicons: tuple[Path, ...] = ()
    entities: Path | None = None
    places: Path | None = None
    judgements: Path | None = None
    store: Path = Path("kg.db")
    folder: Path = Path()  # folder of kg.toml: paths in ``use`` are relative to it


def read_config(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """Read the settings of ``path``, or of ./kg.toml if it exists, overridden by the environment.

    Raises ConfigError if the file is missing or not TOML, for an unknown key, or for a value of the wrong type.
    """
    if path is not None and not path.is_file():
        raise ConfigError("no such file", where=str(path), fix="Give the path of a kg.toml, or leave out --config.")
    source = path or Path(FILE)
    config = _over(Config(folder=source.parent), _read(source), source) if source.is_file() else Config()
    given = {name: environ[f"KG_{name.upper()}"] for name in ("model", "store") if environ.get(f"KG_{name.upper()}")}
    return replace(config, **{name: _cast(name, value, Path(), "the environment") for name, value in given.items()})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"not TOML: {error}", where=str(path), fix="See docs/configuration.md for the format."
        ) from error


def _over(config: Config, tables: dict[str, Any], path: Path) -> Config:
    given: dict[str, Any] = {}
    for table, rows in tables.items():
        if table not in KEYS:
            raise ConfigError(f"no table [{table}]", where=str(path), fix=nearest(table, KEYS))
        if not isinstance(rows, dict):
            raise ConfigError(f"{table} is not a table", where=str(path), fix=f"Write [{table}] on a line of its own.")
        for key, value in rows.items():
            if key not in KEYS[table]:
                raise ConfigError(f"no key {key!r} in [{table}]", where=str(path), fix=nearest(key, KEYS[table]))
            given[key] = _cast(key, value, path.parent, f"{path} [{table}]")
    return replace(config, **given)


def _cast(key: str, value: Any, folder: Path, where: str) -> Any:
    kind = next(f.type for f in fields(Config) if f.name == key)
    if str(kind).startswith("tuple"):
        if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
            raise ConfigError(f"{key} is not a list of strings", where=where, fix=f'Write {key} = ["...", "..."].')
        return tuple(folder / each for each in value) if "Path" in str(kind) else tuple(value)
    if not isinstance(value, str):
        raise ConfigError(f"{key} is not a string", where=where, fix=f'Write {key} = "...".')
    return folder / value if "Path" in str(kind) else value
