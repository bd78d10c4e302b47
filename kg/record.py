"""Convert an `Extraction` to and from one line of JSON: the output of ``kg extract``, the store's cache and the gold format.

Enums are written as their values, spans as ``[start, end]``, and no key is left out. Reading checks every field and names
the wrong one; unknown keys are ignored, so that a record may have more fields than this version knows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.errors import InputError
from kg.model import Article, CharSpan, Extraction

T = TypeVar("T")

#: the fields of the article are at the top level of the record, next to the findings
_ARTICLE = tuple(f.name for f in fields(Article) if f.name != "issues")


def to_record(extraction: Extraction) -> dict[str, Any]:
    """Convert an extraction to JSON values with a fixed order of keys."""
    article: dict[str, Any] = _plain(extraction.article)
    found: dict[str, Any] = _plain(extraction)
    del found["article"]
    head = {name: article[name] for name in _ARTICLE}
    return head | {"sha256": extraction.article.sha256} | found


def to_line(extraction: Extraction) -> str:
    """Write the record as one line of JSON, without a line end."""
    return json.dumps(to_record(extraction), ensure_ascii=False, separators=(",", ":"))


def from_record(record: Mapping[str, Any]) -> Extraction:
    """Convert a record to an extraction.

    Raises InputError, with the field, for an invalid value. A record has the issues of ingest and extraction in one list;
    they become issues of the extraction.
    """
    article = _value(Article, {name: record[name] for name in _ARTICLE if name in record}, "article")
    extraction: Extraction = _value(Extraction, {**record, "article": article}, "record")
    return extraction


def from_line(line: str, where: str = "") -> Extraction:
    """Read an extraction from one line of JSON; raises InputError with ``where``."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(f"not JSON: {error}", where=where, fix="A record is one JSON object on one line.") from error
    if not isinstance(record, dict):
        raise InputError("not a JSON object", where=where, fix="A record is one JSON object on one line.")
    return from_record(record)


def _plain(value: Any) -> Any:
    if isinstance(value, CharSpan):
        return [value.start, value.end]
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None and NoneType in get_args(kind):
            return None
        options = [each for each in get_args(kind) if each is not NoneType]
        return value if len(options) > 1 else _value(options[0], value, where)
    if origin is tuple:
        return _tuple(get_args(kind), value, where)
    if isinstance(value, kind):
        return value
    try:
        if kind is CharSpan:
            return CharSpan(*value)
        if issubclass(kind, Enum):
            return kind(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"{where}: {error}", fix="See docs/record.md for the format of a record.") from error
    if is_dataclass(kind) and isinstance(value, Mapping):
        return _dataclass(kind, value, where)  # type: ignore[arg-type] # a class, as the annotation it is
    if kind is float and isinstance(value, int):
        return float(value)
    raise InputError(f"{where}: {value!r} is not {kind.__name__}", fix="See docs/record.md for the format of a record.")


def _tuple(args: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise InputError(f"{where}: {value!r} is not a list", fix="See docs/record.md for the format of a record.")
    kinds = [args[0]] * len(value) if len(args) == 2 and args[1] is Ellipsis else list(args)
    return tuple(_value(kind, each, f"{where}[{i}]") for i, (kind, each) in enumerate(zip(kinds, value, strict=True)))


def _dataclass(kind: type[T], value: Mapping[str, Any], where: str) -> T:
    hints = _hints(kind)  # type: ignore[arg-type] # a type is hashable, whatever it is of
    given = {}
    for f in fields(kind):  # type: ignore[arg-type]
        if f.name in value:
            given[f.name] = _value(hints[f.name], value[f.name], f"{where}.{f.name}")
        elif f.default is MISSING and f.default_factory is MISSING:
            raise InputError(f"{where}: {f.name!r} is missing", fix="See docs/record.md for the format of a record.")
    return kind(**given)
