"""Compute the positions of the nodes once, so that the page needs no layout in the browser.

Each component is laid out by stress majorization (Gansner, Koren and North 2004: distances in the picture follow distances
in the graph), overlapping nodes are separated, and the components are packed side by side. Larger components use springs
(large_layout.py). There is no randomness: the same graph gives the same positions.
"""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.report.large_layout import layout_large

Matrix = NDArray[np.float64]

EDGE = 105.0  # desired length of an edge, in pixels at zoom 1
ROOM = (84.0, 54.0)  # free width and height around a node, for its label
ASPECT = 1.25  # aspect ratio of the drawing: a screen without its side columns
_CROWD = 1500  # largest component for stress majorization, which compares every pair of nodes
_CROWDED = 36.0  # size of a node in a larger component
_ROUNDS = 80
_EVEN = 0.45  # 0 keeps the distances, 1 fills the drawing
_GOLDEN = math.pi * (3 - math.sqrt(5))


def layout(graph: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    """Return a point for each node of ``graph``, around the origin; direction and parallel edges are ignored."""
    plain: nx.Graph[str] = nx.Graph(graph)
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part[0]))
    shapes = [_shape(plain, part) for part in parts]
    places: dict[str, tuple[float, float]] = {}
    for part, shape, corner in zip(parts, shapes, _pack(shapes), strict=True):
        for id_, (x, y) in zip(part, shape + corner, strict=True):
            places[id_] = (float(x), float(y))
    if not places:
        return {}
    middle = np.array(list(places.values())).mean(axis=0)
    return {id_: (round(x - middle[0]), round(y - middle[1])) for id_, (x, y) in places.items()}


def _shape(graph: nx.Graph[str], part: list[str]) -> Matrix:
    if len(part) <= _CROWD:
        return _spread(_even(_stress(_distances(graph, part))))
    index = {id_: at for at, id_ in enumerate(part)}
    edges = sorted((index[a], index[b]) for a, b in graph.subgraph(part).edges if a != b)
    return _turn(layout_large(np.array(edges), len(part), _CROWDED))


def _distances(graph: nx.Graph[str], part: list[str]) -> Matrix:
    """Compute the number of hops between every pair of nodes, breadth first from all nodes at once."""
    index = {id_: at for at, id_ in enumerate(part)}
    n = len(part)
    pairs = sorted((index[v], index[u]) for a, b in graph.subgraph(part).edges if a != b for u, v in ((a, b), (b, a)))
    distances = np.full((n, n), np.inf)
    np.fill_diagonal(distances, 0)
    if not pairs:
        return distances
    to, source = np.array(pairs).T
    rows, starts = np.unique(to, return_index=True)
    front = np.eye(n, dtype=bool)
    hops = 0
    while front.any():
        hops += 1
        reached = np.zeros((n, n), dtype=bool)
        reached[rows] = np.logical_or.reduceat(front[source], starts, axis=0)
        front = reached & np.isinf(distances)
        distances[front] = hops
    return distances


def _stress(distances: Matrix) -> Matrix:
    n = len(distances)
    if n == 1:
        return np.zeros((1, 2))
    wished = distances * EDGE
    weights = np.where(wished > 0, 1 / np.maximum(wished, 1) ** 2, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / n) - 1.0 / n  # pseudo-inverse: the constant vector is its only null space
    near = weights * wished
    points = _start(distances)
    for _ in range(_ROUNDS):
        pull = near / np.maximum(np.hypot(_gaps(points[:, 0]), _gaps(points[:, 1])), 1e-6)
        moved = inverse @ (pull.sum(axis=1)[:, None] * points - pull @ points)
        still = float(np.abs(moved - points).max())
        points = moved
        if still < 0.5:
            break
    return _turn(points)


def _gaps(values: Matrix) -> Matrix:
    """Return the differences of every pair of values."""
    gaps: Matrix = values[:, None] - values[None]
    return gaps


def _start(distances: Matrix) -> Matrix:
    """Classical scaling in two dimensions, by power iteration from a fixed start; equal positions are separated a little."""
    n = len(distances)
    centre = np.eye(n) - 1.0 / n
    scalar = -0.5 * centre @ (distances**2) @ centre
    angle = _GOLDEN * np.arange(n)
    basis = np.column_stack([np.cos(angle), np.sin(angle)])
    for _ in range(40):
        basis, _triangle = np.linalg.qr(scalar @ basis)
    points = basis * math.sqrt(n) * EDGE
    return points + np.column_stack([np.cos(angle), np.sin(angle)]) * EDGE * 0.3


def _turn(points: Matrix) -> Matrix:
    """Turn the long axis horizontal, as on a screen; signs are fixed, so that runs never differ by a mirror image."""
    points = points - points.mean(axis=0)
    (a, b), (_, d) = points.T @ points
    tilt = 0.5 * math.atan2(2 * b, a - d)
    turned = points @ np.array([[math.cos(tilt), -math.sin(tilt)], [math.sin(tilt), math.cos(tilt)]])
    signs = np.sign(turned[np.abs(turned).argmax(axis=0), [0, 1]])
    upright: Matrix = turned * np.where(signs == 0, 1, signs)
    return upright


def _even(points: Matrix) -> Matrix:
    """Spread dense areas and pull in outliers: move each coordinate part of the way to its rank."""
    n = len(points)
    if n < 12:
        return points
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (n - 1) - 0.5
    extent = points.max(axis=0) - points.min(axis=0)
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    evened: Matrix = points * (1 - _EVEN) + (middle + ranks * extent) * _EVEN
    return evened


def _spread(points: Matrix) -> Matrix:
    """Push nodes away from each other until each has a free oval for its mark and most of its label."""
    n = len(points)
    shrink = 1.0 if n <= 200 else max(0.45, math.sqrt(200 / n))
    room = np.array(ROOM) * shrink
    turn = _gaps(
        _GOLDEN * np.arange(n, dtype=np.float64)
    )  # nodes at the same position are separated without randomness
    aside = (np.cos(turn) * np.sign(turn), np.sin(turn))
    unit = points / room
    for _ in range(150 if n <= 500 else 40):
        across, down = _gaps(unit[:, 0]), _gaps(unit[:, 1])
        far = np.hypot(across, down)
        np.fill_diagonal(far, 1)
        if far.min(initial=1) > 0.98:
            break
        push = np.where(far > 1e-6, np.maximum(0, 1 - far) / np.maximum(far, 1e-6), 1)
        sides = (np.where(far > 1e-6, across, aside[0]), np.where(far > 1e-6, down, aside[1]))
        unit = unit + 0.35 * np.column_stack([(push * side).sum(axis=1) for side in sides])
    return unit * room


def _pack(shapes: list[Matrix]) -> list[Matrix]:
    """Pack the components into rows, the tallest first, to fill a rectangle with the screen's aspect ratio."""
    boxes = [(shape.min(axis=0) - ROOM, shape.max(axis=0) + ROOM) for shape in shapes]
    sizes = [high - low for low, high in boxes]
    area = sum(float(size[0] * size[1]) for size in sizes)
    width = max([math.sqrt(area * ASPECT * 1.15), *(float(size[0]) for size in sizes)])
    corners: list[Matrix] = [np.zeros(2)] * len(shapes)
    x = y = row = 0.0
    for at in sorted(range(len(shapes)), key=lambda at: (-float(sizes[at][1]), at)):
        wide, high = (float(each) for each in sizes[at])
        if x and x + wide > width:
            x, y, row = 0.0, y + row, 0.0
        corners[at] = np.array([x, y]) - boxes[at][0]
        x, row = x + wide, max(row, high)
    return corners
