"""The straight way: places -> articles -> extractions -> graphs in a store. Read this first.

ingest.read  ->  extract  ->  graph.to_quads                          one graph an article, replaced whole
                          ->  resolve.Renewal  ->  graph.sharing  what spans articles, where a change touches it
"""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from kg import __version__, resolve
from kg.config import Config
from kg.errors import InputError, KgError, nearest
from kg.extract import Lexicon, choose
from kg.extract.document.spacy_parser import identify, load
from kg.extract.pipeline import BUILT_IN, Tools
from kg.extract.places.gazetteer import open_gazetteer
from kg.extract.workers import extract_all
from kg.graph import Store, is_new, shared_graph_update
from kg.graph.assessment_files import read_ratings
from kg.graph.assessments import Rating, reanchor_ratings, record_rating, record_ratings
from kg.graph.find import Target, find_target
from kg.graph.vocab import article_graph
from kg.ingest import read
from kg.model import Article, Extraction, Extractor, Issue, failure
from kg.resolve.known_entities import KnownEntities

log = logging.getLogger(__name__)

#: errors of the run and not of one article: settings, the disk, another process
FATAL = (KgError, OSError, sqlite3.OperationalError)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of one article: read (with what was found), failed (with the reason) or unchanged (with nothing)."""

    article: Article
    extraction: Extraction | None

    @property
    def failed(self) -> bool:
        """True if an exception kept the article out of the store; its earlier version, if any, is still there."""
        return self.extraction is not None and self.extraction.failed

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was odd in it; an unchanged article's issues were told when it was read."""
        return self.extraction.issues if self.extraction else ()


@dataclass
class BuildReport:
    """The sum of a build, for people."""

    read: int = 0
    unchanged: int = 0
    failed: int = 0
    words: int = 0
    attributions: int = 0
    narrations: int = 0
    events: int = 0
    places: int = 0
    issues: Counter[str] = field(default_factory=Counter)

    def add(self, built: BuildResult) -> None:
        """Count one article in."""
        if built.extraction is None:
            self.unchanged += 1
            return
        self.issues.update(issue.code for issue in built.issues)
        if built.failed:
            self.failed += 1
            return
        self.read += 1
        self.words += len(built.article.text.split())
        self.attributions += len(built.extraction.attributions)
        self.narrations += len(built.extraction.narrations)
        self.events += len(built.extraction.events)
        self.places += len({place.id for place in built.extraction.places})

    def told(self) -> str:
        """The report in a few lines."""
        head = f"{self.read} articles read ({self.words:,} words), {self.unchanged} unchanged"
        head += f", {self.failed} failed" if self.failed else ""
        found = (
            f"{self.attributions} attributions, {self.narrations} narrations, {self.events} events,"
            f" {self.places} places, {sum(self.issues.values())} issues"
        )
        return "\n".join([head, found, *(f"  {count:5} {code}" for code, count in sorted(self.issues.items()))])


def extract(places: Iterable[str], config: Config, *, jobs: int = 1) -> Iterator[Extraction]:
    """The extraction of every article in ``places``, in order; see `kg.ingest.read` for what a place may be."""
    return _extract(read(places), config, jobs)


def build(places: Iterable[str], config: Config, *, force: bool = False, jobs: int = 1) -> Iterator[BuildResult]:
    """Read ``places`` into the store of ``config``; yields an article once it is in the store whole.

    An article that this extractor has read in this very version is passed over unless ``force``. What spans articles is
    brought up to date at the end, so the generator must be run to its end; a build that was broken off is mended by the next.
    An article that makes the program raise is yielded as ``failed`` (a second time, if resolving raised): its earlier version
    stays in the store, the other articles are built, and the next build tries it again.
    """
    with Store(config.store) as store:
        signer = _signature(config)
        fresh: list[Article] = []

        def unread() -> Iterator[Article]:
            for article in read(places):
                if force or not store.records.known(article, signer):
                    yield article
                else:
                    fresh.append(article)

        for extraction in _extract(unread(), config, jobs):
            yield BuildResult(extraction.article, extraction if extraction.failed else _store(store, extraction))
        yield from (BuildResult(article, None) for article in fresh)
        for article_id, issue in resolve_store(store, config):
            article = Article(article_id, "")
            yield BuildResult(article, Extraction(article, signer, issues=(issue,)))


def _store(store: Store, extraction: Extraction) -> Extraction:
    """Store an article; the extraction comes back, with an issue if storing raised."""
    try:
        store.put(extraction)
    except FATAL:
        raise
    except Exception as error:  # noqa: BLE001 - a fault met in one article must not end the build
        return replace(extraction, issues=(*extraction.issues, failure(error)))
    return extraction


def resolve_store(store: Store, config: Config) -> list[tuple[str, Issue]]:
    """Bring up to date what spans articles (entities, happenings, relations between claims); find again what was judged.

    Only what the articles that changed touch is worked out again; all is what it would be had they been read at once.
    Returns the articles that made this raise, each with the issue: they are in the store as they were last settled.
    """
    world = resolve.load_known_entities(config.entities, config.judgements)
    if is_new(store, resolve.stamp(world)):
        store.records.mark_all_changed()
    failed = _resolve(store, world, store.records.changed())
    for adrift in reanchor_ratings(store):
        log.warning("%s", adrift)
    return sorted(failed.items())


def _resolve(store: Store, world: KnownEntities, articles: list[str]) -> dict[str, Issue]:
    """Resolve changed articles at once or, if that raises, in halves, down to the articles at fault."""
    failed: dict[str, Issue] = {}
    groups = [articles]
    while groups:
        group = groups.pop()
        try:
            _share(store, world, group)
        except FATAL:
            raise
        except Exception as error:
            if not group:
                raise
            if not failed and group is articles:
                _share(store, world, [])  # raises, too, if it is the fault of no article
            if len(group) > 1:
                half = len(group) // 2
                groups += [group[half:], group[:half]]
                continue
            failed.setdefault(group[0], failure(error))
            if store.revert(group[0]):
                groups.append(group)
    return failed


def _share(store: Store, world: KnownEntities, articles: list[str]) -> None:
    """Work out again what these articles touch, all or nothing, and write it to the shared graph."""
    with shared_graph_update(store, resolve.stamp(world)) as sheet:
        renewal = resolve.IncrementalResolver(sheet.ledger, world)
        for article in articles:
            extraction = store.records.get(article)
            sheet.hear(article, extraction)
            renewal.hear(article, extraction)
        for part in renewal.parts():
            sheet.put(part)
    store.records.settled(articles)


def _extract(articles: Iterable[Article], config: Config, jobs: int) -> Iterator[Extraction]:
    return extract_all(articles, partial(make_tools, config), jobs)


def make_tools(config: Config) -> Tools:
    """The model, words and places that a configuration names, made ready."""
    return Tools(
        nlp=load(config.model),
        components=choose(_use(config), BUILT_IN, config.folder),
        gazetteer=open_gazetteer([config.places] if config.places else []),
        extractor=_signature(config),
        lexicon=Lexicon(overlays=config.lexicons),
    )


def _use(config: Config) -> tuple[str, ...]:
    return config.use or tuple(component.name for component in BUILT_IN)


def _signature(config: Config) -> Extractor:
    """Who will sign an extraction: a change of program, extractors, words, places or model changes it."""
    laid_over = sorted(path for folder in config.lexicons for path in folder.rglob("*.tsv"))
    programs = [config.folder / name.rpartition(":")[0] for name in config.use if ".py:" in name]
    files = (*laid_over, *programs, *([config.places] if config.places else []))
    own = [path.read_bytes() for path in files if path.is_file()]
    suffix = f"+{sha256(b''.join(own)).hexdigest()[:12]}" if own else ""
    return Extractor(" ".join(_use(config)), __version__ + suffix, identify(config.model))


def withdraw(articles: Iterable[str], config: Config) -> list[tuple[str, Issue]]:
    """Take articles, by id, out of the store, with all that they told; what spans articles is brought up to date.

    Returns what `resolve_store` does. Raises InputError, before anything is taken out, where one is not there.
    """
    with Store(config.store) as store:
        graphs = set(store.graphs())
        for article in articles:
            if article not in store.records and article_graph(article) not in graphs:
                fix = nearest(article, store.records.ids())
                raise InputError(f"no article {article!r}", where=str(config.store), fix=fix)
        for article in articles:
            store.remove(article)
        return resolve_store(store, config)


def assess(target: str, rating: Rating, config: Config) -> Target:
    """Record a person's judgement of a source, a happening or a claim: what it was recorded of.

    ``target`` is as `kg.graph.find.find_target` reads it. Raises InputError where that is none or more than one, or
    where such a judgement cannot be of it; MissingError where there is no store.
    """
    with Store(config.store, readonly=True) as store:
        found = find_target(store, target)
    with Store(config.store) as store:
        record_rating(store, found, rating)
    return found


def assess_all(path: Path, config: Config, by: str | None, on: str) -> list[tuple[Target, Rating]]:
    """Record all judgements of a file, or none; ``by`` and ``on`` hold where a line has none. See `kg.graph.assessment_files`.

    Raises InputError, with file and line, where one cannot be recorded; MissingError where there is no store.
    """
    with Store(config.store, readonly=True) as store:
        ratings = read_ratings(store, path, by, on)
    with Store(config.store) as store:
        record_ratings(store, ratings)
    return ratings
