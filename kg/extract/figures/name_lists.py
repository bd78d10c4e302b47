"""Lists of names as figures: "Allen, Daniels and Moss were injured" gives at least three.

In: an event with what it acts on. Out: a `Figure` that spans the list; others may have been hurt too, so its bound is open above.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.lexicon import Lexicon
from kg.model import CharSpan, Comparator, EventMention, Figure

#: fewer names are no list
SHORTEST = 3
#: what the parser takes people's names for; bare surnames are often taken for a firm
NAMED = frozenset({"PERSON", "ORG", ""})


def count_names(parsed: ParsedArticle, event: EventMention) -> Figure | None:
    """The figure of a list of people that an event harms, saves or detains; None where no list stands there."""
    measure = _measures(parsed.lexicon).get(event.type)
    if measure is None:
        return None
    tree = parsed.tree
    at = parsed.tokens(event.trigger).root.i
    if tree.pos[at] not in {"VERB", "AUX"}:
        return None
    heads = [*tree.objects(at), *(() if tree.kids(at, "dobj") else tree.kids(at, "nsubj"))]
    for head in dict.fromkeys(heads):
        names = tree.conjuncts(head)
        if len(names) < SHORTEST or not all(tree.pos[i] == "PROPN" and tree.ent[i] in NAMED for i in names):
            continue
        first, last = tree.subtree(head)[0], max(names)
        span = CharSpan(tree.doc[first].idx, tree.doc[last].idx + len(tree.doc[last]))
        count = len(names)
        text = span.of(parsed.article.text)
        return Figure(span, text, count, count, None, Comparator.GE, "count", "people", measure, None, measure)
    return None


@cache
def _measures(lexicon: Lexicon) -> Mapping[str, str]:
    """The measures that measures.tsv gives to event types with people for what they count."""
    rows = (row for row in lexicon.rows("measures") if row["slot"] == "event" and row["counts"] == "person")
    return {row["word"]: row["measure"] for row in rows}
