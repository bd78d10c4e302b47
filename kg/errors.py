"""What goes wrong on the operator's side, told with its mend.

    KgError                  1   base of every error that kg raises on purpose
    ├── InputError           2   what was asked or given cannot be used as it is
    │   ├── ConfigError          kg.toml or an option
    │   ├── LexiconError         a .tsv row
    │   └── QueryError           a query or its parameter
    │       └── TooMuchError     its reply is larger than what was allowed
    ├── MissingError         3   something that must be there is not: model, store, lock
    └── OvertimeError        4   a query ran out of its time

What an *article* does wrong is not an error but an `Issue` (see kg.model): data, counted, never fatal.
The numbers are the exit codes of the command line; 1 is also what ``--strict`` and ``kg validate`` end with when they found something.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class KgError(Exception):
    """Base of every error that kg raises on purpose: a problem, where it stands, and the mend."""

    exit_code = 1

    def __init__(self, problem: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{head}\n  {self.mend}" if self.mend else head


class InputError(KgError):
    """What was given cannot be used as it is."""

    exit_code = 2


class ConfigError(InputError):
    """A setting in kg.toml, the environment or an option."""


class LexiconError(InputError):
    """A row of a lexicon or another table that the user can edit."""


class QueryError(InputError):
    """A query, its name or a parameter of it."""


class TooMuchError(QueryError):
    """A query whose reply is larger than what was allowed."""


class MissingError(KgError):
    """Something that must be there is not: a model, a store, or a store that another process holds."""

    exit_code = 3


class OvertimeError(KgError):
    """A query ran out of its time."""

    exit_code = 4


def nearest(name: str, known: Iterable[str]) -> str:
    """One line that helps after a name that is not known."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Known: {', '.join(names) or '(none)'}."
