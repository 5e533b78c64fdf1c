"""A workbook as somebody edits it: cells by header and row, rows found by what stands in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from qbrgen.sheet.columns import Sheet


class Book:
    """An exported workbook, open for editing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def page(self, title: str) -> Any:
        return self.book[title]

    def place(self, title: str, header: str) -> int:
        """The number of a column."""
        for cell in self.page(title)[1]:
            if cell.value in (header, f"{header} (internal)"):
                return int(cell.column)
        raise KeyError(header)

    def row(self, title: str, **holds: str) -> int:
        """The first row that holds these values, by header (_ for a space)."""
        for number in range(2, self.page(title).max_row + 1):
            if all(str(self.get(title, number, key)) == value for key, value in holds.items()):
                return number
        raise KeyError(holds)

    def get(self, title: str, row: int, header: str) -> Any:
        return self.page(title).cell(row, self.place(title, header.replace("_", " "))).value

    def set(self, title: str, row: int, header: str, value: Any) -> None:
        self.page(title).cell(row, self.place(title, header.replace("_", " "))).value = value

    def add(self, title: str, **holds: Any) -> int:
        """A new row at the end."""
        page = self.page(title)
        row = max(number for number in range(1, page.max_row + 1) if any(cell.value for cell in page[number])) + 1
        for key, value in holds.items():
            self.set(title, row, key, value)
        return row

    def remove(self, title: str, row: int) -> None:
        self.page(title).delete_rows(row)

    def cell(self, title: str, row: int, header: str) -> str:
        """How a finding calls a cell: Plans!G7."""
        return f"{title}!{self.page(title).cell(row, self.place(title, header)).coordinate}"

    def save(self, path: Path | None = None) -> Path:
        self.book.save(path or self.path)
        return path or self.path

    def rows(self, sheet: Sheet) -> int:
        """How many rows hold something."""
        page = self.page(sheet.title)
        return sum(1 for row in page.iter_rows(min_row=2) if any(cell.value for cell in row[1:]))
