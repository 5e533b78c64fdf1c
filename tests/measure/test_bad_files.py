"""Data files that are broken, odd or made to do harm: said with their place, quickly, and nothing of them is lost."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import openpyxl
import pandas as pd
import pyarrow
import pytest
from pyarrow import parquet
from workspaces_made import COLUMNS, HEADER, HERE, Cells, definitions, event, table, write

from qbrgen.errors import Finding, InputError
from qbrgen.load import packed
from qbrgen.load.formats import json_files
from qbrgen.load.reading import AS_SEEN, Reading
from qbrgen.load.tables import data_files, read_columns, read_table
from qbrgen.measure.aside import rows_aside
from qbrgen.measure.counts import Reason
from qbrgen.measure.engine import engine
from qbrgen.measure.events import measure
from qbrgen.measure.here import Here, files_of

ROWS = [event(f"2026-07-{day:02} 09:00:00", "u1", id=str(day)) for day in range(1, 29)]


def findings(path: Path, how: Reading = AS_SEEN) -> list[Finding]:
    """What opening a file of events, and the first look at it, say."""
    made = table(path)
    made = type(made)(path, made.columns, HERE, reading=how)
    found = definitions(path.parent if path.parent.is_dir() else path.parent.parent, [made], {"acme": ["u1"]})
    with engine() as session:
        here = Here(session, files_of(found.settings))
        told = here.open(found, ["events"])
        return told or here.look(found.settings.time_zone, ["events"])  # type: ignore[arg-type]


def text(*more: Cells) -> str:
    lines = [",".join(row.get(column, "") for column in HEADER) for row in (*ROWS, *more)]
    return "\n".join([",".join(HEADER), *lines]) + "\n"


def zipped(path: Path, *files: tuple[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files:
            pack.writestr(name, content)
    return path


def cut_off(folder: Path) -> Path:
    (folder / "e.csv.gz").write_bytes(gzip.compress(text().encode() * 30)[:-30])
    return folder / "e.csv.gz"


def endless_line(folder: Path) -> Path:
    (folder / "e.csv").write_text(text(), encoding="utf-8")
    os.truncate(folder / "e.csv", 2_000_000_000)  # sparse: it takes no room
    return folder / "e.csv"


def endless_header(folder: Path) -> Path:
    (folder / "e.csv").write_text("x", encoding="utf-8")
    os.truncate(folder / "e.csv", 2_000_000_000)
    return folder / "e.csv"


def endless_object(folder: Path) -> Path:
    (folder / "e.jsonl").write_text(json.dumps(ROWS[0]) + "\n{", encoding="utf-8")
    os.truncate(folder / "e.jsonl", 2_000_000_000)
    return folder / "e.jsonl"


def too_deep(folder: Path) -> Path:
    (folder / "e.json").write_text("[" * 100_000, encoding="utf-8")
    return folder / "e.json"


def several_lists(folder: Path) -> Path:
    (folder / "e.json").write_text(json.dumps({"a": ROWS, "b": ROWS}), encoding="utf-8")
    return folder / "e.json"


def ragged(folder: Path) -> Path:
    (folder / "e.csv").write_text(text() + "1,2,3,4,5,6,7,8,9\n", encoding="utf-8")
    return folder / "e.csv"


def bomb(folder: Path) -> Path:
    return zipped(folder / "e.zip", ("e.csv", text() + ",,,,,\n" * 200_000)) / "e.csv"


def packed_bomb(folder: Path) -> Path:
    (folder / "e.csv.gz").write_bytes(gzip.compress((text() + ",,,,,\n" * 200_000).encode()))
    return folder / "e.csv.gz"


def slip(folder: Path) -> Path:
    return zipped(folder / "e.zip", ("../../e.csv", text()))


def without_data(folder: Path) -> Path:
    return zipped(folder / "e.zip", ("a.zip", b"PK"), ("read me.pdf", b""))


def locked(folder: Path) -> Path:
    path = zipped(folder / "e.zip", ("e.csv", text()))
    raw = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the bit that says so, in both places
        raw[raw.index(sign) + at] |= 1
    path.write_bytes(raw)
    return path / "e.csv"


def no_archive(folder: Path) -> Path:
    (folder / "e.zip").write_bytes(b"PK no")
    return folder / "e.zip"


def never_computed(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(["=TODAY()"])
    book.save(folder / "e.xlsx")
    return folder / "e.xlsx"


def workbook_as_text(folder: Path) -> Path:
    return never_computed(folder).rename(folder / "e.csv")


def locked_workbook(folder: Path) -> Path:
    (folder / "e.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    return folder / "e.xlsx"


def packed_as_text(folder: Path) -> Path:
    (folder / "e.csv").write_bytes(gzip.compress(text().encode()))
    return folder / "e.csv"


def list_as_lines(folder: Path) -> Path:
    (folder / "e.jsonl").write_text(json.dumps(ROWS, indent=1), encoding="utf-8")
    return folder / "e.jsonl"


def link_to_nothing(folder: Path) -> Path:
    (folder / "e.csv").symlink_to(folder / "gone.csv")
    return folder / "e.csv"


def nameless(folder: Path) -> Path:
    path = folder / os.fsdecode(b"caf\xe9.csv")
    try:
        path.write_text(text(), encoding="utf-8")
    except OSError:
        pytest.skip("this system has no such names")
    return path


def damaged(folder: Path) -> Path:
    """A Parquet file of which a page in the middle is not what was written."""
    many = [{**row, "user_id": f"u{number}"} for number, row in enumerate(ROWS * 200)]
    pd.DataFrame(many).assign(qty=1.0).to_parquet(folder / "e.parquet")
    raw = bytearray((folder / "e.parquet").read_bytes())
    at = len(raw) // 2
    raw[at : at + 4000] = bytes(range(250)) * 16
    (folder / "e.parquet").write_bytes(raw)
    return folder / "e.parquet"


def of(*cells: str) -> Callable[[Path], Path]:
    return lambda folder: write(folder / "e.csv", [event(cell) for cell in cells])


THREE = of("31/12/2025", "31/12/2025", "31 Dec 2025", "2026-01-02")
UNITS = of("2026-01-02", "1785542400", "1785542400000")
ORDERS = of("13/04/2026", "04/13/2026")


@pytest.mark.parametrize(
    ("made", "code", "where", "words"),
    [
        (cut_off, "unreadable", "e.csv.gz", "ended before"),
        (endless_line, "line-too-long", "e.csv", "longer than 2,000,000"),
        (endless_header, "line-too-long", "e.csv:1", "longer than 2,000,000"),
        (endless_object, "line-too-long", "e.jsonl:2", "longer than 2,000,000"),
        (too_deep, "json-syntax", "e.json:1", "nested too deeply"),
        (several_lists, "json-rows", "e.json", "several lists of objects: a, b"),
        (ragged, "unreadable", "e.csv:30", "more cells than the header"),
        (bomb, "archive-too-large", "e.zip/e.csv", "no data do that"),
        (packed_bomb, "archive-too-large", "e.csv.gz", "no data do that"),
        (slip, "archive-unsafe", "e.zip", "outside itself: ../../e.csv"),
        (without_data, "archive-without-data", "e.zip", "only: a.zip, read me.pdf"),
        (locked, "archive-locked", "e.zip/e.csv", "password"),
        (no_archive, "unreadable", "e.zip", "no .zip archive"),
        (never_computed, "formula-without-value", "e.xlsx:2", "'=TODAY()'"),
        (workbook_as_text, "file-kind", "e.csv", "an Excel workbook"),
        (locked_workbook, "excel-broken", "e.xlsx", "locked by a password"),
        (packed_as_text, "file-kind", "e.csv", "packed with gzip"),
        (list_as_lines, "json-syntax", "e.jsonl:1", "not JSON"),
        (link_to_nothing, "unreadable", "e.csv", "gone.csv, which is not there"),
        (nameless, "file-name", "caf\\udce9.csv", "not UTF-8"),
        (THREE, "times-mixed", "e.csv:2", "in 3 ways"),
        (THREE, "times-mixed", "e.csv:2", "'31 Dec 2025' (line 4)"),
        (THREE, "times-mixed", "e.csv:2", "'2026-01-02' (line 5)"),
        (UNITS, "times-mixed", "e.csv:3", "milliseconds since 1970: '1785542400000' (line 4)"),
        (ORDERS, "dates-mixed", "e.csv:2", "'13/04/2026' (line 2) and '04/13/2026' (line 3)"),
        (of("03/04/2026"), "dates-ambiguous", "e.csv:2", "whether the day or the month stands first"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(
    made: Callable[[Path], Path], code: str, where: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "_ALWAYS_RIGHT", 1 << 19)
    (finding,) = findings(made(tmp_path))
    assert (finding.code, str(finding.where)) == (code, where)
    assert words in finding.what
    assert finding.fix


@pytest.mark.parametrize(
    ("more", "user"), [('"user_id": "u2"', "u2"), ('"user_id": "\\ud800x"', "\ufffdx"), ("", "u1")]
)
def test_json_that_the_engine_refuses_is_read_all_the_same(more: str, user: str, tmp_path: Path) -> None:
    """A key that stands twice counts as it stands last; half a character is one that nobody knows."""
    lines = [json.dumps(row)[:-1] + (f", {more}" if more else "") + "}" for row in ROWS]
    (tmp_path / "e.jsonl").write_text("\n".join(lines), encoding="utf-8")
    columns = {field: column for field, column in COLUMNS.items() if field != "value"}
    counts = measure(definitions(tmp_path, [table(tmp_path / "e.jsonl", columns)], {"acme": ["u1"]}))
    assert counts.balance.rows == len(ROWS)
    assert set(counts.first_event["user"]) == {user}
    assert set(read_table(tmp_path / "e.jsonl", "e.jsonl").column("user_id")) == {user}


def test_a_line_that_is_no_json_is_named_however_far_down_it_stands(tmp_path: Path) -> None:
    lines = [json.dumps({**row, "qty": 1}) for row in ROWS] * 60
    (tmp_path / "e.jsonl").write_text("\n".join([*lines, '{"sent at": "2026-07-', *lines]), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        measure(definitions(tmp_path, [table(tmp_path / "e.jsonl")], {"acme": ["u1"]}))
    (finding,) = caught.value.findings
    assert (finding.code, str(finding.where)) == ("json-syntax", f"e.jsonl:{len(lines) + 1}")


def test_a_damaged_parquet_file_is_named_wherever_it_is_read(tmp_path: Path) -> None:
    path = damaged(tmp_path)
    with pytest.raises(InputError) as caught:
        measure(definitions(tmp_path, [table(path)], {"acme": ["u1"]}))
    (finding,) = caught.value.findings
    assert (finding.code, finding.where.file if finding.where else "") == ("unreadable", "e.parquet")
    (finding,) = read_table(path, "e.parquet").findings
    assert finding.code == "parquet-broken"


def test_times_of_parquet_count_whatever_their_unit_and_years_that_nobody_has_are_set_aside(tmp_path: Path) -> None:
    at = pd.Series([f"2026-07-{day:02} 09:00:00" for day in range(1, 11)])
    for unit in ("ns", "us", "ms"):
        for zone in (None, "America/New_York"):
            moments = pd.to_datetime(at).dt.tz_localize(zone).astype(f"datetime64[{unit}{f', {zone}' if zone else ''}]")
            frame = pd.DataFrame({"sent at": moments, "user_id": "u1", "account_id": "acme", "event": "touch_sent"})
            frame.to_parquet(tmp_path / "e.parquet", coerce_timestamps=None)
            columns = {field: column for field, column in COLUMNS.items() if column in frame}
            counts = measure(definitions(tmp_path, [table(tmp_path / "e.parquet", columns)], {"acme": ["u1"]}))
            assert (counts.balance.rows, counts.balance.set_aside) == (10, {"after the as-of date": 1}), (unit, zone)
    odd = pyarrow.array([253402300799000000, 9223372036854775807], pyarrow.timestamp("us"))
    parquet.write_table(pyarrow.table({"user": ["a", "b"], "since": odd}), tmp_path / "p.parquet")
    assert [row[0] for row in read_table(tmp_path / "p.parquet", "p.parquet").rows] == ["a", "b"]


def test_what_is_asked_for_settles_what_nothing_else_does(tmp_path: Path) -> None:
    path = of("03/04/2026", "05/06/2026")(tmp_path)
    assert findings(path, Reading(dates="month-first")) == []  # type: ignore[arg-type]


def test_a_value_of_json_without_end_is_not_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_files, "_LONGEST", 100_000)
    (tmp_path / "e.json").write_text('[{"a": "' + "x" * 1_000_000, encoding="utf-8")
    (finding,) = read_table(tmp_path / "e.json", "e.json").findings
    assert (finding.code, str(finding.where)) == ("line-too-long", "e.json:1")


def test_a_file_that_goes_on_in_another_encoding_is_read_and_that_is_told(tmp_path: Path) -> None:
    more = [event("2026-07-02", "Jürgen", id=f"j{number}") for number in range(3)]
    begins = text(*(event("2026-07-01", id=f"x{number}") for number in range(9_000)))
    (tmp_path / "e.csv").write_bytes(begins.encode() + text(*more).split("\n", 1)[1].encode("cp1252"))
    counts = measure(definitions(tmp_path, [table(tmp_path / "e.csv")], {"acme": ["u1"]}))
    assert counts.balance.rows == 9_059
    assert dict(zip(counts.unknown_users["user"], counts.unknown_users["rows"], strict=True)) == {"Jürgen": 3}
    (note,) = counts.odd_files
    assert (note.code, str(note.where)) == ("encoding-guessed", "e.csv:9058")
    assert "cp1252" in note.what


def test_a_header_that_stands_twice_is_no_row(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("user,from\na,2026-01-02\nuser,from\nb,03.04.2026\n", encoding="utf-8")
    found = read_table(tmp_path / "p.csv", "p.csv")
    assert [row[0] for row in found.rows] == ["a", "b"]
    assert [(note.code, str(note.where)) for note in found.findings] == [("header-again", "p.csv:3")]
    (tmp_path / "e.csv").write_text(text() + text(), encoding="utf-8")
    made = definitions(tmp_path, [table(tmp_path / "e.csv")], {"acme": ["u1"]})
    counts = measure(made)
    assert counts.balance.set_aside == {"duplicate id": 28, "the header again": 1, "after the as-of date": 1}
    (aside,) = [each for each in rows_aside(made, counts) if each.reason is Reason.HEADER]
    assert (aside.rows, str(aside.first)) == (1, "e.csv:30")


def test_a_header_that_comes_again_does_not_hide_a_time_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(text() + text(event("soon", id="x")), encoding="utf-8")
    counts = measure(definitions(tmp_path, [table(tmp_path / "e.csv")], {"acme": ["u1"]}))
    assert {counts.balance.set_aside[each] for each in ("the header again", "time not readable")} == {1}
    assert str(counts.balance.examples["time not readable"]) == "e.csv:59"


def test_absurd_times_are_set_aside_and_told(tmp_path: Path) -> None:
    odd = ["-1785542400", "0", "0001-01-01", "9999-12-31 00:00:00", "9" * 20, "1e300"]
    path = write(tmp_path / "e.csv", [*ROWS, *(event(each) for each in odd)])
    counts = measure(definitions(tmp_path, [table(path)], {"acme": ["u1"]}))
    assert counts.balance.set_aside["time not readable"] == len(odd)
    assert str(counts.balance.examples["time not readable"]) == "e.csv:30"


def test_a_folder_that_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "export").mkdir()

    def refused(*_: Any) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    _, (finding,) = data_files(tmp_path / "export", "export")
    assert (finding.code, finding.what) == ("unreadable", "the file cannot be read: Permission denied.")
    monkeypatch.setattr(Path, "open", refused)
    (tmp_path / "p.csv").touch()
    (finding,) = read_columns(tmp_path / "p.csv", "p.csv").findings
    assert finding.code == "unreadable"


@pytest.mark.slow
def test_ten_thousand_columns_are_no_problem(tmp_path: Path) -> None:
    wide = [{**dict.fromkeys(HEADER, ""), **row, **{f"x{number}": "1" for number in range(10_000)}} for row in ROWS[:3]]
    assert findings(write(tmp_path / "e.csv", wide, list(wide[0]))) == []


def test_a_file_that_is_nothing_is_said_in_every_format(tmp_path: Path) -> None:
    for ending in ("csv", "csv.gz", "json", "jsonl", "parquet", "avro", "xlsx", "zip"):
        (tmp_path / f"e.{ending}").touch()
        (finding,) = read_columns(tmp_path / f"e.{ending}", f"e.{ending}").findings
        assert (finding.level, finding.where.file if finding.where else "") == ("error", f"e.{ending}")
