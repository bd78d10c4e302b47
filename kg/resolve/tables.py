"""Tables that a user, or we, keep beside the program: tab-separated, a head of ``#`` lines, a line of column names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import LexiconError


def read_rows(path: Path | None, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    """The rows under these columns, each with its file and line; missing cells at a row's end are empty. None has none.

    Raises LexiconError where the file is not there, its columns are others, or a row has a cell too many.
    """
    if path is None:
        return
    if not path.is_file():
        raise LexiconError("no such file", where=str(path), mend="Mend its name under [resolve] in kg.toml.")
    head_read = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells, where = line.split("\t"), f"{path}:{number}"
        if not head_read:
            if tuple(cells) != columns:
                raise LexiconError(
                    f"its columns are {cells}", where=where, mend=f"Use: {', '.join(columns)}; tabs between them."
                )
            head_read = True
            continue
        if len(cells) > len(columns):
            raise LexiconError(f"{len(cells)} cells, not {len(columns)}", where=where, mend="A tab too many.")
        cells += [""] * (len(columns) - len(cells))
        yield dict(zip(columns, cells, strict=True)), where
