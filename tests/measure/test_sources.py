"""Files as people have them: the same rows in any format count the same, and what is wrong is told all at once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from workspaces_made import COLUMNS, HERE, Cells, definitions, event, table, write

from qbrgen.errors import Finding, InputError
from qbrgen.measure.counts import MICRO, Counts
from qbrgen.measure.events import measure

ROWS = [
    event("2026-06-29T09:00:00Z", "u1", qty="2", id="e1"),
    event("2026-07-05T22:59:59Z", "u1", qty="", id="e2"),
    event("2026-07-05T23:00:00Z", "u1", qty="0.5", id="e3"),
    event("2026-07-13T08:00:00Z", "u2", "board_reviewed", id="e3"),
    event("2026-07-20T08:00:00Z", "u2", "board_reviewed", id="e4"),
]


def counted(path: Path, columns: dict[str, str] | None = None) -> Counts:
    return measure(definitions(path.parent, [table(path, columns)], {"acme": ["u1", "u2"]}))


def typed(rows: list[Cells]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["sent at"] = pd.to_datetime(frame["sent at"], utc=True)
    frame["qty"] = pd.to_numeric(frame["qty"])
    return frame


def as_parquet(folder: Path) -> Path:
    typed(ROWS).to_parquet(folder / "e.parquet")
    return folder / "e.parquet"


def as_parquet_in_local_time(folder: Path) -> Path:
    frame = typed(ROWS)
    frame["sent at"] = frame["sent at"].dt.tz_convert("Europe/London").dt.tz_localize(None)
    frame.to_parquet(folder / "e.parquet")
    return folder / "e.parquet"


def as_json_lines(folder: Path) -> Path:
    path = folder / "e.jsonl"
    lines = [{k: v for k, v in row.items() if v} | {"other": {"a": [1]}} for row in ROWS]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def as_packed_csv(folder: Path) -> Path:
    path = folder / "e.csv.gz"
    path.write_bytes(gzip.compress(write(folder / "plain.csv", ROWS).read_bytes()))
    return path


def as_semicolons_with_a_mark(folder: Path) -> Path:
    text = write(folder / "plain.csv", ROWS).read_text(encoding="utf-8").replace(",", ";")
    path = folder / "e.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def as_csv_with_two_kinds_of_line_ends(folder: Path) -> Path:
    path = write(folder / "e.csv", ROWS)
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join(lines[:3]) + b"\r\n" + b"\n".join(lines[3:]))
    return path


def as_csv_without_trailing_blanks(folder: Path) -> Path:
    header = ["event", "sent at", "user_id", "account_id", "id", "qty"]
    path = write(folder / "e.csv", ROWS, header)
    path.write_text(path.read_text(encoding="utf-8").replace(",\n", "\n"), encoding="utf-8")
    return path


def as_quoted_csv(folder: Path) -> Path:
    header = ["note", *COLUMNS.values()]
    return write(folder / "it's [new].csv", [{**row, "note": 'said "no",\nthen # yes'} for row in ROWS], header)


FORMATS = [
    as_parquet,
    as_parquet_in_local_time,
    as_json_lines,
    as_packed_csv,
    as_semicolons_with_a_mark,
    as_csv_with_two_kinds_of_line_ends,
    as_csv_without_trailing_blanks,
    as_quoted_csv,
]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.__name__)
def test_the_same_rows_count_the_same_in_any_format(form: Callable[[Path], Path], tmp_path: Path) -> None:
    counts = counted(form(tmp_path))
    weeks = [(e.user, e.event, e.week, e.occurrences / MICRO, e.rows) for e in counts.weekly.itertuples()]
    assert weeks == [("u1", "touch_sent", 2947, 3, 2), ("u1", "touch_sent", 2948, 0.5, 1)]
    assert counts.balance.set_aside == {"duplicate id": 1, "after the as-of date": 1}
    assert counts.balance.rows == 5


def test_a_column_of_days_is_read_as_local_days(tmp_path: Path) -> None:
    frame = typed(ROWS)
    frame["sent at"] = frame["sent at"].dt.date
    frame.to_parquet(tmp_path / "e.parquet")
    counts = counted(tmp_path / "e.parquet")
    assert (counts.data_start, counts.as_of) == (date(2026, 6, 29), date(2026, 7, 20))


def test_ids_that_a_tool_turned_into_fractions_are_whole_numbers_again(tmp_path: Path) -> None:
    frame = typed(ROWS).assign(user_id=[1.0, 1.0, 1.0, None, 2.0])
    frame.to_parquet(tmp_path / "e.parquet")
    counts = counted(tmp_path / "e.parquet")
    assert set(counts.weekly["user"]) == {"1"}


def test_keys_of_nested_objects_are_named_with_dots(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    lines = [
        {"event": "touch_sent", "properties": {"time": row["sent at"], "who": {"id": 7}}, "group.id": "acme"}
        for row in ROWS
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    columns = {"time": "properties.time", "user": "properties.who.id", "event": "event", "account": "group.id"}
    counts = counted(path, columns)
    assert counts.weekly["rows"].tolist() == [2, 1, 1]
    assert set(counts.weekly["user"]) == {"7"}


def test_a_folder_stands_for_the_files_in_it_and_a_star_for_those_it_matches(tmp_path: Path) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    for number, row in enumerate(ROWS):
        write(folder / f"day-{number}.csv", [row])
    whole = measure(definitions(tmp_path, [table(folder)], {"acme": []}))
    starred = measure(definitions(tmp_path, [table(folder / "day-*.csv")], {"acme": []}))
    assert whole.balance == starred.balance
    assert sorted(whole.balance.by_source) == [f"events/day-{n}.csv" for n in range(5)]


def test_an_excel_sheet_of_events_is_read(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    frame = typed(ROWS)
    frame["sent at"] = frame["sent at"].dt.tz_convert("Europe/London").dt.tz_localize(None)
    frame.to_excel(tmp_path / "e.xlsx", index=False)
    assert counted(tmp_path / "e.xlsx").weekly["occurrences"].tolist() == [3 * MICRO, MICRO // 2]


def test_a_value_or_id_that_nobody_mapped_is_no_problem(tmp_path: Path) -> None:
    columns = {name: column for name, column in COLUMNS.items() if name not in ("value", "id")}
    counts = counted(write(tmp_path / "e.csv", ROWS), columns)
    assert counts.weekly["occurrences"].tolist() == [2 * MICRO, MICRO, MICRO]


# ---- what is wrong --------------------------------------------------------------------------------------------------


def findings_of(folder: Path, *paths: Path, columns: dict[str, str] | None = None) -> tuple[Finding, ...]:
    with pytest.raises(InputError) as caught:
        measure(definitions(folder, [table(path, columns) for path in paths], {"acme": ["u1"]}))
    return caught.value.findings


def test_a_missing_column_is_told_with_the_nearest_name_and_what_there_is(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", ROWS)
    (finding,) = findings_of(tmp_path, path, columns={**COLUMNS, "user": "userid"})
    assert finding.code == "column-missing"
    assert finding.where == HERE
    assert "'userid'" in finding.what
    assert "'user_id'" in finding.fix


def test_a_column_that_every_event_needs_must_be_mapped(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", ROWS)
    (finding,) = findings_of(tmp_path, path, columns={"time": "sent at", "user": "user_id"})
    assert "holds the event" in finding.what


def test_every_file_that_is_wrong_is_told_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "not.parquet").write_bytes(b"PK no parquet at all")
    (tmp_path / "half.csv.gz").write_bytes(gzip.compress(write(tmp_path / "a.csv", ROWS * 500).read_bytes())[:-40])
    (tmp_path / "list.jsonl").write_text("[1, 2]\n", encoding="utf-8")
    paths = [tmp_path / n for n in ("gone.csv", "empty.csv", "not.parquet", "half.csv.gz", "list.jsonl", "a.doc")]
    found = findings_of(tmp_path, *paths)
    named = {finding.where.file.split("/")[-1] for finding in found if finding.where}
    assert named >= {"gone.csv", "empty.csv", "not.parquet", "half.csv.gz", "list.jsonl", "a.doc"} - {"half.csv.gz"}


def test_a_file_that_breaks_off_is_told_by_name(tmp_path: Path) -> None:
    packed = gzip.compress(write(tmp_path / "a.csv", ROWS * 5000).read_bytes())
    (tmp_path / "half.csv.gz").write_bytes(packed[: len(packed) // 2])
    (finding,) = findings_of(tmp_path, tmp_path / "half.csv.gz")
    assert finding.where
    assert finding.where.file == "half.csv.gz"


def test_a_row_with_too_many_cells_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", ROWS)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("2026-07-07,u1,acme,touch_sent,1,e9,one,too,many\r\n")
    (finding,) = findings_of(tmp_path, path)
    assert str(finding.where) == "e.csv:7"
    assert finding.what == "a row has more cells than the header."


def test_a_quote_that_is_never_closed_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", ROWS)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write('2026-07-07,u1,acme,"touch_sent,1,e9\r\n')
    (finding,) = findings_of(tmp_path, path)
    assert str(finding.where) == "e.csv:7"
    assert "never closed" in finding.what
    with (tmp_path / "two.csv").open("wb") as file:
        file.write(path.read_bytes().replace(b"\r\n", b"\n", 3))
    (finding,) = findings_of(tmp_path, tmp_path / "two.csv")
    assert str(finding.where) == "two.csv:7"


def test_text_that_is_nearly_utf_8_is_read_as_that_from_its_first_to_its_last_row(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    rows = [*ROWS, *(event("2026-07-07", "J\u00fcrgen") for _ in range(4))]
    stray = event("2026-07-08", "J\u00fcrgen"), event("2026-07-08", "Zo\u00eb"), event("2026-07-09", "Ann")
    whole = write(tmp_path / "a.csv", [*rows, *stray]).read_bytes().decode().splitlines(keepends=True)
    for begins in (whole[:10], [whole[0], *whole[1:10] * 2000]):  # seen at once, or when the engine comes upon it
        path.write_bytes("".join(begins).encode() + "".join(whole[10:]).encode("cp1252"))
        made = definitions(tmp_path, [table(path)], {"acme": []}, as_of=date(2026, 8, 1))
        users = measure(made).unknown_users.set_index("user")["rows"]
        assert users["Jürgen"] == 4 * (len(begins) // 9) + 1
        assert users["Zo\u00eb"] == 1


def test_times_of_which_none_can_be_read_are_told_with_an_example(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", [event("week seven"), event("week eight")])
    (finding,) = findings_of(tmp_path, path)
    assert finding.code == "time-not-readable"
    assert str(finding.where) == "e.csv:2"
    assert "'week seven'" in finding.what


def test_events_without_a_single_row_are_told(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path, write(tmp_path / "e.csv", []))
    assert (finding.code, str(finding.where)) == ("no-rows", "e.csv:1")


def test_a_file_without_rows_beside_one_with_rows_is_no_problem(tmp_path: Path) -> None:
    full, empty = write(tmp_path / "e.csv", ROWS), write(tmp_path / "f.csv", [])
    counts = measure(definitions(tmp_path, [table(full), table(empty)], {"acme": []}))
    assert counts.balance.by_source == {"e.csv": 5, "f.csv": 0}


def test_a_real_timestamp_is_local_whatever_zone_the_machine_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    moment = datetime(2026, 7, 5, 22, 30, tzinfo=UTC)
    rows = [ROWS[0], event((moment + timedelta(hours=1)).astimezone(ZoneInfo("Asia/Tokyo")).isoformat(), "u2"), ROWS[4]]
    typed([{**row, "qty": "", "id": ""} for row in rows]).to_parquet(tmp_path / "e.parquet")
    counts = counted(tmp_path / "e.parquet")
    assert counts.weekly.query("user == 'u2'")["week"].tolist() == [2948]


def test_an_export_saved_twice_is_told_unless_ids_tell_its_rows_apart(tmp_path: Path) -> None:
    rows = [event("2026-06-29 09:00"), event("2026-07-06 09:00")]
    one, copy = (write(tmp_path / name, rows) for name in ("a (1).csv", "a.csv"))
    other = write(tmp_path / "b.csv", [rows[0], event("2026-07-06 09:01")])

    def told(*read: Path, ids: bool = False) -> list[str]:
        columns = {field: column for field, column in COLUMNS.items() if ids or field != "id"}
        counts = measure(definitions(tmp_path, [table(path, columns) for path in read], {"acme": ["u1", "u2"]}))
        return [found.what for found in counts.odd_files if found.code == "file-twice"]

    assert told(one, copy) == ["a.csv holds the same as a (1).csv, to the last byte: its rows count twice."]
    assert told(one, one) == ["a (1).csv is read by two entries: its rows count twice."]
    assert told(one, copy, ids=True) == told(one, other) == []
