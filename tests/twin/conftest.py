"""More examples of each property where slow tests are wanted, too."""

from __future__ import annotations

import pytest
from examples import FEW, MORE, Chosen


def pytest_configure(config: pytest.Config) -> None:
    Chosen.examples = FEW if "not slow" in (config.option.markexpr or "") else MORE
