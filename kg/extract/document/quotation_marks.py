"""Quotation marks, paired one paragraph at a time: ranges of tokens, never sentences.

A mark that is never closed quotes to the end of its paragraph; where the next paragraph opens with a mark again, the
quotation goes on ("continued", as printers do it). Whatever the marks, no text is lost and nothing is raised.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from kg.extract.document.token_spans import TokenRange

_OPEN = {"“": "”", "«": "»", "„": "“”"}
_CLOSE = frozenset("”»")
_STRAIGHT = frozenset(('"', "``", "''"))
_SINGLE_OPEN = frozenset("‘`'")
_SINGLE_CLOSE = frozenset("’'")
_STOPS = frozenset(".?!")
#: what stands before the mark that closes a quoted sentence
_ENDS = frozenset((",", ".", "?", "!", "…", "..."))
_ALL_MARKS = frozenset((*_OPEN, *_CLOSE, *_STRAIGHT, *_SINGLE_OPEN, *_SINGLE_CLOSE))


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted range with its marks; ``inner`` is what lies between them; ``continued`` where it goes on in the next paragraph."""

    start: int
    end: int
    inner: TokenRange
    continued: bool = False
    single: bool = False

    @property
    def token_range(self) -> TokenRange:
        """The tokens, marks included."""
        return (self.start, self.end)

    def contains(self, index: int) -> bool:
        """Whether the token of this index lies within."""
        return self.start <= index < self.end


def pair_quotes(doc: Doc, paragraphs: Sequence[int]) -> tuple[Quote, ...]:
    """The quotations of a text, outermost only, in reading order; ``paragraphs`` as `ParsedArticle.paragraphs`."""
    double = list(_pair_double(doc))
    quoted = {i for quote in double for i in range(quote.start, quote.end)}
    single = [
        quote for quote in _pair_single(doc, paragraphs) if quote.start not in quoted and quote.end - 1 not in quoted
    ]
    outer = {i for quote in single for i in range(quote.start, quote.end)}
    return tuple(
        sorted((*single, *(quote for quote in double if quote.start not in outer)), key=lambda quote: quote.start)
    )


def _pair_double(doc: Doc) -> Iterator[Quote]:
    opened: int | None = None
    for token in _marks(doc):
        if token.is_space and "\n" in token.text:
            if opened is not None:
                yield Quote(opened, token.i, (opened + 1, token.i), continued=_opens_next(doc, token.i))
            opened = None
        elif token.text in _OPEN:
            opened = token.i if opened is None or doc[opened].text == token.text else opened
        elif opened is not None and (token.text in _CLOSE or token.text in _STRAIGHT):
            yield Quote(opened, token.i + 1, (opened + 1, token.i))
            opened = None
        elif token.text in _STRAIGHT:
            opened = token.i
    if opened is not None and opened + 1 < len(doc):
        yield Quote(opened, len(doc), (opened + 1, len(doc)))


def _marks(doc: Doc) -> list[Token]:
    """The tokens that may be a quotation mark or end a paragraph: every other would cost an object to look at."""
    strings = doc.vocab.strings
    forms = doc.to_array("ORTH")
    candidates = [strings[form] for form in set(forms.tolist())]
    of_interest = [strings[form] for form in candidates if form in _ALL_MARKS or "\n" in form]
    return [doc[i] for i in np.isin(forms, np.array(of_interest, dtype=forms.dtype)).nonzero()[0].tolist()]


def _opens_next(doc: Doc, index: int) -> bool:
    after = next((token for token in doc[index:] if not token.is_space), None)
    return after is not None and (after.text in _OPEN or after.text in _STRAIGHT)


def _pair_single(doc: Doc, paragraphs: Sequence[int]) -> Iterator[Quote]:
    """Single marks: an opening one stands before a word and after none, a closing one is no apostrophe or genitive."""
    opened: Token | None = None
    for token in _marks(doc):
        if token.text not in _SINGLE_OPEN and token.text not in _SINGLE_CLOSE:
            continue
        if opened is not None and paragraphs[opened.i] != paragraphs[token.i]:
            opened = None
        if (
            opened is not None
            and token.text in _SINGLE_CLOSE
            and token.tag_ != "POS"
            and not _touches_word(doc, token.i)
        ):
            if token.i > opened.i + 1:
                yield Quote(opened.i, token.i + 1, (opened.i + 1, token.i), single=True)
            opened = None
        elif opened is None and token.text in _SINGLE_OPEN and _starts_word(doc, token.i):
            opened = token


def _touches_word(doc: Doc, index: int) -> bool:
    return not doc[index].whitespace_ and index + 1 < len(doc) and doc[index + 1].text[0].isalnum()


def _starts_word(doc: Doc, index: int) -> bool:
    after = not doc[index].whitespace_ and index + 1 < len(doc) and not doc[index + 1].is_space
    return after and (
        index == 0 or bool(doc[index - 1].whitespace_) or doc[index - 1].is_space or doc[index - 1].is_punct
    )


def quote_near(quotes: Sequence[Quote], start: int, end: int) -> Sequence[Quote]:
    """Those of the quotations, as `pair_quotes` gives them, that share a token with this range."""
    first = bisect_right(quotes, start, key=lambda quote: quote.end)
    return quotes[first : bisect_left(quotes, end, key=lambda quote: quote.start)]


def snap_to_quotes(ranges: Sequence[TokenRange], quotes: Sequence[Quote], cue: Sequence[int]) -> list[TokenRange]:
    """The ranges, each grown to the whole of a quotation that it lies in or mostly covers.

    A quotation that the cue itself stands in is left as it is: there the quoted speaker quotes another.
    """
    return [_snap(token_range, quotes, cue) for token_range in ranges]


def _snap(token_range: TokenRange, quotes: Sequence[Quote], cue: Sequence[int]) -> TokenRange:
    start, end = token_range
    for quote in quote_near(quotes, start, end):
        both = min(end, quote.end) - max(start, quote.start)
        if both <= 0 or any(quote.contains(index) for index in cue):
            continue
        inside = quote.start <= start and end <= quote.end
        if inside or both >= 0.6 * (quote.end - quote.start) or start <= quote.start:
            start, end = min(start, quote.start), max(end, quote.end)
    goes_on = next((quote for quote in quote_near(quotes, end, end + 1) if quote.start == end), None)
    return (start, goes_on.end if goes_on is not None and not any(map(goes_on.contains, cue)) else end)


def without_quotes(doc: Doc, token_range: TokenRange, quotes: Sequence[Quote]) -> TokenRange:
    """The range cut to the quotation that it is, where the parser let sentences or clauses around it run into it.

    before   It was a calm night. "Nobody is left," he said.           from the mark on, which follows a stop
    behind   He said, "We will see," when asked about the bridge.      to the mark, which closes the sentence that he said
    """
    start, end = token_range
    inside = [quote for quote in quote_near(quotes, start, end) if start <= quote.start and quote.end <= end]
    for quote in inside:
        if quote.start > start and doc[quote.start - 1].text in _STOPS and _closes(doc, inside[-1]):
            start = quote.start
    said = [quote for quote in inside if quote.start >= start]
    if said and said[0].start == start and said[-1].end < end and _closes(doc, said[-1]):
        end = said[-1].end
    return (start, end)


def _closes(doc: Doc, quote: Quote) -> bool:
    """Whether what is quoted is a sentence that ends at the closing mark, not a word of the writer's sentence."""
    first, last = quote.inner
    has_verb = any(token.pos_ in ("VERB", "AUX") for token in doc[first:last])
    return last > first and has_verb and doc[last - 1].text in _ENDS
