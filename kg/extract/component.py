"""What an extractor is: a pure function from a `Reading` to findings, under a name.

    @extractor("polls")
    def polls(reading: Reading) -> Iterator[Attribution]:
        ...

An extractor yields Mention, Attribution, EventMention or Issue values. It may leave open what the stage settles after
all have looked (ids, claimants, what is embedded in what, who tells an event): see `kg.model`. It is found by the entry
point group ``kg.extractors``; a user's own package adds one there, and kg.toml names it under ``[extract] use``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, TypeVar

from spacy.tokens import Doc, Span, Token

from kg.errors import ConfigError, nearest
from kg.extract.lexicon import Lexicon
from kg.extract.quotemarks import Quote, pair
from kg.model import Article, Attribution, CharSpan, EventMention, Issue, Mention

if TYPE_CHECKING:
    from kg.extract.gazetteer import Gazetteer

Finding = Mention | Attribution | EventMention | Issue
F = TypeVar("F", Mention, Attribution, EventMention, Issue)

GROUP = "kg.extractors"


@dataclass
class Reading:
    """One article as the extractors see it: its parse, the words and places they know, and what was found before them."""

    article: Article
    doc: Doc
    lexicon: Lexicon = field(default_factory=Lexicon)
    gazetteer: Gazetteer | None = None
    found: list[Finding] = field(default_factory=list)

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """The findings of one kind so far, in the order of their finding."""
        return tuple(each for each in self.found if isinstance(each, kind))

    def span(self, what: Token | Span) -> CharSpan:
        """Where a token, or a stretch of tokens, stands in the article."""
        if isinstance(what, Token):
            return CharSpan(what.idx, what.idx + len(what))
        return CharSpan(what.start_char, what.end_char)

    def tokens(self, span: CharSpan) -> Span:
        """The tokens that ``span`` touches; the one before it where it touches white space alone."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = max(bisect_left(self._starts, span.end), first + 1)
        if last - first > 1 and self.doc[first].idx + len(self.doc[first]) <= span.start:
            first += 1
        return self.doc[first:last]

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = self.doc.to_array("IDX").tolist()  # char_span would look through the tokens at each call
        return starts

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """For each token, the number of its paragraph; a line's end begins the next one."""
        numbers: list[int] = []
        breaks = (i for i in self.doc.to_array("IS_SPACE").nonzero()[0].tolist() if "\n" in self.doc[i].text)
        for number, last in enumerate((*breaks, len(self.doc) - 1)):
            numbers += [number] * (last + 1 - len(numbers))
        return tuple(numbers)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations, outermost only, in reading order."""
        return pair(self.doc, self.paragraphs)

    @cached_property
    def silent(self) -> frozenset[int]:
        """The indexes of tokens that are furniture (captions, heads): no extractor may take a trigger or cue from them."""
        return frozenset(
            i
            for span in self.article.furniture
            for i in range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end))
        )


Look = Callable[[Reading], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Component:
    """An extractor under its name, with the names of those that must have looked before it."""

    name: str
    look: Look
    needs: tuple[str, ...] = ()

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """What it finds in a reading."""
        yield from self.look(reading)


def extractor(name: str, *, needs: Iterable[str] = ()) -> Callable[[Look], Component]:
    """Make a function an extractor: ``@extractor("polls", needs=("mentions",))``."""

    def mark(look: Look) -> Component:
        return Component(name, look, tuple(needs))

    return mark


def choose(names: Iterable[str]) -> tuple[Component, ...]:
    """The extractors of these names, in this order.

    Raises ConfigError for a name that no installed package has, and where one needs another that does not stand before it.
    """
    installed = {point.name: point for point in entry_points(group=GROUP)}
    chosen: list[Component] = []
    for name in names:
        if name not in installed:
            raise ConfigError(f"no extractor {name!r}", where="[extract] use", mend=nearest(name, installed))
        component = installed[name].load()
        if not isinstance(component, Component):
            raise ConfigError(
                f"{installed[name].value} is not an extractor", where=name, mend="Put @extractor(...) on the function."
            )
        before = {each.name for each in chosen}
        for need in component.needs:
            if need not in before:
                raise ConfigError(
                    f"{name!r} needs {need!r} before it",
                    where="[extract] use",
                    mend=f"Move {need!r} further up the list.",
                )
        chosen.append(component)
    return tuple(chosen)
