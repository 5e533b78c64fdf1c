"""The steps in order, and where their files go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbrgen.errors import InputError
from qbrgen.pipeline import file_stem, open_review


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_accounts_never_share_a_file(one: str, other: str) -> None:
    assert (file_stem(one).lower() == file_stem(other).lower()) == (one == other)


@given(st.text(min_size=1))
def test_an_account_id_never_leaves_its_folder(account_id: str) -> None:
    path = (Path("/out") / f"{file_stem(account_id)}-2026-Q3-qbr.pptx").resolve()
    assert path.parent == Path("/out")


@pytest.mark.parametrize("account_id", ["acme", "calder-wye", "001a000001.x"])
def test_a_plain_id_is_its_own_file_name(account_id: str) -> None:
    assert file_stem(account_id) == account_id


@pytest.mark.parametrize("account_id", ["../x", "a/b", "CON", "con", "ACME", "é", "...", ""])
def test_any_other_id_gets_a_digest(account_id: str) -> None:
    assert len(file_stem(account_id).rpartition("-")[2]) == 8


def test_only_the_accounts_asked_for_are_scored(sample_accounts: Path) -> None:
    assert list(open_review(sample_accounts, accounts=["fernhill", "acme"]).pictures) == ["acme", "fernhill"]


def test_the_latest_complete_period_is_taken_as_of_a_day_in_mid_quarter(sample_accounts: Path) -> None:
    review = open_review(sample_accounts, accounts=["acme"], as_of=date(2026, 8, 12))
    assert review.period.name == "2026-Q2"
    assert review.counts.as_of == date(2026, 8, 12)


def test_a_period_without_data_is_refused_with_one_that_has_some(sample_accounts: Path) -> None:
    with pytest.raises(InputError, match="2026-Q3"):
        open_review(sample_accounts, period="2027-Q1")
