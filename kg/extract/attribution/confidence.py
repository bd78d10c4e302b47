"""How sure a find is: the precision of its rule on annotated texts, and what its features make of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.lexicon import Lexicon
from kg.model import Attribution, Polarity

#: below and above it a confidence would say more than the counts behind it can
_LOWEST, _HIGHEST = 0.05, 0.97


def confidence_of(parsed: ParsedArticle, found: Attribution) -> float:
    """The share of finds like this one that are right, from 0 to 1; as it stands where rule_precision.tsv lacks its rule.

    The odds of the rule (of its lemma, where the table has it) times the factor of each feature.
    """
    table = _table(parsed.lexicon)
    precision = table.get((found.rule, found.cue_lemma)) or table.get((found.rule, "-"))
    if precision is None:
        return found.confidence
    odds = precision / (1 - precision)
    for feature in _features(parsed, found):
        odds *= table.get(("feature", feature), 1.0)
    return round(min(max(odds / (1 + odds), _LOWEST), _HIGHEST), 2)


def _features(parsed: ParsedArticle, found: Attribution) -> Iterator[str]:
    yield found.style.value
    if found.polarity is Polarity.NEGATIVE:
        yield "negated"
    if found.embedded_in is not None:
        yield "embedded"
    if not found.source:
        yield "unnamed"
        return
    head = parsed.tokens(found.source[0]).root
    yield {"PROPN": "name", "PRON": "pronoun"}.get(head.pos_, "noun")


@cache
def _table(lexicon: Lexicon) -> dict[tuple[str, str], float]:
    return {(row["rule"], row["of"]): float(row["number"]) for row in lexicon.rows("rule_precision")}
