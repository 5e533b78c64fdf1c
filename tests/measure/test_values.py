"""Ready-made values: which time each speaks of, and the period that it falls into."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from workspaces_made import definitions, event, table, write

from qbrgen.errors import InputError, Level
from qbrgen.measure.events import measure
from qbrgen.measure.values import value_rows
from qbrgen.period import Quarter, period_of

Q3 = period_of(Quarter(2026, 3), 1)
COLUMNS = {"account": "a", "metric": "m", "time": "t", "value": "v"}


def values_of(tmp_path: Path, *times: str, as_period: bool = False, value: str = "0.9") -> pd.DataFrame:
    columns = {**COLUMNS, "period": "t"} if as_period else COLUMNS
    if as_period:
        del columns["time"]
    rows = [{"a": "acme", "m": "delivered", "t": time, "v": value} for time in times]
    path = write(tmp_path / "values.csv", rows, ("a", "m", "t", "v"))
    events = write(tmp_path / "e.csv", [event("2026-06-29"), event("2026-09-30")])
    return measure(definitions(tmp_path, [table(events)], {"acme": []}, values=(table(path, columns),))).values


def days(frame: pd.DataFrame) -> list[tuple[date, date]]:
    return list(zip(frame["first"].dt.date, frame["last"].dt.date, strict=True))


def test_weekly_values_speak_of_the_iso_week_that_shares_most_of_their_days(tmp_path: Path) -> None:
    sundays = values_of(tmp_path, "2026-07-05", "2026-07-12", "2026-07-26")
    assert days(sundays)[0] == (date(2026, 7, 6), date(2026, 7, 12))
    wednesdays = values_of(tmp_path, "2026-07-01", "2026-07-08")
    assert days(wednesdays)[0] == (date(2026, 6, 29), date(2026, 7, 5))


def test_monthly_values_lie_whole_in_the_quarter(tmp_path: Path) -> None:
    for times in (("2026-07-01", "2026-08-01", "2026-09-01"), ("2026-07", "2026-08", "2026-09")):
        months = days(values_of(tmp_path, *times))
        assert months[0][0] == Q3.first_day
        assert months[-1][1] == Q3.last_day
        assert all(after[0].toordinal() - before[1].toordinal() == 1 for before, after in pairwise(months))


@pytest.mark.parametrize("text", ["2026-Q3", "Q3 2026"])
def test_a_value_for_a_quarter_speaks_of_its_weeks(text: str, tmp_path: Path) -> None:
    assert days(values_of(tmp_path, text, as_period=True)) == [(Q3.first_day, Q3.last_day)]


def test_a_value_for_an_iso_week_speaks_of_it(tmp_path: Path) -> None:
    assert days(values_of(tmp_path, "2026-W27")) == [(date(2026, 6, 29), date(2026, 7, 5))]


def test_a_single_day_and_days_without_a_rhythm_speak_of_themselves(tmp_path: Path) -> None:
    assert days(values_of(tmp_path, "2026-07-15")) == [(date(2026, 7, 15), date(2026, 7, 15))]
    assert days(values_of(tmp_path, "2026-07-15", "2026-07-18", "2026-07-29"))[0] == (date(2026, 7, 15),) * 2


def made_of(tmp_path: Path, *files: tuple[str, ...], as_of: date | None = None) -> pd.DataFrame:
    """Values from several files; each row is written as "account time"."""
    tables = []
    for number, rows in enumerate(files):
        cells = [{"a": row.split()[0], "m": "delivered", "t": row.split()[1], "v": "0.9"} for row in rows]
        tables.append(table(write(tmp_path / f"values{number}.csv", cells, ("a", "m", "t", "v")), COLUMNS))
    events = write(tmp_path / "e.csv", [event("2026-06-29"), event("2026-09-30")])
    people = {"acme": [], "birch": []}
    return measure(definitions(tmp_path, [table(events)], people, values=tuple(tables)), as_of).values


def test_a_file_for_each_week_is_read_as_one_file_of_all_weeks(tmp_path: Path) -> None:
    together = made_of(tmp_path, ("acme 2026-07-04", "acme 2026-07-11", "acme 2026-07-18"))
    apart = made_of(tmp_path, ("acme 2026-07-04",), ("acme 2026-07-11",), ("acme 2026-07-18",))
    assert days(apart) == days(together)
    assert days(apart)[0] == (date(2026, 7, 6), date(2026, 7, 12))


def test_other_accounts_do_not_tell_how_long_a_value_speaks_for(tmp_path: Path) -> None:
    mine = ("acme 2026-07-04", "acme 2026-07-11")
    alone = made_of(tmp_path, mine)
    beside = made_of(tmp_path, (*mine, "birch 2026-07-04", "birch 2026-07-05"))
    assert days(beside[beside["account"] == "acme"]) == days(alone)


def test_values_after_the_as_of_date_tell_nothing_whether_it_is_given_or_the_events_tell_it(tmp_path: Path) -> None:
    rows = ("acme 2026-09-26", "acme 2026-10-03")
    given, told = made_of(tmp_path, rows, as_of=date(2026, 9, 30)), made_of(tmp_path, rows)
    assert days(given) == days(told) == [(date(2026, 9, 26), date(2026, 9, 26))]


def in_use(tmp_path: Path, *rows: str, first_month: int = 1) -> dict[tuple[str, str], list[int]]:
    """Account and metric → months in use, from the first one told; each row is "account metric month number"."""
    cells = [dict(zip("amtv", row.split(), strict=True)) for row in rows]
    path = write(tmp_path / "use.csv", cells, ("a", "m", "t", "v"))
    read = replace(table(path, COLUMNS), months_in_use=True)
    made = definitions(tmp_path, [], {"acme": [], "birch": []}, values=(read,))
    settings = replace(made.settings, fiscal_year_starts=first_month)
    found: dict[tuple[str, str], list[int]] = {}
    for row in value_rows(settings)[0]:
        assert row.denominator == 1
        assert (row.where.line is not None) == (row.numerator == 1), "a month in use has its row, another has none"
        found.setdefault((row.account, row.metric), []).append(int(row.numerator or 0))
    return found


def test_counts_of_use_become_months_in_use_from_the_first_use_of_anything_on(tmp_path: Path) -> None:
    rows = ("acme Reports 2026-02 9", "acme Reports 2026-02 1", "acme Boards 2026-04 3", "acme Boards 2026-05 0")
    assert in_use(tmp_path, *rows, "birch Boards 2026-07 2") == {
        ("acme", "Reports"): [1, 0, 0, 0, 0],  # to the end of the quarter of its last use
        ("acme", "Boards"): [0, 0, 1, 0, 0],
        ("birch", "Reports"): [0],
        ("birch", "Boards"): [1],  # the data reach no further
    }


def test_months_in_use_end_with_the_fiscal_quarter(tmp_path: Path) -> None:
    rows = ("acme Boards 2026-01 2", "birch Boards 2026-07 2")
    assert in_use(tmp_path, *rows, first_month=2)["acme", "Boards"] == [1]
    assert in_use(tmp_path, *rows, first_month=12)["acme", "Boards"] == [1, 0]
    assert in_use(tmp_path, "acme Boards 2026-01-01 0") == {}


def test_values_are_exact(tmp_path: Path) -> None:
    assert values_of(tmp_path, "2026-07-15", value="93.1%")["value"].tolist() == [Fraction(931, 1000)]
    assert values_of(tmp_path, "2026-07-15", value="")["value"].tolist() == [None]


def test_what_is_no_time_and_what_is_no_number_are_told_with_their_lines(tmp_path: Path) -> None:
    rows = [{"a": "acme", "m": "d", "t": "July", "v": "1"}, {"a": "acme", "m": "d", "t": "2026-07-01", "v": "high"}]
    path = write(tmp_path / "values.csv", rows, ("a", "m", "t", "v"))
    events = write(tmp_path / "e.csv", [event("2026-06-29")])
    with pytest.raises(InputError) as caught:
        measure(definitions(tmp_path, [table(events)], {"acme": []}, values=(table(path, COLUMNS),)))
    assert [(f.code, str(f.where)) for f in caught.value.findings] == [
        ("time-not-readable", "values.csv:2"),
        ("number-not-readable", "values.csv:3"),
    ]


def test_a_row_without_a_time_is_left_out_and_holds_up_nothing(tmp_path: Path) -> None:
    assert days(values_of(tmp_path, "", "2026-07-15", " - ")) == [(date(2026, 7, 15), date(2026, 7, 15))]


@pytest.mark.parametrize("as_of", [None, date(2026, 9, 30)])
def test_values_after_the_as_of_date_are_counted_and_told_with_the_first(tmp_path: Path, as_of: date | None) -> None:
    rows = [{"a": "acme", "m": "d", "t": time, "v": "1"} for time in ("2026-09-26", "2026-10-03", "2026-10-10")]
    values = table(write(tmp_path / "values.csv", rows, ("a", "m", "t", "v")), COLUMNS)
    events = write(tmp_path / "e.csv", [event("2026-06-29"), event("2026-09-30")])
    counts = measure(definitions(tmp_path, [table(events)], {"acme": []}, values=(values,)), as_of)
    (told,) = [each for each in counts.odd_files if each.code == "values-after-as-of"]
    assert (told.level, str(told.where)) == (Level.NOTE, "values.csv:3")
    assert told.what == f"2 ready-made values speak of a time after the as-of date ({counts.as_of}); left out."


def test_a_workspace_of_values_alone_covers_the_days_that_they_speak_of(tmp_path: Path) -> None:
    rows = [{"a": "acme", "m": "d", "t": f"2026-0{month}", "v": "1"} for month in (7, 8, 9)]
    path = write(tmp_path / "values.csv", rows, ("a", "m", "t", "v"))
    counts = measure(definitions(tmp_path, [], {"acme": []}, values=(table(path, COLUMNS),)))
    assert counts.as_of == Q3.last_day
    assert len(counts.values) == 3
    assert counts.weekly.empty
    assert counts.balance.rows == 0
