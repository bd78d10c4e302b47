"""Which sentence each token stands in, read off the parse's arrays."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token, the number of its sentence."""
    numbers: list[int] = np.cumsum(doc.to_array("SENT_START") == 1).tolist()
    return numbers
