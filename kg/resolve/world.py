"""The beat's world, which is the user's: entities.tsv (who is who, on which side) and judgements.tsv (same, or not the same).

Both are tab-separated, with a head of ``#`` lines and a line of column names; see seeds/ for an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError
from kg.model import ActorKind, Entity

ENTITY_COLUMNS = ("id", "label", "kind", "aliases", "party")
JUDGEMENT_COLUMNS = ("one", "other", "same", "who", "when", "why")


@dataclass(frozen=True, slots=True)
class IdentityJudgement:
    """An analyst's word on two ids of actors, or of events (ARTICLE#e3): the same, or not."""

    one: str
    other: str
    same: bool
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class World:
    """What the user knows before any article is read."""

    entities: tuple[Entity, ...] = ()
    judgements: tuple[IdentityJudgement, ...] = ()


def read_world(entities: Path | None = None, judgements: Path | None = None) -> World:
    """The world of these files; raises LexiconError with file and line for a row that cannot be read."""
    return World(
        tuple(_entity(row, where) for row, where in _rows(entities, ENTITY_COLUMNS)),
        tuple(_judgement(row, where) for row, where in _rows(judgements, JUDGEMENT_COLUMNS)),
    )


def _entity(row: dict[str, str], where: str) -> Entity:
    if row["kind"] not in set(ActorKind) - {ActorKind.UNNAMED}:
        kinds = ", ".join(sorted(set(ActorKind) - {ActorKind.UNNAMED}))
        raise LexiconError(f"{row['kind']!r} is no kind of entity", where=where, mend=f"Choose one of: {kinds}.")
    kind = ActorKind(row["kind"])
    home = "outlet" if kind is ActorKind.OUTLET else "actor"
    return Entity(f"{home}/{row['id']}", row["label"], kind, _several(row["aliases"]), _several(row["party"]))


def _judgement(row: dict[str, str], where: str) -> IdentityJudgement:
    if row["same"] not in ("yes", "no"):
        raise LexiconError(f"same is {row['same']!r}", where=where, mend="Write yes or no.")
    return IdentityJudgement(row["one"], row["other"], row["same"] == "yes", row["who"], row["when"], row["why"])


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _rows(path: Path | None, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    if path is None:
        return
    if not path.is_file():
        raise LexiconError("no such file", where=str(path), mend="Mend its name under [resolve] in kg.toml.")
    head_read = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells, where = line.split("\t"), f"{path}:{number}"
        if not head_read:
            if tuple(cells) != columns:
                raise LexiconError(f"its columns are {cells}", where=where, mend=f"Use: {', '.join(columns)}; tabs between them.")
            head_read = True
            continue
        if len(cells) > len(columns):
            raise LexiconError(f"{len(cells)} cells, not {len(columns)}", where=where, mend="A tab too many.")
        cells += [""] * (len(columns) - len(cells))
        yield dict(zip(columns, cells, strict=True)), where
