"""The record of a review: what it holds, workflows that came and went, and that nothing changes by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from delivering import (
    DEFINITION,
    EARLIER,
    ROSTER,
    TARGET,
    changed,
    deliver,
    first,
    flow_changed,
    look_back,
    people,
    reps,
)
from score_building import BOTH_QUARTERS, Case, frequency, milestone, percent, persona, share, week, workflow

from qbrgen.audience import Audience, redact
from qbrgen.define.model.review import PersonDelivered


def test_a_workflow_of_the_record_that_is_no_longer_defined_is_told() -> None:
    old = workflow(frequency(), "50%", "reviews")
    case = Case(persona(workflow(share()), old)).people(4, BOTH_QUARTERS)
    record = deliver(case.world)
    found = look_back(changed(case, workflows=case.account.personas[0].workflows[:1]).world, record)
    assert [(each.id, each.name, each.value, each.target) for each in found.retired] == [
        ("reps/reviews", "Reviews", Fraction(1), Fraction(1, 2))
    ]
    assert found.depth.delivered is not None
    assert (found.depth.delivered.numerator, found.depth.delivered.denominator) == (2, 2)
    assert found.depth.delivered.causes == (DEFINITION,)


def test_a_workflow_that_the_record_does_not_have_has_nothing_delivered() -> None:
    case = Case(persona(workflow(share()))).people(4, BOTH_QUARTERS)
    record = deliver(case.world)
    more = (*case.account.personas[0].workflows, workflow(frequency(), name="reviews"))
    found = look_back(changed(case, workflows=more).world, record)
    assert found.workflows[0].delivered is not None
    assert found.workflows[1].delivered is None


def test_depth_says_how_many_were_on_target_as_delivered_and_by_todays_definition() -> None:
    case = reps(target="40%")
    record = deliver(case.world)
    found = look_back(flow_changed(case, target=percent("70%")).world, record)
    depth = found.depth.delivered
    assert depth is not None
    assert (depth.numerator, depth.denominator, depth.recounted) == (1, 1, Fraction(0))
    assert depth.causes == (TARGET,)
    assert found.depth.previous == (0, 1)


def test_a_persona_that_came_since_is_a_change_of_what_is_counted() -> None:
    case = reps()
    record = deliver(case.world)
    leads = persona(workflow(frequency(), name="reviews"), name="leads")
    case = case._with(personas=(*case.account.personas, leads)).people(2, BOTH_QUARTERS, name="l", role="leads")
    found = look_back(case.world, record)
    assert found.breadth.delivered is not None
    assert (found.breadth.delivered.numerator, found.breadth.delivered.causes) == (3, (DEFINITION,))
    assert found.personas[1].delivered is None


def test_what_the_data_no_longer_hold_is_told_as_delivered() -> None:
    case = reps(target="40%")
    record = deliver(case.world)
    found = look_back(replace(flow_changed(case, target=percent("70%")).world, data_start=week(-1)), record)
    assert found.previous_period is None
    assert (first(found).value, first(found).recounted) == (Fraction(42, 94), None)
    assert first(found).causes == (TARGET,)
    assert people(found).causes == ()


def test_the_record_holds_everyone_in_seat_with_their_state_and_weeks() -> None:
    case = reps().person("late", [0], start=week(-1)).person("left", [-12], end=week(-8) - timedelta(days=1))
    case.person("away", away=[(week(-12), week(1))])
    record = deliver(case.world)
    assert record.personas[0].people == {
        **{name: PersonDelivered("active", 13) for name in ("p0", "p1", "p2")},
        "slow": PersonDelivered("occasional", 13),
        "late": PersonDelivered("new", 2),
        "left": PersonDelivered("left", 4),
        "away": PersonDelivered("away", 0),
    }
    assert (record.personas[0].active, record.personas[0].counted) == (3, 4)


def test_the_record_counts_every_event_of_its_weeks_by_whoever() -> None:
    case = reps().did("stranger", EARLIER, times=2).did("p0", [1], "other")
    assert deliver(case.world).events == {"done": 3 * 13 + 3 + 26, "other": 4 * 13}


def test_a_milestones_record_names_those_whose_time_was_up() -> None:
    case = Case(persona(workflow(milestone()))).person("new", [-5], start=week(-5)).person("old", BOTH_QUARTERS)
    assert deliver(case.world).personas[0].workflows[0].people == ("new",)


def test_the_customer_sees_figures_and_causes_and_no_id() -> None:
    case = reps(target="40%").person("leaver-canary", EARLIER, end=week(1))
    record = deliver(case.world)
    seen = redact(look_back(flow_changed(case, target=percent("70%")).world, record), Audience.CUSTOMER)
    assert first(seen).causes == (TARGET, ROSTER)
    assert "canary" not in repr(seen)


@pytest.mark.parametrize("seed", range(25))
def test_in_any_workspace_an_unchanged_account_has_no_causes_but_its_roster(seed: int) -> None:
    from random_worlds import random_world

    world = random_world(seed)
    if world.data_start > date(2026, 6, 15):
        return  # no full week of the second quarter
    for name in world.accounts:
        record = deliver(world, name)
        found = look_back(world, record)
        told = [each.delivered for each in (*found.personas, *found.workflows)]
        assert all(one is not None for one in told)
        assert {cause for one in told if one for cause in one.causes} <= {ROSTER}
        for one in told:
            if one and found.previous_period:
                assert one.recounted == one.value


def test_the_same_rows_in_another_order_make_the_same_record() -> None:
    case = reps()
    record = deliver(case.world)
    case.world.rows.reverse()
    assert deliver(case.world) == record
