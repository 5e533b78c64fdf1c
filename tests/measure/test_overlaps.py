"""Exports that overlap: rows without ids that stand in two files are told, and count once where that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from workspaces_made import COLUMNS, Cells, definitions, event, table, write

from qbrgen.define.model.sources import Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.measure import overlaps
from qbrgen.measure.aside import rows_aside
from qbrgen.measure.counts import Counts, Reason
from qbrgen.measure.events import measure
from qbrgen.measure.overlaps import rows_in_two_files

WITHOUT_ID = {field: column for field, column in COLUMNS.items() if field != "id"}


def month(number: int, days: Sequence[int] = tuple(range(1, 29))) -> list[Cells]:
    """Rows of a month of 2026, two of them alike on each day, as two clicks in one second are."""
    return [event(f"2026-{number:02}-{day:02} 09:00:00", user) for day in days for user in ("u1", "u1", "u2")]


def workspace(folder: Path, *files: Sequence[Cells], columns: dict[str, str] | None = None) -> Definitions:
    """One entry whose files are a.csv, b.csv and so on."""
    paths = [write(folder / f"{name}.csv", rows) for name, rows in zip("abcd", files, strict=False)]
    tables = [table(path, columns or WITHOUT_ID) for path in paths]
    return definitions(folder, tables, {"acme": ["u1", "u2"]})


def once(found: Definitions) -> Definitions:
    events: tuple[Table, ...] = tuple(replace(each, same_rows_once=True) for each in found.settings.sources.events)
    return replace(found, settings=replace(found.settings, sources=replace(found.settings.sources, events=events)))


def told(found: Definitions) -> list[str]:
    return [finding.what for finding in rows_in_two_files(found, measure(found))]


def weekly(counts: Counts) -> list[tuple[str, int, int]]:
    kept = counts.weekly[["user", "week", "rows"]]
    return [(str(user), int(week), int(rows)) for user, week, rows in kept.itertuples(index=False)]


def test_rows_that_stand_in_two_exports_are_told_with_their_number_and_files(tmp_path: Path) -> None:
    found = workspace(tmp_path, month(1) + month(2), month(2) + month(3), month(5))
    (what,) = told(found)
    assert what.startswith("84 rows stand in two files and count twice")
    assert "84 in a.csv and b.csv" in what


def test_of_three_exports_that_overlap_each_pair_is_told(tmp_path: Path) -> None:
    (what,) = told(workspace(tmp_path, month(1) + month(2), month(2) + month(3), month(3) + month(4)))
    assert "84 in a.csv and b.csv" in what
    assert "84 in b.csv and c.csv" in what
    assert what.startswith("168 rows")


def test_files_that_share_their_time_and_no_rows_are_no_finding(tmp_path: Path) -> None:
    others = [{**row, "account_id": "birch"} for row in month(1)]
    few = [*month(1, range(1, 3)), *({**row, "event": "manual_sent"} for row in month(1))]  # some are alike by chance
    assert told(workspace(tmp_path, month(1), others, few)) == []


def test_where_ids_tell_rows_apart_nothing_is_looked_for(tmp_path: Path) -> None:
    assert told(workspace(tmp_path, month(1) + month(2), month(2), columns=COLUMNS)) == []


def test_files_of_which_a_copy_is_told_already_are_not_told_again(tmp_path: Path) -> None:
    assert told(workspace(tmp_path, month(1), month(1))) == []


def test_of_many_rows_a_part_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlaps, "_MOST", 40)
    (what,) = told(workspace(tmp_path, month(1) + month(2), month(2) + month(3)))
    assert what.startswith("about ")
    assert "a.csv and b.csv" in what


def test_asked_to_rows_of_two_exports_count_once_and_the_balance_is_exact(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    apart = workspace(tmp_path, month(1) + month(2), month(2) + month(3))
    both = once(apart)
    counts = measure(both)
    assert counts.balance.set_aside == {Reason.SAME_ROW: 84, Reason.AFTER: 3}
    whole = definitions(
        tmp_path,
        [table(write(tmp_path / "one/all.csv", month(1) + month(2) + month(3)), WITHOUT_ID)],
        {"acme": ["u1", "u2"]},
    )
    assert weekly(counts) == weekly(measure(whole)) != weekly(measure(apart))
    assert counts.balance.rows == counts.balance.counted + counts.balance.in_part_weeks + 84 + 3
    assert ("b.csv", Reason.SAME_ROW, 84) in [(each.file, each.reason, each.rows) for each in rows_aside(both, counts)]
    assert rows_in_two_files(both, counts) == []
