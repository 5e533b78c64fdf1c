"""Small tables (people, accounts, ready-made values) → text cells with their line; headers of the large ones.

CSV of any delimiter and encoding, Excel, Parquet, JSON, JSON lines and Avro, each plain, packed with gzip or in a .zip.
Every cell is text without spaces around it, "" for nothing. The header is line 1 unless the reading says otherwise.
Events are not read here: `measure` reads them with its engine; here only their header is (`read_columns`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.bad_file import BadFileError, unreadable
from qbrgen.load.formats.columnar import open_avro, open_parquet
from qbrgen.load.formats.csv_files import open_csv
from qbrgen.load.formats.excel import open_excel
from qbrgen.load.formats.json_files import open_json, open_json_lines
from qbrgen.load.formats.model import DataFile, Opened, cell_text
from qbrgen.load.nearest import file_instead_of, instead_of, listed
from qbrgen.load.packed import AVRO, CSV, EXCEL, JSON, KINDS, LINES, PARQUET, files_in, is_data, kind_of, located
from qbrgen.load.reading import AS_SEEN, Reading
from qbrgen.load.report import capped

__all__ = ["TableData", "cell_text", "data_files", "missing_columns", "open_table", "read_columns", "read_table"]


@dataclass(frozen=True, slots=True)
class TableData:
    """A table as read. rows[i] stands on line lines[i] of the file and has a cell for every column.

    findings: errors, and notes of what was taken to read it.
    """

    name: str
    columns: tuple[str, ...] = ()
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether any of it could not be read."""
        return any(finding.level is Level.ERROR for finding in self.findings)

    def holds(self, name: str) -> bool:
        """Whether there is such a column, or a column of JSON in which a dotted path of this name begins."""
        return name in self.columns or bool(json_path(name, self.columns))

    def column(self, name: str | None) -> list[str]:
        """The cells of a column, or of a dotted path into the JSON of one; "" for each row when there is none."""
        if name is not None and name in self.columns:
            index = self.columns.index(name)
            return [row[index] for row in self.rows]
        path = json_path(name, self.columns) if name else None
        if path is None:
            return [""] * len(self.rows)
        column, keys = path
        index = self.columns.index(column)
        return [_within(row[index], keys) for row in self.rows]

    def at(self, index: int) -> Location:
        """Where a row stands; a row of a database (line 0) has no line."""
        return Location(self.name, self.lines[index] or None)


def json_path(name: str, columns: tuple[str, ...] | list[str]) -> tuple[str, list[str]] | None:
    """(column, keys) of a dotted path such as "properties.plan", by the longest name of a column in it."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        column = ".".join(parts[:length])
        if column in columns:
            return column, parts[length:]
    return None


def _within(cell: str, keys: list[str]) -> str:
    """What a cell of JSON holds under these keys; "" for nothing, and for a cell that is no JSON."""
    if not cell.startswith("{"):
        return ""
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return ""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return cell_text(value)


def data_files(path: Path, name: str) -> tuple[list[Path], list[Finding]]:
    """The files that a path stands for: of a folder or a .zip all data files in it, in order of their names; `*` and
    `?` stand for anything in a file's name. name: how findings call it."""
    try:
        if path.is_dir():
            return _in_folder(path, name)
        if path.suffix.lower() == ".zip" and path.is_file():
            return files_in(path, name), []
        if not path.exists() and any(sign in path.name for sign in "*?["):
            return sorted(path.parent.glob(path.name)) or [path], []
    except BadFileError as error:
        return [], [error.finding]
    except OSError as error:
        return [], [unreadable(name, error).finding]
    return [path], []


def _in_folder(folder: Path, name: str) -> tuple[list[Path], list[Finding]]:
    files = sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith((".", "_", "~")))
    found = [each for each in files if is_data(each.name)]
    others = [each.name for each in files if each not in found]
    if not found:
        return files or [folder], []
    what = f"what is no data file is left out: {listed(others)}."
    fix = f"Data files are {KINDS}."
    return found, [Finding(Level.NOTE, "files-left-out", what, fix, Location(name))] if others else []


def read_table(path: Path, name: str, most: int | None = None, reading: Reading = AS_SEEN) -> TableData:
    """Read a whole table, or its first `most` rows. Never raises for what a file may hold; see `TableData.findings`.

    name: how findings call the file.
    """
    findings: list[Finding] = []
    columns: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        opened = open_table(DataFile(path, name, reading), whole=most is None)
        columns = opened.columns
        findings += opened.notes
        headers: list[int] = []
        for line, row in islice(opened.rows, most) if most is not None else opened.rows:
            if row == columns:
                headers.append(line)
            elif fitted := _fitted(name, line, row, len(columns), findings):
                rows.append(fitted)
                lines.append(line)
        findings += [_header_again(name, headers)] if headers else []
    except BadFileError as error:
        findings.append(error.finding)
    return TableData(name, tuple(columns), rows, lines, tuple(capped(findings)))


def _fitted(name: str, line: int, row: list[str], width: int, findings: list[Finding]) -> list[str]:
    """A row with as many cells as the header; none of an empty one, or of one that is too long, which is a finding."""
    if len(row) > width:
        if any(row[width:]):
            findings.append(_too_long(name, line, len(row), width))
            return []
        row = row[:width]
    return [*row, *[""] * (width - len(row))] if any(row) else []


def read_columns(path: Path, name: str, reading: Reading = AS_SEEN) -> TableData:
    """Only the names of the columns of a table, however large it is."""
    return read_table(path, name, 0, reading)


def open_table(file: DataFile, *, whole: bool = True) -> Opened:
    """Columns and rows of a file, by its ending. whole: all of it will be read, not only its beginning.

    Raises BadFileError, also while its rows are read.
    """
    kind = kind_of(file.path)
    disk, inner = located(file.path)
    _check_there(disk, file.name)
    if kind in CSV:
        found = open_csv(file, whole=whole)
    elif kind in LINES:
        found = open_json_lines(file, whole=whole)
    elif kind in JSON:
        found = open_json(file, whole=whole)
    elif kind in PARQUET:
        found = open_parquet(file)
    elif kind in AVRO:
        found = open_avro(file)
    elif kind in EXCEL:
        found = open_excel(file)
    else:
        if kind == ".zip":
            files_in(disk, file.name)
        what = f"a table cannot be read from '{Path(inner or disk).suffix or disk.name}'."
        raise BadFileError("file-kind", file.name, what, f"Use {KINDS}.")
    if not any(found.columns):
        fix = "Write the columns' names on line 1, or say where they are: `read: {header: …}`."
        raise BadFileError("table-empty", file.name, "the table is empty: it has no header.", fix)
    return found


def _check_there(path: Path, name: str) -> None:
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        what = "the name of the file is not UTF-8."
        raise BadFileError("file-name", ascii(name)[1:-1], what, "Rename it.") from error
    try:
        if path.is_dir():
            raise BadFileError("file-missing", name, "the folder holds no data file.", f"Data files are {KINDS}.")
        if path.is_file():
            return
        if path.exists():
            raise OSError(0, "it is a pipe or a device, whose end may never come")
        if path.is_symlink():
            raise OSError(0, f"it is a link to {path.readlink()}, which is not there")
        names = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    except OSError as error:
        raise unreadable(name, error) from error
    raise BadFileError("file-missing", name, "the file is not there.", file_instead_of(path.name, names))


def missing_columns(table: TableData, wanted: Mapping[str, str], where: Mapping[str, Location]) -> list[Finding]:
    """A finding for each mapped column that the file does not have, with the nearest one and all there are.

    wanted: our field → the file's column. where: our field → where it is written in the settings.
    """
    findings: list[Finding] = []
    for name, column in wanted.items():
        if table.columns.count(column) > 1:
            what = f"{table.name} has the column '{column}' more than once; nobody can say which is the {name}."
            findings.append(Finding(Level.ERROR, "column-twice", what, "Rename one of them in the file.", where[name]))
        elif not table.holds(column):
            what = f"{table.name} has no column '{column}' ({name})."
            fix = instead_of(column, [each for each in table.columns if each], "columns")
            if "" in table.columns:
                fix += f" {table.columns.count('')} more have no name, as merged cells of a header leave them."
            findings.append(Finding(Level.ERROR, "column-missing", what, fix, where[name]))
    return findings


def _too_long(name: str, line: int, cells: int, width: int) -> Finding:
    what = f"the row has {cells} cells, the header {width}."
    fix = "Put quotes around text that holds the separator."
    return Finding(Level.ERROR, "row-too-long", what, fix, Location(name, line))


def _header_again(name: str, lines: list[int]) -> Finding:
    times = f", and {len(lines) - 1:,} more times" if len(lines) > 1 else ""
    what = f"the header stands here again{times}, as in exports that were put together; it is no row."
    return Finding(Level.NOTE, "header-again", what, "", Location(name, lines[0]))
