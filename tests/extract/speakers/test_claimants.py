"""claimants.tsv: who speaks in texts of our own, through all stages from the parse to the claimant."""

from pathlib import Path

import pytest

from kg.extract.attribution import assign_claimants, merge
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.spacy_parser import parse
from kg.extract.pipeline import BUILT_IN
from kg.model import Article, ResolvedBy
from kg.text_tables import read_table

pytestmark = pytest.mark.model

CASES = read_table(Path(__file__).with_name("claimants.tsv"))


def find_claimed(nlp, text):
    """The attributions of a text, with their claimants."""
    article = Article("an-article", text)
    parsed = ParsedArticle(article, next(parse(nlp, [article])))
    for component in BUILT_IN:
        parsed.found.extend(component(parsed))
    return assign_claimants.name_claimants(parsed, merge.merge(parsed))


def spell(found):
    """The claimants of an attribution as the table writes them."""
    if found.claimant is None:
        return "-"
    if found.claimant.resolved_by is ResolvedBy.UNRESOLVED:
        return "?"
    return "|".join(each.label for each in found.claimants or (found.claimant,))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][:50]} {case['cue']}")
def test_the_claimant_is_who_the_text_says(case, nlp):
    text = case["text"].replace("^", "\n")
    found = [each for each in find_claimed(nlp, text) if case["cue"] in " ".join(s.of(text) for s in each.cue)]
    assert found
    assert spell(found[-1]) == case["claimants"]
    assert case["role"] in {"", found[-1].role}
