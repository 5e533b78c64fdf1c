"""Ready-made values: numbers that another system counted, each with the time it speaks of.

A time may be written as a day, a month (2026-07), an ISO week (2026-W31) or a fiscal quarter (2026-Q3). A day alone
does not tell how long it speaks for: a metric whose days are always a week (or two, a month, a quarter) apart at an
account is read as weekly, from that day on. Whatever is longer than a day is given in whole ISO weeks, so that it
lies in one period: a weekly value in the ISO week that shares most of its days, a month in the weeks of its Thursdays.

Counts of use by account and month may be read as months in use (`months_in_use:`): what an account used in a month is 1
of 1, what it did not use 0 of 1, from the first month in which it used anything to the end of the quarter in which it
used anything for the last time, as far as the data reach. Of later months nobody knows whether it is a customer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pandas as pd

from qbrgen.define.model.settings import Settings
from qbrgen.define.model.sources import Table
from qbrgen.define.small_tables import read_small
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import is_nothing, parse_day, parse_share
from qbrgen.load.report import capped
from qbrgen.load.tables import TableData, missing_columns
from qbrgen.measure.sources import expanded, name_of
from qbrgen.period import Rhythm, monday_of, parse_period, sunday_of, unit_of_week, week_of

COLUMNS = ("account", "metric", "first", "last", "value", "numerator", "denominator")
AFTER = "values-after-as-of"
_NUMBERS = ("value", "numerator", "denominator")
_TIME_FIX = "Write a day (2026-07-31), a month (2026-07), a week (2026-W31) or a quarter (2026-Q3)."
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Row:
    account: str
    metric: str
    days: Days
    is_day: bool  # a day alone: what it stands for is seen from the others
    numbers: tuple[Fraction | None, ...]
    where: Location


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One row of a table of values: the days it speaks of, its numbers, and where it stands."""

    account: str
    metric: str
    first: date
    last: date
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    where: Location


def read_values(settings: Settings, until: date | None = None) -> tuple[pd.DataFrame, list[Finding]]:
    """The values of all tables as the frame of `Counts.values`, and what could not be read.

    until: values of times that begin later are left out, and tell nothing about how long the earlier ones speak for.
    """
    rows, findings = value_rows(settings, until)
    records = [tuple(getattr(row, name) for name in COLUMNS) for row in rows]
    frame = pd.DataFrame(records, columns=list(COLUMNS), dtype="object")
    kinds = {"account": "str", "metric": "str", "first": "datetime64[ns]", "last": "datetime64[ns]"}
    return frame.astype(kinds), findings


def value_rows(settings: Settings, until: date | None = None) -> tuple[list[ValueRow], list[Finding]]:
    """The same row by row, each with the place where it stands, in the same order.

    Rows without a time are left out; the definitions' findings tell them.
    """
    rows: list[_Row] = []
    used: list[_Row] = []
    findings: list[Finding] = []
    for table in expanded(settings.sources.values):
        data = read_small(table, name_of(table.path, settings.root), settings.root)
        problems = [*data.findings, *_header(table, data)] if not _errors(data.findings) else list(data.findings)
        findings += problems
        if not _errors(problems):
            read, unreadable = _rows(table, data, settings)
            kept = [row for row in read if until is None or row.days[0] <= until]
            findings += _after(until, [row for row in read if until is not None and row.days[0] > until])
            rows += [] if table.months_in_use else kept
            used += kept if table.months_in_use else []
            findings += capped(unreadable)
    rows = [*_spelled_out(rows), *_months_in_use(used, settings.fiscal_year_starts)]
    rows.sort(key=lambda row: (row.account, row.metric, row.days, [str(number) for number in row.numbers]))
    return [_told(row) for row in rows], findings


def _after(until: date | None, rows: list[_Row]) -> list[Finding]:
    if not rows:
        return []
    speak = "ready-made value speaks" if len(rows) == 1 else "ready-made values speak"
    what = f"{len(rows):,} {speak} of a time after the as-of date ({until}); left out."
    fix = "They count when it has come to them."
    return [Finding(Level.NOTE, AFTER, what, fix, rows[0].where)]


def _told(row: _Row) -> ValueRow:
    value, above, below = row.numbers
    return ValueRow(row.account, row.metric, *row.days, value, above, below, row.where)


def _errors(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.ERROR for finding in findings)


def _header(table: Table, data: TableData) -> list[Finding]:
    findings = missing_columns(data, table.columns, dict.fromkeys(table.columns, table.where))
    needed = [("account",), ("metric",), ("period", "time"), ("value", "numerator")]
    if "numerator" in table.columns and "value" not in table.columns:
        needed.append(("denominator",))
    for either in needed:
        if not any(field in table.columns for field in either):
            what = f"Nothing says which column of {data.name} holds the {either[0]}."
            fix = f"Add {either[0]}: <column> to its columns."
            findings.append(Finding(Level.ERROR, "column-not-mapped", what, fix, table.where))
    return findings


def _rows(table: Table, data: TableData, settings: Settings) -> tuple[list[_Row], list[Finding]]:
    cells = {field: data.column(table.columns.get(field)) for field in ("account", "metric", *_NUMBERS)}
    when = table.columns.get("period") or table.columns.get("time")
    rows: list[_Row] = []
    findings: list[Finding] = []
    for index, text in enumerate(data.column(when)):
        if is_nothing(text):
            continue
        try:
            days, is_day = _time(text, settings.fiscal_year_starts, settings.time_zone)
        except ValueError:
            what = f"'{text[:40]}' in the column '{when}' is not a time."
            findings.append(_finding("time-not-readable", what, _TIME_FIX, data.at(index)))
            continue
        numbers = [
            _number(cells[field][index], table.columns.get(field), data.at(index), findings) for field in _NUMBERS
        ]
        where = data.at(index)
        rows.append(_Row(cells["account"][index], cells["metric"][index], days, is_day, tuple(numbers), where))
    return rows, findings


def _number(text: str, column: str | None, where: Location, findings: list[Finding]) -> Fraction | None:
    if is_nothing(text):
        return None
    try:
        return parse_share(text)
    except ValueError:
        what = f"'{text[:40]}' in the column '{column}' is not a number."
        findings.append(_finding("number-not-readable", what, "Write a number, such as 0.93 or 93%.", where))
        return None


def _finding(code: str, what: str, fix: str, where: Location) -> Finding:
    return Finding(Level.ERROR, code, what, fix, where)


def feed_of(values: pd.DataFrame, weeks: range) -> dict[str, Any]:
    """What a workspace of ready-made values alone heard of its accounts, as `Counts` has it of events: `life`, `heard`
    and `last_event`. The feed of an account lives in the weeks that any of its values speaks of.

    values: the frame of `read_values`. weeks: the numbers of the full weeks that the data cover.
    """
    spoken = values[["account", "first", "last"]].drop_duplicates()
    spans = zip(spoken["account"], spoken["first"].dt.date, spoken["last"].dt.date, strict=True)
    rows = [
        (account, week, monday_of(week), sunday_of(week))
        for account, first, last in spans
        for week in range(week_of(first), week_of(last) + 1)
        if week in weeks
    ]
    found = pd.DataFrame(sorted(set(rows)), columns=["account", "week", "first", "last"])
    found = found.astype({"account": "str", "week": "int64", "first": "datetime64[ns]", "last": "datetime64[ns]"})
    last = found.groupby("account")["last"].max()
    return {
        "life": found[["account", "week"]].assign(rows=0, occurrences=0.0),  # no row of events is among them
        "heard": found,
        "last_event": dict(zip(last.index, last.dt.date, strict=True)),
    }


# ---- months in use --------------------------------------------------------------------------------------------------


def _months_in_use(rows: list[_Row], first_month: int) -> list[_Row]:
    """A row of each account, metric and month: 1 of 1 where the account used it, else 0 of 1."""
    used: dict[tuple[str, str, int], _Row] = {}
    months: dict[str, set[int]] = defaultdict(set)
    files: dict[str, Location] = {}
    for row in rows:
        if row.account and row.metric and any(number and number > 0 for number in row.numbers):
            month = _month_number(row)
            used.setdefault((row.account, row.metric, month), row)
            months[row.account].add(month)
            files.setdefault(row.account, Location(row.where.file))
    metrics = sorted({metric for _, metric, _ in used})
    reach = max((max(seen) for seen in months.values()), default=0)
    found: list[_Row] = []
    for account, seen in months.items():
        last = max(seen)
        until = min(reach, last + 2 - (last - (first_month - 1)) % 3)
        for month in range(min(seen), until + 1):
            days = _month_of(date(month // 12, month % 12 + 1, 1))
            for metric in metrics:
                use = used.get((account, metric, month))
                where = use.where if use else files[account]
                numbers = (None, Fraction(int(use is not None)), Fraction(1))
                found.append(_Row(account, metric, days, False, numbers, where))
    return found


def _month_number(row: _Row) -> int:
    """The month that a row speaks of, counted from the year 0; of one in whole weeks that of most of its days."""
    first, last = row.days
    day = first + (last - first) // 2
    return day.year * 12 + day.month - 1


# ---- the time that a value speaks of --------------------------------------------------------------------------------


def _time(text: str, first_month: int, zone: tzinfo | None) -> tuple[Days, bool]:
    """(first and last day, whether only a day was written). Raises ValueError."""
    text = text.strip()
    if month := _MONTH.fullmatch(text):
        return _month_of(date(int(month[1]), int(month[2]), 1)), False
    if week := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return (monday, monday + timedelta(days=6)), False
    if "q" in text.lower():
        period = parse_period(text, first_month)
        return (period.first_day, period.last_day), False
    day = parse_day(text, zone)
    return (day, day), True


def _month_of(day: date) -> Days:
    # the fifteenth's week always has its Thursday in the month
    unit = unit_of_week(Rhythm.MONTH, week_of(day.replace(day=15)))
    return unit.first_day, unit.last_day


def _weeks_from(day: date, weeks: int) -> Days:
    first = week_of(day + timedelta(days=3))
    return monday_of(first), sunday_of(first + weeks - 1)


def _quarter_from(day: date) -> Days:
    first, _ = _month_of(day)
    _, last = _month_of(day + timedelta(days=70))
    return first, last


_LENGTHS: tuple[tuple[range, Callable[[date], Days]], ...] = (
    (range(7, 8), lambda day: _weeks_from(day, 1)),
    (range(14, 15), lambda day: _weeks_from(day, 2)),
    (range(28, 32), _month_of),
    (range(89, 93), _quarter_from),
)


def _spelled_out(rows: list[_Row]) -> list[_Row]:
    """Days that come a week, two weeks, a month or a quarter apart, as the time that they begin.

    Each account's rows of a metric tell that alone, from whatever files they come: no account's figures depend on
    another's, or on how an export was cut.
    """
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for row in rows:
        if row.is_day:
            days[row.metric, row.account].add(row.days[0])
    lengths = {
        of: _length({(after - before).days for before, after in pairwise(sorted(seen))}) for of, seen in days.items()
    }
    return [
        replace(row, days=length(row.days[0]), is_day=False)
        if row.is_day and (length := lengths.get((row.metric, row.account)))
        else row
        for row in rows
    ]


def _length(gaps: set[int]) -> Callable[[date], Days] | None:
    """The length that the shortest gap tells; longer gaps are values left out."""
    if not gaps:
        return None
    shortest = min(gaps)
    return next((length for days, length in _LENGTHS if shortest in days), None)
