"""Days, numbers and amounts: read when they say one thing, refused when they could say two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbrgen.load.cells import is_nothing, parse_day, parse_money, parse_number, parse_share

LONDON, SYDNEY = ZoneInfo("Europe/London"), ZoneInfo("Australia/Sydney")


def refuses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        ("2026-10-16", None, date(2026, 10, 16)),
        (" 2026-10-16 09:30:00 ", LONDON, date(2026, 10, 16)),
        ("2024-06-17 01:43:12", SYDNEY, date(2024, 6, 17)),
        ("2026-06-30T23:30:00Z", LONDON, date(2026, 7, 1)),
        ("2026-06-30 23:30:00 UTC", LONDON, date(2026, 7, 1)),
        ("2026-06-30T23:30:00.123+00:00", None, date(2026, 6, 30)),
        ("2026-06-30T16:00:00Z", SYDNEY, date(2026, 7, 1)),
        ("20261016", None, date(2026, 10, 16)),
    ],
)
def test_a_day_is_the_local_day(text: str, zone: ZoneInfo | None, day: date) -> None:
    assert parse_day(text, zone) == day


@pytest.mark.parametrize(
    "text", ["", "03/04/2026", "16.10.2026", "2026-13-01", "2026-02-30", "soon", "2026", "1792108800", "0000-00-00"]
)
def test_a_day_that_could_be_another_or_none_is_refused(text: str) -> None:
    assert refuses(parse_day, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-0.5", Fraction(-1, 2)),
        ("1,200,000", 1_200_000),
        ("\u22128", -8),
        ("1e3", 1000),
        (".5", Fraction(1, 2)),
    ],
)
def test_a_number_is_exact(text: str, number: Fraction) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", ".", "-", "e5", "1,2", "1.2.3", "12 000", "often", "1e999", "nan", "inf", "½"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert refuses(parse_number, text)


def test_a_share_may_be_written_in_percent_or_as_a_fraction_of_one() -> None:
    assert parse_share("70%") == parse_share("70 %") == parse_share("0.7") == Fraction(7, 10)
    assert parse_share("12.5%") == Fraction(1, 8)


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("184000 GBP", "184000", "GBP"),
        ("GBP 184,000", "184000", "GBP"),
        ("£184,000.50", "184000.5", "GBP"),
        ("€90", "90", "EUR"),
        ("$90", "90", "USD"),
        ("184000", "184000", "USD"),
    ],
)
def test_an_amount_has_a_currency_of_its_own_or_the_one_given(text: str, amount: str, code: str) -> None:
    assert parse_money(text, "USD") == (Decimal(amount), code)


def test_an_amount_with_a_comma_where_the_point_would_be_is_refused() -> None:
    assert refuses(parse_money, "184.000,00 EUR")


def test_nothing_is_written_in_many_ways() -> None:
    assert all(is_nothing(text) for text in ("", " ", "-", "n/a", "N/A", "NULL", "NaN", "None"))
    assert not is_nothing("0")


@given(st.text())
def test_any_text_parses_or_is_refused(text: str) -> None:
    for parse in (parse_day, parse_number, parse_share, parse_money):
        assert refuses(parse, text) in (True, False)
