"""The rows behind a count are the measure's own rows, each found again on its line of its file."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from workspaces_made import ASKED, COLUMNS, HEADER, Cells, definitions, event, made, seeds, table, write

from qbrgen.define.model.sources import EachRow, Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import InputError
from qbrgen.figures import Span
from qbrgen.measure.counts import Counts, Reason
from qbrgen.measure.events import measure
from qbrgen.measure.places import PlaceKind
from qbrgen.measure.rows import EventRow, event_rows
from qbrgen.period import full_weeks, week_of

EVER = Span(date(1990, 1, 1), date(2099, 12, 31))
ROWS = [event(f"2026-03-{day:02}T10:00:00", user=f"u{day}") for day in range(2, 30)]


def listed(made_of: Definitions, account: str = "acme", window: Span = EVER) -> tuple[Counts, list[EventRow]]:
    counts = measure(made_of)
    return counts, event_rows(made_of, counts, account, ASKED, window)


def alone(folder: Path, path: Path, each_row: EachRow = EachRow.EVENT) -> list[EventRow]:
    return listed(definitions(folder, [table(path, each_row=each_row)], {"acme": ["u2"]}))[1]


@pytest.mark.parametrize("seed", seeds([*range(8), *range(500, 503)], [*range(8, 30), *range(503, 510)]))
def test_the_rows_that_count_add_up_to_the_weekly_counts(seed: int, tmp_path: Path) -> None:
    workspace = made(seed)
    weekly = [1] if seed >= 500 else []
    paths = [write(tmp_path / f"part-{n}.csv", workspace.rows[n::2]) for n in range(2)]
    tables = [table(p, each_row=EachRow.WEEK if n in weekly else EachRow.EVENT) for n, p in enumerate(paths)]
    made_of = definitions(tmp_path, tables, workspace.people, workspace.zone, workspace.as_of, workspace.data_start)
    counts = measure(made_of)
    full = full_weeks(counts.data_start, counts.as_of)
    for account in workspace.people:
        found: Counter[tuple[str, str, int]] = Counter()
        for row in event_rows(made_of, counts, account, ASKED, EVER):
            if row.reason is None and row.day and week_of(row.day) in full:
                found[row.user, row.event, week_of(row.day)] += row.micro
        frame = counts.weekly[counts.weekly["account"] == account]
        assert found == {(r.user, r.event, r.week): r.occurrences for r in frame.itertuples()}


@pytest.mark.parametrize("seed", seeds(range(40, 42), range(42, 48)))
def test_each_row_stands_where_its_place_says(seed: int, tmp_path: Path) -> None:
    workspace = made(seed)
    path = write(tmp_path / "events.csv", workspace.rows)
    written = path.read_text(encoding="utf-8").splitlines()
    for account in workspace.people:
        rows = listed(definitions(tmp_path, [table(path)], workspace.people, workspace.zone), account)[1]
        assert rows
        for row in rows:
            assert row.place.file == "events.csv"
            cells = dict(zip(HEADER, next(csv.reader([written[(row.place.number or 0) - 1]])), strict=True))
            assert (cells["user_id"].strip(), cells["event"].strip()) == (row.user, row.event)
            assert cells["account_id"] == account


def test_lines_are_right_after_empty_lines_and_line_ends_within_cells(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    lines = [",".join(HEADER), "", '2026-03-02,u2,acme,touch_sent,1,"a', 'b"', "2026-03-03,u3,acme,touch_sent,1,c", ""]
    path.write_text("\n".join([*lines, "2026-03-16,u4,acme,touch_sent,1,d"]), encoding="utf-8")
    assert [(row.user, row.place.number) for row in alone(tmp_path, path)] == [("u2", 3), ("u3", 5), ("u4", 7)]


@pytest.mark.parametrize("packed", [False, True])
def test_a_row_of_json_lines_is_found_by_its_line(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / ("events.jsonl.gz" if packed else "events.jsonl")
    lines = [json.dumps(row) for row in ROWS]
    text = "\n".join([*lines[:3], "", *lines[3:]]) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    columns = {field: column for field, column in COLUMNS.items() if field in ("time", "user", "account", "event")}
    made_of = definitions(tmp_path, [Table(path, columns, table(path).where)], {"acme": ["u2"]})
    rows = listed(made_of)[1]
    assert [row.place.number for row in rows] == [1, 2, 3, *range(5, len(ROWS) + 2)]
    assert {row.place.kind for row in rows} == {PlaceKind.LINE}


@pytest.mark.parametrize("suffix", [".parquet", ".xlsx"])
def test_a_row_of_parquet_is_found_by_its_number_and_of_excel_by_the_row_of_its_sheet(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"events{suffix}"
    frame = pd.DataFrame([{column: row.get(column, "") for column in HEADER} for row in ROWS])
    if suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_excel(path, index=False)
    rows = alone(tmp_path, path)
    begins = 1 if suffix == ".parquet" else 2
    assert [row.place.number for row in rows] == list(range(begins, begins + len(ROWS)))
    assert {row.place.kind for row in rows} == {PlaceKind.ROW}


def test_a_parquet_file_with_a_column_of_that_name_is_numbered_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    frame = pd.DataFrame([{column: row.get(column, "") for column in HEADER} for row in ROWS])
    frame.assign(file_row_number=7).to_parquet(path)
    assert [row.place.number for row in alone(tmp_path, path)] == list(range(1, len(ROWS) + 1))


def test_a_row_that_is_not_counted_says_why(tmp_path: Path) -> None:
    rows: list[Cells] = [
        event("2026-03-02", id="one"),
        event("2026-03-03", id="one"),
        event("soon"),
        event("2026-03-04", user=""),
        event("2026-03-05", qty="many"),
        event("2026-03-06", qty="0"),
        event("2026-03-20"),
    ]
    path = write(tmp_path / "events.csv", rows)
    made_of = definitions(
        tmp_path, [table(path)], {"acme": ["u1"]}, as_of=date(2026, 3, 15), data_start=date(2026, 3, 1)
    )
    found = {row.place.number: row.reason for row in listed(made_of)[1]}
    wanted = [None, Reason.DUPLICATE, Reason.TIME, Reason.NO_USER, Reason.BAD_VALUE, Reason.NO_VALUE, Reason.AFTER]
    assert found == dict(enumerate(wanted, start=2))


def test_of_rows_with_one_id_the_one_that_counts_may_be_of_another_account_or_day(tmp_path: Path) -> None:
    rows = [event("2026-03-10", id="one"), event("2026-03-02", account="birch", id="one"), *ROWS[7:]]
    path = write(tmp_path / "events.csv", rows)
    made_of = definitions(tmp_path, [table(path)], {"acme": ["u1"], "birch": ["u1"]})
    mine = [row for row in listed(made_of)[1] if row.user == "u1"]
    assert [(row.place.number, row.reason) for row in mine] == [(2, Reason.DUPLICATE)]
    assert [row.reason for row in listed(made_of, "birch")[1]] == [None]


def test_of_rows_alike_in_everything_the_first_in_the_file_counts(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", [event("2026-03-02", id="one")] * 3 + ROWS)
    mine = [(row.place.number, row.reason) for row in alone(tmp_path, path) if row.user == "u1"]
    assert mine == [(2, None), (3, Reason.DUPLICATE), (4, Reason.DUPLICATE)]


def test_only_the_rows_of_the_window_and_the_account_are_listed(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", [*ROWS, *(event("2026-03-05", account="birch", user="b") for _ in range(9))])
    made_of = definitions(tmp_path, [table(path)], {"acme": ["u1"], "birch": ["b"]})
    rows = listed(made_of, window=Span(date(2026, 3, 4), date(2026, 3, 6)))[1]
    assert [row.user for row in rows] == ["u4", "u5", "u6"]
    assert event_rows(made_of, measure(made_of), "acme", (), EVER) == []


@pytest.mark.parametrize(
    ("first", "last", "users"),
    [(4, 4, ["u4"]), (5, 6, ["u5", "u6"]), (3, 3, ["u3"]), (2, 2, ["u2"]), (29, 29, ["u29"]), (30, 31, [])],
)
def test_the_first_and_the_last_day_of_a_window_belong_to_it(
    first: int, last: int, users: list[str], tmp_path: Path
) -> None:
    moments = [event(f"2026-03-{day:02}T{hour}", user=f"u{day}") for day in range(2, 30) for hour in ("00:00", "23:59")]
    path = write(tmp_path / "events.csv", moments)
    made_of = definitions(tmp_path, [table(path)], {"acme": ["u2"]})
    rows = listed(made_of, window=Span(date(2026, 3, first), date(2026, 3, last)))[1]
    assert [row.user for row in rows] == [user for user in users for _ in range(2)]


def test_a_row_of_a_week_is_in_a_window_that_any_of_its_days_is_in(tmp_path: Path) -> None:
    path = write(tmp_path / "weeks.csv", [event(f"2026-03-{day:02}", user=f"u{day}") for day in (2, 9, 16)])
    made_of = definitions(tmp_path, [table(path, each_row=EachRow.WEEK)], {"acme": ["u2"]})
    for first, last, users in [((8, 9, ["u2", "u9"])), (9, 15, ["u9"]), (15, 15, ["u9"]), (8, 8, ["u2"])]:
        rows = listed(made_of, window=Span(date(2026, 3, first), date(2026, 3, last)))[1]
        assert [row.user for row in rows] == users
        assert {(row.days, row.day and row.day.weekday()) for row in rows} == {(7, 3)}


def test_a_row_whose_time_cannot_be_read_is_in_every_window(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", [event("soon", user="late"), *ROWS])
    made_of = definitions(tmp_path, [table(path)], {"acme": ["u2"]})
    for day in (2, 15, 31):
        rows = listed(made_of, window=Span(date(2026, 3, day), date(2026, 3, day)))[1]
        unread = [row for row in rows if row.user == "late"]
        assert [(row.at, row.day, row.reason) for row in unread] == [(None, None, Reason.TIME)]


def test_a_file_that_has_gone_since_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", ROWS)
    made_of = definitions(tmp_path, [table(path)], {"acme": ["u2"]})
    counts = measure(made_of)
    path.unlink()
    with pytest.raises(InputError, match="the file is not there"):
        event_rows(made_of, counts, "acme", ASKED, EVER)
