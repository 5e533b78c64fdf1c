"""Data files → DuckDB views of one shape (see `expression`), each file read where it lies and never into memory.

Text is read as text: DuckDB's own guesses about types, and its cast of a text with an offset to a timestamp (which
drops the offset without a word), would both change what a row says.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from qbrgen.define.model import Settings, Table
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import NOTHING
from qbrgen.load.tables import TableData, delimiter_of, missing_columns, read_columns, read_table
from qbrgen.measure.counts import MICRO
from qbrgen.measure.engine import BrokenFileError
from qbrgen.measure.read_as import Translations, read_as, translations

PARQUET = frozenset({".parquet", ".pq"})
LINES = frozenset({".jsonl", ".ndjson"})
EXCEL = frozenset({".xlsx", ".xlsm"})
_MOST = 1_000_000_000  # occurrences of one row; more is a slip, and sums would not fit 64 bits

# A time that says where it is: anything after the date but digits, colons, dots, blanks and the T.
_ZONED = "regexp_matches(substr({text}, 11), '[^0-9:. T]')"
_WORDS = ", ".join(f"'{word}'" for word in sorted(NOTHING))


@dataclass(frozen=True)
class File:
    """One data file that can be read. name: within the workspace. view: the DuckDB view of its rows.

    select, reader: the SQL of that view, and of what it reads from. time: SQL of the time, where it is a text.
    """

    name: str
    path: Path
    table: Table
    view: str
    select: str
    reader: str
    time: str | None = None


def expanded(tables: Iterable[Table]) -> list[Table]:
    """Tables whose path is one file each: a folder stands for the files in it, `*` and `?` for those they match."""
    found: list[Table] = []
    for table in tables:
        path = table.path
        if path.is_dir():
            paths = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith((".", "_")))
        elif not path.exists() and any(sign in path.name for sign in "*?"):
            paths = sorted(path.parent.glob(path.name))
        else:
            paths = [path]
        found += [replace(table, path=each) for each in paths or [path]]
    return found


def open_files(
    connection: Any,
    tables: Sequence[Table],
    settings: Settings,
    fields: Sequence[str],
    needed: Sequence[str],
    prefix: str,
) -> tuple[list[File], list[Finding]]:
    """Make a view `<prefix>_<n>` of each file; files that cannot be read give findings instead.

    connection: of DuckDB, with the table `user_accounts` (user, account), where users are looked up when a file has no
    account column. fields: what the views hold of time, user, account, event, value, id, days (how many days a row
    stands for) and number (of the row in its file: see `places`); needed: those every file must map.
    """
    files: list[File] = []
    findings: list[Finding] = []
    for number, table in enumerate(expanded(tables)):
        name = name_of(table.path, settings.root)
        told = translations(table, settings)
        problems, opened = _open(connection, table, name, fields, needed, f"{prefix}_{number}", told)
        findings += problems
        files += opened
    return files, findings


def name_of(path: Path, root: Path) -> str:
    """How findings call a file: its path within the workspace where it lies there."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def union(connection: Any, files: Sequence[File], view: str) -> None:
    """One view over the rows of all files."""
    parts = [f"SELECT {number} AS source, * FROM {file.view}" for number, file in enumerate(files)]
    connection.execute(f"CREATE TEMP VIEW {view} AS " + " UNION ALL ".join(parts))


def first_unreadable(connection: Any, file: File) -> tuple[int | None, str | None]:
    """(line, text) of a file's first time that cannot be read; (None, None) where times are no text."""
    if file.time is None:
        return None, None
    numbered = f"SELECT row_number() OVER () + 1 AS line, {file.time} AS text FROM {file.reader}"
    wall, instant = _times("text", "VARCHAR")
    sql = f"SELECT line, text FROM ({numbered}) WHERE coalesce({wall}, {instant}) IS NULL LIMIT 1"
    # All rows are fetched: a result left unfinished blocks the session's next statement.
    found: list[tuple[int, str | None]] = connection.execute(sql).fetchall()
    return found[0] if found else (None, None)


def reread(connection: Any, file: File, folder: Path) -> File:
    """A CSV file that is right and yet too much for DuckDB's reader, by way of a copy without line ends in cells.

    (Its reader takes them with one thread only, and then drops a row whose quote is never closed without a word.)
    Raises BrokenFileError where the file is not right.
    """
    copy = folder / f"{file.view}.csv"
    delimiter, line = delimiter_of_file(file.path), 0
    with open_text(file.path) as source, copy.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
        rows = csv.reader(source, delimiter=delimiter, strict=True)
        try:
            for row in rows:
                line = rows.line_num
                writer.writerow([" ".join(cell.splitlines()) if "\n" in cell or "\r" in cell else cell for cell in row])
        except csv.Error as error:
            raise BrokenFileError(f"CSV Error on Line: {line + 1}\nunterminated quote or the like: {error}") from error
    reader = file.reader.replace(_literal(file.path.as_posix()), _literal(copy.as_posix()))
    again = replace(file, reader=reader, select=file.select.replace(file.reader, reader))
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {file.view} AS {again.select}")
    return again


def open_text(path: Path) -> IO[str]:
    """A text file, packed or not."""
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def suffix_of(path: Path) -> str:
    """What kind of file it is, packed or not: ".csv" for events.csv.gz."""
    return path.with_suffix("").suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()


# ---- one file -------------------------------------------------------------------------------------------------------


def _open(
    connection: Any,
    table: Table,
    name: str,
    fields: Sequence[str],
    needed: Sequence[str],
    view: str,
    told: Translations,
) -> tuple[list[Finding], list[File]]:
    header = read_columns(table.path, name)
    mapped = {field: column for field, column in table.columns.items() if field in fields}
    findings = list(header.findings)
    if not findings:
        findings += missing_columns(header, mapped, dict.fromkeys(mapped, table.where))
        findings += [_not_mapped(name, field, table.where) for field in needed if field not in mapped]
    if any(finding.level is Level.ERROR for finding in findings):
        return findings, []
    reader, columns = _reader(connection, table.path, header, mapped, view)
    types = _types(connection, reader, columns)
    if "number" in fields:
        reader, columns["number"] = _numbered(reader, table.path, header)
    select = read_as(connection, _select(reader, columns, types, fields, table.each_row.days), told, columns, view)
    select = _with_account(select, table, columns)
    connection.execute(f"CREATE TEMP VIEW {view} AS {select}")
    time = columns["time"] if types["time"] == "VARCHAR" else None
    return findings, [File(name, table.path, table, view, select, reader, time)]


def _not_mapped(name: str, field: str, where: Location) -> Finding:
    what = f"Nothing says which column of {name} holds the {field}."
    return Finding(Level.ERROR, "column-not-mapped", what, f"Add {field}: <column> to its columns.", where)


def _reader(
    connection: Any, path: Path, header: TableData, mapped: Mapping[str, str], view: str
) -> tuple[str, dict[str, str]]:
    """(what to select from, our field → SQL of its column) of a file."""
    suffix = suffix_of(path)
    place = _literal(path.as_posix())
    if suffix in PARQUET:
        return f"read_parquet({place})", {field: _name(column) for field, column in mapped.items()}
    if suffix in LINES:
        return _json_reader(place, mapped)
    if suffix in EXCEL:
        return _excel_reader(connection, path, header, mapped, f"{view}_sheet")
    # Positions for names: headers may hold anything, or the same name twice.
    width = len(header.columns)
    names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
    delimiter = _literal(delimiter_of_file(path))
    options = f"auto_detect=false, header=true, delim={delimiter}, quote='\"', escape='\"', null_padding=true"
    reader = f"read_csv({place}, {options}, columns={{{names}}})"
    return reader, {field: f"c{header.columns.index(column)}" for field, column in mapped.items()}


def _numbered(reader: str, path: Path, header: TableData) -> tuple[str, str]:
    """(what to select from, SQL of a row's number in its file). Excel rows know the line of the sheet that they are on;
    all others are counted from 1."""
    suffix = suffix_of(path)
    if suffix in EXCEL:
        return reader, "line"
    if suffix in PARQUET and "file_row_number" not in header.columns:
        return f"{reader[:-1]}, file_row_number=true)", "(file_row_number + 1)"
    return reader, "row_number() OVER ()"  # without an order it is that of the file


def delimiter_of_file(path: Path) -> str:
    """The sign that separates the columns of a CSV file."""
    with open_text(path) as file:
        return delimiter_of(file.readline())


def _json_reader(place: str, mapped: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Keys of nested objects are written with dots; a key that itself holds dots is found by its whole name."""
    tops = list(dict.fromkeys(column.split(".")[0] for column in mapped.values()))
    whole = [column for column in mapped.values() if "." in column and column not in tops]
    columns = ", ".join(f"{_literal(top)}: 'JSON'" for top in [*tops, *dict.fromkeys(whole)])
    reader = f"read_json({place}, format='newline_delimited', columns={{{columns}}})"

    def path(column: str) -> str:
        top, *rest = column.split(".")
        steps = "".join(f'."{step}"' for step in rest)
        nested = f"{_name(top)} ->> {_literal('$' + steps)}"
        return f"coalesce({_name(column)} ->> '$', {nested})" if rest else f"({nested})"

    return reader, {field: path(column) for field, column in mapped.items()}


def _excel_reader(
    connection: Any, path: Path, header: TableData, mapped: Mapping[str, str], view: str
) -> tuple[str, dict[str, str]]:
    import pandas as pd

    data = read_table(path, header.name)
    frame = pd.DataFrame({f"c{n}": data.column(column) for n, column in enumerate(mapped.values())}, dtype="str")
    frame["line"] = data.lines
    connection.register(view, frame)
    return view, {field: f"c{n}" for n, field in enumerate(mapped)}


def _types(connection: Any, reader: str, columns: Mapping[str, str]) -> dict[str, str]:
    listing = ", ".join(f"{column} AS {_name(field)}" for field, column in columns.items())
    described = connection.execute(f"DESCRIBE SELECT {listing} FROM {reader}").fetchall()
    return {row[0]: row[1] for row in described}


# ---- the shape ------------------------------------------------------------------------------------------------------


def _select(reader: str, columns: Mapping[str, str], types: Mapping[str, str], fields: Sequence[str], days: int) -> str:
    """SQL of a file's rows in our shape."""
    wall, instant = _times(columns["time"], types["time"])
    parts = [f"{wall} AS wall", f"{instant} AS instant"]
    for field in ("user", "account", "event", "id"):
        if field in fields:
            text = _text(columns[field], types[field]) if field in columns else "CAST(NULL AS VARCHAR)"
            parts.append(f'{text} AS "{field}"')
    if "value" in fields:
        micro, misfit = _value(columns.get("value"), types.get("value", ""))
        parts += [f"{micro} AS micro", f"{misfit} AS misfit"]
    if "days" in fields:
        parts.append(f"{days} AS days")
    if "number" in fields:
        parts.append(f"{columns['number']} AS number")
    return f"SELECT {', '.join(parts)} FROM {reader}"


def _with_account(select: str, table: Table, columns: Mapping[str, str]) -> str:
    """SQL of the rows with the account that is said of all of them, else that of the person; or as they are."""
    if table.of_account:
        return f"SELECT found.* REPLACE ({_literal(table.of_account)} AS account) FROM ({select}) AS found"
    if "account" in columns:
        return select
    return (
        f"SELECT found.* REPLACE (known.account AS account) FROM ({select}) AS found "
        'LEFT JOIN user_accounts AS known ON found."user" = known."user"'
    )


def _times(column: str, kind: str) -> tuple[str, str]:
    """SQL of (local time of rows without an offset, UTC of rows with one)."""
    nothing = "CAST(NULL AS TIMESTAMP)"
    if kind.startswith("TIMESTAMP") and "TIME ZONE" in kind:
        return nothing, f"CAST({column} AS TIMESTAMP)"  # the session's zone is UTC
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"CAST({column} AS TIMESTAMP)", nothing
    if kind != "VARCHAR":
        return nothing, nothing
    text = f"trim({column})"
    zoned = _ZONED.format(text=text)
    close = f"replace(replace({text}, ' +', '+'), ' -', '-')"
    return (
        f"CASE WHEN NOT {zoned} THEN try_cast({text} AS TIMESTAMP) END",
        f"CASE WHEN {zoned} THEN CAST(try_cast({close} AS TIMESTAMPTZ) AS TIMESTAMP) END",
    )


def _text(column: str, kind: str) -> str:
    """SQL of a name or id; whole numbers in a column of fractions lose their .0, as everywhere."""
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"CAST(try_cast({column} AS BIGINT) AS VARCHAR)"
        is_whole = f"{column} = trunc({column}) AND abs({column}) < 1e15"
        return f"CASE WHEN {is_whole} THEN {whole} ELSE CAST({column} AS VARCHAR) END"
    return f"nullif(trim({column if kind == 'VARCHAR' else f'CAST({column} AS VARCHAR)'}), '')"


def _value(column: str | None, kind: str) -> tuple[str, str]:
    """SQL of (occurrences in micro-units, whether the cell is no number of occurrences)."""
    if column is None:
        return "CAST(NULL AS BIGINT)", "false"
    given = f"({column})"
    if kind == "VARCHAR":
        given = f"CASE WHEN lower(trim({column})) NOT IN ({_WORDS}) THEN trim({column}) END"
    elif kind in ("DOUBLE", "FLOAT"):
        given = f"CASE WHEN NOT isnan({column}) THEN {column} END"
    number = f"try_cast({given} AS DECIMAL(18, 6))"
    fits = f"{number} BETWEEN -{_MOST} AND {_MOST}"
    return (
        f"CASE WHEN {fits} THEN CAST({number} * {MICRO} AS BIGINT) END",
        f"coalesce({given} IS NOT NULL AND NOT coalesce({fits}, false), false)",
    )


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
