"""What the article says in its own voice, with words that are cues elsewhere."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "The ministers are expected to meet on Monday.",
        "Residents were encouraged to use the new bridge.",
        "The cream delivered moisture.",
        "The company offered insurance.",
        "It was clear that the bridge had been closed.",
        "Police responded to a fire in the harbour.",
    ],
)
def test_nobody_is_cited(read, text):
    [(_, found)] = read([text])
    assert found == ()
