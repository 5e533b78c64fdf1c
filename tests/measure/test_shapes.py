"""Rows that stand for a day or a month, and wide tables: counted where they belong, and told where they cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from workspaces_made import COLUMNS, HERE, Cells, definitions, event, table, write

from qbrgen.define.model.playbook import Chain, Frequency, Measure, Milestone, Share, Step, Workflow
from qbrgen.define.model.sources import EachRow, Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import InputError
from qbrgen.measure.counts import MICRO, Counts
from qbrgen.measure.events import measure
from qbrgen.period import Rhythm, monday_of, unit_of_week, week_of

SHARE = Share(("touch_sent",), ("touch_sent", "manual_sent"))
OFTEN = Frequency(("touch_sent",), Fraction(1))


def told(made: Table, root: Path, measures: Sequence[Measure] = (SHARE,), rhythm: Rhythm = Rhythm.MONTH) -> Definitions:
    """One account of one persona with these workflows."""
    found = definitions(root, [made], {"acme": ["u1", "u2"]}, "America/New_York")
    account = found.accounts["acme"]
    flows = tuple(Workflow(f"w{number}", "W", "meetings", Fraction(1, 2), each) for number, each in enumerate(measures))
    persona = replace(account.personas[0], rhythm=rhythm, workflows=flows)
    return replace(found, accounts={"acme": replace(account, personas=(persona,))})


def made(root: Path, rows: Sequence[Cells], each_row: EachRow) -> Table:
    return table(write(root / "e.csv", rows), each_row=each_row)


def sums(counts: Counts) -> list[tuple[str, str, date, float]]:
    return [(row.user, row.event, monday_of(row.week), row.occurrences / MICRO) for row in counts.weekly.itertuples()]


MONTHS = [f"2026-{month:02}" for month in range(1, 13)]


@pytest.mark.parametrize("way", ["%b %Y", "%Y-%m-%dT00:00:00Z"])
def test_a_row_of_a_month_belongs_to_that_month_of_iso_weeks(way: str, tmp_path: Path) -> None:
    days = [date(2026, month, 28 if "%d" in way and "Z" not in way else 1) for month in range(1, 13)]
    rows = [event(day.strftime(way), qty=str(day.month)) for day in days]
    counts = measure(told(made(tmp_path, rows, EachRow.MONTH), tmp_path))
    units = [unit_of_week(Rhythm.MONTH, week) for week in counts.weekly["week"]]
    assert units == [unit_of_week(Rhythm.MONTH, week_of(day.replace(day=15))) for day in days]
    assert [occurrences for *_, occurrences in sums(counts)] == list(range(1, 13))
    assert (counts.data_start, counts.as_of) == (units[0].first_day, units[-1].last_day)
    assert counts.balance.counted == 12


def test_rows_of_days_count_on_the_day_that_is_written_whatever_its_offset(tmp_path: Path) -> None:
    rows = [event("2026-06-29T00:00:00Z", qty="4"), event("2026-07-05", "u2", qty="2"), event("2026-07-12")]
    counts = measure(told(made(tmp_path, rows, EachRow.DAY), tmp_path))
    assert sums(counts)[:2] == [
        ("u1", "touch_sent", date(2026, 6, 29), 4),
        ("u1", "touch_sent", date(2026, 7, 6), 1),
    ]
    assert (counts.data_start, counts.as_of) == (date(2026, 6, 29), date(2026, 7, 12))


@pytest.mark.parametrize(("each_row", "suffix"), [(EachRow.EVENT, "csv"), (EachRow.MONTH, "parquet")])
def test_a_wide_table_counts_as_the_long_one_does(each_row: EachRow, suffix: str, tmp_path: Path) -> None:
    days = ["2026-06-01", "2026-07-06", "2026-08-03", "2026-09-07"]
    cells = [("3", ""), ("0", "1.5"), ("2", "x"), ("", "7")]
    wide = [
        {"sent at": day, "user_id": "u1", "account_id": "acme", "Sent": sent, "By hand": other, "id": day}
        for day, (sent, other) in zip(days, cells, strict=True)
    ]
    path = write(tmp_path / "wide.csv", wide, list(wide[0]))
    if suffix == "parquet":
        frame = pd.DataFrame(wide).assign(Sent=[3.0, 0.0, 2.0, None])
        frame.to_parquet(path := tmp_path / "wide.parquet")
    columns = {field: column for field, column in COLUMNS.items() if field not in ("event", "value")}
    names = {"touch_sent": "Sent", "manual_sent": "By hand"}
    found = measure(told(replace(table(path, columns, each_row), event_columns=names), tmp_path))
    long = [
        event(day, "u1", name, qty=cell or "0", id=f"{day} {name}")
        for day, both in zip(days, cells, strict=True)
        for name, cell in zip(names, both, strict=True)
    ]
    same = measure(told(made(tmp_path, long, each_row), tmp_path))
    assert found.weekly.equals(same.weekly)
    assert found.balance.set_aside == same.balance.set_aside == {"value not readable": 1, "value of 0 or less": 3}
    assert found.balance.rows == 8, "cells are counted"


@pytest.mark.parametrize(
    ("measures", "rhythm", "code"),
    [
        ([OFTEN], Rhythm.WEEK, "months-for-weeks"),
        ([OFTEN], Rhythm.TWO_WEEKS, "months-for-weeks"),
        ([Milestone((Step("touch_sent", Fraction(1)),), 14)], Rhythm.MONTH, "months-for-days"),
    ],
)
def test_a_workflow_that_asks_for_less_than_a_month_is_refused_rows_of_months(
    measures: list[Measure], rhythm: Rhythm, code: str, tmp_path: Path
) -> None:
    rows = [event(f"{month}-01") for month in MONTHS]
    with pytest.raises(InputError) as caught:
        measure(told(made(tmp_path, rows, EachRow.MONTH), tmp_path, measures, rhythm))
    (finding,) = caught.value.findings
    assert finding.code == code
    assert "rhythm: month" in finding.fix


def test_a_share_of_a_weekly_persona_from_rows_of_months_is_right_and_that_is_said(tmp_path: Path) -> None:
    rows = [event(f"{month}-01") for month in MONTHS]
    counts = measure(told(made(tmp_path, rows, EachRow.MONTH), tmp_path, [SHARE], Rhythm.WEEK))
    assert [finding.code for finding in counts.odd_files] == ["months-for-weeks"]
    assert counts.balance.counted == 12


def test_a_chain_from_rows_of_days_is_warned_of(tmp_path: Path) -> None:
    chain = Chain(("touch_sent", "manual_sent"), 7, Fraction(1))
    rows = [event(f"2026-07-{day:02}") for day in range(1, 13)]
    counts = measure(told(made(tmp_path, rows, EachRow.DAY), tmp_path, [chain]))
    assert [finding.code for finding in counts.odd_files] == ["chain-of-days"]


def test_a_month_without_a_day_is_no_time_of_an_event(tmp_path: Path) -> None:
    rows = [event(month) for month in MONTHS]
    with pytest.raises(InputError, match="None of the 12 times"):
        measure(told(made(tmp_path, rows, EachRow.EVENT), tmp_path))


def test_a_wide_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "wide.csv", [event("2026-07-01")])
    with pytest.raises(InputError, match="no column 'Sent'"):
        measure(told(Table(path, COLUMNS, HERE, event_columns={"touch_sent": "Sent"}), tmp_path))
