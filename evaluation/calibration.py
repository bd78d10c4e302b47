"""Is a confidence what it says? Of the attributions that say 0.9, how many are gold ones.

Gold corpora do not mark what they leave out by convention (PolNeAR no nesting, GGT no thoughts), so a share is taken under
the corpus's own view, as the scorer takes precision.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from evaluation import score

#: lower edges of the bins that are shown
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)


def bins(gold: Path, found: Path, flags: tuple[bool, bool, bool]) -> dict[str, float]:
    """Per bin of confidence, the percentage of its attributions that match a gold one; bins of under 20 are left out."""
    tally: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    records = {record["id"]: record for record in score.load(found)}
    for record in score.load(gold):
        wanted = score.roles(record)
        got = score.view(score.roles(records.get(record["id"], {})), *flags)
        hit = set(score.match(score.Words(record["text"]), wanted, got).values())
        for i, each in enumerate(got):
            edge = max(edge for edge in EDGES if edge <= each["raw"]["confidence"] + 1e-9)
            tally[edge][0] += i in hit
            tally[edge][1] += 1
    return {
        f"right at {edge:.1f}+": round(100 * tally[edge][0] / tally[edge][1], 1)
        for edge in EDGES
        if tally[edge][1] >= 20
    }
