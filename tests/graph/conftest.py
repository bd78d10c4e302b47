import pytest

from kg.graph import Store, shared_quads, to_quads
from tests.graph.samples import CORPUS, DENIAL, RAID


@pytest.fixture
def sample():
    """A store in memory that holds the two sample articles and what spans them."""
    with Store() as store:
        for extraction in (RAID, DENIAL):
            store.replace(extraction.article, to_quads(extraction))
            store.records.put([extraction])
        store.replace_shared(shared_quads(CORPUS, store.records))
        yield store
