"""Columns of a file (and some of its rows) → which known exports it may be, the best first, with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qbrgen.load.exports.model import Export, Finder, heard
from qbrgen.load.exports.registry import EXPORTS
from qbrgen.load.nearest import listed

_DEEPEST = 4  # levels of JSON in a cell


@dataclass(frozen=True, slots=True)
class Match:
    """An export that a file may be. because: the columns by which it was recognised, as the file writes them."""

    export: Export
    because: tuple[str, ...]

    @property
    def reason(self) -> str:
        """A clause for a message or a comment."""
        return f"it has the columns {listed(self.because)}"


def recognise(columns: Iterable[str], rows: Sequence[Sequence[str]] = ()) -> tuple[Match, ...]:
    """Which exports a file may be, the best first; none where nothing is known of such a file.

    columns: as the file writes them. rows: some of its rows; columns of JSON are looked into with them.
    A vendor's export goes before a shape of no vendor, and an export before another that it names (`goes_before`);
    else the one of whose columns the file has more does, and of equals the one that stands first in the registry.
    """
    every = with_paths(tuple(columns), rows)
    finder = Finder(every)
    found = [match for export in EXPORTS if (match := _match(export, finder)) is not None]
    ranked = sorted(found, key=lambda match: (match.export.general, -_known(match.export, every)))
    ordered: list[Match] = []
    while ranked:
        first = next(match for match in ranked if not _gives_way(match, ranked))
        ordered.append(first)
        ranked.remove(first)
    return tuple(ordered)


def _gives_way(match: Match, others: Iterable[Match]) -> bool:
    return any(match.export.name in other.export.goes_before for other in others)


def with_paths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns, and the dotted paths into those whose cells hold JSON objects (`properties.$groups.company`)."""
    paths: dict[str, None] = dict.fromkeys(columns)
    for index, column in enumerate(columns):
        for row in rows:
            cell = row[index].strip() if index < len(row) else ""
            if cell.startswith("{"):
                paths |= dict.fromkeys(_paths(column, cell))
    return tuple(paths)


def _paths(column: str, cell: str) -> list[str]:
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return []
    found: list[str] = []

    def walk(path: str, part: Any, depth: int) -> None:
        if isinstance(part, dict) and depth < _DEEPEST:
            for key, inner in part.items():
                walk(f"{path}.{key}", inner, depth + 1)
        elif part is not None:
            found.append(path)

    walk(column, value, 0)
    return found


def _match(export: Export, finder: Finder) -> Match | None:
    because = [finder.first(group) for group in export.needs]
    if any(column is None for column in because) or finder.first(export.lacks) is not None:
        return None
    return Match(export, tuple(dict.fromkeys(column for column in because if column is not None)))


def _known(export: Export, columns: Iterable[str]) -> int:
    """How many columns of the file are ones that the export is known to have."""
    theirs = {heard(name) for group in export.needs for name in group} | {heard(name) for name in export.knows}
    theirs |= {heard(name) for fields in export.columns.values() for names in fields.values() for name in names}
    return len({heard(column) for column in columns} & theirs)
