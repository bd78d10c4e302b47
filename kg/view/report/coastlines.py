"""Cut coastlines to the region of the points on a map. There are no borders, because a border can be disputed.

The lines are Natural Earth's land at 1:50 million (public domain), from the npm package world-atlas: TopoJSON, which is
arcs of integers, each point stored as the difference from the previous one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

Point = tuple[float, float]  # longitude, latitude
Ring = list[Point]

_LAND = Path(__file__).parent / "vendor" / "world-atlas" / "land-50m.json"
_MARGIN = 0.9  # margin on each side, as a share of the extent: the map may be wider than its points
_LEAST = 5.0  # degrees
_DETAIL = 700  # a shorter segment, as a share of the map's width, is invisible


def load_coastlines(points: Sequence[Point]) -> list[Ring]:
    """Return the rings of land around ``points``, clipped to their surroundings; none without points."""
    if not points:
        return []
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    wide = max(_LEAST, (max(lons) - min(lons)) * _MARGIN)
    high = max(_LEAST, (max(lats) - min(lats)) * _MARGIN, wide * 0.5)
    wide = max(wide, high * 1.6)
    box = (min(lons) - wide, min(lats) - high, max(lons) + wide, max(lats) + high)
    step = (box[2] - box[0]) / _DETAIL
    rings = (_thin(_clip(ring, box), step) for ring in _land())
    return [ring for ring in rings if len(ring) > 3]


@cache
def _land() -> list[Ring]:
    topology = json.loads(_LAND.read_text("utf-8"))
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(line)
    return [_joined(ring, arcs) for polygon in _polygons(topology["objects"]["land"]) for ring in polygon]


def _polygons(land: dict[str, Any]) -> list[list[list[int]]]:
    shapes = land.get("geometries", [land])
    found: list[list[list[int]]] = []
    for shape in shapes:
        found += shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return found


def _joined(ring: list[int], arcs: list[Ring]) -> Ring:
    """Return an arc; a negative number means the complement's arc reversed (TopoJSON)."""
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _clip(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """Clip a ring to a box, edge by edge (Sutherland and Hodgman)."""
    for axis, bound, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        kept: Ring = []
        for at, point in enumerate(ring):
            before = ring[at - 1]
            inside, was = (point[axis] - bound) * sign >= 0, (before[axis] - bound) * sign >= 0
            if inside != was:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def _thin(ring: Ring, step: float) -> Ring:
    kept: Ring = []
    for lon, lat in ring:
        if not kept or abs(lon - kept[-1][0]) + abs(lat - kept[-1][1]) >= step:
            kept.append((round(lon, 2), round(lat, 2)))
    return kept
