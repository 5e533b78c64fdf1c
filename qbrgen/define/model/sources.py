"""Where a workspace's data come from: its tables, which column is what, and what a row stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from qbrgen.errors import Location
from qbrgen.load.databases import Database
from qbrgen.load.reading import AS_SEEN, Reading


class EachRow(StrEnum):
    """What one row of a table of events or presence stands for."""

    EVENT = "event"
    DAY = "day"  # what happened on the day of its time
    WEEK = "week"  # what happened in the seven days from its time on
    MONTH = "month"  # what happened in the month of its time

    @property
    def days(self) -> int:
        """How many days it is; of a month the fewest."""
        return {EachRow.WEEK: 7, EachRow.MONTH: 28}.get(self, 1)


class SameRows(StrEnum):
    """What rows without an id that stand in several files count for."""

    EACH = "each"  # every one of them
    ONCE = "once"  # as often as in the file that has most of them


@dataclass(frozen=True, slots=True)
class Table:
    """One data file, or one table of a database, and which of its columns is what.

    database, name: of a table in a database, which has no path of a file.
    path: of a file in a .zip, that of the archive with the name within it ("exports.zip/events.csv").
    columns: our field → the file's column, or a dotted path into the JSON that a column holds. events: time, user,
    account, event, value, id. people: user, account, name, last_name, title, persona, from, to, updated. accounts:
    account, name, owner, segment, arr, currency, renewal, playbook, updated. presence: time, user, account. values:
    account, metric, period or time, value, numerator, denominator. names: id, name, updated.
    event_columns: of a wide table, event name (of values: metric) → the column that holds its number.
    export: the known export that it is, "" where nobody said. of_account: the account of every row, "" where a column
    tells. names: our field (event, user, account) → the table that says as what its ids are read. only: of presence,
    the names of events that are (* for anything); none where every row is. same_rows_once: as SameRows.ONCE.
    months_in_use: of values, whether each number is read as whether there is any.
    period_columns: of values, the columns whose names are times. of_metric: the metric of every row, "" for a column's.
    persona: of people, the id of the persona of whom nothing else puts into one.
    """

    path: Path
    columns: Mapping[str, str]
    where: Location
    each_row: EachRow = EachRow.EVENT
    reading: Reading = AS_SEEN
    event_columns: Mapping[str, str] = field(default_factory=dict)
    database: Database | None = None
    name: str = ""
    export: str = ""
    of_account: str = ""
    names: Mapping[str, Table] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    same_rows_once: bool = False
    persona: str = ""
    months_in_use: bool = False
    period_columns: tuple[str, ...] = ()
    of_metric: str = ""

    def called(self, root: Path) -> str:
        """How messages and receipts call it: the file as it lies in the workspace `root`, or database and table."""
        if self.database:
            return f"{self.database.name}: {self.name}"
        return (self.path.relative_to(root) if self.path.is_relative_to(root) else self.path).as_posix()


@dataclass(frozen=True, slots=True)
class Sources:
    """Every data source of a workspace, by what it holds.

    other_forms: how else an id of the workspace may be written in them → the id (of Salesforce, 15 characters → 18).
    """

    events: tuple[Table, ...] = ()
    people: tuple[Table, ...] = ()
    accounts: tuple[Table, ...] = ()
    presence: tuple[Table, ...] = ()
    values: tuple[Table, ...] = ()
    other_forms: Mapping[str, str] = field(default_factory=dict)
