"""The one browser of a test session: two at a time in one thread playwright does not allow."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Debian's Chromium, or playwright's own; without either the browser tests are left out, loudly."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: NO BROWSER TEST RUNS")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with playwright.sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        except playwright.Error as error:
            warnings.warn(
                "NO BROWSER TEST RUNS: no Chromium here (apt-get install chromium)", pytest.PytestWarning, stacklevel=1
            )
            pytest.skip(f"NO BROWSER TEST RUNS: no Chromium here (apt-get install chromium): {error}")
        yield browser
        browser.close()
