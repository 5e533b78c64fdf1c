"""Figures and their receipts: exact values, and what they were counted from.

Nothing here formats: words and digits are made in `narrate`, from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from qbrgen.audience import Audience, customer, internal


@dataclass(frozen=True, slots=True)
class Ratio:
    """`numerator` of `denominator`, exact. A ratio without a denominator is not a ratio: use None instead."""

    __plain_value__: ClassVar[bool] = True
    numerator: Fraction
    denominator: Fraction

    def __post_init__(self) -> None:
        if self.denominator <= 0:
            raise ValueError(f"a ratio needs a denominator above 0, not {self.denominator}")

    @property
    def value(self) -> Fraction:
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217 code)."""

    __plain_value__: ClassVar[bool] = True
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Span:
    """A window of whole days, both ends within it."""

    __plain_value__: ClassVar[bool] = True
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a figure comes from. `id` is unique within an account ("people", "workflow:reps/sequenced-touches").

    rule: a data key of the rule applied ("share", "frequency", "milestone", "active", "on-target", "direction",
    "impact", ...), worded by templates/wording; `rule_facts` are the numbers in that wording.
    numerator, denominator: what was counted, in `unit` ("people", "events", "weeks in seat", "workflows").
    events: event name → occurrences counted for the figure. people and sources (file names) are internal.
    audience: INTERNAL for a figure that the customer never sees (the score); such a receipt is dropped whole.
    """

    id: str = customer()
    rule: str = customer()
    unit: str = customer()
    numerator: Fraction | None = customer(default=None)
    denominator: Fraction | None = customer(default=None)
    window: Span | None = customer(default=None)
    rule_facts: tuple[tuple[str, object], ...] = customer(default=())
    events: tuple[tuple[str, Fraction], ...] = internal(default=())
    people: tuple[str, ...] = internal(default=())
    sources: tuple[str, ...] = internal(default=())
    audience: Audience = customer(default=Audience.CUSTOMER)
