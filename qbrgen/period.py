"""Weeks, rhythms and fiscal quarters (method.md: "period", "week in seat", fine print).

Weeks are ISO weeks in the workspace's time zone, numbered from Monday 1970-01-05 (week 0), so that arithmetic is
plain and two-week units are pairs (0, 1), (2, 3), … . A week belongs to the month and the quarter of its Thursday.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A fiscal quarter. `year` is the calendar year in which the fiscal year ends (its label, FY2026); number 1 to 4."""

    __plain_value__: ClassVar[bool] = True
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Period:
    """A fiscal quarter in full ISO weeks: numbers `first_week` to `last_week`, both within it."""

    __plain_value__: ClassVar[bool] = True
    quarter: Quarter
    first_week: int
    last_week: int
    label: str  # "Q3 2026" or "Q3 FY2026" where the fiscal year is not the calendar year

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
class Unit:
    """One unit of a rhythm: a week, a pair of weeks or a month of ISO weeks; `weeks` are consecutive numbers."""

    __plain_value__: ClassVar[bool] = True
    first_week: int
    last_week: int

    @property
    def weeks(self) -> range:
        return range(self.first_week, self.last_week + 1)


def period_of(quarter: Quarter, first_month: int) -> Period:
    """The full ISO weeks whose Thursday lies in a fiscal quarter.

    first_month: the first month (1 to 12) of the fiscal year.
    """
    raise NotImplementedError


def latest_complete(as_of: date, first_month: int) -> Period:
    """The last period whose last week had ended by the end of `as_of`."""
    raise NotImplementedError


def previous(period: Period, first_month: int) -> Period:
    """The quarter before."""
    raise NotImplementedError


def parse_period(text: str, first_month: int) -> Period:
    """'2026-Q3', 'Q3 2026', '2026q3' → the period. Raises ValueError, saying what to write, for anything else."""
    raise NotImplementedError


def units(rhythm: Rhythm, first_week: int, last_week: int) -> list[Unit]:
    """Every unit of a rhythm that belongs to the weeks `first_week` to `last_week`, in order.

    A two-week unit belongs where its second week's Thursday lies; a month is the ISO weeks whose Thursday lies in it
    and belongs where it lies whole.
    """
    raise NotImplementedError
