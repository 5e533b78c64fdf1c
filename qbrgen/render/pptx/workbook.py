"""The workbook behind a chart: what "Edit Data" opens. The same values as the chart, text as text, no clock in it."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qbrgen.render.pptx.text import clean

_EPOCH = datetime(2000, 1, 1)  # of creation, the same in every file


@dataclass(frozen=True, slots=True)
class Series:
    """A column of a chart's data; None is an empty cell."""

    name: str
    values: tuple[float | None, ...]
    number_format: str = "0%"
    formula: str = ""  # what the cells hold instead of their values, "{row}" being the row's number


def finite(value: float | None) -> float | None:
    """A number that a file can hold; None for none, NaN and infinity."""
    return None if value is None or not math.isfinite(value) else float(value)


def workbook_bytes(categories: Sequence[str], series: Sequence[Series]) -> bytes:
    """An XLSX: categories in column A, a column a series, names in row 1."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, options)
    book.set_properties({"created": _EPOCH})
    sheet = book.add_worksheet("Sheet1")
    sheet.set_column(0, 0, max(10, min(60, max((len(category) for category in categories), default=10) + 2)))
    for row, category in enumerate(categories, start=1):
        sheet.write_string(row, 0, clean(category))
    for column, each in enumerate(series, start=1):
        style = book.add_format({"num_format": each.number_format})
        sheet.write_string(0, column, clean(each.name))
        for row, value in enumerate(each.values, start=1):
            number = finite(value)
            if number is not None and each.formula:
                sheet.write_formula(row, column, each.formula.format(row=row + 1), style, number)
            elif number is not None:
                sheet.write_number(row, column, number, style)
    book.close()
    return stream.getvalue()
