"""Room 2: Article -> Extraction: who says what, with which figures, where and when, each at its words."""

from kg.extract.component import Component, Finding, Reading, choose, extractor
from kg.extract.lexicon import Lexicon, read_table

__all__ = ["Component", "Finding", "Lexicon", "Reading", "choose", "extractor", "read_table"]
