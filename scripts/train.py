"""Train the event proposer: gold in, kg/extract/events/proposer.npz out, the same bytes for the same gold.

Gold is told/train.json beside the corpora, evaluation/gold/events.jsonl and seeds/week/gold.json. Needs the extra "train".

    python -m scripts.train ../shared            train and write the weights
    python -m scripts.train ../shared --curve    the learning curve, cross-validated by story
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.document.spacy_parser import load, parse
from kg.extract.events import proposer
from kg.extract.lexicon import Lexicon
from kg.ingest import read
from kg.model import Article

ROOT = Path(__file__).parents[1]
FOLDS = 5
#: a vector's 300 values weigh less than features, so that a word seen in training is judged by its own weight
VECTOR_SCALE = 0.2
#: a feature must be seen this often
LEAST = 2
#: a type must have this many examples to be proposed
LEAST_OF_TYPE = 3
#: the part of speech of a row's pos in triggers.tsv
PARTS = {"v": "VERB", "n": "NOUN", "a": "ADJ", "p": "VERB", "h": "VERB"}


@dataclass(frozen=True)
class Example:
    """A candidate word: its story, features, vector rows (its own, its head's) and type, None where it reports no event."""

    story: str
    features: tuple[str, ...]
    row: int
    head_row: int
    type: str | None


@dataclass(frozen=True)
class Document:
    """A text with the spans of its events, by type, and those to leave out."""

    story: str
    text: str
    events: tuple[tuple[int, int, str], ...]
    ignore: tuple[tuple[int, int], ...]


def documents(shared: Path) -> Iterator[Document]:
    """Yield all gold documents; raises SystemExit where a text is not the one that was annotated."""
    texts = {
        (path.name, row["id"]): row
        for path in sorted((shared / "corpora").glob("*.jsonl"))
        for row in map(json.loads, path.open(encoding="utf-8"))
    }
    for gold in json.loads((shared / "told" / "train.json").read_text("utf-8")):
        row = texts[gold["corpus"], gold["id"]]
        events = tuple((*_span(each, row["text"]), each["type"]) for each in gold["events"])
        yield Document(_story(row), row["text"], events, tuple(_span(each, row["text"]) for each in gold["ignore"]))
    for gold in map(json.loads, (ROOT / "evaluation" / "gold" / "events.jsonl").open(encoding="utf-8")):
        row = texts[gold["corpus"], gold["id"]]
        if hashlib.sha256(row["text"].encode()).hexdigest() != gold["sha256"]:
            raise SystemExit(f"{gold['id']}: not the text that was annotated")
        events = tuple((start, end, kind) for start, end, kind, _ in gold["events"])
        yield Document(_story(row), row["text"], events, tuple(map(tuple, gold["ignore"])))
    week = {article.id: article.text for article in read([ROOT / "seeds" / "week" / "articles"])}
    for gold in json.loads((ROOT / "seeds" / "week" / "gold.json").read_text("utf-8")):
        text = week[gold["id"]]
        events = tuple((*_span(each, text), each["type"]) for each in gold["events"])
        yield Document(f"week-{gold['story']}", text, events, tuple(_span(each, text) for each in gold["ignore"]))


def _span(mark: dict[str, Any], text: str) -> tuple[int, int]:
    if mark.get("span"):
        return mark["span"][0], mark["span"][1]
    at = -1
    for _ in range(mark.get("n", 1)):
        at = text.index(mark["q"], at + 1)
    return at, at + len(mark["q"])


def _story(row: dict[str, Any]) -> str:
    """What must not be split between training and test: a topic of ECB+, an incident; a sentence is its own story."""
    topic = (row.get("meta") or {}).get("topic")
    return f"ecb-{topic}" if topic is not None else str(row.get("incident") or row["id"])


def examples(docs: Iterable[Document]) -> list[Example]:
    """Parse the documents and return their candidate words; what only touches a mark is left out."""
    docs = list(docs)
    nlp = load("en_core_web_md")
    found = []
    for document, doc in zip(
        docs, parse(nlp, [Article(str(i), each.text) for i, each in enumerate(docs)]), strict=True
    ):
        tree, rows = DependencyTree(doc), proposer.vector_rows(doc)
        types: dict[int, str] = {}
        left_out: set[int] = set()
        for start, end, *kind in (*document.events, *document.ignore):
            tokens = [token.i for token in doc if token.idx < end and token.idx + len(token) > start]
            left_out.update(tokens)
            if kind and tokens:
                types[doc[tokens[0] : tokens[-1] + 1].root.i] = kind[0]
        for i in proposer.candidates(tree):
            if i in types or i not in left_out:
                head = tree.head[i]
                head_row = rows[head] if head != i else -1
                found.append(
                    Example(document.story, tuple(proposer.features(tree, i)), rows[i], head_row, types.get(i))
                )
    return found


def vocabulary(chosen: Iterable[Example]) -> dict[str, int]:
    """Number the features that are seen often enough."""
    seen = Counter(feature for each in chosen for feature in each.features)
    return {feature: i for i, feature in enumerate(sorted(name for name, n in seen.items() if n >= LEAST))}


def matrix(chosen: Sequence[Example], known: dict[str, int], vectors: Any, *, head: bool) -> Any:
    """The design matrix: features, the word's vector and, for ``head``, its head's."""
    columns, starts = [], [0]
    for each in chosen:
        columns += [known[feature] for feature in each.features if feature in known]
        starts.append(len(columns))
    sparse = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(chosen), len(known)))
    dense = [_vectors([each.row for each in chosen], vectors)]
    if head:
        dense.append(_vectors([each.head_row for each in chosen], vectors))
    return hstack([sparse, *(csr_matrix(part * VECTOR_SCALE) for part in dense)]).tocsr()


def _vectors(rows: list[int], vectors: Any) -> Any:
    at = np.array(rows)
    found = vectors[np.maximum(at, 0)].astype(np.float64)
    found[at < 0] = 0
    return found


def fit(chosen: Sequence[Example], vectors: Any) -> tuple[dict[str, int], Any]:
    """Fit the model that tells event words from others: its vocabulary and itself."""
    known = vocabulary(chosen)
    labels = [each.type is not None for each in chosen]
    model = LogisticRegression(C=0.5, solver="liblinear", max_iter=200, random_state=0)
    return known, model.fit(matrix(chosen, known, vectors, head=True), labels)


def fit_gate(chosen: Sequence[Example], vectors: Any) -> tuple[dict[str, int], Any]:
    """Fit the cheap model that drops words before their features are made: tag and vector alone."""
    tags = sorted({feature for each in chosen for feature in each.features if feature.startswith("tag=")})
    known = {tag: i for i, tag in enumerate(tags)}
    labels = [each.type is not None for each in chosen]
    model = LogisticRegression(C=0.5, solver="liblinear", max_iter=200, random_state=0)
    return known, model.fit(matrix(chosen, known, vectors, head=False), labels)


def fit_types(chosen: Sequence[Example], rows: Sequence[Example], vectors: Any) -> tuple[dict[str, int], Any]:
    """Fit the model that chooses a type for an event word, on gold and on the rows of triggers.tsv."""
    counts = Counter(each.type for each in chosen if each.type)
    events = [
        each for each in chosen if each.type and each.type.lower() != "other" and counts[each.type] >= LEAST_OF_TYPE
    ]
    events += rows
    known = vocabulary(events)
    model = LinearSVC(C=0.1, random_state=0)
    return known, model.fit(matrix(events, known, vectors, head=False), [each.type for each in events])


def trigger_rows(vocab: Any) -> list[Example]:
    """The rows of triggers.tsv as examples of their types: they teach the vectors what words of like meaning report."""
    return [
        Example(
            "rows",
            (f"lemma={row['lemma']}", f"lemma={row['lemma']}|{PARTS[row['pos']]}"),
            int(vocab.vectors.find(key=row["lemma"])),
            -1,
            row["type"],
        )
        for row in Lexicon().rows("triggers")
    ]


def write(chosen: Sequence[Example], rows: Sequence[Example], vectors: Any, path: Path) -> None:
    """Train on all examples and write the weights as whole thousandths."""

    def thousandths(values: Any) -> Any:
        return np.round(values * proposer.SCALE).astype(np.int16)

    width = vectors.shape[1]
    known, model = fit(chosen, vectors)
    tags, gate = fit_gate(chosen, vectors)
    typed, kinds = fit_types(chosen, rows, vectors)
    weights, gates = model.coef_[0], gate.coef_[0]
    np.savez_compressed(
        path,
        names=_text(known),
        weights=thousandths(weights[: len(known)]),
        vectors=thousandths(weights[len(known) :].reshape(2, width) * VECTOR_SCALE),
        bias=thousandths(model.intercept_),
        tags=_text(tag.removeprefix("tag=") for tag in tags),
        gate=thousandths(gates[: len(tags)] + gate.intercept_[0]),
        gate_vector=thousandths(gates[len(tags) :] * VECTOR_SCALE),
        types=_text(kinds.classes_),
        typed=_text(typed),
        type_weights=thousandths(kinds.coef_[:, : len(typed)].T),
        type_vectors=thousandths(kinds.coef_[:, len(typed) :] * VECTOR_SCALE),
        type_bias=thousandths(kinds.intercept_),
    )


def _text(names: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def curve(chosen: Sequence[Example], vectors: Any) -> Iterator[str]:
    """Yield the learning curve: precision, recall and F at 0.5 over the folds, with a part of the training stories."""
    for share in (25, 50, 75, 100):
        right = shown = gold = 0
        for fold in range(FOLDS):
            train = [each for each in chosen if _hash(each) % FOLDS != fold and _hash(each) // FOLDS % 100 < share]
            test = [each for each in chosen if _hash(each) % FOLDS == fold]
            known, model = fit(train, vectors)
            likely = model.predict_proba(matrix(test, known, vectors, head=True))[:, 1] >= 0.5
            truth = np.array([each.type is not None for each in test])
            right, shown, gold = right + int((likely & truth).sum()), shown + int(likely.sum()), gold + int(truth.sum())
        precision, recall = right / shown, right / gold
        f = 2 * precision * recall / (precision + recall)
        yield f"| {share} % | {100 * precision:.1f} | {100 * recall:.1f} | {100 * f:.1f} |"


def _hash(example: Example) -> int:
    return zlib.crc32(example.story.encode())


def main() -> None:
    """Train, or print the learning curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with corpora/ and told/")
    parser.add_argument("--curve", action="store_true", help="print the learning curve")
    asked = parser.parse_args()
    chosen = examples(documents(asked.shared))
    vocab = load("en_core_web_md").vocab
    vectors = vocab.vectors.data
    if asked.curve:
        print("| stories | P | R | F |", "| --- | --- | --- | --- |", *curve(chosen, vectors), sep="\n")
        return
    write(chosen, trigger_rows(vocab), vectors, proposer.WEIGHTS)
    print(f"{len(chosen)} words, {sum(each.type is not None for each in chosen)} events -> {proposer.WEIGHTS}")


if __name__ == "__main__":
    main()
