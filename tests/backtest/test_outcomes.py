"""The file of outcomes: what it may hold, and what is said where it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from qbrgen.backtest.outcomes import Outcomes, read_outcomes
from qbrgen.errors import InputError

ACCOUNTS = ("acme", "birch", "cedar")


def read(path: Path, text: str | None = None, **columns: str) -> Outcomes:
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return read_outcomes(path, columns, ACCOUNTS, ["broken"], None)


def problems(path: Path, text: str, **columns: str) -> list[str]:
    with pytest.raises(InputError) as problem:
        read(path, text, **columns)
    return [f"{finding.where} {finding.code}" for finding in problem.value.findings]


def test_an_account_without_a_date_was_not_lost(tmp_path: Path) -> None:
    found = read(tmp_path / "o.csv", "account,lost_on,since\nacme,2026-03-31,2024-01-01\nbirch,,\ncedar,n/a,\n")
    fates = {name: (fate.lost_on, fate.since) for name, fate in found.fates.items()}
    assert fates == {"acme": (date(2026, 3, 31), date(2024, 1, 1)), "birch": (None, None), "cedar": (None, None)}
    assert not found.findings


def test_columns_may_have_any_name(tmp_path: Path) -> None:
    text = "Customer;Churned at;Start\nacme;2026-03-31 10:00;2024-01-01\nbirch;;\ncedar;;\n"
    found = read(tmp_path / "o.csv", text, account="Customer", lost_on="Churned at", since="Start")
    assert found.fates["acme"].lost_on == date(2026, 3, 31)
    assert found.fates["acme"].since == date(2024, 1, 1)


def test_excel_and_parquet_are_read_like_csv(tmp_path: Path) -> None:
    rows = [("account", "lost_on"), ("acme", date(2026, 3, 31)), ("birch", None), ("cedar", None)]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "o.xlsx")
    pd.DataFrame(rows[1:], columns=list(rows[0])).to_parquet(tmp_path / "o.parquet")
    lost = [{name: f.lost_on for name, f in read(tmp_path / name).fates.items()} for name in ("o.xlsx", "o.parquet")]
    assert lost[0] == lost[1] == {"acme": date(2026, 3, 31), "birch": None, "cedar": None}


def test_every_wrong_row_is_told_with_its_line(tmp_path: Path) -> None:
    text = "account,lost_on,since\nacme,31/03/2026,\nbirch,2026-03-31,2026-04-01\ncedar,,soon\nbirch,,\n"
    assert problems(tmp_path / "o.csv", text) == [
        "o.csv:2 date-not-readable",
        "o.csv:3 dates-reversed",
        "o.csv:4 date-not-readable",
        "o.csv:5 account-twice",
    ]


def test_a_row_that_came_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    found = read(tmp_path / "o.csv", "account,lost_on\nacme,2026-03-31\nbirch,\ncedar,\nacme,2026-03-31\n")
    assert [(str(f.where), f.level, f.code) for f in found.findings] == [("o.csv:5", "warning", "account-twice")]


def test_accounts_in_one_of_the_two_only_are_left_out_and_told(tmp_path: Path) -> None:
    found = read(tmp_path / "o.csv", "account,lost_on\nAcme,2026-03-31\nbirch,\n,2026-01-01\nzeta,\nbroken,\n")
    assert set(found.fates) == {"birch"}
    assert (found.strangers, found.strangers_lost) == (2, 1)
    told = {str(finding.where): finding for finding in found.findings}
    assert "Did you mean 'acme'?" in told["o.csv:2"].fix
    assert told["o.csv:4"].code == "account-without-id"
    assert told["o.csv:5"].code == "unknown-account"
    assert "2 of the workspace's accounts; left out: acme, cedar" in told["o.csv"].what


def test_a_file_that_knows_no_account_of_the_workspace_is_an_error(tmp_path: Path) -> None:
    assert "o.csv no-account-known" in problems(tmp_path / "o.csv", "account,lost_on\nx1,2026-03-31\n")


def test_a_missing_column_is_told_with_what_to_write(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    assert problems(path, "account,churned\nacme,2026-03-31\n") == ["o.csv:1 column-not-mapped"]
    assert problems(path, "account,churned\nacme,2026-03-31\n", lost_on="churnd") == ["o.csv:1 column-missing"]
    with pytest.raises(InputError) as problem:
        read(path)
    (finding,) = problem.value.findings
    assert finding.what == "No column is called lost_on."
    assert finding.fix.startswith("Say which holds it: --column lost_on=NAME.")
    assert "account, churned" in finding.fix


@pytest.mark.parametrize("text", ["account,lost_on\n", "account,lost_on\n\n,\n"])
def test_a_file_without_rows_is_said_to_have_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as problem:
        read(tmp_path / "o.csv", text)
    assert [finding.what for finding in problem.value.findings] == ["the table has no rows."]


def test_a_file_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "churned.csv").write_text("account\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"Did you mean 'churned\.csv'"):
        read(tmp_path / "churnd.csv")


def test_a_name_of_one_letter_is_not_what_was_meant(tmp_path: Path) -> None:
    for name in ("e.csv", "people.csv"):
        (tmp_path / name).write_text("account\n", encoding="utf-8")
    with pytest.raises(InputError) as problem:
        read(tmp_path / "nope.csv")
    (finding,) = problem.value.findings
    assert "Did you mean" not in finding.fix
    assert "e.csv" in finding.fix
