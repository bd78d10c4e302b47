"""Write the word ranks for word weights, from the vocabulary of the model, whose vectors are sorted by frequency.

    python -m scripts.common_words

rewrites kg/resolve/similarity/common_words.txt. en_core_web_md (MIT) has the vectors of its 20,000 most frequent words, most
frequent first; words that differ only in case are merged, at the rank of the first.
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
    ranked = list(vocab.vectors.key2row)[: len(vocab.vectors)]  # the following keys share a vector with one of these
    words = dict.fromkeys(vocab.strings[key].casefold() for key in ranked)
    PAGE.write_text(HEAD + "\n".join(w for w in words if re.fullmatch(r"[^\W\d_][\w'-]+", w)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
