"""A real browser with the network off, and what it did: requests, dialogs, errors, what the policy refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

WATCH = """
window.__ran = [];
window.__refused = [];
document.addEventListener('securitypolicyviolation', event => window.__refused.push(event.violatedDirective + ' ' + event.blockedURI));
"""


@dataclass
class Opened:
    """A page as it was opened, and all that it did beside showing itself."""

    page: object
    requests: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def assert_quiet(self):
        """Nothing was asked of the network, nothing ran that should not, nothing failed."""
        assert [url for url in self.requests if not url.startswith("file:")] == []
        assert self.trouble == []
        assert self.page.evaluate("window.__ran") == []
        assert self.page.evaluate("window.__refused") == []


@pytest.fixture
def open_page(chromium) -> Iterator[Callable[..., Opened]]:
    """Open a file, offline, in a window of a size and scheme; ``at`` is the permalink."""
    contexts = []

    def opened(path: Path, *, at="", size=(1440, 900), scheme="light") -> Opened:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        it = Opened(page)
        page.add_init_script(WATCH)
        page.on("request", lambda request: it.requests.append(request.url))
        page.on("dialog", lambda dialog: (it.trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: it.trouble.append(f"error {error}"))
        page.on(
            "console", lambda message: it.trouble.append(message.text) if message.type in ("error", "warning") else None
        )
        page.goto(path.as_uri() + at)
        page.wait_for_selector("html[data-ready=yes]")
        return it

    yield opened
    for context in contexts:
        context.close()
