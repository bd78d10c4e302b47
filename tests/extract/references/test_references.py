"""Cases of cases.tsv: what a check, a silence or a denial points at."""

from pathlib import Path

import pytest

from kg.extract.actors.mentions import find_actors
from kg.extract.attribution import assign_claimants, claim_references, merge
from kg.extract.attribution.direct_speech import find_direct_speech
from kg.extract.attribution.non_statements import find_non_statements
from kg.extract.attribution.nonverbal_cues import find_nonverbal_cues
from kg.extract.attribution.verb_cues import find_verb_cues
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.spacy_parser import parse
from kg.model import Article
from kg.text_tables import read_table

pytestmark = pytest.mark.model

CASES = read_table(Path(__file__).with_name("cases.tsv"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][-60:])
def test_points_at_what_the_case_names(case, nlp):
    article = Article("a", case["text"])
    reading = ParsedArticle(article, next(parse(nlp, [article])))
    for look in (find_actors, find_verb_cues, find_nonverbal_cues, find_non_statements, find_direct_speech):
        reading.found.extend(look(reading))
    said = claim_references.link_references(reading, assign_claimants.name_claimants(reading, merge.merge(reading)))
    cues = {each.id: " ".join(span.of(article.text) for span in each.cue) for each in said}
    [pointing] = [each for each in said if cues[each.id] == case["cue"]]
    assert (";".join(cues[other] for other in pointing.about) or "-") == case["about"]
