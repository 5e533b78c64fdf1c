"""The same rows count the same in whatever format, encoding and packing they come, and not one of them is lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import fastavro
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from workspaces_made import COLUMNS, HEADER, Cells, definitions, event, table, write

from qbrgen.define.model.sources import Table
from qbrgen.errors import Finding
from qbrgen.load.reading import AS_SEEN, Reading
from qbrgen.measure.counts import MICRO, Counts
from qbrgen.measure.engine import engine
from qbrgen.measure.events import measure
from qbrgen.measure.here import Here, files_of

PEOPLE = {"acme": ["u1", "Jürgen"], "100000": ["0042"]}
ROWS = [
    event("2026-06-29 09:00:00", "u1", qty="2", id="e1"),
    event("2026-07-05 22:59:59", "Jürgen", qty="", id="e2"),
    event("2026-07-06 23:00:00", "0042", account="100000", qty="0.5", id="e3"),
    event("2026-07-13 08:00:00", "u1", "board_reviewed", id="e3"),
    event("2026-07-14 08:00:00", "", "board_reviewed", id="e5"),
    event("", "u1", "board_reviewed", id="e6"),
    event("2026-07-15 08:00:00", "u1", "board_reviewed", qty="-1", id="e7"),
    event("2026-07-16 08:00:00", "u1", "board_reviewed", qty="many", id="e8"),
    event("2026-07-17 08:00:00", "zoë", "board_reviewed", id="e9"),
    event("2026-07-27 08:00:00", "u1", "board_reviewed", id="e10"),
]
Rows = Sequence[Cells]


def in_order(row: Cells) -> list[str]:
    return [row.get(column, "") for column in HEADER]


def as_text(rows: Rows, delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([HEADER, *map(in_order, rows)])
    return text.getvalue()


def encoded(encoding: str, delimiter: str = ",") -> Callable[[Path, Rows], Table]:
    def form(folder: Path, rows: Rows) -> Table:
        (folder / "e.csv").write_bytes(as_text(rows, delimiter).encode(encoding))
        return table(folder / "e.csv")

    return form


def below_a_title(folder: Path, rows: Rows) -> Table:
    (folder / "e.csv").write_text("Usage report\n\n" + as_text(rows), encoding="utf-8")
    return reading(table(folder / "e.csv"), Reading(header=3))


def with_a_word_for_excel(folder: Path, rows: Rows) -> Table:
    (folder / "e.csv").write_text("sep=^\n" + as_text(rows, "^"), encoding="utf-8")
    return table(folder / "e.csv")


def reading(made: Table, how: Reading) -> Table:
    return Table(made.path, made.columns, made.where, made.each_row, how)


def packed(folder: Path, rows: Rows) -> Table:
    (folder / "e.csv.gz").write_bytes(gzip.compress(as_text(rows).encode("utf-16")))
    return table(folder / "e.csv.gz")


def zipped(folder: Path, rows: Rows) -> Table:
    """Two files of two formats in one archive, one of them packed again."""
    half = len(rows) // 2
    lines = "".join(json.dumps(row) + "\n" for row in rows[half:])
    with zipfile.ZipFile(folder / "e.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("read me.pdf", "no data")
        pack.writestr("july/a.csv.gz", gzip.compress(as_text(rows[:half]).encode()))
        pack.writestr("july/b.jsonl", lines)
    return table(folder / "e.zip")


def in_a_folder(folder: Path, rows: Rows) -> Table:
    (folder / "export").mkdir()
    half = len(rows) // 2
    write(folder / "export" / "a.csv", rows[:half])
    (folder / "export" / "b.csv").write_bytes(as_text(rows[half:]).encode("cp1252"))
    (folder / "export" / "read me.txt.bak").write_text("no data", encoding="utf-8")
    return table(folder / "export")


def json_list(folder: Path, rows: Rows) -> Table:
    (folder / "e.json").write_text(json.dumps(list(rows), ensure_ascii=False, indent=1), encoding="utf-8")
    return table(folder / "e.json")


def json_in_an_object(folder: Path, rows: Rows) -> Table:
    content = {"report": {"names": [{"a": 1}], "rows": list(rows)}, "total": len(rows)}
    (folder / "e.json").write_text(json.dumps(content), encoding="utf-16")
    return reading(table(folder / "e.json"), Reading(rows="report.rows"))


def json_lines_by_another_name(folder: Path, rows: Rows) -> Table:
    (folder / "e.json").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return table(folder / "e.json")


def nested_in_a_text(folder: Path, rows: Rows) -> Table:
    """The whole row as JSON in one column of a CSV."""
    with (folder / "e.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["n", "props"])
        writer.writerows([number, json.dumps({"p": {"q": row}})] for number, row in enumerate(rows))
    return table(folder / "e.csv", {field: f"props.p.q.{column}" for field, column in COLUMNS.items()})


def parquet_of_records(folder: Path, rows: Rows) -> Table:
    whole = [{"props": {column: row.get(column, "") for column in HEADER}} for row in rows]
    pd.DataFrame(whole, columns=["props"]).to_parquet(folder / "e.parquet")
    return table(folder / "e.parquet", {field: f"props.{column}" for field, column in COLUMNS.items()})


def parquet_in_a_zip(folder: Path, rows: Rows) -> Table:
    frame = pd.DataFrame([in_order(row) for row in rows], columns=HEADER, dtype="str")
    with zipfile.ZipFile(folder / "e.zip", "w") as pack:
        pack.writestr("e.parquet", frame.to_parquet())
    return table(folder / "e.zip" / "e.parquet")


def avro(folder: Path, rows: Rows) -> Table:
    fields = [{"name": column.replace(" ", "_"), "type": ["null", "string"]} for column in HEADER]
    schema = fastavro.parse_schema({"type": "record", "name": "row", "fields": fields})
    records = [{column.replace(" ", "_"): row.get(column) or None for column in HEADER} for row in rows]
    with (folder / "e.avro").open("wb") as file:
        fastavro.writer(file, schema, records, codec="deflate")
    return table(folder / "e.avro", {field: column.replace(" ", "_") for field, column in COLUMNS.items()})


def excel(folder: Path, rows: Rows) -> Table:
    """Typed days and numbers, on the second sheet, below a title."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Events")
    sheet.append(["Usage"])
    sheet.append([])
    sheet.append(HEADER)
    for row in rows:
        sheet.append([typed(column, row.get(column, "")) for column in HEADER])
    book.save(folder / "e.xlsx")
    return reading(table(folder / "e.xlsx"), Reading(sheet="Events", header=3))


def typed(column: str, cell: str) -> Any:
    if column == "sent at" and cell:
        return datetime.fromisoformat(cell)
    try:
        return float(cell) if column == "qty" or cell == "100000" else cell or None
    except ValueError:
        return cell or None


FORMATS = [
    encoded("utf-8-sig", ";"),
    encoded("utf-16", "\t"),
    encoded("utf-16-le"),
    encoded("utf-32", "|"),
    encoded("cp1252"),
    encoded("mac_roman", "~"),
    below_a_title,
    with_a_word_for_excel,
    packed,
    zipped,
    in_a_folder,
    json_list,
    json_in_an_object,
    json_lines_by_another_name,
    nested_in_a_text,
    parquet_of_records,
    parquet_in_a_zip,
    avro,
    excel,
]


def folder_of(made: Table) -> Path:
    return made.path.parent if made.path.parent.is_dir() else made.path.parent.parent


def counted(made: Table) -> Counts:
    return measure(definitions(folder_of(made), [made], PEOPLE, "UTC"))


def rows_read(made: Table) -> tuple[list[Any], list[Finding]]:
    """Every row of the events in the one shape that is counted, in order of what it holds; and what was taken."""
    found = definitions(folder_of(made), [made], PEOPLE, "UTC")
    with engine() as session:
        here = Here(session, files_of(found.settings))
        assert not here.open(found, ["events"])
        findings = here.look(UTC, ["events"])
        rows = session.connection.execute("SELECT * EXCLUDE (source) FROM events").fetchall()
    return sorted(rows, key=repr), [*findings, *(note for span in here.spans["events"] for note in span.notes)]


def whole(counts: Counts, rows: int) -> bool:
    """Whether every row is counted, in a part week, or set aside with a reason."""
    balance = counts.balance
    return balance.rows == rows == balance.counted + balance.in_part_weeks + sum(balance.set_aside.values())


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: getattr(form, "__name__", "encoded"))
def test_the_same_rows_are_read_from_every_format(form: Callable[[Path, Rows], Table], tmp_path: Path) -> None:
    rows, _ = rows_read(form(tmp_path, ROWS))
    assert rows == rows_read(table(write(tmp_path / "plain.csv", ROWS)))[0]
    assert len(rows) == len(ROWS)


def test_every_row_is_counted_or_set_aside_with_a_reason(tmp_path: Path) -> None:
    counts = counted(zipped(tmp_path, ROWS))
    assert whole(counts, len(ROWS))
    aside = {"duplicate id": 1, "time not readable": 1, "no user": 1, "value not readable": 1}
    assert counts.balance.set_aside == {**aside, "value of 0 or less": 1, "after the as-of date": 1}
    assert sorted(counts.balance.by_source) == ["e.zip/july/a.csv.gz", "e.zip/july/b.jsonl"]


ANY_ROW = st.fixed_dictionaries(
    {
        "sent at": st.datetimes(datetime(2026, 6, 1), datetime(2026, 8, 1)).map(lambda at: at.isoformat(" ", "seconds"))
        | st.sampled_from(["", "soon", "1970-01-01 00:00:00", "9999-12-31 00:00:00"]),
        "user_id": st.sampled_from(["u1", "Jürgen", "", " u1 ", "none", 'it\'s; "x"']),
        "account_id": st.sampled_from(["acme", "100000", "", "no such", "Acme"]),
        "event": st.sampled_from(["touch_sent", "manual_sent", "board_reviewed", "", "other, with comma"]),
        "qty": st.sampled_from(["", "1", "0", "-2", "2.5", "1,000", "n/a", "abc", "1e3"]),
        "id": st.sampled_from(["", "e1", "e2", "e3"]),
    }
)


@given(rows=st.lists(ANY_ROW, min_size=12, max_size=40), form=st.sampled_from(FORMATS))
@settings(
    deadline=None, max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_row_is_lost_whatever_it_holds_and_however_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Cells], form: Callable[[Path, Rows], Table]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    every = [*[event("2026-07-01", "Zoë")] * len(rows), *rows]  # half of the times at least can be read
    found, _ = rows_read(form(folder, every))
    assert len(found) == len(every)
    assert found == rows_read(table(write(folder / "plain.csv", every)))[0]


@given(rows=st.lists(ANY_ROW, min_size=12, max_size=40))
@settings(deadline=None, max_examples=1, phases=[Phase.generate])
def test_the_balance_adds_up_whatever_the_rows_hold(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Cells]
) -> None:
    every = [*[event("2026-07-01", "Zoë")] * len(rows), *rows]
    assert whole(counted(table(write(tmp_path_factory.mktemp("any") / "plain.csv", every))), len(every))


EPOCHS = {"seconds": 1, "milliseconds": 10**3, "microseconds": 10**6}
START = datetime(2026, 6, 29, 9, tzinfo=UTC)
MOMENTS = [START + timedelta(hours=31 * number) for number in range(12)]


def written(folder: Path, texts: Sequence[str], how: Reading = AS_SEEN) -> Table:
    rows = [event(text, "u1", id=str(number)) for number, text in enumerate(texts)]
    return reading(table(write(folder / "e.csv", rows)), how)


@pytest.mark.parametrize(
    "way",
    [
        "%d/%m/%Y %H:%M:%S",
        "%m/%d/%Y %I:%M:%S %p",
        "%d.%m.%Y %H:%M:%S",
        "%d-%m-%y %H:%M:%S",
        "%d %b %Y %H:%M:%S",
        "%B %d, %Y at %I:%M:%S %p",
        "%a, %d %b %Y %H:%M:%S GMT",
        "%Y/%m/%d %H:%M:%S",
        "%Y-%m-%d %I:%M:%S %p",
        "%Y-%m-%dT%H:%M:%S+00:00",
    ],
)
def test_times_are_read_as_people_write_them(way: str, tmp_path: Path) -> None:
    rows, _ = rows_read(written(tmp_path, [moment.strftime(way) for moment in MOMENTS]))
    assert {wall or instant for wall, instant, *_ in rows} == {moment.replace(tzinfo=None) for moment in MOMENTS}
    assert all((wall is None) == way.endswith(("GMT", "+00:00")) for wall, *_ in rows)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("seconds", "text"),
        ("seconds", "power"),
        ("seconds", "fraction"),
        ("milliseconds", "whole"),
        ("milliseconds", "text"),
        ("microseconds", "whole"),
    ],
)
def test_epochs_are_known_by_their_magnitude(unit: str, kind: str, tmp_path: Path) -> None:
    numbers = [int(moment.timestamp()) * EPOCHS[unit] for moment in MOMENTS]
    texts = [f"{number:.12e}" if kind == "power" else str(number) for number in numbers]
    made = written(tmp_path, texts)
    if kind in ("whole", "fraction"):
        frame = pd.read_csv(made.path, dtype="str")
        frame["sent at"] = pd.Series(numbers, dtype="int64" if kind == "whole" else "float64")
        frame.to_parquet(tmp_path / "e.parquet")
        made = table(tmp_path / "e.parquet")
    rows, notes = rows_read(made)
    assert {instant for _, instant, *_ in rows} == {moment.replace(tzinfo=None) for moment in MOMENTS}
    assert [finding.code for finding in notes] == ["times-taken"]
    assert unit in notes[0].what


def test_days_of_excel_are_days(tmp_path: Path) -> None:
    days = [(moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1) for moment in MOMENTS]
    rows, _ = rows_read(written(tmp_path, [f"{day:.6f}" for day in days]))
    assert {wall for wall, *_ in rows} == {moment.replace(tzinfo=None) for moment in MOMENTS}


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["1.500", "2,5", "1.234.567,25", "3", "0"], [1500, Fraction(5, 2), Fraction("1234567.25"), 3, 0]),
        (["1,500", "2.5", "1,234,567.25", "1 000"], [1500, Fraction(5, 2), Fraction("1234567.25"), 1000]),
    ],
)
def test_the_sign_before_fractions_is_seen_from_the_column(
    values: list[str], read: list[Fraction], tmp_path: Path
) -> None:
    rows = [event(f"2026-07-0{n + 1}", "u1", qty=value) for n, value in enumerate(values)]
    (tmp_path / "e.csv").write_text(as_text(rows, ";"), encoding="utf-8")
    found, notes = rows_read(table(tmp_path / "e.csv"))
    assert [Fraction(row[6], MICRO) for row in found] == read
    assert ["decimal-comma"] * ("2,5" in values) == [finding.code for finding in notes]


def test_ids_keep_their_zeros_and_lose_what_a_spreadsheet_gave_them(tmp_path: Path) -> None:
    ids = ["0042", " 0042 ", "100000.0", "1.0e5", "1.0E+05", "12.5", "a.1@b.c"]
    rows = [event("2026-07-01", each) for each in ids] + [event("2026-07-12", "x")]
    found, _ = rows_read(table(write(tmp_path / "e.csv", rows)))
    assert Counter(row[2] for row in found) == {"0042": 2, "100000": 3, "12.5": 1, "a.1@b.c": 1, "x": 1}
