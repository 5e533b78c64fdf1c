"""Files of events that are there twice: "export.csv" and "export (1).csv", or one file in two entries."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from qbrgen.errors import Finding, Level, Location
from qbrgen.measure.sources import File


def copies(files: Iterable[File]) -> Iterator[Finding]:
    """A warning for each file that holds the same bytes as another, read in the same way and without ids of rows."""
    alike: dict[tuple[object, ...], list[File]] = defaultdict(list)
    for file in files:
        table = file.table
        if "id" not in table.columns:
            read = (sorted(table.columns.items()), sorted(table.event_columns.items()), table.of_account)
            alike[_size(file.path), repr(read)].append(file)
    for group in alike.values():
        first: dict[str, File] = {}
        for file in group if len(group) > 1 else ():
            other = first.setdefault(_content(file.path), file)
            if other is not file:
                yield _told(file, other)


def _told(file: File, other: File) -> Finding:
    again = "is read by two entries" if file.path == other.path else f"holds the same as {other.name}, to the last byte"
    fix = "Take one of the two away; or map `id:`, so that a row that comes twice counts once."
    return Finding(Level.WARNING, "file-twice", f"{file.name} {again}: its rows count twice.", fix, Location(file.name))


def _size(path: Path) -> int:
    """The size of a file, so that only files of one size are read; -1 inside an archive, where only the path counts."""
    return path.stat().st_size if path.is_file() else -1


def _content(path: Path) -> str:
    if not path.is_file():
        return str(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
