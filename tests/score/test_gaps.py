"""Gaps: what, who, since when, the figure behind it, the plan or none, and who may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from score_building import (
    AS_OF,
    BOTH_QUARTERS,
    QUARTER,
    Case,
    frequency,
    impact,
    milestone,
    persona,
    ready_made,
    share,
    week,
    workflow,
)

from qbrgen.audience import Audience
from qbrgen.define.model.account import Outcome, Reading
from qbrgen.period import week_of
from qbrgen.score.states import GapKind


def gap(picture, kind):
    """The one gap of a kind, or None."""
    found = [g for g in picture.gaps if g.kind is kind]
    assert len(found) <= 1
    return found[0] if found else None


def people_case():
    case = Case().people(5, BOTH_QUARTERS).person("late", start=date(2025, 3, 3)).person("gone", [2])
    return case.person("rare", [3, 12])


def test_people_not_active_are_told_by_state_with_who_and_since_when():
    picture = people_case().score()
    not_yet, lapsed = gap(picture, GapKind.NOT_YET_ACTIVE), gap(picture, GapKind.LAPSED)
    assert (not_yet.key, not_yet.who, not_yet.fact("count"), not_yet.fact("counted")) == (
        "not-yet/reps",
        ("late",),
        1,
        8,
    )
    assert (lapsed.who, lapsed.since) == (("gone",), week(3))
    assert (gap(picture, GapKind.OCCASIONAL).who, gap(picture, GapKind.OCCASIONAL).since) == (("rare",), None)


def test_a_lapsed_group_is_told_since_the_day_that_is_true_of_all_of_them():
    picture = Case().people(3, QUARTER).person("first", [-6]).person("last", [2, 5]).score()
    found = gap(picture, GapKind.LAPSED)
    assert (found.since, found.at_least) == (week(6), False)


def test_people_not_yet_active_are_told_since_the_last_of_them_took_the_seat():
    picture = Case().people(3, QUARTER).person("old").person("young", start=week(4)).score()
    assert gap(picture, GapKind.NOT_YET_ACTIVE).since == week(4)


def test_not_yet_active_is_said_since_the_data_begin_at_the_earliest():
    found = gap(people_case().score(), GapKind.NOT_YET_ACTIVE)
    assert (found.since, found.at_least) == (date(2026, 3, 30), True)


def test_off_target_tells_by_how_much_since_when_and_who():
    case = Case(persona(workflow(share(), "80%"))).person("ann", range(1, 9)).person("bob", QUARTER)
    found = gap(case.did("ann", range(9, 14), "other", 4).score(), GapKind.OFF_TARGET)
    assert (found.fact("value"), found.fact("target")) == (Fraction(21, 41), Fraction(4, 5))
    assert found.fact("missing") == Fraction(4, 5) - Fraction(21, 41)
    assert (found.since, found.who, found.workflow) == (week(10), ("ann",), "reps/touches")


def test_a_target_met_is_no_gap():
    assert gap(Case().people(3, QUARTER).score(), GapKind.OFF_TARGET) is None


def test_a_share_without_denominators_is_a_gap_of_its_own():
    shares = (workflow(share()), workflow(share("x", "x y"), name="b"))
    picture = Case(persona(*shares)).person("ann", QUARTER).score()
    found = gap(picture, GapKind.NO_EVENTS)
    assert (found.workflow, found.fact("kind")) == ("reps/b", "share")
    assert gap(picture, GapKind.OFF_TARGET) is None


def test_a_frequency_without_any_event_is_the_same_gap():
    empty = Case(persona(workflow(share()), workflow(frequency(1, "x"), name="b"))).person("ann", QUARTER).score()
    assert gap(empty, GapKind.NO_EVENTS).workflow == "reps/b"


def test_a_ready_made_value_that_never_came_is_told():
    picture = Case(persona(workflow(ready_made()))).person("ann", QUARTER).score()
    assert gap(picture, GapKind.NO_EVENTS).fact("kind") == "value"


def test_more_than_half_by_one_of_three_rests_on_one_person():
    case = Case().person("ann", range(1, 8)).person("bob", [1, 2, 3]).person("joe", [1, 2, 3])
    found = gap(case.score(), GapKind.ONE_PERSON)
    assert (found.who, found.fact("share"), found.audience) == (("ann",), Fraction(7, 13), Audience.INTERNAL)
    assert gap(case.did("joe", [5]).score(), GapKind.ONE_PERSON) is None


def test_workflows_that_rest_on_the_same_person_are_one_gap():
    flows = [workflow(frequency(1, event), name=event) for event in ("done", "sent", "called")]
    case = Case(persona(*flows)).person("ann", range(1, 8)).person("bob", [1, 2, 3]).person("joe", [1, 2])
    case.did("ann", range(1, 5), "sent").did("joe", [2], "sent").did("joe", [4, 5], "called")
    found = [g for g in case.score().gaps if g.kind is GapKind.ONE_PERSON]
    assert [(g.who, g.workflow, g.fact("workflows"), g.fact("done"), g.fact("of")) for g in found] == [
        (("ann",), "reps/done", ("reps/done", "reps/sent"), (7, 4), (12, 5)),
        (("joe",), "reps/called", ("reps/called",), (2,), (2,)),
    ]


def test_of_two_people_none_is_alone():
    assert gap(Case().person("ann", QUARTER).person("bob").score(), GapKind.ONE_PERSON) is None


def test_a_silent_feed_says_since_when_nothing_came_and_blames_no_one():
    picture = Case().people(3, [-4]).score()
    found = gap(picture, GapKind.FEED_SILENT)
    assert found.since == found.fact("last") == week(-4) + timedelta(days=2)
    assert not [g for g in picture.gaps if g.kind in (GapKind.LAPSED, GapKind.OFF_TARGET, GapKind.NO_EVENTS)]


def test_an_account_that_starts_after_the_period_was_never_heard_of_in_it():
    picture = Case().person("ann", range(7, 14)).score(period="2026-Q2")
    found, first = gap(picture, GapKind.FEED_SILENT), week(7) + timedelta(days=2)
    assert (picture.feed_last, picture.feed_next, found.since) == (None, first, None)
    assert (found.fact("last"), found.fact("next")) == (None, first)


def test_a_feed_that_came_back_says_when_it_stopped_and_when_it_came_again():
    # data from the middle of the quarter before Q2; nothing in Q2, something in Q3
    case = Case().person("ann", [-15, 3])
    picture = case.score(period="2026-Q2", data_start=week(-20))
    assert (picture.feed_last, picture.feed_next) == (week(-15) + timedelta(days=2), week(3) + timedelta(days=2))


def test_people_whom_no_roster_knows_are_a_data_gap_and_internal():
    found = gap(Case().people(3, QUARTER).on("ghost", week(2)).on("ghost", week(3)).score(), GapKind.UNKNOWN_PEOPLE)
    assert (found.who, found.fact("count"), found.fact("rows"), found.audience) == (("ghost",), 1, 2, Audience.INTERNAL)


def test_an_event_name_that_never_occurs_is_a_data_gap_and_internal():
    picture = Case(persona(workflow(share("done", "done base")))).people(3, QUARTER).score()
    found = gap(picture, GapKind.EVENT_NEVER)
    assert (found.fact("events"), found.audience) == (("base",), Audience.INTERNAL)


def test_a_persona_with_no_one_named_is_a_gap():
    picture = Case(persona(), persona(name="managers")).people(3, QUARTER).score()
    assert gap(picture, GapKind.NO_PEOPLE).persona == "managers"


# ---- impact and outcome ---------------------------------------------------------------------------------------------


def test_no_impact_is_a_gap():
    assert gap(Case().people(3, QUARTER).score(), GapKind.NO_IMPACT).key == "impact"


def test_an_impact_with_a_witness_and_a_date_may_be_told():
    picture = Case(impacts=(impact(),)).people(3, QUARTER).score()
    assert picture.impacts[0].tellable
    assert not [g for g in picture.gaps if g.key.startswith("impact")]


@pytest.mark.parametrize(
    ("change", "missing"),
    [({"source": None}, "source"), ({"by": ""}, "by"), ({"said_on": None}, "date"), ({"change": None}, "value")],
)
def test_an_impact_without_its_witness_is_not_told(change, missing):
    picture = Case(impacts=(replace(impact(), **change),)).people(3, QUARTER).score()
    assert not picture.impacts[0].tellable
    assert gap(picture, GapKind.IMPACT_UNSOURCED).fact("missing") == (missing,)


def test_an_impact_older_than_a_year_is_a_gap():
    old = replace(impact(), said_on=date(2025, 9, 26))
    picture = Case(impacts=(old,)).people(3, QUARTER).score()
    assert (picture.impacts[0].tellable, gap(picture, GapKind.IMPACT_OLD).since) == (False, date(2025, 9, 26))
    fresh = replace(impact(), said_on=date(2025, 9, 27))
    assert Case(impacts=(fresh,)).people(3, QUARTER).score().impacts[0].tellable


def receipt_ids(picture):
    return [receipt.id for receipt in picture.receipts]


def test_an_impact_that_may_not_be_told_has_no_receipt_and_its_gap_has():
    old, unsourced = replace(impact(), said_on=date(2025, 9, 26)), replace(impact(), id="by-none", source=None)
    picture = Case(impacts=(old, unsourced)).people(3, QUARTER).score()
    assert [name for name in receipt_ids(picture) if name.startswith("impact")] == []
    assert [(each.tellable, each.receipt) for each in picture.impacts] == [(False, "")] * 2
    receipt = picture.receipt(gap(picture, GapKind.IMPACT_OLD).receipt)
    assert (receipt.id, receipt.rule) == ("gap:impact/time", "impact-old")
    assert "change" not in dict(receipt.rule_facts)


def test_the_receipt_of_an_impact_has_both_values_the_unit_and_the_period():
    moved = replace(impact(), change=None, before=Fraction(40), value=Fraction(0), unit="minutes", period="since March")
    facts = dict(Case(impacts=(moved,)).people(3, QUARTER).score().receipt("impact:time").rule_facts)
    assert (facts["before"], facts["value"], facts["unit"], facts["period"]) == (40, 0, "minutes", "since March")
    assert facts["said_on"] == date(2026, 9, 22)
    assert "change" not in facts


def test_an_impact_said_after_the_as_of_date_is_not_told_and_becomes_a_gap():
    case = Case(impacts=(impact(),)).people(3, BOTH_QUARTERS)
    assert case.score(as_of=date(2026, 9, 22)).impacts[0].tellable
    picture = case.score(as_of=date(2026, 9, 21))
    found = gap(picture, GapKind.NO_IMPACT)
    assert (picture.impacts, found.fact("later"), found.fact("first_later")) == ((), 1, date(2026, 9, 22))


@pytest.mark.parametrize(("said_on", "told"), [(date(2026, 8, 12), True), (date(2026, 8, 13), False)])
def test_an_earlier_quarter_tells_what_was_known_45_days_after_its_end(said_on, told):
    # the second quarter ends on 28 June; the third is complete
    case = Case(impacts=(replace(impact(), said_on=said_on),)).people(3, BOTH_QUARTERS)
    assert bool(case.score(period="2026-Q2").impacts) is told
    assert case.score(period="2026-Q3").impacts


def test_the_latest_complete_quarter_tells_what_was_known_on_the_as_of_date():
    case = Case(impacts=(replace(impact(), said_on=date(2026, 9, 10)),)).people(3, BOTH_QUARTERS)
    assert case.score(period="2026-Q2", as_of=date(2026, 9, 20)).impacts


def test_a_reading_after_the_as_of_date_is_left_out_and_a_goal_is_not():
    outcome = Outcome(
        "reach more",
        baseline=Reading(Fraction(6), date(2026, 3, 31)),
        goal=Reading(Fraction(10), date(2026, 12, 31)),
        present=Reading(Fraction(8), date(2026, 9, 20)),
    )
    case = Case(outcome=outcome).people(3, QUARTER)
    now, before = case.score().outcome, case.score(as_of=date(2026, 9, 19)).outcome
    assert (now.progress, now.later) == (Fraction(1, 2), ())
    assert (before.outcome.present, before.progress, before.later) == (None, None, ("present",))
    assert before.outcome.goal == outcome.goal


def test_the_receipt_of_the_outcome_has_the_dates_of_its_readings():
    outcome = Outcome("more", baseline=Reading(Fraction(6), date(2026, 3, 31)), goal=Reading(Fraction(10)))
    facts = dict(Case(outcome=outcome).people(3, QUARTER).score().receipt("outcome").rule_facts)
    assert facts == {"baseline": 6, "goal": 10, "baseline_on": date(2026, 3, 31)}


def test_the_outcomes_progress_runs_from_baseline_to_goal():
    outcome = Outcome("reach more", baseline=Reading(6), goal=Reading(10), present=Reading(Fraction(8)))
    picture = Case(outcome=outcome).people(3, QUARTER).score()
    assert picture.outcome.progress == Fraction(1, 2)
    assert picture.receipt("outcome").denominator == 4


def test_progress_towards_less_counts_as_progress():
    outcome = Outcome("spend less", baseline=Reading(Fraction(10)), goal=Reading(6), present=Reading(7))
    assert Case(outcome=outcome).people(3, QUARTER).score().outcome.progress == Fraction(3, 4)


def test_no_outcome_and_an_outcome_without_baseline_are_gaps():
    assert gap(Case().people(3, QUARTER).score(), GapKind.NO_OUTCOME).key == "outcome"
    picture = Case(outcome=Outcome("reach more", goal=Reading(Fraction(10)))).people(3, QUARTER).score()
    assert gap(picture, GapKind.NO_BASELINE).fact("missing") == ("baseline", "present")
    assert picture.outcome.progress is None


# ---- plans ----------------------------------------------------------------------------------------------------------


def test_a_gap_carries_the_action_that_closes_it():
    case = people_case().planned("reps").planned("impact")
    picture = case.score()
    assert gap(picture, GapKind.NOT_YET_ACTIVE).action.action.id == "a0"
    assert gap(picture, GapKind.NO_IMPACT).action.action.id == "a1"
    assert gap(picture, GapKind.NO_OUTCOME).action is None


def test_an_action_on_people_is_no_plan_for_a_workflow():
    case = Case(persona(workflow(milestone(), "80%", "start"), workflow(share(), "90%"))).person("ann", [1])
    case.did("ann", [1], "other").planned("reps")
    assert gap(case.score(), GapKind.OFF_TARGET).action is None
    assert gap(case.planned("reps/touches").score(), GapKind.OFF_TARGET).action.action.id == "a1"


@pytest.mark.parametrize("broken", [{"owner": ""}, {"due": None}, {"done_on": date(2026, 9, 1)}])
def test_an_action_without_owner_or_date_or_already_done_is_no_plan(broken):
    assert gap(people_case().planned("reps", **broken).score(), GapKind.NOT_YET_ACTIVE).action is None


def test_the_open_plan_that_the_customer_may_see_goes_first():
    case = people_case().planned("reps", internal=True, due=date(2026, 10, 1)).planned("reps", due=date(2026, 11, 1))
    assert gap(case.score(), GapKind.LAPSED).action.action.id == "a1"


def test_an_action_is_overdue_on_its_day_when_it_is_not_done():
    case = people_case().planned("", due=date(2026, 9, 27)).planned("", due=date(2026, 9, 28))
    done = case.planned("", due=date(2026, 9, 1), done_on=date(2026, 9, 20)).score().actions
    assert [a.overdue for a in done] == [True, False, False]


def test_the_most_urgent_gap_comes_first_and_keys_are_unique():
    picture = people_case().score()
    assert [g.weight for g in picture.gaps] == sorted((g.weight for g in picture.gaps), reverse=True)
    assert len({g.key for g in picture.gaps}) == len(picture.gaps)


# ---- what stopped ---------------------------------------------------------------------------------------------------


def test_a_feed_that_stops_four_weeks_before_the_end_is_a_gap():
    found = gap(Case().people(3, range(-12, 10)).score(), GapKind.FEED_STOPPED)
    assert (found.key, found.since) == ("feed", week(9) + timedelta(days=2))


def test_three_weeks_without_an_event_are_no_broken_feed():
    picture = Case().people(3, range(-12, 11)).score()
    assert GapKind.FEED_STOPPED not in {each.kind for each in picture.gaps}


def test_closed_weeks_are_not_weeks_without_an_event():
    case = Case().people(3, range(-12, 10))
    picture = case.score(closed=frozenset({week_of(week(11))}))
    assert GapKind.FEED_STOPPED not in {each.kind for each in picture.gaps}


def test_when_the_last_member_has_left_nobody_follows():
    found = gap(Case().person("ann", range(-12, 3), end=week(5)).person("x", role="else").score(), GapKind.NO_PEOPLE)
    assert (found.persona, found.fact("left")) == ("reps", 1)


def test_someone_named_for_later_is_someone_named():
    picture = Case().person("ann", range(-12, 3), end=week(5)).person("bea", start=AS_OF + timedelta(days=5)).score()
    assert GapKind.NO_PEOPLE not in {each.kind for each in picture.gaps}


def test_a_share_with_nothing_to_divide_by_is_told_apart_from_nothing_at_all():
    case = Case(persona(workflow(share("done", "other")))).person("ann", QUARTER)
    assert gap(case.score(), GapKind.NO_EVENTS).fact("nothing_below") is True
    idle = Case(persona(workflow(share("done", "other")))).person("ann", QUARTER, event="else")
    assert gap(idle.score(), GapKind.NO_EVENTS).fact("nothing_below") is False


def test_a_workflow_that_stopped_says_since_when_and_who_was_to_do_it():
    case = Case(persona(workflow(share())))
    for name in ("ann", "ben", "cem"):
        case.person(name, range(-12, 1), times=3)
        case.did(name, range(-12, 1), "other", 1)
        case.did(name, QUARTER, "something else")
    found = gap(case.score(), GapKind.NO_EVENTS)
    assert (found.since, found.at_least, found.who) == (week(1), False, ("ann", "ben", "cem"))
