"""Cut out the sentences of a statement, with its parts marked, so that a reader can check the claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# An inner part hides the outer one: a figure in the content, a channel in the cue.
_RANK = {"": 0, "content": 1, "source": 2, "cue": 3, "channel": 4, "figure": 5}
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*")
_REACH = 260  # maximum characters of context on either side
_GAP = 240  # a longer gap between two parts is left out


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A span of the article (code points, end exclusive) and its role: source, cue, content, channel or figure."""

    begin: int
    end: int
    role: str


Run = tuple[str, str]  # words, role; the role is "" for the context


def excerpt(text: str, parts: Iterable[TextSegment]) -> list[Run]:
    """Cut the sentences of ``parts`` into runs of one role; "…" marks omissions.

    Parts outside ``text`` are ignored; without any part the excerpt is empty.
    """
    inside = sorted((p for p in parts if 0 <= p.begin < p.end <= len(text)), key=lambda p: (p.begin, p.end, p.role))
    if not inside:
        return []
    runs: list[Run] = []
    for group in _groups(inside):
        begin, end = group[0].begin, max(p.end for p in group)
        left, right = _left(text, begin), _right(text, end)
        lead = "… " if left.cut or runs else ""
        runs += [(lead, "")] if lead else []
        runs += _runs(text, left.at, right.at, group)
        runs += [(" …", "")] if right.cut else []
    return runs


def _groups(parts: Sequence[TextSegment]) -> list[list[TextSegment]]:
    found: list[list[TextSegment]] = []
    for part in parts:
        if found and part.begin - max(p.end for p in found[-1]) <= _GAP:
            found[-1].append(part)
        else:
            found.append([part])
    return found


@dataclass(frozen=True, slots=True)
class _Edge:
    at: int
    cut: bool


def _left(text: str, begin: int) -> _Edge:
    floor = max(0, begin - _REACH)
    # The search goes a little past the part, since the next sentence's first letter decides where one ends.
    ends = [m.end() for m in _SENTENCE_END.finditer(text, floor, begin + 2) if m.end() <= begin]
    if ends:
        return _Edge(ends[-1], cut=False)
    if floor == 0:
        return _Edge(0, cut=False)
    space = text.find(" ", floor, begin)
    return _Edge(space + 1 if space >= 0 else begin, cut=True)


def _right(text: str, end: int) -> _Edge:
    roof = min(len(text), end + _REACH)
    # The content may include its full stop, so the search begins a few characters before its end.
    for match in _SENTENCE_END.finditer(text, max(0, end - 3), min(len(text), roof + 2)):
        stop = match.start() + len(match.group().rstrip())
        if stop >= end:
            return _Edge(stop, cut=False)
    if roof == len(text):
        return _Edge(max(len(text.rstrip()), end), cut=False)
    space = text.rfind(" ", end, roof)
    return _Edge(space if space >= 0 else end, cut=True)


def _runs(text: str, begin: int, end: int, parts: Sequence[TextSegment]) -> list[Run]:
    roles = [""] * (end - begin)
    for part in sorted(parts, key=lambda p: _RANK[p.role]):
        for at in range(part.begin - begin, part.end - begin):
            roles[at] = part.role
    runs: list[Run] = []
    start = 0
    for at in range(1, len(roles) + 1):
        if at == len(roles) or roles[at] != roles[start]:
            runs.append((text[begin + start : begin + at], roles[start]))
            start = at
    return runs
