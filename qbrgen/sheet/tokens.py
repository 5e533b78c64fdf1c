"""Rows that parted from their hidden column: a range sorted without it, cells deleted or inserted in part of a row.

The hidden column tells which row is which. Where it and what stands in the row tell of two different things, and the
thing that stands there was exported, it is that one: else the owner of one action would land on another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qbrgen.sheet.cells import Value
from qbrgen.sheet.columns import Sheet
from qbrgen.sheet.model import Kept, SheetRow

_NAMED_BY = {
    "accounts": (("account",),),
    "people": (("account", "id"),),
    "away": (("account", "id", "from"),),
    "impact": (("account", "id"), ("account", "what")),
    "plans": (("account", "id"), ("account", "action")),
    "targets": (("account", "persona", "workflow"),),
    "closed": (("account", "week"),),
}
"""What a row of a sheet is known by besides its token; the second where the first is not filled."""
_MAY_BE_EMPTY = frozenset({"workflow"})

Named = tuple[Value, ...]


def with_their_tokens(sheet: Sheet, rows: Iterable[SheetRow], kept: Mapping[str, Kept]) -> list[SheetRow]:
    """The rows, each with the token of what stands in it. kept: token → the row as exported, of this sheet."""
    every = list(rows)
    exported: dict[Named, list[str]] = {}
    for token, each in kept.items():
        if named := _named(sheet, each.values):
            exported.setdefault(named, []).append(token)
    named_here = [_named(sheet, {**row.values, **row.shown}) for row in every]
    own = {
        row.token
        for row, named in zip(every, named_here, strict=True)
        if row.token in kept and (named is None or named == _named(sheet, kept[row.token].values))
    }
    given: dict[int, str] = {}
    gone: set[str] = set()
    for number, (row, named) in enumerate(zip(every, named_here, strict=True)):
        free = [token for token in exported.get(named or (), ()) if token not in own and token not in gone]
        if row.token not in own and free:
            given[number] = max(free, key=lambda token: _alike(row, kept[token]))
            gone.add(given[number])
    left = ["" if row.token in gone else row.token for row in every]
    return [replace(row, token=given.get(number, left[number])) for number, row in enumerate(every)]


def _named(sheet: Sheet, values: Mapping[str, Value]) -> Named | None:
    """What a row is known by; None where it holds too little of it."""
    for keys in _NAMED_BY[sheet.key]:
        if all(key in values and (values[key] or key in _MAY_BE_EMPTY) for key in keys):
            return (keys[-1], *(values[key] or None for key in keys))
    return None


def _alike(row: SheetRow, kept: Kept) -> int:
    return sum(kept.values.get(key) == value for key, value in row.values.items())
