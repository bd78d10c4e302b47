"""What an extractor is: a pure function from a `ParsedArticle` to findings, under a name.

    @extractor("polls")
    def polls(reading: ParsedArticle) -> Iterator[Attribution]:
        ...

An extractor yields Mention, Attribution, EventMention or Issue values. It may leave open what the stage settles after
all have looked (ids, claimants, what is embedded in what, who reports an event): see `kg.model`. It is found by the entry
point group ``kg.extractors``; a user's own package adds one there, and kg.toml names it under ``[extract] use``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from kg.errors import ConfigError, nearest
from kg.extract.document.parsed_article import Finding, ParsedArticle

GROUP = "kg.extractors"
#: the setting that errors name
SETTING = "[extract] use"

Look = Callable[[ParsedArticle], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Component:
    """An extractor under its name, with the names of those that must have looked before it."""

    name: str
    look: Look
    needs: tuple[str, ...] = ()

    def __call__(self, parsed: ParsedArticle) -> Iterator[Finding]:
        """What it finds in a reading."""
        yield from self.look(parsed)


def extractor(name: str, *, needs: Iterable[str] = ()) -> Callable[[Look], Component]:
    """Make a function an extractor: ``@extractor("polls", needs=("mentions",))``."""

    def mark(look: Look) -> Component:
        return Component(name, look, tuple(needs))

    return mark


def choose(names: Iterable[str], shipped: Iterable[Component] = (), folder: Path = Path()) -> tuple[Component, ...]:
    """Return the extractors of these names, in this order.

    A name is that of a ``shipped`` extractor, of an entry point of the group ``kg.extractors``, or "./polls.py:polls":
    a file relative to ``folder`` and the function in it. Raises ConfigError for a name that none of these has, and where
    an extractor needs another one that is not before it.
    """
    known: dict[str, Component | EntryPoint] = {point.name: point for point in entry_points(group=GROUP)}
    known |= {component.name: component for component in shipped}
    chosen: list[Component] = []
    for name in names:
        component = _from_file(name, folder) if ".py:" in name else _from_name(name, known)
        before = {each.name for each in chosen}
        for need in component.needs:
            if need not in before:
                raise ConfigError(
                    f"{name!r} needs {need!r} before it", where=SETTING, fix=f"Move {need!r} further up the list."
                )
        chosen.append(component)
    return tuple(chosen)


def _from_name(name: str, known: Mapping[str, Component | EntryPoint]) -> Component:
    if name not in known:
        raise ConfigError(f"no extractor {name!r}", where=SETTING, fix=nearest(name, known))
    found = known[name]
    return found if isinstance(found, Component) else _checked(found.load(), found.value)


def _from_file(name: str, folder: Path) -> Component:
    """The extractor of "./polls.py:polls"; the file runs as Python code, so it must be the user's own."""
    file, _, function = name.rpartition(":")
    path = folder / file
    if not path.is_file():
        raise ConfigError("no such file", where=str(path), fix="Correct the path; it is relative to kg.toml.")
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    if not hasattr(module, function):
        raise ConfigError(f"no function {function!r}", where=str(path), fix=nearest(function, vars(module)))
    return _checked(getattr(module, function), name)


def _checked(found: object, where: str) -> Component:
    if not isinstance(found, Component):
        raise ConfigError(f"{where} is not an extractor", where=SETTING, fix="Put @extractor(...) on the function.")
    return found
