"""The line of a table's header, where lines of a title stand above it ("Usage report", "exported 2026-10-01").

A table is read from its first line unless `read: {header: …}` says another. Nothing is taken from here unasked: `init`
proposes it, to be confirmed, and an error about missing columns names it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from qbrgen.errors import Finding
from qbrgen.load.bad_file import BadFileError
from qbrgen.load.cells import parse_number
from qbrgen.load.encodings import encoding_of
from qbrgen.load.formats.excel import rows_of
from qbrgen.load.formats.model import DataFile, cleaned
from qbrgen.load.packed import CSV, EXCEL, kind_of
from qbrgen.load.text_lines import first_lines, layout_of
from qbrgen.load.times import Shape, shape_of

DEEPEST = 20  # lines: a header further down is somebody's to say
_BELOW = 20  # rows that are looked at below a header
_PAIR = 2  # cells of a line that says one thing ("Exported", "2026-10-01"), however narrow the table
_FEWEST = 2  # rows below a header

_OF_HEADER = ("table-empty", "column-missing", "column-not-mapped", "export-does-not-fit")

Line = tuple[int, list[str]]
"""The number of a line, and its cells."""


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """Where the header stands. line: of the file, or row of the sheet. above: the first text above it, "" for none."""

    line: int = 1
    above: str = ""


FIRST = HeaderLine()


def header_line(file: DataFile) -> HeaderLine:
    """The line that looks like the header of a CSV or Excel file; the first where none does, or somebody said it.

    A header is the first line of texts, no two alike, with a cell for each that any line below has; all lines above it
    hold less. Any doubt, and the first line is the header, as it is read without this.
    """
    if file.reading.header != 1:
        return FIRST
    for lines, place in _readings(file):
        line, header = lines[place]
        rows = [cells for _, cells in lines[place + 1 :] if any(cells)][:_BELOW]
        if _is_header(header, rows):
            above = [cells for _, cells in lines[:place]]
            if place and all(_is_title(cells, len(_trimmed(header))) for cells in above):
                return HeaderLine(line, next((cell for cells in above for cell in cells if cell), ""))
            return FIRST
    return FIRST


def line_with(file: DataFile, columns: Iterable[str]) -> int | None:
    """The line of the first twenty that has all these columns and is not the first; None where there is none."""
    wanted = set(columns)
    if file.reading.header != 1 or not wanted:
        return None
    found = (lines[place] for lines, place in _readings(file))
    return next((line for line, cells in found if line > 1 and wanted <= set(cells)), None)


def below_title(findings: Sequence[Finding], file: DataFile, wanted: Iterable[str]) -> list[Finding]:
    """What is wrong with a file; where the cause may be that its header stands further down, that in place of all that
    follows from it. wanted: the columns that are to be there."""
    told = next((finding for code in _OF_HEADER for finding in findings if finding.code == code), None)
    line = (line_with(file, wanted) or header_line(file).line) if told else 1
    if told is None or line == 1:
        return list(findings)
    fix = f"Line {line} looks like the header: write `read: {{header: {line}}}` beside `file:`."
    others = [finding for finding in findings if finding.code not in (*_OF_HEADER, "row-too-long")]
    return [replace(told, fix=fix), *others]


def _readings(file: DataFile) -> Iterable[tuple[Sequence[Line], int]]:
    """The first lines of a file, once for each that may be its header, with that one's place among them.

    A CSV file is cut by what separates the columns of that line: a title has no separator.
    """
    kind = kind_of(file.path)
    try:
        if kind in EXCEL:
            lines = list(islice(rows_of(file), DEEPEST + _BELOW))
            for place in range(min(DEEPEST, len(lines))):
                yield lines, place
        elif kind in CSV:
            encoding = encoding_of(file.path, file.name, file.reading, whole=False)
            texts = first_lines(file.path, file.name, encoding, replace(file.reading, header=DEEPEST + 1))
            if layout_of(texts, file.reading)[1] == 1:
                for place in range(min(DEEPEST, len(texts))):
                    delimiter, _ = layout_of(texts, replace(file.reading, header=place + 1))
                    yield _cut(texts, place, delimiter), place
    except (BadFileError, csv.Error):
        return


def _cut(texts: Sequence[str], place: int, delimiter: str) -> list[Line]:
    """The lines as cells. Those from the header on are read as a table: a row may stand on several lines."""
    above = [(number, _cells([text], delimiter)[0][1]) for number, text in enumerate(texts[:place], start=1)]
    return above + [(line + place, cells) for line, cells in _cells(texts[place:], delimiter)]


def _cells(texts: Sequence[str], delimiter: str) -> list[Line]:
    reader = csv.reader(texts, delimiter=delimiter)
    found: list[Line] = []
    line = 0
    for cells in reader:
        found.append((line + 1, cleaned(cells)))
        line = reader.line_num
    return found or [(1, [])]


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Cells without empty ones at their end."""
    kept = len(cells)
    while kept and not cells[kept - 1]:
        kept -= 1
    return list(cells[:kept])


def _is_header(line: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a line names the columns of the rows below it, of which most have a cell for each."""
    cells = _trimmed(line)
    width = len(cells)
    if width < 2 or len(set(cells)) < width or not all(map(_is_name, cells)):
        return False
    rows = [row for row in rows if _trimmed(row) != cells]  # exports put together have it again
    if len(rows) < _FEWEST or max(len(_trimmed(row)) for row in rows) > width:
        return False
    full = sum(len(row) >= width and 2 * _held(row) >= width for row in rows)
    again = any(cell in row[place : place + 1] for row in rows for place, cell in enumerate(cells))
    return 2 * full >= len(rows) and not again


def _is_name(cell: str) -> bool:
    """Whether a cell may be the name of a column: a text, neither a number nor a day."""
    if not any(char.isalpha() for char in cell) or shape_of(cell) is not Shape.OTHER or cell[:4].isdigit():
        return False
    try:
        parse_number(cell)
    except ValueError:
        return True
    return False


def _is_title(line: Sequence[str], width: int) -> bool:
    """Whether a line above a header so wide is a title, a blank line, or says one thing ("Exported", "2026-10-01").

    A header that leaves out a name or two is none; nor is one of two columns of which the first has no name.
    """
    held = _held(line)
    if held > 1 and not line[0]:
        return False
    if held <= 1:
        return not held or bool(line[0]) or width > _PAIR
    says = held <= _PAIR and (len(line) < width or not all(_is_name(cell) for cell in line if cell))
    return held < width and (2 * held <= width or says)


def _held(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))
