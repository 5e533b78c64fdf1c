"""How clearly a group moved: what the signal must not mind, what it must see, and how seldom it errs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qbrgen.score.signal import MOST, limit, signal

CELL = st.sampled_from([None, 0.0, 0.25, 1.0])


@st.composite
def groups(draw):
    units = draw(st.integers(6, 14))
    return draw(st.lists(st.lists(CELL, min_size=units, max_size=units), min_size=4, max_size=9))


def by_hand(values):
    """The four steps of the module's docstring, in loops over a group without holes."""
    people, units = len(values), len(values[0])
    own = [[value - sum(row) / units for value in row] for row in values]
    average = [sum(row[unit] for row in own) / people for unit in range(units)]
    distance = [unit - (units - 1) / 2 for unit in range(units)]
    weights = [math.copysign(math.sqrt(abs(d)), d) for d in distance]
    length = math.sqrt(sum(w * w for w in weights))
    weights = [w / length for w in weights]
    change = sum(w * a for w, a in zip(weights, average, strict=True))
    mean = sum(average) / units
    around = [a - mean - change * w for a, w in zip(average, weights, strict=True)]
    rest = [[row[u] - change * weights[u] - around[u] for u in range(units)] for row in own]
    total = sum(cell**2 for row in rest for cell in row)
    free = (people - 1) * (units - 1)
    raw = sum(row[u] * row[u + 1] for row in rest for u in range(units - 1)) / total
    lasting = min(max(raw + 1.5 * (1 + 3 * raw) / units + 1 / math.sqrt(free), 0), 0.95)
    taken = 2 * sum(lasting**lag * (1 - lag / units) for lag in range(1, units)) / (units - 1)
    variance = total / free / max(1 - taken, 0.2)
    pairs = sum(weights[a] * weights[b] * lasting ** abs(a - b) for a in range(units) for b in range(units))
    in_common = max(0.0, sum(a * a for a in around) / (units - 2) - variance / people)
    return change / math.sqrt(variance * pairs / people + 2 * in_common)


@given(st.integers(0, 10_000), st.integers(4, 9), st.integers(6, 16))
def test_it_is_the_four_steps_worked_out_by_hand(seed, people, units):
    values = np.random.default_rng(seed).random((people, units)).round(2).tolist()
    assert signal(values) == pytest.approx(by_hand(values), abs=1e-9)


@given(groups())
def test_turned_round_in_time_it_is_the_same_with_the_other_sign(values):
    assert signal([row[::-1] for row in values]) == pytest.approx(-signal(values), abs=1e-6)


@given(groups())
def test_done_for_left_undone_is_the_same_with_the_other_sign(values):
    other = [[None if cell is None else 1 - cell for cell in row] for row in values]
    assert signal(other) == pytest.approx(-signal(values), abs=1e-6)


@given(groups(), st.lists(st.sampled_from([0.0, 5.0, -3.0]), min_size=9, max_size=9))
def test_how_high_each_person_stands_does_not_matter(values, levels):
    moved = [
        [None if cell is None else cell + level for cell in row] for row, level in zip(values, levels, strict=False)
    ]
    assert signal(moved) == pytest.approx(signal(values), abs=1e-6)


@given(groups(), st.randoms())
def test_the_order_of_people_does_not_matter(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    assert signal(shuffled) == pytest.approx(signal(values), abs=1e-6)


@given(groups())
def test_a_unit_or_a_person_of_whom_nothing_is_known_changes_nothing(values):
    assert signal([[*row, None] for row in values]) == signal(values)
    assert signal([*values, [None] * len(values[0])]) == signal(values)


@given(groups())
def test_it_is_a_number_within_its_bounds(values):
    assert -MOST <= signal(values) <= MOST


@pytest.mark.parametrize("values", [[], [[]], [[None, None]], [[1.0] * 9], [[0.0] * 9] * 5, [[1.0] * 9] * 5])
def test_nothing_known_or_nothing_changed_is_nothing(values):
    assert signal(values) == 0.0


def test_all_who_begin_in_the_middle_are_as_clear_as_it_gets():
    assert signal([[0.0] * 7 + [1.0] * 6] * 6) > 3 * limit(13, 6)


def test_who_begins_later_than_the_rest_does_not_hide_the_rest():
    values = [[0.0] * start + [1.0] * (13 - start) for start in (3, 4, 6, 8, 9)]
    assert signal(values) > limit(13, 5)


def test_one_bad_week_for_everyone_near_the_end_is_no_change():
    week = [1.0, 0.0] * 5 + [1.0]
    assert abs(signal([[*week, 0.0, 1.0], [*week[::-1], 0.0, 1.0]] * 8)) < limit(13, 16)


@given(st.integers(6, 30), st.integers(4, 100), st.integers(6, 30), st.integers(4, 100))
def test_more_units_never_ask_for_a_clearer_signal(units, people, other_units, other_people):
    assume(units <= other_units and (people < 12) == (other_people < 12))
    assert limit(units, people) >= limit(other_units, other_people)


@pytest.mark.parametrize(("people", "units"), [(5, 13), (8, 13), (8, 26), (60, 13)])
def test_steady_groups_are_seldom_called_and_rising_ones_often(people, units):
    """A short form of benchmarks/direction.py: the table in docs/direction.md has the figures."""
    random = np.random.default_rng(people * units)
    needed, steady, rising = limit(units, people), 0, 0
    slope = np.linspace(math.log(0.25 / 0.75), math.log(0.65 / 0.35), units)
    for _ in range(400):
        own = random.beta(0.8, 1.2, (people, 1))
        steady += abs(signal((random.random((people, units)) < own).astype(float))) >= needed
        own = slope + random.normal(0, 1, (people, 1))
        rising += signal((random.random((people, units)) < 1 / (1 + np.exp(-own))).astype(float)) >= needed
    assert steady <= 0.08 * 400
    assert rising >= {(5, 13): 0.28, (8, 13): 0.48, (8, 26): 0.8, (60, 13): 0.99}[people, units] * 400
