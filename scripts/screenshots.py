"""Take screenshots of the page for docs/, in a real browser without network.

python -m scripts.screenshots [STORE FOLDER]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kg.graph import Store
from kg.view.report.render import render

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ROOT = Path(__file__).parents[1]
WIDE, NARROW = (1440, 900), (390, 844)

#: the claim to show: one with a figure, a channel and a place
EVIDENCE = (
    "pick({ claim: (CLAIMS.find(c => c.figures.length && c.channels.length && c.events.some(e => e.places.length))"
    " || CLAIMS.find(c => c.figures.length) || CLAIMS[0]).n })"
)
TO = "document.querySelector('#report-{}')?.scrollIntoView()"

#: name, window size, colour scheme, permalink, and the script to run before the screenshot
PICTURES = (
    ("report-wide-light", WIDE, "light", "#view=report", ""),
    ("report-wide-dark", WIDE, "dark", "#view=report", ""),
    ("report-narrow-light", NARROW, "light", "#view=report", ""),
    ("matrix-wide-light", WIDE, "light", "#view=report", TO.format("matrix")),
    ("timeline-wide-light", WIDE, "light", "#view=report", TO.format("timeline")),
    ("travel-wide-light", WIDE, "light", "#view=report", TO.format("travel")),
    ("map-wide-light", WIDE, "light", "#view=report", TO.format("map")),
    ("graph-wide-light", WIDE, "light", "#view=graph", EVIDENCE),
    ("graph-wide-dark", WIDE, "dark", "#view=graph", ""),
    ("graph-communities-wide-light", WIDE, "light", "#view=graph", "colourGroups(true)"),
    ("graph-narrow-light", NARROW, "light", "#view=graph", ""),
    ("claims-wide-light", WIDE, "light", "#view=claims", EVIDENCE),
    ("claims-narrow-dark", NARROW, "dark", "#view=claims", EVIDENCE),
)

#: on a page that draws only a part: expand the neighbours of its best linked event
ROOM = 40
OPENING = (
    "(id => { pick({ node: id }, true); expand(id); drawPanel(); })([...DRAWN].filter(id => kindOf(id) === 'event')"
    ".sort((a, b) => waiting(b).length - waiting(a).length)[0])"
)
OPENED = (("graph-opened-wide-light", WIDE, "light", "#view=graph", OPENING),)


def main() -> int:
    """Render the store and take the screenshots."""
    with tempfile.TemporaryDirectory() as passing:
        given = [Path(each) for each in sys.argv[1:]]
        store, folder = given or (Path(passing) / "kg.db", ROOT / "docs" / "screenshots")
        if not given:
            seeds = [str(ROOT / "seeds" / "articles"), "--config", str(ROOT / "seeds" / "kg.toml")]
            subprocess.run([sys.executable, "-m", "kg", "build", *seeds, "--store", str(store)], check=True)
        page, part = Path(passing) / "report.html", Path(passing) / "part.html"
        with Store(store, readonly=True) as opened:
            render(opened, page)
            render(opened, part, limit=ROOM)
            folder.mkdir(parents=True, exist_ok=True)
            render(opened, folder / "graph.svg")
        take(page, folder, PICTURES)
        take(part, folder, OPENED)
    print(f"{len(PICTURES) + len(OPENED) + 1} pictures in {folder}")
    return 0


def take(report: Path, folder: Path, pictures: tuple[tuple[str, tuple[int, int], str, str, str], ...]) -> None:
    """Take every screenshot of a page."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (width, height), scheme, at, before in pictures:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            context.set_offline(True)
            page = context.new_page()
            page.goto(report.as_uri() + at)
            page.wait_for_selector("html[data-ready=yes]")
            if before:
                page.evaluate(before)
            page.wait_for_timeout(400)
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
