"""Cases of cases.tsv: what a check, a silence or a denial points at."""

from pathlib import Path

import pytest

from kg.extract import attributions, references, speakers
from kg.extract.cited import cited
from kg.extract.component import Reading
from kg.extract.lexicon import read_table
from kg.extract.mentions import mentions
from kg.extract.parse import parse
from kg.extract.quotations import quotations
from kg.extract.reported_speech import reported_speech
from kg.extract.silences import silences
from kg.model import Article

pytestmark = pytest.mark.model

CASES = read_table(Path(__file__).with_name("cases.tsv"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][-60:])
def test_points_at_what_the_case_names(case, nlp):
    article = Article("a", case["text"])
    reading = Reading(article, next(parse(nlp, [article])))
    for look in (mentions, reported_speech, cited, silences, quotations):
        reading.found.extend(look(reading))
    said = references.point(reading, speakers.name_claimants(reading, attributions.settle(reading)))
    cues = {each.id: " ".join(span.of(article.text) for span in each.cue) for each in said}
    [pointing] = [each for each in said if cues[each.id] == case["cue"]]
    assert (";".join(cues[other] for other in pointing.about) or "-") == case["about"]
