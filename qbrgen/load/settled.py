"""Cells of a small table in the one form that everything after it reads: ISO days, plain numbers, whole ids.

In: a table as read and which of its columns hold days, numbers and ids. Out: the same rows; findings of what was taken,
and of what nothing settles, are added to its own. Cells that fit no form stay as they are, for their reader to refuse.
The rules are those of `times` and `amounts`, by which the engine reads events as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from qbrgen.errors import Finding, Level
from qbrgen.load.amounts import decimal_of, plain_number, proofs
from qbrgen.load.reading import Decimal, Reading
from qbrgen.load.tables import TableData
from qbrgen.load.times import Form, Shape, column_of, form_of, iso_text, shape_of

_WHOLE = re.compile(r"(\d+)\.0+", re.ASCII)
_POWER = re.compile(r"\d\.\d+[eE]\+?\d{1,2}", re.ASCII)
_EXACT = 10**15  # beyond it a float does not hold every whole number


def settled(
    content: TableData,
    reading: Reading,
    *,
    paths: Iterable[str] = (),
    days: Sequence[str] = (),
    times: Sequence[str] = (),
    months: Sequence[str] = (),
    numbers: Sequence[str] = (),
    ids: Sequence[str] = (),
) -> TableData:
    """paths: dotted paths into JSON, which become columns. days, times, months, numbers, ids: columns; a month without
    a day is its first day in `times`, stays one in `months` ("2026-07"), and in `days` says nothing."""
    table = _Settling(content, reading)
    table.add_paths(paths)
    table.settle_days({**dict.fromkeys(days), **dict.fromkeys(times, "first day"), **dict.fromkeys(months, "month")})
    for column in numbers:
        table.settle_numbers(column)
    for column in ids:
        table.change(column, whole_id)
    return table.done()


def whole_id(text: str) -> str:
    """An id without the fraction or the power that a spreadsheet or a data frame gave it: 100000.0, 1.0e5 → 100000."""
    if whole := _WHOLE.fullmatch(text):
        return whole[1]
    if _POWER.fullmatch(text) and (number := float(text)) < _EXACT and number.is_integer():
        return str(int(number))
    return text


class _Settling:
    def __init__(self, content: TableData, reading: Reading) -> None:
        self.content, self.reading = content, reading
        self.columns = content.columns
        self.rows = content.rows
        self.findings = list(content.findings)

    def done(self) -> TableData:
        return replace(self.content, columns=self.columns, rows=self.rows, findings=tuple(self.findings))

    def add_paths(self, paths: Iterable[str]) -> None:
        for path in dict.fromkeys(paths):
            if path not in self.columns and self.content.holds(path):
                cells = self.content.column(path)
                self.columns = (*self.columns, path)
                self.rows = [[*row, cell] for row, cell in zip(self.rows, cells, strict=True)]

    def cells(self, column: str) -> list[tuple[int | None, str]]:
        if column not in self.columns:
            return []
        place = self.columns.index(column)
        return [(line or None, row[place]) for line, row in zip(self.content.lines, self.rows, strict=True)]

    def change(self, column: str, changed: Callable[[str], str]) -> None:
        if column not in self.columns:
            return
        place = self.columns.index(column)
        cells = [changed(row[place]) for row in self.rows]
        if any(cell != row[place] for cell, row in zip(cells, self.rows, strict=True)):
            self.rows = [[*row[:place], cell, *row[place + 1 :]] for row, cell in zip(self.rows, cells, strict=True)]

    def settle_days(self, columns: Mapping[str, str | None]) -> None:
        """What one column settles of the order of day and month holds for those of the file that settle nothing."""
        found: dict[str, tuple[Form, list[Finding]]] = {}
        for column, month in columns.items():
            held = column_of(self.content.name, column, self.cells(column), months=bool(month))
            if held.seen:
                found[column] = form_of(held, self.reading)
        order = next((form for form, _ in found.values() if Shape.FIGURES in form.shapes), None)
        for column, (own, own_told) in found.items():
            open_order = order is not None and any(finding.code == "dates-ambiguous" for finding in own_told)
            form, told = (order, []) if order and open_order else (own, own_told)
            self.findings += told
            if any(finding.level is Level.ERROR for finding in told):
                self.change(column, lambda cell: "" if shape_of(cell) is not Shape.OTHER else cell)
            else:
                self.change(column, partial(_day, form=form, keeps_months=columns[column] == "month"))

    def settle_numbers(self, column: str) -> None:
        cells = self.cells(column)
        sign, told = decimal_of(proofs(cells), self.reading, column, self.content.name)
        self.findings += told
        if sign is Decimal.COMMA or any("," in cell or "'" in cell or "’" in cell or " " in cell for _, cell in cells):
            self.change(column, lambda cell: plain_number(cell, sign))


def _day(cell: str, form: Form, keeps_months: bool) -> str:
    iso = iso_text(cell, form)
    is_month = keeps_months and iso != cell and shape_of(cell) is Shape.MONTH_ALONE
    return iso[:7] if is_month else iso
