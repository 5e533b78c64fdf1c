"""How a data file is written, where a file does not tell it for sure: the `read:` of an entry in qbrgen.yml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Dates(StrEnum):
    """How the days and times of a file are written, other than as 2026-07-31."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    EPOCH_SECONDS = "epoch-seconds"
    EPOCH_MILLISECONDS = "epoch-milliseconds"
    EPOCH_MICROSECONDS = "epoch-microseconds"
    EXCEL_DAYS = "excel-days"  # days since 1899-12-30, as Excel keeps them


class Decimal(StrEnum):
    """The sign before the fraction of a number."""

    POINT = "."
    COMMA = ","


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody said of how a file is written; whatever is empty or None is seen from the file itself.

    encoding: a codec's name ("cp1252"). delimiter: one character. sheet: of an Excel file, by name. rows: where the
    list of rows lies in a JSON file, dots for nesting ("report.rows"). header: the line of the header, from 1.
    """

    encoding: str = ""
    delimiter: str = ""
    decimal: Decimal | None = None
    dates: Dates | None = None
    sheet: str = ""
    rows: str = ""
    header: int = 1


AS_SEEN = Reading()
