"""Events that lie in a database: counted there, by the same expressions. Only groups of rows come back.

Nothing is written there, not even a temporary table, but for two cases: where a table of events has no column for the
account, the people and their accounts are sent as a temporary table; and so are the ids of a workspace whose ids are
those of Salesforce, with their short forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow

from qbrgen.define.model.settings import Settings
from qbrgen.define.model.sources import EachRow, Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.connections import Connection, connect
from qbrgen.load.databases import DatabaseError
from qbrgen.load.tables import TableData, missing_columns
from qbrgen.measure import expression
from qbrgen.measure.here import KINDS, fields_of, people_without_account
from qbrgen.measure.local_time import to_local
from qbrgen.measure.only import pattern_of
from qbrgen.measure.spans import TIME_FIX
from qbrgen.measure.typed_rows import UnsuitableColumnError, typed_rows


@ibis.udf.scalar.builtin(name="convert_to")  # type: ignore[untyped-decorator]
def _convert_to(text: str, encoding: str) -> bytes:  # type: ignore[empty-body]
    """PostgreSQL's bytes of a text, which have one order in every language."""


@dataclass(frozen=True, slots=True)
class RemoteTable:
    """A table of a database, as a `File` is of a file. name: with that of its database."""

    name: str
    table: Table


@dataclass(frozen=True, slots=True)
class Held:
    """What one table holds, as a `Span` tells of a file."""

    file: RemoteTable
    rows: int
    readable: int
    first: datetime | None
    last: datetime | None
    instants: tuple[datetime, ...]


@dataclass(slots=True)
class Remote:
    """One database of the workspace, open. files, spans: its tables, and what each holds, by "events" and "presence".

    names: event name → rows, whatever becomes of them. Every method raises InputError where the database fails.
    """

    connection: Connection
    tables: dict[str, tuple[Table, ...]]
    files: dict[str, list[RemoteTable]] = field(default_factory=dict)
    spans: dict[str, list[Held]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    _each: dict[str, list[ibis.Table]] = field(default_factory=dict)
    _rows: dict[str, ibis.Table] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.connection.database.name

    def table(self, name: str) -> ibis.Table:
        """The rows of all its tables of events, or of presence."""
        return self._rows[name]

    def run(self, _name: str, wanted: ibis.Table) -> ibis.Table:
        """The expression as it is: nothing is kept in somebody's database."""
        return wanted

    def arrow(self, wanted: ibis.Table) -> pyarrow.Table:
        """Run an expression in the database and fetch its result, in no order."""
        with self._as_input():
            return self.connection.arrow(wanted)

    def frame(self, wanted: ibis.Table, *order: str) -> pd.DataFrame:
        """The same as a frame, in the order of some columns: texts by their characters, not by a language."""
        found: pd.DataFrame = self.arrow(wanted).to_pandas()
        return found.sort_values(list(order), kind="stable", ignore_index=True) if order else found

    def bytewise(self, text: Any) -> Any:
        """By what a text is ordered as everywhere: PostgreSQL's own order is that of a language."""
        return _convert_to(text, "UTF8") if self.connection.kind == "postgresql" else text

    def open(self, definitions: Definitions, kinds: Iterable[str] = KINDS, *, numbered: bool = False) -> list[Finding]:
        """Settle the rows of its tables; what is wrong with their columns."""
        findings: list[Finding] = []
        for kind in kinds:
            self.files[kind], self._each[kind] = [], []
            fields = fields_of(self.tables[kind], kind, numbered=numbered)
            for number, table in enumerate(self.tables[kind]):
                try:
                    rows, problems = self._opened(table, kind, fields, number, definitions)
                except DatabaseError as error:
                    problems = [error.finding(table.where)]
                findings += problems
                if not problems:
                    self.files[kind].append(RemoteTable(table.called(definitions.settings.root), table))
                    self._each[kind].append(rows)
            if self._each[kind]:
                self._rows[kind] = ibis.union(*self._each[kind], distinct=False)
        return findings

    def _opened(
        self, table: Table, kind: str, fields: Sequence[str], number: int, definitions: Definitions
    ) -> tuple[ibis.Table, list[Finding]]:
        root = definitions.settings.root
        found = self.connection.table(table.name)
        problems = _problems(table, found, kind, root)
        if problems:
            return found, problems
        try:
            rows = typed_rows(found, table, fields, number, self.connection.kind)
        except UnsuitableColumnError as wrong:
            return found, [_unsuitable(table, wrong, root)]
        if table.only:
            rows = rows.filter(rows.event.lower().re_search(pattern_of(table.only)))
        if forms := definitions.settings.sources.other_forms:
            rows = _in_full(rows, forms)
        if "account" not in table.columns and not table.of_account:
            rows = _with_accounts(rows, people_without_account(definitions, [table]))
        return rows, []

    def look(self, zone: tzinfo, kinds: Iterable[str] = KINDS) -> list[Finding]:
        """Read what each table holds; a finding for each without a readable time."""
        findings = []
        for kind in kinds:
            self.spans[kind] = []
            for file, rows in zip(self.files[kind], self._each[kind], strict=True):
                by = "event" if kind == "events" else None
                found = self.frame(expression.bounds(rows, by))
                for event, number in zip(found["event"], found["rows"], strict=True) if by else ():
                    if isinstance(event, str):
                        self.names[event] = self.names.get(event, 0) + int(number)
                held = _held(file, found, zone)
                self.spans[kind].append(held)
                if held.rows and not held.readable:
                    what = f"None of the {held.rows:,} times in the column '{file.table.columns['time']}' can be read."
                    findings.append(Finding(Level.ERROR, "time-not-readable", what, TIME_FIX, file.table.where))
        return findings

    @contextmanager
    def _as_input(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            of = next(iter([*self.tables["events"], *self.tables["presence"]]))
            raise InputError([error.finding(of.where)]) from None


@contextmanager
def databases_of(settings: Settings) -> Iterator[list[Remote]]:
    """Every database that holds events or presence, connected; closed afterwards. Raises InputError."""
    sources = settings.sources
    tables = [table for table in (*sources.events, *sources.presence) if table.database]
    with ExitStack() as stack:
        remotes = []
        findings = []
        for url in dict.fromkeys(table.database.url for table in tables if table.database):
            first = next(table for table in tables if table.database and table.database.url == url)
            assert first.database
            try:
                connection = connect(first.database)
            except DatabaseError as error:
                findings.append(error.finding(first.where))
                continue
            stack.callback(connection.close)
            of = {
                kind: tuple(each for each in every if each.database and each.database.url == url)
                for kind, every in (("events", sources.events), ("presence", sources.presence))
            }
            remotes.append(Remote(connection, of))
        if findings:
            raise InputError(findings)
        yield remotes


# ---- parts ----------------------------------------------------------------------------------------------------------


def _problems(table: Table, found: ibis.Table, kind: str, root: Path) -> list[Finding]:
    header = TableData(table.called(root), tuple(found.columns))
    mapped = {name: column for name, column in table.columns.items() if name != "number"}
    findings = missing_columns(header, mapped, dict.fromkeys(mapped, table.where))
    for name in ("time", "user", "event") if kind == "events" else ("time", "user"):
        if name not in mapped:
            what = f"Nothing says which column of {header.name} holds the {name}."
            fix = f"Add {name}: <column> to its columns."
            findings.append(Finding(Level.ERROR, "column-not-mapped", what, fix, table.where))
    for key, written, view in (
        ("event_columns", table.event_columns, "that has an event name in each row"),
        ("names", table.names, "that has an event name in each row"),
        ("same_rows", table.same_rows_once, "without the rows that stand twice"),
    ):
        if written:
            what = f"`{key}:` is for files; {header.name} is a table of a database."
            fix = f"Make a view there {view}, and name the view."
            findings.append(Finding(Level.ERROR, "not-for-tables", what, fix, table.where))
    return findings


def _unsuitable(table: Table, wrong: UnsuitableColumnError, root: Path) -> Finding:
    what = f"the column '{wrong.column}' of {table.called(root)} is {wrong.kind}, no {wrong.field} that can be read."
    fix = "Make a view there that casts it (times to a timestamp without time zone), and name the view."
    return Finding(Level.ERROR, "column-type", what, fix, table.where)


def _with_accounts(rows: ibis.Table, people: Sequence[tuple[str, str]]) -> ibis.Table:
    """Rows with the account of their person; people are sent as a temporary table."""
    frame = pd.DataFrame(list(people) or [("", "")], columns=["of_user", "of_account"], dtype="object")
    known = ibis.memtable(frame, schema={"of_user": "string", "of_account": "string"})
    found = rows.left_join(known, rows.user == known.of_user)
    return found.mutate(account=found.of_account).select(*rows.columns)


def _in_full(rows: ibis.Table, forms: Mapping[str, str]) -> ibis.Table:
    """Rows with ids of Salesforce of 15 characters as those of 18 that the workspace knows."""
    frame = pd.DataFrame(list(forms.items()), columns=["short", "full"], dtype="object")
    for name in ("account", "user"):
        known = ibis.memtable(frame, schema={"short": "string", "full": "string"})
        found = rows.left_join(known, rows[name] == known.short)
        rows = found.mutate(**{name: ibis.coalesce(found.full, found[name])}).select(*rows.columns)
    return rows


def _held(file: RemoteTable, found: pd.DataFrame, zone: tzinfo) -> Held:
    """What a table holds, by the bounds of several groups of its rows."""

    def moments(*names: str) -> list[datetime]:
        each = [found[names[0]].min(), found[names[1]].max()]
        return [moment.to_pydatetime() for moment in each if pd.notna(moment)]

    walls, instants = moments("first_wall", "last_wall"), moments("first_instant", "last_instant")
    local = [*walls, *(to_local(zone, instant) for instant in instants)]
    first, last = min(local, default=None), max(local, default=None)
    each_row = file.table.each_row
    if last is not None and each_row in (EachRow.WEEK, EachRow.MONTH):
        last = datetime.combine(last.date() + timedelta(days=each_row.days - 1), time())
    return Held(file, int(found["rows"].sum()), int(found["readable"].sum()), first, last, tuple(instants))
