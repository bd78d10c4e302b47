"""States, what names them, and the bodies that speak and act for them ("Ukraine's air force" -> "Ukrainian Air Force").

Tables: countries, state_bodies, metonyms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.extract.actors.names import without_determiner
from kg.extract.lexicon import Lexicon
from kg.model import ActorKind


@dataclass(frozen=True, slots=True)
class State:
    """A state: its short name, that name in running text, and the adjective of what is its own."""

    name: str
    full: str
    adjective: str

    @property
    def government(self) -> str:
        """The label of the state as a speaker or actor."""
        return f"Government of {self.full}"


@dataclass(frozen=True, slots=True)
class Metonym:
    """Who is meant by the name of a place or building."""

    label: str
    kind: ActorKind
    state: State | None


def state_named(words: str, lexicon: Lexicon) -> State | None:
    """The state of this name ("Ukraine", "the UK")."""
    return _tables(lexicon)[0].get(without_determiner(words, lexicon))


def state_of_adjective(words: str, lexicon: Lexicon) -> State | None:
    """The state of this adjective ("Ukrainian")."""
    return _tables(lexicon)[1].get(words)


def state_of_capital(words: str, lexicon: Lexicon) -> State | None:
    """The state whose government this city's name stands for."""
    return _tables(lexicon)[2].get(words)


def state_meant(words: str, lexicon: Lexicon) -> State | None:
    """The state that a name, adjective or capital calls to mind."""
    return state_named(words, lexicon) or state_of_adjective(words, lexicon) or state_of_capital(words, lexicon)


def metonym_of(words: str, lexicon: Lexicon) -> Metonym | None:
    """Who is meant by "the Kremlin" or another name of metonyms.tsv."""
    return _metonyms(lexicon).get(without_determiner(words, lexicon).lower())


def state_body(words: str, lexicon: Lexicon) -> str | None:
    """The label's pattern of a state's body ("air force"), with {adjective} or {country} in it."""
    return _bodies(lexicon).get(words.lower())


def body_heads(lexicon: Lexicon) -> frozenset[str]:
    """The last words of the names of bodies, to look for them cheaply."""
    return _heads(lexicon)


def body_label(pattern: str, state: State) -> str:
    """A body's label: the pattern filled for a state."""
    return pattern.replace("{adjective}", state.adjective).replace("{country}", state.full)


@cache
def _tables(lexicon: Lexicon) -> tuple[dict[str, State], dict[str, State], dict[str, State]]:
    names: dict[str, State] = {}
    adjectives: dict[str, State] = {}
    capitals: dict[str, State] = {}
    for row in lexicon.rows("countries"):
        words = [word for word in row["adjective"].split("|") if word]
        full = f"{row['article']} {row['name']}".strip()
        state = State(row["name"], full, words[0] if words else row["name"])
        for word in (row["name"], *filter(None, row["alias"].split("|"))):
            names[word] = state
        adjectives.update(dict.fromkeys(words, state))
        capitals.update(dict.fromkeys(filter(None, row["capital"].split("|")), state))
    return names, adjectives, capitals


@cache
def _bodies(lexicon: Lexicon) -> dict[str, str]:
    return {row["words"]: row["label"] for row in lexicon.rows("state_bodies")}


@cache
def _heads(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(words.split()[-1] for words in _bodies(lexicon))


@cache
def _metonyms(lexicon: Lexicon) -> dict[str, Metonym]:
    return {
        row["words"]: Metonym(row["label"], ActorKind(row["kind"]), state_named(row["country"], lexicon))
        for row in lexicon.rows("metonyms")
    }
