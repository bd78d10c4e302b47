r"""Find SERVICE clauses in a SPARQL text, in every way that Oxigraph's parser can read it.

    calls_service("SELECT * { SERVICE <http://x/> {} }")  ->  True
    calls_service("SELECT * { ?service a 'SERVICE' }")    ->  False

Oxigraph parses characters, not tokens, so a text can have more than one reading. Longest-match tokens miss:

    FILTER(1<2)SERVICE?u#>\n{}         "<2)SERVICE?u#>" is an IRI, or "less than" and a clause
    ''' x ' SERVICE <u> {} #\q '''    one string, or (as \q is no escape) the strings "" and " x ", and a clause
    trueSERVICEx:y {}                 a prefixed name, or (where no prefix has that name) true, and a clause

All readings are followed. In the one of longest matches the bare word SERVICE is enough; in the others, where most text is
noise, it takes the head of a clause: SERVICE, an endpoint and "{".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: long strings without an end, over all other readings, after which a text is refused: each costs a scan to the end
_MAX_UNTERMINATED = 100

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_VARNAME = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS = _VARNAME + r"\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_:0-9]|{_ESCAPED})(?:\.*+(?:[{_CHARS}:]|{_ESCAPED}))*+"

#: one token in longest match; a quote that opens no complete string matches nothing
_TOKEN = re.compile(
    rf"""
      (?P<blank>  [ \t\r\n]++ | \#[^\r\n]*+ )
    | (?P<name>   [?$][{_VARNAME}]++ | _:[{_BASE}_0-9](?:\.*+[{_CHARS}])*+ )
    | (?P<long>   '''(?:'{{0,2}}+(?:[^'\\]|\\.))*+''' | \"\"\"(?:\"{{0,2}}+(?:[^\"\\]|\\.))*+\"\"\" )
    | (?P<string> '(?:[^'\\\r\n]|\\[^\r\n])*+' | \"(?:[^\"\\\r\n]|\\[^\r\n])*+\" )
    | (?P<iri>    <[^<>\"{{}}|^`\x00-\x20]*+> )
    | (?P<prefix> (?:[{_BASE}][{_CHARS}]*+)? ) : (?:{_LOCAL})?
    | (?P<word>   [{_CHARS}]++ )
    | (?P<mark>   [^'\"] )
    """,
    re.VERBOSE | re.DOTALL,
)

_WORD = re.compile("service", re.IGNORECASE | re.ASCII)
_SKIP = r"(?:[ \t\r\n]|\#[^\r\n]*+)*+"
_CLAUSE = re.compile(
    rf"service{_SKIP}(?:silent{_SKIP})?+(?:<[^<>]*+>|[?$]?(?:\\.|[^ \t\r\n{{}}<>\"'\#\\])++){_SKIP}\{{",
    re.IGNORECASE | re.ASCII,
)


class UnterminatedError(ValueError):
    """A string literal without an end; ``offset`` is where it starts."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"string literal at offset {offset} has no end")
        self.offset = offset


def calls_service(query: str) -> bool:
    """Whether Oxigraph could read a SERVICE clause in ``query``; in doubt, True.

    Raises UnterminatedError for a string literal without an end.
    """
    usual: set[int] = set()
    pending: list[int] = []
    at = 0
    while at < len(query):
        usual.add(at)
        token = _TOKEN.match(query, at)
        if token is None:
            raise UnterminatedError(at)
        if _has_clause(query, token) or (token["word"] and _WORD.search(token["word"])):
            return True
        pending += _other_ends(token)
        at = token.end()
    return _calls_in_other_readings(query, pending, usual)


def _calls_in_other_readings(query: str, pending: list[int], seen: set[int]) -> bool:
    """Follow the readings that start at ``pending`` until each ends or joins an offset that was seen before."""
    unterminated = 0
    while pending:
        at = pending.pop()
        if at in seen or at >= len(query):
            continue
        seen.add(at)
        token = _TOKEN.match(query, at)
        if token is None:
            continue  # Oxigraph rejects this reading, so nothing in it runs
        if token["string"] and query.startswith(("'''", '"""'), at):
            unterminated += 1
        if unterminated > _MAX_UNTERMINATED or _has_clause(query, token):
            return True
        pending += [token.end(), *_other_ends(token)]
    return False


def _has_clause(query: str, token: re.Match[str]) -> bool:
    """Whether a clause head starts in this token: a word, or the prefix of a prefixed name."""
    kind = token.lastgroup
    if kind not in ("word", "prefix"):
        return False
    return any(_CLAUSE.match(query, found.start()) for found in _WORD.finditer(query, *token.span(kind)))


def _other_ends(token: re.Match[str]) -> Iterator[int]:
    """Where the token ends in its other reading: "<" as an operator, a long string as an empty short one."""
    if token["iri"]:
        yield token.start() + 1
    elif token["long"]:
        yield token.start() + 2
