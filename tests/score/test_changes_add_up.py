"""Changes since a review in any workspace: steps that add up exactly, and none where nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from changing import found, shaken
from delivering import deliver, look_back
from random_worlds import random_world

from qbrgen.score.change import FigureChange, FigureKind
from qbrgen.score.picture import AccountPicture


def add_up(change: FigureChange) -> None:
    """The steps join, so that their sizes make the way from then to now."""
    if change.then is None or change.now is None or not change.steps:
        assert not change.steps
        return
    assert change.steps[0].before == change.then
    assert change.steps[-1].after == change.now
    for one, next_one in zip(change.steps, change.steps[1:], strict=False):
        assert one.after == next_one.before
    for side in ("value", "numerator", "denominator"):
        then, now = getattr(change.then, side), getattr(change.now, side)
        parts = [getattr(step, side) for step in change.steps]
        if then is not None and now is not None:
            assert None not in parts
            assert then + sum(parts, Fraction(0)) == now


@pytest.mark.parametrize("seed", range(24))
def test_in_any_workspace_the_steps_add_up_exactly_and_end_at_the_picture(seed: int) -> None:
    world = random_world(seed)
    if world.data_start > date(2026, 6, 15):
        return  # no full week of the second quarter
    for name in world.accounts:
        record = deliver(world, name)
        for period in ("2026-Q2", "2026-Q3"):
            picture = look_back(replace(shaken(world, seed), period=period), record)
            for change in found(picture).figures:
                add_up(change)
                ends_at(picture, change)


def ends_at(picture: AccountPicture, change: FigureChange) -> None:
    now = change.now
    if now is None:
        return
    if change.kind is FigureKind.WORKFLOW:
        flow = next(each for each in picture.workflows if each.receipt == change.id)
        assert (now.value, now.state, now.target) == (flow.value, flow.state, flow.target)
    if change.kind is FigureKind.PERSONA:
        one = next(each for each in picture.personas if each.receipt == change.id)
        assert (now.numerator, now.denominator, now.target) == (one.active, one.counted, one.target)
    if change.kind is FigureKind.PEOPLE:
        assert (now.numerator, now.denominator) == (picture.breadth.active, picture.breadth.counted)
    if change.kind is FigureKind.WORKFLOWS:
        assert (now.numerator, now.denominator) == (picture.depth.met, picture.depth.measurable)


@pytest.mark.parametrize("seed", range(24))
def test_in_any_workspace_that_stays_as_it_is_nothing_of_the_delivered_quarter_changes(seed: int) -> None:
    world = random_world(seed)
    if world.data_start > date(2026, 6, 15):
        return
    for name in world.accounts:
        changes = found(look_back(replace(world, period="2026-Q2"), deliver(world, name)))
        assert (changes.figures, changes.late) == ((), ())
