"""Run a query against the store: by name, from a file, or as a Question."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import QueryError
from kg.graph import Answer, Store
from kg.view.ask.questions import Question, find_question, read_question

#: seconds after which a query is stopped
TIMEOUT = 60.0


def query(
    store: Store, asked: str | Path | Question, params: Mapping[str, str] | None = None, timeout: float | None = TIMEOUT
) -> Answer:
    """Run a query: a name, a .rq file (a Path, or text that ends in .rq), or a Question.

    It is evaluated in a separate process without a network. Raises QueryError for an unknown name, file or parameter, an
    update, SERVICE, or a syntax error; OvertimeError if it takes longer than ``timeout`` seconds.
    """
    question = asked if isinstance(asked, Question) else find(asked)
    return store.ask_isolated(question.fill(params or {}), timeout)


def find(asked: str | Path) -> Question:
    """Find the query of this name or in this file."""
    if isinstance(asked, str) and not asked.endswith(".rq"):
        return find_question(asked)
    path = Path(asked)
    try:
        return read_question(path)
    except FileNotFoundError as error:
        raise QueryError("no such file", where=str(path), fix="`kg query` lists the named queries.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"cannot be read: {error}", where=str(path), fix="A query file is UTF-8 text.") from error
