"""The digests of articles in the ledger: what resolving needs of each, so that no record is read again for another's sake."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kg.model import ActorKind, Article, Extraction, Ref
from kg.resolve.articles.event_digest import Days, event_digests, from_rows, to_rows
from kg.resolve.articles.event_groups import EventGroup, group_events, is_indexed
from kg.resolve.entities.identities import Named, article_names
from kg.resolve.event_families import is_known
from kg.resolve.similarity.word_vectors import rarity, term_counts, term_number, term_weights
from kg.sqlite_index import SqliteIndex, from_key, to_key

TABLES = "CREATE TABLE IF NOT EXISTS article (number INTEGER PRIMARY KEY AUTOINCREMENT, name BLOB UNIQUE, told TEXT, sketch TEXT)"

#: what of an `ArticleSummary` is a set
SETS = ("surnames", "people", "ages", "streets", "inner", "provinces")

#: characters of an article, from its beginning, whose words weigh most; and of its title where it has none
LEAD, TITLE = 500, 90

#: what a site adds to its titles: "Man shot in park - Channel 9 News, Weather"
_OUTLET_TAIL = re.compile(r"\s+[-|\u2013]\s+(?=[^-|]*(?:News|TV|Weather|\d|[A-Z]{3}))")
_AGE = re.compile(r"(\d{1,2})-(?:year|month|day)s?-old")
_STREET = re.compile(
    r"\b((?:[NSEW]\. |(?:North|South|East|West) )?[A-Z0-9]\w+) "
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Boulevard|Blvd|Lane|Court|Place|Way|Park|Highway)\b"
)

#: articles whose scenes are kept at hand
AT_HAND = 4000

#: a scene: its article's number, shifted, and its own within the article
SHIFT = 16


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """What is compared of two articles as wholes. ``day`` is an ordinal; ``chief`` the number of its chief scene."""

    words: dict[str, float]  # the weightiest first
    title: dict[str, float]
    lead: dict[str, float]  # of its first LEAD characters
    surnames: frozenset[str]
    people: frozenset[str]  # full names of those that it names and does not quote: victims and suspects, not officers
    ages: frozenset[str]
    streets: frozenset[str]
    inner: frozenset[str]  # its places narrower than a province
    provinces: frozenset[str]
    day: int | None
    chief: int | None
    kin: str
    days: Days | None


@dataclass(frozen=True, slots=True)
class ArticleDigest:
    """All that resolving keeps of an article."""

    told: str
    sketch: str
    named: list[Named]


def summarise(extraction: Extraction) -> ArticleDigest:
    """What resolving needs of an article: it hangs on no other."""
    told = event_digests(extraction)
    labels = {place.id: place.label for place in extraction.places_known}
    kinds = {place.id: place.kind for place in extraction.places_known}
    day = extraction.article.published
    scenes = is_indexed(group_events(told))
    chief = _chief(scenes)
    days = scenes[chief].days if chief is not None else None
    sketch = {
        **_word_vectors(extraction.article),
        "surnames": sorted(_surnames(extraction)),
        "people": sorted(_unquoted_people(extraction)),
        "ages": sorted(set(_AGE.findall(extraction.article.text))),
        "streets": sorted({name.casefold() for name in _STREET.findall(extraction.article.text)}),
        "inner": sorted(p for p, kind in kinds.items() if kind not in {"country", "admin1", "region", "sea"}),
        "provinces": sorted(p for p, kind in kinds.items() if kind == "admin1"),
        "day": date.fromisoformat(day).toordinal() if day and len(day) == len("2024-10-02") else None,
        "chief": chief,
        "kin": scenes[chief].kin if chief is not None else "",
        "days": [days.first, days.last] if days else None,
    }
    scopes = {place for each in told for place in each.scopes}
    named = sorted(article_names(extraction))
    rest = term_number(repr((named, extraction.article.sha256, day)))
    kept = {"told": to_rows(told), "labels": {place: labels[place] for place in sorted(scopes & labels.keys())}}
    return ArticleDigest(json.dumps(kept), json.dumps({**sketch, "rest": rest}), named)


class DigestStore:
    """Digests by article; scenes with every actor as the entity that ``entity`` gives."""

    def __init__(self, ledger: SqliteIndex, entity: Callable[[str], str]) -> None:
        self._ledger, self._entity = ledger, entity
        self._at_hand: OrderedDict[int, tuple[list[EventGroup], dict[str, str]]] = OrderedDict()
        self._names: dict[int, str] = {}
        ledger.make(TABLES)

    def number(self, name: str) -> int | None:
        """The number of the article of that id; None where it is not here."""
        row = self._ledger.first("SELECT number FROM article WHERE name = ?", to_key(name))
        return row[0] if row else None

    def name(self, number: int) -> str:
        """The id of an article that is here, or was when this shelf was opened or later."""
        if number not in self._names:
            row = self._ledger.first("SELECT name FROM article WHERE number = ?", number)
            assert row
            self._names[number] = from_key(row[0])
        return self._names[number]

    def put(self, name: str, digest: ArticleDigest) -> int:
        """Keep a digest in place of what was kept of the article; the article's number."""
        number = self.number(name)
        if number is None:
            self._ledger.do("INSERT INTO article (name) VALUES (?)", to_key(name))
            number = self.number(name)
            assert number is not None
        self._ledger.do("UPDATE article SET told = ?, sketch = ? WHERE number = ?", digest.told, digest.sketch, number)
        return number

    def same(self, name: str, digest: ArticleDigest) -> bool:
        """Whether this very digest is what is kept of the article."""
        return self._ledger.first("SELECT told, sketch FROM article WHERE name = ?", to_key(name)) == (
            digest.told,
            digest.sketch,
        )

    def drop(self, number: int) -> None:
        """Forget an article."""
        self.name(number)
        self._ledger.do("DELETE FROM article WHERE number = ?", number)
        self.refresh(number)

    def refresh(self, number: int) -> None:
        """Read it again at the next request."""
        self._at_hand.pop(number, None)

    def scenes(self, number: int) -> list[EventGroup]:
        """The scenes of an article that may be a happening's; none where it is not here."""
        return self._read(number)[0]

    def labels(self, number: int) -> dict[str, str]:
        """What the article calls the places of its events, and those that contain them."""
        return self._read(number)[1]

    def scene(self, scene: int) -> EventGroup:
        """A scene by its number."""
        return self.scenes(scene >> SHIFT)[scene & ((1 << SHIFT) - 1)]

    def order(self, scene: int) -> tuple[str, int]:
        """What scenes are sorted by, whatever order their articles came in: the article's id, its own number."""
        return self.name(scene >> SHIFT), scene & ((1 << SHIFT) - 1)

    def scene_of(self, event: Ref) -> int | None:
        """The scene that an event is of; None where it is of none."""
        number = self.number(event.article)
        scenes = self.scenes(number) if number is not None else []
        found = (i for i, scene in enumerate(scenes) if any(told.ref == event for told in scene.told))
        n = next(found, None)
        return None if n is None or number is None else number << SHIFT | n

    def sketch(self, number: int) -> ArticleSummary:
        """What is compared of an article as a whole."""
        row = self._ledger.first("SELECT sketch FROM article WHERE number = ?", number)
        assert row
        found = json.loads(row[0])
        del found["rest"]
        sets = {name: frozenset(found[name]) for name in SETS}
        return ArticleSummary(**{**found, **sets, "days": Days(*found["days"]) if found["days"] else None})

    def _read(self, number: int) -> tuple[list[EventGroup], dict[str, str]]:
        if number in self._at_hand:
            self._at_hand.move_to_end(number)
            return self._at_hand[number]
        row = self._ledger.first("SELECT name, told FROM article WHERE number = ?", number)
        kept = json.loads(row[1]) if row else {"told": [], "labels": {}}
        scenes = is_indexed(group_events(from_rows(kept["told"], from_key(row[0]) if row else "", self._entity)))
        self._at_hand[number] = (scenes, kept["labels"])
        if len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)
        return scenes, kept["labels"]


def summary_number(number: int, scenes: list[EventGroup]) -> Iterator[tuple[int, EventGroup]]:
    """The scenes of an article with their numbers."""
    for i, scene in enumerate(scenes):
        yield number << SHIFT | i, scene


def _word_vectors(article: Article) -> dict[str, dict[str, float]]:
    title = _OUTLET_TAIL.split(article.title or "")[0]
    parts = {"words": article.text, "title": title or article.text[:TITLE], "lead": article.text[:LEAD]}
    return {name: term_weights(term_counts(text), rarity) for name, text in parts.items()}


def _unquoted_people(extraction: Extraction) -> set[str]:
    """Return "first last" of persons whom the article names in full, but does not quote."""
    quoted = {said.claimant.id for said in extraction.attributions if said.claimant}
    people = (m for m in extraction.mentions if m.kind is ActorKind.PERSON and m.id not in quoted)
    names = (mention.label.casefold().replace(".", "").split() for mention in people)
    return {f"{words[0]} {words[-1]}" for words in names if len(words) > 1}


def _surnames(extraction: Extraction) -> set[str]:
    people = (m.label.split() for m in extraction.mentions if m.kind is ActorKind.PERSON)
    return {words[-1].casefold() for words in people if words}


def _chief(scenes: list[EventGroup]) -> int | None:
    """The scene of most events, of a known kin if there is one; of equals the one that is told first."""

    def rank(i: int) -> tuple[bool, int, int]:
        return not is_known(scenes[i].kin), -len(scenes[i].told), min(t.start for t in scenes[i].told)

    return min(range(len(scenes)), key=rank, default=None)
