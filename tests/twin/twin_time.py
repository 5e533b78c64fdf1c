"""The twin's calendar, day by day: weeks, units of a rhythm, fiscal quarters (method.md: "period", fine print).

A unit is a tuple of the Mondays of its weeks. Nothing here is clever: a quarter is found by walking its days.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
PAIRS_FROM = date(1970, 1, 5)

Unit = tuple[date, ...]


def days(first: date, last: date) -> list[date]:
    """Every day between two, both counted in."""
    return [first + DAY * number for number in range((last - first).days + 1)]


@functools.cache
def monday(day: date) -> date:
    return day - DAY * day.weekday()


def sunday(a_monday: date) -> date:
    return a_monday + DAY * 6


def quarter_number(day: date, first_month: int) -> int:
    """Consecutive numbers for consecutive fiscal quarters."""
    return (day.year * 12 + day.month - first_month) // 3


def quarter_typed(text: str, first_month: int) -> int:
    """The number of a quarter as people type it (2026-Q3): the year is the one in which the fiscal year ends."""
    year, number = int(text[:4]), int(text[-1])
    begins = date(year if first_month == 1 else year - 1, first_month, 1)
    return quarter_number(begins, first_month) + number - 1


@functools.cache
def quarter_weeks(number: int, first_month: int) -> tuple[date, ...]:
    """The Mondays of a quarter: a week belongs where its Thursday lies."""
    near = date((number * 3 + first_month - 1) // 12, (number * 3 + first_month - 1) % 12 + 1, 1)
    mondays = [monday(day) for day in days(near - WEEK, near + 15 * WEEK) if day.weekday() == 0]
    return tuple(m for m in mondays if quarter_number(m + 3 * DAY, first_month) == number)


@functools.cache
def unit_of(rhythm: str, a_monday: date) -> Unit:
    """The unit of a rhythm that holds a week."""
    if rhythm == "week":
        return (a_monday,)
    if rhythm == "two weeks":
        if (a_monday - PAIRS_FROM).days // 7 % 2 == 0:
            return (a_monday, a_monday + WEEK)
        return (a_monday - WEEK, a_monday)
    thursday = a_monday + 3 * DAY
    near = [a_monday + WEEK * number for number in range(-6, 7)]
    month = (thursday.year, thursday.month)
    return tuple(m for m in near if ((m + 3 * DAY).year, (m + 3 * DAY).month) == month)


def units_of(rhythm: str, mondays: list[date]) -> list[Unit]:
    """Every unit all of whose weeks are among these, in order."""
    known = set(mondays)
    found = dict.fromkeys(unit_of(rhythm, m) for m in sorted(mondays))
    return [unit for unit in found if known.issuperset(unit)]
