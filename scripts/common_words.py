"""The word ranks that resolving weighs words by: from the vocabulary of the model, whose vectors stand in the order of frequency.

    python -m scripts.common_words

writes kg/resolve/similarity/common_words.txt anew. en_core_web_md (MIT) keeps the vectors of its 20,000 most frequent words, the
commonest first; words that differ only in case are one, at the place of the first.
"""

from __future__ import annotations

import re
from pathlib import Path

from kg.extract.document.spacy_parser import load

PAGE = Path(__file__).parents[1] / "kg" / "resolve" / "similarity" / "common_words.txt"
HEAD = """# Words of English, the commonest first, as en_core_web_md (MIT, Explosion) ranks them; made by scripts/common_words.py.
# How rare a word is follows from its rank, and never from the articles at hand: so two articles stay as alike as they are,
# whatever else is read.
"""


def main() -> None:
    """Run from the command line."""
    vocab = load().vocab
    ranked = list(vocab.vectors.key2row)[: len(vocab.vectors)]  # the keys that follow share a vector with one of these
    words = dict.fromkeys(vocab.strings[key].casefold() for key in ranked)
    PAGE.write_text(HEAD + "\n".join(w for w in words if re.fullmatch(r"[^\W\d_][\w'-]+", w)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
