"""A reference account's narratives, which every test of the words may read."""

from __future__ import annotations

import pytest
from pictures import picture

from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording, load_wording


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(None, "en-GB")


@pytest.fixture(scope="module")
def deck(wording: Wording) -> Narrative:
    return narrate(picture(), Register.DECK, wording)


@pytest.fixture(scope="module")
def brief(wording: Wording) -> Narrative:
    return narrate(picture(), Register.BRIEF, wording)
