"""What the last review delivered beside today's count of the same quarter: each cause alone, and together.

Every test delivers the second quarter of a small account, changes something, and looks at it from the third.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from delivering import (
    DATA,
    DEFINITION,
    EARLIER,
    ON,
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
from score_building import (
    BOTH_QUARTERS,
    LONG_AGO,
    Case,
    chain,
    frequency,
    milestone,
    percent,
    persona,
    ready_made,
    share,
    week,
    workflow,
)

from qbrgen.define.model.people import Seat
from qbrgen.define.model.settings import Rules
from qbrgen.period import Rhythm
from qbrgen.score.states import TargetState

# ---- nothing changed ------------------------------------------------------------------------------------------------


def test_where_nothing_has_changed_everything_is_as_delivered_and_no_cause_is_told() -> None:
    case = reps()
    found = look_back(case.world, deliver(case.world))
    assert found.delivered_on == ON
    assert found.retired == ()
    told = [found.breadth.delivered, found.depth.delivered, first(found), people(found)]
    assert [one.causes for one in told if one] == [(), (), (), ()]
    assert all(one and one.recounted == one.value for one in told)


def test_data_of_the_next_quarter_are_no_late_data() -> None:
    case = reps()
    record = deliver(case.world, as_of=date(2026, 6, 30))
    assert first(look_back(case.world, record)).causes == ()
    assert people(look_back(case.world, record)).causes == ()


def test_without_a_record_nothing_is_delivered() -> None:
    found = reps().score()
    assert (found.delivered_on, found.retired, found.breadth.delivered, found.depth.delivered) == (None, (), None, None)
    assert found.workflows[0].delivered is None
    assert found.personas[0].delivered is None


def test_the_rest_of_the_picture_is_the_same_with_a_record_as_without() -> None:
    case = reps()
    seen = look_back(flow_changed(case, target=percent("80%")).world, deliver(reps().world))
    bare = replace(
        seen,
        personas=tuple(replace(each, delivered=None) for each in seen.personas),
        workflows=tuple(replace(each, delivered=None) for each in seen.workflows),
        breadth=replace(seen.breadth, delivered=None),
        depth=replace(seen.depth, delivered=None),
        delivered_on=None,
        commitments=None,
        changes=None,
        receipts=tuple(each for each in seen.receipts if not each.id.startswith(("commitment:", "review"))),
    )
    assert bare == case.score()


def test_a_record_of_another_quarter_is_left_alone() -> None:
    case = reps()
    record = deliver(case.world)
    assert look_back(case.world, replace(record, period="2026-Q1")).delivered_on is None


def test_a_record_of_other_weeks_is_left_alone() -> None:
    case = reps()
    record = deliver(case.world)
    weeks = replace(record.window, first=date(2026, 2, 2), last=date(2026, 5, 3))
    assert look_back(case.world, replace(record, window=weeks)).delivered_on is None


# ---- each cause alone -----------------------------------------------------------------------------------------------


def test_another_target_is_told_with_the_one_of_that_time() -> None:
    case = reps(target="40%")
    record = deliver(case.world)
    found = look_back(flow_changed(case, target=percent("70%")).world, record)
    assert first(found).causes == (TARGET,)
    assert (first(found).target, first(found).state) == (percent("40%"), TargetState.MET)
    assert first(found).value == first(found).recounted == Fraction(42, 94)
    assert people(found).causes == ()


def test_another_target_of_the_persona_is_told_at_the_persona_alone() -> None:
    case = reps()
    record = deliver(case.world)
    found = look_back(changed(case, target=percent("90%")).world, record)
    assert (people(found).causes, people(found).target) == ((TARGET,), percent("70%"))
    assert first(found).causes == ()
    assert found.breadth.delivered is not None
    assert found.breadth.delivered.causes == ()


def test_events_that_count_otherwise_are_another_definition_for_the_workflow_and_its_people() -> None:
    case = reps()
    record = deliver(case.world)
    found = look_back(flow_changed(case, measure=share("done other", "done other")).world, record)
    assert first(found).causes == (DEFINITION,)
    assert (first(found).value, first(found).recounted) == (Fraction(42, 94), Fraction(1))
    assert people(found).causes == (DEFINITION,)
    assert (people(found).numerator, people(found).recounted) == (3, Fraction(1))


def test_the_order_of_names_that_are_added_up_is_no_other_definition() -> None:
    case = Case(persona(workflow(share("done also", "done also other")))).people(4, BOTH_QUARTERS)
    record = deliver(case.world)
    found = look_back(flow_changed(case, measure=share("also done", "other done also")).world, record)
    assert first(found).causes == people(found).causes == ()


def test_a_denominator_makes_nobody_active() -> None:
    case = reps()
    record = deliver(case.world)
    found = look_back(flow_changed(case, measure=share("done", "done other more")).world, record)
    assert first(found).causes == (DEFINITION,)
    assert people(found).causes == ()


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (frequency(1), frequency(2)),
        (chain(within=5), chain(within=6)),
        (chain("first then"), chain("then first")),
        (milestone(14), milestone(21)),
        (milestone(14, done=1), milestone(14, done=2)),
        (frequency(1), share()),
    ],
)
def test_any_other_count_is_another_definition(then: Any, now: Any) -> None:
    case = Case(persona(workflow(then))).people(4, BOTH_QUARTERS)
    record = deliver(case.world)
    assert DEFINITION in first(look_back(flow_changed(case, measure=now).world, record)).causes


def test_another_rhythm_is_another_definition_for_people_and_what_they_do() -> None:
    case = Case(persona(workflow(frequency()))).people(4, BOTH_QUARTERS)
    record = deliver(case.world)
    found = look_back(changed(case, rhythm=Rhythm.TWO_WEEKS).world, record)
    assert DEFINITION in first(found).causes
    assert DEFINITION in people(found).causes


def test_another_rule_of_who_is_active_is_another_definition_for_people_alone() -> None:
    case = reps()
    record = deliver(case.world)
    case.world.rules = Rules(active_share=Fraction(1, 5))
    found = look_back(case.world, record)
    assert people(found).causes == (DEFINITION,)
    assert first(found).causes == ()
    assert found.breadth.delivered is not None
    assert found.breadth.delivered.causes == (DEFINITION,)


def test_someone_who_left_since_is_a_change_of_the_roster() -> None:
    case = reps()
    record = deliver(case.world)
    gone = replace(case.account.people[0], seats=(Seat("reps", LONG_AGO, week(1) - timedelta(days=1)),))
    found = look_back(case._with(people=(gone, *case.account.people[1:])).world, record)
    assert first(found).causes == people(found).causes == (ROSTER,)
    assert first(found).recounted == first(found).value
    assert (people(found).numerator, people(found).denominator) == (3, 4)
    previous = found.personas[0].previous
    assert previous is not None
    assert (previous.active_then, previous.both) == (2, 3)


def test_someone_taken_off_the_roster_altogether_is_one_too() -> None:
    case = reps()
    record = deliver(case.world)
    found = look_back(case._with(people=case.account.people[1:]).world, record)
    assert first(found).causes == people(found).causes == (ROSTER,)
    assert first(found).recounted != first(found).value


def test_a_seat_that_reads_differently_today_is_one_too() -> None:
    case = reps()
    record = deliver(case.world)
    later = replace(case.account.people[0], seats=(Seat("reps", week(-4), None),))
    assert ROSTER in first(look_back(case._with(people=(later, *case.account.people[1:])).world, record)).causes


def test_a_roster_that_changes_no_figure_is_not_told() -> None:
    case = reps().person("idle", start=week(-12)).person("gone", start=week(-12), end=week(-2))
    record = deliver(case.world)
    renamed = tuple(replace(each, id="other") if each.id == "gone" else each for each in case.account.people)
    found = look_back(case._with(people=renamed).world, record)
    assert first(found).causes == people(found).causes == ()


def test_events_that_came_late_are_told_as_data() -> None:
    case = reps()
    record = deliver(case.world)
    found = look_back(case.did("slow", EARLIER).world, record)
    assert first(found).causes == people(found).causes == (DATA,)
    assert (first(found).value, first(found).recounted) == (Fraction(42, 94), Fraction(55, 107))
    assert (people(found).value, people(found).recounted) == (Fraction(3, 4), Fraction(1))


def test_events_put_down_to_somebody_else_are_told_as_data_though_their_number_is_the_same() -> None:
    case = reps()
    record = deliver(case.world)
    moved = [replace(r, user="slow") if r.user == "p0" and r.day < week(-5) else r for r in case.world.rows]
    case.world.rows[:] = moved
    assert people(look_back(case.world, record)).causes == (DATA,)


def test_late_events_of_a_stranger_change_no_figure_and_are_not_told() -> None:
    case = reps()
    record = deliver(case.world)
    found = look_back(case.did("stranger", EARLIER).world, record)
    assert first(found).causes == people(found).causes == ()


def test_a_ready_made_value_that_was_corrected_is_told_as_data() -> None:
    case = Case(persona(workflow(frequency()), workflow(ready_made(), name="mail"))).people(4, BOTH_QUARTERS)
    case.value(week(-3), week(-3) + timedelta(days=6), 0.8)
    record = deliver(case.world)
    case.world.values[0]["value"] = 0.9
    found = look_back(case.world, record).workflows[1].delivered
    assert found is not None
    assert (found.causes, found.value, found.recounted) == ((DATA,), Fraction(4, 5), Fraction(9, 10))


def test_a_figure_for_which_no_data_had_come_then_is_told_as_data() -> None:
    case = Case(persona(workflow(frequency()), workflow(ready_made(), name="mail"))).people(4, BOTH_QUARTERS)
    record = deliver(case.world)
    case.value(week(-3), week(-3) + timedelta(days=6), 0.8)
    found = look_back(case.world, record).workflows[1].delivered
    assert found is not None
    assert (found.causes, found.state, found.value) == ((DATA,), TargetState.NO_DATA, None)


def test_a_review_made_before_the_quarter_was_over_differs_by_data() -> None:
    case = reps().did("slow", range(-3, 1))
    record = deliver(case.world, as_of=date(2026, 5, 31))
    assert first(look_back(case.world, record)).causes == (DATA,)


# ---- together -------------------------------------------------------------------------------------------------------


def test_target_roster_and_late_data_are_told_together_and_no_definition() -> None:
    case = reps(target="40%")
    record = deliver(case.world)
    case = flow_changed(case, target=percent("70%")).did("slow", EARLIER)
    found = look_back(case._with(people=case.account.people[1:]).world, record)
    assert first(found).causes == (TARGET, ROSTER, DATA)
    assert people(found).causes == (ROSTER, DATA)


def test_all_four_are_told_together() -> None:
    case = reps(target="40%")
    record = deliver(case.world)
    case = flow_changed(case, target=percent("70%"), measure=share("done", "done other done")).did("slow", EARLIER)
    case = flow_changed(case, measure=share("done", "other"))
    found = look_back(case._with(people=case.account.people[1:]).world, record)
    assert first(found).causes == (TARGET, DEFINITION, ROSTER, DATA)
