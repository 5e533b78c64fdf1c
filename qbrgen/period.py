"""Weeks, rhythms and fiscal quarters (method.md: "period", "week in seat", fine print).

Weeks are ISO weeks in the workspace's time zone, numbered from Monday 1970-01-05 (week 0), so that arithmetic is
plain and two-week units are pairs (0, 1), (2, 3), … . A week belongs to the month and the quarter of its Thursday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

EPOCH_MONDAY = date(1970, 1, 5)


class Rhythm(StrEnum):
    """How often a persona is expected to work: its unit of time."""

    WEEK = "week"
    TWO_WEEKS = "two weeks"
    MONTH = "month"


def week_of(day: date) -> int:
    """The number of the ISO week that holds `day`."""
    return (day - EPOCH_MONDAY).days // 7


def monday_of(week: int) -> date:
    """First day of a numbered week."""
    return EPOCH_MONDAY + timedelta(weeks=week)


def sunday_of(week: int) -> date:
    """Last day of a numbered week."""
    return monday_of(week) + timedelta(days=6)


def thursday_of(week: int) -> date:
    """The day that decides which month and quarter a week belongs to."""
    return monday_of(week) + timedelta(days=3)


def full_weeks(first: date, last: date) -> range:
    """The numbers of the weeks that lie whole between two days, both counted in."""
    return range(week_of(first + timedelta(days=6)), week_of(last + timedelta(days=1)))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A fiscal quarter. `year` is the calendar year in which the fiscal year ends (FY2026); `number` is 1 to 4."""

    __plain_value__: ClassVar[bool] = True
    year: int
    number: int


class _Weeks:
    """What a run of full ISO weeks is, by the numbers of its first and last."""

    __slots__ = ()
    first_week: int
    last_week: int

    @property
    def weeks(self) -> range:
        return range(self.first_week, self.last_week + 1)

    @property
    def first_day(self) -> date:
        return monday_of(self.first_week)

    @property
    def last_day(self) -> date:
        return sunday_of(self.last_week)


@dataclass(frozen=True, slots=True)
class Period(_Weeks):
    """A fiscal quarter in full ISO weeks: numbers `first_week` to `last_week`, both within it."""

    __plain_value__: ClassVar[bool] = True
    quarter: Quarter
    first_week: int
    last_week: int
    label: str  # "Q3 2026" or "Q3 FY2026" where the fiscal year is not the calendar year

    @property
    def name(self) -> str:
        """As people type it, and as part of a file name: 2026-Q3."""
        return f"{self.quarter.year}-Q{self.quarter.number}"


@dataclass(frozen=True, slots=True)
class Unit(_Weeks):
    """One unit of a rhythm: a week, a pair of weeks or a month of ISO weeks; `weeks` are consecutive numbers."""

    __plain_value__: ClassVar[bool] = True
    first_week: int
    last_week: int


# ---- quarters -------------------------------------------------------------------------------------------------------


def quarter_of(day: date, first_month: int) -> Quarter:
    """The fiscal quarter of a calendar day. For the quarter of a week, ask for its Thursday.

    first_month: the first month (1 to 12) of the fiscal year.
    """
    months_in = (day.month - _checked_month(first_month)) % 12
    started = day.year if day.month >= first_month else day.year - 1
    return Quarter(started if first_month == 1 else started + 1, months_in // 3 + 1)


def period_of(quarter: Quarter, first_month: int) -> Period:
    """The full ISO weeks whose Thursday lies in a fiscal quarter: 12 to 14 of them.

    first_month: the first month (1 to 12) of the fiscal year.
    """
    first_week = _first_week_from(_first_day(quarter, first_month))
    last_week = _first_week_from(_first_day(_next_quarter(quarter), first_month)) - 1
    year = f"{quarter.year}" if first_month == 1 else f"FY{quarter.year}"
    return Period(quarter, first_week, last_week, f"Q{quarter.number} {year}")


def period_with_week(week: int, first_month: int) -> Period:
    """The period that a week belongs to: the one that holds its Thursday."""
    return period_of(quarter_of(thursday_of(week), first_month), first_month)


def latest_complete(as_of: date, first_month: int) -> Period:
    """The last period whose last week had ended by the end of `as_of`."""
    period = period_with_week(week_of(as_of), first_month)
    return period if period.last_day <= as_of else previous(period, first_month)


def previous(period: Period, first_month: int) -> Period:
    """The quarter before."""
    return period_with_week(period.first_week - 1, first_month)


def following(period: Period, first_month: int) -> Period:
    """The quarter after."""
    return period_with_week(period.last_week + 1, first_month)


_PERIOD_FORMS = (
    re.compile(r"(?:fy)?(?P<year>\d{4})[\s/_-]*q(?P<number>[1-4])", re.IGNORECASE),
    re.compile(r"q(?P<number>[1-4])[\s/_-]*(?:fy)?(?P<year>\d{4})", re.IGNORECASE),
)
_YEARS = range(1971, 2200)


def parse_period(text: str, first_month: int) -> Period:
    """'2026-Q3', 'Q3 2026', '2026q3', 'Q3 FY2026' → the period. Raises ValueError, saying what to write, for the rest.

    The year is the one in which the fiscal year ends, with or without "FY".
    """
    for form in _PERIOD_FORMS:
        found = form.fullmatch(text.strip())
        if found and int(found["year"]) in _YEARS:
            return period_of(Quarter(int(found["year"]), int(found["number"])), first_month)
    meant = "" if first_month == 1 else " (the year in which the fiscal year ends)"
    raise ValueError(f"'{text}' is not a quarter. Write the year and the quarter, 1 to 4, as in 2026-Q3{meant}.")


def _checked_month(first_month: int) -> int:
    if not 1 <= first_month <= 12:
        raise ValueError(f"a fiscal year starts in a month from 1 to 12, not {first_month}")
    return first_month


def _first_day(quarter: Quarter, first_month: int) -> date:
    """First calendar day of a fiscal quarter."""
    year = quarter.year if _checked_month(first_month) == 1 else quarter.year - 1
    months = year * 12 + first_month - 1 + 3 * (quarter.number - 1)
    return date(months // 12, months % 12 + 1, 1)


def _next_quarter(quarter: Quarter) -> Quarter:
    return Quarter(quarter.year, quarter.number + 1) if quarter.number < 4 else Quarter(quarter.year + 1, 1)


def _first_week_from(day: date) -> int:
    """The first week whose Thursday is `day` or later."""
    week = week_of(day)
    return week if thursday_of(week) >= day else week + 1


# ---- the units of a rhythm ------------------------------------------------------------------------------------------


def unit_index(rhythm: Rhythm, week: int) -> int:
    """A number for the unit that holds a week; consecutive units have consecutive numbers (weeks number themselves)."""
    if rhythm is Rhythm.WEEK:
        return week
    if rhythm is Rhythm.TWO_WEEKS:
        return week // 2
    day = thursday_of(week)
    return day.year * 12 + day.month - 1


def unit_at(rhythm: Rhythm, index: int) -> Unit:
    """The unit with a number of `unit_index`."""
    if rhythm is Rhythm.WEEK:
        return Unit(index, index)
    if rhythm is Rhythm.TWO_WEEKS:
        return Unit(2 * index, 2 * index + 1)
    first, after = (_first_week_from(date(months // 12, months % 12 + 1, 1)) for months in (index, index + 1))
    return Unit(first, after - 1)


def unit_of_week(rhythm: Rhythm, week: int) -> Unit:
    """The unit that holds a week."""
    return unit_at(rhythm, unit_index(rhythm, week))


def units(rhythm: Rhythm, first_week: int, last_week: int) -> list[Unit]:
    """Every unit of a rhythm that belongs to the weeks `first_week` to `last_week`, in order.

    A two-week unit belongs where its second week's Thursday lies, so that its first week may be the one before
    `first_week`; a month is the ISO weeks whose Thursday lies in it and belongs where it lies whole.
    """
    if last_week < first_week:
        return []
    numbers = range(unit_index(rhythm, first_week), unit_index(rhythm, last_week) + 1)
    candidates = [unit_at(rhythm, number) for number in numbers]
    if rhythm is Rhythm.MONTH:
        candidates = [unit for unit in candidates if unit.first_week >= first_week]
    return [unit for unit in candidates if first_week <= unit.last_week <= last_week]
