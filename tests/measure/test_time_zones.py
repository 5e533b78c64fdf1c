"""Weeks are those of the workspace's zone, on every side of every change of its clocks, in the past too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from naive_measure import week_number
from workspaces_made import Cells, definitions, event, table, write

from qbrgen.measure.events import measure

# zone → days (UTC) around which its offset changed
CHANGES = {
    "Europe/London": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Sydney": [date(2026, 4, 4), date(2026, 10, 3)],  # summer ends in April
    "America/Santiago": [date(2026, 4, 5), date(2026, 9, 6)],  # at midnight: there is no 00:30 on 6 September
    "Pacific/Auckland": [date(2026, 4, 4), date(2026, 9, 26)],  # +12, +13
    "Australia/Lord_Howe": [date(2026, 4, 4), date(2026, 10, 3)],  # by half an hour
    "Pacific/Chatham": [date(2026, 4, 4), date(2026, 9, 26)],  # +12:45, +13:45
    "Pacific/Tongatapu": [date(2016, 11, 5), date(2017, 1, 14)],  # +13, and a summer once
    "Pacific/Pago_Pago": [date(2026, 1, 4), date(2026, 7, 5)],  # -11 all year
    "Pacific/Apia": [date(2011, 12, 30), date(2021, 4, 3)],  # -10 to +14: no 30 December 2011
    "Asia/Pyongyang": [date(2015, 8, 14), date(2018, 5, 4)],  # +9, +8:30, +9
    "America/Caracas": [date(2007, 12, 9), date(2016, 5, 1)],  # -4, -4:30, -4
    "Europe/Moscow": [date(2011, 3, 26), date(2014, 10, 25)],  # +3, +4 for three years, +3
    "Africa/Casablanca": [date(2026, 2, 15), date(2026, 3, 22)],  # back for Ramadan
    "Asia/Kathmandu": [date(2026, 1, 4), date(2026, 7, 5)],  # +5:45
}


def moments(zone: ZoneInfo, around: date) -> list[datetime]:
    """UTC: every half hour about a change, and both sides of each local Monday's first second within two weeks."""
    middle = datetime(around.year, around.month, around.day, tzinfo=UTC)
    found = [middle + timedelta(minutes=30 * n) for n in range(-60, 110)]
    for days in range(-14, 15):
        day = around + timedelta(days=days)
        if day.isocalendar().weekday == 1:
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
            found += [midnight + timedelta(seconds=n) for n in (-1, 0, 1)]
    return found


@pytest.mark.parametrize("name", CHANGES)
def test_each_moment_counts_in_the_week_that_its_zone_was_in(name: str, tmp_path: Path) -> None:
    zone = ZoneInfo(name)
    every = sorted({moment for around in CHANGES[name] for moment in moments(zone, around)})
    rows: list[Cells] = [
        event(moment.isoformat(), user=f"u{number:04}", name="lead_enrolled") for number, moment in enumerate(every)
    ]
    local = [moment.astimezone(zone).date() for moment in every]
    told = definitions(
        tmp_path,
        [table(write(tmp_path / "e.csv", rows))],
        {"acme": []},
        name,
        max(local) + timedelta(days=14),
        min(local) - timedelta(days=14),
    )
    counts = measure(told)
    assert counts.weekly["user"].tolist() == [f"u{number:04}" for number in range(len(every))]
    assert counts.weekly["week"].tolist() == [week_number(day) for day in local]
    assert counts.daily["day"].dt.date.tolist() == local


@pytest.mark.parametrize(
    ("zone", "wall", "monday"),
    [
        ("Europe/London", "2026-03-29 01:30", date(2026, 3, 23)),  # the hour that was skipped
        ("Europe/London", "2026-10-25 01:30", date(2026, 10, 19)),  # the hour that came twice
        ("America/Santiago", "2026-09-06 00:30", date(2026, 8, 31)),
        ("Pacific/Apia", "2011-12-30 12:00", date(2011, 12, 26)),  # a day that was not
    ],
)
def test_a_local_time_that_never_was_counts_on_the_day_that_it_names(
    zone: str, wall: str, monday: date, tmp_path: Path
) -> None:
    days = monday - timedelta(days=14), monday + timedelta(days=28)
    path = write(tmp_path / "e.csv", [event(wall)])
    counts = measure(definitions(tmp_path, [table(path)], {"acme": []}, zone, days[1], days[0]))
    assert counts.weekly["week"].tolist() == [week_number(monday)]
