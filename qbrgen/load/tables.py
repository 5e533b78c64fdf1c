"""Small tables (people, accounts, ready-made values) → text cells with their line; headers of the large ones.

CSV (comma, semicolon, tab or bar; UTF-8 with or without BOM; also .gz), JSON lines, Parquet and Excel. Every cell is
text without spaces around it, "" for nothing. The header is line 1. Events are not read here: `measure` reads them
with its engine; here only their header is (`read_columns`).
"""

from __future__ import annotations

import csv
import gzip
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import file_instead_of, instead_of
from qbrgen.load.report import capped

_DELIMITERS = ",;\t|"
_CSV = frozenset({".csv", ".tsv", ".txt"})
_LINES = frozenset({".jsonl", ".ndjson"})
_PARQUET = frozenset({".parquet", ".pq"})
_EXCEL = frozenset({".xlsx", ".xlsm"})
KINDS = "CSV (.csv, .tsv), Parquet (.parquet), JSON lines (.jsonl) or Excel (.xlsx)"

Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class TableData:
    """A table as read. rows[i] stands on line lines[i] of the file and has a cell for every column."""

    name: str
    columns: tuple[str, ...] = ()
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    def column(self, name: str | None) -> list[str]:
        """The cells of a column; "" for each row when there is no such column."""
        if name is None or name not in self.columns:
            return [""] * len(self.rows)
        index = self.columns.index(name)
        return [row[index] for row in self.rows]

    def at(self, index: int) -> Location:
        """Where a row stands; a row of a database (line 0) has no line."""
        return Location(self.name, self.lines[index] or None)


def read_table(path: Path, name: str, most: int | None = None) -> TableData:
    """Read a whole table, or its first `most` rows. Never raises for what a file may hold; see `TableData.findings`.

    name: how findings call the file.
    """
    findings: list[Finding] = []
    columns: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        columns, body = _open(path, name)
        width = len(columns)
        for line, row in islice(body, most) if most is not None else body:
            if len(row) > width:
                if any(row[width:]):
                    findings.append(_too_long(name, line, len(row), width))
                    continue
                del row[width:]
            elif len(row) < width:
                row.extend([""] * (width - len(row)))
            if any(row):
                rows.append(row)
                lines.append(line)
    except _BadTableError as error:
        findings.append(error.finding)
    return TableData(name, tuple(columns), rows, lines, tuple(capped(findings)))


def read_columns(path: Path, name: str) -> TableData:
    """Only the names of the columns of a table, however large it is."""
    return read_table(path, name, most=0)


def missing_columns(table: TableData, wanted: Mapping[str, str], where: Mapping[str, Location]) -> list[Finding]:
    """A finding for each mapped column that the file does not have, with the nearest one and all there are.

    wanted: our field → the file's column. where: our field → where it is written in the settings.
    """
    findings: list[Finding] = []
    for name, column in wanted.items():
        if table.columns.count(column) > 1:
            what = f"{table.name} has the column '{column}' more than once; nobody can say which is the {name}."
            findings.append(Finding(Level.ERROR, "column-twice", what, "Rename one of them in the file.", where[name]))
        elif column not in table.columns:
            what = f"{table.name} has no column '{column}' ({name})."
            fix = instead_of(column, table.columns, "columns")
            findings.append(Finding(Level.ERROR, "column-missing", what, fix, where[name]))
    return findings


# ---- formats --------------------------------------------------------------------------------------------------------


class _BadTableError(Exception):
    def __init__(self, code: str, name: str, what: str, fix: str, line: int | None = None) -> None:
        super().__init__(what)
        self.finding = Finding(Level.ERROR, code, what, fix, Location(name, line))


def _open(path: Path, name: str) -> tuple[list[str], Rows]:
    """Columns and rows of a file, by its ending."""
    suffix = path.with_suffix("").suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()
    readers = {**dict.fromkeys(_CSV, _csv), **dict.fromkeys(_LINES, _json_lines)}
    readers |= {**dict.fromkeys(_PARQUET, _parquet), **dict.fromkeys(_EXCEL, _excel)}
    if not path.exists():
        names = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        fix = file_instead_of(path.name, names)
        raise _BadTableError("file-missing", name, "the file is not there.", fix)
    if suffix not in readers:
        what = f"a table cannot be read from '{path.suffix or path.name}'."
        raise _BadTableError("file-kind", name, what, f"Use {KINDS}.")
    try:
        columns, rows = readers[suffix](path, name)
    except OSError as error:
        fix = "Check that it is a file that you may read."
        raise _BadTableError("unreadable", name, f"the file cannot be read: {error.strerror or error}.", fix) from error
    if not any(columns):
        fix = "Write the columns' names on line 1."
        raise _BadTableError("table-empty", name, "the table is empty: it has no header.", fix)
    return columns, rows


def _text(path: Path) -> IO[str]:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def delimiter_of(header: str) -> str:
    """The sign that separates the columns of a CSV file: the one of , ; tab | that its first line has most of."""
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _csv(path: Path, name: str) -> tuple[list[str], Rows]:
    rows = _csv_rows(path, name)
    _, columns = next(rows, (1, []))
    return columns, rows


def _csv_rows(path: Path, name: str) -> Rows:
    line = 0
    try:
        with _text(path) as file:
            delimiter = delimiter_of(file.readline())
            file.seek(0)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            for cells in reader:
                yield line + 1, [_clean(cell) for cell in cells]
                line = reader.line_num
    except csv.Error as error:
        fix = "Look for a quote that is opened and never closed, or is not doubled inside quotes."
        raise _BadTableError("csv-syntax", name, f"the row cannot be read: {error}.", fix, line + 1) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path, name, error) from error
    except (EOFError, gzip.BadGzipFile) as error:
        raise _BadTableError(
            "unreadable", name, f"the file cannot be unpacked: {error}.", "Export it again."
        ) from error


def _not_utf8(path: Path, name: str, error: UnicodeDecodeError) -> _BadTableError:
    line = None
    if path.suffix.lower() != ".gz":
        raw = path.read_bytes()
        try:
            raw.decode("utf-8-sig")
        except UnicodeDecodeError as exact:
            error = exact
            line = raw.count(b"\n", 0, exact.start) + 1
    what = f"the file is not UTF-8 text (byte 0x{error.object[error.start]:02x})."
    return _BadTableError("not-utf-8", name, what, "Save it as 'CSV UTF-8'.", line)


def _json_lines(path: Path, name: str) -> tuple[list[str], Rows]:
    """Columns are the keys of the first hundred objects; keys of nested objects are joined by a dot."""
    objects = list(islice(_json_objects(path, name), 100))
    columns = list(dict.fromkeys(key for _, item in objects for key in item))

    def rows() -> Rows:
        for line, item in _json_objects(path, name):
            yield line, [_clean(item.get(column, "")) for column in columns]

    return columns, rows()


def _json_objects(path: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    line = 0
    try:
        with _text(path) as file:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    yield line, _flat(json.loads(text), name, line)
    except UnicodeDecodeError as error:
        raise _not_utf8(path, name, error) from error
    except (ValueError, RecursionError) as error:
        what = f"the line is not JSON: {error}."
        raise _BadTableError("json-syntax", name, what, "Write one object to a line, in braces.", line) from error
    except (EOFError, gzip.BadGzipFile) as error:
        raise _BadTableError(
            "unreadable", name, f"the file cannot be unpacked: {error}.", "Export it again."
        ) from error


def _flat(item: Any, name: str, line: int) -> dict[str, str]:
    if not isinstance(item, dict):
        raise _BadTableError(
            "json-syntax", name, "the line is no object.", "Write one object to a line, in braces.", line
        )
    found: dict[str, str] = {}
    for key, value in item.items():
        if isinstance(value, dict):
            found |= {f"{key}.{inner}": text for inner, text in _flat(value, name, line).items()}
        else:
            found[key] = json.dumps(value) if isinstance(value, list) else _cell(value)
    return found


def _parquet(path: Path, name: str) -> tuple[list[str], Rows]:
    from pyarrow import ArrowException, parquet  # heavy, and needed only here

    try:
        file = parquet.ParquetFile(path)
    except (ArrowException, ValueError) as error:
        what = "the file is no Parquet file, or a broken one."
        raise _BadTableError("parquet-broken", name, what, "Export it again.") from error
    columns = [str(column) for column in file.schema_arrow.names]

    def rows() -> Rows:
        line = 1
        for batch in file.iter_batches():
            for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                yield line, [_clean(_cell(value)) for value in values]

    return columns, rows()


def _excel(path: Path, name: str) -> tuple[list[str], Rows]:
    try:
        import openpyxl  # an optional library
    except ImportError as error:
        fix = "Install openpyxl (pip install openpyxl), or save the sheet as CSV UTF-8."
        raise _BadTableError("excel-library", name, "Excel files need the library openpyxl.", fix) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever the broken part happens to cause
        what = "the file is no Excel file, or a broken one."
        raise _BadTableError("excel-broken", name, what, "Save it again as .xlsx.") from error
    sheet = book.worksheets[0]
    written = enumerate(sheet.iter_rows(values_only=True), start=1)
    every = ((line, [_clean(_cell(value)) for value in values]) for line, values in written)
    _, columns = next(every, (1, []))
    return columns, every


def _cell(value: Any) -> str:
    """A typed cell as text: days and times in ISO form, whole numbers without .0, nothing as ""."""
    if value is None or value != value:  # noqa: PLR0124  NaN is the one value unlike itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.tzinfo is None and value == value.replace(hour=0, minute=0, second=0, microsecond=0)
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def cell_text(value: Any) -> str:
    """A typed cell as every table has it: text without spaces around it, "" for nothing."""
    return _clean(_cell(value))


def _clean(cell: str) -> str:
    """Without spaces around it, and without control characters, which no document may hold. What else may not stand in
    a name is left for those who read names to refuse."""
    cell = cell.strip()
    if cell.isprintable():
        return cell
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in cell).split())


def _too_long(name: str, line: int, cells: int, width: int) -> Finding:
    what = f"the row has {cells} cells, the header {width}."
    fix = "Put quotes around text that holds the separator."
    return Finding(Level.ERROR, "row-too-long", what, fix, Location(name, line))
