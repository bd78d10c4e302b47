"""Propose events that no trigger row finds: a logistic regression over a word, its relations and its word vector.

The weights (proposer.npz) are trained by ``make train``; docs/quality.md has the learning curve and the attribution of
the texts. Rows of triggers.tsv come first: the proposer only adds words that they leave out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.lexicon import Lexicon

WEIGHTS = Path(__file__).with_name("proposer.npz")

#: parts of speech of event words
OPEN_CLASSES = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})

#: relations whose dependent says what a word means: "shares fell", "acquire a company", "broke out"
INFORMATIVE_RELATIONS = frozenset({"amod", "compound", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "prt"})

#: weights are kept as whole thousandths, so that the last bits of a training run do not reach the file
SCALE = 1000

#: log-odds under which the gate drops a word: of the words that the model proposes it drops fewer than one in a hundred
GATE = -3.5

#: the least score of a type: cross-validated by story, the family is right in 76 of 100 proposals from 0.6 on (69 without the bound)
TYPE_SCORE = -0.1

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word that probably reports an event: its token, type of the scheme and calibrated probability."""

    at: int
    type: str
    probability: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained model: feature weights, weights of the word's and its head's vector, and the same for each type."""

    types: tuple[str, ...]
    is_event: dict[str, float]
    vectors: Floats  # (2, width): the word, its head
    bias: float
    gate: dict[str, float]  # by tag: a cheap model of tag and vector that drops most words before features are made
    gate_vector: Floats  # (width,)
    is_type: dict[str, Floats]  # feature -> (types,)
    type_vectors: Floats  # (types, width)
    type_bias: Floats  # (types,)


def features(tree: DependencyTree, i: int) -> Iterator[str]:
    """Yield the features of one token, without its vector: "lemma=strike", "dobj|bridge".

    In and out of training they are the same, so a change here needs ``make train``.
    """
    head = tree.head[i]
    yield f"tag={tree.tag[i]}"
    yield f"dep={tree.dep[i]}"
    yield f"lemma={tree.lemma[i]}"
    yield f"lemma={tree.lemma[i]}|{tree.pos[i]}"
    yield f"suffix={tree.lower[i][-4:]}"
    yield f"ent={tree.ent[i]}"
    yield f"head={tree.lemma[head]}|{tree.dep[i]}" if head != i else "root"
    yield f"headpos={tree.pos[head]}"
    yield f"before={tree.lower[i - 1].strip() if i else ''}"
    yield f"after={tree.lower[i + 1].strip() if i + 1 < len(tree) else ''}"
    for child in tree.children[i]:
        relation = tree.dep[child]
        yield f"has={relation}"
        if relation in INFORMATIVE_RELATIONS:
            yield f"{relation}|{tree.lemma[child]}"
            yield f"{relation}|ent={tree.ent[child]}"


def candidates(tree: DependencyTree) -> list[int]:
    """The tokens of open word classes, in order."""
    return [i for i, pos in enumerate(tree.pos) if pos in OPEN_CLASSES]


class Proposer:
    """Finds the words of one parse that report an event, and their types."""

    def __init__(self, weights: Weights, vocab: Vocab) -> None:
        self.weights = weights
        self.vocab = vocab
        table: Floats = np.asarray(vocab.vectors.data, dtype=np.float32)
        # a score for each vector row, once, in place of a product for each token
        self.scores = table @ weights.vectors.T
        self.gate = table @ weights.gate_vector

    def propose(self, doc: Doc, tree: DependencyTree, no_events: frozenset[str], threshold: float) -> list[Proposal]:
        """Return the proposals of at least this probability, in text order; never a lemma of ``no_events``."""
        rows = vector_rows(doc)
        found = []
        for i in candidates(tree):
            vector_score = float(self.gate[rows[i]]) if rows[i] >= 0 else 0.0
            if tree.lemma[i] in no_events or self.weights.gate.get(tree.tag[i], 0.0) + vector_score < GATE:
                continue
            probability = self.probability(tree, i, rows)
            if probability >= threshold:
                kind, score = self.type_of(tree, i, rows)
                if score >= TYPE_SCORE:
                    found.append(Proposal(i, kind, round(probability, 2)))
        return found

    def probability(self, tree: DependencyTree, i: int, rows: list[int]) -> float:
        """The probability that token ``i`` reports an event; ``rows`` as `vector_rows` gives them."""
        weights, head = self.weights, tree.head[i]
        score = weights.bias + sum(weights.is_event.get(each, 0.0) for each in features(tree, i))
        if rows[i] >= 0:
            score += float(self.scores[rows[i], 0])
        if head != i and rows[head] >= 0:
            score += float(self.scores[rows[head], 1])
        return float(1 / (1 + np.exp(-score)))

    def type_of(self, tree: DependencyTree, i: int, rows: list[int]) -> tuple[str, float]:
        """The best type of the scheme for an event word, and its score (above 0: this type rather than any other)."""
        weights = self.weights
        scores = weights.type_bias.copy()
        for each in features(tree, i):
            if each in weights.is_type:
                scores += weights.is_type[each]
        if rows[i] >= 0:
            scores += weights.type_vectors @ np.asarray(self.vocab.vectors.data[rows[i]], dtype=np.float32)
        best = int(np.argmax(scores))
        return weights.types[best], float(scores[best])


def vector_rows(doc: Doc) -> list[int]:
    """For each token, the row of its word vector; -1 where the pipeline has none."""
    rows: list[int] = doc.vocab.vectors.find(keys=doc.to_array("ORTH")).tolist()
    return rows


def propose(parsed: ParsedArticle, threshold: float) -> list[Proposal]:
    """Return the events that the shipped model proposes; none for a pipeline whose vectors are not those of the model."""
    vocab = parsed.doc.vocab
    if vocab.vectors.shape[1:] != load_weights().gate_vector.shape:
        return []
    return _proposer(vocab).propose(parsed.doc, parsed.tree, _no_events(parsed.lexicon), threshold)


@lru_cache(maxsize=2)
def _proposer(vocab: Vocab) -> Proposer:
    return Proposer(load_weights(), vocab)


@cache
def _no_events(lexicon: Lexicon) -> frozenset[str]:
    """The lemmas that never report an event: rows of kind "none" in non_events.tsv."""
    return frozenset(row["word"] for row in lexicon.rows("non_events") if row["kind"] == "none")


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the shipped weights."""
    with np.load(path) as file:
        names = bytes(file["names"]).decode().split("\n")
        typed = bytes(file["typed"]).decode().split("\n")
        return Weights(
            types=tuple(bytes(file["types"]).decode().split("\n")),
            is_event=dict(zip(names, _weights(file["weights"]).tolist(), strict=True)),
            vectors=_weights(file["vectors"]),
            bias=float(_weights(file["bias"])[0]),
            gate=dict(zip(bytes(file["tags"]).decode().split("\n"), _weights(file["gate"]).tolist(), strict=True)),
            gate_vector=_weights(file["gate_vector"]),
            is_type=dict(zip(typed, _weights(file["type_weights"]), strict=True)),
            type_vectors=_weights(file["type_vectors"]),
            type_bias=_weights(file["type_bias"]),
        )


def _weights(thousandths: NDArray[np.int16]) -> Floats:
    return (thousandths / SCALE).astype(np.float32)
