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

from qbrgen.define.databases import Databases, is_unseen
from qbrgen.define.mapping import export_of, mapping
from qbrgen.define.model.sources import SameRows, Sources, Table
from qbrgen.define.settings_schema import (
    DataWritten,
    EventsFile,
    FileWritten,
    NamesFile,
    PartWritten,
    PeopleFile,
    PresenceFile,
    ValuesFile,
)
from qbrgen.define.small_tables import OF_ONE, Translation, named, refined
from qbrgen.define.wide_values import as_one_column
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import day_fix, is_nothing, parse_day, parse_number
from qbrgen.load.databases import Database
from qbrgen.load.formats.model import DataFile
from qbrgen.load.header_line import below_title
from qbrgen.load.nearest import instead_of
from qbrgen.load.report import capped
from qbrgen.load.tables import TableData, data_files, missing_columns, read_columns, read_table
from qbrgen.load.yaml_files import YamlFile

Loaded = list[tuple[Table, TableData]]

_KINDS = ("events", "people", "accounts", "presence", "values")
_HEADER_ONLY = frozenset({"events", "presence"})
_SAMPLE = 50  # rows of a large table that are looked at to see what it is


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
    for kind in _KINDS:
        tables[kind] = []
        for index, each in enumerate(getattr(written, kind)):
            key = "table" if each.database else "file"
            place = ("data", kind, index) if file.has("data", kind, index, key) else ("data", kind)
            names = _names(each, file, place, root, data.findings)
            if each.database:
                found = databases.table(each, file.at(*place, "table"), header_only=kind in _HEADER_ONLY)
                if found:
                    entry = _Entry(kind, each, file, place, root, names)
                    tables[kind].append(_table(entry, Path(each.table), data.findings, found))
                continue
            for path in _paths(each.file, root, file.at(*place, "file"), data.findings):
                tables[kind].append(_table(_Entry(kind, each, file, place, root, names), path, data.findings))
    data.people, data.accounts, data.values = tables["people"], tables["accounts"], tables["values"]
    data.findings += _joined(tables)
    data.findings += [finding for table, content in data.values for finding in _check_values(table, content)]
    by_kind = [tuple(table for table, _ in tables[kind]) for kind in _KINDS]
    events, people, accounts, presence, values = by_kind
    data.sources = Sources(events, people, accounts, presence, values)


def _paths(pattern: str, root: Path, where: Location, findings: list[Finding]) -> list[Path]:
    """The files of an entry: a folder or a .zip stands for the data files in it, a pattern for those that it fits."""
    path = root / pattern
    try:
        fits = sorted(glob.glob(str(path))) if any(sign in pattern for sign in "*?[") else []  # noqa: PTH207
    except OSError:
        fits = []
    found: list[Path] = []
    for each in [Path(fit) for fit in fits] or [path]:
        inside, problems = data_files(each, name_of(each, root))
        findings += [
            replace(problem, where=where, what=f"{name_of(each, root)}: {problem.what}") for problem in problems
        ]
        found += inside
    return found


def name_of(path: Path, root: Path) -> str:
    """How findings call a file: from the workspace, with forward slashes."""
    try:
        return Path(os.path.relpath(path, root)).as_posix() if path.is_relative_to(root) else str(path)
    except ValueError:
        return str(path)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of `data:`. place: where it stands in the settings. names: our field → the table of its names, read."""

    kind: str
    written: FileWritten
    file: YamlFile
    place: tuple[str | int, ...]
    root: Path
    names: Mapping[str, tuple[Table, Translation]]

    def at(self, *keys: str) -> Location:
        return self.file.at(*self.place, *keys)


def _table(
    entry: _Entry, path: Path, findings: list[Finding], of: tuple[Database, TableData] | None = None
) -> tuple[Table, TableData]:
    """A file, or the table of a database (`of`, with its content)."""
    kind, written = entry.kind, entry.written
    export, told = export_of(written, kind, entry.at("export"))
    reading, large = written.read.reading(), kind in _HEADER_ONLY
    name, where = (of[1].name, entry.at("table")) if of else (name_of(path, entry.root), entry.at("file"))
    if of:
        content = of[1]
        told += [replace(each, where=where) for each in content.findings]
    else:
        content = read_columns(path, name, reading) if large else read_table(path, name, reading=reading)
        told += [_at_entry(each, name, where) for each in content.findings]

    def sample() -> list[list[str]]:
        return read_table(path, name, _SAMPLE, reading).rows if large and not of else content.rows[:_SAMPLE]

    mapped, problems = mapping(kind, written, content, sample, export, _Where(entry))
    told += problems if not (written.export and export is None) else []
    if content.columns:
        given = {key: column for key, column in written.columns.model_dump(by_alias=True).items() if column}
        told += missing_columns(content, given, {key: entry.at("columns", key) for key in given})
        several = "value_columns" if kind == "values" else "event_columns"
        wide = {key: entry.at(several, key) for key in mapped.event_columns}
        told += missing_columns(content, mapped.event_columns, wide)
    wanted = [column for column in (*mapped.columns.values(), *mapped.event_columns.values()) if "." not in column]
    found = told if of else below_title(told, DataFile(path, name, reading), wanted)
    findings += found
    if found != told:  # what else could be told of such columns follows from this
        content = TableData(name)
    table = Table(path, mapped.columns, where, mapped.each_row, reading, mapped.event_columns, export=mapped.export)
    table = replace(table, period_columns=mapped.period_columns)
    table, content = _as_counted(entry, table, content)
    findings += content.findings if not large else []
    return (replace(table, database=of[0], name=written.table) if of else table), content


def _as_counted(entry: _Entry, table: Table, content: TableData) -> tuple[Table, TableData]:
    """The table with all that its entry says of it, and of a small one its rows as they count."""
    written = entry.written
    columns = {key: column for key, column in table.columns.items() if content.holds(column)}
    of_account = written.account if isinstance(written, PartWritten) else ""
    names = {field: names for field, (names, _) in entry.names.items()}
    only = tuple(written.only) if isinstance(written, PresenceFile) else ()
    once = isinstance(written, EventsFile) and written.same_rows is SameRows.ONCE
    table = replace(table, columns=columns, of_account=of_account, names=names, only=only, same_rows_once=once)
    table = replace(table, persona=written.persona if isinstance(written, PeopleFile) else "")
    if isinstance(written, ValuesFile):
        table = replace(table, months_in_use=written.months_in_use, of_metric=written.metric)
    if entry.kind in _HEADER_ONLY or (written.database and is_unseen()):
        return table, content
    if of_account:
        table = replace(table, columns={**columns, "account": OF_ONE})
    if entry.kind == "values":
        table = as_one_column(table)
    told = {field: told for field, (_, told) in entry.names.items()}
    return table, refined(table, replace(content, findings=()), told)


def _at_entry(finding: Finding, name: str, where: Location) -> Finding:
    """What is wrong with a file; where there is none that can be read, at the place that names it."""
    if finding.code not in ("file-missing", "file-kind"):
        return finding
    return replace(finding, what=f"{name}: {finding.what}", where=where)


class _Where(dict[str, Location]):
    """Where a key of an entry stands: "" for its columns, "export", or one of our fields."""

    def __init__(self, entry: _Entry) -> None:
        super().__init__()
        self.entry = entry

    def __missing__(self, key: str) -> Location:
        if key in ("", "export"):
            return self.entry.at(key or "columns")
        return self.entry.at("columns", key)


def _names(
    written: FileWritten, file: YamlFile, place: tuple[str | int, ...], root: Path, findings: list[Finding]
) -> dict[str, tuple[Table, Translation]]:
    """The tables under `names:` of an entry, by our field, each with what ids in it are read as."""
    found: dict[str, tuple[Table, Translation]] = {}
    for key, each in written.names:
        if isinstance(each, NamesFile):
            at = (*place, "names", key)
            export, problems = export_of(each, "names", file.at(*at, "export"))
            findings += problems
            name = name_of(root / each.file, root)
            content = read_table(root / each.file, name, reading=each.read.reading())
            findings += [_at_entry(finding, name, file.at(*at, "file")) for finding in content.findings]
            where = {word: file.at(*at, "columns", word) for word in ("id", "name", "updated")}
            where |= {"": file.at(*at), "export": file.at(*at, "export")}
            rows = content.rows[:_SAMPLE]
            mapped, problems = mapping("names", each, content, lambda rows=rows: rows, export, where)  # type: ignore[misc]
            findings += problems if not (each.export and export is None) else []
            given = {word: column for word, column in each.columns if column}
            findings += missing_columns(content, given, where) if content.columns else []
            table = Table(root / each.file, mapped.columns, file.at(*at, "file"), reading=mapped.reading)
            told = named(table, content)
            findings += told.findings
            found[key] = table, told.names
    return found


def _joined(tables: Mapping[str, Loaded]) -> list[Finding]:
    """Events without an account need people who have one; people need an account, and a title to be found by."""
    findings: list[Finding] = []
    people = [(table, content) for table, content in tables["people"] if content.columns]
    with_account = [table for table, _ in people if "account" in table.columns]
    for kind in ("events", "presence"):
        for table, content in tables[kind]:
            if content.columns and not ("account" in table.columns or table.of_account or tables["people"]):
                what = f"{content.name} has no column for the account, and there is no table of people to find it in."
                fix = "Map `account:`, or add `people:` with user and account."
                findings.append(Finding(Level.ERROR, "column-not-mapped", what, fix, table.where))
    for table, content in people:
        if not with_account:
            what = f"which column of {content.name} is the account of the people is not said."
            fix = f"Add `account:` under `columns:`, or write `account:` beside `file:`. {_columns_of(content)}"
            findings.append(Finding(Level.ERROR, "column-not-mapped", what, fix, table.where))
        if not any({"title", "persona"} & set(other.columns) or other.persona for other, _ in people):
            what = f"{content.name} has neither a job title nor a persona: it puts nobody into a persona."
            fix = "Map `title:` or `persona:`, or list the people in each account's file."
            findings.append(Finding(Level.WARNING, "people-without-title", what, fix, table.where))
    return findings


def _columns_of(content: TableData) -> str:
    return instead_of("account", content.columns, "columns")


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
