"""Complete an article of any input format: boilerplate, date, outlet, language, and issues."""

from __future__ import annotations

from dataclasses import replace

from kg.ingest import outlets, text_checks
from kg.ingest.boilerplate import BoilerplateSpan, find_boilerplate
from kg.ingest.dates import day_of, day_of_address
from kg.ingest.language import UNDETERMINED, language_of
from kg.model import Article, CharSpan, Issue, Severity


def normalise(article: Article) -> Article:
    """Fill in what the input format did not give; a rejected article is returned unchanged."""
    if not article.text:
        return article
    article = text_checks.drop_surrogates(article)
    head = max((span.end for span in article.furniture), default=0)
    found = tuple(find_boilerplate(article.text, head, article.title))
    article = replace(article, furniture=(*article.furniture, *(piece.span for piece in found)))
    article = _with_title(_with_day(_with_outlet(article, found), found), found)
    language, issues = _language(article)
    return replace(article, language=language, issues=(*article.issues, *issues, *text_checks.check_text(article)))


def _with_title(article: Article, found: tuple[BoilerplateSpan, ...]) -> Article:
    titles = _stated(found, "title")
    return replace(article, title=titles[0][0]) if titles and not article.title else article


def _with_day(article: Article, found: tuple[BoilerplateSpan, ...]) -> Article:
    """Set ``published`` as EDTF: as given, else from a date line before the body text, or from the URL."""
    issues = article.issues
    day = day_of(article.published) if article.published else None
    if article.published and day is None:
        said = f"{article.published!r} is not a full date. Use the form YYYY-MM-DD, as in 2031-10-07."
        issues = (*issues, Issue("bad-date", said))
    days = [day_of(value) for value, _ in _stated(found, "published")]
    day = day or next(filter(None, days), None)
    if day is None and article.url and (day := day_of_address(article.url)):
        issues = (
            *issues,
            Issue("date-from-address", f"The publication date {day} comes from the URL.", None, Severity.INFO),
        )
    if day is None:
        missing = "No publication date found: relative dates cannot be resolved. Add `published: YYYY-MM-DD`."
        issues = (*issues, Issue("no-date", missing))
    return replace(article, published=day, issues=issues)


def _with_outlet(article: Article, found: tuple[BoilerplateSpan, ...]) -> Article:
    """Set ``outlet``: as given, or from the article's own words if they are unanimous."""
    if article.outlet:
        return article
    datelines = [(outlets.known_outlets(value), span) for value, span in _stated(found, "outlet")]
    evidence = [*((name, span) for name, span in datelines if name), *outlets.self_references(article.text)]
    if len({name for name, _ in evidence}) != 1:
        return article
    name, span = evidence[0]
    said = f"The outlet {name} comes from the text: {span.of(article.text).strip()!r}."
    issue = Issue("outlet-from-text", said, span, Severity.INFO)
    return replace(article, outlet=name, issues=(*article.issues, issue))


def _stated(found: tuple[BoilerplateSpan, ...], key: str) -> list[tuple[str, CharSpan]]:
    return [(value, piece.span) for piece in found for name, value in piece.told if name == key]


def _language(article: Article) -> tuple[str, tuple[Issue, ...]]:
    language = language_of(_narration(article))
    if language == UNDETERMINED:
        return language, (Issue("no-words", "The article has no text besides its head. Add the text."),)
    if language != "en":
        said = f"The text seems to be in another language than English ({language}). Nothing is extracted from it."
        return language, (Issue("not-english", said),)
    return language, ()


def _narration(article: Article) -> str:
    """Return the text without boilerplate; its offsets differ from the article's."""
    kept, position = [], 0
    for span in article.furniture:
        kept.append(article.text[position : span.start])
        position = span.end
    return "".join((*kept, article.text[position:]))
