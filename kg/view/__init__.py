"""View stage: query, export, count and render. Reads the store only through SPARQL, never the model classes."""

from kg.view.ask.formats import FORMATS as TABLE_FORMATS
from kg.view.ask.formats import write
from kg.view.ask.queries import TIMEOUT, find, query
from kg.view.ask.questions import Question, list_questions, named_questions
from kg.view.ask.subgraph import Selection
from kg.view.export.exports import FORMATS as EXPORT_FORMATS
from kg.view.export.exports import export
from kg.view.graph_view.statistics import statistics

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
