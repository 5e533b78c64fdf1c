"""No sample deck has any sign of a generated document, in any theme of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import Made

from qbrgen.lint import lint_deck
from qbrgen.pipeline import make_deck, theme_of
from qbrgen.theme.load import theme_folders

ACCOUNTS = sorted(
    path.stem for path in (Path(__file__).resolve().parents[2] / "sample_accounts/accounts").glob("*.yml")
)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_sample_deck_has_no_sign_of_a_generated_document(made: Made, account: str) -> None:
    assert lint_deck(made.decks[account], template=True) == []


@pytest.mark.slow
@pytest.mark.parametrize("theme", sorted(theme_folders()))
def test_nor_has_it_in_any_other_theme(made: Made, theme: str, tmp_path: Path) -> None:
    look = theme_of(made.review, theme)
    for account in ACCOUNTS:
        deck = make_deck(made.review, account, look, tmp_path).path
        assert lint_deck(deck, template=True) == [], account
