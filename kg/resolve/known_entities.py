"""The beat's world, which is the user's: entities.tsv (who is who, on which side) and judgements.tsv (same, or not the same).

Both are tab-separated, with a head of ``#`` lines and a line of column names; see seeds/ for an example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError
from kg.model import ActorKind, Entity
from kg.text_tables import Row, read_rows

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
class KnownEntities:
    """What the user knows before any article is read."""

    entities: tuple[Entity, ...] = ()
    judgements: tuple[IdentityJudgement, ...] = ()


def load_known_entities(entities: Path | None = None, judgements: Path | None = None) -> KnownEntities:
    """The world of these files; raises LexiconError with file and line for a row that cannot be read."""
    return KnownEntities(
        tuple(_entity(row, where) for row, where in _user_rows(entities, ENTITY_COLUMNS)),
        tuple(_judgement(row, where) for row, where in _user_rows(judgements, JUDGEMENT_COLUMNS)),
    )


def _user_rows(path: Path | None, columns: tuple[str, ...]) -> Iterator[tuple[Row, str]]:
    """The rows of a file that kg.toml names; none where it names none."""
    if path is None:
        return
    if not path.is_file():
        raise LexiconError("no such file", where=str(path), fix="Correct its name under [resolve] in kg.toml.")
    yield from read_rows(path, columns)


def _entity(row: dict[str, str], where: str) -> Entity:
    if row["kind"] not in set(ActorKind) - {ActorKind.UNNAMED}:
        kinds = ", ".join(sorted(set(ActorKind) - {ActorKind.UNNAMED}))
        raise LexiconError(f"{row['kind']!r} is no kind of entity", where=where, fix=f"Choose one of: {kinds}.")
    kind = ActorKind(row["kind"])
    home = "outlet" if kind is ActorKind.OUTLET else "actor"
    return Entity(f"{home}/{row['id']}", row["label"], kind, _several(row["aliases"]), _several(row["party"]))


def _judgement(row: dict[str, str], where: str) -> IdentityJudgement:
    if row["same"] not in ("yes", "no"):
        raise LexiconError(f"same is {row['same']!r}", where=where, fix="Write yes or no.")
    return IdentityJudgement(row["one"], row["other"], row["same"] == "yes", row["who"], row["when"], row["why"])


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def join_judged(
    found: Mapping[str, tuple[str, str]], judgements: Iterable[IdentityJudgement]
) -> dict[str, tuple[str, str]]:
    """Each actor's entity and the reason, after what an analyst says of two of them.

    "Not the same" parts them, "the same" joins them; told of later, wins.
    """
    found = dict(found)
    actors = [each for each in judgements if "#" not in each.one + each.other]
    for each in sorted(actors, key=lambda j: (j.same, j.when, j.one, j.other)):
        one, other = (found.setdefault(id_, (id_, "itself")) for id_ in (each.one, each.other))
        if each.same and one[0] != other[0]:
            for actor, (entity, _) in list(found.items()):
                if entity == one[0]:
                    found[actor] = (other[0], "judgement" if actor != other[0] else "itself")
        elif not each.same and one[0] == other[0]:
            apart = each.one if each.one != one[0] else each.other
            found[apart] = (apart, "itself")
    return found
