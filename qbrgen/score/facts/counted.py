"""What a receipt counted, and the numbers in its rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from qbrgen.figures import Fact, Form, Receipt
from qbrgen.score.facts.making import count, ratio_if_known

_OWN = ("outcome", "direction", "score")  # whose numerator stands in no text, or by a name of its own
_SHARES = frozenset({"active_share"})


def counted_facts(receipt: Receipt) -> Iterator[Fact]:
    """The numerator and the denominator, where texts have them by no other name."""
    if receipt.numerator is not None and receipt.denominator is not None and receipt.rule not in _OWN:
        yield from ratio_if_known("counted", receipt.numerator, receipt.denominator)


def rule_facts(receipt: Receipt) -> Iterator[Fact]:
    """The numbers in the rule, as the receipt has them."""
    for name, fact in receipt.rule_facts:
        key = name.replace("_", "-")
        if name == "target" and isinstance(fact, Fraction | int):
            yield Fact("target", Fraction(fact), Form.TARGET)
        elif name in _SHARES and isinstance(fact, Fraction | int):
            yield Fact(key, Fraction(fact), Form.SHARE)
        elif isinstance(fact, int) and not isinstance(fact, bool):
            yield count(key, fact)
        elif isinstance(fact, float):  # cut off, as it is told: limits have one decimal
            size = Fraction(str(fact)) if name == "limit" else Fraction(int(abs(fact) * 10), 10)
            yield count(key, size)
        elif isinstance(fact, Fraction) and receipt.rule in ("frequency", "chain"):
            yield count(key, fact)
        elif isinstance(fact, date):
            yield Fact(key, fact, Form.DATE)
