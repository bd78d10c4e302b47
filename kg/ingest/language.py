"""Detect the language of a text, so that only English is extracted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from kg.ingest.tables import rows

UNDETERMINED = "und"  # ISO 639-2

_SAMPLE = 20_000
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENOUGH = 3  # minimum of function words of another language; fewer may be names ("de", "al")


def language_of(text: str) -> str:
    """Detect the main language of ``text`` (first 20,000 characters), as ISO 639-1; "und" if there are no letters.

    By script, then by function words: English unless another language of the script has more function words, so that a
    short or unusual text is not lost. Results other than English are only a hint for messages.
    """
    words = _LETTERS.findall(text[:_SAMPLE].casefold())
    scripts = Counter[str]()
    for letter, count in Counter(filter(str.isalpha, "".join(words))).items():
        scripts[_script(letter)] += count
    if not scripts:
        return UNDETERMINED
    script = max(sorted(scripts), key=scripts.__getitem__)
    by_script = {name: language for name, language in rows("scripts.tsv")}  # noqa: C416  # typed as pairs so
    if script not in ("LATIN", "CYRILLIC"):
        return by_script.get(script, UNDETERMINED)
    seen = Counter(words)
    hits = {language: sum(seen[word] for word in known) for language, known in _function_words(script).items()}
    best = max(hits, key=hits.__getitem__)  # the first of equals: English is listed first
    return best if hits[best] >= _ENOUGH or (script != "LATIN" and hits[best]) else by_script.get(script, "en")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNNAMED").split()[0]


@cache
def _function_words(script: str) -> dict[str, frozenset[str]]:
    listed = {language: words.split() for language, words in rows("function_words.tsv")}
    return {language: frozenset(words) for language, words in listed.items() if _script(words[0][0]) == script}
