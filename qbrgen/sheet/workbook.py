"""Rows → one workbook to edit: drop-downs, dates that are dates, and hidden sheets that keep how everything was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from qbrgen.sheet import read_me
from qbrgen.sheet.cells import Value, decimal, kept
from qbrgen.sheet.columns import EVERYONE, NO, SHEETS, YES, Column, Kind, Sheet
from qbrgen.sheet.rows import Known, Lists, Row, Rows
from qbrgen.sheet.styles import Styles

FORMAT = 1  # of the hidden sheet; a workbook of another format is told to be exported anew
KEPT, LISTS = "qbrgen", "Lists"
FIRST = 1  # the first row of a sheet below its header, from 0
_ROOM = 1000  # rows below the last one that have drop-downs too
_LINE, _MOST_LINES = 15.5, 12  # points; a cell with more text than that shows its beginning
_CHUNK = 30_000  # characters of a cell of the hidden sheet
_EARLIEST = date(1901, 1, 1)  # a workbook knows no earlier day
_DIGITS = 15  # that a workbook keeps of a number


def fingerprint(raw: bytes) -> str:
    """What tells whether a file is still the same."""
    return hashlib.sha256(raw).hexdigest()


def token_of(sheet: str, row: Row) -> str:
    """What stands in the hidden column of a row: the same for the same thing in every export."""
    return hashlib.sha256(json.dumps([sheet, *row.key]).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Export:
    """What one workbook holds. files: name of each file behind it → its fingerprint. made: the day that it says."""

    vendor: str
    made: date
    accounts: tuple[str, ...]
    rows: Rows
    lists: Lists
    files: Mapping[str, str]


def write_workbook(path: Path, export: Export) -> None:
    """Write the workbook. Raises OSError where the system refuses."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False})
    made = datetime.combine(export.made, datetime.min.time(), UTC)
    title = f"Accounts of {export.vendor}"
    book.set_properties({"title": title, "comments": "Internal. Written by qbrgen sheet export.", "created": made})
    styles = Styles(book)
    read_me.write(book.add_worksheet("Read me"), styles, export.vendor, export.made)
    sheets = {sheet.key: book.add_worksheet(sheet.title) for sheet in SHEETS}
    ranges = _lists(book.add_worksheet(LISTS), export.lists)
    tokens: list[tuple[str, str, Row]] = []
    for sheet in SHEETS:
        rows = list(export.rows[sheet.key].values())
        page = _Page(sheets[sheet.key], sheet, styles)
        page.header(len(rows))
        for number, row in enumerate(rows, start=FIRST):
            token = token_of(sheet.key, row)
            tokens.append((token, sheet.key, row))
            page.row(number, token, row)
        page.choices(len(rows), ranges)
        page.marks(len(rows))
    _keep(book.add_worksheet(KEPT), export, tokens)
    sheets["accounts"].activate()
    book.close()


def _lists(page: Worksheet, lists: Lists) -> dict[str, str]:
    """The words of every drop-down; → the range of each list. By account: its rows stand one below the other."""
    page.hide()
    ranges = {}
    plain = (("playbooks", lists.playbooks), ("accounts", lists.accounts), ("everyone", [EVERYONE, *lists.accounts]))
    for column, (name, words) in enumerate(plain):
        for number, word in enumerate(words):
            page.write_string(number, column, word)
        ranges[name] = f"{LISTS}!{xl_range_abs(0, column, max(0, len(words) - 1), column)}"
    for column, (name, by_account) in ((4, ("personas", lists.personas)), (7, ("closes", lists.closes))):
        pairs = [(account, word) for account, words in by_account.items() for word in words]
        for number, (account, word) in enumerate(pairs):
            page.write_string(number, column, account)
            page.write_string(number, column + 1, word)
        accounts = f"{LISTS}!{xl_range_abs(0, column, max(0, len(pairs) - 1), column)}"
        first = f"{LISTS}!${xl_col_to_name(column + 1)}$1"
        ranges[name] = f"OFFSET({first},MATCH({{account}},{accounts},0)-1,0,COUNTIF({accounts},{{account}}),1)"
    return ranges


def _keep(page: Worksheet, export: Export, tokens: list[tuple[str, str, Row]]) -> None:
    """The hidden sheet: each row as it was exported, so that an import sees what has been edited."""
    page.hide()
    head = {"format": FORMAT, "made": export.made.isoformat(), "accounts": export.accounts, "files": export.files}
    lines = [("qbrgen", "", json.dumps(head))]
    for token, sheet, row in tokens:
        values = {key: kept(value) for key, value in row.values.items()}
        lines.append((token, sheet, json.dumps({"key": row.key, "account": row.account, "values": values})))
    for number, (token, sheet, text) in enumerate(lines):
        page.write_string(number, 0, token)
        page.write_string(number, 1, sheet)
        for part, start in enumerate(range(0, len(text), _CHUNK)):
            page.write_string(number, 2 + part, text[start : start + _CHUNK])


class _Page:
    """One sheet. Column A is hidden and holds each row's token; the columns of the sheet begin at B."""

    def __init__(self, page: Worksheet, sheet: Sheet, styles: Styles) -> None:
        self.page, self.sheet, self.styles = page, sheet, styles

    def header(self, rows: int) -> None:
        self.page.set_row(0, 32)
        self.page.write_string(0, 0, self.sheet.marker)
        self.page.set_column(0, 0, 4, None, {"hidden": True})
        for number, column in enumerate(self.sheet.columns, start=1):
            self.page.set_column(number, number, column.width, self.styles.empty(column))
            self.page.write_string(0, number, column.title, self.styles.header(column))
        self.page.freeze_panes(1, 1 + self.sheet.frozen)
        self.page.autofilter(0, 0, max(1, rows), len(self.sheet.columns))
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)
        self.page.set_tab_color(self.styles.tab(self.sheet))

    def row(self, number: int, token: str, row: Row) -> None:
        self.page.write_string(number, 0, token)
        lines = max(_lines_of(column, row.values.get(column.key)) for column in self.sheet.columns)
        self.page.set_row(number, _LINE * lines)
        for place, column in enumerate(self.sheet.columns, start=1):
            self._cell(number, place, column, row.values.get(column.key), column.key in row.origins)

    def _cell(self, number: int, place: int, column: Column, value: Value, elsewhere: bool) -> None:
        look = self.styles.cell(column, value, elsewhere)
        if value is None:
            self.page.write_blank(number, place, None, look)
        elif isinstance(value, bool):
            self.page.write_string(number, place, YES if value else NO, look)
        elif isinstance(value, date) and value >= _EARLIEST:
            self.page.write_datetime(number, place, datetime.combine(value, datetime.min.time()), look)
        elif isinstance(value, Fraction) and _fits(value):
            self.page.write_number(number, place, float(value), look)
        else:
            text = decimal(value) if isinstance(value, Fraction) else str(value)
            self.page.write_string(number, place, text, look)

    def choices(self, rows: int, ranges: Mapping[str, str]) -> None:
        """A drop-down where a value is one of a list, and what Excel refuses while one types."""
        last = rows + _ROOM
        account = f"${xl_col_to_name(1)}{FIRST + 1}"
        for place, column in enumerate(self.sheet.columns, start=1):
            rule = None if column.shown else _rule(self.sheet, column, ranges, account)
            if rule:
                self.page.data_validation(FIRST, place, FIRST + last, place, {"ignore_blank": True, **rule})

    def marks(self, rows: int) -> None:
        """A line where the account changes, wherever rows are sorted to; and what a plan or an impact still lacks."""
        last = FIRST + rows + _ROOM
        for key, lacking in read_me.LACKS.get(self.sheet.key, {}).items():
            place = [column.key for column in self.sheet.columns].index(key) + 1
            letters = {each.key: xl_col_to_name(n) for n, each in enumerate(self.sheet.columns, start=1)}
            criteria = lacking.format(**{name: f"${letter}{FIRST + 1}" for name, letter in letters.items()})
            mark = {"type": "formula", "criteria": f"={criteria}", "format": self.styles.lacking}
            self.page.conditional_format(FIRST, place, last, place, mark)
        if self.sheet.key != "accounts":  # each has one row there
            criteria = f"=AND($B{FIRST + 1}<>$B{FIRST},ROW()>{FIRST + 1})"
            line = {"type": "formula", "criteria": criteria, "format": self.styles.line}
            self.page.conditional_format(FIRST, 1, last, len(self.sheet.columns), line)


def _lines_of(column: Column, value: Value) -> int:
    """How many lines a text takes; other values take one."""
    if column.kind is not Kind.TEXT or column.shown or not isinstance(value, str):
        return 1
    return min(_MOST_LINES, sum(1 + len(part) * 20 // (column.width * 21) for part in value.split("\n")))


def _fits(value: Fraction) -> bool:
    """Whether a workbook keeps every digit."""
    return len(decimal(value).replace("-", "").replace(".", "").lstrip("0")) <= _DIGITS


def _rule(sheet: Sheet, column: Column, ranges: Mapping[str, str], account: str) -> dict[str, Any] | None:
    said: dict[str, Any] = {"error_title": column.header, "error_message": column.about[:255]}
    words = _words(sheet, column, ranges, account)
    if words:
        # what a new account or another playbook has is on no list yet: a warning lets it be typed
        weight = "stop" if isinstance(words, list) else "warning"
        return {"validate": "list", "source": words, "error_type": weight, **said}
    if column.kind is Kind.DAY:
        said["error_message"] = "Type a date, such as 2026-10-16."
        return {"validate": "date", "criteria": ">=", "value": _EARLIEST, **said}
    if column.kind in (Kind.NUMBER, Kind.CHANGE, Kind.SHARE, Kind.PLACE):
        said["error_message"] = f"Type a number. {column.about}"[:255]
        return {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15, **said}
    return None


def _words(sheet: Sheet, column: Column, ranges: Mapping[str, str], account: str) -> list[str] | str:
    """What a drop-down holds: the words, or the range of them; nothing where there is none."""
    if column.kind is Kind.YES_NO:
        return [YES, NO]
    if isinstance(column.choices, tuple):
        return list(column.choices)
    if column.choices == "accounts" and sheet.key == "accounts":
        return ""  # an account may be new
    name = "everyone" if column.choices == "accounts" and sheet.key == "closed" else column.choices
    return "=" + ranges[name].format(account=account)


def files_behind(known: Known, accounts: Iterable[str]) -> dict[str, str]:
    """The YAML files that the rows come from, each with its fingerprint."""
    names = [known.settings_file.name, *(file.name for name in accounts if (file := known.file_of(name)))]
    return {name: fingerprint((known.root / name).read_bytes()) for name in names}
