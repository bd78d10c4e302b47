"""Who is who: names as told -> entities, by the user's list and by what names have in common; links, never merges.

A judgement wins over every rule. An unnamed source is only ever itself. A name goes to no one where two could be meant.
What a name is linked to hangs on the names it shares a spelling, a surname or an acronym with, and on no others: only these
are looked at again when an article comes or goes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kg.model import ActorKind, Corpus, CorpusChange, Entity, Extraction, IdentityLink
from kg.resolve.entities.name_forms import acronym, skeleton
from kg.resolve.entities.name_forms import key as plain
from kg.resolve.known_entities import KnownEntities, join_judged
from kg.sqlite_index import SqliteIndex, from_key, to_key

#: a name of an article: its id, 1 where it only takes part in an event, its label and kind
Named = tuple[str, int, str, ActorKind]

#: an entity, and why a name is held to be it
Held = tuple[str, str]

#: how sure each way to an entity is
CONFIDENCE = {"judgement": 1.0, "alias": 0.95, "acronym": 0.85, "transliteration": 0.8, "role": 0.75}

TABLES = """
CREATE TABLE IF NOT EXISTS named (actor BLOB, tier INT, name BLOB, label BLOB, kind TEXT, article INT,
                                  PRIMARY KEY (actor, tier, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS named_in ON named (article);
CREATE TABLE IF NOT EXISTS actor (actor BLOB PRIMARY KEY, label BLOB, kind TEXT, spelled BLOB, family BLOB, single BLOB,
                                  short BLOB, capitals BLOB, base BLOB, why TEXT, entity BLOB, reason TEXT);
CREATE INDEX IF NOT EXISTS actor_spelled ON actor (spelled);
CREATE INDEX IF NOT EXISTS actor_family ON actor (family);
CREATE INDEX IF NOT EXISTS actor_single ON actor (single);
CREATE INDEX IF NOT EXISTS actor_short ON actor (short);
CREATE INDEX IF NOT EXISTS actor_capitals ON actor (capitals);
CREATE INDEX IF NOT EXISTS actor_base ON actor (base);
CREATE INDEX IF NOT EXISTS actor_entity ON actor (entity);
CREATE INDEX IF NOT EXISTS actor_judged ON actor (actor) WHERE entity IS NOT base OR reason IS NOT why
"""

#: what names may have in common: the column of those that own it, and of those that go to its only owner
SHARED = (("family", "single", "role"), ("short", "capitals", "acronym"))


class Identities:
    """Every actor id that an article names, or the user's list, with the entity that it is held to be."""

    def __init__(self, ledger: SqliteIndex, world: KnownEntities) -> None:
        self._ledger = ledger
        self._judgements = world.judgements
        self._known = {entity.id: entity for entity in world.entities}
        self._exact, self._loose = _owners(world.entities, plain), _owners(world.entities, skeleton)
        self._heard: set[str] = set()
        self._entities: dict[str, str] = {}
        self._groups: set[tuple[str, bytes]] = set()
        ledger.make(TABLES)

    def hear(self, article: int, name: str, named: Iterable[Named]) -> None:
        """An article names these, in place of what it named before."""
        self._heard |= {
            from_key(actor) for (actor,) in self._ledger.all("SELECT actor FROM named WHERE article = ?", article)
        }
        self._ledger.do("DELETE FROM named WHERE article = ?", article)
        rows = [
            (to_key(actor), tier, to_key(name), to_key(label), kind.value, article)
            for actor, tier, label, kind in named
        ]
        self._ledger.put("named", rows)
        self._heard |= {from_key(row[0]) for row in rows}

    def entity(self, actor: str) -> str:
        """The entity that an actor is held to be."""
        if actor not in self._entities:
            row = self._ledger.first("SELECT entity FROM actor WHERE actor = ?", to_key(actor))
            self._entities[actor] = from_key(row[0]) if row else actor
        return self._entities[actor]

    def settle(self) -> tuple[list[CorpusChange], set[int]]:
        """What is now held of the actors that may be held to be others than before; the articles that name those which are."""
        judged = {each for j in self._judgements if "#" not in j.one + j.other for each in (j.one, j.other)}
        before = {actor: self._held(actor) for actor in sorted(self._heard | judged | self._remembered())}
        self._ledger.write("judged actors", json.dumps(sorted(judged)))
        self._describe(before, judged)
        moved = self._by_spelling(before)
        final = self._judged(judged, {*before, *moved})
        changed = set()
        for actor, held in final.items():
            old = before.get(actor) or self._held(actor)
            if held != old:
                changed.add(actor)
                self._ledger.do(
                    "UPDATE actor SET entity = ?, reason = ? WHERE actor = ?", to_key(held[0]), held[1], to_key(actor)
                )
            before.setdefault(actor, old)
        gone = {actor for actor in before if not self._held(actor)}
        self._entities.clear()
        told = {*before, *(held[0] for held in before.values() if held), *(final[a][0] for a in changed)}
        articles = {
            n
            for actor in changed | gone
            for (n,) in self._ledger.all("SELECT article FROM named WHERE actor = ?", to_key(actor))
        }
        return [self._part(actor) for actor in sorted(told)], articles

    def _remembered(self) -> set[str]:
        """Whom judgements concerned before; the first time, all whom the user's list knows."""
        before = self._ledger.read("judged actors")
        return set(self._known) if before is None else set(json.loads(before))

    # ------------------------------------------------------------------------- what each name is like

    def _describe(self, actors: Iterable[str], judged: set[str]) -> None:
        """Put down each actor's label, kind and what it may share with others; mark what it shared, and shares, to be looked at."""
        for actor in actors:
            row = self._ledger.first(
                "SELECT spelled, family, short, capitals, single FROM actor WHERE actor = ?", to_key(actor)
            )
            if row:
                self._mark(*row)
            told = self._ledger.first(
                "SELECT label, kind FROM named WHERE actor = ? ORDER BY tier, name LIMIT 1", to_key(actor)
            )
            if not told and actor not in judged and actor not in self._known:
                self._ledger.do("DELETE FROM actor WHERE actor = ?", to_key(actor))
                continue
            label, kind = (from_key(told[0]), ActorKind(told[1])) if told else (actor, ActorKind.ORGANIZATION)
            base = self._by_list(actor, label, kind)
            shape = self._shape(actor, label, kind, free=base[1] == "itself" and bool(told))
            old = self._ledger.first("SELECT entity, reason FROM actor WHERE actor = ?", to_key(actor))
            row = tuple(to_key(each) if each else None for each in shape)
            self._mark(row[0], row[1], row[3], row[4], row[2])
            held = old or (to_key(base[0]), base[1])
            self._ledger.put(
                "actor", [(to_key(actor), to_key(label), kind.value, *row, to_key(base[0]), base[1], *held)]
            )

    def _shape(self, actor: str, label: str, kind: ActorKind, *, free: bool) -> tuple[str, str, str, str, str]:
        """What it may share: spelled, family, single, short, capitals; empty where it has none."""
        if actor in self._known:
            label, kind = self._known[actor].label, self._known[actor].kind
            family = skeleton(label.split()[-1]) if kind is ActorKind.PERSON and len(label.split()) > 1 else ""
            return "", family, "", acronym(label) if kind is ActorKind.ORGANIZATION else "", ""
        if not free or kind is ActorKind.UNNAMED or _is_of_one_article(actor):
            return "", "", "", "", ""
        if kind is ActorKind.PERSON:
            several = len(label.split()) > 1
            return (
                (skeleton(label), skeleton(label.split()[-1]), "", "", "")
                if several
                else ("", "", skeleton(label), "", "")
            )
        if kind in {ActorKind.ORGANIZATION, ActorKind.OUTLET}:
            return "", "", "", acronym(label), label if label.isupper() else ""
        return "", "", "", "", ""

    def _mark(self, spelled: bytes, family: bytes, short: bytes, capitals: bytes, single: bytes) -> None:
        shared = (("spelled", spelled), ("family", family), ("family", single), ("short", short), ("short", capitals))
        self._groups |= {(column, value) for column, value in shared if value}

    def _by_list(self, actor: str, label: str, kind: ActorKind) -> Held:
        """The entity that the user's list gives that name, or that spelling of it; else itself.

        A body that an article calls by no state ("the Interior Ministry") is that article's, unless the list knows it.
        """
        if kind is ActorKind.UNNAMED or actor in self._known:
            return actor, "itself"
        if plain(label) in self._exact:
            return self._exact[plain(label)], "alias"
        if _is_of_one_article(actor):
            return actor, "itself"
        owner = self._loose.get(skeleton(label)) if kind is ActorKind.PERSON else None
        return (owner, "transliteration") if owner and self._known[owner].kind is kind else (actor, "itself")

    # ------------------------------------------------------------------------- what names have in common

    def _by_spelling(self, described: Iterable[str]) -> set[str]:
        """Names that no list knows: spellings of one person, surnames that one person bears, acronyms of one body; who moved."""
        moved: set[str] = set(described)
        for column, value in sorted(self._groups):
            if column == "spelled":
                rows = self._ledger.all("SELECT actor, family, base FROM actor WHERE spelled = ? ORDER BY actor", value)
                for actor, family, _ in rows:
                    first = rows[0][0]
                    self._rebase(actor, first, "transliteration" if actor != first else "itself", moved)
                    self._groups |= {("family", family)} if family else set()
        for owned, going, reason in SHARED:
            for value in sorted(value for column, value in self._groups if column == owned):
                owners = {row[0] for row in self._ledger.all(f"SELECT base FROM actor WHERE {owned} = ?", value)}  # noqa: S608 - our own column
                for (actor,) in self._ledger.all(f"SELECT actor FROM actor WHERE {going} = ?", value):  # noqa: S608
                    alone = len(owners) == 1 and actor not in owners
                    self._rebase(actor, next(iter(owners)) if alone else actor, reason if alone else "itself", moved)
        self._groups.clear()
        return moved

    def _rebase(self, actor: bytes, base: bytes, why: str, moved: set[str]) -> None:
        self._ledger.do("UPDATE actor SET base = ?, why = ? WHERE actor = ?", base, why, actor)
        moved.add(from_key(actor))

    # ------------------------------------------------------------------------- what is held in the end

    def _judged(self, judged: set[str], moved: Iterable[str]) -> dict[str, Held]:
        """What is held of these, and of whom judgements may concern, now or before."""
        concerned = {
            from_key(a)
            for (a,) in self._ledger.all("SELECT actor FROM actor WHERE entity IS NOT base OR reason IS NOT why")
        }
        found = {actor: held for actor in sorted({*moved, *concerned}) if (held := self._based(actor))}
        met = {actor: held for actor in sorted(judged) if (held := self._based(actor))}
        for entity in sorted({*met, *(held[0] for held in met.values())}):
            rows = self._ledger.all("SELECT actor, base, why FROM actor WHERE base = ?", to_key(entity))
            met |= {from_key(actor): (from_key(base), why) for actor, base, why in rows}
        return found | join_judged(met, self._judgements)

    def _based(self, actor: str) -> Held | None:
        row = self._ledger.first("SELECT base, why FROM actor WHERE actor = ?", to_key(actor))
        return (from_key(row[0]), row[1]) if row else None

    def _held(self, actor: str) -> Held | None:
        row = self._ledger.first("SELECT entity, reason FROM actor WHERE actor = ?", to_key(actor))
        return (from_key(row[0]), row[1]) if row else None

    def _part(self, actor: str) -> CorpusChange:
        owner = f"actor {actor}"
        held = self._held(actor)
        if held is None:
            return CorpusChange(owner)
        entity, reason = held
        entities = [self._known[each] for each in sorted({actor, entity} & set(self._known))]
        if actor not in self._known and self._is_entity(actor):
            told = self._ledger.first("SELECT label, kind FROM actor WHERE actor = ?", to_key(actor)) or (b"", "")
            entities.append(Entity(actor, from_key(told[0]), ActorKind(told[1])))
        link = IdentityLink(actor, entity, reason, CONFIDENCE.get(reason, 1.0))
        return CorpusChange(owner, Corpus(entities=tuple(entities), links=(link,)))

    def _is_entity(self, actor: str) -> bool:
        """Whether others are held to be it."""
        return bool(
            self._ledger.first("SELECT 1 FROM actor WHERE entity = ? AND reason IS NOT 'itself' LIMIT 1", to_key(actor))
        )


def article_names(extraction: Extraction) -> list[Named]:
    """Every actor id that an article uses, once; of several labels the first by the alphabet."""
    named: dict[str, tuple[str, ActorKind]] = {}

    def hear(id_: str, label: str, kind: ActorKind) -> None:
        if id_ and (id_ not in named or label < named[id_][0]):
            named[id_] = (label, kind)

    for mention in extraction.mentions:
        hear(mention.id, mention.label, mention.kind)
    for said in extraction.attributions:
        for who in filter(None, (said.claimant, said.alternative, *said.claimants)):
            hear(who.id, who.label, who.kind)
        if said.channel and said.channel.id.startswith("outlet/"):
            hear(said.channel.id, said.channel.label, ActorKind.OUTLET)
    hear(extraction.article.narrator, extraction.article.outlet or extraction.article.id, ActorKind.OUTLET)
    parts: dict[str, str] = {}
    for role in (role for event in extraction.events for role in event.roles):
        if role.id and not role.id.startswith("place/") and role.id not in named:
            parts.setdefault(role.id, role.label)
    main = [(id_, 0, label, kind) for id_, (label, kind) in named.items()]
    return main + [(id_, 1, label, ActorKind.GROUP) for id_, label in parts.items()]


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
