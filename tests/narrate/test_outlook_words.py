"""The renewal outlook in words: for leadership, exact against the target, and never a word of it for a customer."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from pictures import REPLIES, REVIEWS, WINDOW, picture, workflow

from qbrgen.audience import Audience
from qbrgen.figures import Receipt
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.score.other_times import Outlook
from qbrgen.score.picture import AccountPicture, Gap, WorkflowPicture
from qbrgen.score.states import Forecast, GapKind, TargetState, Trend

DAY = date(2027, 1, 31)
ON, BELOW, OPEN = Forecast.ON_TARGET, Forecast.BELOW, Forecast.OPEN


def share(percent: float | None) -> Fraction | None:
    return None if percent is None else Fraction(str(percent)) / 100


def ahead(
    of: WorkflowPicture,
    forecast: Forecast,
    expected: float | None,
    low: float | None = None,
    high: float | None = None,
    *,
    pace: bool = False,
    rest: bool = False,
) -> WorkflowPicture:
    found = Outlook(DAY, pace, share(expected), share(low), share(high), forecast, f"outlook:{of.id}", rest)
    return dataclasses.replace(of, outlook=found)


TOUCHES = ahead(workflow(), ON, 78, 74, 81, pace=True)
LATE = ahead(REPLIES, BELOW, 62, 58, 66.5)
EITHER = ahead(REVIEWS, OPEN, 85, 70, 95)
RISEN = dataclasses.replace(REPLIES, direction=dataclasses.replace(REPLIES.direction, trend=Trend.SPREADING))
RISE_AT_REST = ahead(RISEN, BELOW, 62, 57, 70, rest=True)
FALLEN = dataclasses.replace(REVIEWS, direction=dataclasses.replace(REVIEWS.direction, trend=Trend.SHRINKING))
FALL_AT_REST = ahead(FALLEN, BELOW, 62, 57, 70, rest=True)


def brief(*workflows: WorkflowPicture, **changes: object) -> AccountPicture:
    return picture(None, workflows, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (TOUCHES, "At the present pace 74% to 81% by 31 January 2027: on target."),
        (LATE, "At the present level 58% to 67% by 31 January 2027: below target."),
        (ahead(workflow(), OPEN, 70, 69.6, 80), "At the present level 69.6% to 80% by 31 January 2027: open."),
        (ahead(workflow(), ON, 100, 100, 100), "At the present level 100% by 31 January 2027: on target."),
        (
            ahead(workflow(), OPEN, 80),
            "At the present level 80% by 31 January 2027: open, as too little is known for a range.",
        ),
        (
            ahead(workflow(kind="milestone", unit="people"), OPEN, 80),
            "At the present level 80% by 31 January 2027: open, as other people start each quarter.",
        ),
        (
            RISE_AT_REST,
            "The rise has stopped but may resume: 57% to 70% by 31 January 2027, below target.",
        ),
        (
            ahead(FALLEN, OPEN, 62, rest=True),
            "With the fall stopped, though it may resume, 62% by 31 January 2027: open, as too little is known "
            "for a range.",
        ),
        (
            ahead(workflow(), OPEN, 46, 0, 100),
            "At the present level 46% by 31 January 2027: open, as too little is known for a range.",
        ),
        (
            ahead(workflow(done=None, state=TargetState.NOT_MET), BELOW, None),
            "Nothing happened this quarter; unless it begins, 31 January 2027 finds it below target.",
        ),
    ],
)
def test_a_workflow_says_what_it_rests_on_the_range_the_day_and_what_it_comes_to(
    flow: WorkflowPicture, said: str, wording: Wording
) -> None:
    assert narrate(brief(flow), Register.BRIEF, wording).text(f"outlook:{flow.id}") == said


@pytest.mark.parametrize(
    ("flows", "said"),
    [
        (
            (TOUCHES, LATE, EITHER),
            "1 of 3 workflows is on course for target at the renewal; 1 is open and 1 is expected below target.",
        ),
        ((TOUCHES,), "The one workflow that can be measured is on course for its target at the renewal."),
        ((LATE,), "The one workflow that can be measured is not on course for its target at the renewal."),
        ((EITHER,), "The one workflow that can be measured is open for its target at the renewal."),
        ((LATE, LATE), "Neither workflow is on course for target at the renewal; both are expected below target."),
        (
            (TOUCHES, TOUCHES, LATE),
            "2 of 3 workflows are on course for target at the renewal; the other is expected below target.",
        ),
        ((TOUCHES, EITHER, EITHER), "1 of 3 workflows is on course for target at the renewal; the other 2 are open."),
        (
            (LATE, EITHER),
            "Neither workflow is on course for target at the renewal; 1 is open and 1 is expected below target.",
        ),
        (
            (TOUCHES, ahead(REPLIES, ON, 90, 80, 95)),
            "Both workflows are on course for target at the renewal.",
        ),
    ],
)
def test_the_account_says_how_many_are_on_course(
    flows: tuple[WorkflowPicture, ...], said: str, wording: Wording
) -> None:
    assert narrate(brief(*flows), Register.BRIEF, wording).text("outlook") == said


def test_each_is_listed_by_what_it_comes_to_and_in_a_crowded_brief_those_that_will_miss(wording: Wording) -> None:
    told = narrate(brief(TOUCHES, LATE, EITHER), Register.BRIEF, wording)
    assert told.text("outlook-each") == (
        "On course, at the present pace: Outbound touches through sequences 74% to 81%, target 70%. Open, at the "
        f"present level: {REVIEWS.name} 70% to 95%, target 90%. Not on course, at the present level: Replies answered "
        "the same day 58% to 67%, target 75%."
    )
    behind = "Not on course, at the present level: Replies answered the same day 58% to 67%, target 75%."
    assert told.text("outlook-behind") == behind


def test_a_list_says_what_came_to_rest_what_has_no_range_and_where_nothing_happened(wording: Wording) -> None:
    def each(*flows: WorkflowPicture) -> str:
        return narrate(brief(*flows), Register.BRIEF, wording).text("outlook-each")

    assert each(RISE_AT_REST).startswith("Not on course, with the rise stopped, though it may resume: Replies")
    assert each(FALL_AT_REST).startswith("Not on course, with the fall stopped, though it may resume: ")
    both = each(RISE_AT_REST, FALL_AT_REST)
    assert both.startswith("Not on course, with the rise or fall stopped, though it may resume: ")
    assert each(ahead(REPLIES, OPEN, 46, 0, 100)) == (
        "Open, at the present level: Replies answered the same day 46%, target 75% (too little is known for a range)."
    )
    nothing = ahead(dataclasses.replace(REPLIES, value=None), BELOW, None)
    assert each(nothing) == (
        "Not on course, at the present level: Replies answered the same day, target 75% (nothing happened)."
    )


def test_without_a_renewal_ahead_nothing_is_said_of_it(wording: Wording) -> None:
    told = narrate(brief(workflow()), Register.BRIEF, wording)
    assert not [key for key in told.statements if key.startswith("outlook")]


@pytest.mark.parametrize(
    ("pace", "forecast", "low", "high", "said"),
    [
        ("pace", BELOW, 0.6, 0.68, ": at the present pace still below {} (66% then, likely 60% to 68%)."),
        ("pace", OPEN, 0.6, 0.72, " may miss {}: at the present pace 66% then, likely 60% to 72%, {}."),
        ("level", BELOW, 0.6, 0.699, ": at the present level still below {} (66% then, likely 60% to 69.9%)."),
        ("level", OPEN, 0.6, 0.72, " may miss {}: at the present level 66% then, likely 60% to 72%, {}."),
        ("level", OPEN, 0, 1, " may miss {}: at the present level 66% then."),
        (
            "rest",
            BELOW,
            0.6,
            0.68,
            ": with the fall stopped, though it may resume, still below {} (66% then, likely 60% to 68%).",
        ),
    ],
)
def test_the_gap_says_the_range_and_one_which_reaches_the_target_may_miss_it_and_is_not_said_to_be_below(
    pace: str, forecast: Forecast, low: float, high: float, said: str, wording: Wording
) -> None:
    facts = {"pace": pace, "forecast": forecast.value, "expected": Fraction(66, 100)}
    facts |= {"low": Fraction(str(low)), "high": Fraction(str(high))}
    of = dataclasses.replace(workflow(), direction=FALLEN.direction)
    found = Gap(
        GapKind.MISS_AT_RENEWAL, "miss", Audience.INTERNAL, "reps", of.id, tuple(facts.items()), receipt=of.receipt
    )
    told = narrate(brief(of, gaps=[found]), Register.BRIEF, wording)
    target = "the target of 70% at the renewal on 31 January 2027"
    expected = said.format(target, "so it may still get there")
    assert told.text("gap:miss") == f"Outbound touches through sequences{expected}"
    short = "may miss target at renewal" if forecast is OPEN else "below target at renewal"
    assert told.text("gap-short:miss") == f"Outbound touches through sequences {short}"


RULE = (
    ("pace", "pace"),
    ("renewal", DAY),
    ("value", Fraction(8, 10)),
    ("run", 3),
    ("lowest", Fraction(-4, 100)),
    ("highest", Fraction(61, 1000)),
    ("slowest", Fraction(7, 1000)),
    ("present", Fraction(12, 1000)),
    ("fastest", Fraction(16, 1000)),
    ("ahead", 18),
    ("series", (Fraction(71, 100), Fraction(3, 4))),
)
LEVEL = (
    ("pace", "level"),
    ("value", Fraction(62, 100)),
    ("run", 3),
    ("lowest", Fraction(58, 100)),
    ("highest", Fraction(665, 1000)),
    ("series", (Fraction(71, 100), Fraction(3, 4))),
)


def receipt(flow: WorkflowPicture, facts: tuple[tuple[str, object], ...]) -> Receipt:
    about = {"window": WINDOW, "rule_facts": facts, "audience": Audience.INTERNAL}
    return Receipt(f"outlook:{flow.id}", "outlook", "", **about)  # type: ignore[arg-type]


def test_the_receipt_has_the_rule_with_its_numbers_the_days_and_the_series(wording: Wording) -> None:
    made = brief(TOUCHES, LATE)
    own = (receipt(TOUCHES, RULE), receipt(LATE, LEVEL))
    told = narrate(dataclasses.replace(made, receipts=(*made.receipts, *own)), Register.BRIEF, wording)
    assert told.text(f"receipt:outlook:{TOUCHES.id}") == (
        "80% in the quarter, carried on from its middle at 1.2 points a week for 18 weeks to the renewal; 29 June to "
        "27 September 2026. The range runs from half the slowest to the whole of the fastest pace (0.7 and 1.6 points "
        "a week), and is wider by as much as any three weeks in a row of the quarter have strayed from that line (−4 "
        "and 6.1 points). By week: 71%, 75%."
    )
    assert told.text(f"receipt:outlook:{LATE.id}") == (
        "The quarter's 62% stays. The range is the lowest and the highest of any three weeks in a row (58% and 67%), "
        "29 June to 27 September 2026. By week: 71%, 75%."
    )
    assert told.statements[f"outlook:{LATE.id}"].receipts == (f"outlook:{LATE.id}",)


def test_a_receipt_says_how_far_the_pace_was_carried_and_when_the_renewal_comes(wording: Wording) -> None:
    """The quarter ends on 27 September 2026; 27 September 2027 is in the 53rd week after its last."""
    facts = tuple((dict(RULE) | {"renewal": date(2027, 9, 27), "ahead": 26}).items())
    made = brief(TOUCHES)
    made = dataclasses.replace(made, receipts=(*made.receipts, receipt(TOUCHES, facts)))
    assert (
        "at 1.2 points a week for 26 weeks after it; the renewal comes 53 weeks after it, and the pace is not carried "
        "further; 29 June to 27 September 2026."
    ) in narrate(made, Register.BRIEF, wording).text(f"receipt:outlook:{TOUCHES.id}")


def test_a_slow_pace_is_not_told_as_none(wording: Wording) -> None:
    facts = tuple((dict(RULE) | {"slowest": Fraction(0), "present": Fraction(4, 10_000)}).items())
    made = brief(TOUCHES)
    made = dataclasses.replace(made, receipts=(*made.receipts, receipt(TOUCHES, facts)))
    said = narrate(made, Register.BRIEF, wording).text(f"receipt:outlook:{TOUCHES.id}")
    assert "at 0.04 points a week" in said
    assert "(0 and 1.6 points a week)" in said


def test_a_receipt_says_that_a_rise_has_come_to_rest(wording: Wording) -> None:
    rest = {"pace": "rest", "fastest": Fraction(1, 100), "ahead": 18, "lowest": Fraction(-3, 100)}
    facts = tuple((dict(LEVEL) | rest | {"highest": Fraction(2, 100)}).items())
    made = brief(RISE_AT_REST)
    made = dataclasses.replace(made, receipts=(*made.receipts, receipt(RISE_AT_REST, facts)))
    assert (
        narrate(made, Register.BRIEF, wording)
        .text(f"receipt:outlook:{RISE_AT_REST.id}")
        .startswith(
            "62% in the quarter, in which the rise has stopped; 29 June to 27 September 2026. The range allows "
            "for it to resume: up to the whole of the fastest pace (1 point a week) for 18 weeks, and wider by as much "
            "as any three weeks in a row of the quarter have strayed from its level (−3 and 2 points)."
        )
    )


def test_no_word_of_it_is_for_the_customer(wording: Wording) -> None:
    made = brief(TOUCHES, LATE, EITHER)
    own = tuple(receipt(flow, RULE) for flow in made.workflows)
    made = dataclasses.replace(made, receipts=(*made.receipts, *own))
    told = narrate(made, Register.DECK, wording)
    assert not [key for key in told.statements if "outlook" in key]
    words = " ".join(statement.text for statement in told.statements.values())
    for sign in ("present pace", "present level", "2027", "on course", "renewal"):
        assert sign not in words.replace("31 December 2027", ""), sign
    brief_words = " ".join(each.text for each in narrate(made, Register.BRIEF, wording).statements.values())
    assert all(sign in brief_words for sign in ("present pace", "present level", "on course", "renewal"))
