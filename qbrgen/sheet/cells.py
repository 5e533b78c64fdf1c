"""Cells: what one holds for a column, from a workbook and for one, as YAML, as text, and as kept in the hidden sheet.

The same value has one form, whatever way it was typed: "8", 8 and 8.0 are one number. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter, ValidationError

from qbrgen.define import values
from qbrgen.load.characters import hidden, in_lines
from qbrgen.load.nearest import instead_of
from qbrgen.period import monday_of
from qbrgen.sheet.columns import NO, YES, Column, Kind

Value = str | bool | date | Fraction | None
LONGEST_TEXT = 32_000  # a cell holds 32,767
NO_CELL = "(no cell can hold this text: change it in the account's file)"

_CHECKS: dict[Kind, TypeAdapter[Any]] = {
    Kind.DAY: TypeAdapter(values.Day),
    Kind.NUMBER: TypeAdapter(values.Number),
    Kind.CHANGE: TypeAdapter(values.Change),
    Kind.SHARE: TypeAdapter(values.TargetShare),
    Kind.CURRENCY: TypeAdapter(values.Currency),
    Kind.WEEK: TypeAdapter(values.Week),
    Kind.PLACE: TypeAdapter(values.Whole),
}
_YES = {"yes": True, "true": True, "no": False, "false": False}


class CellError(ValueError):
    """A cell does not hold what its column asks for. what begins with a verb: the cell goes before it."""

    def __init__(self, code: str, what: str, fix: str) -> None:
        super().__init__(what)
        self.code, self.what, self.fix = code, what, fix


def value_of(column: Column, raw: Any, choices: list[str] | None = None) -> Value:
    """What a cell of a workbook holds for its column; None for nothing. Raises CellError.

    raw: as openpyxl reads it. choices: the words there are, where the column has a list; one of them in another case
    is meant as it is written there.
    """
    if isinstance(raw, str):
        raw = raw.replace("_x000D_", "\n").strip()
    if raw is None or raw == "":
        return False if column.kind is Kind.YES_NO else None
    if isinstance(raw, float):
        raw = float(f"{raw:.15g}")  # what a spreadsheet shows; the rest is noise of its arithmetic
        raw = int(raw) if raw.is_integer() and abs(raw) < 1e15 else raw
    if column.kind in _READERS:
        return _READERS[column.kind](raw)
    if column.kind in _CHECKS:
        return _checked(column.kind, raw)  # type: ignore[no-any-return]
    text = _text(raw)
    return _choice(text, choices) if choices is not None and text is not None else text


def _text(raw: Any) -> str | None:
    if isinstance(raw, datetime | date | time):
        fix = "Type an apostrophe before it, so that it stays as it is typed."
        raise CellError("cell-made-a-date", f"holds a date ({_day_shown(raw)}) where text belongs.", fix)
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int):
        return str(raw)
    if isinstance(raw, float):
        fix = "Type an apostrophe before it, so that it stays as it is typed."
        raise CellError("cell-made-a-number", f"holds the number {raw} where text belongs.", fix)
    code = hidden(raw)
    if code:
        raise CellError("hidden-character", f"holds the character {code}, which nobody can see.", "Take it out.")
    return in_lines(raw) or None


def _day_shown(raw: datetime | date | time) -> str:
    return raw.isoformat() if isinstance(raw, time) else f"{raw.year:04}-{raw.month:02}-{raw.day:02}"


def _choice(text: str, choices: list[str]) -> str:
    for each in choices:
        if each.casefold() == text.casefold():
            return each
    raise CellError(
        "unknown-choice", f"is '{text[:60]}', which is none of the choices.", instead_of(text, choices, "choices")
    )


def _day(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 20_000 <= raw <= 80_000:
        fix = "Give the cell the format of a date, and look whether it is the day that you mean."
        raise CellError("date-is-a-number", f"is the number {raw}, not a date.", fix)
    return _checked(Kind.DAY, raw if isinstance(raw, str | int) else str(raw))  # type: ignore[no-any-return]


def _number(raw: Any) -> Fraction:
    if isinstance(raw, datetime | date | time):
        fix = "Give the cell the format of a number, and type it once more."
        raise CellError("cell-made-a-date", f"holds a date ({_day_shown(raw)}) where a number belongs.", fix)
    return _checked(Kind.NUMBER, raw)  # type: ignore[no-any-return]


def _week(raw: Any) -> str:
    if isinstance(raw, datetime | date):  # a day says its week beyond doubt
        iso = raw.isocalendar()
        return f"{iso.year}-W{iso.week:02}"
    text = str(raw)
    _checked(Kind.WEEK, text)
    year, _, number = text.strip().upper().partition("-W")
    return f"{year}-W{int(number):02}"


def _yes_no(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in _YES:
        return _YES[raw.lower()]
    raise CellError("not-yes-or-no", f"is {values.shown(raw)}, neither yes nor no.", "Write yes or no.")


def _currency(raw: Any) -> str | None:
    return _checked(Kind.CURRENCY, raw.upper() if isinstance(raw, str) else raw) or None


def _place(raw: Any) -> Fraction:
    return Fraction(_checked(Kind.PLACE, raw))


_READERS: dict[Kind, Callable[[Any], Value]] = {
    Kind.DAY: _day,
    Kind.NUMBER: _number,
    Kind.WEEK: _week,
    Kind.YES_NO: _yes_no,
    Kind.CURRENCY: _currency,
    Kind.PLACE: _place,
}


def _checked(kind: Kind, raw: Any) -> Any:
    """By the same rule that the YAML is read with."""
    if isinstance(raw, datetime | date | time):
        fix = "Give the cell the format of a number, and type it once more."
        raise CellError("cell-made-a-date", f"holds a date ({_day_shown(raw)}) where a number belongs.", fix)
    try:
        return _CHECKS[kind].validate_python(raw)
    except ValidationError as invalid:
        error = invalid.errors(include_url=False, include_input=False)[0]
        context = error.get("ctx", {})
        raise CellError(error["type"], str(context["what"]), str(context["fix"])) from None


# ---- other forms ----------------------------------------------------------------------------------------------------


def text_value(text: str) -> str | None:
    """A text as the sheet shows it, with single spaces; one that no cell can hold is only told of."""
    text = in_lines(text)
    return NO_CELL if len(text) > LONGEST_TEXT or "x005F_" in text else (text or None)


def week_text(week: int) -> str:
    """A week by its number → "2026-W52"."""
    iso = monday_of(week).isocalendar()
    return f"{iso.year}-W{iso.week:02}"


def decimal(value: Fraction) -> str:
    """A number as it is typed: 8, 12.5."""
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yaml_value(kind: Kind, value: Value) -> Any:
    """A value as the YAML holds it; None for nothing. What is told in percent is written so."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        if kind in (Kind.CHANGE, Kind.SHARE):
            return f"{decimal(value * 100)}%"
        return int(value) if value.denominator == 1 else float(value)
    return value


def shown(kind: Kind, value: Value) -> str:
    """A value as a line of text tells it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, str):
        line = " ".join(value.split())
        return f"“{line}”" if len(line) <= 70 else f"“{line[:67]}…”"
    return str(yaml_value(kind, value))


def kept(value: Value) -> Any:
    """A value for the JSON of the hidden sheet."""
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"number": str(value)} if isinstance(value, Fraction) else value


def from_kept(raw: Any) -> Value:
    """The other way round. Raises ValueError, TypeError or KeyError for what nobody keeps so."""
    if isinstance(raw, dict):
        return date.fromisoformat(raw["day"]) if "day" in raw else Fraction(raw["number"])
    if raw is None or isinstance(raw, str | bool):
        return raw
    raise ValueError(raw)
