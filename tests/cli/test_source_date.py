"""SOURCE_DATE_EPOCH is the day that every file carries, so that a run can be repeated to the byte on another day."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from pptx import Presentation

from qbrgen.cli.main import main


def deck(out: Path, sample_accounts: Path, **env: str) -> Result:
    return CliRunner().invoke(main, ["deck", "tidewell", "-w", str(sample_accounts), "--out", str(out)], env=env)


def test_a_deck_carries_the_day_of_the_variable(sample_accounts: Path, tmp_path: Path) -> None:
    """Without it, the day that its data reach: tests/documents/test_deck_files.py."""
    assert deck(tmp_path, sample_accounts, SOURCE_DATE_EPOCH="1791072000").exit_code == 0
    core = Presentation(str(next(tmp_path.rglob("*.pptx")))).core_properties
    assert {str(core.created.date()), str(core.modified.date())} == {"2026-10-04"}


def test_a_variable_that_is_no_number_is_refused_before_anything_is_made(sample_accounts: Path, tmp_path: Path) -> None:
    result = deck(tmp_path / "out", sample_accounts, SOURCE_DATE_EPOCH="today")
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH is 'today', not a number of seconds since 1970." in result.stderr
    assert not (tmp_path / "out").exists()
