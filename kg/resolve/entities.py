"""Who is who: names as told -> entities, by the user's list and by what names have in common; links, never merges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from kg.model import ActorKind, Entity, Extraction, IdentityLink
from kg.resolve.world import World


def link_entities(
    extractions: Iterable[Extraction], world: World
) -> tuple[tuple[Entity, ...], tuple[IdentityLink, ...]]:
    """The world's entities, and one link for every actor id that an article names."""
    named = names_told(extractions)
    by_name = _by_name(world.entities)
    known = {entity.id for entity in world.entities}
    links = []
    for actor, (label, kind) in sorted(named.items()):
        found = None if kind is ActorKind.UNNAMED or actor in known else by_name.get(key(label))
        links.append(IdentityLink(actor, found, "alias", 0.95) if found else IdentityLink(actor, actor, "itself"))
    links += [IdentityLink(id_, id_, "itself") for id_ in sorted(known - set(named))]
    return world.entities, tuple(links)


def names_told(extractions: Iterable[Extraction]) -> dict[str, tuple[str, ActorKind]]:
    """Every actor id that the articles use, with its label and kind; the first article to use it is heard."""
    named: dict[str, tuple[str, ActorKind]] = {}
    for extraction in extractions:
        for mention in extraction.mentions:
            named.setdefault(mention.id, (mention.label, mention.kind))
        for said in extraction.attributions:
            for who in filter(None, (said.claimant, said.alternative)):
                named.setdefault(who.id, (who.label, who.kind))
            if said.channel and said.channel.id.startswith("outlet/"):
                named.setdefault(said.channel.id, (said.channel.label, ActorKind.OUTLET))
        for event in extraction.events:
            for role in event.roles:
                if role.id and not role.id.startswith("place/"):
                    named.setdefault(role.id, (role.label, ActorKind.GROUP))
    return named


def key(name: str) -> str:
    """A name without case, accents, articles, dots and possessive marks: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(word for word in re.findall(r"\w+", re.sub(r"'s\b", "", plain)) if word not in ("the", "a", "an"))


def _by_name(entities: Iterable[Entity]) -> Mapping[str, str]:
    """Key of each label and alias -> entity; a key that two share is no one's."""
    owners: dict[str, set[str]] = {}
    for entity in entities:
        for name in (entity.label, *entity.aliases):
            owners.setdefault(key(name), set()).add(entity.id)
    return {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}
