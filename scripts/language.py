"""Check the language of the project: no private or old-fashioned words in prose.

    python -m scripts.language      exit with 1 if a banned word is found, and list file, line, word and replacement

Checked are kg/, docs/, ontology/ and README.md: docstrings, comments, messages and identifiers of Python, comments and labels of
the page's scripts and templates, heads of queries and tables, Markdown, and definitions of the ontology. Quoted examples,
code, IRIs and rows of tables are not. The words are in banned_words.tsv.
"""

from __future__ import annotations

import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from kg.text_tables import read_rows

ROOT = Path(__file__).parents[1]
TABLE = Path(__file__).with_name("banned_words.tsv")

Piece = tuple[int, str]  # line number, prose

_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|`+[^`\n]*`+|\\".*?\\"|<[^>\s]+>|\b(?:kgv?|skos|sh|owl):\w+')
_DOCTEST = re.compile(r"^\s*>>> .*?(?=^\s*$|\Z)", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```.*?^```|^<!-- imports of .*?^<!-- end -->", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rows of banned_words.tsv."""

    words: tuple[tuple[re.Pattern[str], str], ...]
    names: frozenset[str]
    paths: tuple[str, ...]


def read_rules() -> Rules:
    """Read banned_words.tsv."""
    rows = [row for row, _ in read_rows(TABLE, ("kind", "value", "instead"))]
    by_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in ("word", "name", "path")}
    words = tuple((re.compile(rf"\b(?:{r['value']})\b", re.IGNORECASE), r["instead"]) for r in by_kind["word"])
    names = frozenset(row["value"] for row in by_kind["name"])
    return Rules(words, names, tuple(row["value"] for row in by_kind["path"]))


def check(rules: Rules) -> Iterator[str]:
    """Yield "file:line: 'word'; write: ..." for every banned word."""
    files = [ROOT / "README.md", *(path for part in ("kg", "docs", "ontology") for path in (ROOT / part).rglob("*"))]
    for path in sorted(files):
        name = path.relative_to(ROOT).as_posix()
        read = READERS.get(path.suffix)
        if read and not any(fnmatch(name, glob) for glob in rules.paths):
            for line, word, instead in find_words(read(path.read_text("utf-8"), rules), rules):
                yield f"{name}:{line}: {word!r}; write: {instead}"


def find_words(pieces: Iterator[Piece], rules: Rules) -> Iterator[tuple[int, str, str]]:
    """Yield line, word and replacement of the banned words in pieces of prose; quoted text is skipped.

    >>> list(find_words(iter([(7, 'what is told of "the told"')]), read_rules()))
    [(7, 'told', 'reported; said; the thing itself (event, label, title)')]
    """
    for start, text in pieces:
        plain = _QUOTED.sub(lambda found: " " * len(found[0]), _blank(_DOCTEST, text))
        for pattern, instead in rules.words:
            for found in pattern.finditer(plain):
                yield start + plain.count("\n", 0, found.start()), found[0], instead


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Remove what a pattern matches, but keep its line ends, so that line numbers stay right."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


def _python(text: str, rules: Rules) -> Iterator[Piece]:
    """Comments, docstrings, messages (strings with a space) and identifiers."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind, string, (line, _), _, _ = token
        if kind == tokenize.COMMENT and not string.startswith("# noqa"):
            yield line, string
        elif kind == tokenize.NAME and string not in rules.names:
            yield line, string.replace("_", " ")
        elif kind == tokenize.STRING and " " in string.strip():
            body = re.sub(r"^\w*(\"\"\"|'''|\"|')|(\"\"\"|'''|\"|')$", "", string)
            yield line, re.sub(r"\{[^{}]*\}", " ", body)  # values of an f-string
        elif tokenize.tok_name[kind] == "FSTRING_MIDDLE" and " " in string.strip():
            yield line, string


def _script(text: str, _: Rules) -> Iterator[Piece]:
    """Comments and labels (strings with a space) of JavaScript."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in re.finditer(r"(?<!:)//(?P<a>.*)$|/\*\*?(?P<b>.*?)\*/|'(?P<c>[A-Z][^'\n]* [^'\n]*)'", line):
            yield number, found[found.lastgroup or 0]


def _lines(pattern: str) -> Callable[[str, Rules], Iterator[Piece]]:
    """Lines, or the parts of lines, that a pattern finds."""

    def read(text: str, _: Rules) -> Iterator[Piece]:
        for number, line in enumerate(text.splitlines(), start=1):
            yield from ((number, found[1]) for found in re.finditer(pattern, line))

    return read


def _markdown(text: str, _: Rules) -> Iterator[Piece]:
    yield 1, _blank(_FENCE, text)


READERS: dict[str, Callable[[str, Rules], Iterator[Piece]]] = {
    ".py": _python,
    ".js": _script,
    ".html": _lines(r"(?:^|>|aria-label=\"|title=\")([^<>\"{}]+)"),
    ".rq": _lines(r"(?:^#|#\+ )(.*)"),
    ".tsv": _lines(r"^#(.*)"),
    ".ttl": _lines(r"(?:label|prefLabel|definition|comment|message) \"((?:[^\"\\]|\\.)*)\""),
    ".md": _markdown,
}


def main() -> int:
    """Run from the command line."""
    found = list(check(read_rules()))
    if found:
        print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
