"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow, not wrong.
settings.register_profile("qbrgen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("qbrgen")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files; read the difference aloud")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def sample_accounts() -> Path:
    """The sample workspace of the checkout."""
    return ROOT / "sample_accounts"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside data; tests that need it skip where it is not."""
    if not SHARED.is_dir():
        pytest.skip("the folder of outside data is not beside this checkout")
    return SHARED
