"""A record says all that an extraction holds, and is refused with the field's name where it cannot be one."""

import json

import pytest

from kg.errors import InputError
from kg.record import from_line, to_line
from tests.graph.samples import DENIAL, RAID

EXTRACTIONS = (RAID, DENIAL)


@pytest.mark.parametrize("extraction", EXTRACTIONS, ids=lambda each: each.article.id)
def test_what_is_written_is_read_again(extraction):
    again = from_line(to_line(extraction))
    assert to_line(again) == to_line(extraction)
    assert again.attributions == extraction.attributions
    assert again.events == extraction.events


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"attributions": [{"id": "a1"}]}, "record.attributions[0]: 'cue' is missing"),
        ({"attributions": [{"cue": [[4, 2]], "content": []}]}, "record.attributions[0].cue[0]: not a span: 4..2"),
        ({"attributions": [{"cue": [], "content": [], "kind": "rumour"}]}, "'rumour' is not a valid Kind"),
        ({"events": 3}, "record.events: 3 is not a list"),
        ({"id": 3}, "article.id: 3 is not str"),
    ],
)
def test_what_is_no_record_is_refused_by_its_field(change, words):
    record = json.loads(to_line(EXTRACTIONS[0])) | change
    with pytest.raises(InputError) as raised:
        from_line(json.dumps(record))
    assert words in str(raised.value)


@pytest.mark.parametrize("line", ["{", "[]", "3"])
def test_what_is_no_object_is_refused(line):
    with pytest.raises(InputError, match="not"):
        from_line(line, "x.jsonl:1")
