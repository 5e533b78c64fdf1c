"""Text of a cell or a YAML value → a day, a number, a share. Nothing is guessed: what is ambiguous does not parse."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal
from fractions import Fraction

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_AMOUNT = re.compile(
    r"(?P<sign>[£$€]?)\s*(?P<number>[\d.,]+)\s*(?P<code>[A-Z]{3})?|(?P<first>[A-Z]{3})\s*(?P<last>[\d.,]+)"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SYMBOLS = {"£": "GBP", "€": "EUR"}  # $ is the money of many countries: it names none
_LONGEST = 60  # no day or number is longer; keeps odd input cheap
NOTHING = frozenset({"", "-", "–", "n/a", "na", "none", "null", "nan", "nat", "unknown", "\\n"})


def is_nothing(text: str) -> bool:
    """Whether a cell says in one of the usual ways that nothing is known ("", "-", "n/a", …)."""
    return text.strip().lower() in NOTHING


def parse_day(text: str, zone: tzinfo | None = None) -> date:
    """'2026-10-16', '2026-10-16 09:30:00', '2026-10-16T09:30:00Z', '… UTC' → the local day.

    zone: a time with an offset is moved there first; a time without one is taken as local.
    Raises ValueError for anything else, 03/04/2026 among it: nobody knows which of the two is the month.
    """
    text = text.strip()
    if not 8 <= len(text) <= _LONGEST or not text[:4].isdigit():
        raise ValueError(text)
    if text.isdigit() and len(text) != 8:
        raise ValueError(text)
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text.removesuffix(" UTC") + "+00:00" if text.endswith(" UTC") else text)
    if moment.tzinfo is not None and zone is not None:
        try:
            moment = moment.astimezone(zone)
        except OverflowError as error:
            raise ValueError(text) from error
    return moment.date()


def day_fix(text: str) -> str:
    """What to write instead of a text that is no day."""
    if _DAY.fullmatch(text.strip()):
        return "The calendar has no such day; write one that it has, as year-month-day."
    return "Write year-month-day, such as 2026-10-16."


def parse_number(text: str) -> Fraction:
    """'12', '-0.5', '1,200,000', '1e6' → the exact number. Raises ValueError for anything else."""
    text = text.strip().replace("\u2212", "-").replace("\u00a0", "")
    if len(text) > _LONGEST or not any(char in "0123456789" for char in text) or not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Fraction(text.replace(",", ""))


def parse_share(text: str) -> Fraction:
    """'70%', '70 %', '-30%', '0.7' → the exact share of one. Raises ValueError for anything else."""
    text = text.strip()
    if text.endswith("%"):
        return parse_number(text[:-1]) / 100
    return parse_number(text)


def parse_money(text: str, currency: str = "") -> tuple[Decimal, str]:
    """'184000 GBP', 'GBP 184,000', '£184,000', '184000' → amount and ISO 4217 code.

    currency: what an amount without a code is in; "" when nobody said. Raises ValueError for anything else.
    """
    text = text.strip().replace("\u00a0", " ")
    match = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        raise ValueError(text)
    number = parse_number(match["number"] or match["last"])
    code = match["code"] or match["first"] or _SYMBOLS.get(match["sign"] or "", "") or currency
    return Decimal(number.numerator) / Decimal(number.denominator), code
