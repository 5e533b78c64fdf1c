"""Figures as people write them in a locale: percentages, counts, money, dates. Babel underneath, and no words.

In: exact values (figures.py). Out: text. Rounding is half up, and never says what the exact value denies: 69.6% of a
target of 70% is not shown as 70%, and 99.7% is not shown as 100%.
"""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    is_currency,
)

MINUS = "−"
_MOST_DECIMALS = 6
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"))


def rounded(value: Fraction, decimals: int) -> Decimal:
    """`value` to so many decimals, half away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def target_decimals(target: Fraction) -> int:
    """Decimals of a percentage that someone wrote down as a target: as many as it has, two at most."""
    for decimals in (0, 1, 2):
        if Fraction(rounded(target * 100, decimals)) == target * 100:
            return decimals
    return 0


def percent_decimals(value: Fraction, target: Fraction | None = None) -> int:
    """How many decimals a percentage needs so that its rounding contradicts neither its state nor "none" or "all"."""
    shown_target = None if target is None else rounded(target * 100, target_decimals(target))
    for decimals in range(_MOST_DECIMALS + 1):
        shown = rounded(value * 100, decimals)
        rounds_to_none = shown == 0 and value != 0
        rounds_to_all = shown == 100 and value != 1
        wrong_state = target is not None and shown_target is not None and (shown >= shown_target) != (value >= target)
        if not (rounds_to_none or rounds_to_all or wrong_state):
            return decimals
    return _MOST_DECIMALS


def percent(value: Fraction, decimals: int, locale: Locale) -> str:
    """A share of one as a percentage: Fraction(4, 5) is "80%" in en."""
    pattern = copy.copy(locale.percent_formats[None])
    share = rounded(value * 100, decimals).scaleb(-2)
    pattern.frac_prec = (decimals, decimals)
    text: str = pattern.apply(share, locale)
    return text.replace("-", MINUS)


def number(value: Fraction | int | Decimal, locale: Locale) -> str:
    """A plain number, grouped, with two decimals at most and none that are zero."""
    exact = rounded(Fraction(value), 2)
    pattern = "#,##0" if exact == exact.to_integral_value() else "#,##0.##"
    return format_decimal(exact, format=pattern, locale=locale).replace("-", MINUS)


def points(value: Fraction, locale: Locale) -> str:
    """A figure out of 100 to a whole number; more decimals only where that would make it nothing or all: "88"."""
    decimals = percent_decimals(value / 100)
    pattern = "0." + "0" * decimals if decimals else "0"
    return str(format_decimal(rounded(value, decimals), format=pattern, locale=locale))


def short_scale(amount: Decimal) -> tuple[Decimal, str]:
    """An amount as people say it: (1.2, "million"), (184, "thousand"), (850, "").

    Whole numbers from ten on, one decimal below, carried over where rounding reaches the next scale.
    """
    for size, name in _SCALES:
        scaled = Fraction(amount) / size
        if abs(rounded(scaled, 3)) >= 1:
            return rounded(scaled, 0 if abs(scaled) >= Fraction(995, 100) else 1), name
    return rounded(Fraction(amount), 0 if abs(amount) >= 10 or amount == amount.to_integral_value() else 2), ""


def currency(amount: Decimal, code: str, locale: Locale) -> str:
    """An amount with its symbol and the decimals that it has, four at most: "£184", "€1.2"."""
    amount = rounded(Fraction(amount), 4)
    decimals = 0 if amount == amount.to_integral_value() else max(-int(amount.normalize().as_tuple().exponent), 1)
    pattern = copy.copy(locale.currency_formats["standard"])
    pattern.frac_prec = (decimals, decimals)
    text: str = format_currency(amount, code, format=pattern, locale=locale, currency_digits=False)
    return text.replace("-", MINUS)


def symbol(code: str, locale: Locale) -> str:
    """The sign of a currency."""
    return get_currency_symbol(code, locale=locale)


def signs(locale: Locale) -> tuple[str, str, str]:
    """What stands between groups of digits, before decimals, and for percent: (",", ".", "%")."""
    return get_group_symbol(locale), get_decimal_symbol(locale), str(locale.number_symbols["latn"]["percentSign"])


def known_currency(code: str) -> bool:
    """Whether a unit is a currency's code ("GBP")."""
    return len(code) == 3 and code.isupper() and is_currency(code)


def estimate(share: Fraction) -> Fraction:
    """A share rounded as estimates are: to five points from 20% on, to a whole point below; never to nothing or all."""
    size = abs(share) * 100
    if size < 1:
        return share
    step = 5 if size >= 20 else 1
    near = Fraction(rounded(size / step, 0)) * step / 100
    if near == 1 != size / 100:
        near = min(Fraction(rounded(size, 0)) / 100, Fraction(99, 100)) if size < 100 else size / 100
    return near if share >= 0 else -near


def two_figures(value: Fraction) -> Fraction:
    """A value rounded as estimates are: to its two leading figures."""
    if value == 0:
        return value
    decimals = 1
    while abs(value) * Fraction(10) ** decimals >= 100:
        decimals -= 1
    while abs(value) * Fraction(10) ** decimals < 10:
        decimals += 1
    scaled = value * Fraction(10) ** decimals
    return Fraction(rounded(scaled, 0)) / Fraction(10) ** decimals


def long_date(day: date, locale: Locale) -> str:
    """ "31 January 2027"."""
    return format_date(day, "long", locale=locale)


def day_month(day: date, locale: Locale) -> str:
    """ "31 January"."""
    return format_skeleton("MMMMd", day, locale=locale)
