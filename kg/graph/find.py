"""What a person names, found in a store: a source, a happening or a claim, by its name, its id or its words."""

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

#: what stands in an address as it is
_SAFE = "/:#?&=@!$()*+,;%~._-"

#: how many of several are named to choose from
SHOWN = 8


class TargetKind(StrEnum):
    """What sort of thing was named."""

    SOURCE = "source"
    HAPPENING = "happening"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Target:
    """What was named: its ``address`` as N-Triples write it, and its ``words``: a label, or a claim's content.

    ``document`` is the address of a claim's article; ``outer`` that of the attribution which a claim is embedded in.
    """

    kind: TargetKind
    address: str
    words: str
    name: str = ""  # what a person may call it: an id, or ARTICLE#a3
    document: str | None = None
    outer: str | None = None

    @property
    def id(self) -> str:
        """The id behind the address: "actor/ada-lind"."""
        return self.address[1:-1].removeprefix(vocab.ID)

    def __str__(self) -> str:
        words = " ".join(self.words.split())
        return f'{self.name} "{words[:80]}{"…" if len(words) > 80 else ""}"'


def find_target(store: Store, asked: str) -> Target:
    """The source, happening or claim that ``asked`` names.

    A source or happening is named by its id, its label or another of its names; a claim by its address, by ARTICLE#a3 or by
    words of its content. Raises InputError, with the nearest names, where that is none or more than one.
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
    raise InputError(f"no source, happening or claim {asked!r}", where=_place(store), mend=_near(asked, names))


def find_source(store: Store, asked: str) -> Target:
    """The source of this id or name; raises InputError as `find_target` does."""
    return _find(store, TargetKind.SOURCE, asked)


def find_happening(store: Store, asked: str) -> Target:
    """The happening of this id or label, or the one whose label holds all these words; raises InputError else."""
    return _find(store, TargetKind.HAPPENING, asked)


def find_claim(store: Store, asked: str) -> Target:
    """The attribution at this address, of this ARTICLE#a3, or whose content holds these words; raises InputError else."""
    if not _is_claim(asked):
        return _only(_by_words(store, asked), asked, TargetKind.CLAIM, _place(store))
    article, _, name = asked.rpartition("#")
    if article and not asked.startswith(vocab.ID):
        told = claims_of(store, [vocab.document(article)])
        found = [each for each in told if each.name == asked]
        if not told:
            articles = [each.name for each, kind in _named(store) if kind == "article"]
            raise InputError(f"no article {article!r}", where=_place(store), mend=_near(article, articles))
        if not found:
            mend = f"It has {', '.join(each.name.rpartition('#')[2] for each in told)}."
            raise InputError(f"no claim {name!r} in {article}", where=_place(store), mend=mend)
        return found[0]
    return _only(claims_of(store, [_address(asked)]), asked, TargetKind.CLAIM, _place(store))


def claims_of(store: Store, nodes: Iterable[str]) -> list[Target]:
    """The attributions at these addresses, or in the articles at these addresses; by article and place."""
    return _claims(store, "claims.rq", "<urn:node>", " ".join(sorted(nodes)))


def ask_from_file(store: Store, name: str, mark: str = "", put: str = "") -> list[dict[str, str]]:
    """The rows of a query that lies beside this module, with ``put`` where it has ``mark``."""
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
        raise InputError(f"no {kind} {asked!r}", where=_place(store), mend=_near(asked, names))
    return _only(found, asked, kind, _place(store))


def _named(store: Store) -> list[tuple[Target, str]]:
    """Every name, what it leads to, and of which kind that is: a node's own name before its other names."""
    return [(_thing(row), row["kind"]) for row in ask_from_file(store, "names.rq")]


def _thing(row: dict[str, str]) -> Target:
    kind = TargetKind.HAPPENING if row["kind"] == "happening" else TargetKind.SOURCE
    name = row["name"] if row["kind"] == "article" else row["node"].removeprefix(vocab.ID)
    return Target(kind, f"<{row['node']}>", row["name"], name)


def _by_name(known: list[tuple[Target, str]], kind: TargetKind, asked: str) -> list[Target]:
    """What is so called, each once: by its id, else by its own name, else by another."""
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
    """The claims whose content holds these words; where one is embedded in another, the inner one."""
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


# ------------------------------------------------------------------------------- telling


def _only(found: list[Target], asked: str, kind: TargetKind, where: str = "") -> Target:
    if len(found) == 1:
        return found[0]
    if not found:
        mend = "Name it as ARTICLE#a3 or by words of it; `kg query dossier` and `kg export -f csv` show claims."
        raise InputError(f"no {kind} {asked!r}", where=where, mend=mend)
    lines = [f"\n    {each}" for each in found[:SHOWN]] + ["\n    …"] * (len(found) > SHOWN)
    raise InputError(f"{len(found)} {kind}s are meant by {asked!r}", where=where, mend=f"Name one:{''.join(lines)}")


def _near(asked: str, names: Iterable[str]) -> str:
    """The nearest name, whatever the case; where none is near, the first few."""
    plain = {_fold(name): name for name in sorted(names, reverse=True)}
    if close := get_close_matches(_fold(asked), plain, n=1):
        return f"Did you mean {plain[close[0]]!r}?"
    return f"Known: {', '.join(sorted(plain.values())[:SHOWN])} …" if plain else "The store holds none."


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _fold(name: str) -> str:
    """A name without its case, accents and spacing, as a person may type it."""
    return _plain("".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)))


def _address(asked: str) -> str:
    """What was asked for as an address, were it one: in full, as "actor/x", or as exports write it, "actor:x"."""
    name = asked.removeprefix(vocab.ID)
    kind, colon, rest = name.partition(":")
    if colon and "/" not in kind:
        name = f"{kind}/{rest}"
    return f"<{vocab.ID}{quote(name, safe=_SAFE)}>"  # what a person typed cannot end it


def _place(store: Store) -> str:
    return str(store.path or "the store")
