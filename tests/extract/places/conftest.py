import pytest

from kg.extract.places.gazetteer import open_gazetteer


@pytest.fixture(scope="session")
def gazetteer():
    """The gazetteer as users have it, compiled at first use."""
    return open_gazetteer()
