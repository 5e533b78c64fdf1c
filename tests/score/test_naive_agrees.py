"""The engine and a slow, second reading of the specification come to the same figures."""

from __future__ import annotations

from datetime import date

import pytest
from naive_scoring import Naive
from random_worlds import random_world

from qbrgen.errors import InputError

BATCHES, SIZE = 8, 30


def told(picture):
    """What the engine says, in the naive one's words."""
    people = {p.id: {m.id: (m.state.value, m.units_done, m.units_in_seat) for m in p.people} for p in picture.personas}
    leavers = {p.id: p.leavers for p in picture.personas}
    flows = {w.id: (w.state.value, w.value, w.ratio.denominator if w.ratio else None) for w in picture.workflows}
    return people, leavers, flows


def counted_slowly(naive):
    account = naive.account
    people = {p.id: naive.people(p) for p in account.personas}
    leavers = {p.id: naive.leavers(p) for p in account.personas}
    flows = {f"{p.id}/{w.id}": naive.workflow(p, w) for p in account.personas for w in p.workflows}
    return people, leavers, flows


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_agree_on_every_state_and_every_value_of_random_workspaces(batch):
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        world = random_world(seed)
        pictures = world.score()
        for name, picture in pictures.items():
            naive = Naive(world, world.accounts[name], date(2026, 8, 13))
            fast, slow = told(picture), counted_slowly(naive)
            assert fast == slow, f"seed {seed}, account {name}"
            assert picture.feed_silent == naive.silent


def test_the_random_workspaces_hold_every_state_of_people_and_workflows():
    people, flows = set(), set()
    for seed in range(BATCHES * SIZE):
        for picture in random_world(seed).score().values():
            people |= {m.state.value for p in picture.personas for m in p.people}
            flows |= {(w.kind, w.state.value) for w in picture.workflows}
    assert people == {"active", "occasional", "lapsed", "not yet active", "new", "away", "no data"}
    for kind in ("share", "frequency", "chain", "milestone", "value"):
        for state in ("met", "not met", "no data", "not applicable"):
            assert (kind, state) in flows


def test_a_period_outside_the_data_is_told_as_the_users_error():
    world = random_world(1)
    world.period = "2024-Q1"
    with pytest.raises(InputError, match="no full week of Q1 2024"):
        world.score()
