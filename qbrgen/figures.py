"""Figures and their receipts: exact values, and what they were counted from.

Nothing here formats: words and digits are made in `narrate`, from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
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


class Form(StrEnum):
    """How a fact is written."""

    COUNT = "count"  # "4,180", "two"
    SHARE = "share"  # "62%"
    TARGET = "target"  # "12.5%": a percentage as somebody wrote it down
    ESTIMATE = "estimate"  # "30%", to five points
    TENTHS = "tenths"  # "96.3%", for a sum that has to add up
    POINTS = "points"  # "10", between a share and its target
    PACE = "pace"  # "0.4", points a week
    AMOUNT = "amount"  # in a unit: "£1.2m", "8"
    SCORE = "score"  # "88", of 100
    DATE = "date"  # "29 June"
    LABEL = "label"  # "Q3 2026"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure that texts take from a receipt: which it is (`name`), exactly, and how it is written.

    of: the name of the fact that it is counted from ("active" of "counted"). against: the target that its rounding must
    not contradict; of POINTS the target itself. unit: of an AMOUNT. aside: a number of the rule or the frame, which a
    text is taken to mean only where no figure fits. only: how the keys begin of the statements that may say it.
    """

    __plain_value__: ClassVar[bool] = True
    name: str
    value: Fraction | date | str
    form: Form = Form.COUNT
    of: str = ""
    against: Fraction | None = None
    unit: str = ""
    aside: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a figure comes from. `id` is unique within an account ("people", "workflow:reps/sequenced-touches").

    rule: a data key of the rule applied ("share", "frequency", "milestone", "active", "on-target", "direction",
    "impact", ...), worded by templates/wording; `rule_facts` are the numbers in that wording.
    numerator, denominator: what was counted, in `unit` ("people", "events", "weeks in seat", "workflows").
    events: event name → occurrences counted for the figure. people and sources (file names) are internal.
    audience: INTERNAL for a figure that the customer never sees (the score); such a receipt is dropped whole.
    figures: every figure that texts make of it, the numerator first (score/facts/ fills them, for one reader).
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
    figures: tuple[Fact, ...] = customer(default=())
