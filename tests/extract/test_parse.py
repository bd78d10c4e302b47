"""What is laid over a parse: where tag and tree disagree, the tree decides."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.document.spacy_parser import _agree

#: words / tag / head / label
NEWSPAPER = "they PRP 1 nsubj, left VBD 4 ccomp, the DT 3 det, Herald NNP 4 nsubj, reports NNS 4 ROOT"
REPORTS = "Two CD 1 nummod, reports NNS 2 nsubj, differ VBP 2 ROOT"
TARGET = "they PRP 1 nsubj, target NN 1 ROOT, the DT 3 det, plants NNS 1 dobj"


@pytest.mark.parametrize(
    ("told", "tags"),
    [
        (NEWSPAPER, ["PRP", "VBD", "DT", "NNP", "VBZ"]),
        (REPORTS, ["CD", "NNS", "VBP"]),
        (TARGET, ["PRP", "VBP", "DT", "NNS"]),
    ],
)
def test_a_noun_with_a_subject_and_an_object_is_a_verb(told, tags):
    words, given, heads, labels = zip(*(word.split() for word in told.split(", ")), strict=True)
    doc = Doc(spacy.blank("en").vocab, words, tags=given, heads=[int(head) for head in heads], deps=labels)
    _agree(doc)
    assert [token.tag_ for token in doc] == tags
    assert [token.pos_ for token in doc if token.tag_ in {"VBZ", "VBP"} and token.tag_ not in given] in ([], ["VERB"])
