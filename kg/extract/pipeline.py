"""The stage: parse, run each chosen extractor, merge who says what, then find events, places, times and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import KgError
from kg.extract.actors.mentions import find_actors
from kg.extract.attribution import assign_claimants, claim_references, merge
from kg.extract.attribution.direct_speech import find_direct_speech
from kg.extract.attribution.non_statements import find_non_statements
from kg.extract.attribution.nonverbal_cues import find_nonverbal_cues
from kg.extract.attribution.set_phrases import find_set_phrases
from kg.extract.attribution.verb_cues import find_verb_cues
from kg.extract.document import spacy_parser
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.events import events
from kg.extract.figures import figure_events, figures, quantities, readings
from kg.extract.lexicon import Lexicon
from kg.extract.places import places
from kg.extract.places.gazetteer import Gazetteer
from kg.extract.registry import Component
from kg.extract.times import times
from kg.model import Article, Attribution, EventMention, Extraction, Extractor, Issue, Mention, Severity, failure

#: the extractors that kg ships, in the order in which they run
BUILT_IN: tuple[Component, ...] = (
    find_actors,
    find_verb_cues,
    find_nonverbal_cues,
    find_non_statements,
    find_set_phrases,
    find_direct_speech,
)

#: spaCy refuses longer texts: the parser's memory grows with them
LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Tools:
    """What extraction works with: a pipeline, the chosen extractors, words and places; ``extractor`` signs what they find."""

    nlp: Language
    components: tuple[Component, ...]
    gazetteer: Gazetteer
    extractor: Extractor
    lexicon: Lexicon = field(default_factory=Lexicon)


def extract(articles: Iterable[Article], tools: Tools) -> Iterator[Extraction]:
    """One extraction an article, in their order; streams, a batch of texts at a time.

    An exception while an article is parsed or read becomes an issue of it (`kg.model.failure`), unless it is a KgError.
    """
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == spacy_parser.BATCH:
            yield from _extract_batch(batch, tools)
            batch = []
    yield from _extract_batch(batch, tools)


def extract_parsed(article: Article, doc: Doc, tools: Tools) -> Extraction:
    """Extract everything from one parsed article."""
    parsed = ParsedArticle(article, doc, tools.lexicon)
    for component in tools.components:
        parsed.found.extend(component(parsed))
    said = claim_references.link_references(parsed, assign_claimants.name_claimants(parsed, merge.merge(parsed)))
    said = times.date_attributions(parsed, said)
    found = places.find_places(parsed, tools.gazetteer)
    narrations, mentions = events.find_events(parsed, said)
    scan = quantities.scan_article(parsed)
    numbers = scan.figures
    narrations, mentions = figure_events.add_events(parsed, numbers, mentions, narrations, said)
    mentions = _number((*mentions, *_owned(parsed.of(EventMention), said)))
    mentions = times.date_events(parsed, said, narrations, mentions)
    mentions = figures.assign_figures(parsed, numbers, mentions, said)
    mentions = places.locate_events(parsed, tools.gazetteer, found, said, narrations, mentions, numbers)
    return Extraction(
        article,
        tools.extractor,
        said,
        narrations,
        mentions,
        found.mentions,
        parsed.of(Mention),
        (*article.issues, *_missing(article), *parsed.of(Issue), *readings.unread_numbers(parsed, scan)),
        found.known,
    )


def _extract_batch(batch: Sequence[Article], tools: Tools) -> Iterator[Extraction]:
    refusals = {i: refusal for i, article in enumerate(batch) if (refusal := _refuse(article)) is not None}
    docs = iter(_parse([article for i, article in enumerate(batch) if i not in refusals], tools))
    for i, article in enumerate(batch):
        if i in refusals:
            yield Extraction(article, tools.extractor, issues=(*article.issues, *refusals[i]))
        elif isinstance(doc := next(docs), Exception):
            yield _failed(article, doc, tools)
        else:
            yield _read_or_fail(article, doc, tools)


def _parse(articles: Sequence[Article], tools: Tools) -> list[Doc | Exception]:
    """Parse a batch; if that raises, parse its texts one by one, so that only the texts at fault are lost."""
    try:
        return list(spacy_parser.parse(tools.nlp, articles))
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001 - the models of others may raise anything
        if len(articles) == 1:
            return [error]
        return [each for article in articles for each in _parse([article], tools)]


def _read_or_fail(article: Article, doc: Doc, tools: Tools) -> Extraction:
    try:
        return extract_parsed(article, doc, tools)
    except KgError:  # a faulty word list or setting: of the run, not of the article
        raise
    except Exception as error:  # noqa: BLE001 - the extractors of others may raise anything
        return _failed(article, error, tools)


def _failed(article: Article, error: Exception, tools: Tools) -> Extraction:
    return Extraction(article, tools.extractor, issues=(*article.issues, failure(error)))


def _refuse(article: Article) -> tuple[Issue, ...] | None:
    """None where the article can be read; else the issues beyond its own that say why not."""
    if not article.text.strip() or article.language != "en":
        return ()  # reading it has raised the issue already
    if len(article.text) > LONGEST:
        message = f"{len(article.text):,} characters, more than {LONGEST:,}: not read. Split it into its articles."
        return (Issue("too-long", message, severity=Severity.ERROR),)
    return None


def _missing(article: Article) -> Iterator[Issue]:
    if article.published is None and not any(issue.code == "no-date" for issue in article.issues):
        message = "no publication date: relative times stay open. Give one: a head line 'published: YYYY-MM-DD'."
        yield Issue("no-date", message)


def _owned(events_found: Iterable[EventMention], said: Sequence[Attribution]) -> Iterator[EventMention]:
    """Events of other extractors, reported by the innermost attribution whose content contains their trigger."""
    for event in events_found:
        holders = [a for a in said if any(span.covers(event.trigger) for span in a.content)]
        if event.told_by or holders:
            attribution_id = event.told_by or min(holders, key=lambda a: sum(map(len, a.content))).id
            yield replace(event, told_by=attribution_id)


def _number(mentions: Sequence[EventMention]) -> tuple[EventMention, ...]:
    return tuple(replace(event, id=f"e{i}") for i, event in enumerate(mentions, start=1))
