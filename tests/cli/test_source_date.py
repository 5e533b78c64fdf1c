"""SOURCE_DATE_EPOCH is the day that every file carries, so that a run can be repeated to the byte on another day."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pptx import Presentation

from qbrgen.cli.main import main


def deck(out: Path, sample_accounts: Path, **env: str) -> Result:
    return CliRunner().invoke(main, ["deck", "tidewell", "-w", str(sample_accounts), "--out", str(out)], env=env)


@pytest.mark.parametrize(("epoch", "day"), [("1791072000", "2026-10-04"), ("", "2026-09-30")])
def test_a_deck_carries_the_day_of_the_variable_else_the_one_its_data_reach(
    sample_accounts: Path, tmp_path: Path, epoch: str, day: str
) -> None:
    assert deck(tmp_path, sample_accounts, SOURCE_DATE_EPOCH=epoch).exit_code == 0
    core = Presentation(str(next(tmp_path.rglob("*.pptx")))).core_properties
    assert {str(core.created.date()), str(core.modified.date())} == {day}


def test_a_variable_that_is_no_number_is_refused_before_anything_is_made(sample_accounts: Path, tmp_path: Path) -> None:
    result = deck(tmp_path / "out", sample_accounts, SOURCE_DATE_EPOCH="today")
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH is 'today', not a number of seconds since 1970." in result.stderr
    assert not (tmp_path / "out").exists()
