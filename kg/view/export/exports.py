"""Export the graph or a subset as a file: the same bytes for the same store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError, nearest
from kg.graph import Answer, Store, serialize
from kg.view.ask.formats import write
from kg.view.ask.subgraph import Selection, attributions, select_subgraph
from kg.view.graph_view.statistics import to_graphml

EVERYTHING = Selection()

_ROWS = Path(__file__).with_name("rows.rq")


def export(store: Store, form: str, selection: Selection = EVERYTHING) -> bytes:
    """Write the store, or the subset that ``selection`` gives, in one of FORMATS.

    Raises InputError for another format, or if nothing matches the selection.
    """
    if form not in FORMATS:
        raise InputError(f"no format {form!r}", where="--format", fix=nearest(form, FORMATS))
    return FORMATS[form](store, selection)


def _rdf(form: str) -> Callable[[Store, Selection], bytes]:
    return lambda store, selection: serialize(select_subgraph(store, selection), form)


def _csv(store: Store, selection: Selection) -> bytes:
    answer = store.ask(_ROWS.read_text(encoding="utf-8"))
    if selection:
        chosen = attributions(store, selection)
        rows = tuple(row for row in answer.rows if row[0] and f"<{row[0].value}>" in chosen)
        answer = Answer(answer.columns, rows)
    return write(answer, "csv").encode("utf-8", "replace")


#: format -> writer
FORMATS: dict[str, Callable[[Store, Selection], bytes]] = {
    "turtle": _rdf("turtle"),
    "trig": _rdf("trig"),
    "nquads": _rdf("nquads"),
    "jsonld": _rdf("jsonld"),
    "graphml": to_graphml,
    "csv": _csv,
}
