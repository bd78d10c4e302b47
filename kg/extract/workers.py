"""Extraction on every core: whole chunks of articles go to workers that hold the model already."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

from kg.extract.pipeline import Tools, extract
from kg.model import Article, Extraction

#: articles a chunk: fewer cost hand-overs, more leave cores idle at the end
CHUNK = 25

_tools: Tools | None = None


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def extract_all(articles: Iterable[Article], make_tools: Callable[[], Tools], jobs: int) -> Iterator[Extraction]:
    """One extraction an article, in their order, by ``jobs`` processes; by this one where there is one chunk only.

    Streams: at most two chunks a worker are in hand. ``make_tools`` must be importable, for where processes cannot be
    forked. A worker that dies raises BrokenProcessPool here: waiting forever would hide it.
    """
    stream = iter(articles)
    first = list(islice(stream, CHUNK + 1))
    if not first:
        return
    if jobs <= 1 or len(first) <= CHUNK:
        yield from extract(chain(first, stream), make_tools())
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    if method == "fork":
        _hold(make_tools)  # before the fork: the workers share its memory
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_hold, initargs=(make_tools,)) as pool:
        waiting: deque[Future[list[Extraction]]] = deque()
        for chunk in _chunks(chain(first, stream)):
            waiting.append(pool.submit(_extract_chunk, chunk))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _chunks(articles: Iterable[Article]) -> Iterator[tuple[Article, ...]]:
    stream = iter(articles)  # itertools.batched is of 3.12
    while chunk := tuple(islice(stream, CHUNK)):
        yield chunk


def _hold(make_tools: Callable[[], Tools]) -> None:
    global _tools  # noqa: PLW0603 - a worker's one model
    if _tools is None:
        _tools = make_tools()


def _extract_chunk(articles: tuple[Article, ...]) -> list[Extraction]:
    assert _tools is not None
    return list(extract(articles, _tools))
