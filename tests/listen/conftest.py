"""The sample workspace as reviewed, and a lexicon in English."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qbrgen.listen.lexicon import Lexicon
from qbrgen.narrate.wording import load_wording
from qbrgen.pipeline import Review, open_review

sys.path.append(str(Path(__file__).resolve().parents[1] / "narrate"))  # the pictures made there


@pytest.fixture(scope="session")
def review(sample_accounts: Path) -> Review:
    return open_review(sample_accounts)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon(load_wording(None, "en-GB"))
