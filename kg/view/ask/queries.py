"""Asking: a question by name, from a file or as text, filled and put to the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import QueryError
from kg.graph import Answer, Store
from kg.view.ask.questions import Question, find_question, read_question

#: seconds after which a query is ended
TIMEOUT = 60.0


def query(
    store: Store, asked: str | Path | Question, params: Mapping[str, str] | None = None, timeout: float | None = TIMEOUT
) -> Answer:
    """What the store says to a question: a name, a .rq file (a Path, or a text that ends in .rq), or a Question.

    It is evaluated in a process of its own that has no network. Raises QueryError for an unknown name, file or parameter,
    an update, SERVICE, or what does not parse; OvertimeError where it takes longer than ``timeout`` seconds.
    """
    question = asked if isinstance(asked, Question) else find(asked)
    return store.ask_isolated(question.fill(params or {}), timeout)


def find(asked: str | Path) -> Question:
    """The question of this name or in this file."""
    if isinstance(asked, str) and not asked.endswith(".rq"):
        return find_question(asked)
    path = Path(asked)
    try:
        return read_question(path)
    except FileNotFoundError as error:
        raise QueryError("no such file", where=str(path), mend="`kg query` lists the named questions.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(
            f"cannot be read: {error}", where=str(path), mend="A query is a text file in UTF-8."
        ) from error
