"""Figures of the account picture at another time: as the last review delivered them, and on the renewal date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qbrgen.audience import customer, internal
from qbrgen.figures import Ratio
from qbrgen.score.states import Cause, Forecast, TargetState


@dataclass(frozen=True, slots=True)
class Delivered:
    """A figure of the quarter before as its recorded review delivered it, beside today's count of the same quarter.

    numerator, denominator, value: as delivered; None where it had none. target: the one of that time; None for a figure
    over several targets. state: of a workflow, against that target. recounted, recounted_ratio: by today's data,
    definition and roster of that quarter; None where the data no longer tell. causes: what has changed since
    (score/delivered.py has the rule); () where nothing has.
    """

    numerator: Fraction | None = customer()
    denominator: Fraction | None = customer()
    value: Fraction | None = customer()
    target: Fraction | None = customer(default=None)
    state: TargetState | None = customer(default=None)
    recounted: Fraction | None = customer(default=None)
    recounted_ratio: Ratio | None = customer(default=None)
    causes: tuple[Cause, ...] = customer(default=())


@dataclass(frozen=True, slots=True)
class Retired:
    """A workflow of the recorded review that is no longer defined: its name, figure and target as delivered."""

    id: str = customer()
    name: str = customer()
    value: Fraction | None = customer()
    target: Fraction = customer()


@dataclass(frozen=True, slots=True)
class Outlook:
    """A workflow on the renewal date: a range, and what it comes to (score/renewal.py has the rule). Internal.

    at_pace: by the pace of a clear direction; False: at its present level. at_rest: at level, as a clear rise or fall
    has come to rest. Shares are exact fractions; at pace within 0..1. low, high: None where too little is known for a
    range. expected: None for a share of which nothing happened.
    """

    renewal: date = internal()
    at_pace: bool = internal()
    expected: Fraction | None = internal()
    low: Fraction | None = internal()
    high: Fraction | None = internal()
    forecast: Forecast = internal()
    receipt: str = internal(default="")
    at_rest: bool = internal(default=False)

    @property
    def rests_on(self) -> str:
        """What it rests on: "pace", "rest" or "level"."""
        return "pace" if self.at_pace else "rest" if self.at_rest else "level"
