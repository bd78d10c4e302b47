"""The claimant, role and channel of the last attribution of each passage in speakers.tsv."""

from pathlib import Path

import pytest

from kg.extract.attribution.assign_claimants import name_claimants
from kg.text_tables import read_table

from .conftest import attributions, unmarked

pytestmark = pytest.mark.model

CASES = read_table(Path(__file__).with_name("speakers.tsv"))


def told(attribution):
    """What the table asks of an attribution, as it writes it."""
    claimant, channel = attribution.claimant, attribution.channel
    return {
        "claimant": claimant.label if claimant else "-",
        "how": claimant.resolved_by.value if claimant else "-",
        "kind": claimant.kind.value if claimant else "-",
        "role": attribution.role or "-",
        "channel": channel.label if channel else "-",
        "carrier": channel.kind.value if channel else "-",
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_last_attribution_is_told_as_the_table_says(case, reading):
    text, parts = unmarked(case["passage"])
    found = name_claimants(reading(text), attributions(text, parts))[-1]
    asked = {name: value for name, value in case.items() if name in told(found) and value}
    assert {name: told(found)[name] for name in asked} == asked


def test_ids_are_unique():
    assert len({case["id"] for case in CASES}) == len(CASES)
