"""A review of the second quarter, delivered; and the third quarter, which looks back at what it promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from score_building import World

from qbrgen.define.model.review import ReviewRecord
from qbrgen.score.account import score_accounts
from qbrgen.score.commitment import Commitment
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
