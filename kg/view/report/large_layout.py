"""Compute positions for a large graph: springs along edges, and repulsion summed over the cells of a grid.

Distant nodes repel as the centre of their cell, near ones as the centres of the cells around them (after Barnes and Hut
1986, and Fruchterman and Reingold 1991). Multiples of the golden ratio replace random numbers, so that the same graph
always gives the same positions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Numbers = NDArray[np.int64]

_SIDE = 48  # cells along an edge of the grid
_ROUNDS = 120
_SMOOTHING = 30
_PHI = (np.sqrt(5) - 1) / 2


def layout_large(edges: Numbers, n: int, room: float) -> Matrix:
    """Return a point for each of ``n`` nodes; ``edges`` has one row per pair of node numbers, ``room`` is the size of a node."""
    a, b = edges[:, 0], edges[:, 1]
    mass: Matrix = (1 + np.bincount(a, minlength=n) + np.bincount(b, minlength=n)).astype(np.float64)
    points = _start(a, b, mass, n)
    heat = 0.06 * np.sqrt(n)
    for turn in range(_ROUNDS):
        force = _repulsion(points, mass, turn) - points * mass[:, None] * 0.02
        step = points[b] - points[a]
        pull = step * (np.hypot(step[:, 0], step[:, 1]) + 1e-9)[:, None] / 3
        force += _sums(a, pull, n) - _sums(b, pull, n)
        size = np.hypot(force[:, 0], force[:, 1]) + 1e-9
        points = points + force / size[:, None] * np.minimum(size * 0.02, heat * (1 - turn / _ROUNDS) + 0.01)[:, None]
    middle, reach = np.median(points, axis=0), np.quantile(points, (0.05, 0.95), axis=0)
    settled: Matrix = (points - middle) * (room * np.sqrt(n) / max(float(np.ptp(reach, axis=0).mean()), 1e-6))
    return settled


def _sums(at: Numbers, values: Matrix, n: int) -> Matrix:
    """Sum the values of each node."""
    return np.column_stack([np.bincount(at, values[:, axis], n) for axis in (0, 1)])


def _lot(n: int, turn: int) -> Matrix:
    """Return ``n`` pseudo-random numbers from 0 to 1, the same for the same ``turn``."""
    spread: Matrix = (np.arange(n) * _PHI + turn * _PHI**2) % 1.0
    return spread


def _start(a: Numbers, b: Numbers, mass: Matrix, n: int) -> Matrix:
    """Return smoothed noise as the start: neighbours begin near each other, which approximates a spectral layout."""
    angle, far = 2 * np.pi * _lot(n, 1), np.sqrt(_lot(n, 7))
    noise = np.column_stack([np.cos(angle) * far, np.sin(angle) * far])
    points = noise
    for _ in range(_SMOOTHING):
        points = 0.5 * points + 0.5 * (_sums(a, points[b], n) + _sums(b, points[a], n)) / mass[:, None]
        points = (points - points.mean(axis=0)) / (points.std(axis=0) + 1e-9)
    started: Matrix = (points + noise) * np.sqrt(n) * 0.5
    return started


def _repulsion(points: Matrix, mass: Matrix, turn: int) -> Matrix:
    n, low = len(points), points.min(axis=0)
    side = float((points.max(axis=0) - low).max()) / _SIDE + 1e-9
    cell = ((points - low) / side).astype(np.int64).clip(0, _SIDE - 1) @ np.array([_SIDE, 1])
    weight = np.bincount(cell, mass, _SIDE * _SIDE)
    used = np.flatnonzero(weight)
    heavy = weight[used]
    middle = np.column_stack(
        [np.bincount(cell, mass * points[:, axis], _SIDE * _SIDE)[used] / heavy for axis in (0, 1)]
    )
    own = np.searchsorted(used, cell)
    across, down = (middle[:, axis][:, None] - middle[:, axis] for axis in (0, 1))
    push = heavy / (across**2 + down**2 + side**2 * 0.3)
    force = np.column_stack([(across * push).sum(axis=1), (down * push).sum(axis=1)])[own]
    aside = points - middle[own]
    force += aside * (heavy[own] / ((aside**2).sum(axis=1) + side**2 * 0.15))[:, None]
    order = np.argsort(cell + _lot(n, turn) * 0.9, kind="stable")
    for shift in (1, 2, 3):
        beside = np.roll(order, shift)
        same = cell[order] == cell[beside]
        one, other = order[same], beside[same]
        difference = points[one] - points[other]
        difference = difference * (6 / ((difference**2).sum(axis=1) + 0.05))[:, None]
        force += _sums(one, difference * mass[other][:, None], n) - _sums(other, difference * mass[one][:, None], n)
    pushed: Matrix = force * mass[:, None] * 0.5
    return pushed
