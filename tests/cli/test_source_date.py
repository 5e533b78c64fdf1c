"""A SOURCE_DATE_EPOCH that is no number is told before anything is made. What it does: tests/documents."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from qbrgen.cli.main import main


def test_a_variable_that_is_no_number_is_refused_before_anything_is_made(sample_accounts: Path, tmp_path: Path) -> None:
    command = ["deck", "tidewell", "-w", str(sample_accounts), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, command, env={"SOURCE_DATE_EPOCH": "today"})
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH is 'today', not a number of seconds since 1970." in result.stderr
    assert not (tmp_path / "out").exists()
