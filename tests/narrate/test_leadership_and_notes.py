"""What leadership reads besides, receipts in words, and the talk track in the notes."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from pictures import EMAIL_TIME, REPLIES, REVIEWS, persona, picture, workflow
from telling import told
from test_gaps_and_plans import gap

from qbrgen.audience import Audience
from qbrgen.define.model.account import Impact, Source
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import Direction
from qbrgen.score.states import GapKind, Standing, Trend

TOUCHES = workflow()


@pytest.mark.parametrize(
    ("active", "said"),
    [
        (2, "At risk: people who are not active look busy all the same, "),
        (4, "on target, but some people who are not active look busy."),
    ],
)
def test_masked_people_are_a_standings_reason_only_where_they_decide_it(
    active: int, said: str, wording: Wording
) -> None:
    facts = (("pattern", "not active"), ("active", active), ("counted", 6))
    mask = gap(GapKind.MASKED, "masked", Audience.INTERNAL, facts=facts)
    standing = Standing.AT_RISK if active == 2 else Standing.PARTIAL
    of = picture([persona(active=active, lapsed=6 - active)], [TOUCHES], gaps=[mask], standing=standing)
    assert said in narrate(of, Register.BRIEF, wording).text("standing")


def test_leadership_reads_standing_risk_and_what_is_asked(brief: Narrative, deck: Narrative) -> None:
    assert brief.text("standing") == "Real adoption: both groups reach their target and 2 of 3 workflows are on target."
    assert brief.text("risk") == (
        "£184k a year renews on 31 January 2027, in 123 days. What speaks against it: 1 of 3 workflows is below target."
    )
    assert brief.text("leadership") == "A call from our CRO to Dana Ortiz."
    assert not {"standing", "risk", "leadership"} & set(deck.statements)


def test_a_calm_account_has_nothing_against_it(wording: Wording) -> None:
    of = picture([persona(active=7)], [TOUCHES], renewal=None, arr=None)
    assert told(of, "risk", wording, Register.BRIEF) == "Nothing in this quarter's figures speaks against renewing."


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_has_words(standing: Standing, wording: Wording) -> None:
    said = told(picture(standing=standing), "standing", wording, Register.BRIEF)
    assert said.lower().startswith(standing.value)


def test_receipts_say_counts_window_and_rule(deck: Narrative, brief: Narrative) -> None:
    assert deck.text(f"receipt:workflow:{TOUCHES.id}") == (
        "4,180 of 5,225 outbound touches, 29 June to 27 September 2026. Rule: a share over everyone in the group, on "
        "target at 70% or more."
    )
    assert deck.text(f"receipt:workflow:{REVIEWS.id}") == (
        "12 of 13 weeks in seat, 29 June to 27 September 2026. Rule: weeks in which it was done at least once; on "
        "target at 90% or more of them."
    )
    assert deck.text("receipt:persona:managers").endswith("one of the last two.")
    assert brief.text("receipt:persona:managers").endswith("People: Jon Bell.")
    assert brief.text("receipt:people").endswith("From events.csv.")
    assert "events.csv" not in " ".join(s.text for s in deck.statements.values())


def test_a_receipt_of_a_single_event_is_no_plural_of_one(wording: Wording) -> None:
    one = narrate(picture(workflows=[workflow(done=1, of=1)]), Register.DECK, wording)
    said = one.text(f"receipt:workflow:{TOUCHES.id}")
    assert said.startswith("1 of 1 (outbound touches), 29 June to 27 September 2026.")


def test_a_receipt_of_an_impact_has_from_to_unit_and_period(wording: Wording) -> None:
    made = Impact("p", "pipeline", value=Fraction(1_200_000), before=Fraction(840_000), unit="GBP", period="Q3 to Q2")
    made = dataclasses.replace(made, source=Source.MEASURED, by="the CRM")
    assert told(picture(impacts=[made]), "receipt:impact:p", wording) == (
        "Measured: from £840,000 to £1,200,000 (Q3 to Q2); the CRM."
    )


def test_a_receipt_of_an_outcome_has_its_dates(deck: Narrative) -> None:
    assert deck.text("receipt:outcome") == (
        "The readings that were stated: 6 at the start (31 March 2026), 8 now (27 September 2026) and 10 as "
        "the goal (31 December 2026)."
    )


def test_a_start_that_was_not_given_is_said(wording: Wording) -> None:
    who = persona(active=2)
    guessed = dataclasses.replace(who, people=(dataclasses.replace(who.people[0], start_assumed=True), who.people[1]))
    said = told(picture([guessed]), "receipt:persona:reps", wording, Register.BRIEF)
    assert "One start not given: the first event stands for it (Jon Bell)." in said


def test_the_talk_track_tells_every_impact_and_calls_none_measured_that_is_not(wording: Wording) -> None:
    made = Impact("m", "first meetings", value=Fraction(8), before=Fraction(5), source=Source.MEASURED, by="the CRM")
    said = told(picture(impacts=[made, EMAIL_TIME]), "notes:impact", wording)
    assert "First meetings rose from 5 to 8. Measured: the CRM." in said
    assert "roughly 30%" in said
    assert "This is measured" not in said


def test_the_talk_track_has_counts_window_and_rule(deck: Narrative) -> None:
    said = deck.text("notes:people")
    assert "5 of 7 quota-carrying reps" in said
    assert "Counted over 29 June to 27 September 2026, 13 full weeks, with data to 30 September 2026." in said
    assert "75% or more of their weeks in seat" in said
    assert deck.text("notes:gaps").count("Plan: ") == 2


def test_an_estimate_is_as_told_in_its_receipt(wording: Wording) -> None:
    odd = dataclasses.replace(EMAIL_TIME, change=Fraction(-317, 1000), source=Source.ESTIMATE)
    said = narrate(picture(impacts=[odd]), Register.DECK, wording)
    assert said.text("figure:impact") == "−30%"
    assert said.text("receipt:impact:email-time") == (
        "Estimate as told, unrounded: −31.7% (since March); the team; 22 September 2026."
    )
    money = Impact("p", "pipeline", value=Fraction(1_234_567), unit="EUR", source=Source.ESTIMATE, by="finance")
    assert told(picture(impacts=[money]), "receipt:impact:p", wording).endswith("unrounded: €1,234,567; finance.")


def test_the_reason_of_a_standing_is_what_decided_it(wording: Wording) -> None:
    shrinking = Direction(Trend.SHRINKING, less=6, weeks=26, receipt="direction")
    at_risk = picture([persona(active=2, lapsed=5)], [TOUCHES], standing=Standing.AT_RISK)
    partial = picture([persona(active=7)], [TOUCHES, REPLIES], standing=Standing.PARTIAL)
    real = picture([persona(active=7)], [TOUCHES], standing=Standing.REAL)
    reasons = [
        narrate(of, Register.BRIEF, wording).text("standing-reason")
        for of in (dataclasses.replace(at_risk, direction=shrinking), at_risk, partial, real)
    ]
    assert reasons == [
        "adoption is shrinking", "the group does not reach its target", "1 of 2 workflows is on target", "",
    ]  # fmt: skip
