"""Errors that kg raises on purpose. Each states the problem, its location and a fix.

    KgError                  1   base class
    ├── InputError           2   invalid input or argument
    │   ├── ConfigError          kg.toml or an option
    │   ├── LexiconError         a .tsv row
    │   └── QueryError           a query or its parameter
    │       └── TooMuchError     the result exceeds the allowed size
    ├── MissingError         3   model, store or lock is missing
    └── OvertimeError        4   query timed out

Problems in an *article* are not errors but `Issue` values (see kg.model): reported as warnings, never fatal.
The numbers are the exit codes of the command line; 1 is also the exit code of ``--strict`` and ``kg validate`` with problems.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class KgError(Exception):
    """Base class: a problem, its location (``where``) and a fix (``fix``)."""

    exit_code = 1

    def __init__(self, problem: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{head}\n  {self.fix}" if self.fix else head


class InputError(KgError):
    """Invalid input or argument."""

    exit_code = 2


class ConfigError(InputError):
    """Invalid setting in kg.toml, the environment or an option."""


class LexiconError(InputError):
    """Invalid row of a lexicon or another table that the user can edit."""


class QueryError(InputError):
    """Invalid query, query name or parameter."""


class TooMuchError(QueryError):
    """The result of a query exceeds the allowed size."""


class MissingError(KgError):
    """A model or a store is missing, or another process has locked the store."""

    exit_code = 3


class OvertimeError(KgError):
    """A query timed out."""

    exit_code = 4


def nearest(name: str, known: Iterable[str]) -> str:
    """Suggest a known name for an unknown one: "Did you mean 'spread'?"."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Known: {', '.join(names) or '(none)'}."
