"""Who is who: names as told -> entities, by the user's list and by what names have in common; links, never merges.

A judgement wins over every rule. An unnamed source is only ever itself. A name goes to no one where two could be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kg.model import ActorKind, Entity, Extraction, IdentityLink
from kg.resolve.names import acronym, key, skeleton
from kg.resolve.world import IdentityJudgement, World

Named = dict[str, tuple[str, ActorKind]]

#: how sure each way to an entity is
CONFIDENCE = {"judgement": 1.0, "alias": 0.95, "acronym": 0.85, "transliteration": 0.8, "role": 0.75}


def link_entities(
    extractions: Iterable[Extraction], world: World
) -> tuple[tuple[Entity, ...], tuple[IdentityLink, ...]]:
    """The world's entities, those that several spellings share, and one link for every actor id that an article names."""
    named = names_told(extractions)
    known = {entity.id: entity for entity in world.entities}
    found = _by_list(named, known) | {id_: (id_, "itself") for id_ in known}
    found = _by_spelling(named, known, found)
    found = _judged(found, world.judgements)
    links = [
        IdentityLink(actor, entity, reason, CONFIDENCE.get(reason, 1.0))
        for actor, (entity, reason) in sorted(found.items())
    ]
    own = sorted({link.entity for link in links if link.reason != "itself"} - set(known))
    made = [Entity(id_, *named.get(id_, (id_, ActorKind.ORGANIZATION))) for id_ in own]
    return (*world.entities, *made), tuple(links)


def names_told(extractions: Iterable[Extraction]) -> Named:
    """Every actor id that the articles use, with its label and kind; of several the one of the article first by its id."""
    named: dict[str, tuple[str, str, ActorKind]] = {}

    def hear(article: str, id_: str, label: str, kind: ActorKind) -> None:
        if id_ and (id_ not in named or (article, label) < named[id_][:2]):
            named[id_] = (article, label, kind)

    for extraction in extractions:
        article = extraction.article.id
        for mention in extraction.mentions:
            hear(article, mention.id, mention.label, mention.kind)
        for said in extraction.attributions:
            for who in filter(None, (said.claimant, said.alternative)):
                hear(article, who.id, who.label, who.kind)
            if said.channel and said.channel.id.startswith("outlet/"):
                hear(article, said.channel.id, said.channel.label, ActorKind.OUTLET)
        hear(article, extraction.article.narrator, extraction.article.outlet or article, ActorKind.OUTLET)
    for extraction in extractions:
        for role in (role for event in extraction.events for role in event.roles):
            if role.id and not role.id.startswith("place/") and role.id not in named:
                hear(extraction.article.id, role.id, role.label, ActorKind.GROUP)
    return {id_: (label, kind) for id_, (_, label, kind) in sorted(named.items())}


def _by_list(named: Named, known: Mapping[str, Entity]) -> dict[str, tuple[str, str]]:
    """Each name to the entity that the user's list gives that name, or that spelling of it; else to itself."""
    exact, loose = _owners(known.values(), key), _owners(known.values(), skeleton)
    found = {}
    for actor, (label, kind) in named.items():
        found[actor] = (actor, "itself")
        if kind is ActorKind.UNNAMED or actor in known or _is_of_one_article(actor):
            continue
        if key(label) in exact:
            found[actor] = (exact[key(label)], "alias")
        elif kind is ActorKind.PERSON and (owner := loose.get(skeleton(label))) and known[owner].kind is kind:
            found[actor] = (owner, "transliteration")
    return found


def _by_spelling(
    named: Named, known: Mapping[str, Entity], found: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """Names that no list knows: spellings of one person, surnames that one person bears, acronyms of one body."""
    free = {
        a: v for a, v in named.items() if found[a] == (a, "itself") and a not in known and not _is_of_one_article(a)
    }
    people = {a: label for a, (label, kind) in free.items() if kind is ActorKind.PERSON}
    bodies = {a: label for a, (label, kind) in free.items() if kind in {ActorKind.ORGANIZATION, ActorKind.OUTLET}}
    found = found | {a: (to, "transliteration") for a, to in _one_spelling(people).items()}
    full: dict[str, set[str]] = defaultdict(set)
    every = people | {id_: e.label for id_, e in known.items() if e.kind is ActorKind.PERSON}
    for actor, label in every.items():
        if len(label.split()) > 1:
            full[skeleton(label.split()[-1])].add(found[actor][0])
    for actor, label in people.items():
        if len(label.split()) == 1 and len(full[skeleton(label)]) == 1:
            found[actor] = (next(iter(full[skeleton(label)])), "role")
    return found | {a: (to, "acronym") for a, to in _acronyms(bodies, known).items()}


def _one_spelling(people: Mapping[str, str]) -> dict[str, str]:
    """Full names of one skeleton: all to the first of them by id."""
    alike: dict[str, list[str]] = defaultdict(list)
    for actor, label in sorted(people.items()):
        if len(label.split()) > 1:
            alike[skeleton(label)].append(actor)
    return {actor: group[0] for group in alike.values() for actor in group[1:]}


def _acronyms(bodies: Mapping[str, str], known: Mapping[str, Entity]) -> dict[str, str]:
    every = {**bodies, **{id_: e.label for id_, e in known.items() if e.kind is ActorKind.ORGANIZATION}}
    owners: dict[str, set[str]] = defaultdict(set)
    for actor, label in every.items():
        if short := acronym(label):
            owners[short].add(actor)
    return {
        actor: next(iter(owners[label]))
        for actor, label in bodies.items()
        if label.isupper() and len(owners.get(label, ())) == 1 and actor not in owners[label]
    }


def _judged(found: dict[str, tuple[str, str]], judgements: Iterable[IdentityJudgement]) -> dict[str, tuple[str, str]]:
    """What an analyst says of two actors wins: "not the same" parts them, "the same" joins them; told of later, wins."""
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


def _owners(entities: Iterable[Entity], form: Callable[[str], str]) -> Mapping[str, str]:
    """A form of each label and alias -> entity; a form that two share is no one's."""
    owners: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for name in (entity.label, *entity.aliases):
            if shape := form(name):
                owners[shape].add(entity.id)
    return {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}


def _is_of_one_article(actor: str) -> bool:
    """Whether an id holds its article's: an unnamed source, an outlet that no one names."""
    return actor.count("/") > 1
