"""What is: people, workflows, direction, impact and outcome, in words."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from pictures import EMAIL_TIME, OUTCOME, REPLIES, REVIEWS, managers, persona, picture, workflow
from telling import told

from qbrgen.define.model.account import Impact, Reading, Source
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import Comparison, Depth, Direction, OutcomePicture
from qbrgen.score.states import TargetState, Trend

TOUCHES = workflow()


# ---- people ----

THEN = Comparison(active_then=3, active_now=5, both=7)
PERSONAS = [
    (
        persona(active=5, not_yet=2, previous=THEN),
        "5 of 7 quota-carrying reps are active every week, which meets the target of 5. Two reps are not yet active. "
        "3 of 7 were active the quarter before.",
    ),
    (
        persona(active=4, lapsed=1, occasional=2, new=1, away=2, leavers=1),
        "4 of 7 quota-carrying reps are active every week; the target is 5. One rep is no longer active and two "
        "are active only now and then. One more is new and not counted yet; two more were away all quarter and are not "
        "counted; one left during the quarter and is not counted.",
    ),
    (
        persona(active=7, previous=Comparison(0, 5, 6, as_reported=(1, 9))),
        "All 7 quota-carrying reps are active every week, above the target of 5. Of the 6 in seat in both quarters, "
        "none was active before and 5 are now. Counting everyone in seat at the time, it was 1 of 9.",
    ),
    (
        persona(lapsed=2),
        "Neither of the two quota-carrying reps is active; the target is both. Both did some of the work "
        "before and have stopped.",
    ),
    (persona(not_yet=3), "None of the 3 quota-carrying reps is active yet; the target is all 3."),
    (
        persona(not_yet=3, lapsed=2),
        "None of the 5 quota-carrying reps is active; the target is 4. Three are not yet active and two are no longer "
        "active.",
    ),
    (managers(active=1), "The sales manager is active every week."),
    (managers(occasional=1), "The sales manager is not active. There is work only now and then."),
    (
        persona(active=1, previous=Comparison(1, 1, 1)),
        "The quota-carrying rep is active every week, and was active the quarter before.",
    ),
    (
        persona(lapsed=1, previous=Comparison(0, 0, 1)),
        "The quota-carrying rep is not active, and was not the quarter before either. The work was done before and has "
        "stopped.",
    ),
    (
        persona(active=1, previous=Comparison(0, 1, 1)),
        "The quota-carrying rep is active every week, but was not the quarter before.",
    ),
    (
        persona(active=2, previous=Comparison(2, 2, 2)),
        "Both quota-carrying reps are active every week, which meets the target. Both were active the quarter before.",
    ),
    (persona(new=1), "The only quota-carrying rep is new and is not counted yet."),
    (persona(new=2), "Both quota-carrying reps are new and are not counted yet."),
]


@pytest.mark.parametrize(("who", "expected"), PERSONAS, ids=[text[:40] for _, text in PERSONAS])
def test_a_persona_is_told_with_target_rest_and_change(who: object, expected: str, wording: Wording) -> None:
    assert told(picture([who], []), f"persona:{who.id}", wording) == expected  # type: ignore[attr-defined, list-item]


def test_key_figures_are_short(deck: Narrative) -> None:
    assert deck.text("figure:people") == "6 of 8"
    assert deck.text("figure:workflows") == "2 of 3"
    assert deck.text("figure:impact") == "−30%"
    assert deck.text("target:reps") == "target: 5 of 7 active"
    assert deck.text("target:managers") == "target: active"


def test_change_is_told_like_for_like(wording: Wording) -> None:
    same = picture([persona(active=5, not_yet=2, previous=THEN)])
    assert told(same, "change:people", wording) == "3 of 7 the quarter before"
    other = picture([persona(active=5, not_yet=2, previous=Comparison(3, 4, 6))])
    assert told(other, "change:people", wording) == "of the 6 in both quarters, 3 were active before and 4 are now"
    assert (
        narrate(picture(), Register.DECK, wording).left_out["change:people"].startswith("there is nothing to compare")
    )


def test_those_too_new_to_count_stand_under_the_figure(wording: Wording) -> None:
    assert told(picture([persona(active=3, new=2)]), "change:people", wording) == "2 new, not counted"
    both = picture([persona(active=3, new=2, previous=Comparison(1, 3, 3))])
    assert told(both, "change:people", wording) == "1 of 3 the quarter before; 2 new, not counted"
    assert told(both, "people", wording).startswith("All 3 people who can be counted are active;")


ONE = [(0, 0, "not active and was not the quarter before either"), (1, 0, "not active but was the quarter before")]


@pytest.mark.parametrize(("then", "now", "expected"), [*ONE, (1, 1, "active and was the quarter before")])
def test_the_change_of_one_person_is_said_of_a_person(then: int, now: int, expected: str, wording: Wording) -> None:
    who = persona(**{"active" if now else "lapsed": 1}, previous=Comparison(then, now, 1))
    said = told(picture([who]), "direction", wording)
    assert said.endswith(f"The one person to count is {expected}.")


def test_this_quarters_unmeasured_workflows_do_not_read_as_of_the_quarter_before(wording: Wording) -> None:
    of = picture(depth=Depth(3, 6, 1, 0, (3, 6), "workflows"))
    assert (
        told(of, "change:workflows", wording) == "3 of 6 the quarter before; one more cannot be measured this quarter"
    )


def test_the_definition_of_active_has_the_workspaces_numbers(deck: Narrative) -> None:
    assert deck.text("definition:active") == (
        "A person counts as active when they complete at least one of their workflows in 75% or more of their weeks in "
        "seat, and in "
        "one of the last two."
    )


# ---- workflows ----


def test_a_workflow_is_told_with_its_target_and_counts(wording: Wording) -> None:
    before = dataclasses.replace(TOUCHES, previous=Fraction(58, 100))
    of = picture(workflows=[before, REPLIES, REVIEWS])
    assert told(of, f"workflow:{TOUCHES.id}", wording) == (
        "80% of outbound touches now run through sequences (4,180 of 5,225), 10 points above the target of 70%. It was "
        "58% the quarter before."
    )
    assert told(of, f"workflow:{REPLIES.id}", wording) == (
        "62% of replies are answered the same day (341 of 550), 13 points below the target of 75%."
    )
    assert told(of, f"workflow:{REVIEWS.id}", wording) == (
        "The sales manager reviewed the pipeline board in 12 of 13 weeks (92%), 2 points above the target of 90%."
    )
    assert told(of, f"workflow-short:{REPLIES.id}", wording) == "Replies answered the same day at 62%, target 75%"
    assert told(of, f"workflow-previous:{TOUCHES.id}", wording) == "58%"


@pytest.mark.parametrize(
    ("previous", "reported", "said"),
    [
        (
            Fraction(4, 5),
            Fraction(9, 100),
            "It was 80% for those in seat in both quarters; counting everyone at the time, 9%.",
        ),
        (Fraction(4, 5), Fraction(4, 5) + Fraction(1, 10**6), "It was the same the quarter before."),
        (None, Fraction(9, 100), "Counting everyone in seat at the time, it was 9% the quarter before."),
    ],
)
def test_the_quarter_before_is_told_with_both_figures_where_the_roster_changed(
    wording: Wording, previous: Fraction | None, reported: Fraction, said: str
) -> None:
    of = picture(workflows=[dataclasses.replace(TOUCHES, previous=previous, previous_reported=reported)])
    assert told(of, f"workflow:{TOUCHES.id}", wording).endswith(f"above the target of 70%. {said}")


STATES = [
    (TOUCHES, "on target"),
    (REPLIES, "13 points below"),
    (workflow(done=69, of=100), "1 point below"),
    (workflow(done=696, of=1000), "0.4 points below"),
    (workflow(done=None), "none happened"),
    (workflow(done=None, state=TargetState.NO_DATA), "no data"),
    (workflow(done=None, state=TargetState.NOT_APPLICABLE), "no one to count"),
]


@pytest.mark.parametrize(("which", "expected"), STATES, ids=[text for _, text in STATES])
def test_the_four_states_are_never_mixed(which: object, expected: str, wording: Wording) -> None:
    assert told(picture(workflows=[which]), f"workflow-state:{which.id}", wording) == expected  # type: ignore[attr-defined, list-item]


def test_what_cannot_be_measured_is_said_and_has_no_value(wording: Wording) -> None:
    of = picture(workflows=[workflow(done=None, state=TargetState.NO_DATA)])
    said = narrate(of, Register.DECK, wording)
    assert said.text(f"workflow:{TOUCHES.id}") == "Outbound touches through sequences: no data came for Q3 2026."
    assert f"workflow-value:{TOUCHES.id}" not in said
    assert said.left_out[f"workflow-value:{TOUCHES.id}"] == "no data came for this account in the period"


DEFINITIONS = [
    (
        TOUCHES,
        "On target when 70% or more of outbound touches run through sequences, over all quota-carrying reps together.",
    ),
    (
        REVIEWS,
        "On target when the sales manager reviewed the pipeline board in 90% or more of their weeks in seat.",
    ),
    (
        workflow("reps/m", 3, 4, kind="milestone", says={"did": "enrolled 20 leads"}, unit="people"),
        "Newly started quota-carrying reps who enrolled 20 leads in their first 14 days: on target at 70% or more.",
    ),
    (workflow(says={}), "On target at 70% or more: Outbound touches through sequences."),
]


@pytest.mark.parametrize(("which", "expected"), DEFINITIONS, ids=[w.kind + w.name[:8] for w, _ in DEFINITIONS])
def test_definitions_are_said_in_words(which: object, expected: str, wording: Wording) -> None:
    assert told(picture(workflows=[which]), f"definition:{which.id}", wording) == expected  # type: ignore[attr-defined, list-item]


def test_a_hair_above_the_target_is_not_on_it(wording: Wording) -> None:
    above, exact = workflow(done=704, of=1000, previous=None), workflow(done=70, of=100, previous=None)
    assert told(picture(workflows=[above]), f"workflow:{above.id}", wording).endswith("just above the target of 70%.")
    assert told(picture(workflows=[exact]), f"workflow:{exact.id}", wording).endswith(", on the target of 70%.")


def test_what_shows_the_same_is_said_to_be_the_same(wording: Wording) -> None:
    same = workflow(done=8004, of=10000, previous=Fraction(8, 10))
    said = told(picture(workflows=[same]), f"workflow:{same.id}", wording)
    assert said.endswith("It was the same the quarter before.")
    assert "now" not in said


# ---- direction ----

CALLS = [
    (
        Direction(Trend.SPREADING, 5, 1, 2, 26, receipt="direction"),
        "Adoption is spreading: over 26 weeks, 5 of 8 people who could be compared did more in the second half; 1 did "
        "less.",
        "5 of 8 people compared did more, 1 less",
    ),
    (
        Direction(Trend.SHRINKING, 0, 1, 5, 13, receipt="direction"),
        "Adoption is shrinking: over 13 weeks, 1 of 6 people who could be compared did less in the second half; none "
        "did more.",
        "1 of 6 people compared did less, none more",
    ),
    (
        Direction(Trend.UNCLEAR, 0, 0, 8, 26, receipt="direction"),
        "There is no clear change: over 26 weeks, no one did more or less in the second half than in the first.",
        "no one did more or less",
    ),
    (
        Direction(Trend.TOO_EARLY, 1, 1, 1, 6, receipt="direction"),
        "It is too early to tell which way it goes: 6 weeks of three people are not enough for a call.",
        "6 weeks of three people are not enough for a call",
    ),
]


@pytest.mark.parametrize(("found", "call", "fact"), CALLS, ids=[call[0].trend.value for call in CALLS])
def test_the_call_is_made_as_computed_and_the_change_always_told(
    found: Direction, call: str, fact: str, wording: Wording
) -> None:
    of = picture([persona(active=5, not_yet=2, previous=THEN)], [TOUCHES], direction=found)
    said = narrate(of, Register.DECK, wording)
    assert said.text("direction") == f"{call} 5 of 7 people are active, 3 of 7 the quarter before."
    assert said.text("direction-fact") == fact
    assert {"direction", "people"} <= set(said.statements["direction"].receipts)


# ---- impact and outcome ----


def test_an_impact_is_told_with_its_period_and_its_witness(deck: Narrative) -> None:
    assert deck.text("impact:email-time") == (
        "The team estimates that the work in Halyard has cut manual email time by roughly 30% (since March)."
    )
    assert deck.text("impact-witness:email-time") == "Estimated by the team, 22 September 2026"


def test_what_may_not_be_told_is_left_out_with_its_reason(wording: Wording) -> None:
    old = dataclasses.replace(EMAIL_TIME, said_on=date(2025, 1, 1))
    said = narrate(picture(impacts=[old]), Register.DECK, wording)
    assert "impact:email-time" not in said
    assert said.left_out["impact:email-time"] == "it is more than a year old"
    assert said.text("gap:impact/email-time") == (
        "The figure for manual email time is more than a year old (1 January 2025), so it is no longer shown."
    )


def test_an_outcome_is_told_from_baseline_to_goal(deck: Narrative, wording: Wording) -> None:
    assert deck.text("outcome") == "Acme bought Halyard to reach more buyers without hiring more reps."
    assert deck.text("outcome-progress") == (
        "First meetings booked per rep and month: 8 on 27 September, from 6 on 31 March. The goal is 10 by 31 December "
        "2026. That is 50% of the way."
    )
    worse = dataclasses.replace(OUTCOME, present=Reading(Fraction(5)))
    of = picture(outcome=OutcomePicture(worse, Fraction(-1, 4)))
    assert told(of, "outcome-progress", wording).endswith("It is further from the goal than at the start.")


def test_a_date_with_its_year_gives_every_date_its_year(wording: Wording) -> None:
    old = dataclasses.replace(OUTCOME, baseline=Reading(Fraction(6), date(2025, 3, 31)))
    said = told(picture(outcome=OutcomePicture(old, None)), "outcome-progress", wording)
    assert "8 on 27 September 2026, from 6 on 31 March 2025." in said


def test_no_figure_that_may_be_told_says_why(wording: Wording) -> None:
    old = dataclasses.replace(EMAIL_TIME, said_on=date(2025, 7, 14))
    said = narrate(picture(impacts=[old]), Register.BRIEF, wording)
    assert said.text("impact-missing") == "The last figure is more than a year old (14 July 2025)."
    assert "receipt:impact:email-time" not in said
    assert told(picture(impacts=[]), "impact-missing", wording) == "No impact is stated yet."


def test_a_benchmark_has_one_bracket(wording: Wording) -> None:
    made = Impact("b", "time to a first reply", change=Fraction(-1, 5), lower_is_better=True, source=Source.BENCHMARK)
    made = dataclasses.replace(made, by="benchmark of 61 teams", period="in the first year")
    assert told(picture(impacts=[made]), "impact:b", wording) == (
        "Elsewhere, time to a first reply fell by 20% (benchmark of 61 teams, in the first year); here it is not "
        "measured yet."
    )


def test_a_feed_that_only_began_later_says_so(wording: Wording) -> None:
    of = picture([persona(no_data=7)], [], silent=True, feed_last=None, feed_next=date(2026, 10, 10))
    said = narrate(of, Register.DECK, wording)
    assert said.text("title:people") == "No data came from Acme in Q3 2026; the first came on 10 October 2026"
    assert said.text("sentence") == "No data came from Acme in Q3 2026; the first came on 10 October 2026."
    brief = narrate(of, Register.BRIEF, wording)
    assert brief.text("risk").endswith("The work had not started yet, so nothing speaks for a renewal or against it.")


def test_an_outcome_in_another_language_does_not_go_on_from_our_words(wording: Wording) -> None:
    polish = dataclasses.replace(OUTCOME, bought="docierać do większej liczby sklepów")
    of = picture(outcome=OutcomePicture(polish, None), language="pl-PL")
    assert told(of, "outcome", wording) == "Acme bought Halyard for this: “docierać do większej liczby sklepów”."
