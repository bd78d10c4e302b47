"""For each token, the attribution that contains it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.document.parsed_article import ParsedArticle
from kg.model import Attribution, CharSpan, Kind


class Voices:
    """For each token, who speaks: the index of the innermost attribution whose content contains it, or the article itself."""

    def __init__(self, parsed: ParsedArticle, said: Sequence[Attribution]) -> None:
        size = len(parsed.doc)
        self.owner = [-1] * size
        self.taken = [False] * size  # a word of an attribution: of its content, cue or source
        order = sorted(
            range(len(said)), key=lambda k: (said[k].kind is not Kind.RELAY, -sum(map(len, said[k].content)), k)
        )
        for k in order:
            for i in _indexes(parsed, said[k].content):
                self.owner[i] = k
                self.taken[i] = True
        self.cues = [False] * size
        self.sources = [False] * size
        for each in said:
            for i in _indexes(parsed, each.cue):
                self.cues[i] = self.taken[i] = True
        for each in said:
            for span in each.source:
                self._take_source(parsed, span)

    def _take_source(self, parsed: ParsedArticle, span: CharSpan) -> None:
        """A source is its attribution's, but for one that is the subject of another clause: "Ann, who ... said, left"."""
        tokens = parsed.tokens(span)
        above = tokens.root.head
        shared = (
            tokens.root.dep_ in {"nsubj", "nsubjpass"} and not self.taken[above.i] and above.pos_ in {"VERB", "AUX"}
        )
        for i in range(tokens.start, tokens.end):
            self.sources[i] = True
            self.taken[i] = self.taken[i] or not shared


def _indexes(parsed: ParsedArticle, spans: Iterable[CharSpan]) -> Iterable[int]:
    for span in spans:
        tokens = parsed.tokens(span)
        yield from range(tokens.start, tokens.end)
