"""A review delivered, and the look back at it a quarter later: what tests of the two share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from score_building import BOTH_QUARTERS, Case, World, persona, share, workflow

from qbrgen.define.model.review import ReviewRecord
from qbrgen.define.model.workspace import Definitions
from qbrgen.score.account import score_accounts
from qbrgen.score.other_times import Delivered
from qbrgen.score.picture import AccountPicture
from qbrgen.score.record import review_records
from qbrgen.score.states import Cause

TARGET, DEFINITION, ROSTER, DATA = Cause.TARGET, Cause.DEFINITION, Cause.ROSTER, Cause.DATA
EARLIER = range(-12, 1)
ON = date(2026, 7, 3)


def deliver(world: World, account: str = "acme", **then: Any) -> ReviewRecord:
    """The record of the second quarter, as these definitions and rows have it."""
    at_that_time = replace(world, period="2026-Q2", **then)
    definitions, counts = at_that_time.definitions(), at_that_time.counts()
    pictures = score_accounts(definitions, counts, at_that_time.chosen())
    return review_records(definitions, counts, pictures, ON)[account]


def look_back(world: World, record: ReviewRecord) -> AccountPicture:
    """The third quarter, with the record in the workspace."""
    definitions = world.definitions()
    known = {record.account: {record.period: record}}
    with_record = Definitions(definitions.settings, definitions.accounts, reviews=known)
    return score_accounts(with_record, world.counts(), world.chosen())[record.account]


def reps(**changes: Any) -> Case:
    """Four reps: three who do it every week, one now and then; 60% of what all do is done the right way."""
    case = Case(persona(workflow(share(), **changes)))
    case.people(3, BOTH_QUARTERS).person("slow", [-12, -6, 0, 6, 12])
    for name in ("p0", "p1", "p2", "slow"):
        case.did(name, BOTH_QUARTERS, "other")
    return case


def changed(case: Case, **changes: Any) -> Case:
    """The same with another first persona."""
    first = replace(case.account.personas[0], **changes)
    return case._with(personas=(first, *case.account.personas[1:]))


def flow_changed(case: Case, **changes: Any) -> Case:
    flow = replace(case.account.personas[0].workflows[0], **changes)
    return changed(case, workflows=(flow, *case.account.personas[0].workflows[1:]))


def first(picture: AccountPicture) -> Delivered:
    found = picture.workflows[0].delivered
    assert found is not None
    return found


def people(picture: AccountPicture) -> Delivered:
    found = picture.personas[0].delivered
    assert found is not None
    return found
