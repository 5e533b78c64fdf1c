from __future__ import annotations

from pathlib import Path

import pytest

from qbrgen.define.workspace import load_workspace
from qbrgen.measure.events import measure
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.period import latest_complete
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording(None, "en-GB")


@pytest.fixture(scope="session")
def pictures(sample_accounts: Path) -> dict[str, AccountPicture]:
    """The sample accounts, scored, by id."""
    definitions = load_workspace(sample_accounts)
    counts = measure(definitions)
    period = latest_complete(counts.as_of, definitions.settings.fiscal_year_starts)
    return score_accounts(definitions, counts, period)
