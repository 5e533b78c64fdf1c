"""What differs between two pictures is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import random_world
from score_building import QUARTER, Case, frequency, persona, share, workflow

from qbrgen.audience import Audience, redact
from qbrgen.score.difference import Aspect, difference
from qbrgen.score.states import PersonState, TargetState

SEEDS = st.integers(min_value=0, max_value=10_000)
FEW = settings(max_examples=25, deadline=None)


def changed(world, seed):
    """The same accounts with other targets, without some of the rows and with other rules."""
    other = random_world(seed)
    for name, account in world.accounts.items():
        personas = tuple(
            replace(
                group,
                target=Fraction(1, 2 + seed % 3),
                workflows=tuple(replace(flow, target=Fraction(seed % 10, 10)) for flow in group.workflows[seed % 2 :])
                or group.workflows,
            )
            for group in account.personas
        )
        other.accounts[name] = replace(account, personas=personas)
    other.rows = [row for number, row in enumerate(world.rows) if number % 4 != seed % 4]
    other.values, other.presence = world.values, world.presence
    other.data_start, other.as_of, other.closed = world.data_start, world.as_of, world.closed
    return other


@FEW
@given(SEEDS)
def test_a_picture_does_not_differ_from_itself(seed):
    world = random_world(seed)
    for one, same in zip(world.score().values(), world.score().values(), strict=True):
        found = difference(one, same)
        assert not found
        assert not found.counted
        assert (found.people, found.personas, found.workflows, found.gaps, found.aspects) == ((), (), (), (), ())


@FEW
@given(SEEDS, SEEDS)
def test_the_difference_the_other_way_round_is_the_mirrored_one(seed, change):
    world = random_world(seed)
    before, after = world.score(), changed(world, change).score()
    for name in world.accounts:
        there, back = difference(before[name], after[name]).mirrored(), difference(after[name], before[name])
        for part in ("people", "personas", "workflows", "gaps"):
            assert by_key(getattr(there, part)) == by_key(getattr(back, part))
        assert (there.then, there.now, there.aspects) == (back.then, back.now, back.aspects)


def by_key(changes):
    return sorted(changes, key=lambda change: (getattr(change, "persona", ""), getattr(change, "id", "") or change.key))


@FEW
@given(SEEDS, SEEDS)
def test_every_workflow_and_person_that_differs_is_in_it_and_no_other(seed, change):
    world = random_world(seed)
    before, after = world.score(), changed(world, change).score()
    for name in world.accounts:
        found = difference(before[name], after[name])
        flows = [
            {w.id: (w.state, w.value, w.target, w.direction.trend) for w in p.workflows}
            for p in (found.then, found.now)
        ]
        assert {flow.id for flow in found.workflows} == unlike(*flows)
        people = [
            {(group.id, member.id): member.state for group in p.personas for member in group.people}
            for p in (found.then, found.now)
        ]
        assert {(person.persona, person.id) for person in found.people} == unlike(*people)
        gaps = [{gap.key: True for gap in p.gaps} for p in (found.then, found.now)]
        assert {gap.key for gap in found.gaps} == unlike(*gaps)


def unlike(one, other):
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}


def reps(target="50%", **more):
    case = Case(persona(workflow(share(), target), workflow(frequency(), name="weekly"), **more))
    return case.person("ann", QUARTER).person("ben", QUARTER).did("ben", QUARTER, "other").score()


def test_a_raised_target_changes_the_state_with_both_sides_as_they_are():
    found = difference(reps("50%"), reps("90%"))
    (flow,) = found.workflows
    assert (flow.then.state, flow.now.state) == (TargetState.MET, TargetState.NOT_MET)
    assert (flow.then.value, flow.now.value) == (Fraction(2, 3), Fraction(2, 3))
    assert (flow.then.target, flow.now.target) == (Fraction(1, 2), Fraction(9, 10))
    assert not flow.agreed_only
    assert Aspect.DEPTH in found.aspects
    assert Aspect.BREADTH not in found.aspects
    assert found.people == ()


def test_a_target_that_turns_no_state_differs_in_what_was_agreed_only():
    found = difference(reps("50%"), reps("60%"))
    assert found
    assert found.workflows[0].agreed_only
    assert not found.counted


def test_what_is_on_one_side_only_has_nothing_on_the_other():
    whole = reps()
    less = replace(whole, workflows=whole.workflows[:1], personas=())
    found = difference(whole, less)
    assert [(flow.id, flow.now) for flow in found.workflows] == [(whole.workflows[1].id, None)]
    assert [person.then.state for person in found.people] == [PersonState.ACTIVE, PersonState.ACTIVE]
    assert [person.now for person in found.people] == [None, None]


def test_a_difference_for_the_customer_holds_no_name_of_a_person():
    whole = reps()
    found = redact(difference(whole, replace(whole, personas=())), Audience.CUSTOMER)
    assert [(person.id, person.then.name, person.then.id) for person in found.people] == [("", "", "")] * 2
