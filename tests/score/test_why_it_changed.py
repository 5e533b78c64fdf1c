"""Why a figure is not as the last review delivered it: each cause alone, and together.

Most tests deliver the second quarter of a small account, change one thing, and look at it from the third; the others
deliver the third and look again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from changing import figure, found
from delivering import EARLIER, deliver, flow_changed, look_back, reps
from score_building import (
    BOTH_QUARTERS,
    QUARTER,
    Case,
    frequency,
    milestone,
    percent,
    persona,
    ready_made,
    share,
    week,
    workflow,
)

from qbrgen.define.model.review import ReviewRecord
from qbrgen.define.model.settings import Rules
from qbrgen.score.change import FigureChange, FigureKind, Why
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import PersonState, TargetState

DATA, ROSTER, DEFINITION, TARGET = Why.DATA, Why.ROSTER, Why.DEFINITION, Why.TARGET
LEFT, EVENTS, JOINED = Why.LEFT, Why.EVENTS, Why.JOINED


def again(case: Case, record: ReviewRecord) -> AccountPicture:
    """The quarter of the record itself, with the record in the workspace."""
    return look_back(replace(case.world, period=record.period), record)


def flow_of(picture: AccountPicture) -> FigureChange:
    return figure(picture, f"workflow:{picture.workflows[0].id}")


def causes(picture: AccountPicture) -> set[Why]:
    return {cause for each in found(picture).figures for cause in each.causes}


def sizes(change: FigureChange) -> list[tuple[tuple[Why, ...], Fraction | None]]:
    return [(step.causes, step.value) for step in change.steps]


def without(case: Case, name: str) -> Case:
    return case._with(people=tuple(each for each in case.account.people if each.id != name))


# ---- the quarter that was delivered, each cause alone ---------------------------------------------------------------


def test_where_nothing_changed_nothing_has_changed() -> None:
    case = reps()
    changes = found(again(case, deliver(case.world)))
    assert (changes.figures, changes.late, changes.same_period) == ((), (), True)


def test_late_rows_alone_are_told_as_late_data_alone_with_how_many() -> None:
    case = reps()
    record = deliver(case.world)
    picture = again(case.did("slow", EARLIER), record)
    assert causes(picture) == {DATA}
    assert [(late.event, late.now - late.then) for late in found(picture).late] == [("done", 13)]
    assert sizes(flow_of(picture)) == [((DATA,), Fraction(55, 107) - Fraction(42, 94))]
    reps_now = figure(picture, "persona:reps")
    assert [(move.id, move.then, move.now) for move in reps_now.steps[0].moves] == [
        ("slow", PersonState.OCCASIONAL, PersonState.ACTIVE)
    ]


def test_late_rows_of_someone_without_a_start_date_move_their_seat_and_are_still_late_data_alone() -> None:
    case = reps().person("undated", range(-8, 1), start=None)
    record = deliver(case.world)
    assert causes(again(case.did("undated", range(-12, -8)), record)) == {DATA}


def test_an_edit_of_the_roster_alone_is_told_as_people_alone() -> None:
    case = reps()
    record = deliver(case.world)
    picture = again(without(case, "p0"), record)
    assert causes(picture) == {ROSTER}
    assert found(picture).late == ()
    assert [(move.id, move.then, move.now) for move in figure(picture, "persona:reps").steps[0].moves] == [
        ("p0", PersonState.ACTIVE, None)
    ]


def test_a_definition_edit_alone_is_told_as_definition_alone() -> None:
    case = reps()
    record = deliver(case.world)
    picture = again(flow_changed(case, measure=share("done other", "done other")), record)
    assert causes(picture) == {DEFINITION}
    assert sizes(flow_of(picture)) == [((DEFINITION,), 1 - Fraction(42, 94))]


def test_another_way_of_counting_that_moves_no_figure_is_still_told() -> None:
    case = reps()
    record = deliver(case.world)
    change = flow_of(again(flow_changed(case, measure=share("done", "done other more")), record))
    assert (change.causes, change.steps, change.then == change.now) == ((DEFINITION,), (), True)


def test_another_target_moves_no_value_and_is_told_apart_from_the_definition() -> None:
    case = reps(target="40%")
    record = deliver(case.world)
    picture = again(flow_changed(case, target=percent("70%")), record)
    assert causes(picture) == {TARGET}
    step = flow_of(picture).steps[0]
    assert (step.value, step.before.state, step.after.state) == (0, TargetState.MET, TargetState.NOT_MET)
    assert [(s.numerator, s.denominator) for s in figure(picture, "workflows").steps] == [(-1, 0)]


def test_another_rule_of_who_is_active_is_a_definition_for_people_alone() -> None:
    case = reps()
    record = deliver(case.world)
    case.world.rules = Rules(active_share=Fraction(1, 5))
    picture = again(case, record)
    assert causes(picture) == {DEFINITION}
    assert [each.kind for each in found(picture).figures] == [FigureKind.PEOPLE, FigureKind.PERSONA]


def test_rows_put_down_to_somebody_else_may_be_either_and_are_not_guessed() -> None:
    case = reps()
    record = deliver(case.world)
    case.world.rows[:] = [
        replace(r, user="slow") if r.user == "p0" and r.day < week(-5) else r for r in case.world.rows
    ]
    picture = again(case, record)
    assert all(step.causes == (DATA, ROSTER) for step in figure(picture, "persona:reps").steps)


def test_a_roster_edit_and_late_rows_at_once_cannot_be_told_apart() -> None:
    case = reps()
    record = deliver(case.world)
    picture = again(without(case, "p0").did("slow", EARLIER), record)
    assert flow_of(picture).causes == (DATA, ROSTER)


def test_a_corrected_ready_made_value_is_told_as_data() -> None:
    case = Case(persona(workflow(frequency()), workflow(ready_made(), name="mail"))).people(4, BOTH_QUARTERS)
    case.value(week(-3), week(-3) + timedelta(days=6), 0.8)
    record = deliver(case.world)
    case.world.values[0]["value"] = 0.9
    picture = again(case, record)
    assert sizes(figure(picture, "workflow:reps/mail")) == [((DATA,), Fraction(1, 10))]


def test_late_rows_a_new_definition_and_a_new_target_are_three_steps() -> None:
    case = reps(target="40%")
    record = deliver(case.world)
    case = flow_changed(case, target=percent("70%"), measure=share("done", "other")).did("slow", EARLIER)
    change = flow_of(again(case, record))
    assert [step.causes for step in change.steps] == [(DATA,), (DEFINITION,), (TARGET,)]


# ---- a later quarter ------------------------------------------------------------------------------------------------


def test_the_same_work_of_the_same_people_in_the_next_quarter_has_changed_nothing() -> None:
    case = Case(persona(workflow(share()))).people(4, BOTH_QUARTERS)
    assert found(look_back(case.world, deliver(case.world))).figures == ()


def test_new_events_alone_are_told_as_new_events_alone() -> None:
    case = reps()
    record = deliver(case.world)
    picture = look_back(case.did("slow", QUARTER).world, record)
    assert causes(picture) == {EVENTS}
    assert found(picture).late == ()
    (move,) = figure(picture, "persona:reps").steps[0].moves
    assert (move.id, move.then, move.now) == ("slow", PersonState.OCCASIONAL, PersonState.ACTIVE)


def test_someone_who_left_alone_is_told_as_people_alone() -> None:
    case = Case(persona(workflow(frequency()))).people(3, BOTH_QUARTERS)
    case.person("idle", start=week(-12), end=week(1) - timedelta(days=1))
    picture = look_back(case.world, deliver(case.world))
    assert causes(picture) == {LEFT}
    assert sizes(flow_of(picture)) == [((LEFT,), Fraction(1, 4))]
    assert [move.id for move in flow_of(picture).steps[0].moves] == ["idle"]
    (move,) = figure(picture, "persona:reps").steps[0].moves
    assert (move.id, move.then, move.now) == ("idle", PersonState.NOT_YET, None)


def test_someone_who_joined_alone_is_told_as_people_alone() -> None:
    case = Case(persona(workflow(frequency()))).people(3, BOTH_QUARTERS).person("late", start=week(1))
    picture = look_back(case.world, deliver(case.world))
    assert causes(picture) == {JOINED}
    assert sizes(flow_of(picture)) == [((JOINED,), Fraction(-1, 4))]
    (move,) = figure(picture, "persona:reps").steps[0].moves
    assert (move.id, move.then, move.now) == ("late", None, PersonState.NOT_YET)


def test_someone_who_was_new_and_counts_now_is_told_as_such() -> None:
    case = Case(persona(workflow(frequency()))).people(3, BOTH_QUARTERS).person("late", range(-1, 14), start=week(-1))
    (move,) = figure(look_back(case.world, deliver(case.world)), "persona:reps").steps[0].moves
    assert (move.then, move.now) == (PersonState.NEW, PersonState.ACTIVE)


def test_a_milestone_has_other_people_each_quarter() -> None:
    case = Case(persona(workflow(milestone()))).people(3, BOTH_QUARTERS)
    case.person("a", [-5], start=week(-5)).person("b", start=week(3))
    assert sizes(flow_of(look_back(case.world, deliver(case.world)))) == [((Why.COHORT,), Fraction(-1))]


def test_where_nobody_held_a_seat_in_both_quarters_it_is_people_alone() -> None:
    case = Case(persona(workflow(frequency())))
    case.person("old", range(-12, 0), end=week(1) - timedelta(days=1)).person("new", [1], start=week(1))
    picture = look_back(case.world, deliver(case.world))
    assert causes(picture) == {LEFT, JOINED}
    moves = {move.id: (move.then, move.now) for move in figure(picture, "persona:reps").steps[0].moves}
    assert moves == {"old": (PersonState.ACTIVE, None), "new": (None, PersonState.LAPSED)}


def test_a_quarter_without_data_is_told_as_silence_and_not_as_people_who_stopped() -> None:
    case = Case(persona(workflow(frequency()))).people(3, EARLIER)
    picture = look_back(case.world, deliver(case.world))
    assert causes(picture) == {Why.SILENT}
    assert figure(picture, "persona:reps").steps[0].moves == ()


def test_every_cause_at_once_is_a_step_of_its_own() -> None:
    case = reps(target="40%").person("gone", range(-12, 1), start=week(-12), end=week(1) - timedelta(days=1))
    record = deliver(case.world)
    case = flow_changed(case, target=percent("70%"), measure=share("done", "other")).did("slow", [-11, -10])
    case = case.did("p0", QUARTER).person("late", start=week(1)).did("late", QUARTER, "other")
    change = flow_of(look_back(case.world, record))
    assert [step.causes for step in change.steps] == [
        (DATA,), (DEFINITION,), (TARGET,), (LEFT,), (EVENTS,), (JOINED,)
    ]  # fmt: skip


def test_what_the_data_no_longer_hold_is_one_step_of_no_known_cause() -> None:
    case = reps()
    record = deliver(case.world)
    world = replace(case.did("slow", QUARTER).world, data_start=week(1))
    change = flow_of(look_back(world, record))
    assert [step.causes for step in change.steps] == [(Why.BEYOND,)]


def test_what_is_new_and_what_is_gone_has_no_steps_and_is_a_matter_of_definition() -> None:
    old = workflow(frequency(), "50%", "reviews")
    case = Case(persona(workflow(share()), old)).people(4, BOTH_QUARTERS)
    record = deliver(case.world)
    both = replace(
        case.account.personas[0], workflows=(case.account.personas[0].workflows[0], workflow(frequency(), name="calls"))
    )
    picture = look_back(case._with(personas=(both,)).world, record)
    calls, reviews = figure(picture, "workflow:reps/calls"), figure(picture, "workflow:reps/reviews")
    assert (calls.then, reviews.now, calls.steps, reviews.steps) == (None, None, (), ())
    assert calls.causes == reviews.causes == (DEFINITION,)
    assert found(picture).figure("workflows") is None
