"""Find a source, happening or claim in a store by its name, id or words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from kg.errors import InputError
from kg.graph import vocab
from kg.graph.store import Store

_HERE = Path(__file__).parent

#: characters that are not escaped in an IRI
_SAFE = "/:#?&=@!$()*+,;%~._-"

#: number of candidates listed in an error message
SHOWN = 8


class TargetKind(StrEnum):
    """The kind of a target."""

    SOURCE = "source"
    HAPPENING = "happening"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Target:
    """A found node: its ``address`` (IRI in N-Triples syntax) and its ``words``: a label, or the content of a claim.

    ``document`` is the IRI of a claim's article; ``outer`` that of the attribution it is embedded in.
    """

    kind: TargetKind
    address: str
    words: str
    name: str = ""  # the name to show: an id, or ARTICLE#a3
    document: str | None = None
    outer: str | None = None

    @property
    def id(self) -> str:
        """The id in the IRI: "actor/ada-lind"."""
        return self.address[1:-1].removeprefix(vocab.ID)

    def __str__(self) -> str:
        words = " ".join(self.words.split())
        return f'{self.name} "{words[:80]}{"…" if len(words) > 80 else ""}"'


def find_target(store: Store, asked: str) -> Target:
    """Find the source, happening or claim named ``asked``.

    A source or happening has an id, a label and aliases; a claim has an IRI, ARTICLE#a3, and the words of its content.
    Raises InputError, with the nearest names, if there is no match or more than one.
    """
    if _is_claim(asked):
        return find_claim(store, asked)
    known = _named(store)
    for kind in (TargetKind.SOURCE, TargetKind.HAPPENING):
        if found := _by_name(known, kind, asked):
            return _only(found, asked, kind)
    if found := _by_words(store, asked):
        return _only(found, asked, TargetKind.CLAIM)
    names = [target.words for target, kind in known if kind != "article"]
    raise InputError(f"No source, happening or claim matches {asked!r}", where=_place(store), fix=_near(asked, names))


def find_source(store: Store, asked: str) -> Target:
    """Find the source with this id or name; raises InputError as `find_target`."""
    return _find(store, TargetKind.SOURCE, asked)


def find_happening(store: Store, asked: str) -> Target:
    """Find the happening with this id or label, or the only one whose label has all these words; raises InputError otherwise."""
    return _find(store, TargetKind.HAPPENING, asked)


def find_claim(store: Store, asked: str) -> Target:
    """Find the attribution with this IRI, this ARTICLE#a3, or these words in its content; raises InputError otherwise."""
    if not _is_claim(asked):
        return _only(_by_words(store, asked), asked, TargetKind.CLAIM, _place(store))
    article, _, name = asked.rpartition("#")
    if article and not asked.startswith(vocab.ID):
        claims = claims_of(store, [vocab.document(article)])
        found = [each for each in claims if each.name == asked]
        if not claims:
            articles = [each.name for each, kind in _named(store) if kind == "article"]
            raise InputError(f"no article {article!r}", where=_place(store), fix=_near(article, articles))
        if not found:
            fix = f"It has {', '.join(each.name.rpartition('#')[2] for each in claims)}."
            raise InputError(f"no claim {name!r} in {article}", where=_place(store), fix=fix)
        return found[0]
    return _only(claims_of(store, [_address(asked)]), asked, TargetKind.CLAIM, _place(store))


def claims_of(store: Store, nodes: Iterable[str]) -> list[Target]:
    """Find the attributions with these IRIs, or in the articles with these IRIs; sorted by article and position."""
    return _claims(store, "claims.rq", "<urn:node>", " ".join(sorted(nodes)))


def ask_from_file(store: Store, name: str, mark: str = "", put: str = "") -> list[dict[str, str]]:
    """Run a query of this folder, with ``put`` in place of ``mark``."""
    answer = store.ask((_HERE / name).read_text(encoding="utf-8").replace(f"{{ {mark} }}", f"{{ {put} }}"))
    return [
        {column: term.value for column, term in zip(answer.columns, row, strict=True) if term} for row in answer.rows
    ]


# ------------------------------------------------------------------------------- by name


def _find(store: Store, kind: TargetKind, asked: str) -> Target:
    known = _named(store)
    found = _by_name(known, kind, asked)
    if not found and kind is TargetKind.HAPPENING:
        wanted = _fold(asked).split()
        found = [t for t, of in known if of == kind and all(word in _fold(t.words) for word in wanted)]
    if not found:
        names = [target.words for target, of in known if of == kind]
        raise InputError(f"No {kind} matches {asked!r}", where=_place(store), fix=_near(asked, names))
    return _only(found, asked, kind, _place(store))


def _named(store: Store) -> list[tuple[Target, str]]:
    """Read every name with its node and kind: a node's own label before its aliases."""
    return [(_thing(row), row["kind"]) for row in ask_from_file(store, "names.rq")]


def _thing(row: dict[str, str]) -> Target:
    kind = TargetKind.HAPPENING if row["kind"] == "happening" else TargetKind.SOURCE
    name = row["name"] if row["kind"] == "article" else row["node"].removeprefix(vocab.ID)
    return Target(kind, f"<{row['node']}>", row["name"], name)


def _by_name(known: list[tuple[Target, str]], kind: TargetKind, asked: str) -> list[Target]:
    """Find the nodes of this name: by id, else by label, else by alias."""
    of_kind = [target for target, of in known if of == kind]
    own: dict[str, str] = {}
    for target in of_kind:
        own.setdefault(target.address, target.words)
    address = _address(asked)
    by_id = [target for target in of_kind if target.address == address]
    by_label = [target for target in of_kind if _fold(own[target.address]) == _fold(asked)]
    by_alias = [target for target in of_kind if _fold(target.words) == _fold(asked)]
    found = by_id or by_label or by_alias
    return list({t.address: Target(kind, t.address, own[t.address], t.name) for t in found}.values())


# ------------------------------------------------------------------------------- by words


def _is_claim(asked: str) -> bool:
    return bool(re.search(r"#\w+$", asked)) or _address(asked).startswith(f"<{vocab.ID}attribution/")


def _by_words(store: Store, words: str) -> list[Target]:
    """Find the claims with these words in their content; of nested ones the inner one."""
    plain = _plain(words.strip("\"'“”‘’«» "))
    found = _claims(store, "claims-with-words.rq", '"words"', vocab.text(plain)) if plain else []
    outer = {each.outer for each in found}
    inner = [each for each in found if each.address not in outer]
    return [each for each in inner if _plain(each.words) == plain] or inner


def _claims(store: Store, query: str, mark: str, put: str) -> list[Target]:
    found = {
        row["claim"]: Target(
            TargetKind.CLAIM,
            f"<{row['claim']}>",
            row["content"],
            f"{row['article']}#{row['id']}",
            f"<{row['document']}>",
            f"<{row['outer']}>" if "outer" in row else None,
        )
        for row in ask_from_file(store, query, mark, put)
    }
    return sorted(found.values(), key=lambda claim: (claim.document, len(claim.name), claim.name))


# ------------------------------------------------------------------------------- error messages


def _only(found: list[Target], asked: str, kind: TargetKind, where: str = "") -> Target:
    if len(found) == 1:
        return found[0]
    if not found:
        fix = "Use ARTICLE#a3 or some of its words; `kg query dossier` and `kg export -f csv` list claims."
        raise InputError(f"No {kind} matches {asked!r}", where=where, fix=fix)
    lines = [f"\n    {each}" for each in found[:SHOWN]] + ["\n    …"] * (len(found) > SHOWN)
    raise InputError(f"{asked!r} matches {len(found)} {kind}s", where=where, fix=f"Choose one:{''.join(lines)}")


def _near(asked: str, names: Iterable[str]) -> str:
    """Suggest the nearest name, ignoring case; if none is near, list the first few."""
    plain = {_fold(name): name for name in sorted(names, reverse=True)}
    if close := get_close_matches(_fold(asked), plain, n=1):
        return f"Did you mean {plain[close[0]]!r}?"
    return f"Known: {', '.join(sorted(plain.values())[:SHOWN])} …" if plain else "The store has none."


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _fold(name: str) -> str:
    """Normalise case, accents and spacing of a name."""
    return _plain("".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)))


def _address(asked: str) -> str:
    """Expand an id to its IRI: a full IRI, "actor/x", or "actor:x" as in exports."""
    name = asked.removeprefix(vocab.ID)
    kind, colon, rest = name.partition(":")
    if colon and "/" not in kind:
        name = f"{kind}/{rest}"
    return f"<{vocab.ID}{quote(name, safe=_SAFE)}>"  # user input cannot end the IRI


def _place(store: Store) -> str:
    return str(store.path or "the store")
