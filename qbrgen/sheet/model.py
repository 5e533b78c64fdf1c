"""A workbook that came back: its sheets and rows as they were read, and each row as it was exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qbrgen.errors import Finding, Location
from qbrgen.sheet.cells import Value
from qbrgen.sheet.columns import Sheet
from qbrgen.sheet.rows import Key


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it was exported."""

    sheet: str
    key: Key
    account: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it came back. token: "" for one that was added. values: of the columns that are there.

    shown: what stands in those that are only there to be read.
    """

    number: int
    token: str
    values: Mapping[str, Value]
    cells: Mapping[str, str]
    shown: Mapping[str, Value] = field(default_factory=dict)

    def at(self, column: str, sheet: str) -> Location:
        """A cell of it, as findings call it: "Plans!G7"."""
        return Location(f"{sheet}!{self.cells.get(column, f'A{self.number}')}")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as it came back. columns: those that are there."""

    sheet: Sheet
    called: str
    columns: frozenset[str]
    rows: tuple[SheetRow, ...]


@dataclass(slots=True)
class Workbook:
    """What came back.

    kept: token → the row as exported. sheets: those that are there. unlisted: accounts whose personas are not yet
    known. findings: notes and errors.
    """

    made: str = ""
    accounts: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    sheets: dict[str, ReadSheet] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
