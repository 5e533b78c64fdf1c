"""How the workbook looks: few colours, each with a meaning that stands in words too."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from qbrgen.sheet.cells import Value
from qbrgen.sheet.columns import Column, Kind, Sheet

_INK, _GREY, _RULE = "#1F2933", "#6B7280", "#D9DEE3"
_HEAD, _HEAD_INTERNAL, _HEAD_SHOWN = "#1F4E5F", "#7A3E1D", "#7B8794"
_SHOWN, _LACKING = "#F4F5F7", "#FBE7C0"
_DAY, _TEXT = "yyyy-mm-dd", "@"


class Styles:
    """Formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}
        self.line = book.add_format({"top": 1, "top_color": _GREY})
        self.lacking = book.add_format({"bg_color": _LACKING})

    def made(self, **look: Any) -> Format:
        """A format of these properties."""
        key = repr(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_color": _INK, "valign": "top", **look})
        return self._made[key]

    def tab(self, sheet: Sheet) -> str:
        return _HEAD if not sheet.fixed else _HEAD_SHOWN

    def header(self, column: Column) -> Format:
        fill = _HEAD_INTERNAL if column.internal else _HEAD_SHOWN if column.shown else _HEAD
        align = "right" if _is_number(column) else "left"
        white = {"bold": True, "font_color": "#FFFFFF", "bg_color": fill, "text_wrap": True, "valign": "vcenter"}
        return self.made(**white, align=align, indent=1)

    def empty(self, column: Column) -> Format:
        """Of cells that hold nothing yet: what is typed there becomes a date, a text, a number as the column asks."""
        return self.made(**_look(column))

    def cell(self, column: Column, value: Value, elsewhere: bool) -> Format:
        look = _look(column) | {"bottom": 1, "bottom_color": _RULE}
        if column.shown:
            look |= {"font_color": _GREY, "bg_color": _SHOWN}
        elif elsewhere:
            look |= {"font_color": _GREY, "italic": True}
        if isinstance(value, Fraction) and column.kind is Kind.NUMBER:
            look["num_format"] = "#,##0" if value.denominator == 1 else "#,##0.######"
        if isinstance(value, Fraction) and column.kind in (Kind.CHANGE, Kind.SHARE):
            look["num_format"] = "0%" if (value * 100).denominator == 1 else "0.0###%"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@")):
            look["quote_prefix"] = True  # stays text when it is edited
        return self.made(**look)


def _look(column: Column) -> dict[str, Any]:
    look: dict[str, Any] = {}
    if column.kind is Kind.DAY:
        look = {"num_format": _DAY}
    elif column.kind in (Kind.ID, Kind.CHOICE, Kind.CURRENCY, Kind.WEEK):
        look = {"num_format": _TEXT}
    elif column.kind in (Kind.CHANGE, Kind.SHARE):
        look = {"num_format": "0%"}
    elif column.kind is Kind.TEXT and not column.shown:
        look = {"text_wrap": True}
    return look | {"align": "right" if _is_number(column) else "left", "indent": 1}


def _is_number(column: Column) -> bool:
    return column.kind in (Kind.NUMBER, Kind.CHANGE, Kind.SHARE, Kind.PLACE)
