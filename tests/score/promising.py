"""A review of the second quarter, delivered; and the third quarter, which looks back at what it promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from score_building import BOTH_QUARTERS, Case, World, persona, share, workflow

from qbrgen.define.model.account import Action, Side
from qbrgen.define.model.review import ReviewRecord
from qbrgen.score.account import score_accounts
from qbrgen.score.commitment import Commitment, CommitmentState
from qbrgen.score.picture import AccountPicture
from qbrgen.score.record import review_records

ON = date(2026, 7, 3)


def deliver(world: World, account: str = "acme", **then: Any) -> ReviewRecord:
    """The record of the second quarter, as these definitions and rows have it, by the data up to its end."""
    at_that_time = replace(world, **{"period": "2026-Q2", "as_of": date(2026, 6, 28), **then})
    definitions, counts = at_that_time.definitions(), at_that_time.counts()
    pictures = score_accounts(definitions, counts, at_that_time.chosen(), [account])
    return review_records(definitions, counts, pictures, ON)[account]


def look_back(world: World, *records: ReviewRecord) -> AccountPicture:
    """The third quarter of the records' account, with these in the workspace."""
    account = records[0].account
    known = replace(world, reviews={account: {record.period: record for record in records}})
    return score_accounts(known.definitions(), known.counts(), known.chosen(), [account])[account]


def promised_of(picture: AccountPicture) -> dict[str, Commitment]:
    """Id → what became of it."""
    return {each.id: each for each in picture.commitments.all} if picture.commitments else {}


MISSED, KEPT = CommitmentState.MISSED, CommitmentState.KEPT


OPEN, UNKNOWN = CommitmentState.OPEN, CommitmentState.NOT_MEASURABLE


def reps(**changes: Any) -> Case:
    """Four reps in both quarters: three do it every week, one never; of what all do 75% is done the right way."""
    case = Case(persona(workflow(share(), **changes)))
    case.people(3, BOTH_QUARTERS).person("slow")
    case.did("slow", BOTH_QUARTERS, "other")
    return case


def one(case: Case, key: str, *, of: Case | None = None) -> Commitment:
    """The promise that the second quarter of a case made, as the third quarter of another case has it."""
    return promised_of(look_back((of or case).world, deliver(case.world)))[key]


def plan(*actions: Action) -> Case:
    return reps()._with(actions=actions)


ACTION = Action("clinic", "Hold a clinic", "Priya", Side.VENDOR, date(2026, 9, 1))
