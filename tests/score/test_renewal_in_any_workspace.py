"""The outlook on the renewal date in random workspaces: it agrees with itself and with a naive reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import random_world
from renewing import missed

from qbrgen.audience import Audience, redact
from qbrgen.score.renewal import UnitShare, forecast, run_length, runs, theil_sen_exact
from qbrgen.score.states import Forecast, Trend

SEEDS = st.integers(min_value=0, max_value=10_000)


def with_renewals(seed):
    world = random_world(seed)
    renewal = date(2026, 10, 20) + timedelta(days=seed % 300)
    world.accounts = {name: replace(account, renewal=renewal) for name, account in world.accounts.items()}
    return world


# ---- every workspace ------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_measurable_workflow_has_an_outlook_that_agrees_with_itself(seed):
    for picture in with_renewals(seed).score().values():
        for flow in picture.workflows:
            found = flow.outlook
            assert (found is not None) == flow.state.measurable
            if found is None or found.expected is None:
                assert found is None or (flow.value is None and found.forecast is Forecast.BELOW)
                continue
            assert found.renewal == picture.renewal
            assert found.forecast is forecast(found.low, found.high, flow.target)
            if found.low is not None:
                assert found.low <= found.expected <= found.high
            if not found.at_pace:
                assert found.expected == flow.value
            called = flow.direction.trend in (Trend.SPREADING, Trend.SHRINKING)
            assert not found.at_pace or called
            assert picture.receipt(found.receipt).audience is Audience.INTERNAL


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_gap_is_there_exactly_when_the_expected_share_is_below_at_pace_or_with_no_clear_change(seed):
    for picture in with_renewals(seed).score().values():
        gaps = {gap.workflow for gap in missed(picture)}
        for flow in picture.workflows:
            found = flow.outlook
            below = found is not None and found.expected is not None and found.expected < flow.target
            foretold = below and (found.at_pace or found.at_rest or flow.direction.trend is Trend.UNCLEAR)
            assert (flow.id in gaps) == foretold


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_the_customers_picture_knows_of_no_outlook(seed):
    for picture in with_renewals(seed).score().values():
        seen = redact(picture, Audience.CUSTOMER)
        assert all(flow.outlook is None for flow in seen.workflows)
        assert not [receipt for receipt in seen.receipts if receipt.rule == "outlook"]
        assert not missed(seen)


# ---- a second, naive reading of the rule at level -------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_a_naive_second_reading_comes_to_the_same_range_at_level(seed):
    for picture in with_renewals(seed).score().values():
        for flow in picture.workflows:
            if flow.outlook is None or flow.outlook.rests_on != "level" or flow.kind in ("milestone", "value"):
                continue
            if flow.value is None:
                continue
            told = [point for point in flow.weekly if point.denominator]
            length = 3 if len(told) >= 20 else 2 if len(told) >= 12 else 1
            seen = [flow.value]
            for start in range(len(told)):
                part = told[start : start + length]
                if len(part) == length:
                    seen.append(sum(p.numerator for p in part) / sum(p.denominator for p in part))
            expected = (min(seen), max(seen)) if len(told) >= 4 else (None, None)
            assert (flow.outlook.low, flow.outlook.high) == expected


# ---- its parts ------------------------------------------------------------------------------------------------------


def test_runs_are_sums_over_sums_at_the_middle_of_their_times():
    shares = [UnitShare(Fraction(at), Fraction(n), Fraction(d)) for at, n, d in ((0, 1, 2), (1, 9, 10), (2, 0, 8))]
    assert [(run.at, run.value) for run in runs(shares, 2)] == [
        (Fraction(1, 2), Fraction(10, 12)),
        (Fraction(3, 2), Fraction(9, 18)),
    ]
    assert runs(shares, 4) == []


def test_a_run_is_longer_where_there_is_more_to_choose_from():
    assert [run_length(units) for units in (3, 4, 11, 12, 19, 20, 26)] == [None, 1, 1, 2, 2, 3, 3]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=3, max_size=12))
def test_the_exact_pace_is_the_median_of_all_pairs_and_lies_in_its_interval(pairs):
    points = [(number, above, below) for number, (above, below) in enumerate(pairs)]
    low, slope, high = theil_sen_exact(points)
    every = [
        (Fraction(*points[j][1:]) - Fraction(*points[i][1:])) / (j - i)
        for i in range(len(points))
        for j in range(i + 1, len(points))
    ]
    assert slope == median(every)
    assert low <= slope <= high
