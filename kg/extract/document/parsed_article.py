"""One article as every stage of extraction sees it: its parse, its words, and what was found before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from spacy.tokens import Doc, Span, Token

from kg.extract.document.dependency_tree import DependencyTree, measure_words
from kg.extract.document.quotation_marks import Quote, pair_quotes
from kg.extract.document.sentences import sentence_numbers
from kg.extract.lexicon import Lexicon
from kg.model import Article, Attribution, CharSpan, EventMention, Issue, Mention

Finding = Mention | Attribution | EventMention | Issue
F = TypeVar("F", Mention, Attribution, EventMention, Issue)


@dataclass
class ParsedArticle:
    """One article as the extractors see it: its parse, the words and places they know, and what was found before them."""

    article: Article
    doc: Doc
    lexicon: Lexicon = field(default_factory=Lexicon)
    found: list[Finding] = field(default_factory=list)

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """The findings of one kind so far, in the order of their finding."""
        return tuple(each for each in self.found if isinstance(each, kind))

    def span(self, what: Token | Span) -> CharSpan:
        """Where a token, or a range of tokens, stands in the article."""
        if isinstance(what, Token):
            return CharSpan(what.idx, what.idx + len(what))
        return CharSpan(what.start_char, what.end_char)

    def tokens(self, span: CharSpan) -> Span:
        """The tokens that ``span`` touches; the one before it where it touches only white space."""
        found = self._found_tokens.get(span)
        if found is None:
            first = max(bisect_right(self._starts, span.start) - 1, 0)
            last = max(bisect_left(self._starts, span.end), first + 1)
            if last - first > 1 and self.doc[first].idx + len(self.doc[first]) <= span.start:
                first += 1
            found = self._found_tokens[span] = self.doc[first:last]
        return found

    @cached_property
    def _found_tokens(self) -> dict[CharSpan, Span]:
        return {}  # every stage asks for the same spans

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = self.doc.to_array("IDX").tolist()  # char_span would look through the tokens at each call
        return starts

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """For each token, the number of its paragraph; a line's end begins the next one."""
        numbers: list[int] = []
        breaks = (i for i in self.doc.to_array("IS_SPACE").nonzero()[0].tolist() if "\n" in self.doc[i].text)
        for paragraph, last in enumerate((*breaks, len(self.doc) - 1)):
            numbers += [paragraph] * (last + 1 - len(numbers))
        return tuple(numbers)

    @cached_property
    def tree(self) -> DependencyTree:
        """The dependency tree as plain columns, by token index."""
        return DependencyTree(self.doc, measure_words(self.lexicon))

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """For each token, the number of its sentence."""
        return sentence_numbers(self.doc)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations, outermost only, in reading order."""
        return pair_quotes(self.doc, self.paragraphs)

    @cached_property
    def silent(self) -> frozenset[int]:
        """The indexes of tokens that are furniture (captions, heads): no extractor may take a trigger or cue from them."""
        return frozenset(
            i
            for span in self.article.furniture
            for i in range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end))
        )
