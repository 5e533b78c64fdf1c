"""The sample accounts' documents, made once for all tests of whole documents, by the command that makes everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from making import Built, Made

from qbrgen.cli.main import main
from qbrgen.pipeline import brief_path, deck_path, open_review, plan_path, portfolio_path


@pytest.fixture(scope="session")
def built(sample_accounts: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("made")
    return Built(CliRunner().invoke(main, ["build", "-w", str(sample_accounts), "--out", str(out)]), out)


@pytest.fixture(scope="session")
def made(built: Built, sample_accounts: Path) -> Made:
    review, out = open_review(sample_accounts), built.out
    assert built.result.exit_code == 0, built.result.output
    return Made(
        review,
        {a: deck_path(review, a, out) for a in review.pictures},
        {a: brief_path(review, a, out) for a in review.pictures},
        portfolio_path(review, out),
        {a: plan_path(review, a, out) for a in review.pictures},
    )
