"""Make ids from names: the same name always gives the same id."""

from __future__ import annotations

import re
import unicodedata

#: letters that Unicode does not decompose into a base letter and a mark
_BASE_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"}
)


def without_marks(words: str) -> str:
    """Replace letters with marks by their base letters.

    >>> without_marks("Głos Łódź Æro")
    'Glos Lodz Aero'
    """
    letters = unicodedata.normalize("NFKD", words.translate(_BASE_LETTERS))
    return "".join(char for char in letters if not unicodedata.combining(char))


def slug(words: str) -> str:
    """Make the local part of an id: lower case, no marks or apostrophes, hyphens for other characters; never empty.

    >>> slug("Mykola Kulyk’s Óblast")
    'mykola-kulyks-oblast'
    """
    plain = without_marks(words.lower().replace("’", "").replace("'", ""))
    kept = re.sub(r"[\W_]+", "-", plain).strip("-")
    return kept or "x" + "-".join(f"{ord(char):x}" for char in words[:8])


def outlet_id(name: str) -> str:
    """Make the id of an outlet, the same for a narrator, a claimant and a channel.

    >>> outlet_id("The Kyiv Independent"), outlet_id("Głos Wielkopolski")
    ('outlet/kyiv-independent', 'outlet/glos-wielkopolski')
    """
    plain = slug(name)
    return f"outlet/{plain.removeprefix('the-') or plain}"
