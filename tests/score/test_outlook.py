"""Trouble that other figures hide: turning down while on target, masked by logins."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from score_building import BOTH_QUARTERS, QUARTER, Case, frequency, persona, share, workflow

from qbrgen.audience import Audience
from qbrgen.score.states import GapKind, Standing


def kinds(picture):
    return {gap.kind for gap in picture.gaps}


def the(picture, kind):
    return next(gap for gap in picture.gaps if gap.kind is kind)


# ---- turning down ---------------------------------------------------------------------------------------------------


def turning(number=8, target="60%"):
    """Everyone did it every week until four weeks ago, and in one of the last four since."""
    case = Case(persona(workflow(frequency(), target)))
    for index in range(number):
        case.person(f"p{index}", [*range(-12, 10), 10 + index % 4])
    return case


def test_still_on_target_with_the_last_four_weeks_far_below_is_turning_down():
    picture = turning().score()
    found = the(picture, GapKind.TURNING_DOWN)
    assert (found.fact("less"), found.fact("more")) == (8, 0)
    assert (found.fact("recent"), found.fact("earlier")) == (Fraction(1, 4), 1)
    assert found.audience is Audience.CUSTOMER


def test_a_workflow_off_target_is_off_target_not_turning_down():
    assert GapKind.TURNING_DOWN not in kinds(turning(target="90%").score())


def test_five_people_are_enough_and_four_are_not():
    assert GapKind.TURNING_DOWN in kinds(turning(5).score())
    assert GapKind.TURNING_DOWN not in kinds(turning(4).score())


def test_one_bad_week_turns_nothing_down_however_bad():
    assert GapKind.TURNING_DOWN not in kinds(Case().people(12, range(-12, 13)).score())


def test_two_bad_weeks_of_the_last_four_do():
    """Without the worst of them 26 of 39 are left, far below every pair of weeks before."""
    assert GapKind.TURNING_DOWN in kinds(Case(persona(workflow(frequency(), "60%"))).people(13, range(-12, 12)).score())


def by_points(points, people=10):
    """A share of 90% in every week before, and so many points less in the last four."""
    case = Case(persona(workflow(share(), "50%")))
    for index in range(people):
        case.person(f"p{index}")
        for number in BOTH_QUARTERS:
            good = 90 if number < 10 else 90 - points
            case.did(f"p{index}", [number], "done", good).did(f"p{index}", [number], "other", 100 - good)
    return case


def test_exactly_twenty_points_turn_a_small_group_and_one_less_does_not():
    # five people who all do it less: p = 1/32
    assert GapKind.TURNING_DOWN in kinds(by_points(20, 5).score())
    assert GapKind.TURNING_DOWN not in kinds(by_points(19, 5).score())


def test_ten_points_are_enough_where_luck_is_less_than_one_in_a_hundred():
    # seven people: p = 1/128; six: 1/64
    assert GapKind.TURNING_DOWN in kinds(by_points(10, 7).score())
    assert GapKind.TURNING_DOWN not in kinds(by_points(9, 7).score())
    assert GapKind.TURNING_DOWN not in kinds(by_points(10, 6).score())


def test_one_bad_week_before_hides_no_turn():
    case = Case(persona(workflow(frequency(), "50%")))
    for index in range(8):
        case.person(f"p{index}", [*(number for number in range(-12, 10) if number != -5), 10 + index % 4])
    assert GapKind.TURNING_DOWN in kinds(case.score())


def test_as_low_as_two_weeks_in_a_row_were_before_is_nothing_new():
    case = Case(persona(workflow(frequency(), "50%")))
    for index in range(8):
        weeks = [number for number in BOTH_QUARTERS if number not in (-5, -4)]
        case.person(f"p{index}", [number for number in weeks if number < 10])
    assert GapKind.TURNING_DOWN not in kinds(case.score())


@pytest.mark.parametrize("people", [5, *(pytest.param(more, marks=pytest.mark.slow) for more in (8, 20))])
def test_fifty_steady_workflows_raise_less_than_one_false_turn_on_average(people):
    """Seeded: coin flips, own habits, sticky habits, weeks good or bad for all, a holiday near the end.

    Ten accounts with five workflows on target each; every state alone: benchmarks/turning_down.py.
    """
    rng, runs, false = Random(20260927), 60, 0
    for kind in range(5):
        for _ in range(runs):
            false += GapKind.TURNING_DOWN in kinds(steady(rng, kind, people).score())
    assert false / (5 * runs) * 50 < 1


def steady(rng, kind, people):
    case = Case(persona(workflow(frequency(), "1%")))
    good = {number: rng.gauss(0, 0.12) for number in BOTH_QUARTERS}
    holiday = rng.choice(range(10, 14))
    for index in range(people):
        habit, done, weeks = (0.4 if kind in (0, 2) else rng.betavariate(0.8, 1.2)), rng.random() < 0.4, []
        for number in BOTH_QUARTERS:
            chance = habit + (good[number] if kind == 3 else 0)
            if kind == 2:
                chance = 0.4 + 0.6 * (done - 0.4)
            if kind == 4 and number == holiday:
                chance *= 0.3
            done = rng.random() < chance
            weeks += [number] * done
        case.person(f"p{index}", weeks)
    return case


# ---- masked by logins -----------------------------------------------------------------------------------------------


def busy(logins=QUARTER):
    case = Case().people(5, [2, 5])
    for index in range(5):
        case.logged_in(f"p{index}", logins)
    return case


def test_present_in_three_quarters_of_weeks_without_being_active_is_masked():
    picture = busy(range(1, 11)).score()
    found = the(picture, GapKind.MASKED)
    assert (found.fact("pattern"), found.audience) == ("not active", Audience.INTERNAL)
    assert picture.standing is Standing.AT_RISK
    assert GapKind.MASKED not in kinds(busy(range(1, 10)).score())


def at_work(active, others, logins=QUARTER, target="90%"):
    """So many who do the work every week, and so many who seldom do; all of them log in."""
    case = Case(persona(target=target)).people(active, QUARTER)
    for index in range(others):
        case.person(f"idle{index}", [2, 5]).logged_in(f"idle{index}", logins)
    for index in range(active):
        case.logged_in(f"p{index}", QUARTER)
    return case.score()


def test_the_presence_of_those_who_do_the_work_masks_nothing():
    # 8 of 9 active misses a target of 90%; the ninth was there in 2 of 13 weeks, all nine in 106 of 117
    assert GapKind.MASKED not in kinds(at_work(8, 1, logins=[2, 5]))
    found = the(at_work(8, 1), GapKind.MASKED)
    assert dict(found.facts) == {"pattern": "not active", "active": 8, "counted": 9}
    assert found.who == ("idle0",)


@pytest.mark.parametrize(("active", "at_risk"), [(4, False), (3, False), (2, True)])
def test_masked_people_put_an_account_at_risk_only_where_fewer_than_half_are_active(active, at_risk):
    case = Case(persona(target="90%"), persona(name="leads"))
    case.people(active, QUARTER)
    for index in range(6 - active):
        case.person(f"idle{index}", [2, 5]).logged_in(f"idle{index}", QUARTER)
    case.person("lead", QUARTER, role="leads")
    picture = case.score()
    assert the(picture, GapKind.MASKED).hides_inactive
    assert picture.standing is (Standing.AT_RISK if at_risk else Standing.PARTIAL)


def test_presence_that_holds_while_completion_falls_is_masked():
    case = Case(persona(target="0%"))
    for index in range(6):
        case.person(f"p{index}", [*range(-12, 1), *range(1 + index, 14, 4)]).logged_in(f"p{index}", BOTH_QUARTERS)
    assert the(case.score(), GapKind.MASKED).fact("pattern") == "falling"


def test_presence_that_falls_along_with_completion_masks_nothing():
    case = Case(persona(target="0%"))
    for index in range(6):
        weeks = [*range(-12, 1), *range(1 + index, 14, 4)]
        case.person(f"p{index}", weeks).logged_in(f"p{index}", weeks)
    assert GapKind.MASKED not in kinds(case.score())


def test_no_figure_of_presence_is_anywhere_in_the_picture():
    case = busy(range(1, 12))
    found = the(case.score(), GapKind.MASKED)
    assert dict(found.facts) == {"pattern": "not active", "active": 0, "counted": 5}
    with_logins = case.score()
    case.world.presence = []
    without = case.score()
    masked = with_logins.receipt("gap:masked/reps")
    assert (masked.numerator, masked.denominator, masked.events) == (0, 5, ())
    others = [receipt for receipt in with_logins.receipts if receipt not in (masked, with_logins.receipt("gaps"))]
    assert [receipt for receipt in others if receipt not in without.receipts] == []
    assert with_logins.personas == without.personas


def test_present_in_exactly_three_quarters_of_the_person_weeks_is_masked():
    case = Case().person("p0", [2, 5])
    for index in (1, 2, 3):
        case.person(f"p{index}", [2, 5]).logged_in(f"p{index}", QUARTER)
    # 39 of 52 person-weeks
    assert the(case.score(), GapKind.MASKED).fact("pattern") == "not active"
    case.world.presence.pop()
    assert GapKind.MASKED not in kinds(case.score())


def test_where_presence_is_not_given_nothing_is_masked():
    assert GapKind.MASKED not in kinds(Case().people(5, [2, 5]).score())
