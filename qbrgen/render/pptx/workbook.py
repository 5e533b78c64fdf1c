"""The workbook behind a chart: what "Edit Data" opens. The same values as the chart, text as text, no clock in it.

It is one sheet of names and figures, the same few parts each time, so they are written here as they are: a library for
workbooks takes some 3 ms for each chart to come to the same. A text is never a formula, whatever it begins with: it
stands in the table of strings.
"""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qbrgen.render.pptx.markup import escape, quoteattr
from qbrgen.render.pptx.opc import write_package
from qbrgen.render.pptx.template_parts import relationships
from qbrgen.render.pptx.text import clean

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")  # Excel would read it as the letter of that number
_FIRST_FORMAT = 164  # the least number of a format of one's own
_FIXED = {
    "[Content_Types].xml": (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>'
    ).encode(),
    "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
    "xl/_rels/workbook.xml.rels": relationships(
        [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    ),
    "xl/workbook.xml": (
        f'{_HEAD}<workbook xmlns="{_SHEETS}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<bookViews><workbookView xWindow="240" yWindow="15" windowWidth="16095" windowHeight="9660"/></bookViews>'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>'
    ).encode(),
}


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
    """An XLSX: categories in column A, a column a series, names in row 1. At most 25 series."""
    texts = [clean(text) for text in (*categories, *(each.name for each in series))]
    places = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    formats = {form: at for at, form in enumerate(dict.fromkeys(each.number_format for each in series), start=1)}
    columns = [chr(ord("B") + at) for at in range(len(series))]

    def text_cell(at: str, text: str) -> str:
        return f'<c r="{at}" t="s"><v>{places[clean(text)]}</v></c>'

    rows = [[text_cell(f"{column}1", each.name) for column, each in zip(columns, series, strict=True)]]
    for row, category in enumerate(categories, start=2):
        cells = [text_cell(f"A{row}", category)]
        for column, each in zip(columns, series, strict=True):
            number = finite(each.values[row - 2])
            if number is not None:
                formula = f"<f>{escape(each.formula.format(row=row).lstrip('='))}</f>" if each.formula else ""
                style = formats[each.number_format]
                cells.append(f'<c r="{column}{row}" s="{style}">{formula}<v>{number!r}</v></c>')
        rows.append(cells)
    wide = max(10, min(60, max((len(category) for category in categories), default=10) + 2))
    return write_package(
        {
            **_FIXED,
            "xl/worksheets/sheet1.xml": _sheet(rows, wide),
            "xl/sharedStrings.xml": _strings(list(places), len(texts)),
            "xl/styles.xml": _styles(list(formats)),
        }
    )


def _sheet(rows: Sequence[Sequence[str]], wide: int) -> bytes:
    """The sheet of these cells; the first column is `wide` letters wide."""
    data = "".join(f'<row r="{at}">{"".join(cells)}</row>' for at, cells in enumerate(rows, start=1))
    return (
        f'{_HEAD}<worksheet xmlns="{_SHEETS}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="{wide}.7109375" customWidth="1"/></cols>'
        f"<sheetData>{data}</sheetData></worksheet>"
    ).encode()


def _strings(texts: Sequence[str], uses: int) -> bytes:
    written = (escape(_ESCAPED.sub(r"_x005F_\1", text)) for text in texts)
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in written)
    return f'{_HEAD}<sst xmlns="{_SHEETS}" count="{uses}" uniqueCount="{len(texts)}">{items}</sst>'.encode()


def _styles(formats: Sequence[str]) -> bytes:
    """One style a number format, from 1; 0 is the plain one."""
    numbers = "".join(
        f'<numFmt numFmtId="{_FIRST_FORMAT + at}" formatCode={quoteattr(form)}/>' for at, form in enumerate(formats)
    )
    plain = 'fontId="0" fillId="0" borderId="0"'
    each = "".join(
        f'<xf numFmtId="{_FIRST_FORMAT + at}" {plain} xfId="0" applyNumberFormat="1"/>' for at in range(len(formats))
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{_SHEETS}"><numFmts count="{len(formats)}">{numbers}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1"><xf numFmtId="0" {plain}/></cellStyleXfs>'
        f'<cellXfs count="{len(formats) + 1}"><xf numFmtId="0" {plain} xfId="0"/>{each}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ).encode()
