"""The engine agrees with plain loops over rows, whatever the rows are like and however they lie in files."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from naive_measure import Naive, naive_measure, week_number
from workspaces_made import (
    ASKED,
    BY_DAY,
    COLUMNS,
    IN_ORDER,
    Cells,
    Made,
    definitions,
    event,
    made,
    seeds,
    table,
    write,
)

from qbrgen.define.model.sources import EachRow
from qbrgen.errors import Level
from qbrgen.measure.counts import MICRO, Counts
from qbrgen.measure.events import measure

FRAMES = ("weekly", "daily", "ordered", "first_event", "life", "heard", "presence", "unknown_users")


def as_naive(counts: Counts) -> Naive:
    """The engine's counts in the shape of the naive ones."""

    def pairs(frame: pd.DataFrame, last: str) -> dict[tuple[str, ...], tuple[int, int]]:
        keys = frame[last].dt.date.map(str) if last == "day" else frame[last].map(str)
        return {
            (row.account, row.user, row.event, key): (row.occurrences, row.rows)
            for row, key in zip(frame.itertuples(), keys, strict=True)
        }

    naive = Naive(counts.as_of, counts.data_start, pairs(counts.weekly, "week"), pairs(counts.daily, "day"))
    naive.ordered = sorted((e.account, e.user, e.at.isoformat(), e.event) for e in counts.ordered.itertuples())
    naive.first_event = {(e.account, e.user): e.day.date() for e in counts.first_event.itertuples()}
    naive.life.update({(e.account, e.week): e.rows for e in counts.life.itertuples()})
    naive.last_event = dict(counts.last_event)
    heard = counts.heard.groupby("account")["last"].max()
    assert {account: day.date() for account, day in heard.items()} == naive.last_event
    naive.unknown.update({(e.account, e.user): e.rows for e in counts.unknown_users.itertuples()})
    naive.set_aside.update(counts.balance.set_aside)
    naive.counted, naive.in_part_weeks = counts.balance.counted, counts.balance.in_part_weeks
    return naive


def measured(
    folder: Path, workspace: Made, parts: int = 1, rows: list[Cells] | None = None, weekly: Collection[int] = ()
) -> Counts:
    """weekly: the parts of which each row stands for a week."""
    rows = workspace.rows if rows is None else rows
    paths = [write(folder / f"part-{n}.csv", rows[n::parts]) for n in range(parts)]
    return measure(
        definitions(
            folder,
            [table(path, each_row=EachRow.WEEK if n in weekly else EachRow.EVENT) for n, path in enumerate(paths)],
            workspace.people,
            workspace.zone,
            workspace.as_of,
            workspace.data_start,
        )
    )


def expected(folder: Path, workspace: Made, weekly: Collection[int] = ()) -> Naive:
    return naive_measure(
        sorted(folder.glob("part-*.csv")),
        COLUMNS,
        ZoneInfo(workspace.zone),
        {account: set(users) for account, users in workspace.people.items()},
        dict.fromkeys(workspace.people, ASKED),
        BY_DAY,
        IN_ORDER,
        workspace.as_of,
        workspace.data_start,
        [folder / f"part-{n}.csv" for n in weekly],
    )


def same(one: Counts, other: Counts) -> None:
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    assert (one.as_of, one.data_start, one.last_event) == (other.as_of, other.data_start, other.last_event)
    assert (one.seen_events, one.balance.set_aside) == (other.seen_events, other.balance.set_aside)
    assert (one.balance.rows, one.balance.counted) == (other.balance.rows, other.balance.counted)


@pytest.mark.parametrize("seed", seeds(range(16), range(16, 40)))
def test_the_engine_agrees_with_plain_loops_over_the_rows(seed: int, tmp_path: Path) -> None:
    workspace = made(seed)
    counts = measured(tmp_path, workspace, parts=1 + seed % 3)
    assert as_naive(counts) == expected(tmp_path, workspace)


@pytest.mark.parametrize("seed", seeds(range(500, 508), range(508, 520)))
def test_the_engine_agrees_with_plain_loops_where_rows_stand_for_weeks(seed: int, tmp_path: Path) -> None:
    workspace = made(seed)
    weekly = [0] if seed % 2 else [0, 1]
    counts = measured(tmp_path, workspace, parts=2, weekly=weekly)
    assert as_naive(counts) == expected(tmp_path, workspace, weekly)


@pytest.mark.parametrize("seed", seeds(range(100, 104), range(104, 110)))
def test_every_row_is_counted_or_set_aside_with_a_reason(seed: int, tmp_path: Path) -> None:
    workspace = made(seed)
    balance = measured(tmp_path, workspace, parts=2).balance
    assert balance.rows == len(workspace.rows) == sum(balance.by_source.values())
    assert balance.rows == balance.counted + balance.in_part_weeks + sum(balance.set_aside.values())


@pytest.mark.parametrize("seed", seeds(range(200, 203), range(203, 206)))
def test_neither_the_order_of_rows_nor_the_files_they_lie_in_change_a_count(seed: int, tmp_path: Path) -> None:
    workspace = made(seed)
    shuffled = workspace.rows[:]
    random.Random(seed).shuffle(shuffled)
    (tmp_path / "again").mkdir()
    same(measured(tmp_path, workspace), measured(tmp_path / "again", workspace, parts=4, rows=shuffled))


@pytest.mark.parametrize("seed", seeds(range(300, 302), range(302, 304)))
def test_other_names_for_people_and_accounts_change_nothing_else(seed: int, tmp_path: Path) -> None:
    workspace = made(seed)

    def renamed(text: str) -> str:
        # keeps the alphabetical order, by which equal copies of one id are told apart
        return f"x {text.strip()}" if text.strip() else ""

    rows = [
        {**row, "user_id": renamed(row["user_id"]), "account_id": renamed(row["account_id"])} for row in workspace.rows
    ]
    people = {renamed(account): [renamed(user) for user in users] for account, users in workspace.people.items()}
    (tmp_path / "again").mkdir()
    other = Made(rows, people, workspace.zone, workspace.as_of, workspace.data_start)
    one, two = measured(tmp_path, workspace), measured(tmp_path / "again", other)
    assert one.balance.set_aside == two.balance.set_aside
    for name in ("weekly", "daily", "ordered", "first_event", "unknown_users"):
        frame = getattr(one, name).copy()
        frame[["account", "user"]] = "x " + frame[["account", "user"]]
        pd.testing.assert_frame_equal(frame, getattr(two, name))


@pytest.mark.parametrize("weeks", [-7, 1, 53])
def test_dates_shifted_by_whole_weeks_give_the_same_counts_as_many_weeks_on(weeks: int, tmp_path: Path) -> None:
    chance = random.Random(weeks)
    begin = datetime(2026, 6, 29)
    moments = [begin + timedelta(minutes=chance.randrange(60 * 24 * 40)) for _ in range(60)]
    names = sorted(ASKED)

    def counts(shift: int, name: str) -> Counts:
        rows = [
            event((moment + timedelta(weeks=shift)).isoformat(), f"u{n % 3}", names[n % 6])
            for n, moment in enumerate(moments)
        ]
        path = write(tmp_path / name, rows)
        return measure(definitions(tmp_path, [table(path)], {"acme": ["u0", "u1"]}, "America/New_York"))

    one, two = counts(0, "one.csv"), counts(weeks, "two.csv")
    assert two.as_of == one.as_of + timedelta(weeks=weeks)
    pd.testing.assert_frame_equal(one.weekly.assign(week=one.weekly["week"] + weeks), two.weekly)
    pd.testing.assert_frame_equal(one.daily.assign(day=one.daily["day"] + pd.Timedelta(weeks=weeks)), two.daily)


@pytest.mark.parametrize("seed", seeds(range(400, 403), range(403, 406)))
def test_one_more_event_never_lowers_a_count(seed: int, tmp_path: Path) -> None:
    workspace = made(seed)
    fixed = Made(workspace.rows, workspace.people, workspace.zone, date(2026, 5, 3), date(2024, 12, 1))
    more = [*fixed.rows, event("2026-03-18T12:00:00Z"), event("2026-03-19", name="lead_enrolled", qty="0.5")]
    (tmp_path / "more").mkdir()
    before = as_naive(measured(tmp_path, fixed))
    after = as_naive(measured(tmp_path / "more", fixed, rows=more))
    for key, (micro, rows) in {**before.weekly, **before.daily}.items():
        found = after.weekly.get(key) or after.daily[key]
        assert found >= (micro, rows)
    assert after.counted + after.in_part_weeks == before.counted + before.in_part_weeks + 2


# ---- time -----------------------------------------------------------------------------------------------------------


def one_week_of(tmp_path: Path, time: str, zone: str) -> int:
    """The week in which an event counts."""
    rows = [event("2026-01-01T12:00:00Z"), event("2026-12-31T12:00:00Z"), event(time, user="who")]
    counts = measure(definitions(tmp_path, [table(write(tmp_path / "e.csv", rows))], {"acme": []}, zone))
    (week,) = counts.weekly[counts.weekly["user"] == "who"]["week"]
    return int(week)


@pytest.mark.parametrize(
    ("time", "zone", "monday"),
    [
        ("2026-06-29 00:00:00", "Europe/London", date(2026, 6, 29)),
        ("2026-06-28T23:00:00Z", "Europe/London", date(2026, 6, 29)),
        ("2026-06-28T22:59:59.999Z", "Europe/London", date(2026, 6, 22)),
        ("2026-02-01T23:30:00Z", "Europe/London", date(2026, 1, 26)),
        ("2026-06-29T03:59:59Z", "America/New_York", date(2026, 6, 22)),
        ("2026-06-29T04:00:00Z", "America/New_York", date(2026, 6, 29)),
        ("2026-02-02T04:59:59Z", "America/New_York", date(2026, 1, 26)),
        ("2026-06-28T18:30:00+00:00", "Asia/Kolkata", date(2026, 6, 29)),
        ("2026-06-29T01:00:00+02:00", "Europe/London", date(2026, 6, 29)),
        ("2026-06-29T00:59:00+02:00", "Europe/London", date(2026, 6, 22)),
        ("2026-06-29 00:30:00 UTC", "America/New_York", date(2026, 6, 22)),
    ],
)
def test_an_event_counts_in_the_local_week_of_its_time(time: str, zone: str, monday: date, tmp_path: Path) -> None:
    assert one_week_of(tmp_path, time, zone) == week_number(monday)


def test_the_hour_that_the_clocks_repeat_or_skip_is_on_its_own_day(tmp_path: Path) -> None:
    # London: back at 01:00 UTC on Sunday 25 October, forward at 01:00 UTC on Sunday 29 March
    for utc, monday in [
        ("2026-10-25T23:59:59Z", date(2026, 10, 19)),
        ("2026-10-26T00:00:00Z", date(2026, 10, 26)),
        ("2026-03-29T22:59:59Z", date(2026, 3, 23)),
        ("2026-03-29T23:00:00Z", date(2026, 3, 30)),
    ]:
        assert one_week_of(tmp_path, utc, "Europe/London") == week_number(monday)


def cover(tmp_path: Path, *times: str, **settings: date) -> tuple[date, date]:
    path = write(tmp_path / "e.csv", [event(time) for time in times])
    counts = measure(definitions(tmp_path, [table(path)], {"acme": ["u1"]}, **settings))
    return counts.data_start, counts.as_of


def test_the_day_of_the_last_event_may_be_cut_off_and_the_day_before_is_the_last_full_one(tmp_path: Path) -> None:
    assert cover(tmp_path, "2026-07-01 10:00", "2026-09-30 17:18:06") == (date(2026, 7, 1), date(2026, 9, 29))


def test_a_day_given_without_a_time_of_day_is_a_full_one(tmp_path: Path) -> None:
    assert cover(tmp_path, "2026-07-01", "2026-09-30") == (date(2026, 7, 1), date(2026, 9, 30))


def test_the_last_day_is_a_local_day(tmp_path: Path) -> None:
    assert cover(tmp_path, "2026-06-30T23:30:00Z", "2026-07-31T23:30:00Z") == (date(2026, 7, 1), date(2026, 7, 31))


def test_the_settings_go_before_what_the_data_show_and_an_argument_before_the_settings(tmp_path: Path) -> None:
    given = {"as_of": date(2026, 8, 2), "data_start": date(2026, 7, 6)}
    assert cover(tmp_path, "2026-07-01", "2026-09-30", **given) == (date(2026, 7, 6), date(2026, 8, 2))
    path = write(tmp_path / "e.csv", [event("2026-07-01"), event("2026-09-30")])
    told = definitions(tmp_path, [table(path)], {"acme": ["u1"]}, as_of=date(2026, 8, 2))
    counts = measure(told, as_of=date(2026, 8, 9))
    assert counts.as_of == date(2026, 8, 9)
    assert counts.balance.set_aside == {"after the as-of date": 1}


# ---- values, ids, accounts ------------------------------------------------------------------------------------------


def test_a_row_stands_for_its_value_exactly(tmp_path: Path) -> None:
    rows = [event("2026-07-06", qty="0.1") for _ in range(10)] + [event("2026-07-07"), event("2026-07-12", "u2")]
    counts = measure(definitions(tmp_path, [table(write(tmp_path / "e.csv", rows))], {"acme": ["u1"]}))
    week = next(counts.weekly.itertuples())
    assert (week.occurrences, week.rows) == (2 * MICRO, 11)


def test_a_repeated_id_counts_once_also_across_files(tmp_path: Path) -> None:
    rows = [event("2026-07-06 09:00", id="e1"), event("2026-07-08 09:00", id="e2"), event("2026-07-20 09:00", id="e3")]
    one = write(tmp_path / "july.csv", rows)
    two = write(tmp_path / "again.csv", [rows[1], event("2026-07-09 09:00"), event("2026-07-09 09:00")])
    counts = measure(definitions(tmp_path, [table(one), table(two)], {"acme": ["u1"]}))
    assert counts.weekly["rows"].tolist() == [4]
    assert counts.balance.set_aside == {"duplicate id": 1, "after the as-of date": 1}


def test_without_an_account_column_an_event_belongs_to_the_one_account_of_its_user(tmp_path: Path) -> None:
    rows = [event("2026-07-07", user) for user in ("ana", "ben", "cat", "dan")] + [event("2026-06-29", "ana")]
    path = write(tmp_path / "e.csv", rows)
    people = [{"u": u, "a": a} for u, a in [("ana", "acme"), ("ben", "birch"), ("cat", "acme"), ("cat", "birch")]]
    roster = table(write(tmp_path / "people.csv", people, ("u", "a")), {"user": "u", "account": "a"})
    columns = {name: column for name, column in COLUMNS.items() if name not in ("account", "id")}
    told = definitions(tmp_path, [table(path, columns)], {"acme": [], "birch": ["ben"]}, people=(roster,))
    counts = measure(told, as_of=date(2026, 7, 12))
    found = list(zip(counts.weekly["account"], counts.weekly["user"], strict=True))
    assert found == [("acme", "ana"), ("acme", "ana"), ("birch", "ben")]
    assert counts.balance.set_aside == {"no account": 2}
    assert counts.unknown_users.empty, "the people data know ana, though no persona does"


def test_rows_of_accounts_that_are_set_aside_or_unknown_are_told_apart(tmp_path: Path) -> None:
    rows = [event("2026-07-07", account=account) for account in ("acme", "broken", "nobody")]
    told = definitions(tmp_path, [table(write(tmp_path / "e.csv", rows))], {"acme": ["u1"]})
    counts = measure(type(told)(told.settings, told.accounts, set_aside={"broken": ()}), as_of=date(2026, 7, 12))
    assert counts.balance.set_aside == {"unknown account": 1, "account set aside": 1}


def test_the_place_of_a_time_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", [event("2026-07-07"), event("07/08/2026"), event("2026-07-19")])
    counts = measure(definitions(tmp_path, [table(path)], {"acme": ["u1"]}))
    assert counts.balance.set_aside == {"time not readable": 1}
    assert str(counts.balance.examples["time not readable"]) == "e.csv:3"


def test_rows_of_presence_whose_time_cannot_be_read_are_counted_with_the_place_of_the_first(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", [event("2026-06-29"), event("2026-07-31")])
    logins = [event("2026-07-01"), event("x"), event("2026-07-07"), event(""), event("2026-07-08")]
    columns = {name: COLUMNS[name] for name in ("time", "user", "account")}
    presence = table(write(tmp_path / "logins.csv", logins), columns)
    counts = measure(definitions(tmp_path, [table(path)], {"acme": ["u1"]}, presence=(presence,)))
    (told,) = [each for each in counts.odd_files if each.code == "presence-time-not-readable"]
    assert (told.level, str(told.where)) == (Level.WARNING, "logins.csv:3")
    assert told.what == "2 rows of presence set aside: time not readable."


def test_presence_is_kept_by_week_once_for_each_person(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", [event("2026-06-29"), event("2026-07-31")])
    logins = [event("2026-07-01T09:00:00Z"), event("2026-07-02"), event("2026-07-07"), event("2026-07-07", account="x")]
    columns = {name: COLUMNS[name] for name in ("time", "user", "account")}
    presence = table(write(tmp_path / "logins.csv", logins), columns)
    counts = measure(definitions(tmp_path, [table(path)], {"acme": ["u1"]}, presence=(presence,)))
    assert counts.presence["week"].tolist() == [week_number(date(2026, 6, 29)), week_number(date(2026, 7, 6))]
