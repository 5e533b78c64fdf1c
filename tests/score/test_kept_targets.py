"""Promised targets of workflows and of people: each state and each way out of a promise, one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from delivering import EARLIER, changed, flow_changed
from promising import KEPT, MISSED, UNKNOWN, deliver, look_back, one, promised_of, reps
from score_building import (
    BOTH_QUARTERS,
    LONG_AGO,
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

from qbrgen.define.model.people import Person, Seat
from qbrgen.define.model.settings import Rules
from qbrgen.period import Rhythm
from qbrgen.score.commitment import Unjudged

# ---- workflows ------------------------------------------------------------------------------------------------------


def test_a_target_that_is_reached_is_kept_and_one_below_is_missed() -> None:
    assert one(reps(target="75%"), "reps/touches").state is KEPT
    missed = one(reps(target="76%"), "reps/touches")
    assert (missed.state, missed.value, missed.target) == (MISSED, Fraction(3, 4), Fraction(19, 25))
    assert missed.ratio is not None
    assert (missed.ratio.numerator, missed.ratio.denominator, missed.unit) == (39, 52, "events")
    assert missed.was_met is False


def test_lowering_a_target_later_does_not_keep_the_promise_and_raising_it_does_not_break_it() -> None:
    lowered = one(reps(target="90%"), "reps/touches", of=reps(target="50%"))
    assert (lowered.state, lowered.target, lowered.target_now) == (MISSED, percent("90%"), percent("50%"))
    raised = one(reps(target="50%"), "reps/touches", of=reps(target="90%"))
    assert (raised.state, raised.target, raised.target_now) == (KEPT, percent("50%"), percent("90%"))


def test_other_events_that_count_today_do_not_keep_the_promise() -> None:
    today = flow_changed(reps(target="90%"), measure=share("done other", "done other"))
    found = one(reps(target="90%"), "reps/touches", of=today)
    assert (found.state, found.value, found.counted_otherwise) == (MISSED, Fraction(3, 4), True)
    assert not one(reps(), "reps/touches").counted_otherwise


def test_another_rhythm_today_does_not_keep_the_promise() -> None:
    then = Case(persona(workflow(frequency(), "90%"))).person("ann", range(-12, 14, 2))
    today = Case(persona(workflow(frequency(), "90%"), rhythm=Rhythm.TWO_WEEKS)).person("ann", range(-12, 14, 2))
    found = one(then, "reps/touches", of=today)
    assert (found.state, found.unit, found.counted_otherwise) == (MISSED, "weeks in seat", True)
    assert found.ratio is not None
    assert found.ratio.denominator == 13


def test_a_workflow_that_was_dropped_is_judged_as_it_was_recorded() -> None:
    today = changed(reps(), workflows=(workflow(frequency(), name="calls"),))
    found = one(reps(target="90%"), "reps/touches", of=today)
    assert (found.state, found.value, found.name) == (MISSED, Fraction(3, 4), "Touches")
    assert (found.target_now, found.counted_otherwise) == (None, True)


def test_nothing_done_while_other_data_come_is_missed_without_a_value() -> None:
    case = Case(persona(workflow(share("done", "done")))).person("ann", EARLIER).did("ann", QUARTER, "other")
    found = one(case, "reps/touches")
    assert (found.state, found.value, found.why) == (MISSED, None, None)


def test_a_silent_feed_is_not_measurable_for_lack_of_data() -> None:
    case = Case(persona(workflow(share("done", "done")))).people(2, EARLIER)
    for key in ("reps", "reps/touches"):
        found = one(case, key)
        assert (found.state, found.why, found.value) == (UNKNOWN, Unjudged.NO_DATA, None)


def test_no_one_in_seat_is_not_measurable_for_want_of_people() -> None:
    case = reps()
    record = deliver(case.world)
    gone = case._with(
        people=tuple(replace(each, seats=(Seat("reps", LONG_AGO, week(0)),)) for each in case.account.people)
    )
    found = promised_of(look_back(gone.world, record))
    assert found["reps"].why is found["reps/touches"].why is Unjudged.NO_ONE


def test_a_ready_made_value_that_is_no_longer_read_is_told_as_gone_and_a_late_one_as_no_data() -> None:
    case = Case(persona(workflow(ready_made()))).people(2, BOTH_QUARTERS)
    record = deliver(replace(case.value(week(-3), week(-2), 0.9).world, values=list(case.world.values)))
    assert promised_of(look_back(case.world, record))["reps/touches"].why is Unjudged.NO_DATA
    found = promised_of(look_back(replace(case.world, values=[]), record))["reps/touches"]
    assert (found.state, found.why) == (UNKNOWN, Unjudged.GONE)
    kept = promised_of(look_back(case.value(week(3), week(4), 0.8).world, record))["reps/touches"]
    assert (kept.state, kept.ratio, kept.unit) == (KEPT, None, "")


# ---- people ---------------------------------------------------------------------------------------------------------


def test_people_are_judged_by_the_recorded_share_over_those_who_count_now() -> None:
    found = one(changed(reps(), target=percent("75%")), "reps")
    assert (found.state, found.value, found.was_met, found.unit) == (KEPT, Fraction(3, 4), True, "people")
    lowered = one(changed(reps(), target=percent("80%")), "reps", of=changed(reps(), target=percent("10%")))
    assert (lowered.state, lowered.target_now) == (MISSED, percent("10%"))


def test_another_rule_of_who_is_active_today_does_not_keep_the_promise() -> None:
    def now_and_then() -> Case:
        return Case(persona(target="100%")).person("ann", range(-12, 14, 2))

    soft = replace(now_and_then().world, rules=Rules(active_share=Fraction(1, 10)))
    found = promised_of(look_back(soft, deliver(now_and_then().world)))["reps"]
    assert (found.state, found.counted_otherwise) == (MISSED, True)


def test_work_in_a_new_workflow_makes_nobody_active_for_an_old_promise() -> None:
    today = changed(reps(), workflows=(workflow(share()), workflow(frequency(1, "other"), name="more")))
    found = one(reps(target="70%"), "reps", of=today)
    assert found.ratio is not None
    assert (found.ratio.numerator, found.counted_otherwise) == (3, True)


def test_someone_who_left_is_not_counted_and_someone_who_came_is() -> None:
    case = changed(reps(), target=percent("100%"))
    record = deliver(case.world)
    staying = [each for each in case.account.people if each.id != "slow"]
    left = replace(
        next(each for each in case.account.people if each.id == "slow"), seats=(Seat("reps", LONG_AGO, week(5)),)
    )
    assert promised_of(look_back(case._with(people=(*staying, left)).world, record))["reps"].state is KEPT
    new = Person("new", "New", (Seat("reps", week(1)),))
    assert promised_of(look_back(case._with(people=(*staying, new)).world, record))["reps"].state is MISSED


@pytest.mark.parametrize("still_known", [True, False])
def test_a_persona_that_was_taken_out_or_renamed_is_judged_over_the_people_recorded_in_it(still_known: bool) -> None:
    record = deliver(changed(reps(target="90%"), target=percent("80%")).world)
    today = changed(reps(), id="sellers", name="sellers")
    people = [replace(each, seats=(Seat("sellers", LONG_AGO),)) for each in today.account.people]
    found = promised_of(look_back(today._with(people=tuple(people) if still_known else ()).world, record))
    assert (found["reps"].state, found["reps"].value) == (MISSED, Fraction(3, 4))
    assert (found["reps/touches"].state, found["reps/touches"].value) == (MISSED, Fraction(3, 4))


def test_of_a_persona_that_was_taken_out_those_who_moved_on_are_not_counted() -> None:
    case = Case(persona(workflow(frequency())), persona(workflow(frequency(), name="calls"), name="managers"))
    case.people(2, BOTH_QUARTERS).person("boss", BOTH_QUARTERS, role="managers")
    record = deliver(case.world)
    managers = case.account.personas[1:]
    moved = tuple(replace(each, seats=(Seat("managers", LONG_AGO),)) for each in case.account.people)
    found = promised_of(look_back(case._with(personas=managers, people=moved).world, record))
    assert (found["reps"].state, found["reps"].why) == (UNKNOWN, Unjudged.NO_ONE)
    assert found["managers"].state is KEPT


def split(case: Case, moved: dict[str, tuple[Seat, ...]], **more: Any) -> Case:
    """The same with a new persona `aes`, and these people's seats in place of their own."""
    aes = persona(workflow(frequency(), name="calls"), name="aes")
    people = tuple(replace(each, seats=moved.get(each.id, each.seats)) for each in case.account.people)
    return case._with(personas=(*case.account.personas, aes), people=people, **more)


AES = (Seat("aes", LONG_AGO),)


# ---- who belongs is part of the definition --------------------------------------------------------------------------


@pytest.mark.parametrize("moved", [("slow",), ("p0", "slow"), ("p0", "p1", "p2", "slow")])
def test_people_who_are_put_into_another_persona_are_still_counted(moved: tuple[str, ...]) -> None:
    record = deliver(changed(reps(target="76%"), target=percent("90%")).world)
    today = changed(reps(target="76%"), target=percent("90%"))
    before = promised_of(look_back(today.world, record))
    after = promised_of(look_back(split(today, dict.fromkeys(moved, AES)).world, record))
    for key in ("reps", "reps/touches"):
        assert (after[key].state, after[key].value, after[key].ratio) == (MISSED, Fraction(3, 4), before[key].ratio)
        assert (before[key].counted_otherwise, after[key].counted_otherwise) == (False, True)


def test_someone_who_is_put_elsewhere_with_a_seat_that_was_over_before_the_review_is_still_counted() -> None:
    record = deliver(changed(reps(), target=percent("90%")).world)
    seats = (Seat("reps", LONG_AGO, date(2025, 6, 30)), *AES)
    found = promised_of(look_back(split(reps(), {"slow": seats}).world, record))["reps"]
    assert (found.state, found.value, found.counted_otherwise) == (MISSED, Fraction(3, 4), True)


@pytest.mark.parametrize(
    "seats",
    [
        (Seat("reps", LONG_AGO, week(1)),),
        (Seat("reps", LONG_AGO, week(1)), Seat("managers", week(2))),
        (Seat("reps", LONG_AGO, week(1)), Seat("aes", week(2))),
        (Seat("managers", LONG_AGO),),
        (Seat("aes", LONG_AGO, week(0)),),
        None,
    ],
    ids=["left", "moved", "moved to a new persona", "known elsewhere", "left from the new persona", "on no roster"],
)
def test_someone_who_left_or_moved_by_the_roster_itself_is_not_counted(seats: tuple[Seat, ...] | None) -> None:
    def team() -> Case:
        case = Case(persona(workflow(frequency())), persona(workflow(frequency(), name="calls"), name="managers"))
        return case.people(3, BOTH_QUARTERS).person("slow").person("boss", BOTH_QUARTERS, role="managers")

    record = deliver(team().world)
    today = split(team(), {"slow": seats or ()})
    if seats is None:
        today = today._with(people=tuple(each for each in today.account.people if each.id != "slow"))
    found = promised_of(look_back(today.world, record))
    assert (found["reps"].state, found["reps"].value, found["reps"].counted_otherwise) == (KEPT, Fraction(1), False)


def test_someone_who_has_a_seat_in_a_new_persona_as_well_counts_once() -> None:
    record = deliver(reps().world)
    both = (Seat("reps", LONG_AGO), *AES)
    found = promised_of(look_back(split(reps(), {"slow": both}).world, record))["reps"]
    assert found.ratio is not None
    assert (found.ratio.denominator, found.counted_otherwise) == (4, False)


def test_someone_who_came_later_into_a_new_persona_is_not_counted() -> None:
    record = deliver(reps().world)
    today = split(reps().person("new", QUARTER, role="aes"), {})
    found = promised_of(look_back(today.world, record))["reps"]
    assert found.ratio is not None
    assert (found.ratio.denominator, found.counted_otherwise) == (4, False)


def test_the_numbers_of_who_is_active_are_those_recorded_whatever_the_rule_is_today() -> None:
    def team() -> Case:
        return Case(persona(target="100%")).person("ann", [n for n in BOTH_QUARTERS if n not in (11, 12)])

    record = deliver(team().world)
    assert (record.rule.recent_units, record.rule.lapsed_units) == (2, 4)
    pausing = Case(persona(target="100%")).person("ann", [n for n in BOTH_QUARTERS if n < 12])
    strict, loose = Rules(recent_units=1, lapsed_units=1), Rules(recent_units=9, lapsed_units=9)
    for case, state in ((team(), KEPT), (pausing, MISSED)):
        for rules in (strict, loose):
            found = promised_of(look_back(replace(case.world, rules=rules), record))["reps"]
            assert (found.state, found.counted_otherwise) == (state, True)


def test_a_record_with_other_numbers_of_who_is_active_is_judged_by_those() -> None:
    pausing = Case(persona(target="100%")).person("ann", [n for n in BOTH_QUARTERS if n < 12])
    record = deliver(pausing.world)
    for rule, state in (((2, 4), MISSED), ((3, 4), KEPT), ((3, 2), MISSED)):
        own = replace(record, rule=replace(record.rule, recent_units=rule[0], lapsed_units=rule[1]))
        assert promised_of(look_back(pausing.world, own))["reps"].state is state


def test_the_receipt_of_a_promise_has_the_window_of_this_quarter_in_the_units_of_then() -> None:
    def team(rhythm: Rhythm) -> Case:
        case = Case(persona(workflow(share()), workflow(milestone(), name="start"), rhythm=rhythm))
        return case.people(2, BOTH_QUARTERS).person("newly", QUARTER, start=week(1))

    record = deliver(team(Rhythm.MONTH).person("early", EARLIER, start=week(-11)).world)
    mid = date(2026, 9, 13)  # two full months, eleven full weeks
    picture = look_back(replace(team(Rhythm.WEEK).world, as_of=mid), record)
    windows = {each.id: each.window for each in picture.receipts if each.id.startswith("commitment:")}
    monthly = look_back(replace(team(Rhythm.MONTH).world, as_of=mid), record)
    own = {each.id: each.window for each in monthly.receipts}
    assert windows["commitment:people/reps"] == own["persona:reps"]
    assert windows["commitment:workflow/reps/touches"] == own["workflow:reps/touches"]
    assert windows["commitment:workflow/reps/start"] == own["workflow:reps/start"]
    weekly = {each.id: each.window for each in picture.receipts}
    assert windows["commitment:people/reps"] != weekly["persona:reps"]
    assert windows["commitment:workflow/reps/start"] != windows["commitment:workflow/reps/touches"]


# ---- the whole ------------------------------------------------------------------------------------------------------


def test_of_a_persona_that_was_taken_out_those_who_had_left_are_not_counted() -> None:
    case = Case(persona(workflow(frequency(), "90%"))).people(2, BOTH_QUARTERS).person("gone", EARLIER, end=week(-3))
    record = deliver(case.world)
    assert record.personas[0].people["gone"].state == "left"
    found = promised_of(look_back(changed(case, id="sellers")._with(people=()).world, record))
    assert (found["reps"].state, found["reps/touches"].value) == (KEPT, Fraction(1))
