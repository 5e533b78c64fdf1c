"""Tables as people have them: every row with its line, every file that cannot be read with its reason."""

from __future__ import annotations

import gzip
import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.report import capped
from qbrgen.load.tables import TableData, missing_columns, read_columns, read_table


def read(tmp_path: Path, content: str | bytes, name: str = "t.csv") -> TableData:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(tmp_path / name, name)


def finding_of(table: TableData) -> Finding:
    (finding,) = table.findings
    return finding


def test_a_row_knows_the_line_that_it_begins_on(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,name\na,"Two\nlines"\n\nb,Plain\n')
    assert table.rows == [["a", "Two lines"], ["b", "Plain"]]
    assert table.lines == [2, 5]
    assert str(table.at(1)) == "t.csv:5"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_by_the_header(tmp_path: Path, delimiter: str) -> None:
    table = read(tmp_path, f"\ufeffid{delimiter}name\r\n a {delimiter}Anna\r\n")
    assert table.columns == ("id", "name")
    assert table.column("id") == ["a"]


def test_a_column_that_is_not_there_is_empty(tmp_path: Path) -> None:
    table = read(tmp_path, "id\na\nb\n")
    assert table.column("name") == table.column(None) == ["", ""]


def test_control_characters_do_not_come_in(tmp_path: Path) -> None:
    assert read(tmp_path, "id,name\na,An\x0bna \x07\n").rows == [["a", "An na"]]


def test_a_short_row_is_filled_and_a_long_one_is_a_finding(tmp_path: Path) -> None:
    table = read(tmp_path, "id,name,title\na\nb,Bell, Jon,Rep\nc,Cy,Rep,,\n")
    assert table.rows == [["a", "", ""], ["c", "Cy", "Rep"]]
    finding = finding_of(table)
    assert (finding.code, str(finding.where)) == ("row-too-long", "t.csv:3")
    assert "quotes" in finding.fix


@pytest.mark.parametrize("names", [["Müller", "Zoë"], ["Søren"] * 40])
def test_text_that_is_utf_8_but_for_some_bytes_stays_so_and_their_lines_are_told(
    names: list[str], tmp_path: Path
) -> None:
    lines = [
        b"id",
        *(name.encode() for name in names),
        b"plain",
        "Jörg".encode("cp1252"),
        "Österreich".encode("cp1252"),
    ]
    table = read(tmp_path, b"\n".join(lines) + b"\n")
    assert [row[0] for row in table.rows] == [*names, "plain", "Jörg", "Österreich"]
    warning = finding_of(table)
    assert (warning.level, warning.code) == (Level.WARNING, "encoding-mixed")
    assert str(warning.where) == f"t.csv:{len(names) + 3}"
    assert (
        f"bytes of lines {len(names) + 3}, {len(names) + 4}; they are read as cp1252, which gives 'Jörg'"
        in warning.what
    )
    assert "`read: {encoding: …}`" in warning.fix


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Müller\nÖzil\nRenée", "cp1252"),
        ("Иван Сёмин\nАлёна Королёва\nПётр", "cp1251"),
        ("田中太郎\n鈴木一郎\n東京都", "cp932"),
    ],
)
def test_text_in_another_encoding_throughout_is_read_as_that(text: str, codec: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"id\n{text}\n".encode(codec))
    assert [row[0] for row in table.rows] == text.split("\n")
    note = finding_of(table)
    assert (note.level, note.code) == (Level.NOTE, "encoding-guessed")
    assert f"taken as {codec}" in note.what


@pytest.mark.parametrize(
    ("content", "name", "code", "line"),
    [
        ("", "t.csv", "table-empty", None),
        ('id,name\na,Anna\nb,"Ben\nc,Cy\n', "t.csv", "csv-syntax", 3),
        ("{}\n{bad\n", "t.jsonl", "json-syntax", 2),
        ("[1]\n", "t.jsonl", "json-syntax", 1),
        ("no parquet", "t.parquet", "parquet-broken", None),
        ("no zip", "t.csv.gz", "unreadable", None),
        ("no zip", "t.xlsx", "excel-broken", None),
        ("text", "t.pdf", "file-kind", None),
    ],
)
def test_what_cannot_be_read_is_a_finding(
    tmp_path: Path, content: str | bytes, name: str, code: str, line: int | None
) -> None:
    finding = finding_of(read(tmp_path, content, name))
    assert (finding.code, finding.where) == (code, Location(name, line))
    assert finding.fix


def test_a_missing_file_names_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "people.csv").touch()
    finding = finding_of(read_table(tmp_path / "poeple.csv", "poeple.csv"))
    assert finding.code == "file-missing"
    assert "Did you mean 'people.csv'?" in finding.fix
    assert finding_of(read_table(tmp_path / "no" / "t.csv", "t.csv")).code == "file-missing"


def test_the_same_rows_come_from_every_format(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import pyarrow as pa
    from pyarrow import parquet

    rows = [("a", 184000, datetime(2026, 1, 5), True), ("b", None, datetime(2026, 1, 5, 9, 30), None)]
    columns = ("id", "arr", "from", "on")
    parquet.write_table(pa.table({c: [row[i] for row in rows] for i, c in enumerate(columns)}), tmp_path / "t.parquet")
    lines = [json.dumps(dict(zip(columns, row, strict=True)), default=lambda day: day.isoformat()) for row in rows]
    (tmp_path / "t.jsonl").write_text("\n".join(lines).replace("T00:00:00", ""))
    book = openpyxl.Workbook()
    for row in (columns, *rows):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    text = "id,arr,from,on\na,184000,2026-01-05,true\nb,,2026-01-05T09:30:00,\n"
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(text.encode()))
    expected = [["a", "184000", "2026-01-05", "true"], ["b", "", "2026-01-05T09:30:00", ""]]
    for name in ("t.parquet", "t.jsonl", "t.xlsx", "t.csv.gz"):
        table = read_table(tmp_path / name, name)
        assert (table.findings, table.columns, table.rows) == ((), columns, expected), name
        assert table.lines == ([1, 2] if name == "t.jsonl" else [2, 3]), name
        assert read_columns(tmp_path / name, name).columns == columns


def test_nested_objects_of_json_lines_are_columns_with_dots(tmp_path: Path) -> None:
    text = '{"event": "a", "properties": {"time": 12, "tags": [1, 2], "of": ["acme"]}}\n\n{"event": "b"}\n'
    table = read(tmp_path, text, "t.ndjson")
    assert table.columns == ("event", "properties.time", "properties.tags", "properties.of")
    assert table.rows == [["a", "12", "[1, 2]", "acme"], ["b", "", "", ""]]  # a list of one text is that text
    assert table.lines == [1, 3]


def test_a_missing_column_names_the_nearest_and_all_there_are(tmp_path: Path) -> None:
    table = read(tmp_path, "user_id,account_id,title,title\n")
    where = {"user": Location("qbrgen.yml", 7), "title": Location("qbrgen.yml", 8)}
    first, second = missing_columns(table, {"user": "userid", "title": "title"}, where)
    assert (first.code, first.where) == ("column-missing", Location("qbrgen.yml", 7))
    assert first.what == "t.csv has no column 'userid' (user)."
    assert first.fix == "Did you mean 'user_id'? The columns there are: user_id, account_id, title, title."
    assert second.code == "column-twice"


def test_findings_by_the_hundred_are_told_twenty_times_and_then_counted() -> None:
    many = [Finding(Level.ERROR, "date-not-readable", f"{n}", "Fix.", Location("t.csv", n)) for n in range(2, 334)]
    told = capped(many)
    assert len(told) == 21
    assert told[-1].what == "and 312 more like this (date-not-readable)."
    assert told[-1].where == Location("t.csv")


@given(content=st.binary(max_size=200) | st.text('ab,;"\n\r\t\0é').map(str.encode))
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.csv.gz"])
def test_no_bytes_at_all_raise(tmp_path: Path, name: str, content: bytes) -> None:
    table = read(tmp_path, content, name)
    assert len(table.rows) == len(table.lines)
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_pipe_is_no_file_and_nobody_waits_for_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "t.csv")
    assert "a pipe or a device" in finding_of(read_table(tmp_path / "t.csv", "t.csv")).what
