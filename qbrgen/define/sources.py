"""The `data:` of qbrgen.yml: which files there are, and which of their columns is what.

Every file's header is checked here, of the events too; people, accounts and ready-made values are small and read
whole. Rows of events are `measure`'s.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from qbrgen.define.databases import Databases
from qbrgen.define.model import EachRow, Sources, Table
from qbrgen.define.settings_schema import DataWritten, EventsFile, FileWritten, RowsWritten
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import day_fix, is_nothing, parse_day, parse_number
from qbrgen.load.databases import Database
from qbrgen.load.nearest import instead_of
from qbrgen.load.report import capped
from qbrgen.load.tables import TableData, missing_columns, read_columns, read_table
from qbrgen.load.yaml_files import YamlFile

Loaded = list[tuple[Table, TableData]]

_REQUIRED = {
    "events": ("time", "user", "event"),
    "people": ("user", "account"),
    "accounts": ("account",),
    "presence": ("time", "user"),
    "values": ("account", "metric"),
}
_HEADER_ONLY = frozenset({"events", "presence"})


@dataclass(slots=True)
class Data:
    """The data files of a workspace. people, accounts, values: with their rows. findings: what is wrong with them."""

    sources: Sources = field(default_factory=Sources)
    people: Loaded = field(default_factory=list)
    accounts: Loaded = field(default_factory=list)
    values: Loaded = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_sources(
    written: DataWritten | None, file: YamlFile, root: Path, databases: Mapping[str, str] | None = None
) -> Data:
    """Find every data file and table, check its columns, and read the small ones. databases: name → URL."""
    data = Data()
    places = Databases(databases or {}, file, root)
    places.check()
    try:
        _read(data, written, file, root, places)
    finally:
        places.close()
    data.findings += places.findings
    return data


def _read(data: Data, written: DataWritten | None, file: YamlFile, root: Path, databases: Databases) -> None:
    if written is None or (not written.events and not file.has("data", "events")):
        what = "the settings name no data of events."
        fix = "Add `data:` with `events:`, each with `file:` and `columns:` (time, user, account, event)."
        data.findings.append(Finding(Level.ERROR, "no-events", what, fix, file.at("data")))
        if written is None:
            return
    tables: dict[str, Loaded] = {}
    for kind in _REQUIRED:
        tables[kind] = []
        for index, each in enumerate(getattr(written, kind)):
            key = "table" if each.database else "file"
            place = ("data", kind, index) if file.has("data", kind, index, key) else ("data", kind)
            if each.database:
                found = databases.table(each, file.at(*place, "table"), header_only=kind in _HEADER_ONLY)
                if found:
                    tables[kind].append(_table(kind, Path(each.table), each, file, place, root, data.findings, found))
                continue
            for path in _paths(each.file, root):
                table, content = _table(kind, path, each, file, place, root, data.findings)
                tables[kind].append((table, content))
    data.people, data.accounts, data.values = tables["people"], tables["accounts"], tables["values"]
    data.findings += _joined(tables)
    data.findings += [finding for table, content in data.values for finding in _check_values(table, content)]
    data.sources = Sources(**{kind: tuple(table for table, _ in found) for kind, found in tables.items()})


def _paths(pattern: str, root: Path) -> list[Path]:
    path = root / pattern
    if not any(sign in pattern for sign in "*?["):
        return [path]
    found = [Path(each) for each in sorted(glob.glob(str(path)))]  # noqa: PTH207  the pattern may be absolute
    return found or [path]


def name_of(path: Path, root: Path) -> str:
    """How findings call a file: from the workspace, with forward slashes."""
    try:
        return Path(os.path.relpath(path, root)).as_posix() if path.is_relative_to(root) else str(path)
    except ValueError:
        return str(path)


def _table(
    kind: str,
    path: Path,
    written: FileWritten,
    file: YamlFile,
    place: tuple[str | int, ...],
    root: Path,
    findings: list[Finding],
    of: tuple[Database, TableData] | None = None,
) -> tuple[Table, TableData]:
    """A file, or the table of a database (`of`, with its content)."""
    if of:
        database, content = of
        name, where = content.name, file.at(*place, "table")
    else:
        name, where = name_of(path, root), file.at(*place, "file")
        content = read_columns(path, name) if kind in _HEADER_ONLY else read_table(path, name)
    given = {key: column for key, column in written.columns.model_dump(by_alias=True).items() if column}
    for finding in content.findings:
        at_file = finding.code in ("file-missing", "file-kind")
        place_of = where if at_file or of else finding.where
        what = f"{name}: {finding.what}" if at_file else finding.what
        findings.append(Finding(finding.level, finding.code, what, finding.fix, place_of))
    keys = [info.alias or key for key, info in type(written.columns).model_fields.items()]
    columns = given | {key: key for key in keys if key not in given and key in content.columns}
    if content.columns:
        findings += missing_columns(content, given, {key: file.at(*place, "columns", key) for key in given})
        findings += _unmapped(kind, columns, content, file.at(*place, "columns"))
    columns = {key: column for key, column in columns.items() if column in content.columns}
    each_row = (isinstance(written, RowsWritten) and written.each_row) or EachRow.EVENT
    event_columns = written.event_columns if isinstance(written, EventsFile) else {}
    table = Table(path, columns, where, each_row, written.read.reading(), event_columns)
    return (replace(table, database=database, name=written.table) if of else table), content


def _unmapped(kind: str, columns: Mapping[str, str], content: TableData, where: Location) -> list[Finding]:
    """Fields that must be mapped and are not."""
    wanted = [name for name in _REQUIRED[kind] if name not in columns]
    if kind == "values":
        if not {"period", "time"} & set(columns):
            wanted.append("time")
        if "value" not in columns and not {"numerator", "denominator"} <= set(columns):
            wanted.append("value")
    return [
        Finding(
            Level.ERROR,
            "column-not-mapped",
            f"which column of {content.name} is the {name} of the {kind} is not said.",
            f"Add `{name}:` under `columns:`. {instead_of(name, content.columns, 'columns')}",
            where,
        )
        for name in wanted
    ]


def _joined(tables: Mapping[str, Loaded]) -> list[Finding]:
    """Events without an account need people who have one; people need a title or a persona to be found by."""
    findings: list[Finding] = []
    for kind in ("events", "presence"):
        for table, content in tables[kind]:
            if content.columns and "account" not in table.columns and not tables["people"]:
                what = f"{content.name} has no column for the account, and there is no table of people to find it in."
                fix = "Map `account:`, or add `people:` with user and account."
                findings.append(Finding(Level.ERROR, "column-not-mapped", what, fix, table.where))
    for table, content in tables["people"]:
        if content.columns and not {"title", "persona"} & set(table.columns):
            what = f"{content.name} has neither a job title nor a persona: it puts nobody into a persona."
            fix = "Map `title:` or `persona:`, or list the people in each account's file."
            findings.append(Finding(Level.WARNING, "people-without-title", what, fix, table.where))
    return findings


def _check_values(table: Table, content: TableData) -> Iterable[Finding]:
    """Days and figures of ready-made values can be read."""
    findings: list[Finding] = []
    for name in ("time", "value", "numerator", "denominator"):
        for index, cell in enumerate(content.column(table.columns.get(name))):
            if is_nothing(cell):
                continue
            try:
                if name == "time":
                    parse_day(cell)
                else:
                    parse_number(cell.removesuffix("%"))
            except ValueError:
                code, kind, fix = (
                    ("date-not-readable", "date", day_fix(cell))
                    if name == "time"
                    else ("not-a-number", "number", "Write a number, such as 12.5.")
                )
                what = f"'{cell[:40]}' in the column '{table.columns[name]}' is not a {kind}."
                findings.append(Finding(Level.ERROR, code, what, fix, content.at(index)))
    return capped(findings)
