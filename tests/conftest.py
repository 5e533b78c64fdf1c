"""What every test may use."""

from __future__ import annotations

import gc
from collections.abc import Iterator
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


@pytest.fixture(scope="session", autouse=True)
def made_once() -> Iterator[None]:
    """The same files are counted, scored and read once for all tests of commands and documents (kept_once.py).

    A command makes everything anew each time: that was most of what hundreds of tests did.
    """
    from kept_once import Once

    from qbrgen.backtest import as_it_was, run
    from qbrgen.narrate import wording
    from qbrgen.score import workspace

    once = Once()
    with pytest.MonkeyPatch.context() as patch:
        for module in (workspace, as_it_was, run):
            patch.setattr(module, "measure", once.measure)
        patch.setattr(workspace, "score_accounts", once.score_accounts)
        patch.setattr(wording, "load_wording", once.load_wording)
        yield


@pytest.fixture(scope="session", autouse=True)
def swept_seldom() -> Iterator[None]:
    """Python looks through all that is kept for rings of garbage as seldom as a process that ends soon may: looking was
    a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 20, 20)
    yield
    gc.set_threshold(*before)


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
