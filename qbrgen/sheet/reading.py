"""A workbook that came back → the rows of its sheets, and everything that is wrong with it, each with sheet and cell.

Sheets are known by the marker above their hidden column, whatever they are called; columns by their headers, in any
order. Rows may stand in any order. Values only: a formula is refused, as the YAML keeps one value and not its rule.
"""

from __future__ import annotations

import json
import warnings
import zipfile
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.identifiers import in_full
from qbrgen.load.nearest import file_instead_of, instead_of, listed
from qbrgen.sheet.cells import CellError, Value, from_kept, value_of
from qbrgen.sheet.columns import ACCOUNTS, EVERYONE, SHEETS, Column, Kind, Sheet
from qbrgen.sheet.model import Kept, ReadSheet, SheetRow, Workbook
from qbrgen.sheet.rows import Lists
from qbrgen.sheet.tokens import with_their_tokens
from qbrgen.sheet.workbook import FORMAT, KEPT, LISTS

_EXCEL = frozenset({".xlsx", ".xlsm"})
_AGAIN = "Export a new workbook, and put the edits into that."
_LOOKED_THROUGH = 12  # rows at the top in which the header is looked for


def read_workbook(path: Path, lists: Lists, called: Mapping[str, str]) -> Workbook:
    """Read a workbook. lists: what may be chosen. called: id → name of each account, for rows that call it by name.

    Raises InputError when it is no workbook of ours; what is wrong in its cells is in `findings`.
    """
    book = _open(path)
    found, names = Workbook(), dict(called)
    if KEPT not in book.sheetnames:
        raise _broken("sheet-not-ours", "the workbook has no hidden sheet that tells what was exported.", path)
    _read_kept(book[KEPT], found, path)
    readers = [
        _Reader(page, lists, names, found)
        for page in book.worksheets
        if page.title not in (KEPT, LISTS, "Read me") and hasattr(page, "iter_rows")
    ]
    for reader in sorted(readers, key=lambda each: not each.of_accounts):  # its new ones may be named
        reader.read()
    for sheet in SHEETS:
        if sheet.key not in found.sheets:
            what = f"the sheet '{sheet.title}' is not there: nothing of it changes."
            found.findings.append(Finding(Level.NOTE, "sheet-gone", what, where=Location(path.name)))
    return found


def _broken(code: str, what: str, path: Path, fix: str = _AGAIN) -> InputError:
    return InputError([Finding(Level.ERROR, code, what, fix, Location(path.name))])


def _open(path: Path) -> Any:
    if not path.is_file():
        beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        what = "it is a folder, not a file." if path.is_dir() else "the file is not there."
        raise _broken("file-missing", what, path, file_instead_of(path.name, beside))
    if path.suffix.lower() not in _EXCEL:
        what = f"'{path.suffix or path.name}' holds one sheet at most, and not what was exported."
        if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
            what = f"'{path.suffix or path.name}' is no Excel workbook."
        fix = "Save it as an Excel workbook (.xlsx): File, Save as (LibreOffice), Download (Google Sheets)."
        raise _broken("sheet-kind", what, path, fix)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of a workbook that openpyxl does not keep
            return openpyxl.load_workbook(path)
    except OSError:
        raise
    except zipfile.BadZipFile:
        what = "the file is no Excel workbook, or a broken one; one with a password cannot be read."
        raise _broken("excel-broken", what, path, "Save it again as .xlsx, without a password.") from None
    except Exception as error:  # openpyxl raises whatever the broken part happens to cause
        what = "the workbook is broken."
        raise _broken("excel-broken", what, path, "Open it and save it again as .xlsx.") from error


def _read_kept(page: Any, found: Workbook, path: Path) -> None:
    try:
        for cells in page.iter_rows(values_only=True):
            if not cells or not cells[0]:
                continue
            token, sheet, text = str(cells[0]), cells[1], "".join(str(cell) for cell in cells[2:] if cell)
            record = json.loads(text)
            if token == "qbrgen":
                if record["format"] != FORMAT:
                    raise ValueError(record["format"])
                found.made, found.files = str(record["made"]), dict(record["files"])
                found.accounts = tuple(record["accounts"])
                continue
            values = {key: from_kept(raw) for key, raw in record["values"].items()}
            found.kept[token] = Kept(str(sheet), tuple(record["key"]), str(record["account"]), values)
        if not found.made:
            raise ValueError(path)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        what = f"the hidden sheet '{KEPT}', which tells what was exported, has been changed."
        raise _broken("sheet-not-ours", what, path) from None


class _Reader:
    """One sheet."""

    def __init__(self, page: Any, lists: Lists, names: dict[str, str], found: Workbook) -> None:
        self.page, self.lists, self.names, self.found = page, lists, names, found
        self.columns: dict[int, Column] = {}
        self.marked = self._marker()

    @property
    def of_accounts(self) -> bool:
        return self.marked is not None and self.marked[0] is ACCOUNTS

    def read(self) -> None:
        if self.marked is None:
            what = f"the sheet '{self.page.title}' is none of those exported: it is left out."
            self._tell(Level.NOTE, "sheet-unknown", what)
            return
        sheet, top, self.token_column = self.marked
        if sheet.key in self.found.sheets:
            what = f"'{self.page.title}' is the sheet '{sheet.title}' a second time."
            self._tell(Level.ERROR, "sheet-twice", what, "Delete one of the two.")
            return
        self.sheet, self.top = sheet, top
        self._header()
        self._merged()
        came = [row for number in range(top + 1, self.page.max_row + 1) if (row := self._row(number))]
        kept = {token: each for token, each in self.found.kept.items() if each.sheet == sheet.key}
        rows = with_their_tokens(sheet, came, kept)
        if sheet is ACCOUNTS:
            new = (row.values for row in rows if row.token not in self.found.kept)
            self.names.update({str(row["account"]): str(row.get("name") or "") for row in new if row.get("account")})
            self._other_playbooks(rows)
        present = frozenset(column.key for column in self.columns.values())
        self.found.sheets[sheet.key] = ReadSheet(sheet, self.page.title, present, tuple(rows))

    def _other_playbooks(self, rows: list[SheetRow]) -> None:
        """An account that is to have another playbook has other personas: they are known when it is tried."""
        for row in rows:
            kept = self.found.kept.get(row.token)
            if kept and "playbook" in row.values and row.values["playbook"] != kept.values.get("playbook"):
                self.found.unlisted.add(kept.account)

    def _tell(self, level: Level, code: str, what: str, fix: str = "", cell: str = "") -> None:
        where = Location(f"{self.page.title}!{cell}" if cell else self.page.title)
        self.found.findings.append(Finding(level, code, what, fix, where))

    def _marker(self) -> tuple[Sheet, int, int] | None:
        sheets = {sheet.marker: sheet for sheet in SHEETS}
        for row in self.page.iter_rows(max_row=min(_LOOKED_THROUGH, self.page.max_row)):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.strip() in sheets:
                    return sheets[cell.value.strip()], cell.row, cell.column
        titles = {sheet.title.casefold(): sheet for sheet in SHEETS}
        if self.page.title.casefold() in titles:
            what = "the hidden first column, which tells which row is which, is gone."
            self._tell(Level.ERROR, "sheet-without-rows", what, _AGAIN)
        return None

    def _header(self) -> None:
        by_title = {column.title.casefold(): column for column in self.sheet.columns}
        by_title |= {column.header.casefold(): column for column in self.sheet.columns}
        unknown: list[tuple[str, str]] = []
        for cell in self.page[self.top]:
            if cell.column == self.token_column or cell.value is None or not str(cell.value).strip():
                continue
            title = " ".join(str(cell.value).split())
            column = by_title.get(title.casefold())
            if column is None:
                unknown.append((title, cell.coordinate))
            elif column in self.columns.values():
                what = f"the column '{column.title}' is there twice."
                self._tell(Level.ERROR, "column-twice", what, "Delete one of the two.", cell.coordinate)
            else:
                self.columns[cell.column] = column
        gone = [column for column in self.sheet.columns if column not in self.columns.values()]
        for title, place in unknown:
            what = f"the column '{title}' is none of those exported: it is left out."
            fix = instead_of(title, [each.title for each in gone], "columns that are gone") if gone else ""
            self._tell(Level.WARNING if gone else Level.NOTE, "column-unknown", what, fix, place)
        if gone:
            what = f"columns are gone, and nothing of them changes: {listed(each.title for each in gone)}."
            self._tell(Level.NOTE, "column-gone", what)

    def _merged(self) -> None:
        for area in self.page.merged_cells.ranges:
            if area.max_row > self.top:
                what = "cells are merged: nobody can say which row they belong to."
                self._tell(Level.ERROR, "cells-merged", what, "Unmerge them, and fill each.", str(area))

    def _row(self, number: int) -> SheetRow | None:
        token = self.page.cell(number, self.token_column).value
        values: dict[str, Value] = {}
        cells: dict[str, str] = {}
        told: dict[str, Value] = {}
        filled = False
        account = self._account_of(number)
        for place, column in self.columns.items():
            cell = self.page.cell(number, place)
            cells[column.key] = f"{get_column_letter(place)}{number}"
            filled = filled or (not column.shown and cell.value not in (None, ""))
            if column.shown:
                told[column.key] = str(cell.value).strip() if cell.value is not None else None
                continue
            try:
                values[column.key] = self._value(cell, column, account)
            except CellError as error:
                self._tell(Level.ERROR, error.code, f"{column.header} {error.what}", error.fix, cells[column.key])
        if not filled:
            return None
        return SheetRow(number, str(token or "").strip(), values, cells, told)

    def _value(self, cell: Any, column: Column, account: str) -> Value:
        if cell.data_type == "f":
            text = getattr(cell.value, "text", cell.value)
            fix = "Copy the cell and paste it as a value."
            raise CellError("cell-is-formula", f"is a formula ({str(text)[:40]}), and files keep values.", fix)
        if cell.data_type == "e":
            raise CellError("cell-is-error", f"is an error ({cell.value}).", "Type the value.")
        if column.key == "account":
            return account or None
        kept = self._kept_value(cell.row, column)
        try:
            value = value_of(column, cell.value, self._choices(column, account))
            return in_full(value) if isinstance(value, str) and column.kind is Kind.ID else value
        except CellError:
            # what the files hold today is no error of the sheet, should it not be on its list
            if isinstance(kept, str) and kept == str(cell.value).strip():
                return kept
            raise

    def _kept_value(self, row: int, column: Column) -> Value:
        token = self.page.cell(row, self.token_column).value
        kept = self.found.kept.get(str(token or "").strip())
        return kept.values.get(column.key) if kept else None

    def _choices(self, column: Column, account: str) -> list[str] | None:
        if isinstance(column.choices, tuple):
            return list(column.choices) or None
        if column.choices == "playbooks":
            return self.lists.playbooks
        if account in self.found.unlisted:
            return None
        by_account = self.lists.personas if column.choices == "personas" else self.lists.closes
        return by_account.get(account)  # a new account's list is known when it is put together

    def _account_of(self, number: int) -> str:
        """The id that a row's account cell means: an id, or the name of just one account."""
        place = next((place for place, column in self.columns.items() if column.key == "account"), None)
        if place is None:
            kept = self.found.kept.get(str(self.page.cell(number, self.token_column).value or "").strip())
            return kept.account if kept else ""
        raw = self.page.cell(number, place).value
        text = str(raw if raw is not None else "").strip()
        text = text if text in self.names else " ".join(text.split())
        text = text[:-2] if isinstance(raw, float) and text.endswith(".0") else text
        if text.casefold() == EVERYONE:
            return EVERYONE
        text = in_full(text)
        return text if text in self.names else self.by_name.get(text.casefold(), text)

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Name → id of the accounts that alone are called so."""
        called = Counter(name.casefold() for name in self.names.values())
        return {name.casefold(): key for key, name in self.names.items() if called[name.casefold()] == 1}
