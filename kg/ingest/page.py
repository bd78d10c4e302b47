"""HTML pages: text and metadata through trafilatura. No script, menu or comment is text."""

from __future__ import annotations

import re
from typing import Any

from kg.ingest.files import Source
from kg.ingest.page_facts import PageFacts, facts_of
from kg.ingest.refusal import refused
from kg.ingest.text import LONGEST, UndecodableError, decoded, too_long
from kg.model import Article

#: Largest page that is parsed, in bytes.
_LARGEST = 20 << 20

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


def article(source: Source) -> Article:
    """The article on a page: its text is what trafilatura takes for it; offsets count into that, not the markup."""
    raw = source.content(_LARGEST)
    if raw is None:
        return refused(source, "too-long", f"The page has more than {_LARGEST >> 20} MB. Save the article alone.")
    if not raw.strip():
        return refused(source, "empty", "There is nothing in it.")
    try:
        found, facts = _parsed(_markup(raw))
    except UndecodableError as error:
        return refused(source, error.code, str(error))
    if found is None or not (found.text or "").strip():
        return refused(source, "no-text", "No article text is found on the page. Save the text as .txt.")
    if len(found.text) > LONGEST:
        return refused(source, "too-long", too_long())
    return Article(
        id=source.stem,
        text=found.text,
        title=found.title or None,
        outlet=facts.publisher or found.sitename or None,
        url=found.url if str(found.url).startswith(("http://", "https://")) else None,
        published=facts.day,
        origin=source.origin,
    )


def _markup(raw: bytes) -> str:
    """The page decoded: by its byte order mark, as UTF-8, or as it declares itself."""
    try:
        return decoded(raw)
    except UndecodableError as error:
        declared = _DECLARED.search(raw[:4096])
        if error.code == "binary" or declared is None:
            raise
        try:
            return raw.decode(declared[1].decode("ascii"), "strict")
        except (LookupError, UnicodeDecodeError):
            raise error from None


def _parsed(markup: str) -> tuple[Any, PageFacts]:
    """What trafilatura finds on the page (None where it finds nothing), and what the page states of itself."""
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415  # slow to load, and only pages need it

    tree = load_html(markup)
    if tree is None:
        return None, PageFacts(None, None)
    facts = facts_of(tree)
    # its own search for a date is kept short: what it finds is not used
    return bare_extraction(
        tree, with_metadata=True, include_comments=False, date_extraction_params={"extensive_search": False}
    ), facts
