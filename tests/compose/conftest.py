from __future__ import annotations

from pathlib import Path

import pytest

from qbrgen.define.workspace import load_workspace
from qbrgen.measure.events import measure
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.period import latest_complete, previous
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording(None, "en-GB")


@pytest.fixture(scope="session")
def quarters(sample_accounts: Path) -> tuple[dict[str, AccountPicture], dict[str, AccountPicture]]:
    """The sample accounts, scored, by id; and the same a quarter before."""
    definitions = load_workspace(sample_accounts)
    counts = measure(definitions)
    first_month = definitions.settings.fiscal_year_starts
    period = latest_complete(counts.as_of, first_month)
    before = score_accounts(definitions, counts, previous(period, first_month))
    return score_accounts(definitions, counts, period), before


@pytest.fixture(scope="session")
def pictures(quarters: tuple[dict[str, AccountPicture], dict[str, AccountPicture]]) -> dict[str, AccountPicture]:
    """The sample accounts, scored, by id."""
    return quarters[0]
