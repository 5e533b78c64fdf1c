"""Ids of Salesforce: of 15 and of 18 characters they are one, and case matters."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qbrgen.load.identifiers import in_full, in_short, is_salesforce_id

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
shorts = st.builds(
    lambda kind, rest: kind + rest,
    st.sampled_from(["001", "003", "005", "00Q"]),
    st.text(CHARACTERS, min_size=12, max_size=12).filter(lambda text: not text.isdigit()),
)
few = settings(max_examples=40, phases=[Phase.generate])


def test_an_id_of_fifteen_gets_the_three_that_salesforce_adds() -> None:
    # the example of Salesforce's own documentation of the algorithm
    assert in_full("00530000003T9hl") == "00530000003T9hlAAC"
    assert in_full("001A0000006Vm9r") == "001A0000006Vm9rIAC"


@few
@given(shorts)
def test_of_fifteen_and_of_eighteen_it_is_one_id(short: str) -> None:
    full = in_full(short)
    assert len(full) == 18
    assert in_full(full) == full
    assert in_short(full) == short
    assert is_salesforce_id(short)
    assert is_salesforce_id(full)


@few
@given(shorts)
def test_eighteen_characters_that_lost_their_case_get_it_back(short: str) -> None:
    full = in_full(short)
    assert in_full(full.upper()) == full
    assert in_full(full[:15].lower() + full[15:]) == full


@few
@given(shorts, shorts)
def test_ids_that_differ_only_by_case_stay_two(one: str, other: str) -> None:
    swapped = one[:3] + one[3:].swapcase()
    assert in_full(one) != in_full(swapped)
    assert (in_full(one) == in_full(other)) == (one == other)


@pytest.mark.parametrize(
    "text", ["", "acme", "001", "acme-holdings-1", "8f55adef-0abf-460f", "A00001", "0015g00000ABCDEzz"]
)
def test_what_is_no_such_id_stays_as_it_is(text: str) -> None:
    assert in_full(text) == text
    assert in_short(text) is None
