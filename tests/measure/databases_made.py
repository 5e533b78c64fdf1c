"""Rows by chance as the typed columns of a database have them, and the same rows as CSV for the plain loops."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from workspaces_made import COLUMNS, HERE, Cells, definitions, made, write

from qbrgen.define.model.sources import Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.load.databases import Database

# table → how its time and its value are typed
TYPES = {
    "tracks": ("instant", "double"),
    "visits": ("wall", "decimal"),
    "days": ("day", "whole"),
    "notes": ("text", "text"),
}
NAMES = ["moment", "user_id", "account_id", "event", "qty", "id"]
FIELDS = dict(zip(COLUMNS, NAMES, strict=True))
_NUMBERS: dict[str, list[str]] = {
    "double": ["", "", "1", "3", "0.1", "2.5", "0", "-4", "12.25", "0.0000004"],
    "decimal": ["", "", "1", "0.1", "2.5", "0", "-4", "12.3456785"],
    "whole": ["", "", "1", "3", "0", "-4"],
}


@dataclass(frozen=True)
class Rows:
    """The rows of every table, typed; the same as cells of text; and what they are to be measured with."""

    typed: dict[str, list[tuple[Any, ...]]]
    cells: dict[str, list[Cells]]
    people: dict[str, list[str]]
    zone: str
    as_of: date | None
    data_start: date | None

    def written(self, folder: Path) -> list[Path]:
        """CSV files of the rows, one a table."""
        return [write(folder / f"part-{name}.csv", cells) for name, cells in self.cells.items()]

    def definitions(self, root: Path, tables: Sequence[Table]) -> Definitions:
        return definitions(root, tables, self.people, self.zone, self.as_of, self.data_start)


def rows_of(seed: int) -> Rows:
    """Rows with every trouble that typed columns leave: nulls, copies, times about a Monday or a change of clocks."""
    workspace = made(seed)
    chance = random.Random(f"types {seed}")
    typed: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TYPES}
    cells: dict[str, list[Cells]] = {name: [] for name in TYPES}
    first = workspace.data_start or (workspace.as_of - timedelta(days=20) if workspace.as_of else date(2026, 3, 20))
    for given in workspace.rows:
        name = chance.choice(list(TYPES))
        kind, number = TYPES[name]
        row = {**given}
        if kind != "text" or "/" in row["sent at"]:  # a day first is for files: a database has ISO texts
            row["sent at"] = _time(chance, kind, first, workspace.zone)
        if number != "text":
            row["qty"] = chance.choice(_NUMBERS[number])
        cells[name].append(row)
        typed[name].append(
            (
                _moment(row["sent at"], kind),
                *(row.get(COLUMNS[field]) or None for field in ("user", "account", "event")),
                _number(row.get("qty", ""), number),
                row.get("id") or None,
            )
        )
    return Rows(typed, cells, workspace.people, workspace.zone, workspace.as_of, workspace.data_start)


def tables_of(database: Database, names: Sequence[str] = tuple(TYPES)) -> list[Table]:
    """The tables as the settings name them."""
    return [Table(Path(name), FIELDS, HERE, database=database, name=name) for name in names]


def with_ids(table: Table, mapped: bool) -> Table:
    columns = {key: column for key, column in FIELDS.items() if mapped or key != "id"}
    return replace(table, columns=columns)


def _time(chance: random.Random, kind: str, first: date, zone: str) -> str:
    if chance.random() < 0.1:
        return ""
    day = first + timedelta(days=chance.randrange(40))
    if kind == "day":
        return day.isoformat()
    monday = day - timedelta(days=day.weekday())
    at = datetime.combine(chance.choice([day, monday]), datetime.min.time())
    at += timedelta(
        seconds=chance.choice([-1, 0, 1, 3600, chance.randrange(86400)]), microseconds=chance.choice([0, 7])
    )
    if kind == "wall":
        return at.isoformat(sep=" ")
    return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).isoformat()


def _moment(text: str, kind: str) -> Any:
    if kind == "text":
        return text
    if not text:
        return None
    return date.fromisoformat(text) if kind == "day" else datetime.fromisoformat(text)


def _number(text: str, kind: str) -> Any:
    if kind == "text" or not text:
        return text or None
    return {"double": float, "decimal": Decimal, "whole": int}[kind](text)
