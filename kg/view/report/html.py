"""Assemble HTML pages: templates, scripts and styles in one file, and the Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Return the Jinja environment of the templates; all values are escaped."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def join_files(kind: str, names: tuple[str, ...]) -> str:
    """Concatenate the files of these names and this kind ("js", "css")."""
    return "\n".join((TEMPLATES / kind / f"{name}.{kind}").read_text("utf-8") for name in names)


def content_security_policy(scripts: tuple[str, ...], style: str, *more: str) -> str:
    """Allow only these scripts and this style, by digest: unlike a nonce, an article's text cannot use it."""
    digest = {each: base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (*scripts, style)}
    allowed = " ".join(f"'sha256-{digest[each]}'" for each in scripts)
    rules = ("default-src 'none'", f"script-src {allowed}", f"style-src 'sha256-{digest[style]}'", *more)
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))
