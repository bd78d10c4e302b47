"""``make bench``: what the report of a large store costs to write, and how soon it is seen in a browser.

    python -m evaluation.report [STORE]

Without STORE, one of some 50,000 nodes is made of generated articles (minutes); with it, that one is measured. CPU seconds and
memory are those of a `kg render` of its own process; a view is open once it has been drawn after all its data was read.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluation.growth import generate
from kg.config import Config
from kg.flow import resolve_store
from kg.graph import Store, to_quads
from kg.model import Attribution, Channel, Extraction, Place, PlaceMention, Polarity

ARTICLES = 7_700  # of 8 claims each: some 50,000 nodes
VIEWS = ("report", "graph", "claims")
SIZES = ((1440, 900), (390, 844))
CHANNELS = ("Telegram", "press briefing", "morning bulletin")

_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() / 1000))))"


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a report cost: CPU seconds, megabytes of memory at most; and its size in megabytes."""

    seconds: float
    memory: float
    size: float
    notice: str


def make_store(folder: Path, articles: int = ARTICLES) -> None:
    """A store of generated articles, with places on the map, channels, and now and then a denial."""
    draw = random.Random(11)  # noqa: S311 - the same articles each time
    dressed = [_dress(each, draw) for each in generate(articles)]
    with Store(folder) as store:
        store.load(quad for each in dressed for quad in to_quads(each))
        store.records.put(dressed)
        resolve_store(store, Config(store=folder))


def _dress(plain: Extraction, draw: random.Random) -> Extraction:
    known = tuple(_locate(place) for place in plain.places_known)
    where = {place.id: place for place in known}
    events = tuple(replace(event, place=_stand(event.place, where)) for event in plain.events)
    said = tuple(_voice(each, draw) for each in plain.attributions)
    title = f"What is said on {plain.article.published}, no. {plain.article.id}"
    article = replace(plain.article, title=title, url=f"https://news.example/{plain.article.id}")
    return replace(plain, article=article, attributions=said, events=events, places_known=known)


def _locate(place: Place) -> Place:
    number = int(place.label[1:])
    return replace(place, lat=36 + number % 17 + number / 997, lon=-8 + number % 43 + number / 991)


def _stand(place: PlaceMention | None, where: Mapping[str, Place]) -> PlaceMention | None:
    return place and replace(place, lat=where[place.id].lat, lon=where[place.id].lon)


def _voice(said: Attribution, draw: random.Random) -> Attribution:
    name = CHANNELS[draw.randrange(3)] if draw.random() < 0.4 else None
    channel = name and Channel(said.cue[0], f"channel/{name.lower().replace(' ', '-')}", name)
    polarity = Polarity.NEGATIVE if draw.random() < 0.05 else Polarity.POSITIVE
    return replace(said, channel=channel or None, polarity=polarity)


def write(store: Path, page: Path) -> Written:
    """Render a store by the command."""
    command = [sys.executable, "-W", "ignore", "-m", "kg", "render", "--store", str(store), "-o", str(page)]
    environ = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        notice = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)  # else Popen would wait for it once more
    if process.returncode:
        raise RuntimeError(notice)
    seconds, kilobytes = used.ru_utime + used.ru_stime, used.ru_maxrss
    return Written(seconds, kilobytes / 1000, page.stat().st_size / 1e6, " ".join(re.findall(r"showing .*", notice)))


def open_views(page: Path) -> Iterator[tuple[str, int, float, float]]:
    """View, width of the window, seconds until it is drawn, megabytes of its scripts; nothing where there is no browser."""
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - only for this

    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        except Error:
            print("  NOT OPENED: no Chromium here", file=sys.stderr)
            return
        for width, height in SIZES:
            for view in VIEWS:
                context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
                yield view, width, *_open(context.new_page(), f"{page.as_uri()}#view={view}")
                context.close()
        browser.close()


def _open(tab: Any, address: str) -> tuple[float, float]:
    """Seconds and megabytes; a page counts its time from its own beginning."""
    tab.goto(address, wait_until="commit")
    tab.wait_for_selector("html[data-ready=yes]", timeout=120_000)
    seconds = float(tab.evaluate(_DRAWN))
    meter = tab.context.new_cdp_session(tab)
    meter.send("Performance.enable")
    figures = {each["name"]: each["value"] for each in meter.send("Performance.getMetrics")["metrics"]}
    return seconds, figures["JSHeapUsedSize"] / 1e6


def measure(store: Path) -> None:
    """Print what the report of ``store`` costs."""
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "report.html"
        told = write(store, page)
        print(f"report, {told.notice or 'all nodes shown'}")
        print(f"  written in    {told.seconds:8.1f} CPU seconds, {told.memory:,.0f} MB of memory, {told.size:.1f} MB")
        for view, width, seconds, memory in open_views(page):
            print(f"  {view:8} seen  {seconds:8.2f} s at {width} pixels, {memory:,.0f} MB of scripts' memory")


def measure_large() -> None:
    """The same of a store made for it."""
    with tempfile.TemporaryDirectory() as scratch:
        make_store(Path(scratch) / "kg.db")
        measure(Path(scratch) / "kg.db")


def main() -> None:
    """Run from the command line."""
    if sys.argv[1:]:
        measure(Path(sys.argv[1]))
    else:
        measure_large()


if __name__ == "__main__":
    main()
