"""Ready-made values in several columns are the values that they are in rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from qbrgen.define.model.settings import Settings
from qbrgen.define.settings import load_settings
from qbrgen.errors import Finding
from qbrgen.measure.values import value_rows

SETTINGS = """vendor: Halyard
as_of: 2026-12-31
data:
  events: [{file: e.csv}]
  values: [ENTRY]
"""
IN_ROWS = """account,metric,period,value
acme,calls per rep,2026-07,1
acme,calls per rep,2026-08,2.5
acme,plans kept,2026-07,80%
birch,calls per rep,2026-08,4
"""
A_COLUMN_A_METRIC = """account,month,calls,plans
acme,2026-07,1,80%
acme,2026-08,2.5,
birch,2026-08,4,n/a
"""
A_COLUMN_A_PERIOD = """account,metric,region,2026-07,2026-08
acme,calls per rep,north,1,2.5
acme,plans kept,north,80%,
birch,calls per rep,south,,4
"""
MEASURES = "value_columns: {calls per rep: calls, plans kept: plans}"


def loaded(folder: Path, text: str, entry: str) -> tuple[Settings, list[Finding]]:
    (folder / "e.csv").write_text("time,user,account,event\n", encoding="utf-8")
    (folder / "v.csv").write_text(text, encoding="utf-8")
    (folder / "qbrgen.yml").write_text(SETTINGS.replace("ENTRY", entry), encoding="utf-8")
    found = load_settings(folder, {})
    return found.settings, [finding for finding in found.findings if finding.level == "error"]


def values(folder: Path, text: str, entry: str) -> list[tuple[object, ...]]:
    settings, wrong = loaded(folder, text, entry)
    rows, findings = value_rows(settings)
    assert not [*wrong, *(finding for finding in findings if finding.level == "error")]
    return [(row.account, row.metric, row.first, row.last, row.value) for row in rows]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (A_COLUMN_A_METRIC, f"{{file: v.csv, columns: {{period: month}}, {MEASURES}}}"),
        (A_COLUMN_A_PERIOD, "{file: v.csv}"),
        (A_COLUMN_A_PERIOD.replace("metric", "kpi"), "{file: v.csv, columns: {metric: kpi}}"),
    ],
)
def test_values_in_several_columns_are_those_in_rows(text: str, entry: str, tmp_path: Path) -> None:
    expected = values(tmp_path, IN_ROWS, "{file: v.csv}")
    assert len(expected) == 4
    assert values(tmp_path, text, entry) == expected


def test_a_file_of_one_metric_says_which(tmp_path: Path) -> None:
    wide = "account,2026-07,2026-08\nacme,1,2.5\nbirch,,4\n"
    long = "account,period,value\nacme,2026-07,1\nacme,2026-08,2.5\nbirch,2026-08,4\n"
    one = [row for row in values(tmp_path, IN_ROWS, "{file: v.csv}") if row[1] == "calls per rep"]
    assert values(tmp_path, wide, "{file: v.csv, metric: calls per rep}") == one
    assert values(tmp_path, long, "{file: v.csv, metric: calls per rep}") == one


def test_a_value_that_is_no_number_is_told_with_its_row(tmp_path: Path) -> None:
    _, (wrong,) = loaded(tmp_path, A_COLUMN_A_PERIOD.replace("2.5", "many"), "{file: v.csv}")
    assert (wrong.code, str(wrong.where)) == ("not-a-number", "v.csv:2")


def test_what_a_wide_file_lacks_is_told_with_what_to_write(tmp_path: Path) -> None:
    _, wrong = loaded(tmp_path, A_COLUMN_A_METRIC, "{file: v.csv, columns: {time: month}}")
    fixes = " ".join(finding.fix for finding in wrong)
    assert "`value_columns: {metric: column}`" in fixes
    assert "`metric: …`" in fixes
    _, wrong = loaded(tmp_path, "account,metric,July,August\nacme,calls,1,2\n", "{file: v.csv}")
    assert "name these columns as 2026-07 or 2026-Q3" in " ".join(finding.fix for finding in wrong)
    _, (missing,) = loaded(
        tmp_path, A_COLUMN_A_METRIC, "{file: v.csv, columns: {time: month}, value_columns: {a: cals}}"
    )
    assert (missing.code, str(missing.where)) == ("column-missing", "qbrgen.yml:5")
    assert "Did you mean 'calls'" in missing.fix
