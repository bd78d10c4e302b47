"""``python -m evaluation.factuality CORPORA``: how surely events happened, against ratings of readers (UW factuality).

uw_factuality_dev.jsonl has words of sentences with a mean rating from -3 (certainly did not happen) to +3 (certainly did).
The polarity, certainty and tense that kg.extract.events.factuality gives a word are put on the same scale (SCALE) and the
mean absolute error is compared with that of saying +3 of every word.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.spacy_parser import load, parse
from kg.extract.events.factuality import Factuality, FactualityClassifier
from kg.extract.events.triggers import Arguments, Candidate, TriggerFinder, load_triggers
from kg.model import Article, Certainty, Polarity, Tense

NAME = "uw_factuality_dev.jsonl"

#: what readers give on average to a word of this certainty and tense, where it is affirmed; a denied one has DENIED
SCALE = {
    (Certainty.CERTAIN, Tense.PAST): 3.0,
    (Certainty.CERTAIN, Tense.PRESENT): 2.8,
    (Certainty.CERTAIN, Tense.HABITUAL): 3.0,
    (Certainty.CERTAIN, Tense.FUTURE): 2.4,
    (Certainty.PROBABLE, Tense.FUTURE): 2.0,
    (Certainty.POSSIBLE, Tense.FUTURE): 1.2,
    (Certainty.UNSPECIFIED, Tense.FUTURE): 1.6,
}
#: of a word that is less than certain and not of the future
OPEN = {Certainty.PROBABLE: 2.0, Certainty.POSSIBLE: 1.5, Certainty.UNSPECIFIED: 1.2}
DENIED = {Certainty.CERTAIN: -1.6, Certainty.PROBABLE: -1.2, Certainty.POSSIBLE: -1.2, Certainty.UNSPECIFIED: -1.2}
HAPPENED = 3.0


class Rated(NamedTuple):
    """A word with the readers' rating and what the classifier makes of it."""

    text: str
    span: tuple[int, int]
    rating: float
    verdict: Factuality


def value(verdict: Factuality) -> float:
    """A verdict on the readers' scale."""
    if verdict.polarity is Polarity.NEGATIVE:
        return DENIED[verdict.certainty]
    found = SCALE.get((verdict.certainty, verdict.tense))
    return OPEN[verdict.certainty] if found is None else found


def judged(records: list[dict[str, Any]]) -> Iterator[Rated]:
    """Every rated word of the records, judged."""
    articles = [Article(record["id"], record["text"]) for record in records]
    for record, article, doc in zip(records, articles, parse(load(), articles), strict=True):
        parsed = ParsedArticle(article, doc)
        tree = parsed.tree
        classifier, finder = (
            FactualityClassifier(tree, parsed.lexicon),
            TriggerFinder(tree, load_triggers(parsed.lexicon)),
        )
        for target in record["targets"]:
            at = _token(tree, target["start"], target["end"])
            if at is None:
                continue
            verb, agent = finder.light_verb(at) if tree.pos[at] == "NOUN" else (None, "")
            candidate = Candidate(at, "", "", Arguments(tree, at, verb, agent), verb, agent)
            verdict = classifier.judge(candidate, reported=False)
            yield Rated(article.text, (target["start"], target["end"]), target["rating"], verdict)


def _token(tree: DependencyTree, start: int, end: int) -> int | None:
    return next((i for i, token in enumerate(tree.doc) if start <= token.idx < end), None)


def score(gold: Path) -> dict[str, float]:
    """The mean absolute errors of the classifier and of "all happened", and by how much the first is lower, in percent."""
    records = [json.loads(line) for line in gold.read_text("utf-8").split("\n") if line]
    rated = list(judged(records))
    error = sum(abs(value(each.verdict) - each.rating) for each in rated) / len(rated)
    baseline = sum(abs(HAPPENED - each.rating) for each in rated) / len(rated)
    return {
        "mean error": round(error, 3),
        "mean error of all happened": round(baseline, 3),
        "below it %": round(100 * (1 - error / baseline), 1),
    }


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    gold = parser.parse_args().corpora / NAME
    if not gold.exists():
        print(f"{NAME}: not there, left out", file=sys.stderr)
        return 0
    for name, figure in score(gold).items():
        print(f"{name:30} {figure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
