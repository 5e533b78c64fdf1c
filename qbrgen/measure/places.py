"""Where single rows stand: the number of a row in its file → the line or row under which its owner finds it.

CSV and JSON lines: the line of the file, the header being line 1 of a CSV. Excel: the row of the sheet. Parquet, Avro
and a list in JSON have no lines: the row, counted from 1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import IO

from qbrgen.load.text_lines import text_of
from qbrgen.measure.readers import ENGINE_READS_UTF_8, Numbering
from qbrgen.measure.sources import File

_CHUNK = 1 << 20


class PlaceKind(StrEnum):
    """What the number of a place counts."""

    LINE = "line"
    ROW = "row"
    ID = "id"  # of a row in a database


def place_kind(file: File) -> PlaceKind:
    """Whether rows of this file are found by line or by row."""
    has_lines = file.made.reader.numbering in (Numbering.CSV, Numbering.LINES)
    return PlaceKind.LINE if has_lines else PlaceKind.ROW


def places(file: File, numbers: Iterable[int], rows: int) -> dict[int, int]:
    """Number of a row → its line or row, for these numbers. rows: how many the engine read in this file.

    Empty where the file cannot be counted as the engine counted it: then its name alone is told.
    """
    wanted = set(numbers)
    reader = file.made.reader
    if not wanted or place_kind(file) is PlaceKind.ROW:
        return {number: number for number in wanted}
    is_csv = reader.numbering is Numbering.CSV
    if _line_ends(file) == rows + int(is_csv):  # no empty line, and no line end within a cell
        return {number: number + int(is_csv) + reader.above for number in wanted}
    found: dict[int, int] = {}
    number = 0
    for line in _csv_lines(file) if is_csv else _json_lines(file):
        number += 1
        if number in wanted:
            found[number] = line + reader.above
    return found if number == rows else {}


@contextmanager
def _text(file: File) -> Iterator[IO[str]]:
    """The text that the engine read."""
    with text_of(file.made.reader.path, file.name, ENGINE_READS_UTF_8) as text:
        yield text


def _line_ends(file: File) -> int:
    """How many lines a file has, the last one with or without its end."""
    count, last = 0, "\n"
    with _text(file) as text:
        while chunk := text.read(_CHUNK):
            count += chunk.count("\n")
            last = chunk[-1]
    return count + int(last != "\n")


def _csv_lines(file: File) -> Iterator[int]:
    """The line on which each row begins; empty lines are no rows."""
    with _text(file) as text:
        reader = csv.reader(text, delimiter=file.made.reader.delimiter)
        begins = 1
        for count, cells in enumerate(reader):
            if cells and count:
                yield begins
            begins = reader.line_num + 1


def _json_lines(file: File) -> Iterator[int]:
    with _text(file) as text:
        yield from (line for line, written in enumerate(text, start=1) if written.strip())
