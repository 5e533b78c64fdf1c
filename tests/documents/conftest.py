"""The sample accounts' documents, made once for all tests of whole documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import Made

from qbrgen.pipeline import make_brief, make_deck, make_plan, make_portfolio, open_review, theme_of


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = Path(__file__).resolve().parents[2] / "sample_accounts"
    out = tmp_path_factory.mktemp("made")
    review = open_review(root)
    theme = theme_of(review)
    return Made(
        review,
        {a: make_deck(review, a, theme, out).path for a in review.pictures},
        {a: make_brief(review, a, theme, out).path for a in review.pictures},
        make_portfolio(review, theme, out).path,
        {a: make_plan(review, a, theme, out).path for a in review.pictures},
    )
