"""The `data:` of a draft's qbrgen.yml: mapped tables as a mapping that YAML holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qbrgen.draft.model import Kind, Mapped
from qbrgen.draft.survey import Surveyed

Named = Callable[[Surveyed], str]
"""A table → the `file:` that names it."""

_NEEDED = ("time", "period", "user", "account", "event", "metric", "value", "name", "title", "persona", "id", "updated")


def data_of(tables: Sequence[Mapped], named: Named, *, only_needed: bool = False) -> dict[str, Any]:
    """The `data:` of these tables. only_needed: without columns that a draft can do without (days, revenue)."""
    found: dict[str, Any] = {"events": []}
    for kind in (Kind.EVENTS, Kind.PEOPLE, Kind.ACCOUNTS, Kind.PRESENCE, Kind.VALUES):
        entries = [entry_of(mapped, named, only_needed=only_needed) for mapped in tables if mapped.kind is kind]
        if entries:
            found[kind.value] = entries
    return found


def entry_of(mapped: Mapped, named: Named, *, only_needed: bool = False) -> dict[str, Any]:
    """One entry of `data:`."""
    entry: dict[str, Any] = {"file": named(mapped.table)}
    if mapped.export:
        entry["export"] = mapped.export
    if mapped.each_row:
        entry["each_row"] = mapped.each_row
    columns = {key: name for key, name in mapped.columns.items() if not only_needed or key in _NEEDED}
    if mapped.account:
        entry["account"] = mapped.account
        columns.pop("account", None)
    if mapped.months_in_use:
        entry["months_in_use"] = True
    if mapped.persona:
        entry["persona"] = mapped.persona
    entry["columns"] = columns
    if mapped.event_columns:
        entry["event_columns"] = dict(mapped.event_columns)
    if read := read_of(mapped.table) | ({"dates": mapped.dates} if mapped.dates else {}):
        entry["read"] = read
    if mapped.names:
        names = mapped.names
        explained: dict[str, Any] = {"file": named(names.table)} | ({"export": names.export} if names.export else {})
        if read := read_of(names.table):
            explained["read"] = read
        entry["names"] = {"event": explained}
    return entry


def read_of(table: Surveyed) -> dict[str, Any]:
    """What the `read:` of a table has to say: its sheet and the line of its header, where these are not the first."""
    found: dict[str, Any] = {"sheet": table.sheet} if table.sheet else {}
    return found | ({"header": table.header.line} if table.header.line > 1 else {})


def absolute(table: Surveyed) -> str:
    """A table's file by its whole path, a pattern where it is several."""
    return table.place.resolve().as_posix()
