"""Spreading, shrinking, no clear change, too early to tell: on known cases, from events to the call."""

from __future__ import annotations

import pytest
from score_building import BOTH_QUARTERS, QUARTER, Case, persona, ready_made, share, week, workflow

from qbrgen.period import Rhythm, week_of
from qbrgen.score.states import Trend
from qbrgen.score.trend import theil_sen


def points(*shares):
    return [(number, share, 10) for number, share in enumerate(shares)]


@pytest.mark.parametrize(
    "shares",
    [(1, 2, 3, 4, 5, 6, 7, 8), (5, 4, 6, 3, 7, 2, 8, 1), (3, 3, 3, 4, 4, 5, 5, 5, 6), (9, 9, 8, 8, 7, 3, 2, 1)],
)
def test_theil_sen_is_scipys(shares):
    stats = pytest.importorskip("scipy.stats")
    expected = stats.theilslopes([s / 10 for s in shares], range(len(shares)))
    assert theil_sen(points(*shares)) == pytest.approx(expected.slope)


def rising(number=6):
    """People who do it in a few weeks of the first quarter and in all of the second."""
    case = Case()
    for index in range(number):
        case.person(f"p{index}", [*range(-12 + index, 1, 4), *QUARTER])
    return case


def test_more_people_in_more_weeks_is_spreading():
    direction = rising().score().direction
    assert direction.trend is Trend.SPREADING
    assert (direction.more, direction.less, direction.same, direction.weeks) == (6, 0, 0, 26)
    assert direction.slope > 0


def test_fewer_people_in_fewer_weeks_is_shrinking():
    case = Case()
    for index in range(6):
        case.person(f"p{index}", [*range(-12, 1), *range(1 + index, 14, 4)])
    direction = case.score().direction
    assert (direction.trend, direction.less) == (Trend.SHRINKING, 6)


def test_steady_work_is_no_clear_change():
    assert Case().people(6, BOTH_QUARTERS).score().direction.trend is Trend.UNCLEAR


def test_one_week_that_is_bad_for_everyone_is_no_clear_change():
    assert Case().people(6, range(-12, 13)).score().direction.trend is Trend.UNCLEAR


def test_four_people_who_all_rise_are_clear_and_one_of_eight_is_not():
    assert rising(4).score().direction.trend is Trend.SPREADING
    one = Case().people(7, range(-12, 14, 2)).person("riser", QUARTER)
    assert one.score().direction.trend is Trend.UNCLEAR


def test_a_call_says_how_clear_it_is_and_how_clear_it_had_to_be():
    direction = rising().score().direction
    assert direction.limit == 1.8
    assert direction.signal > direction.limit
    early = rising(3).score().direction
    assert (early.signal, early.limit) == (None, None)


def test_one_busy_person_does_not_turn_a_share_for_all():
    case = Case(persona(workflow(share())))
    for index in range(6):
        case.person(f"p{index}", range(-12, 14, 2), times=1)
        case.did(f"p{index}", BOTH_QUARTERS, "other", 4)
    case.person("busy", range(1, 14), times=500)
    case.did("busy", BOTH_QUARTERS, "other", 900)
    assert case.score().workflows[0].direction.trend is Trend.UNCLEAR


def test_fewer_than_four_people_are_too_early_to_tell():
    assert rising(3).score().direction.trend is Trend.TOO_EARLY


def test_six_months_are_enough_for_a_monthly_rhythm():
    case = Case(persona(rhythm=Rhythm.MONTH))
    for index in range(6):
        case.person(f"p{index}", [week for week in (-11, -7, -3, 1, 6, 10) if week >= 4 * (index - 3)])
    direction = case.score().direction
    assert (direction.trend, direction.weeks, direction.limit) == (Trend.SPREADING, 6, 2.2)


def test_fewer_than_eight_weeks_are_too_early_to_tell():
    case = Case().people(6, QUARTER)
    assert case.score(data_start=week(7)).direction.trend is Trend.TOO_EARLY
    assert case.score(data_start=week(6)).direction.trend is Trend.UNCLEAR


def test_a_silent_feed_has_no_direction():
    picture = Case().people(6, [-4]).score()
    assert picture.direction.trend is picture.personas[0].direction.trend is Trend.NO_DATA
    assert picture.workflows[0].direction.trend is Trend.NO_DATA


def test_joiners_and_leavers_are_no_trend():
    case = Case().people(5, BOTH_QUARTERS)
    case.people(6, QUARTER, name="new", start=week(3))
    case.people(3, [-3], name="gone", end=week(4))
    direction = case.people(3, range(-12, 1), name="going", end=week(12)).score().direction
    assert direction.trend is Trend.UNCLEAR
    assert direction.more + direction.less + direction.same == 5


def test_where_too_few_can_be_compared_over_both_quarters_this_one_is_taken():
    direction = Case().people(2, BOTH_QUARTERS).people(4, QUARTER, name="new", start=week(1)).score().direction
    assert (direction.trend, direction.weeks) == (Trend.UNCLEAR, 13)


def test_a_closed_week_is_not_among_the_weeks():
    case = Case().people(5, BOTH_QUARTERS)
    case.world.closed = frozenset({week_of(week(2))})
    assert case.score().direction.weeks == 25


def test_a_share_has_a_direction_of_its_own():
    case = Case(persona(workflow(share())))
    for index in range(6):
        case.person(f"p{index}", BOTH_QUARTERS, times=1)
        for number in range(-12, 14):
            case.did(f"p{index}", [number], "other", max(1, 14 - number))
    picture = case.score()
    assert picture.personas[0].direction.trend is Trend.UNCLEAR
    assert picture.workflows[0].direction.trend is Trend.SPREADING


def test_a_ready_made_value_is_too_early_to_tell():
    case = Case(persona(workflow(ready_made()))).people(6, QUARTER).value(week(2), week(2), 0.5)
    assert case.flow().direction.trend is Trend.TOO_EARLY


def test_an_account_speaks_for_everyone_by_week_where_its_people_work_in_several_rhythms():
    case = Case(persona(), persona(name="managers", rhythm=Rhythm.MONTH))
    for index in range(4):
        case.person(f"rep{index}", range(-12, index))  # each stops
    for index in range(5):
        case.person(f"boss{index}", range(-12 + index % 3, 14, 4), role="managers")  # steady, once a month
    picture = case.score()
    reps, managers = picture.personas
    assert (reps.direction.trend, managers.direction.trend) == (Trend.SHRINKING, Trend.UNCLEAR)
    assert (managers.direction.rhythm, managers.direction.weeks) == (Rhythm.MONTH, 6)
    overall = picture.direction
    assert (overall.trend, overall.rhythm, overall.weeks) == (Trend.SHRINKING, Rhythm.WEEK, 26)
    assert overall.more + overall.less + overall.same == 9


def test_an_account_of_one_rhythm_goes_by_it():
    case = Case(persona(rhythm=Rhythm.MONTH)).people(5, range(-12, 14, 4))
    assert (case.score().direction.rhythm, case.score().direction.weeks) == (Rhythm.MONTH, 6)


@pytest.mark.parametrize(
    ("start", "closed", "compared"), [(-6, (), 5), (-5, (), 4), (-5, (-12, 13), 5), (-4, (-12, 13), 4)]
)
def test_those_in_seat_in_at_least_half_of_either_half_are_compared(start, closed, compared):
    case = Case().people(4, BOTH_QUARTERS).person("late", range(start, 14), start=week(start))
    direction = case.score(closed=frozenset(week_of(week(number)) for number in closed)).direction
    assert direction.more + direction.less + direction.same == compared
