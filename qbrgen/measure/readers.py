"""A data file → what DuckDB reads its rows from, and which of its columns is what.

Plain CSV, JSON lines and Parquet are read where they lie, packed with gzip or not. Everything else is turned once, row
by row, into a file of the session's own: text in another encoding, or of which the header is not the first line, into
the same lines in UTF-8; Excel, JSON and Avro into CSV with the line or row of each; what lies in a .zip is unpacked.

Text is read as text: DuckDB's own guesses about types would change what a row says.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from qbrgen.load.bad_file import BadFileError
from qbrgen.load.encodings import UTF_8, Encoding, encoding_of
from qbrgen.load.formats.json_files import holds_lines
from qbrgen.load.formats.model import ONLY_ONE, DataFile
from qbrgen.load.packed import CSV, JSON, LINES, PARQUET, check_size, is_plain, kind_of, unpacked
from qbrgen.load.tables import json_path, open_table
from qbrgen.load.text_lines import check_lines, first_lines, layout_of, lines_of, text_of

ENGINE_READS_UTF_8 = Encoding(UTF_8)


class Numbering(StrEnum):
    """What the number of a row counts, and so how its place is found."""

    ROWS = "rows"  # of a file that has no lines: it is the place
    CSV = "csv"  # the rows of a CSV file, the header not among them
    LINES = "lines"  # the lines of a JSON lines file that are not empty
    TOLD = "told"  # it is the line or row itself


@dataclass(frozen=True)
class Reader:
    """What the rows of a file are read from.

    sql: what to select from. columns: the file's column → its SQL. number: SQL of a row's number. path: the text that
    is read, the file's own or the copy. numbering: what `number` counts. above: how many lines of the file stand above
    the first one of `path`. delimiter: of a CSV.
    """

    sql: str
    columns: Mapping[str, str]
    number: str
    path: Path
    numbering: Numbering
    above: int = 0
    delimiter: str = ","


def reader_of(
    connection: Any, file: DataFile, header: Sequence[str], wanted: Iterable[str], copy: Path, encoding: Encoding | None
) -> Reader:
    """How the engine reads a file. Raises BadFileError.

    header: the file's columns. wanted: those that are needed, dotted paths into JSON among them. copy: where a copy may
    be written (its suffix is changed). encoding: where it is known already; None: as the beginning of the file tells.
    """
    wanted = list(dict.fromkeys(wanted))
    kind = kind_of(file.path)
    if kind in PARQUET:
        return _parquet(connection, file, header, wanted, copy.with_suffix(".parquet"))
    if kind in CSV | LINES | JSON:
        found = encoding or encoding_of(file.path, file.name, file.reading, whole=False)
        if kind in CSV:
            return _csv(file, header, wanted, copy.with_suffix(".csv"), found)
        if kind in LINES or holds_lines(file, found):
            return _json_lines(file, wanted, copy.with_suffix(".jsonl"), found)
    return turned(file, header, wanted, copy.with_suffix(".csv"))


def literal(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def name_in_sql(column: str) -> str:
    """A name as SQL has it."""
    return '"' + column.replace('"', '""') + '"'


# ---- text -----------------------------------------------------------------------------------------------------------


def _csv(file: DataFile, header: Sequence[str], wanted: Sequence[str], copy: Path, encoding: Encoding) -> Reader:
    delimiter, line = layout_of(first_lines(file.path, file.name, encoding, file.reading), file.reading)
    path = file.path
    if not encoding.is_utf_8 or line > 1 or not is_plain(path):
        path = _lines_copied(file, encoding, copy, skip=line - 1)
    else:
        _check(path, file.name)
    return csv_reader(path, header, wanted, delimiter, above=line - 1)


def _check(path: Path, name: str) -> None:
    """BadFileError for what the engine would read without end."""
    if path.suffix.lower() == ".gz":
        check_size(path, name)
    else:
        check_lines(path, name)


def csv_reader(path: Path, header: Sequence[str], wanted: Sequence[str], delimiter: str, above: int = 0) -> Reader:
    """The reader of a UTF-8 CSV file with its header on line 1."""
    # Positions for names: headers may hold anything, or the same name twice.
    names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header)))
    options = f"delim={literal(delimiter)}, {_CSV_OPTIONS}, null_padding=true, header=true"
    sql = f"read_csv({literal(path.as_posix())}, {options}, columns={{{names}}})"
    columns = _placed(header, wanted)
    return Reader(sql, columns, "row_number() OVER ()", path, Numbering.CSV, above, delimiter)


_CSV_OPTIONS = "auto_detect=false, quote='\"', escape='\"'"


def _placed(header: Sequence[str], wanted: Iterable[str]) -> dict[str, str]:
    """Column → SQL, where the engine calls columns by their position."""
    found: dict[str, str] = {}
    for column in wanted:
        if column in header:
            found[column] = f"c{header.index(column)}"
        elif path := json_path(column, list(header)):
            found[column] = _in_json(f"c{header.index(path[0])}", path[1])
    return found


def _in_json(text: str, keys: Sequence[str]) -> str:
    """SQL of what a text of JSON holds under these keys; nothing, where it is no JSON."""
    return _only_one(f"CASE WHEN json_valid({text}) THEN json_extract_string({text}, {_json_keys(keys)}) END")


def _only_one(text: str) -> str:
    """SQL of a text of JSON, a list of one as that one."""
    return f"regexp_replace({text}, {literal(ONLY_ONE.pattern)}, '\\1\\2')"


def _json_keys(keys: Sequence[str]) -> str:
    return literal("$" + "".join(f'."{key}"' for key in keys))


def _lines_copied(file: DataFile, encoding: Encoding, copy: Path, skip: int = 0) -> Path:
    """The lines of a text file, in UTF-8."""
    with text_of(file.path, file.name, encoding) as text, copy.open("w", encoding="utf-8", newline="") as target:
        target.writelines(islice(lines_of(text, file.name), skip, None))
    return copy


def _json_lines(file: DataFile, wanted: Sequence[str], copy: Path, encoding: Encoding) -> Reader:
    """Keys of nested objects are written with dots; a key that itself holds dots is found by its whole name. Where an
    object is written as a text that holds JSON, its keys are found as well."""
    path = file.path
    if not encoding.is_utf_8 or not is_plain(path):
        path = _lines_copied(file, encoding, copy)
    else:
        _check(path, file.name)
    tops = list(dict.fromkeys(column.split(".")[0] for column in wanted))
    whole = [column for column in wanted if "." in column and column not in tops]
    typed = ", ".join(f"{literal(top)}: 'JSON'" for top in [*tops, *dict.fromkeys(whole)])
    sql = f"read_json({literal(path.as_posix())}, format='newline_delimited', columns={{{typed}}})"

    def column_sql(column: str) -> str:
        top, *keys = column.split(".")
        nested = f"{name_in_sql(top)} ->> {_json_keys(keys)}"
        if not keys:
            return _only_one(nested)
        held = _in_json(f"({name_in_sql(top)} ->> '$')", keys)
        return _only_one(f"coalesce({name_in_sql(column)} ->> '$', {nested}, {held})")

    columns = {column: column_sql(column) for column in wanted}
    return Reader(sql, columns, "row_number() OVER ()", path, Numbering.LINES)


# ---- typed ----------------------------------------------------------------------------------------------------------


def _parquet(connection: Any, file: DataFile, header: Sequence[str], wanted: Sequence[str], copy: Path) -> Reader:
    plain = is_plain(file.path) and file.path.suffix.lower() != ".gz"
    path = file.path if plain else unpacked(file.path, file.name, copy)
    place = literal(path.as_posix())
    has_number = "file_row_number" in header
    sql = f"read_parquet({place})" if has_number else f"read_parquet({place}, file_row_number=true)"
    number = "row_number() OVER ()" if has_number else "(file_row_number + 1)"
    inside = [column for column in wanted if column not in header]
    types = _described(connection, sql, header) if inside else {}
    columns: dict[str, str] = {}
    for column in wanted:
        held = json_path(column, list(header))
        if column in header:
            columns[column] = name_in_sql(column)
        elif held:
            whole = name_in_sql(held[0])
            text = whole if types[held[0]] in ("VARCHAR", "JSON") else f"CAST(to_json({whole}) AS VARCHAR)"
            columns[column] = _in_json(text, held[1])
    return Reader(sql, columns, number, path, Numbering.ROWS)


def _described(connection: Any, sql: str, columns: Iterable[str]) -> dict[str, str]:
    listing = ", ".join(name_in_sql(column) for column in columns)
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT {listing} FROM {sql}").fetchall()}


# ---- turned into CSV ------------------------------------------------------------------------------------------------


def turned(file: DataFile, header: Sequence[str], wanted: Sequence[str], copy: Path) -> Reader:
    """Excel, JSON and Avro as CSV, with the place of each row. Only what is wanted is written. Raises BadFileError."""
    needed = list(dict.fromkeys(column for each in wanted if (column := _held_in(each, header)) is not None))
    places = [header.index(column) for column in needed]
    with copy.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        for line, cells in open_table(file).rows:
            if any(cells[len(header) :]):
                what = f"the row has {len(cells)} cells, the header {len(header)}."
                raise BadFileError("row-too-long", file.name, what, "Give each column a name in the header.", line)
            if any(cells):
                writer.writerow([line, *(_on_one_line(cells[place]) if place < len(cells) else "" for place in places)])
    names = ", ".join(["'line': 'BIGINT'", *(f"'c{number}': 'VARCHAR'" for number in range(len(needed)))])
    options = f"delim=',', {_CSV_OPTIONS}, header=false"
    sql = f"read_csv({literal(copy.as_posix())}, {options}, columns={{{names}}})"
    return Reader(sql, _placed(needed, wanted), "line", copy, Numbering.TOLD)


def _held_in(column: str, header: Sequence[str]) -> str | None:
    if column in header:
        return column
    path = json_path(column, list(header))
    return path[0] if path else None


def _on_one_line(cell: str) -> str:
    return " ".join(cell.splitlines()) if "\n" in cell or "\r" in cell else cell


# ---- when the engine gave up ----------------------------------------------------------------------------------------


def without_line_ends(reader: Reader, header: Sequence[str], wanted: Sequence[str], copy: Path) -> Reader:
    """A CSV file that is right and yet too much for DuckDB's reader, by way of a copy without line ends in cells.

    (Its reader takes them with one thread only, and then drops a row whose quote is never closed without a word.)
    Raises csv.Error and UnicodeDecodeError where the file is not right.
    """
    file = DataFile(reader.path, reader.path.name)
    line = 0
    with (
        text_of(file.path, file.name, ENGINE_READS_UTF_8) as source,
        copy.open("w", encoding="utf-8", newline="") as to,
    ):
        writer = csv.writer(to, delimiter=reader.delimiter, lineterminator="\n")
        rows = csv.reader(lines_of(source, file.name), delimiter=reader.delimiter, strict=True)
        try:
            for row in rows:
                line = rows.line_num
                writer.writerow([_on_one_line(cell) for cell in row])
        except csv.Error as error:
            raise NotRightError(f"CSV Error on Line: {line + 1}\nunterminated quote or the like: {error}") from error
    again = csv_reader(copy, header, wanted, reader.delimiter)
    # Places are found in the text that the user has, not in this copy.
    return replace(again, path=reader.path, above=reader.above)


class NotRightError(Exception):
    """A CSV file that nobody can read: the message is as the engine's are."""
