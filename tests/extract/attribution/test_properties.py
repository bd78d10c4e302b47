"""Whatever the marks: nothing is raised, and every span spells words of the text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.document.quotation_marks import pair_quotes

pytestmark = pytest.mark.model

PIECES = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    "'",
    "«",
    "»",
    "\n\n",
    "The mayor said",
    "he is here",
    ",",
    ".",
    "?",
    ":",
    "it’s",
    "workers’ rights",
    "Kyiv",
]
quoted = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join)
tight = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)
anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=60)
@given(quoted | tight | anything)
def test_spans_spell_the_text(read, text):
    for whole, found in read([text]):
        assert whole == text
        for each in found:
            spans = (*each.source, *each.cue, *each.content)
            assert all(span.of(text).strip() for span in spans)
            assert list(each.content) == sorted(each.content)
            assert each.id
            assert each.confidence > 0


@settings(max_examples=100)
@given(quoted | tight)
def test_quotations_do_not_overlap_and_stay_in_their_paragraph(nlp, text):
    doc = nlp.make_doc(text)
    number, paragraphs = 0, []
    for token in doc:
        paragraphs.append(number)
        number += token.is_space and "\n" in token.text
    quotes = pair_quotes(doc, paragraphs)
    assert all(one.end <= other.start for one, other in pairwise(quotes))
    assert all(paragraphs[quote.start] == paragraphs[quote.end - 1] for quote in quotes)
