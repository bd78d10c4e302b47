"""Detect a request that a page of another site makes through the user's browser.

    foreign_origin({"sec-fetch-site": "cross-site"}, "http://127.0.0.1:8010")  ->  "Sec-Fetch-Site: cross-site"
    foreign_origin({}, "http://127.0.0.1:8010")                                ->  None

A browser gives the origin of a request in Sec-Fetch-Site, Origin and Referer, which scripts cannot set. Other clients
send none of them. Another port of this machine is another origin: "same-site" is refused as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit


def foreign_origin(headers: Mapping[str, str], own: str) -> str | None:
    """Return the header with another origin than ``own`` ("http://127.0.0.1:8010"), or None.

    The names in ``headers`` are in lower case.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):  # none: typed, or a bookmark
        return f"Sec-Fetch-Site: {site}"
    origin = headers.get("origin")
    if origin is not None and origin != own:  # "null" too: a sandboxed frame, a data: or file: page
        return f"Origin: {origin}"
    referer = headers.get("referer")
    if referer is not None and _origin(referer) != own:
        return f"Referer: {referer}"
    return None


def is_link(headers: Mapping[str, str]) -> bool:
    """Whether a browser opens the address as a page of its own: a link or an address that was typed, not an image or a frame.

    True where the browser is too old to say; such a page cannot be framed, and reads nothing of the reply.
    """
    mode, destination = headers.get("sec-fetch-mode", "navigate"), headers.get("sec-fetch-dest", "document")
    return mode == "navigate" and destination == "document"


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # as in "http://[": of nobody
        return ""
    return f"{parts.scheme}://{parts.netloc}"
