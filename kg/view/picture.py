"""The graph as an SVG picture, for print and slides: marks, lines and the names that fit without touching one another."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.view.layout import place
from kg.view.network import Graph
from kg.view.pages import environment

_EDGE = 60  # above and below the outermost marks
_LETTER, _LINE = (
    7.2,
    15,
)  # a letter's width at most, and a line's height, of the 12.5 px sans-serif that names are set in
_LONGEST = 34  # letters of a name


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    w: float
    h: float

    def meets(self, other: _Box) -> bool:
        across = self.x < other.x + other.w and other.x < self.x + self.w
        return across and self.y < other.y + other.h and other.y < self.y + self.h


def picture(graph: Graph, title: str) -> bytes:
    """The SVG of ``graph``, in UTF-8: the same bytes for the same graph. Full names stand in each mark's title."""
    at = place(graph)
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
    sheet = {"x": left, "y": top, "w": right - left, "h": bottom - top}
    found = environment().get_template("picture.svg")
    text = found.render(title=title, sheet=sheet, lines=lines, marks=marks, names=_names(graph, at, radius))
    return text.encode("utf-8", "replace")


def _extent(at: dict[str, tuple[float, float]], axis: int, room: float) -> tuple[float, float]:
    """From where to where the points go along an axis, with room at both ends."""
    values = [point[axis] for point in at.values()] or [0.0]
    return math.floor(min(values) - room), math.ceil(max(values) + room)


def _name(graph: Graph, id_: str) -> str:
    """The node's name without what XML cannot hold."""
    return "".join(each for each in str(graph.nodes[id_]["label"]) if each.isprintable())


def _line(start: tuple[float, float], end: tuple[float, float], stop: float) -> str:
    """From middle to rim, so that the arrow's head shows."""
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


def _names(graph: Graph, at: dict[str, tuple[float, float]], radius: dict[str, float]) -> list[dict[str, object]]:
    """The names by weight, each below its mark or above it, where neither a name nor another mark stands yet."""
    marks = {id_: _Box(at[id_][0] - r, at[id_][1] - r, 2 * r, 2 * r) for id_, r in radius.items()}
    taken: list[_Box] = []
    names: list[dict[str, object]] = []
    for id_ in sorted(radius, key=lambda id_: (-radius[id_], id_)):
        name, (x, y), r = _name(graph, id_), at[id_], radius[id_]
        name = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        wide = len(name) * _LETTER
        for down in (r + 2, -r - 2 - _LINE):
            box = _Box(x - wide / 2, y + down, wide, _LINE)
            free = not any(box.meets(other) for other in taken)
            if free and not any(box.meets(mark) for other, mark in marks.items() if other != id_):
                taken.append(box)
                names.append({"x": x, "y": round(y + down + 12, 1), "text": name})
                break
    return names
