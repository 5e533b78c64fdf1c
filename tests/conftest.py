"""What every test may use."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from qbrgen.define.model import Definitions
    from qbrgen.measure.counts import Counts

# A busy machine is slow, not wrong.
settings.register_profile("qbrgen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("qbrgen")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
MOST_KEPT = 24  # counts of workspaces, some megabytes each


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files; read the difference aloud")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session", autouse=True)
def counted_once() -> Iterator[None]:
    """The same files under the same definitions are counted once for all tests of commands and documents.

    A command counts its workspace anew each time: that was most of what hundreds of tests did. Counting itself is
    tested without this (tests/measure, tests/twin).
    """
    from qbrgen.backtest import as_it_was, run
    from qbrgen.measure.events import measure
    from qbrgen.score import workspace

    kept: dict[bytes, Counts] = {}

    def once(definitions: Definitions, as_of: date | None = None) -> Counts:
        key = _said(definitions, as_of)
        if key not in kept:
            if len(kept) >= MOST_KEPT:
                kept.pop(next(iter(kept)))
            kept[key] = measure(definitions, as_of)
        return copy.deepcopy(kept[key])

    with pytest.MonkeyPatch.context() as patch:
        for module in (workspace, as_it_was, run):
            patch.setattr(module, "measure", once)
        yield


def _said(definitions: Definitions, as_of: date | None) -> bytes:
    """What counts depend on: the definitions, whatever folder they are in, and every byte beside them."""
    root = definitions.settings.root
    found = sha256(repr((definitions, as_of)).replace(str(root), ".").encode())
    for path in sorted(root.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(root)}\n".encode() + sha256(path.read_bytes()).digest())
    return found.digest()


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
