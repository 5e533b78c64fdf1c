"""The one sentence, case by case. Each expected text was read aloud: would a person say it in front of the buyer?"""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from pictures import EMAIL_TIME, LIVE_LIST, REPLIES, managers, persona, picture, workflow

from qbrgen.define.model.account import Impact, Source
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import WorkflowPicture
from qbrgen.score.states import TargetState

ACME = (
    "5 of 7 quota-carrying reps and the sales manager are active every week; 80% of outbound touches now run through "
    "sequences; the team estimates that has cut manual email time by roughly 30%; two reps are not yet active, and "
    "there is a plan."
)
ALL_ACTIVE = persona(active=7)
TOUCHES = workflow()


def test_the_reference_account_reads_word_for_word(wording: Wording) -> None:
    assert narrate(picture(), Register.DECK, wording).text("sentence") == ACME
    assert narrate(picture(), Register.LINE, wording).text("sentence") == ACME


def test_leadership_reads_the_same_facts_with_names(wording: Wording) -> None:
    said = narrate(picture(), Register.BRIEF, wording).text("sentence")
    assert said == ACME.replace("two reps are", "two reps (Helen Marsh and Ben Sutter) are")


def estimate(**changes: object) -> Impact:
    return dataclasses.replace(EMAIL_TIME, **changes)  # type: ignore[arg-type]


SALES = workflow("reps/x", 97, 100, kind="value", says={"of": "e-mails", "do": "reach the inbox"}, unit="")
JOINERS = {"kind": "milestone", "says": {"did": "enrolled 20 leads"}, "unit": "people"}
WHAT = [
    ("off target: it says so", REPLIES, "62% of replies are answered the same day, short of the target of 75%"),
    (
        "'now' goes after 'are', and says that it was less before",
        workflow("reps/r", 8, 10, says={"of": "calls", "do": "are logged"}, previous=Fraction(1, 2)),
        "80% of calls are now logged",
    ),
    (
        "no 'now' where it was the same",
        workflow("reps/r", 8, 10, says={"of": "calls", "do": "are logged"}, previous=Fraction(4, 5)),
        "80% of calls are logged",
    ),
    (
        "no 'now' where it was more",
        workflow(previous=Fraction(9, 10)),
        "80% of outbound touches run through sequences",
    ),
    (
        "no 'now' where nothing is known of before",
        workflow(previous=None),
        "80% of outbound touches run through sequences",
    ),
    (
        "few months: the counts, not a percentage",
        workflow("reps/f", 1, 4, kind="frequency", says={"did": "made a report"}, unit="weeks in seat"),
        "quota-carrying reps made a report in 1 of 4 weeks in seat, short of the target of 70%",
    ),
    (
        "one person, one week so far",
        workflow("managers/f", 0, 1, kind="frequency", says={"did": "coached two calls"}, unit="weeks in seat"),
        "there is no week yet in which the sales manager coached two calls",
    ),
    ("all", workflow(done=5225), "all outbound touches run through sequences"),
    ("none", workflow(done=0), "no outbound touches run through sequences"),
    ("nothing to divide by", workflow(done=None), "no outbound touches were counted in Q3 2026"),
    (
        "rounding would contradict the state",
        workflow(done=696, of=1000),
        "69.6% of outbound touches now run through sequences, short of the target of 70%",
    ),
    ("nearly all is not all", workflow(done=9996, of=10000), "99.96% of outbound touches now run through sequences"),
    ("a number from elsewhere is not 'now'", SALES, "97% of e-mails reach the inbox"),
    (
        "several people, by week",
        workflow("reps/f", 60, 91, kind="frequency", says={"did": "committed a forecast"}, unit="weeks in seat"),
        "quota-carrying reps committed a forecast in 66% of their weeks, short of the target of 70%",
    ),
    (
        "several people, every week",
        workflow("reps/f", 91, 91, kind="chain", says={"did": "committed a forecast"}, unit="weeks in seat"),
        "quota-carrying reps committed a forecast every week",
    ),
    (
        "one person, never",
        workflow("managers/f", 0, 13, kind="frequency", says={"did": "coached two calls"}, unit="weeks in seat"),
        "the sales manager coached two calls in none of the 13 weeks",
    ),
    (
        "joiners",
        workflow("reps/m", 3, 4, **JOINERS),
        "3 of 4 newly started quota-carrying reps enrolled 20 leads in their first 14 days",
    ),
    (
        "both joiners",
        workflow("reps/m", 2, 2, **JOINERS),
        "both newly started quota-carrying reps enrolled 20 leads in their first 14 days",
    ),
    (
        "the one joiner did not",
        workflow("reps/m", 0, 1, **JOINERS),
        "no newly started quota-carrying rep enrolled 20 leads in the first 14 days",
    ),
    ("no words for it", workflow(says={}), "Outbound touches through sequences reached 80%"),
]
IMPACT = [
    (
        "no cause given: none is claimed",
        estimate(because=False),
        "the team estimates that manual email time fell by roughly 30%",
    ),
    (
        "a person with a role",
        estimate(by="Dana Ortiz, VP Sales"),
        "Dana Ortiz, VP Sales, estimates that has cut manual email time by roughly 30%",
    ),
    (
        "several people",
        estimate(by="the reps"),
        "by the estimate of the reps, that has cut manual email time by roughly 30%",
    ),
    (
        "an estimate is rounded",
        estimate(change=Fraction(-317, 1000)),
        "the team estimates that has cut manual email time by roughly 30%",
    ),
    (
        "a small one to a point",
        estimate(change=Fraction(-123, 1000)),
        "the team estimates that has cut manual email time by roughly 12%",
    ),
    ("measured is stated", estimate(source=Source.MEASURED, because=False), "manual email time fell by 30%"),
    (
        "worse is said as worse",
        estimate(change=Fraction(1, 5)),
        "the team estimates that has increased manual email time by roughly 20%",
    ),
    (
        "no change",
        estimate(change=Fraction(0), because=False),
        "the team estimates that manual email time did not change",
    ),
    (
        "a benchmark is somebody else's",
        estimate(source=Source.BENCHMARK, because=False, by="benchmark of 61 teams"),
        "elsewhere, manual email time fell by 30% (benchmark of 61 teams); here it is not measured yet",
    ),
    (
        "from and to, in money",
        Impact(
            "p", "pipeline", value=Fraction(1_200_000), before=Fraction(840_000), unit="GBP", source=Source.MEASURED
        ),
        "pipeline rose from £840k to £1.2m",
    ),
    (
        "from and to, in a unit",
        Impact("p", "time to answer", value=Fraction(19), before=Fraction(31), unit="hours", source=Source.MEASURED),
        "time to answer fell from 31 to 19 hours",
    ),
    (
        "a value alone, estimated",
        Impact("p", "pipeline", value=Fraction(1_234_567), unit="EUR", source=Source.ESTIMATE, by="finance"),
        "finance estimates that pipeline came to roughly €1.2m",
    ),
    (
        "too old",
        estimate(said_on=date(2025, 6, 1)),
        "the last figure for what that produces is more than a year old (1 June 2025)",
    ),
    ("without a source", estimate(source=None), "what that produces has no source yet"),
]
LATE = dataclasses.replace(LIVE_LIST, due=date(2026, 9, 11))
HALF = dataclasses.replace(LIVE_LIST, owner="")
DONE = dataclasses.replace(LIVE_LIST, done_on=date(2026, 9, 20))
REPS, LEADS = persona(active=5, not_yet=2), persona("leads", "team leads", "team lead", active=2, lapsed=1, synonyms=())
OPEN = [
    (
        "a date that has passed",
        [REPS],
        [LATE],
        "two reps are not yet active, and the plan was due on 11 September and is overdue",
    ),
    ("no owner is no plan", [REPS], [HALF], "two reps are not yet active, and there is no plan yet"),
    (
        "done, and still not active",
        [REPS],
        [DONE],
        "two reps are not yet active, and the agreed step is done, with no new plan yet",
    ),
    (
        "a plan for one group of two",
        [REPS, LEADS],
        [LIVE_LIST],
        "two reps are not yet active and one team lead is no longer active, and there is a plan for two of them",
    ),
    (
        "the only plan is late",
        [REPS, LEADS],
        [LATE],
        "two reps are not yet active and one team lead is no longer active, and the only plan for them was due on 11 "
        "September and is overdue",
    ),
    (
        "two groups, one state",
        [REPS, managers(not_yet=1)],
        [LIVE_LIST],
        "two reps and the sales manager are not yet active, and there is a plan for two of them",
    ),
    (
        "a whole group",
        [REPS, managers(lapsed=2)],
        [],
        "two reps are not yet active and the two sales managers are no longer active, and there is no plan yet",
    ),
    (
        "ten or more in figures",
        [persona(active=20, not_yet=12)],
        [],
        "12 reps are not yet active, and there is no plan yet",
    ),
    (
        "a short name that two groups share is not used",
        [REPS, persona("csr", "service reps", "service rep", active=3, synonyms=("reps",))],
        [],
        "two quota-carrying reps are not yet active, and there is no plan yet",
    ),
]


@pytest.mark.parametrize(("first", "expected"), [case[1:] for case in WHAT], ids=[case[0] for case in WHAT])
def test_what_they_do_is_the_first_workflow_that_can_be_said(
    first: WorkflowPicture, expected: str, wording: Wording
) -> None:
    unheard = workflow("reps/unheard", None, state=TargetState.NOT_APPLICABLE)
    of = picture([ALL_ACTIVE, managers()], [unheard, first, TOUCHES], [])
    said = narrate(of, Register.DECK, wording).text("sentence")
    lead = "All 7 quota-carrying reps and the sales manager are active every week; "
    produces = "that" if first.value else "the work"  # nothing was done that "that" could stand for
    assert said == f"{lead}{expected}; what {produces} produces is not stated yet."


@pytest.mark.parametrize(("first", "expected"), [case[1:] for case in IMPACT], ids=[case[0] for case in IMPACT])
def test_what_it_produces_follows_its_source(first: Impact, expected: str, wording: Wording) -> None:
    said = narrate(picture([ALL_ACTIVE], [TOUCHES], [first]), Register.DECK, wording).text("sentence")
    lead = "All 7 quota-carrying reps are active every week; 80% of outbound touches now run through sequences; "
    assert said == f"{lead}{expected}."


@pytest.mark.parametrize(("who", "actions", "expected"), [case[1:] for case in OPEN], ids=[case[0] for case in OPEN])
def test_a_plan_is_only_claimed_where_there_is_one(
    who: list[object], actions: list[object], expected: str, wording: Wording
) -> None:
    of = picture(who, [], [], actions)  # type: ignore[arg-type]
    said = narrate(of, Register.DECK, wording).text("sentence")
    assert said.endswith(f"; what that produces is not stated yet; {expected}.")


def test_it_never_looks_for_a_better_figure(wording: Wording) -> None:
    said = narrate(picture(workflows=[REPLIES, TOUCHES]), Register.DECK, wording).text("sentence")
    assert "62% of replies" in said
    assert "80%" not in said
