"""Marks in test sentences: one syntax for all tables.

    [source] <cue> {content} **focus**         unnumbered marks
    [1:source] <1:cue> {1:content}             numbered marks, one number per attribution

Marks of different kinds may overlap; those of one kind may not.
"""

import re

from kg.model import CharSpan

CLOSES = {"]": "[", ">": "<", "}": "{"}
_MARK = re.compile(r"\*\*|[\[<{]\d+:|[\[\]<>{}]")


def unmark(marked, kinds="[<{*"):
    """Return the sentence without its marks, and the spans of each kind.

    unmark("[He] <said> {so}.") gives "He said so." and {"[": [0:2], "<": [3:7], "{": [8:10], "*": []}. Numbered marks have keys
    such as "1[". ``kinds`` are the marks to look for; other brackets are text.
    """
    text, at, opened = "", 0, {}
    spans = {kind: [] for kind in kinds if not kind.isdigit()}
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        mark = match[0]
        kind = "*" if mark == "**" else CLOSES.get(mark, mark[0])
        starts = opened.setdefault(kind, [])
        closes = mark in CLOSES or (kind == "*" and bool(starts))
        if kind not in kinds or (closes and not starts) or (len(mark) == 1 and not closes and "1" in kinds):
            text += mark
        elif closes:
            key, start = starts.pop()
            spans.setdefault(key, []).append(CharSpan(start, len(text)))
        else:
            starts.append((mark[1:-1] + kind if len(mark) > 2 else kind, len(text)))
    return text + marked[at:], spans
