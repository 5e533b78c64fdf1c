"""Rows that are already weekly: each counts in the ISO week that shares most of its days (method.md: "period")."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from naive_measure import week_number
from workspaces_made import COLUMNS, Cells, definitions, event, table, write

from qbrgen.define.model.sources import EachRow
from qbrgen.measure.counts import MICRO, Counts
from qbrgen.measure.events import measure
from qbrgen.measure.findings import data_findings

MONDAY = date(2026, 7, 6)


def weekly(folder: Path, *rows: Cells, as_of: date | None = None, data_start: date | None = None) -> Counts:
    path = write(folder / "weeks.csv", rows)
    tables = [table(path, each_row=EachRow.WEEK)]
    return measure(definitions(folder, tables, {"acme": ["u1"]}, "America/New_York", as_of, data_start))


def weeks_of(first: date, number: int, **more: str) -> list[Cells]:
    return [event((first + timedelta(weeks=n)).isoformat(), **more) for n in range(number)]


@pytest.mark.parametrize("ahead", range(-6, 7))
def test_a_week_counts_where_most_of_its_days_lie(ahead: int, tmp_path: Path) -> None:
    first = MONDAY + timedelta(days=ahead)
    days = [first + timedelta(days=n) for n in range(7)]
    monday_weeks = [week_number(day) for day in days]
    most = max(set(monday_weeks), key=monday_weeks.count)
    counts = weekly(tmp_path, event(first.isoformat(), qty="5"), as_of=date(2026, 8, 2), data_start=date(2026, 6, 1))
    (row,) = counts.weekly.itertuples()
    assert (row.week, row.occurrences) == (most, 5 * MICRO)


def test_the_data_reach_from_the_first_day_of_the_first_week_to_the_last_day_of_the_last(tmp_path: Path) -> None:
    counts = weekly(tmp_path, *weeks_of(MONDAY, 4))
    assert (counts.data_start, counts.as_of) == (MONDAY, date(2026, 8, 2))
    assert counts.weekly["week"].tolist() == [week_number(MONDAY) + n for n in range(4)]
    assert counts.balance.in_part_weeks == 0


def test_weeks_from_sunday_to_saturday_leave_the_last_iso_week_a_day_short(tmp_path: Path) -> None:
    counts = weekly(tmp_path, *weeks_of(MONDAY - timedelta(days=1), 4))
    assert (counts.data_start, counts.as_of) == (date(2026, 7, 5), date(2026, 8, 1))
    assert (counts.balance.counted, counts.balance.in_part_weeks) == (3, 1)
    whole = weekly(tmp_path, *weeks_of(MONDAY - timedelta(days=1), 4), as_of=date(2026, 8, 2))
    assert (whole.balance.counted, whole.balance.in_part_weeks) == (4, 0)


def test_a_week_that_begins_before_the_data_or_ends_after_the_as_of_date_is_set_aside(tmp_path: Path) -> None:
    days = {"as_of": date(2026, 7, 25), "data_start": MONDAY + timedelta(days=1)}
    counts = weekly(tmp_path, *weeks_of(MONDAY, 3), **days)
    assert counts.balance.set_aside == {"before the data start": 1, "after the as-of date": 1}
    days = {"as_of": date(2026, 7, 26), "data_start": MONDAY}
    assert weekly(tmp_path, *weeks_of(MONDAY, 3), **days).balance.set_aside == {}


def test_the_first_event_of_a_person_is_the_first_day_of_their_first_week(tmp_path: Path) -> None:
    counts = weekly(tmp_path, *weeks_of(MONDAY, 3))
    (first,) = counts.first_event.itertuples()
    assert first.day.date() == MONDAY
    assert counts.last_event == {"acme": date(2026, 7, 26)}


def test_a_time_with_an_offset_is_the_local_day(tmp_path: Path) -> None:
    # midnight UTC is Sunday evening in New York: the seven days begin there, and most of them lie in the same ISO week
    counts = weekly(tmp_path, event("2026-07-06T00:00:00Z"), as_of=date(2026, 7, 12), data_start=date(2026, 7, 1))
    assert counts.weekly["week"].tolist() == [week_number(MONDAY)]
    assert counts.first_event["day"].dt.date.tolist() == [date(2026, 7, 5)]


def test_a_week_is_in_the_window_of_a_milestone_that_shares_most_of_its_days(tmp_path: Path) -> None:
    counts = weekly(tmp_path, *weeks_of(MONDAY, 2, name="lead_enrolled", qty="20"))
    assert counts.daily["day"].dt.date.tolist() == [date(2026, 7, 9), date(2026, 7, 16)]


def test_a_week_is_part_of_no_chain_and_that_is_said(tmp_path: Path) -> None:
    rows = [*weeks_of(MONDAY, 2, name="call_made"), *weeks_of(MONDAY, 2, name="note_written")]
    singles = write(tmp_path / "events.csv", [event("2026-07-08 09:00", name="call_made")])
    tables = [table(write(tmp_path / "weeks.csv", rows), each_row=EachRow.WEEK), table(singles)]
    told = definitions(tmp_path, tables, {"acme": ["u1"]})
    counts = measure(told)
    assert counts.ordered["event"].tolist() == ["call_made"]
    found = [finding for finding in data_findings(told, counts) if finding.code == "chain-of-weeks"]
    assert ["'call_made'" in found[0].what, "'note_written'" in found[1].what] == [True, True]


def test_events_and_weeks_that_say_the_same_count_the_same(tmp_path: Path) -> None:
    """One event a day, and their sums by week."""
    days = [event((MONDAY + timedelta(days=n)).isoformat()) for n in range(28)]
    singles = measure(definitions(tmp_path, [table(write(tmp_path / "e.csv", days))], {"acme": ["u1"]}))
    sums = weekly(tmp_path, *weeks_of(MONDAY, 4, qty="7"))
    same = ["account", "user", "event", "week", "occurrences"]
    pd.testing.assert_frame_equal(singles.weekly[same], sums.weekly[same])
    assert (singles.data_start, singles.as_of) == (sums.data_start, sums.as_of)


def test_presence_by_week_is_presence_in_that_week(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", [event("2026-06-29"), event("2026-07-31")])
    logins = write(tmp_path / "logins.csv", weeks_of(MONDAY - timedelta(days=1), 2))
    columns = {name: COLUMNS[name] for name in ("time", "user", "account")}
    presence = table(logins, columns, EachRow.WEEK)
    counts = measure(definitions(tmp_path, [table(path)], {"acme": ["u1"]}, presence=(presence,)))
    assert counts.presence["week"].tolist() == [week_number(MONDAY), week_number(MONDAY) + 1]


def codes(folder: Path, rows: list[Cells], each_row: EachRow) -> dict[str, str]:
    told = definitions(folder, [table(write(folder / "e.csv", rows), each_row=each_row)], {"acme": ["u1"]})
    return {finding.code: finding.what for finding in data_findings(told, measure(told))}


def test_rows_that_look_like_weeks_are_asked_about(tmp_path: Path) -> None:
    sundays = weeks_of(MONDAY - timedelta(days=1), 6)
    assert "is of a Sunday" in codes(tmp_path, sundays, EachRow.EVENT)["rows-look-weekly"]
    assert "rows-look-weekly" not in codes(tmp_path, sundays, EachRow.WEEK)
    at_nine = [{**row, "sent at": row["sent at"] + " 09:00"} for row in sundays]
    assert "rows-look-weekly" not in codes(tmp_path, at_nine, EachRow.EVENT)
    assert "rows-look-weekly" not in codes(tmp_path, sundays[:3], EachRow.EVENT)


def test_events_told_to_be_weeks_are_warned_of(tmp_path: Path) -> None:
    days = [event((MONDAY + timedelta(days=n)).isoformat()) for n in range(20)]
    assert "different days of the week" in codes(tmp_path, days, EachRow.WEEK)["rows-not-weekly"]
    assert "rows-not-weekly" not in codes(tmp_path, days, EachRow.EVENT)
