"""Draw the graph as an SVG picture for print and slides: nodes, edges, labels that do not overlap, and a legend.

Shape and colour of a node show its kind; the area behind it shows its community.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.view.graph_view.network import Graph, communities, community_heads
from kg.view.report.html import environment
from kg.view.report.layout import layout

_EDGE = 60  # margin above and below the outermost nodes
_LETTER, _LINE = (
    7.2,
    15,
)  # maximum width of a letter, and line height, of the 12.5 px sans-serif of the labels
_LONGEST = 34  # maximum length of a label
_GROUPS = 8  # the largest communities have their own colour
_ROW, _INDENT = 24, 22  # height of a legend row, and width of its symbol
_KINDS = {
    "actor": "actor",
    "unnamed": "unnamed source",
    "event": "event as reported",
    "place": "place",
    "channel": "channel",
    "outlet": "outlet",
}


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    w: float
    h: float

    def meets(self, other: _Box) -> bool:
        across = self.x < other.x + other.w and other.x < self.x + self.w
        return across and self.y < other.y + other.h and other.y < self.y + self.h


def draw_svg(graph: Graph, title: str) -> bytes:
    """Draw ``graph`` as SVG in UTF-8: the same bytes for the same graph. The title of each node has its full name."""
    at = layout(graph)
    (left, right), (top, bottom) = _extent(at, 0, _LONGEST * _LETTER / 2), _extent(at, 1, _EDGE)
    radius = {id_: 6 + min(14.0, 2.2 * math.sqrt(len(graph.nodes[id_]["statements"]))) for id_ in sorted(graph)}
    marks = [
        {
            "d": _shape(graph.nodes[id_]["kind"], *at[id_], size),
            "kind": graph.nodes[id_]["kind"],
            "name": _name(graph, id_),
        }
        for id_, size in radius.items()
    ]
    lines = [
        {"d": _line(at[a], at[b], radius[b]), "relation": relation}
        for a, b, relation in sorted(graph.edges(keys=True))
        if at[a] != at[b]
    ]
    groups = communities(graph)
    washes = [
        {"x": at[id_][0], "y": at[id_][1], "r": round(size + 7, 1), "group": min(groups[id_], _GROUPS)}
        for id_, size in radius.items()
    ]
    wide = max(right - left, 640)
    key, high = _key(graph, groups, left + _INDENT, bottom + _ROW, left + wide)
    canvas = {"x": left, "y": top, "w": wide, "h": high - top}
    found = environment().get_template("picture.svg")
    text = found.render(
        title=title, canvas=canvas, washes=washes, lines=lines, marks=marks, names=_names(graph, at, radius), key=key
    )
    return text.encode("utf-8", "replace")


def _extent(at: dict[str, tuple[float, float]], axis: int, room: float) -> tuple[float, float]:
    """Return the extent of the points along an axis, with a margin at both ends."""
    values = [point[axis] for point in at.values()] or [0.0]
    return math.floor(min(values) - room), math.ceil(max(values) + room)


def _name(graph: Graph, id_: str) -> str:
    """Return the label without characters that XML does not allow."""
    return _printable(str(graph.nodes[id_]["label"]))


def _printable(name: str) -> str:
    return "".join(each for each in name if each.isprintable())


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _line(start: tuple[float, float], end: tuple[float, float], stop: float) -> str:
    """Draw an edge from centre to rim, so that the arrowhead is visible."""
    long = math.dist(start, end)
    share = max(0.0, 1 - (stop + 3) / long)
    x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
    return f"M{start[0]} {start[1]}L{x:.1f} {y:.1f}"


def _shape(kind: str, x: float, y: float, r: float) -> str:
    corners = {"event": (4, 0.0), "place": (6, 0.0), "channel": (3, -90.0), "outlet": (4, 45.0)}.get(kind)
    if corners is None:
        return f"M{x - r:.1f} {y}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"
    count, turn = corners
    angles = [math.radians(turn + 360 * at / count) for at in range(count)]
    return "M" + "L".join(f"{x + r * math.cos(a):.1f} {y + r * math.sin(a):.1f}" for a in angles) + "z"


def _key(
    graph: Graph, groups: dict[str, int], left: float, top: float, right: float
) -> tuple[list[dict[str, object]], float]:
    """Draw the legend of shapes, lines and communities, in rows from ``top``; returns where it ends."""
    kinds = {str(data["kind"]) for _, data in graph.nodes(data=True)}
    relations = sorted({relation for *_, relation in graph.edges(keys=True)})
    sizes = [list(groups.values()).count(number) for number in range(_GROUPS)]
    called = community_heads(graph, groups)
    parts: list[list[tuple[str, str, str]]] = [
        [("mark", kind, word) for kind, word in _KINDS.items() if kind in kinds],
        [("line", relation, relation.replace("_", " ")) for relation in relations],
        [
            ("wash", str(number), f"around {_shorten(_printable(called[number]))} ({size})")
            for number, size in enumerate(sizes)
            if size > 1
        ],
    ]
    found: list[dict[str, object]] = []
    x, y = left, top
    for part in filter(None, parts):
        for sort, value, words in part:
            long = _INDENT + len(words) * _LETTER + 14
            if x > left and x + long > right:
                x, y = left, y + _ROW
            shape = _shape(value, x, y, 7) if sort == "mark" else None
            found.append({"sort": sort, "value": value, "words": words, "x": x, "y": y, "d": shape})
            x += long
        x, y = left, y + _ROW
    return found, y


def _names(graph: Graph, at: dict[str, tuple[float, float]], radius: dict[str, float]) -> list[dict[str, object]]:
    """Place the labels by weight: below, above or beside the node, where no other label or node is."""
    marks = {id_: _Box(at[id_][0] - r, at[id_][1] - r, 2 * r, 2 * r) for id_, r in radius.items()}
    taken: list[_Box] = []
    names: list[dict[str, object]] = []
    for id_ in sorted(radius, key=lambda id_: (-radius[id_], id_)):
        name, (x, y), r = _shorten(_name(graph, id_)), at[id_], radius[id_]
        wide = len(name) * _LETTER
        aside = r + 4 + wide / 2
        for across, down in ((0, r + 2), (0, -r - 2 - _LINE), (aside, -_LINE / 2), (-aside, -_LINE / 2)):
            box = _Box(x + across - wide / 2, y + down, wide, _LINE)
            free = not any(box.meets(other) for other in taken)
            if free and not any(box.meets(mark) for other, mark in marks.items() if other != id_):
                taken.append(box)
                names.append({"x": round(x + across, 1), "y": round(y + down + 12, 1), "text": name})
                break
    return names
