"""A command run as a user would type it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from qbrgen.cli.main import main


def run(*arguments: str | Path) -> Result:
    """What `qbrgen` with these arguments says, and its exit code."""
    return CliRunner().invoke(main, [str(a) for a in arguments])
