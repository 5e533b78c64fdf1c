"""How well a number ranked the accounts that were lost below those that stayed: AUC, and how sure that is.

In: one value for each account and quarter, higher meaning healthier, and whether the account was lost. Out: the AUC
(the share of pairs, one lost and one kept account of the same quarter, in which the lost one has the lower value; a tie
counts half) and the difference of two AUCs over the same pairs, each with a 95% interval.

Only accounts of the same quarter are compared: that is the list a vendor has before them, and a quarter in which
everyone is away moves no pair. An account stands in several quarters, so its values are not independent; the intervals
leave out one account at a time with all its quarters (the jackknife for U-statistics, Arvesen 1969; for an AUC it
comes to DeLong's variance, Hanley and Hajian-Tilaki 1997, and by account to that of Obuchowski 1997 for clustered
data). Nothing is drawn at random: the same history gives the same interval.

The interval of an AUC is symmetrical on the logit scale, that of a difference on its own; both with Student's t on
(accounts lost or accounts kept, whichever are fewer) - 1 degrees of freedom. Where the ranking is perfect the variance
is 0 and says nothing: then the exact bound for so many successes in a row (Clopper and Pearson) stands in.
docs/backtest.md has the coverage that was measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Cases:
    """Account-quarters, one an entry: the account and the quarter as numbers from 0, and whether it was lost.

    An account has at most one entry a quarter.
    """

    account: Whole
    quarter: Whole
    lost: Flags

    def only(self, kept: Flags) -> Cases:
        """Those of a mask."""
        return Cases(self.account[kept], self.quarter[kept], self.lost[kept])


@dataclass(frozen=True, slots=True)
class Estimate:
    """An AUC, or a difference of two, and its interval.

    cases, losses: the account-quarters ranked, and how many of them were lost. value None: no pair to compare.
    low, high None: too few accounts to say, or every account has the same value.
    """

    value: float | None
    low: float | None
    high: float | None
    cases: int
    losses: int


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The pairs of each account: how many it is in, and in how many the lost account has the lower value."""

    won: Floats
    pairs: Floats

    @property
    def auc(self) -> float:
        return float(self.won.sum() / self.pairs.sum())  # each pair stands with both its accounts

    def without_each(self) -> Floats:
        """The AUC without each account in turn."""
        left: Floats = (self.won.sum() / 2 - self.won) / (self.pairs.sum() / 2 - self.pairs)
        return left


def auc(cases: Cases, values: Floats, level: float = LEVEL) -> Estimate:
    """The AUC of `values` over the cases that have one (not NaN)."""
    ranked = cases.only(~np.isnan(values))
    found = _paired(ranked, values[~np.isnan(values)])
    size = (len(ranked.lost), int(ranked.lost.sum()))
    if not found.pairs.sum():
        return Estimate(None, None, None, *size)
    value, freedom = found.auc, _freedom(ranked, found)
    if freedom < 1:
        return Estimate(value, None, None, *size)
    if value in (0.0, 1.0):
        bound = float(((1 - level) / 2) ** (1 / (freedom + 1)))
        return Estimate(value, *((bound, 1.0) if value else (0.0, 1 - bound)), *size)
    error = _error(found.without_each())
    if error == 0:
        return Estimate(value, None, None, *size)
    reach = _t(level, freedom) * error / (value * (1 - value))
    middle = np.log(value / (1 - value))
    low, high = (float(1 / (1 + np.exp(-edge))) for edge in (middle - reach, middle + reach))
    return Estimate(value, low, high, *size)


def difference(cases: Cases, values: Floats, others: Floats, level: float = LEVEL) -> Estimate:
    """AUC of `values` less AUC of `others`, over the cases that have both."""
    both = ~(np.isnan(values) | np.isnan(others))
    ranked = cases.only(both)
    one, other = _paired(ranked, values[both]), _paired(ranked, others[both])
    size = (len(ranked.lost), int(ranked.lost.sum()))
    if not one.pairs.sum():
        return Estimate(None, None, None, *size)
    value, freedom = one.auc - other.auc, _freedom(ranked, one)
    if freedom < 1:
        return Estimate(value, None, None, *size)
    error = _error(one.without_each() - other.without_each())
    if error == 0:  # no account makes a difference: nothing tells how far another history would lie from this one
        return Estimate(value, None, None, *size)
    reach = _t(level, freedom) * error
    return Estimate(value, max(value - reach, -1.0), min(value + reach, 1.0), *size)


def _paired(cases: Cases, values: Floats) -> _Pairs:
    accounts = int(cases.account.max()) + 1 if len(cases.account) else 0
    won, pairs = np.zeros(accounts), np.zeros(accounts)
    for quarter in np.unique(cases.quarter):
        here = cases.quarter == quarter
        for side in (True, False):
            mine, theirs = here & (cases.lost == side), here & (cases.lost != side)
            against = np.sort(values[theirs])
            below = (
                np.searchsorted(against, values[mine], "left") + np.searchsorted(against, values[mine], "right")
            ) / 2
            won[cases.account[mine]] += len(against) - below if side else below
            pairs[cases.account[mine]] += len(against)
    compared = pairs > 0
    return _Pairs(won[compared], pairs[compared])


def _freedom(cases: Cases, found: _Pairs) -> int:
    """Accounts lost or accounts kept in a quarter with both, whichever are fewer, less one; 0 where one account is in
    every pair, so that nothing is left without it."""
    if (2 * found.pairs == found.pairs.sum()).any():
        return 0
    quarters = np.intersect1d(cases.quarter[cases.lost], cases.quarter[~cases.lost])
    told = np.isin(cases.quarter, quarters)
    return min(len(np.unique(cases.account[told & (cases.lost == side)])) for side in (True, False)) - 1


def _error(without_each: Floats) -> float:
    """The jackknife's standard error."""
    n = len(without_each)
    return float(np.sqrt((n - 1) / n * np.square(without_each - without_each.mean()).sum()))


def _t(level: float, freedom: int) -> float:
    return float(stats.t.ppf((1 + level) / 2, freedom))
