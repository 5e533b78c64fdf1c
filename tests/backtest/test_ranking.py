"""AUC by quarter and account, its interval, and the difference of two."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from qbrgen.backtest.ranking import Cases, auc, difference


@st.composite
def histories(draw: st.DrawFn) -> tuple[Cases, np.ndarray, np.ndarray]:
    """Few accounts over few quarters, few different values so that many tie, and some without a value."""
    accounts, quarters = draw(st.integers(1, 8)), draw(st.integers(1, 3))
    entries = [pair for pair in product(range(accounts), range(quarters)) if draw(st.booleans())]
    value = st.one_of(st.integers(0, 3).map(float), st.just(float("nan")))
    lost = [draw(st.booleans()) for _ in entries]
    columns = [np.array([draw(value) for _ in entries]) for _ in range(2)]
    account, quarter = (np.array([entry[side] for entry in entries], dtype=np.int64) for side in (0, 1))
    return Cases(account, quarter, np.array(lost, dtype=np.bool_)), columns[0], columns[1]


def by_hand(cases: Cases, values: np.ndarray, without: int | None = None) -> float | None:
    """The share of pairs, one by one."""
    won, pairs = 0.0, 0
    rows = list(zip(cases.account, cases.quarter, cases.lost, values, strict=True))
    rows = [row for row in rows if row[0] != without and not np.isnan(row[3])]
    for (_, quarter, lost, value), (_, other_quarter, other_lost, other) in product(rows, rows):
        if lost and not other_lost and quarter == other_quarter:
            pairs += 1
            won += 1.0 if value < other else 0.5 if value == other else 0.0
    return won / pairs if pairs else None


@settings(max_examples=300, deadline=None)
@given(histories())
def test_it_is_the_share_of_pairs_of_one_quarter_in_which_the_lost_account_is_lower(history) -> None:
    cases, values, _ = history
    expected, found = by_hand(cases, values), auc(cases, values)
    assert (found.value is None) == (expected is None)
    if expected is not None:
        assert found.value == pytest.approx(expected)
    assert found.cases == np.count_nonzero(~np.isnan(values))
    assert found.losses == np.count_nonzero(cases.lost & ~np.isnan(values))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_in_one_quarter_it_is_the_mann_whitney_u_of_scipy(lost, kept) -> None:
    n = len(lost) + len(kept)
    flags = np.array([True] * len(lost) + [False] * len(kept))
    found = auc(Cases(np.arange(n), np.zeros(n, dtype=np.int64), flags), np.array([*lost, *kept], dtype=float))
    u = stats.mannwhitneyu(kept, lost, method="asymptotic").statistic if len({*lost, *kept}) > 1 else n and None
    assert found.value == pytest.approx(u / (len(lost) * len(kept)) if u is not None else 0.5)


@settings(max_examples=200, deadline=None)
@given(histories())
def test_the_difference_is_that_of_both_over_the_cases_that_both_rank(history) -> None:
    cases, one, other = history
    neither = np.isnan(one) | np.isnan(other)
    first, second = np.where(neither, np.nan, one), np.where(neither, np.nan, other)
    found, values = difference(cases, one, other), (by_hand(cases, first), by_hand(cases, second))
    if values[0] is None or values[1] is None:
        assert found.value is None
    else:
        assert found.value == pytest.approx(values[0] - values[1])
        swapped = difference(cases, other, one)
        assert swapped.value == pytest.approx(-found.value)
        assert (swapped.low is None) == (found.low is None)
        if found.low is not None:
            assert swapped.high == pytest.approx(-found.low)


@settings(max_examples=200, deadline=None)
@given(histories())
def test_the_interval_is_the_jackknife_by_account(history) -> None:
    cases, one, other = history
    found = difference(cases, one, other)
    if found.low is None or found.low == -1 or found.high == 1:
        return
    neither = np.isnan(one) | np.isnan(other)
    columns = [np.where(neither, np.nan, each) for each in (one, other)]
    without = []
    for account in sorted(set(cases.account[~neither])):
        mine = [i for i in range(len(one)) if cases.account[i] == account and not neither[i]]
        against = [
            j
            for j in range(len(one))
            if not neither[j]
            and any(cases.quarter[i] == cases.quarter[j] and cases.lost[i] != cases.lost[j] for i in mine)
        ]
        if against:
            left = [by_hand(cases, column, without=account) for column in columns]
            assert left[0] is not None
            assert left[1] is not None
            without.append(left[0] - left[1])
    n = len(without)
    error = np.sqrt((n - 1) / n * np.square(np.array(without) - np.mean(without)).sum())
    told = np.isin(
        cases.quarter, np.intersect1d(cases.quarter[cases.lost & ~neither], cases.quarter[~cases.lost & ~neither])
    )
    fewer = min(len(set(cases.account[told & ~neither & (cases.lost == side)])) for side in (True, False))
    assert found.high - found.low == pytest.approx(2 * stats.t.ppf(0.975, fewer - 1) * error)


@settings(max_examples=100, deadline=None)
@given(histories())
def test_turned_round_it_is_one_less_and_only_the_order_matters(history) -> None:
    cases, values, _ = history
    plain, turned, bent = auc(cases, values), auc(cases, -values), auc(cases, np.exp(values) - 7)
    assert bent == plain
    if plain.value is not None and turned.value is not None:
        assert turned.value == pytest.approx(1 - plain.value)
        if plain.low is not None and turned.high is not None:
            assert turned.high == pytest.approx(1 - plain.low)


@settings(max_examples=100, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_accounts_and_rows_changes_nothing(history, chance) -> None:
    cases, values, _ = history
    order = list(range(len(values)))
    chance.shuffle(order)
    names = list(range(8))
    chance.shuffle(names)
    renamed = np.array([names[account] for account in cases.account[order]], dtype=np.int64)
    found = auc(Cases(renamed, cases.quarter[order], cases.lost[order]), values[order])
    plain = auc(cases, values)
    for one, other in ((found.value, plain.value), (found.low, plain.low), (found.high, plain.high)):
        assert one == (None if other is None else pytest.approx(other))


def test_a_perfect_ranking_of_ten_losses_is_bounded_by_ten_successes_in_a_row() -> None:
    flags = np.array([True] * 10 + [False] * 30)
    found = auc(Cases(np.arange(40), np.zeros(40, dtype=np.int64), flags), np.arange(40.0))
    assert found.value == 1
    assert found.low == pytest.approx(stats.binomtest(10, 10).proportion_ci(method="exact").low)
    assert found.high == 1


def test_where_all_values_are_alike_there_is_no_interval() -> None:
    flags = np.array([True] * 5 + [False] * 5)
    found = auc(Cases(np.arange(10), np.zeros(10, dtype=np.int64), flags), np.ones(10))
    assert (found.value, found.low, found.high) == (0.5, None, None)


def test_one_lost_account_has_no_interval() -> None:
    flags = np.array([True] + [False] * 5)
    cases = Cases(np.arange(6), np.zeros(6, dtype=np.int64), flags)
    found = auc(cases, np.array([1.0, 0, 2, 3, 4, 5]))
    assert (found.value, found.low) == (0.8, None)
    assert difference(cases, np.arange(6.0), np.zeros(6)).low is None


def drawn(
    rng: np.random.Generator, accounts: int, quarters: int, hazard: float
) -> tuple[Cases, np.ndarray, np.ndarray]:
    """Accounts with a level of their own, lost at random; two values that hang together and tell of a loss."""
    rows = []
    for account in range(accounts):
        level, other_level = rng.normal(size=2)
        for quarter in range(quarters):
            lost = rng.random() < hazard
            shock, noise = rng.normal(size=2)
            one = level + shock - 1.2 * np.sqrt(2) * lost
            other = other_level + 0.6 * shock + 0.8 * noise - 0.4 * np.sqrt(2) * lost
            rows.append((account, quarter, lost, one, other))
            if lost:
                break
    account, quarter, lost, one, other = (np.array(column) for column in zip(*rows, strict=True))
    return Cases(account, quarter, lost), one, other


def test_the_intervals_hold_the_truth_about_as_often_as_they_claim() -> None:
    rng, held, held_difference, runs = np.random.default_rng(5), 0, 0, 300
    truth = stats.norm.cdf(1.2 / np.sqrt(2))
    for _ in range(runs):
        cases, one, other = drawn(rng, 60, 4, 0.08)
        found, apart = auc(cases, one), difference(cases, one, other)
        held += found.low <= truth <= found.high
        held_difference += apart.low <= truth - stats.norm.cdf(0.4 / np.sqrt(2)) <= apart.high
    assert 0.92 <= held / runs <= 0.99
    assert 0.92 <= held_difference / runs <= 0.99


def test_a_bootstrap_of_accounts_finds_about_the_same_interval() -> None:
    rng = np.random.default_rng(6)
    cases, one, other = drawn(rng, 150, 5, 0.08)
    found, again = difference(cases, one, other), []
    by_account = [np.flatnonzero(cases.account == account) for account in range(150)]
    for _ in range(400):
        rows = [(n, row) for n, account in enumerate(rng.integers(0, 150, 150)) for row in by_account[account]]
        number, row = (np.array(column) for column in zip(*rows, strict=True))
        resampled = Cases(number, cases.quarter[row], cases.lost[row])
        again.append(difference(resampled, one[row], other[row]).value)
    low, high = np.quantile(again, [0.025, 0.975])
    assert found.low == pytest.approx(low, abs=0.03)
    assert found.high == pytest.approx(high, abs=0.03)
