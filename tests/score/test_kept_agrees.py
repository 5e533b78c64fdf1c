"""Promises of random workspaces, judged a second time by a slow reading of the method; and what may not change them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from naive_scoring import Naive
from promising import deliver, look_back
from random_worlds import random_world
from score_building import World

from qbrgen.define.model.account import Account, Action, Side
from qbrgen.define.model.playbook import Persona, Workflow
from qbrgen.define.model.review import PersonaDelivered, ReviewRecord
from qbrgen.define.model.settings import Rules
from qbrgen.errors import InputError
from qbrgen.score.commitment import Commitment, CommitmentKind

BATCHES, SIZE = 4, 24
SUMMER = date(2026, 8, 13)


def delivered(seed: int) -> Iterator[tuple[Random, World, ReviewRecord]]:
    """A random workspace, with plans, and the record of one of its accounts' second quarter."""
    world, rng = random_world(seed), Random(seed)
    for name, account in world.accounts.items():
        plans = tuple(an_action(rng, number) for number in range(rng.choice((0, 2, 4))))
        world.accounts[name] = replace(account, actions=plans)
    for name in world.accounts:
        try:
            yield rng, world, deliver(world, name)
        except InputError:  # the data begin after the second quarter
            return


def an_action(rng: Random, number: int) -> Action:
    due = date(2026, 6, 20) + timedelta(days=rng.randint(0, 130))
    side = rng.choice(tuple(Side))
    return Action(rng.choice((f"plan-{number}", f"action-{number}")), f"Step {number}", "Priya", side, due)


def today(rng: Random, seed: int, world: World, name: str) -> World:
    """The same rows and people by other definitions, with some actions done, moved, renamed or gone."""
    others = random_world(seed + 5000).accounts
    account = world.accounts[name]
    personas = others.get(name, next(iter(others.values()))).personas
    plans = []
    for action in account.actions:
        done = rng.choice((None, date(2026, 6, 25) + timedelta(days=rng.randint(0, 120))))
        moved = rng.choice((action.due, date(2026, 12, 1), None))
        worded = rng.choice((action.action, "Another step"))
        if rng.random() < 0.8:
            plans.append(replace(action, done_on=done, due=moved, action=worded))
    rules = rng.choice((world.rules, Rules(active_share=Fraction(1, 10), new_units=1, recent_units=4, lapsed_units=9)))
    changed = replace(account, personas=personas, actions=tuple(plans))
    return replace(world, rules=rules, accounts={**world.accounts, name: changed})


# ---- the slow judge -------------------------------------------------------------------------------------------------


def as_promised(world: World, record: ReviewRecord) -> dict[str, Any]:
    """Kind/id → (state, value), read from the method's words: nothing of qbrgen.score is used."""
    account, found = world.accounts[record.account], {}
    promised = record.promised
    assert promised is not None
    rules = replace(
        world.rules,
        active_share=record.rule.active_share,
        new_units=record.rule.new_units,
        recent_units=record.rule.recent_units,
        lapsed_units=record.rule.lapsed_units,
    )
    for then in record.personas:
        persona = persona_of(then)
        people = account.people
        if then.id not in [each.id for each in account.personas]:
            people = tuple(
                replace(each, seats=tuple(seat for seat in each.seats if seat.persona == then.id))
                for each in people
                if each.id in then.people and then.people[each.id].state != "left"
            )
        naive = Naive(replace(world, rules=rules), replace(account, personas=(persona,), people=people), SUMMER)
        if then.id in promised.targets:
            found[f"people/{then.id}"] = of_people(naive, persona)
        for flow in persona.workflows:
            if f"{then.id}/{flow.id}" in promised.targets:
                state, value, _ = naive.workflow(persona, flow)
                kept = {"met": "kept", "not met": "missed"}.get(state, "not measurable")
                found[f"workflow/{then.id}/{flow.id}"] = (kept, value)
    for action in promised.actions:
        found[f"action/{action.id}"] = (of_action(action, account, world.as_of), None)
    return found


def persona_of(then: PersonaDelivered) -> Persona:
    flows = tuple(Workflow(flow.id, flow.name, "", flow.target, flow.measure) for flow in then.workflows)
    return Persona(then.id, then.name, then.name, then.rhythm, then.target, flows)


def of_people(naive: Naive, persona: Persona) -> tuple[str, Fraction | None]:
    states = [state for state, _, _ in naive.people(persona).values()]
    base = [state for state in states if state not in ("new", "away", "no data")]
    if not base:
        return "not measurable", None
    value = Fraction(base.count("active"), len(base))
    return ("kept" if value >= persona.target else "missed"), value


def of_action(then: Any, account: Account, last_day: date) -> str:
    same = [each for each in account.actions if each.id == then.id]
    if then.id.startswith("action-"):
        same = [each for each in same if each.action == then.action]
    same = same or [each for each in account.actions if each.action == then.action]
    done = same[0].done_on if same else None
    if done is not None and done <= last_day:
        return "kept" if done <= then.due else "missed"
    return "missed" if then.due <= last_day else "not due yet"


def told(commitments: tuple[Commitment, ...]) -> dict[str, Any]:
    return {f"{each.kind}/{each.id}": (each.state.value, each.value) for each in commitments}


# ---- the tests ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_judge_every_promise_of_random_workspaces_alike_whatever_is_defined_today(batch: int) -> None:
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        for rng, world, record in delivered(seed):
            now = today(rng, seed, world, record.account)
            found = look_back(now, record).commitments
            assert found is not None
            assert told(found.all) == as_promised(now, record), f"seed {seed}, account {record.account}"


def test_the_random_promises_hold_every_state_of_each_kind() -> None:
    states: set[tuple[str, str]] = set()
    for seed in range(BATCHES * SIZE):
        for rng, world, record in delivered(seed):
            found = look_back(today(rng, seed, world, record.account), record).commitments
            assert found is not None
            states |= {(each.kind.value, each.state.value) for each in found.all}
    for kind in ("people", "workflow"):
        assert {state for of, state in states if of == kind} == {"kept", "missed", "not measurable"}
    assert {state for of, state in states if of == "action"} == {"kept", "missed", "not due yet"}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nothing_that_is_written_today_changes_what_became_of_a_promise_but_the_day_an_action_was_done(
    batch: int,
) -> None:
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        for rng, world, record in delivered(seed):
            as_it_was, now = look_back(world, record), today(rng, seed, world, record.account)
            account = now.accounts[record.account]
            undone = replace(account, actions=tuple(replace(each, done_on=None) for each in account.actions))
            edited = look_back(replace(now, accounts={**now.accounts, account.id: undone}), record)
            assert as_it_was.commitments is not None
            assert edited.commitments is not None
            defined = {persona.id for persona in account.personas}  # of others the people are those recorded
            same = [
                {
                    each.id: (each.state, each.value, each.ratio, each.target, each.due)
                    for each in found.all
                    if each.kind is CommitmentKind.ACTION or each.id.partition("/")[0] in defined
                }
                for found in (as_it_was.commitments, edited.commitments)
            ]
            assert same[0] == same[1], f"seed {seed}, account {record.account}"


def test_records_change_nothing_in_a_picture_but_what_is_told_of_them() -> None:
    for seed in range(40):
        for rng, world, record in delivered(seed):
            now = today(rng, seed, world, record.account)
            with_record, without = look_back(now, record), now.score()[record.account]
            for name in ("gaps", "direction", "impacts", "score", "standing", "actions", "outcome", "previous_period"):
                assert getattr(with_record, name) == getattr(without, name), (seed, name)
            plain = [replace(each, delivered=None) for each in with_record.workflows]
            assert plain == list(without.workflows), seed
            assert [replace(each, delivered=None) for each in with_record.personas] == list(without.personas), seed
