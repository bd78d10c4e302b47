"""Read HTML pages: text and metadata by trafilatura, without scripts, menus or comments."""

from __future__ import annotations

import re
from typing import Any

from kg.ingest.files import Source
from kg.ingest.page_facts import facts_of
from kg.ingest.rejected import rejected_article
from kg.ingest.text import LONGEST, UndecodableError, decoded, too_long
from kg.model import Article

#: Maximum size of a page in bytes, including scripts.
_LARGEST = 20 << 20

#: Visible text; extracting the article takes more than linear time, so the size is checked first.
_VISIBLE = "//body//text()[not(parent::script or parent::style or parent::noscript)]"

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)

_NO_TEXT = "No article text is found on the page. Save the text as .txt."


def article(source: Source) -> Article:
    """Extract the article of a page with trafilatura; offsets refer to its text, not to the markup."""
    raw = source.content(_LARGEST)
    if raw is None:
        return rejected_article(
            source, "too-long", f"The page has more than {_LARGEST >> 20} MB. Save only the article."
        )
    if not raw.strip():
        return rejected_article(source, "empty", "The file is empty.")
    try:
        return _of_markup(source, _markup(raw))
    except UndecodableError as error:
        return rejected_article(source, error.code, str(error))


def _of_markup(source: Source, markup: str) -> Article:
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415  # slow to load, and only pages need it

    tree: Any = load_html(markup)
    if tree is None:
        return rejected_article(source, "no-text", _NO_TEXT)
    if sum(map(len, tree.xpath(_VISIBLE))) > LONGEST:
        return rejected_article(source, "too-long", too_long())
    facts = facts_of(tree)
    # limits trafilatura's search for a date, whose result is not used
    dates = {"extensive_search": False}
    found: Any = bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=dates)
    if found is None or not (found.text or "").strip():
        return rejected_article(source, "no-text", _NO_TEXT)
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
    """Decode the page: by byte order mark, as UTF-8, or by its declared encoding."""
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
