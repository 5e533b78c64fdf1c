"""What never changes a figure, and what never lowers one."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import random_world
from score_building import Row

from qbrgen.period import monday_of
from qbrgen.score.account import score_accounts
from qbrgen.score.states import PersonState, TargetState

SEEDS = st.integers(min_value=0, max_value=10_000)
FEW = settings(max_examples=25, deadline=None)


def figures(picture):
    """Every figure of a picture that does not name a day or a person."""
    return (
        picture.breadth,
        picture.depth,
        picture.standing,
        [(p.id, p.active, p.counted, p.new, p.away, p.leavers, p.is_active, p.least_done) for p in picture.personas],
        [[(m.state, m.units_done, m.units_in_seat) for m in p.people] for p in picture.personas],
        [(w.id, w.state, w.value, w.ratio, w.early, w.previous) for w in picture.workflows],
        [(g.kind, g.persona, g.workflow, g.audience, len(g.who)) for g in picture.gaps],
        [replace(p.direction, slope=None) for p in picture.personas],
        [[(point.numerator, point.denominator) for point in w.weekly] for w in picture.workflows],
    )


@FEW
@given(SEEDS, SEEDS)
def test_the_order_of_rows_changes_nothing(seed, shuffle):
    world = random_world(seed)
    before = world.score()
    Random(shuffle).shuffle(world.rows)
    counts = world.counts()
    for name in ("weekly", "daily", "ordered", "life", "first_event", "values"):
        frame = getattr(counts, name)
        counts = replace(counts, **{name: frame.sample(frac=1, random_state=shuffle)})
    assert score_accounts(world.definitions(), counts, world.chosen()) == before


@FEW
@given(SEEDS)
def test_renaming_people_changes_no_figure(seed):
    world = random_world(seed)
    before = {name: figures(picture) for name, picture in world.score().items()}
    world.rows = [replace(row, user=f"x{row.user[::-1]}") for row in world.rows]
    for name, account in world.accounts.items():
        people = tuple(replace(p, id=f"x{p.id[::-1]}", name="X") for p in account.people)
        world.accounts[name] = replace(account, people=people)
    assert {name: figures(picture) for name, picture in world.score().items()} == before


@FEW
@given(SEEDS)
def test_shifting_every_date_by_whole_weeks_changes_no_figure(seed):
    world = random_world(seed)
    # after 56 years every date falls on its weekday again, and pairs of weeks are pairs
    days = (date(2082, 1, 1) - date(2026, 1, 1)).days
    assert days % 14 == 0
    before = {name: figures(picture) for name, picture in world.score().items()}
    shifted = shift_dates(world, timedelta(days=days))
    shifted.period = "2082-Q3"
    assert {name: figures(picture) for name, picture in shifted.score().items()} == before


def shift_dates(value, by):
    """The same workspace so many days later: every date, moment and week number in it."""
    if isinstance(value, frozenset):
        return frozenset(number + by.days // 7 for number in value)
    if isinstance(value, date):
        return value + by
    if isinstance(value, (list, tuple)):
        return type(value)(shift_dates(item, by) for item in value)
    if isinstance(value, dict):
        return {key: shift_dates(item, by) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: shift_dates(getattr(value, f.name), by) for f in fields(value)})
    return value


@FEW
@given(SEEDS)
def test_an_unrelated_account_changes_nothing_here(seed):
    world = random_world(seed)
    before = world.score()["acme"]
    if "birch" in world.accounts:
        del world.accounts["birch"]
        every, seen = world.rows, world.counts().seen_events
        world.rows = [row for row in every if row.account == "acme"]
        if world.counts().seen_events != seen:  # an event name would no longer occur anywhere: that may be told
            world.rows = every
    assert world.score()["acme"] == before


@FEW
@given(SEEDS)
def test_active_people_are_among_those_counted_and_counts_agree_with_their_parts(seed):
    for picture in random_world(seed).score().values():
        breadth, depth = picture.breadth, picture.depth
        assert 0 <= breadth.active <= breadth.counted
        assert 0 <= breadth.personas_active <= breadth.personas_counted <= breadth.personas
        assert 0 <= depth.met <= depth.measurable
        assert depth.measurable + depth.no_data + depth.not_applicable == len(picture.workflows)
        for persona in picture.personas:
            apart = persona.new + persona.away + len(persona.with_state(PersonState.NO_DATA))
            assert persona.counted + apart == len(persona.people)
        for flow in picture.workflows:
            assert (flow.value is None) or flow.state.measurable
            if flow.value is not None:
                assert (flow.state is TargetState.MET) == (flow.value >= flow.target)
            if flow.ratio is not None:
                assert flow.ratio.value == flow.value


@FEW
@given(SEEDS)
def test_every_receipt_that_is_named_exists_once_and_holds_the_same_figure(seed):
    for picture in random_world(seed).score().values():
        ids = [receipt.id for receipt in picture.receipts]
        assert len(ids) == len(set(ids))
        named = {picture.breadth.receipt, picture.depth.receipt, picture.direction.receipt}
        named |= {p.receipt for p in picture.personas} | {p.direction.receipt for p in picture.personas}
        named |= {w.receipt for w in picture.workflows} | {w.direction.receipt for w in picture.workflows}
        named |= {g.receipt for g in picture.gaps} | {i.receipt for i in picture.impacts}
        assert named - {""} <= set(ids)
        for flow in picture.workflows:
            receipt = picture.receipt(flow.receipt)
            if flow.ratio:
                assert (receipt.numerator, receipt.denominator) == (flow.ratio.numerator, flow.ratio.denominator)
        people = picture.receipt("people")
        assert (people.numerator, people.denominator) == (picture.breadth.active, picture.breadth.counted)
        assert len(people.people) == picture.breadth.counted


RANK = {state: rank for rank, state in enumerate(("not yet active", "lapsed", "occasional", "active"))}


@FEW
@given(SEEDS, st.integers(min_value=0, max_value=12), st.integers(min_value=0, max_value=6))
def test_one_more_completion_never_lowers_a_person_or_a_count(seed, number, who):
    world = random_world(seed)
    before = world.score()["acme"]
    account = world.accounts["acme"]
    dated = [p for p in account.people if all(seat.first for seat in p.seats)]  # else the event moves the start
    if not dated:
        return
    person = dated[who % len(dated)]
    monday = monday_of(world.chosen().first_week + number)
    world.rows.append(Row("acme", person.id, "done", datetime.combine(monday, time(12))))
    after = world.score()["acme"]
    if before.feed_silent:
        return
    for was, now in zip(before.personas, after.personas, strict=True):
        assert now.active >= was.active
        for one, other in zip(was.people, now.people, strict=True):
            assert other.units_done >= one.units_done
            if one.state.value in RANK:
                assert RANK[other.state.value] >= RANK[one.state.value]
    for was, now in zip(before.workflows, after.workflows, strict=True):
        if was.kind in ("frequency", "milestone") and was.value is not None:
            assert now.value >= was.value


def test_ids_in_keys_and_receipts_are_plain():
    for picture in random_world(3).score().values():
        for receipt in picture.receipts:
            assert re.fullmatch(r"[a-z]+(:[\w-]+(/[\w-]+)?)?", receipt.id)
