"""Promised actions: kept, missed, dropped or not due, and promised on to the next review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from promising import ACTION, KEPT, MISSED, OPEN, deliver, look_back, one, plan, promised_of
from score_building import AS_OF, Case

from qbrgen.audience import Audience
from qbrgen.define.model.account import Side
from qbrgen.define.model.review import ActionPromised, ReviewRecord
from qbrgen.score.commitment import CommitmentState


@pytest.mark.parametrize(
    ("today", "state", "more"),
    [
        ({"done_on": date(2026, 9, 1)}, KEPT, {"done_on": date(2026, 9, 1)}),
        ({"done_on": date(2026, 9, 2)}, MISSED, {"done_on": date(2026, 9, 2)}),
        ({}, MISSED, {"done_on": None, "moved_to": None, "dropped": False}),
        ({"due": date(2026, 12, 1)}, MISSED, {"moved_to": date(2026, 12, 1), "due": date(2026, 9, 1)}),
        ({"due": date(2026, 12, 1), "done_on": date(2026, 10, 1)}, MISSED, {"moved_to": date(2026, 12, 1)}),
        ({"due": None}, MISSED, {"moved_to": None}),
        ({"action": "Hold half a clinic"}, MISSED, {"dropped": False, "name": "Hold a clinic"}),
        ({"id": "other"}, MISSED, {"dropped": False}),
        ({"id": "other", "action": "Hold half a clinic"}, MISSED, {"dropped": True}),
        ({"internal": True}, MISSED, {"audience": Audience.INTERNAL}),
        ({"owner": "Nobody", "side": Side.CUSTOMER}, MISSED, {"owner": "Priya", "side": Side.VENDOR}),
    ],
)
def test_an_action_is_judged_by_the_date_that_was_promised(
    today: dict[str, Any], state: CommitmentState, more: dict[str, Any]
) -> None:
    found = one(plan(ACTION), "clinic", of=plan(replace(ACTION, **today)))
    assert found.state is state
    assert {name: getattr(found, name) for name in more} == more


def test_an_action_taken_out_of_the_file_is_dropped_and_missed_once_its_day_is_past() -> None:
    gone = one(plan(ACTION), "clinic", of=plan())
    assert (gone.state, gone.dropped) == (MISSED, True)
    ahead = replace(ACTION, due=date(2026, 9, 28))
    assert [one(plan(ahead), "clinic", of=today).state for today in (plan(ahead), plan())] == [OPEN, OPEN]
    last_day = replace(ACTION, due=date(2026, 9, 27))
    assert one(plan(last_day), "clinic").state is MISSED


def test_an_action_done_after_the_last_day_of_the_data_is_not_known_to_be_done() -> None:
    found = one(plan(ACTION), "clinic", of=plan(replace(ACTION, done_on=date(2026, 9, 28))))
    assert (found.state, found.done_on) == (MISSED, None)


def test_a_number_in_place_of_an_id_does_not_make_another_action_the_promised_one() -> None:
    first, second = replace(ACTION, id="action-1"), replace(ACTION, id="action-2", action="Send the list")
    today = plan(replace(second, id="action-1", done_on=date(2026, 8, 1)))
    found = promised_of(look_back(today.world, deliver(plan(first, second).world)))
    assert (found["action-1"].state, found["action-1"].dropped) == (MISSED, True)
    assert found["action-2"].state is KEPT


def test_an_action_that_was_internal_then_stays_internal_whatever_the_file_says_today() -> None:
    inside = replace(ACTION, internal=True)
    assert one(plan(inside), "clinic", of=plan(ACTION)).audience is Audience.INTERNAL
    assert one(plan(inside), "clinic", of=plan()).audience is Audience.INTERNAL
    assert one(plan(ACTION), "clinic").audience is Audience.CUSTOMER


LATER = replace(ACTION, id="ask", action="Ask the team", due=date(2026, 11, 15), closes="reps")


def next_record(today: Case, *records: ReviewRecord) -> dict[str, ActionPromised]:
    """Id → action, as the third quarter's record promises it, with these records in the workspace."""
    known = replace(today.world, reviews={"acme": {record.period: record for record in records}})
    promised = deliver(known, period="2026-Q3", as_of=AS_OF).promised
    assert promised is not None
    return {each.id: each for each in promised.actions}


def test_an_action_that_is_not_due_yet_is_promised_on_as_it_was_though_the_file_no_longer_has_it() -> None:
    record = deliver(plan(LATER, replace(ACTION, due=date(2026, 11, 1), internal=True)).world)
    assert record.promised is not None
    assert next_record(plan(), record) == {each.id: each for each in record.promised.actions}


def test_an_action_that_is_not_due_yet_is_promised_on_once_and_by_no_later_day() -> None:
    record = deliver(plan(LATER).world)
    for today, due in (
        (LATER, LATER.due),
        (replace(LATER, due=date(2026, 12, 24)), LATER.due),
        (replace(LATER, due=date(2026, 10, 24)), date(2026, 10, 24)),
        (replace(LATER, due=None), LATER.due),
        (replace(LATER, owner=""), LATER.due),
    ):
        found = next_record(plan(today), record)
        assert {key: (each.action, each.owner, each.due) for key, each in found.items()} == {
            "ask": (LATER.action, LATER.owner, due)
        }
    renamed = next_record(plan(replace(LATER, id="other", due=date(2026, 12, 24))), record)
    assert {key: each.due for key, each in renamed.items()} == {"other": LATER.due}


def test_what_was_done_or_missed_is_not_promised_on_unless_the_file_has_it_open() -> None:
    record = deliver(plan(LATER, ACTION).world)
    assert next_record(plan(replace(LATER, done_on=date(2026, 9, 1))), record) == {}
    moved = replace(ACTION, due=date(2026, 12, 1))
    found = next_record(plan(replace(LATER, done_on=date(2026, 9, 1)), moved), record)
    assert {key: each.due for key, each in found.items()} == {"clinic": date(2026, 12, 1)}


def test_a_promised_action_is_internal_on_where_the_record_or_the_file_says_so() -> None:
    for then, today in ((True, False), (False, True), (True, True)):
        record = deliver(plan(replace(LATER, internal=then)).world)
        assert next_record(plan(replace(LATER, internal=today)), record)["ask"].internal


def test_an_action_promised_on_does_not_take_the_id_of_another_one() -> None:
    record = deliver(plan(replace(LATER, id="action-1")).world)
    found = next_record(plan(replace(ACTION, id="action-1", due=date(2026, 12, 1))), record)
    assert {key: each.action for key, each in found.items()} == {
        "action-1": ACTION.action,
        "action-1-again": LATER.action,
    }
