"""Weeks, quarters and units: what belongs where."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbrgen.period import (
    Period,
    Quarter,
    Rhythm,
    following,
    full_weeks,
    latest_complete,
    monday_of,
    parse_period,
    period_of,
    period_with_week,
    previous,
    quarter_of,
    sunday_of,
    thursday_of,
    unit_at,
    unit_index,
    unit_of_week,
    units,
    week_of,
)

MONTHS = st.integers(1, 12)
WEEKS = st.integers(week_of(date(1975, 1, 1)), week_of(date(2150, 1, 1)))
DAYS = st.dates(date(1975, 1, 1), date(2150, 1, 1))
QUARTERS = st.builds(Quarter, st.integers(1975, 2150), st.integers(1, 4))
RHYTHMS = st.sampled_from(Rhythm)


def test_the_third_quarter_of_2026_runs_from_29_june_to_27_september() -> None:
    period = period_of(Quarter(2026, 3), first_month=1)
    assert (period.first_day, period.last_day) == (date(2026, 6, 29), date(2026, 9, 27))
    assert len(period.weeks) == 13
    assert period.label == "Q3 2026"


def test_a_fiscal_year_that_starts_in_february_is_named_after_the_year_it_ends_in() -> None:
    period = period_of(Quarter(2027, 3), first_month=2)
    assert period.label == "Q3 FY2027"
    assert thursday_of(period.first_week) == date(2026, 8, 6)
    assert thursday_of(period.last_week) == date(2026, 10, 29)


def test_a_leap_week_makes_a_fourth_quarter_of_fourteen_weeks() -> None:
    period = period_of(Quarter(2026, 4), first_month=1)
    assert len(period.weeks) == 14
    assert period.last_day == date(2027, 1, 3)
    assert period.last_day.isocalendar()[:2] == (2026, 53)


@given(st.integers(1975, 2150))
def test_calendar_quarters_of_a_year_are_its_iso_weeks(year: int) -> None:
    weeks = [week for number in range(1, 5) for week in period_of(Quarter(year, number), 1).weeks]
    assert len(weeks) == date(year, 12, 28).isocalendar().week
    assert {monday_of(week).isocalendar().year for week in weeks} == {year}


@given(WEEKS, MONTHS)
def test_every_week_belongs_to_exactly_one_quarter_the_one_that_holds_its_thursday(week: int, first_month: int) -> None:
    period = period_with_week(week, first_month)
    assert week in period.weeks
    assert week not in previous(period, first_month).weeks
    assert week not in following(period, first_month).weeks
    assert quarter_of(thursday_of(week), first_month) == period.quarter


@given(QUARTERS, MONTHS)
def test_quarters_have_twelve_to_fourteen_weeks_and_follow_without_a_gap(quarter: Quarter, first_month: int) -> None:
    period = period_of(quarter, first_month)
    assert 12 <= len(period.weeks) <= 14
    assert following(period, first_month).first_week == period.last_week + 1
    assert previous(following(period, first_month), first_month) == period


@given(QUARTERS, MONTHS)
def test_four_quarters_after_a_quarter_comes_the_same_one_of_the_next_year(quarter: Quarter, first_month: int) -> None:
    period = period_of(quarter, first_month)
    for _ in range(4):
        period = following(period, first_month)
    assert period.quarter == Quarter(quarter.year + 1, quarter.number)


@given(DAYS, MONTHS)
def test_the_latest_complete_period_has_ended_and_the_next_has_not(as_of: date, first_month: int) -> None:
    period = latest_complete(as_of, first_month)
    assert period.last_day <= as_of < following(period, first_month).last_day


def test_a_period_is_complete_on_its_last_sunday_and_not_the_day_before() -> None:
    assert latest_complete(date(2026, 9, 27), 1).label == "Q3 2026"
    assert latest_complete(date(2026, 9, 26), 1).label == "Q2 2026"


@pytest.mark.parametrize("text", ["2026-Q3", "Q3 2026", "2026q3", "q3-2026", " Q3 FY2026 ", "FY2026 Q3", "2026/Q3"])
def test_a_quarter_can_be_written_in_many_ways(text: str) -> None:
    assert parse_period(text, 1).quarter == Quarter(2026, 3)


@given(QUARTERS, MONTHS)
def test_a_label_is_read_back_as_its_own_period(quarter: Quarter, first_month: int) -> None:
    period = period_of(quarter, first_month)
    assert parse_period(period.label, first_month) == period


@pytest.mark.parametrize(
    "text", ["", "Q5 2026", "2026", "Q3", "2026-07", "last quarter", "Q3 26", "Q3 9999", "Q0 2026"]
)
def test_what_is_not_a_quarter_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"as in 2026-Q3"):
        parse_period(text, 1)


def test_the_refusal_says_which_year_is_meant_where_the_fiscal_year_is_not_the_calendar_year() -> None:
    with pytest.raises(ValueError, match="the year in which the fiscal year ends"):
        parse_period("Q3", 2)


def test_a_fiscal_year_starts_in_a_month_of_the_year() -> None:
    with pytest.raises(ValueError, match="from 1 to 12, not 13"):
        period_of(Quarter(2026, 1), 13)


@given(WEEKS, RHYTHMS)
def test_units_partition_the_weeks(week: int, rhythm: Rhythm) -> None:
    unit = unit_of_week(rhythm, week)
    assert week in unit.weeks
    after = unit_at(rhythm, unit_index(rhythm, week) + 1)
    assert after.first_week == unit.last_week + 1
    assert {unit_index(rhythm, each) for each in unit.weeks} == {unit_index(rhythm, week)}


@given(WEEKS)
def test_two_week_units_are_pairs_counted_from_the_first_monday_of_1970(week: int) -> None:
    unit = unit_of_week(Rhythm.TWO_WEEKS, week)
    assert len(unit.weeks) == 2
    assert (unit.first_day - date(1970, 1, 5)).days % 14 == 0


@given(WEEKS)
def test_a_month_is_the_weeks_whose_thursday_lies_in_it(week: int) -> None:
    unit = unit_of_week(Rhythm.MONTH, week)
    thursdays = [thursday_of(each) for each in unit.weeks]
    assert len({(day.year, day.month) for day in thursdays}) == 1
    assert (thursdays[0] - timedelta(weeks=1)).month != thursdays[0].month
    assert (thursdays[-1] + timedelta(weeks=1)).month != thursdays[-1].month
    assert 4 <= len(thursdays) <= 5


@given(QUARTERS, MONTHS, RHYTHMS)
def test_every_unit_belongs_to_exactly_one_of_two_quarters_in_a_row(
    quarter: Quarter, first_month: int, rhythm: Rhythm
) -> None:
    period = period_of(quarter, first_month)
    after = following(period, first_month)
    apart = units(rhythm, period.first_week, period.last_week) + units(rhythm, after.first_week, after.last_week)
    assert apart == units(rhythm, period.first_week, after.last_week)
    assert len(set(apart)) == len(apart)


@given(QUARTERS, MONTHS)
def test_a_quarter_has_three_months_that_cover_it(quarter: Quarter, first_month: int) -> None:
    period = period_of(quarter, first_month)
    months = units(Rhythm.MONTH, period.first_week, period.last_week)
    assert [week for unit in months for week in unit.weeks] == list(period.weeks)
    assert len(months) == 3


def test_a_two_week_unit_belongs_to_the_period_that_holds_its_second_week() -> None:
    period = period_of(Quarter(2026, 3), 1)
    first = units(Rhythm.TWO_WEEKS, period.first_week, period.last_week)[0]
    assert first.last_week in period.weeks
    assert first.last_week - period.first_week in (0, 1)


def test_a_month_that_does_not_lie_whole_in_the_weeks_is_left_out() -> None:
    period = period_of(Quarter(2026, 3), 1)
    assert len(units(Rhythm.MONTH, period.first_week + 1, period.last_week)) == 2
    assert len(units(Rhythm.MONTH, period.first_week, period.last_week - 1)) == 2
    assert units(Rhythm.WEEK, 10, 9) == []


@given(WEEKS)
def test_a_week_runs_from_monday_to_sunday(week: int) -> None:
    assert monday_of(week).isoweekday() == 1
    assert sunday_of(week).isoweekday() == 7
    assert week_of(monday_of(week)) == week_of(sunday_of(week)) == week


def test_a_period_knows_its_days() -> None:
    period = Period(Quarter(2026, 1), 10, 11, "Q1 2026")
    assert (period.first_day, period.last_day) == (monday_of(10), sunday_of(11))


@given(DAYS, st.integers(-10, 60))
def test_a_week_is_full_when_all_its_days_lie_within(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    around = range(week_of(first) - 2, week_of(last) + 3)
    assert list(full_weeks(first, last)) == [w for w in around if first <= monday_of(w) and sunday_of(w) <= last]
