"""What every page is made of: our templates, scripts and styles in one file, and the policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Our templates; whatever is put into one is escaped."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def join_files(kind: str, names: tuple[str, ...]) -> str:
    """The files of these names of a kind ("js", "css"), one after the other."""
    return "\n".join((TEMPLATES / kind / f"{name}.{kind}").read_text("utf-8") for name in names)


def content_security_policy(scripts: tuple[str, ...], style: str, *more: str) -> str:
    """Nothing but these scripts and this style: by digest, which unlike a nonce cannot be known and used by an article."""
    digest = {each: base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (*scripts, style)}
    allowed = " ".join(f"'sha256-{digest[each]}'" for each in scripts)
    rules = ("default-src 'none'", f"script-src {allowed}", f"style-src 'sha256-{digest[style]}'", *more)
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))
