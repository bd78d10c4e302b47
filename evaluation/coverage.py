"""``python -m evaluation.coverage CORPORA``: which verbs and event nouns of the corpora the lexicons know nothing of.

A word is known where it is a trigger (triggers.tsv, light_verbs.tsv) or stands in non_events.tsv: words that report no event
(kind none) or an event that no type of the scheme holds (kind general). An event noun is one that the corpora use as one: at
least NOUN_FRAMES times, and in one of NOUN_SHARE of its uses, after a preposition of time or before a verb of happening
("during the ceremony", "the ceremony began"). Prints the share of tokens that are known, and the most frequent unknown words.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc

from kg.extract.document.spacy_parser import load
from kg.extract.events.triggers import load_triggers
from kg.extract.lexicon import Lexicon

NOUN_FRAMES, NOUN_SHARE = 3, 25

#: characters read of each corpus, so that no corpus outweighs the others
PART = 400_000

BEFORE = frozenset({"during", "after", "before", "since", "until", "amid", "following"})
HAPPENING = frozenset({"occur", "happen", "begin", "start", "end", "continue", "last", "resume", "erupt"})
INSIDE = frozenset({"DET", "ADJ", "NUM", "PRON"})

Word = tuple[str, str]  # lemma and v or n


@dataclass(slots=True)
class Counts:
    """The uses of each verb and noun, and of each noun as that of an event."""

    uses: Counter[Word] = field(default_factory=Counter)
    frames: Counter[str] = field(default_factory=Counter)

    def add(self, doc: Doc) -> None:
        """Count one text."""
        for token in doc:
            lemma = token.lemma_.lower()
            if not lemma.isalpha() or not token.text.islower():
                continue
            if token.pos_ == "VERB":
                self.uses[lemma, "v"] += 1
            elif token.pos_ == "NOUN":
                self.uses[lemma, "n"] += 1
                self.frames[lemma] += _is_framed(doc, token.i)

    def wanted(self) -> dict[Word, int]:
        """The verbs and event nouns with their uses."""
        return {
            (lemma, pos): n
            for (lemma, pos), n in self.uses.items()
            if pos == "v" or (self.frames[lemma] >= NOUN_FRAMES and self.frames[lemma] * NOUN_SHARE >= n)
        }


def _is_framed(doc: Doc, i: int) -> bool:
    before = i - 1
    while before >= 0 and doc[before].pos_ in INSIDE:
        before -= 1
    if before >= 0 and before < i - 1 and doc[before].lower_ in BEFORE:
        return True
    return i + 1 < len(doc) and doc[i + 1].pos_ == "VERB" and doc[i + 1].lemma_ in HAPPENING


def known(lexicon: Lexicon) -> dict[Word, str]:
    """The words that the lexicons know: "trigger", or their kind in non_events.tsv."""
    found = {(row["word"], row["pos"]): row["kind"] for row in lexicon.rows("non_events")}
    for rows in load_triggers(lexicon).rows.values():
        found |= {(row.lemma, row.pos if row.pos in {"v", "n"} else "v"): "trigger" for row in rows}
    found |= {(row["lemma"], "v"): "trigger" for row in lexicon.rows("light_verbs") if (row["lemma"], "v") not in found}
    return found


def texts(folder: Path) -> Iterator[str]:
    """The first texts of each corpus."""
    for path in sorted(folder.glob("*.jsonl")):
        left = PART
        with path.open(encoding="utf-8") as file:
            for line in file:
                text = json.loads(line)["text"]
                if left <= 0:
                    break
                left -= len(text)
                yield text[:100_000]


def count(folder: Path) -> Counts:
    """The counts of all corpora of a folder."""
    nlp = load()
    counts = Counts()
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in {"parser", "ner", "senter"}]):
        for doc in nlp.pipe(texts(folder), batch_size=64):
            counts.add(doc)
    return counts


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--show", type=int, default=60, metavar="N", help="how many unknown words to list")
    given = parser.parse_args()
    if not any(given.corpora.glob("*.jsonl")):
        print(f"no corpora in {given.corpora}", file=sys.stderr)
        return 0
    wanted, lexicon = count(given.corpora).wanted(), known(Lexicon())
    total = sum(wanted.values()) or 1
    shares: Counter[str] = Counter()
    for word, n in wanted.items():
        shares[lexicon.get(word, "unknown")] += n
    for kind, n in shares.most_common():
        print(f"{kind:10} {100 * n / total:5.1f} % of {total} tokens")
    print(f"known      {100 * (total - shares['unknown']) / total:5.1f} %")
    unknown = sorted(((n, word) for word, n in wanted.items() if word not in lexicon), key=lambda x: (-x[0], x[1]))
    for n, (lemma, pos) in unknown[: given.show]:
        print(f"{n:6} {lemma}/{pos}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
