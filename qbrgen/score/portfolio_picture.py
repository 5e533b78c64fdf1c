"""The portfolio as it is told: totals, a row an account, who needs attention, what has changed. Internal, all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from qbrgen.audience import internal
from qbrgen.define.model.settings import Rules
from qbrgen.figures import Money
from qbrgen.period import Period
from qbrgen.score.adoption_score import by_score
from qbrgen.score.picture import Score
from qbrgen.score.portfolio_choice import Choice
from qbrgen.score.states import GapKind, PortfolioOrder, Standing, Trend


@dataclass(frozen=True, slots=True)
class Total:
    """Accounts and their ARR, an amount a currency (in order of code). without_arr: those whose ARR nobody gave."""

    accounts: int = internal(default=0)
    arr: tuple[Money, ...] = internal(default=())
    without_arr: int = internal(default=0)

    @classmethod
    def of(cls, amounts: Iterable[Money | None]) -> Total:
        """The total of these accounts, by the ARR of each; amounts of two currencies are never added."""
        found = list(amounts)
        sums: dict[str, Decimal] = {}
        for money in found:
            if money is not None:
                sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
        return cls(len(found), tuple(Money(sums[code], code) for code in sorted(sums)), found.count(None))

    @classmethod
    def together(cls, parts: Iterable[Total]) -> Total:
        """The sum of totals that have no account in common."""
        found = list(parts)
        arr = cls.of(money for part in found for money in part.arr).arr
        return cls(sum(part.accounts for part in found), arr, sum(part.without_arr for part in found))


@dataclass(frozen=True, slots=True)
class StandingTotal:
    """The accounts of one standing."""

    standing: Standing = internal()
    total: Total = internal()


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """An owner's or a segment's accounts; name "" where nobody said. by_standing has all four, in the enum's order."""

    name: str = internal()
    total: Total = internal()
    by_standing: tuple[StandingTotal, ...] = internal()


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One account on one line. renews_soon: within two quarters of the as-of date. score: never shown by its total
    alone."""

    id: str = internal()
    name: str = internal()
    owner: str = internal()
    segment: str = internal()
    standing: Standing = internal()
    score: Score = internal()
    arr: Money | None = internal()
    renewal: date | None = internal()
    renews_soon: bool = internal()
    active: int = internal()
    counted: int = internal()
    personas_active: int = internal()
    personas_counted: int = internal()
    met: int = internal()
    measurable: int = internal()
    trend: Trend = internal()
    feed_silent: bool = internal()
    gaps: tuple[GapKind, ...] = internal()
    open_gaps: int = internal()


@dataclass(frozen=True, slots=True)
class Attention:
    """An account that needs attention, and why: the kinds of its most urgent gaps, the most urgent first."""

    row: PortfolioRow = internal()
    reasons: tuple[GapKind, ...] = internal()
    unplanned: int = internal()
    ask: str = internal()


class Shift(StrEnum):
    """Which way an account moved; in the order in which they are told."""

    DOWN = "down"
    UP = "up"
    LOST = "can no longer be said"
    FOUND = "could not be said before"
    BEGUN = "had not begun"


@dataclass(frozen=True, slots=True)
class Moved:
    """An account whose standing is another one than the quarter before."""

    row: PortfolioRow = internal()
    before: Standing = internal()
    shift: Shift = internal()


@dataclass(frozen=True, slots=True)
class NewGaps:
    """The gaps of an account that the quarter before did not have: their keys, the most urgent first."""

    row: PortfolioRow = internal()
    keys: tuple[str, ...] = internal()


@dataclass(frozen=True, slots=True)
class PortfolioChanges:
    """Everything that has changed since `since`.

    moved, gaps: in the order of the rows. same: accounts that stand where they stood. closed: gaps of the quarter
    before that are there no more, and closed_in: of how many accounts. compared: accounts whose gaps could be compared,
    which is where data came in both quarters. reviewed: accounts of which a review of that quarter was delivered.
    """

    since: Period = internal()
    moved: tuple[Moved, ...] = internal(default=())
    same: int = internal(default=0)
    gaps: tuple[NewGaps, ...] = internal(default=())
    closed: int = internal(default=0)
    closed_in: int = internal(default=0)
    compared: int = internal(default=0)
    reviewed: int = internal(default=0)

    def of(self, shift: Shift) -> tuple[Moved, ...]:
        """Those who moved this way."""
        return tuple(each for each in self.moved if each.shift is shift)

    @property
    def opened(self) -> int:
        """How many gaps are new."""
        return sum(len(each.keys) for each in self.gaps)


@dataclass(frozen=True, slots=True)
class PortfolioPicture:
    """The portfolio in one period.

    period, as_of: None where no account could be scored. renewing_at_risk: at risk and renewing on or before
    `renewing_until` (two quarters after the as-of date). previous_by_standing: the quarter before, where its pictures
    were given, without the accounts that had not begun; at today's ARR. renewing_at_risk_before: of the accounts that
    renew by `renewing_until`, those at risk then. attention: at most ten of the `need_attention`. rows: every account,
    worst renewals first. set_aside: (account id, reason). real_adoption_depth: the share of workflows on target that
    real adoption takes. changes: None without pictures of the quarter before. choice: which accounts these are.
    """

    vendor: str = internal()
    period: Period | None = internal()
    as_of: date | None = internal()
    total: Total = internal()
    by_standing: tuple[StandingTotal, ...] = internal()
    by_owner: tuple[GroupTotal, ...] = internal()
    by_segment: tuple[GroupTotal, ...] = internal()
    renewing_until: date | None = internal()
    renewing_at_risk: Total = internal()
    attention: tuple[Attention, ...] = internal()
    rows: tuple[PortfolioRow, ...] = internal()
    set_aside: tuple[tuple[str, str], ...] = internal()
    previous_by_standing: tuple[StandingTotal, ...] = internal(default=())
    real_adoption_depth: Fraction = internal(default=Rules().real_adoption_depth)
    need_attention: int = internal(default=0)
    renewing_at_risk_before: Total = internal(default=Total())
    changes: PortfolioChanges | None = internal(default=None)
    choice: Choice = internal(default=Choice())

    def of(self, standing: Standing) -> Total:
        """The accounts of one standing."""
        return next(entry.total for entry in self.by_standing if entry.standing is standing)

    def listed(self, order: PortfolioOrder) -> tuple[PortfolioRow, ...]:
        """Every row in this order; rows of the same score stay in the order of renewal."""
        if order is PortfolioOrder.RENEWAL:
            return self.rows
        return tuple(sorted(self.rows, key=lambda row: by_score(row.score, lowest_first=True)))
