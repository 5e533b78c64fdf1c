"""Data files → DuckDB views of one shape (see `expression`), each file read where it lies and never into memory.

What a file is read from is the matter of `readers`, the SQL of its rows of `shape`. DuckDB's cast of a text with an
offset to a timestamp (which drops the offset without a word) would change what a row says: it is not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qbrgen.define.model.settings import Settings
from qbrgen.define.model.sources import Table
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.bad_file import BadFileError
from qbrgen.load.encodings import Encoding, encoding_of
from qbrgen.load.formats.model import DataFile
from qbrgen.load.packed import located
from qbrgen.load.reading import Decimal
from qbrgen.load.tables import data_files, missing_columns, read_columns
from qbrgen.load.times import Form
from qbrgen.measure.engine import BrokenFileError, Engine
from qbrgen.measure.only import pattern_of
from qbrgen.measure.read_as import Translations, read_as, translations
from qbrgen.measure.readers import (
    NotRightError,
    Numbering,
    Reader,
    literal,
    name_in_sql,
    reader_of,
    turned,
    without_line_ends,
)
from qbrgen.measure.shape import NOT_READ, Made, rows_with_times, select_of


@dataclass(frozen=True)
class File:
    """One data file that can be read. name: within the workspace. view: the DuckDB view of its rows.

    header: its columns. made: what the view is made of. told: what its ids are read as. notes: what was taken to open
    it that its beginning did not tell.
    """

    name: str
    path: Path
    table: Table
    view: str
    header: Sequence[str]
    made: Made
    told: Translations
    notes: tuple[Finding, ...] = ()

    @property
    def rows_of_one(self) -> int:
        """How many rows of the view one row of the file gives: of a wide file, one for each of its event columns."""
        return max(len(self.made.wide), 1)


def expanded(tables: Iterable[Table]) -> list[Table]:
    """Tables whose path is one file each: a folder or a .zip stands for the data files in it, `*` and `?` for those
    they match. What cannot be listed stands for itself, and is told when it is read."""
    found: list[Table] = []
    for table in tables:
        if table.database:
            found.append(table)
            continue
        paths, _ = data_files(table.path, table.path.name)
        found += [replace(table, path=each) for each in paths or [table.path]]
    return found


def open_files(
    session: Engine,
    tables: Sequence[Table],
    settings: Settings,
    fields: Sequence[str],
    needed: Sequence[str],
    prefix: str,
) -> tuple[list[File], list[Finding]]:
    """Make a view `<prefix>_<n>` of each file; files that cannot be read give findings instead.

    session: with the table `user_accounts` (user, account), where users are looked up when a file has no account
    column. fields: what the views hold of time, user, account, event, value, id, days (how many days a row stands for)
    and number (of the row in its file: see `places`); needed: those every file must map.
    """
    files: list[File] = []
    findings: list[Finding] = []
    told_by = [(each, translations(table, settings)) for table in tables for each in expanded([table])]
    for number, (table, told) in enumerate(told_by):
        name = name_of(table.path, settings.root)
        try:
            problems, opened = _open(session, table, name, fields, needed, f"{prefix}_{number}", told)
        except BadFileError as error:
            problems, opened = [error.finding], []
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
    made = file.made
    if made.types["time"] not in ("VARCHAR", "JSON"):
        return None, None
    rows, wall, instant = rows_with_times(made)
    text = made.columns["time"]
    told = f"SELECT {made.reader.number} AS number, {text} AS text, {wall} AS wall, {instant} AS instant FROM {rows}"
    header = f"text IS DISTINCT FROM {literal(file.table.columns['time'])}"  # it comes again in exports put together
    sql = f"SELECT number, text FROM ({told}) WHERE ({NOT_READ}) AND {header} LIMIT 1"
    # All rows are fetched: a result left unfinished blocks the session's next statement.
    found: list[tuple[int, str | None]] = connection.execute(sql).fetchall()
    return (line_near(file, found[0][0]), found[0][1]) if found else (None, None)


def line_near(file: File, number: int) -> int:
    """The line or row of a row by its number alone: `places` knows better, where lines are empty or cells have ends."""
    reader = file.made.reader
    return number + reader.above + 1 if reader.numbering is Numbering.CSV else number


# ---- one file -------------------------------------------------------------------------------------------------------


def _open(
    session: Engine,
    table: Table,
    name: str,
    fields: Sequence[str],
    needed: Sequence[str],
    view: str,
    told: Translations,
) -> tuple[list[Finding], list[File]]:
    header = read_columns(table.path, name, table.reading)
    mapped = {field: column for field, column in table.columns.items() if field in fields}
    wide = dict(table.event_columns) if "event" in fields else {}
    if wide:
        mapped.pop("event", None)
        mapped.pop("value", None)
    findings = [finding for finding in header.findings if finding.level is Level.ERROR]
    if not findings:
        every = {**mapped, **wide}
        findings += missing_columns(header, every, dict.fromkeys(every, table.where))
        lacking = [field for field in needed if field not in mapped and not (wide and field == "event")]
        findings += [_not_mapped(name, field, table.where) for field in lacking]
    if findings:
        return findings, []
    wanted = [*mapped.values(), *wide.values()]
    file = DataFile(table.path, name, table.reading)
    key, copy = _identity(table.path), session.folder / view
    encoding = _LEARNT.get(key)
    if key in _BY_HAND:
        reader = turned(file, header.columns, wanted, copy.with_suffix(".csv"))
    else:
        reader = reader_of(session.connection, file, header.columns, wanted, copy, encoding)
    made = _made(session.connection, table, fields, mapped, wide, reader)
    notes = (encoding.guessed,) if encoding and encoding.guessed else ()
    opened = File(name, table.path, table, view, header.columns, made, told, notes)
    return [], [_viewed(session.connection, opened)]


def _made(
    connection: Any, table: Table, fields: Sequence[str], mapped: dict[str, str], wide: dict[str, str], reader: Reader
) -> Made:
    columns = {field: reader.columns[column] for field, column in mapped.items()}
    names = list(wide)
    every = [*columns.items(), *((f"wide {at}", reader.columns[wide[name]]) for at, name in enumerate(names))]
    listing = ", ".join(f"{column} AS {name_in_sql(field)}" for field, column in every)
    described = connection.execute(f"DESCRIBE SELECT {listing} FROM {reader.sql}").fetchall()
    types = {row[0]: row[1] for row in described}
    cells = {name: (reader.columns[wide[name]], types.pop(f"wide {at}")) for at, name in enumerate(names)}
    decimal = table.reading.decimal or Decimal.POINT
    return Made(reader, columns, types, fields, table.each_row, cells, decimal=decimal)


def _viewed(connection: Any, file: File) -> File:
    """The file, its view made of what it is made of now."""
    select = read_as(connection, select_of(file.made), file.told, file.made.columns, file.view)
    select = _with_account(select, file.table, file.made)
    if file.table.only:
        select = f"SELECT * FROM ({select}) WHERE regexp_matches(lower(event), {literal(pattern_of(file.table.only))})"
    if "alike" in file.made.fields:
        select = _told_apart(select, file)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {file.view} AS {select}")
    return file


def _told_apart(select: str, file: File) -> str:
    """SQL of the rows with an id made of their cells, where they are to count once however many files they stand in.

    Of rows that are alike within one file each is a row of its own: it gets the number that it has among them. A row
    without a time is none of them: as what it was written is not known here.
    """
    if not file.table.same_rows_once:
        return f"SELECT *, false AS alike FROM ({select})"
    held = {"wall", "instant", *("micro" if name == "value" else name for name in file.made.fields)}
    cells = [f'"{name}"' for name in ("wall", "instant", "user", "account", "event", "micro", "days") if name in held]
    order = "ORDER BY number" if "number" in held else ""
    number = f"row_number() OVER (PARTITION BY {', '.join(cells)} {order})"
    made = f"md5(to_json(row({', '.join(cells)}))) || '-' || {number}"
    marked = f"SELECT *, id IS NULL AND coalesce(wall, instant) IS NOT NULL AS alike FROM ({select})"
    return f"SELECT * REPLACE (CASE WHEN alike THEN {made} ELSE id END AS id) FROM ({marked})"


def _with_account(select: str, table: Table, made: Made) -> str:
    """SQL of the rows with the account that is said of all of them, else that of the person; or as they are."""
    if table.of_account:
        return f"SELECT found.* REPLACE ({literal(table.of_account)} AS account) FROM ({select}) AS found"
    if "account" in made.columns:
        return select
    return (
        f"SELECT found.* REPLACE (known.account AS account) FROM ({select}) AS found "
        'LEFT JOIN user_accounts AS known ON found."user" = known."user"'
    )


def _not_mapped(name: str, field: str, where: Location) -> Finding:
    what = f"Nothing says which column of {name} holds the {field}."
    return Finding(Level.ERROR, "column-not-mapped", what, f"Add {field}: <column> to its columns.", where)


# ---- once more is known of a file -----------------------------------------------------------------------------------


def read_with(connection: Any, file: File, form: Form | None = None, decimal: Decimal | None = None) -> File:
    """The file with its times and values read in another way."""
    made = replace(file.made, form=form or file.made.form, decimal=decimal or file.made.decimal)
    return _viewed(connection, replace(file, made=made))


def reread(session: Engine, file: File) -> File:
    """A CSV file that is right and yet too much for DuckDB's reader, by way of a copy.

    Raises BrokenFileError where the file is not right.
    """
    reader, copy = file.made.reader, session.folder / f"{file.view}_again.csv"
    try:
        again = without_line_ends(reader, file.header, list(reader.columns), copy)
    except NotRightError as error:
        raise BrokenFileError(str(error)) from error
    return _viewed(session.connection, replace(file, made=_of(file.made, again)))


_LEARNT: dict[tuple[str, int, int], Encoding] = {}
"""The encodings of files (path, size, time of the last change) that began as UTF-8 and went on otherwise."""


def learn_encodings(files: Iterable[File]) -> bool:
    """Look at the whole of each text file for its encoding; whether that of any was taken wrongly by its beginning.

    It is known from then on, wherever the file is opened. Raises BadFileError for a file that is in none.
    """
    learnt = False
    for file in files:
        key = _identity(file.path)
        if file.made.reader.numbering not in (Numbering.CSV, Numbering.LINES) or key in _LEARNT:
            continue
        encoding = encoding_of(file.path, file.name, file.table.reading)
        if not encoding.is_utf_8:
            _LEARNT[key] = encoding
            learnt = True
    return learnt


_BY_HAND: set[tuple[str, int, int]] = set()
"""Files of JSON lines (as above) that the engine refused: a key stands twice, a half character, or they are wrong."""


def read_by_hand(files: Iterable[File], message: str) -> bool:
    """Whether the engine's message is of a file of JSON lines, which is turned row by row from then on: so it is read,
    or the line that is wrong is told."""
    refused = [file for file in files if file.made.reader.numbering is Numbering.LINES]
    found = {_identity(file.path) for file in refused if file.made.reader.path.as_posix() in message}
    new = found - _BY_HAND
    _BY_HAND.update(new)
    return bool(new)


def _identity(path: Path) -> tuple[str, int, int]:
    disk, _ = located(path)
    try:
        known = disk.stat()
    except OSError:
        return path.as_posix(), 0, 0
    return path.as_posix(), known.st_size, known.st_mtime_ns


def _of(made: Made, reader: Reader) -> Made:
    """What a view is made of, from another reader of the same columns."""
    columns = {field: _same(column, made.reader, reader) for field, column in made.columns.items()}
    wide = {event: (_same(column, made.reader, reader), kind) for event, (column, kind) in made.wide.items()}
    return replace(made, reader=reader, columns=columns, wide=wide)


def _same(sql: str, before: Reader, after: Reader) -> str:
    return next(after.columns[column] for column, of in before.columns.items() if of == sql)
