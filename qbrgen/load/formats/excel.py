"""Excel: one sheet of a workbook, typed cells as text, and formulas as the values that Excel kept of them."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.bad_file import BadFileError
from qbrgen.load.formats.model import DataFile, Opened, Rows, cell_text
from qbrgen.load.nearest import instead_of, listed
from qbrgen.load.packed import unpacked

_CHUNK = 1 << 20
_LOCKED = b"\xd0\xcf\x11\xe0"  # so begins whatever Office writes other than as a .zip


def open_excel(file: DataFile) -> Opened:
    """Rows stand on the rows of the sheet; the header on the first that has a cell, or on the one that was said."""
    rows = rows_of(file)
    notes: tuple[Finding, ...] = ()
    first = next(rows, (1, []))
    with _book(file) as (book, _):
        if len(book.worksheets) > 1 and not file.reading.sheet:
            what = f"the workbook has several sheets; '{book.worksheets[0].title}' is read."
            others = listed(sheet.title for sheet in book.worksheets[1:])
            fix = f"For another one write `read: {{sheet: …}}`: {others}."
            notes = (Finding(Level.NOTE, "sheet-taken", what, fix, Location(file.name)),)
    return Opened(first[1], rows, notes)


def sheets_of(file: DataFile) -> list[str]:
    """The names of the sheets of a workbook: the first, and those others that are not hidden. Raises BadFileError."""
    with _book(file) as (book, _):
        first, others = book.worksheets[:1], book.worksheets[1:]
        return [sheet.title for sheet in (*first, *(each for each in others if each.sheet_state == "visible"))]


def rows_of(file: DataFile) -> Rows:
    """Every row from the header on, with its row of the sheet."""
    with _book(file) as (book, path):
        sheet = _sheet(book, file)
        formulas = _formulas(path, file) if _has_formulas(path) else None
        for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            beside = next(formulas, ()) if formulas else ()
            if line < file.reading.header or (line == file.reading.header and not any(map(_given, values))):
                continue
            for value, formula in zip(values, beside, strict=False):
                if value is None and isinstance(formula, str) and formula.startswith("="):
                    what = f"the formula '{formula[:40]}' has no value: no spreadsheet program ever computed it."
                    fix = "Open the file in Excel and save it, or replace the formulas by their values."
                    raise BadFileError("formula-without-value", file.name, what, fix, line)
            yield line, [cell_text(value) for value in values]


def _given(value: Any) -> bool:
    return value is not None and value != ""


@contextmanager
def _book(file: DataFile) -> Iterator[tuple[Any, Path]]:
    """The workbook, values only, and where it lies open on the disk."""
    with TemporaryDirectory(prefix="qbrgen-") as folder:
        path = unpacked(file.path, file.name, Path(folder, "book.xlsx"))
        book = _loaded(path, file.name, values=True)
        try:
            yield book, path
        finally:
            book.close()


def _loaded(path: Path, name: str, *, values: bool) -> Any:
    import openpyxl  # slow to import, and needed only here

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not know
            return openpyxl.load_workbook(path, read_only=True, data_only=values)
    except Exception as error:  # openpyxl raises whatever the broken part happens to cause
        what, fix = "the file is no Excel file, or a broken one.", "Save it again as .xlsx."
        with path.open("rb") as file:
            if file.read(len(_LOCKED)) == _LOCKED:
                what, fix = (
                    "the workbook is locked by a password, or an old .xls.",
                    "Save it as .xlsx, without a password.",
                )
        raise BadFileError("excel-broken", name, what, fix) from error


def _sheet(book: Any, file: DataFile) -> Any:
    titles = [sheet.title for sheet in book.worksheets]
    wanted = file.reading.sheet
    if not titles:
        raise BadFileError("excel-broken", file.name, "the workbook has no sheet of cells.", "Save it again as .xlsx.")
    if wanted and wanted not in titles:
        raise BadFileError(
            "sheet-missing", file.name, f"the workbook has no sheet '{wanted}'.", instead_of(wanted, titles, "sheets")
        )
    sheet = book.worksheets[titles.index(wanted)] if wanted else book.worksheets[0]
    sheet.reset_dimensions()  # some programs write a size that is not that of the sheet
    return sheet


def _formulas(path: Path, file: DataFile) -> Iterator[tuple[Any, ...]]:
    book = _loaded(path, file.name, values=False)
    try:
        yield from _sheet(book, file).iter_rows(values_only=True)
    finally:
        book.close()


def _has_formulas(path: Path) -> bool:
    """Whether any sheet holds a formula; most hold none, and are then read once only."""
    with zipfile.ZipFile(path) as pack:
        for name in pack.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            with pack.open(name) as part:
                before = b""
                while chunk := part.read(_CHUNK):
                    if b"<f>" in before + chunk or b"<f " in before + chunk:
                        return True
                    before = chunk[-3:]
    return False
