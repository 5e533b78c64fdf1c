from __future__ import annotations

import pytest

from qbrgen.narrate.wording import Wording, load_wording


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording(None, "en-GB")
