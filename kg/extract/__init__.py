"""Article -> Extraction: who claims what, with which figures, where and when, each with its exact words.

In: `kg.model.Article`. Out: `kg.model.Extraction`.
Read pipeline.py first: its steps name the packages in the order in which they run.
"""

from kg.extract.document.parsed_article import Finding, ParsedArticle
from kg.extract.lexicon import Lexicon
from kg.extract.registry import Component, choose, extractor

__all__ = ["Component", "Finding", "Lexicon", "ParsedArticle", "choose", "extractor"]
