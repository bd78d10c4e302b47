"""Room 5: ways to look: ask, export, count, render. Reads the store, never the nouns."""

from kg.view.exports import FORMATS as EXPORT_FORMATS
from kg.view.exports import export
from kg.view.queries import TIMEOUT, find, query
from kg.view.questions import Question, list_questions, named_questions
from kg.view.selections import Selection
from kg.view.statistics import statistics
from kg.view.tables import FORMATS as TABLE_FORMATS
from kg.view.tables import write

__all__ = [
    "EXPORT_FORMATS",
    "TABLE_FORMATS",
    "TIMEOUT",
    "Question",
    "Selection",
    "export",
    "find",
    "list_questions",
    "named_questions",
    "query",
    "statistics",
    "write",
]
