"""Facts of the forms that occur again and again; none where there is no figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from qbrgen.figures import Fact, Form, Ratio

MOST_TARGETS = 3  # of groups, and of workflows, that the line about the next quarter names (narrate/plan.py)


def count(name: str, value: int | Fraction, of: str = "") -> Fact:
    """A number of things. of: the name of the fact that it is a part of."""
    return Fact(name, Fraction(value), Form.COUNT, of)


def share_if_known(name: str, value: Fraction | None, against: Fraction | None = None) -> Iterator[Fact]:
    """A share of one. against: the target beside which it is rounded."""
    if value is not None:
        yield Fact(name, value, Form.SHARE, against=against)


def day_if_known(name: str, day: date | None) -> Iterator[Fact]:
    """A date."""
    if day is not None:
        yield Fact(name, day, Form.DATE)


def ratio_if_known(name: str, above: Fraction | int | None, below: Fraction | int | None) -> Iterator[Fact]:
    """Two counts, `above` of `below`: the second by the first one's name with "-of"."""
    if above is not None and below is not None:
        yield count(name, above, f"{name}-of")
        yield count(f"{name}-of", below)


def parts_of(name: str, ratio: Ratio | None) -> Iterator[Fact]:
    """A ratio's numerator and denominator, as `ratio_if_known` names them."""
    if ratio is not None:
        yield from ratio_if_known(name, ratio.numerator, ratio.denominator)
