"""Where single rows stand: the number of a row in its file → the line or row under which its owner finds it.

CSV and JSON lines: the line of the file, the header being line 1 of a CSV. Excel: the row of the sheet. Parquet has no
lines: the row, counted from 1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from enum import StrEnum

from qbrgen.measure.sources import EXCEL, LINES, PARQUET, File, delimiter_of_file, open_text, suffix_of

_CHUNK = 1 << 20


class PlaceKind(StrEnum):
    """What the number of a place counts."""

    LINE = "line"
    ROW = "row"


def place_kind(file: File) -> PlaceKind:
    """Whether rows of this file are found by line or by row."""
    return PlaceKind.ROW if suffix_of(file.path) in EXCEL | PARQUET else PlaceKind.LINE


def places(file: File, numbers: Iterable[int], rows: int) -> dict[int, int]:
    """Number of a row → its line or row, for these numbers. rows: how many the engine read in this file.

    Empty where the file cannot be counted as the engine counted it: then its name alone is told.
    """
    wanted = set(numbers)
    if not wanted or place_kind(file) is PlaceKind.ROW:
        return {number: number for number in wanted}
    is_csv = suffix_of(file.path) not in LINES
    if _line_ends(file) == rows + int(is_csv):  # no empty line, and no line end within a cell
        return {number: number + int(is_csv) for number in wanted}
    found: dict[int, int] = {}
    number = 0
    for line in _csv_lines(file) if is_csv else _json_lines(file):
        number += 1
        if number in wanted:
            found[number] = line
    return found if number == rows else {}


def _line_ends(file: File) -> int:
    """How many lines a file has, the last one with or without its end."""
    count, last = 0, "\n"
    with open_text(file.path) as text:
        while chunk := text.read(_CHUNK):
            count += chunk.count("\n")
            last = chunk[-1]
    return count + int(last != "\n")


def _csv_lines(file: File) -> Iterator[int]:
    """The line on which each row begins; empty lines are no rows."""
    with open_text(file.path) as text:
        reader = csv.reader(text, delimiter=delimiter_of_file(file.path))
        begins = 1
        for count, cells in enumerate(reader):
            if cells and count:
                yield begins
            begins = reader.line_num + 1


def _json_lines(file: File) -> Iterator[int]:
    with open_text(file.path) as text:
        yield from (line for line, written in enumerate(text, start=1) if written.strip())
