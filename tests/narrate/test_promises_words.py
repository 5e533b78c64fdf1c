"""What was promised last time, as it is said: every kind, every state, and what makes a promise hard to judge."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from pictures import REPLIES, REVIEWS, managers, picture, workflow
from promises import KEPT, MISSED, NOT_MEASURABLE, OPEN, REVIEW, SECRET, of_action, of_people, of_workflow, promises

from qbrgen.narrate.commitments import key_of
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.score.commitment import Commitment, Unjudged
from qbrgen.score.picture import AccountPicture


def review(*each: Commitment, **changes: object) -> AccountPicture:
    return picture(commitments=promises(each), **changes)  # type: ignore[arg-type]


def said(of: Commitment, wording: Wording, register: Register = Register.DECK, **changes: object) -> str:
    return narrate(review(of, **changes), register, wording).text(f"commitment:{key_of(of)}")


# ---- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((4, 2, 0, 0), "Of the six things promised in the last review, four were kept and two were missed."),
        (
            (1, 1, 1, 1),
            "Of the four things promised in the last review, one was kept, one was missed, one cannot be measured and "
            "one is not due yet.",
        ),
        ((9, 5, 0, 0), "Of the 14 things promised in the last review, 9 were kept and 5 were missed."),
        ((1, 0, 0, 0), "The one thing promised in the last review was kept."),
        ((0, 1, 0, 0), "The one thing promised in the last review was missed."),
        ((0, 0, 1, 0), "The one thing promised in the last review cannot be measured."),
        ((0, 0, 0, 1), "The one thing promised in the last review is not due yet."),
        ((2, 0, 0, 0), "Both things promised in the last review were kept."),
        ((0, 2, 0, 0), "Both things promised in the last review were missed."),
        ((0, 0, 2, 0), "Neither of the two things promised in the last review can be measured."),
        ((0, 0, 0, 3), "None of the three things promised in the last review is due yet."),
        ((0, 12, 0, 0), "All 12 things promised in the last review were missed."),
    ],
)
def test_all_of_them_are_one_sentence(counts: tuple[int, ...], expected: str, wording: Wording) -> None:
    states = [s for s, n in zip((KEPT, MISSED, NOT_MEASURABLE, OPEN), counts, strict=True) for _ in range(n)]
    made = [of_action(state, id=f"a{n}") for n, state in enumerate(states)]
    for register in Register:
        assert narrate(review(*made), register, wording).text("commitments") == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((4, 2, 0, 0), "Of the six promises made last time, four were kept and two were missed"),
        ((2, 2, 0, 1), "Of five promises, two were kept, two were missed and one is not due yet"),
        ((1, 2, 3, 1), "Two of seven promises made last time were missed, one was kept"),
        ((0, 2, 3, 1), "Two of six promises made last time were missed, none was kept"),
        ((3, 0, 0, 0), "All three promises made last time were kept"),
        ((0, 1, 0, 0), "The one promise made last time was missed"),
    ],
)
def test_the_title_is_the_finding(counts: tuple[int, ...], expected: str, wording: Wording) -> None:
    states = [s for s, n in zip((KEPT, MISSED, NOT_MEASURABLE, OPEN), counts, strict=True) for _ in range(n)]
    made = [of_action(state, id=f"a{n}") for n, state in enumerate(states)]
    assert narrate(review(*made), Register.DECK, wording).text("title:promises") == expected


def test_the_accounts_sentence_stays_as_it_is(wording: Wording) -> None:
    with_them, without = (
        narrate(picture(commitments=of), Register.LINE, wording).text("sentence") for of in (REVIEW, None)
    )
    assert with_them == without


@pytest.mark.parametrize("of", [None, promises([]), promises([SECRET])])
def test_where_nothing_was_promised_it_says_why_not(of: object, wording: Wording) -> None:
    deck = narrate(picture(commitments=of), Register.DECK, wording)
    assert not [key for key in deck.statements if "commitment" in key or "promises" in key]
    reason = "no-commitments" if of is None else "nothing-promised"
    assert deck.left_out["commitments"] == wording.say(f"left-out.{reason}")


# ---- people ---------------------------------------------------------------------------------------------------------

NO_ONE = "this cannot be measured, as there is no one to count"


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (of_people(), "5 of 7 quota-carrying reps were to be active: 5 are."),
        (of_people(0), "5 of 7 quota-carrying reps were to be active: none is."),
        (of_people(1), "5 of 7 quota-carrying reps were to be active: 1 is."),
        (of_people(7, was_met=True), "5 of 7 quota-carrying reps were to stay active: all 7 are."),
        (of_people(6, target=Fraction(1)), "All 7 quota-carrying reps were to be active: 6 are."),
        (of_people(1, 2, Fraction(1)), "Both quota-carrying reps were to be active: one is."),
        (of_people(0, 2, Fraction(1)), "Both quota-carrying reps were to be active: neither is."),
        (of_people(2, 2, Fraction(1, 2)), "1 of 2 quota-carrying reps was to be active: both are."),
        (of_people(None), f"70% of the quota-carrying reps were to be active: {NO_ONE}."),
    ],
)
def test_people_are_counted(of: Commitment, expected: str, wording: Wording) -> None:
    assert said(of, wording) == expected


def test_one_person_is_called_what_they_are(wording: Wording) -> None:
    one = of_people(0, 1, Fraction(1), id="managers", name="sales managers", receipt="persona:managers")
    assert said(one, wording) == "The sales manager was to be active, and is not."
    stays = dataclasses.replace(one, state=KEPT, value=Fraction(1), was_met=True)
    stays = dataclasses.replace(stays, ratio=dataclasses.replace(one.ratio, numerator=Fraction(1)))  # type: ignore[type-var]
    assert said(stays, wording) == "The sales manager was to stay active, and is."
    gone = said(dataclasses.replace(one, id="bdrs", name="BDRs"), wording)
    assert gone == "The one person of the BDRs was to be active, and is not."


def test_leadership_reads_who_is_not_active(wording: Wording) -> None:
    missed = of_people(5, 7, Fraction(1))
    assert said(missed, wording, Register.BRIEF).endswith("Not active: Helen Marsh and Ben Sutter.")
    others = dataclasses.replace(missed, ratio=of_people(4, 7).ratio)  # not today's count: whose names would they be
    assert "Marsh" not in said(others, wording, Register.BRIEF)


def test_the_deck_counts_those_not_active_though_their_names_are_agreed_to(wording: Wording) -> None:
    """On the slide the group is told of, person by person only on the slide of people, where each has their rhythm."""
    of = review(of_people(5, 7, Fraction(1)))
    group = of.personas[0]
    named = tuple(dataclasses.replace(each, shown_name=each.name) for each in group.people)
    agreed = dataclasses.replace(of, personas=(dataclasses.replace(group, people=named), *of.personas[1:]))
    key = f"commitment:{key_of(of_people())}"
    assert narrate(agreed, Register.BRIEF, wording).text(key).endswith("Not active: Helen Marsh and Ben Sutter.")
    assert narrate(agreed, Register.DECK, wording).text(key) == "All 7 quota-carrying reps were to be active: 5 are."


# ---- workflows ------------------------------------------------------------------------------------------------------

NO_WORDS = workflow("reps/same-day-replies", 341, 550, name=REPLIES.name, says={})
FIRST = workflow(
    "reps/first-sequence",
    1,
    2,
    kind="milestone",
    name="First sequence",
    says={"did": "created a sequence"},
    unit="people",
)


SHARE = "The share of replies that are answered the same day was to "
BOARD = "The share of weeks in which the sales manager reviewed the pipeline board was to "
NOT_READ = (
    "“E-mails that reach the inbox” was to reach 75%: "
    "this cannot be measured, as its figures are no longer in the data."
)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (of_workflow(), f"{SHARE}reach 75%: it reached 62% (341 of 550)."),
        (of_workflow(500), f"{SHARE}reach 75%: it reached 91% (500 of 550)."),
        (of_workflow(500, was_met=True), f"{SHARE}stay at 75% or more: it is at 91% (500 of 550)."),
        (of_workflow(was_met=True), f"{SHARE}stay at 75% or more: it fell to 62% (341 of 550)."),
        (of_workflow(value=None, ratio=None), f"{SHARE}reach 75%: nothing of it was recorded in Q3 2026."),
        (of_workflow(None), f"{SHARE}reach 75%: this cannot be measured, as no data came for Q3 2026."),
        (of_workflow(None, id="reps/inbox", name="E-mails that reach the inbox", why=Unjudged.GONE), NOT_READ),
        (
            of_workflow(12, 13, Fraction(9, 10), id=REVIEWS.id, name=REVIEWS.name, unit="weeks in seat", was_met=True),
            f"{BOARD}stay at 90% or more: it is at 92% (12 of 13 weeks).",
        ),
    ],
)
def test_a_workflow_is_told_with_its_target_and_its_counts(of: Commitment, expected: str, wording: Wording) -> None:
    assert said(of, wording) == expected


def test_a_workflow_without_words_of_its_own_goes_by_its_name(wording: Wording) -> None:
    told = said(of_workflow(), wording, workflows=[NO_WORDS])
    assert told == "“Replies answered the same day” was to reach 75%: it reached 62% (341 of 550)."


def test_a_milestone_is_of_those_who_started(wording: Wording) -> None:
    of = of_workflow(1, 2, Fraction(4, 5), id=FIRST.id, name=FIRST.name, unit="people", receipt=FIRST.receipt)
    told = said(of, wording, workflows=[FIRST])
    assert told == (
        "The share of newly started quota-carrying reps who created a sequence in their first 14 days was to reach "
        "80%: it reached 50% (1 of 2 people)."
    )


def test_a_rounded_figure_never_contradicts_its_state(wording: Wording) -> None:
    assert "it reached 74.9%" in said(of_workflow(749, 1000), wording)


def test_another_target_or_definition_today_is_said(wording: Wording) -> None:
    lowered = said(of_workflow(target_now=Fraction(3, 5)), wording)
    assert lowered.endswith("That is judged by the target of that time, 75%; it is 60% today.")
    otherwise = said(of_workflow(counted_otherwise=True), wording)
    assert otherwise.startswith("“Replies answered the same day” was")  # today's words would describe another count
    assert otherwise.endswith("That is counted as it was agreed at that time; today it is counted otherwise.")
    gone = said(of_workflow(id="reps/inbox", counted_otherwise=True), wording)
    assert gone.endswith("That is counted as it was agreed at that time; today it is no longer counted.")
    both = said(of_people(target_now=Fraction(1, 2), counted_otherwise=True), wording)
    assert both.endswith("today the target is 50%, and it is counted otherwise.")


# ---- actions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "came"),
    [
        (of_action(), "done on 9 September"),
        (of_action(MISSED, done_on=date(2026, 9, 20)), "done late, on 20 September"),
        (of_action(MISSED), "not done"),
        (of_action(MISSED, moved_to=date(2026, 10, 30)), "not done, moved to 30 October"),
        (of_action(MISSED, dropped=True), "not noted as done, and no longer in the plan"),
    ],
)
def test_an_action_says_whether_it_was_done(of: Commitment, came: str, wording: Wording) -> None:
    assert said(of, wording) == f"Two-hour clinic with the brokers (Priya Raman, by 11 September): {came}."


def test_an_open_action_is_not_due_yet(wording: Wording) -> None:
    told = said(of_action(OPEN, owner=""), wording)
    assert told == "Two-hour clinic with the brokers (by 23 October): not due yet."
    gone = said(of_action(OPEN, dropped=True), wording)
    assert gone.endswith("(Priya Raman, by 23 October): not due yet, and no longer in the plan.")
    moved = said(of_action(OPEN, moved_to=date(2026, 11, 6)), wording)
    assert moved.endswith("(Priya Raman, by 23 October): not due yet, moved to 6 November.")


def test_an_internal_action_is_told_to_leadership_only(wording: Wording) -> None:
    of = picture(commitments=REVIEW)
    deck, brief = (narrate(of, register, wording) for register in (Register.DECK, Register.BRIEF))
    assert SECRET.name not in " ".join(statement.text for statement in deck.statements.values())
    assert f"commitment:{key_of(SECRET)}" in brief
    assert "five things" in deck.text("commitments")
    assert "six things" in brief.text("commitments")


# ---- the talk track -------------------------------------------------------------------------------------------------


def test_the_talk_track_tells_the_missed_ones_first_and_in_full(wording: Wording) -> None:
    notes = narrate(picture(commitments=REVIEW), Register.DECK, wording).text("notes:promises").split("\n\n")
    assert notes[0].startswith("Of the five things")
    assert "it reached 62%" in notes[1]
    assert "not done, moved to 30 October" in notes[1]
    assert "not due yet" in notes[2]
    assert notes[3].startswith("Kept: ")
    assert notes[4].startswith("A promise is judged by the target")


def told_by(narrative: Narrative) -> dict[str, str]:
    return {key: each.text for key, each in narrative.statements.items() if key.startswith("commitment")}


def test_every_promise_has_its_receipt_where_a_figure_is_said(wording: Wording) -> None:
    deck = narrate(picture(commitments=REVIEW), Register.DECK, wording)
    for each in deck.picture.commitments.all if deck.picture.commitments else ():
        if each.value is not None:
            assert each.receipt in deck.statements[f"commitment:{key_of(each)}"].receipts
    assert set(deck.statements["commitments"].receipts) >= {"persona:reps", REPLIES.receipt}


def test_one_of_two_managers_is_not_called_the_manager(wording: Wording) -> None:
    two = of_people(1, 1, Fraction(1), id="managers", name="sales managers")
    told = said(two, wording, personas=[managers(active=1, new=1)])
    assert told == "The one sales manager to count was to be active, and is."
