"""Quarters, months and two-week units against a calendar walked day by day, for every fiscal start, 2015 to 2040.

The comparison shares no arithmetic with `qbrgen.period`: Thursdays come from `isocalendar`, quarters from counting
months one by one.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from qbrgen.period import (
    Quarter,
    Rhythm,
    latest_complete,
    monday_of,
    period_of,
    period_with_week,
    quarter_of,
    sunday_of,
    unit_of_week,
    units,
    week_of,
)

FIRST, LAST = date(2014, 1, 1), date(2041, 12, 31)
YEARS = range(2015, 2041)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
THURSDAYS = [day for day in EVERY_DAY if day.isocalendar().weekday == 4]
STARTS = range(1, 13)


def quarters_by_hand(first_month: int) -> dict[tuple[int, int], tuple[int, int]]:
    """(year, month) → (fiscal year, quarter), by walking the months of each fiscal year."""
    found = {}
    for begins in range(2012, 2043):
        # the fiscal year is called after the calendar year of its last month
        months = [(begins + (first_month - 1 + n) // 12, (first_month - 1 + n) % 12 + 1) for n in range(12)]
        for number, month in enumerate(months):
            found[month] = (months[-1][0], number // 3 + 1)
    return found


def iso(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


@pytest.mark.parametrize("first_month", STARTS)
def test_a_quarter_is_the_iso_weeks_of_its_thursdays(first_month: int) -> None:
    months, thursdays = quarters_by_hand(first_month), defaultdict(list)
    for day in THURSDAYS:
        thursdays[months[day.year, day.month]].append(day)
    for year in YEARS:
        for number in range(1, 5):
            expected = thursdays[year, number]
            period = period_of(Quarter(year, number), first_month)
            assert [iso(monday_of(week)) for week in period.weeks] == [iso(day) for day in expected]
            assert (period.first_day, period.last_day) == (
                expected[0] - timedelta(days=3),
                expected[-1] + timedelta(days=3),
            )
            assert period.label == (f"Q{number} {year}" if first_month == 1 else f"Q{number} FY{year}")


@pytest.mark.parametrize("first_month", STARTS)
def test_days_around_every_end_of_a_month_belong_to_the_quarter_of_their_weeks_thursday(first_month: int) -> None:
    months = quarters_by_hand(first_month)
    for begins in (day for day in EVERY_DAY if day.day == 1 and day.year in YEARS):
        for day in (begins + timedelta(days=n) for n in range(-7, 8)):
            thursday = next(t for t in (day + timedelta(days=n) for n in range(-3, 4)) if iso(t) == iso(day)
                            and t.isocalendar().weekday == 4)  # fmt: skip
            expected = months[thursday.year, thursday.month]
            period = period_with_week(week_of(day), first_month)
            assert (period.quarter.year, period.quarter.number) == expected
            assert quarter_of(day, first_month) == Quarter(*months[day.year, day.month])


@pytest.mark.parametrize("first_month", STARTS)
def test_a_quarter_is_complete_from_the_sunday_on_that_ends_it(first_month: int) -> None:
    before = period_of(Quarter(YEARS[0] - 1, 4), first_month)
    for year in YEARS:
        for number in range(1, 5):
            period = period_of(Quarter(year, number), first_month)
            assert period.last_day.isocalendar().weekday == 7
            assert latest_complete(period.last_day - timedelta(days=1), first_month) == before
            assert latest_complete(period.last_day, first_month) == period
            assert latest_complete(period.last_day + timedelta(days=1), first_month) == period
            before = period


def test_a_leap_week_falls_into_one_quarter_of_fourteen_weeks_whatever_the_fiscal_year() -> None:
    """Years of 53 ISO weeks: 2015, 2020, 2026, 2032, 2037. Four quarters have 52 or 53 weeks, never anything else."""
    assert [year for year in YEARS if date(year, 12, 28).isocalendar().week == 53] == [2015, 2020, 2026, 2032, 2037]
    for first_month in STARTS:
        lengths = {year: [len(period_of(Quarter(year, n), first_month).weeks) for n in range(1, 5)] for year in YEARS}
        assert {sum(each) for each in lengths.values()} == {52, 53}
        for each in lengths.values():
            assert set(each) <= {12, 13, 14}
        # 26 years hold the Thursdays between two days, whichever quarter they fall into
        begins = period_of(Quarter(YEARS[0], 1), first_month).first_week
        ends = period_of(Quarter(YEARS[-1], 4), first_month).last_week
        assert sum(map(sum, lengths.values())) == ends - begins + 1


@pytest.mark.parametrize(
    ("year", "first_month", "first_day"),
    [
        (2026, 1, date(2025, 12, 29)),  # 1 January 2026 is a Thursday: Q1 begins in December
        (2025, 1, date(2024, 12, 30)),
        (2020, 1, date(2019, 12, 30)),
        (2027, 1, date(2027, 1, 4)),  # and 1 January 2027 is a Friday: its week is 2026-W53
        (2026, 4, date(2025, 3, 31)),
        (2026, 7, date(2025, 6, 30)),
        (2027, 2, date(2026, 2, 2)),
    ],
)
def test_a_first_quarter_may_begin_in_the_days_before_its_first_month(
    year: int, first_month: int, first_day: date
) -> None:
    assert period_of(Quarter(year, 1), first_month).first_day == first_day


def test_a_month_is_the_weeks_of_its_thursdays_and_a_year_has_twelve() -> None:
    thursdays = defaultdict(list)
    for day in THURSDAYS:
        thursdays[day.year, day.month].append(day)
    for (year, month), days in thursdays.items():
        if year in YEARS:
            unit = unit_of_week(Rhythm.MONTH, week_of(days[0]))
            assert [iso(monday_of(week)) for week in unit.weeks] == [iso(day) for day in days], (year, month)


@pytest.mark.parametrize("first_month", STARTS)
def test_two_week_units_run_on_over_year_ends_and_belong_where_their_second_thursday_lies(first_month: int) -> None:
    months = quarters_by_hand(first_month)
    seconds = defaultdict(list)  # quarter → the Thursdays of second weeks in it
    second = date(1970, 1, 15)
    while second <= LAST:
        if second.year >= 2014:
            seconds[months[second.year, second.month]].append(second)
        second += timedelta(days=14)
    for year in YEARS:
        for number in range(1, 5):
            period = period_of(Quarter(year, number), first_month)
            found = units(Rhythm.TWO_WEEKS, period.first_week, period.last_week)
            assert [(unit.first_day, unit.last_day) for unit in found] == [
                (day - timedelta(days=10), day + timedelta(days=3)) for day in seconds[year, number]
            ]


def test_the_leap_week_of_2026_is_in_one_two_week_unit_and_none_begins_anew_in_january() -> None:
    leap = week_of(date(2026, 12, 31))
    assert iso(monday_of(leap)) == (2026, 53)
    around = [unit_of_week(Rhythm.TWO_WEEKS, week) for week in range(leap - 3, leap + 4)]
    for before, after in pairwise(around):
        assert after.first_week in (before.first_week, before.last_week + 1)
        assert sunday_of(after.first_week) - monday_of(after.first_week) == timedelta(days=6)
