"""What is missing and what is next: gaps, plans, titles, leadership, receipts and the talk track, in words."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from pictures import EMAIL_TIME, LIVE_LIST, QUEUE, REPLIES, managers, persona, picture, workflow
from telling import told

from qbrgen.audience import Audience
from qbrgen.define.model.account import Action, Impact, Side
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.period import Rhythm
from qbrgen.score.picture import Depth, Direction, Gap, PersonaPicture
from qbrgen.score.states import GapKind, Standing, TargetState, Trend

TOUCHES = workflow()


# ---- gaps ----


def gap(kind: GapKind, key: str, audience: Audience = Audience.CUSTOMER, **changes: object) -> Gap:
    facts: dict[str, object] = {"persona": "reps", "workflow": TOUCHES.id, **changes}
    return Gap(kind, key, audience, **facts)  # type: ignore[arg-type]


SHARES = (("recent", Fraction(71, 100)), ("earlier", Fraction(88, 100)), ("share", Fraction(64, 100)), ("people", 7))
GAPS = [
    (
        gap(GapKind.TURNING_DOWN, "turning", facts=SHARES),
        "Outbound touches through sequences is still on target, but its latest weeks (71%) are clearly below "
        "those before "
        "(88%).",
        "Outbound touches through sequences on target, but turning down",
    ),
    (
        gap(GapKind.ONE_PERSON, "one", facts=SHARES, who=("reps-0",)),
        "Outbound touches through sequences: 64% of the weeks in which it was done are one person's, of 7 "
        "quota-carrying "
        "reps.",
        "Outbound touches through sequences resting on one person",
    ),
    (
        gap(GapKind.NO_OUTCOME, "outcome"),
        "What Acme bought Halyard for is not written down yet.",
        "Outcome not written down yet",
    ),
    (
        gap(GapKind.NO_BASELINE, "outcome"),
        "The outcome has no baseline yet, so its progress cannot be shown.",
        "Outcome without a baseline",
    ),
    (
        gap(GapKind.NO_PEOPLE, "no-people"),
        "No one is named yet for the quota-carrying reps.",
        "No one named yet for the quota-carrying reps",
    ),
    (
        gap(GapKind.EVENT_NEVER, "never", facts=(("events", ("secret_event",)),)),
        "Outbound touches through sequences is counted from something that never arrives, so it cannot be trusted yet.",
        "Outbound touches through sequences: part of its data never arrives",
    ),
    (
        gap(GapKind.UNKNOWN_PEOPLE, "unknown", facts=(("count", 1),)),
        "One user works in Halyard for Acme but is on no roster, and is not counted.",
        "One user on no roster",
    ),
]


@pytest.mark.parametrize(("which", "full", "short"), GAPS, ids=[case[0].kind.name for case in GAPS])
def test_each_kind_of_gap_has_words(which: Gap, full: str, short: str, wording: Wording) -> None:
    said = narrate(picture(gaps=[which]), Register.DECK, wording)
    assert said.text(f"gap:{which.key}") == full
    assert said.text(f"gap-short:{which.key}") == short
    assert said.text(f"gap-plan:{which.key}") == "no plan yet"


def test_workflows_that_rest_on_the_same_person_are_one_gap(wording: Wording) -> None:
    counts = (("workflows", (TOUCHES.id, REPLIES.id)), ("done", (7, 6)), ("of", (11, 10)))
    both = gap(GapKind.ONE_PERSON, f"one/{TOUCHES.id}", facts=(*SHARES, *counts), who=("reps-0",))
    said = narrate(picture(gaps=[both]), Register.BRIEF, wording)
    assert said.text(f"gap:one/{TOUCHES.id}") == (
        "Two workflows of the quota-carrying reps rest on one person (Jon Bell) of 7, by the person-weeks in which "
        "each was done: Outbound touches through sequences (7 of 11) and Replies answered the same day (6 of 10)."
    )
    assert said.text(f"gap-short:one/{TOUCHES.id}") == "Two workflows of the quota-carrying reps resting on one person"


def test_one_of_one_who_counts_is_not_all_of_one(wording: Wording) -> None:
    of = picture([persona(not_yet=1, new=1)], [], [], [])
    assert told(of, "gap:not-yet/reps", wording) == (
        "The one quota-carrying rep to count has not completed any of the agreed workflows yet."
    )
    assert told(of, "gap-short:not-yet/reps", wording) == "The one rep to count is not yet active"


def test_gaps_about_people_are_counted_for_the_customer_and_named_for_leadership(
    deck: Narrative, brief: Narrative
) -> None:
    assert deck.text("gap:not-yet/reps") == (
        "2 of 7 quota-carrying reps have not completed any of the agreed workflows yet."
    )
    assert brief.text("gap:not-yet/reps").endswith("yet: Helen Marsh and Ben Sutter.")
    assert deck.text("gap-short:not-yet/reps") == "2 of 7 reps not yet active"
    assert deck.text("gap-who:not-yet/reps") == ""
    assert brief.text("gap-who:not-yet/reps") == "Helen Marsh and Ben Sutter"
    assert deck.text("gap-since:not-yet/reps") == "since 6 July"


def test_agreed_names_are_shown_to_the_customer(wording: Wording) -> None:
    of = picture([persona(active=5, not_yet=2, shown=True), managers()], names_agreed=True)
    assert told(of, "gap-who:not-yet/reps", wording) == "Helen Marsh and Ben Sutter"


def test_a_workflow_off_target_says_since_when_and_to_leadership_whose(deck: Narrative, brief: Narrative) -> None:
    said = "62% of replies are answered the same day, 13 points below the target of 75%; below it since 17 August."
    assert deck.text(f"gap:off-target/{REPLIES.id}") == said
    assert brief.text(f"gap:off-target/{REPLIES.id}") == f"{said} Helen Marsh and Ben Sutter account for the shortfall."


def test_what_may_be_older_than_the_data_is_since_at_least(wording: Wording) -> None:
    old = gap(GapKind.TURNING_DOWN, "turning", facts=SHARES, since=date(2026, 3, 30), at_least=True)
    assert told(picture(gaps=[old]), "gap-since:turning", wording) == "since at least 30 March"


def test_the_talk_track_tells_as_many_gaps_as_the_slide(wording: Wording) -> None:
    more = [gap(GapKind.NO_PEOPLE, f"no-people/{n}", persona="reps") for n in range(8)]
    said = told(picture([persona(active=1)], [TOUCHES], gaps=more), "notes:gaps", wording)
    assert said.count("No one is named yet") == 6
    assert said.endswith("Two more are less urgent.")


def test_renewal_and_masking_are_for_leadership_only(wording: Wording) -> None:
    facts = (("pace", "pace"), ("expected", Fraction(66, 100)), ("low", Fraction(6, 10)), ("high", Fraction(72, 100)))
    miss = gap(GapKind.MISS_AT_RENEWAL, "renewal", Audience.INTERNAL, facts=facts)
    mask = gap(GapKind.MASKED, "masked", Audience.INTERNAL, facts=(("pattern", "not active"),))
    # even if they had been marked wrongly, the customer would not read them
    wrong = [dataclasses.replace(each, audience=Audience.CUSTOMER, key=f"{each.key}-wrong") for each in (miss, mask)]
    of = picture(gaps=[miss, mask, *wrong])
    customer = narrate(of, Register.DECK, wording)
    assert not [key for key in customer.statements if "renewal" in key or "masked" in key]
    brief = narrate(of, Register.BRIEF, wording)
    assert brief.text("gap:renewal") == (
        "Outbound touches through sequences: at the present pace still below the target of 70% at the renewal on 31 "
        "January 2027 (66% then, likely 60% to 72%)."
    )
    assert brief.text("gap:masked") == (
        "The two quota-carrying reps who are not active look busy in Halyard all the same."
    )


def test_an_account_that_had_not_begun_is_said_to_have_not_started_yet(wording: Wording) -> None:
    silent = gap(GapKind.FEED_SILENT, "feed")
    standing = {"standing": Standing.UNKNOWN, "silent": True, "feed_last": None, "feed_next": date(2026, 10, 10)}
    brief = narrate(picture([persona(no_data=7)], [], gaps=[silent], **standing), Register.BRIEF, wording)
    assert brief.text("standing") == "Cannot say: not started yet, as the first data came on 10 October 2026."
    assert brief.text("gap-short:feed") == "Not started yet"
    assert brief.text("risk").endswith("The work had not started yet, so nothing speaks for a renewal or against it.")


@pytest.mark.parametrize(
    ("active", "idle", "said", "short"),
    [
        (4, 2, "The two quota-carrying reps who are not active look", "2 of 6 reps busy, but not at the agreed work"),
        (4, 1, "The one of 5 quota-carrying reps who is not active looks", "1 of 5 reps busy"),
        (0, 2, "Neither of the two quota-carrying reps is active, but both look", "Both reps busy"),
        (0, 5, "None of the 5 quota-carrying reps is active, but they look", "All 5 reps busy"),
        (0, 1, "The quota-carrying rep is not active, but looks", "The rep is busy"),
    ],
)
def test_masking_is_told_of_those_who_are_not_active(
    active: int, idle: int, said: str, short: str, wording: Wording
) -> None:
    facts = (("pattern", "not active"), ("active", active), ("counted", active + idle))
    mask = gap(GapKind.MASKED, "masked", Audience.INTERNAL, facts=facts)
    brief = narrate(picture([persona(active=active, lapsed=idle)], gaps=[mask]), Register.BRIEF, wording)
    assert brief.text("gap:masked") == f"{said} busy in Halyard all the same."
    assert brief.text("gap-short:masked").startswith(short)


def test_who_does_less_behind_steady_presence_is_told_apart_from_who_is_not_active(wording: Wording) -> None:
    falling = gap(GapKind.MASKED, "masked", Audience.INTERNAL, facts=(("pattern", "falling"),))
    brief = narrate(picture(gaps=[falling]), Register.BRIEF, wording)
    assert brief.text("gap:masked") == (
        "Quota-carrying reps look as busy in Halyard as before, but do less of the agreed work: 5 of the 7 are active."
    )


PLANS = [
    (LIVE_LIST, "One hour on a live list (Priya Raman, by 16 October)"),
    (
        dataclasses.replace(LIVE_LIST, due=date(2026, 9, 11)),
        "One hour on a live list (Priya Raman, was due on 11 September: overdue)",
    ),
]


@pytest.mark.parametrize(("action", "expected"), PLANS, ids=["open", "overdue"])
def test_a_plan_has_action_owner_and_date(action: Action, expected: str, wording: Wording) -> None:
    assert told(picture(actions=[action]), "gap-plan:not-yet/reps", wording) == expected


# ---- the plan, next quarter, titles ----


def test_the_plan_in_one_go(deck: Narrative) -> None:
    assert deck.text("plan") == (
        "Two actions are planned, each with an owner and a date, the last by 23 October. Halyard does one and Acme one."
    )
    assert deck.text("action-closes:live-list") == "2 of 7 reps not yet active"
    assert deck.text("action-closes:queue") == "Replies answered the same day at 62%, target 75%"
    assert deck.text("next") == (
        "Next quarter's targets: Replies answered the same day at 75%; the other two workflows still on target."
    )
    assert deck.text("ask") == "Agree that all seven reps work in sequences."


def test_an_unfinished_or_late_plan_says_so(wording: Wording) -> None:
    late = dataclasses.replace(LIVE_LIST, due=date(2026, 9, 11))
    bare = Action("bare", "Think about it", side=Side.CUSTOMER)
    of = picture(actions=[late, QUEUE, bare])
    assert told(of, "plan", wording) == (
        "Three actions are listed, two of them with an owner and a date. Halyard does one and Acme two. One is overdue."
    )
    assert told(of, "title:plan", wording) == "1 of 3 planned actions is overdue"
    assert told(picture(actions=[bare]), "plan", wording) == (
        "One action is listed, but not yet with both an owner and a date. Acme does it."
    )


def test_an_action_for_a_group_closes_what_is_open_in_all_of_it(wording: Wording) -> None:
    of = picture([persona(active=7, not_yet=1, lapsed=1, occasional=1)], actions=[LIVE_LIST])
    assert told(of, "action-closes:live-list", wording) == "3 of 10 reps not active"
    assert told(of, "plan", wording) == "One action is planned, with an owner and due 16 October. Halyard does it."
    assert told(of, "title:plan", wording) == "One action, due 16 October"


def test_who_and_when_are_asked_for_where_they_lack(deck: Narrative, wording: Wording) -> None:
    assert deck.text("notes:plan").endswith("Please tell us if a date or an owner is not right.")
    bare = picture(actions=[Action("bare", "Think about it", side=Side.CUSTOMER)])
    assert told(bare, "notes:plan", wording).endswith("Please name an owner and a date.")


def test_too_early_is_no_conclusion_from_today(wording: Wording) -> None:
    of = picture([persona(active=4)], direction=Direction(Trend.TOO_EARLY, receipt="direction"))
    assert told(of, "title:direction", wording) == "It is too early to tell which way it goes"


def test_titles_are_findings_in_a_full_sentence(deck: Narrative) -> None:
    titles = {key.removeprefix("title:"): s.text for key, s in deck.statements.items() if key.startswith("title:")}
    assert titles == {
        "sentence": "6 of 8 people are active, and 2 of 3 workflows are on target",
        "bought": "Acme bought Halyard to reach more buyers without hiring more reps",
        "people": "5 of 7 quota-carrying reps and the sales manager are active every week",
        "workflows": "80% of outbound touches now run through sequences; 1 of 3 workflows is below target",
        "direction": "No clear change: 6 of 8 people are active",
        "impact": "The team estimates that the work in Halyard has cut manual email time by roughly 30%",
        "gaps": "2 of 8 people are not active, and 1 of 3 workflows is below target",
        "plan": "Two actions by 23 October, each with an owner",
        "next": "Next quarter we aim to bring one workflow to target and keep two there",
        "receipts": "Every figure in this review comes from these counts",
        "needs": "Little can be shown of this period yet",
    }


def test_next_quarters_title_counts_every_row_below_it(wording: Wording) -> None:
    def titled(people: list[PersonaPicture]) -> str:
        return told(picture(people, [workflow(TOUCHES.id, done=500, of=1000)]), "title:next", wording, Register.DECK)

    assert titled([persona(active=7)]) == "Next quarter we aim to bring one workflow to target"
    assert titled([persona(active=2, lapsed=5)]) == "Next quarter we aim to bring one group and one workflow to target"


@pytest.mark.parametrize(
    ("impacts", "said"),
    [
        ([], "What speaks against it: no impact is stated yet."),
        (
            [dataclasses.replace(EMAIL_TIME, source=None)],
            "What speaks against it: the impact that was told has no source yet.",
        ),
        (
            [dataclasses.replace(EMAIL_TIME, said_on=date(2025, 7, 14))],
            "What speaks against it: the last figure for an impact is more than a year old (14 July 2025).",
        ),
    ],
)
def test_what_is_missing_of_an_impact_is_told_of_the_renewal_as_everywhere(
    impacts: list[Impact], said: str, wording: Wording
) -> None:
    assert told(picture([persona(active=7)], [TOUCHES], impacts=impacts), "risk", wording, Register.BRIEF).endswith(
        said
    )


def test_a_silent_feed_is_the_finding_on_every_slide(wording: Wording) -> None:
    of = picture(
        [persona(no_data=7)],
        [workflow(done=None, state=TargetState.NO_DATA)],
        silent=True,
        direction=Direction(Trend.NO_DATA, receipt="direction"),
    )
    said = narrate(of, Register.DECK, wording)
    for slide in ("sentence", "people", "workflows", "direction", "gaps"):
        assert said.text(f"title:{slide}") == "No data has come from Acme since 10 June 2026"
    assert said.text("silent") == "No data has come from Acme since 10 June 2026."
    assert {"people", "persona:reps", "figure:people", "direction"} <= set(said.left_out)


def test_a_draft_says_so(wording: Wording) -> None:
    assert told(picture(draft=True), "draft", wording).startswith("DRAFT")
    assert "draft" not in narrate(picture(), Register.DECK, wording)


# ---- what cannot be counted, and what stopped ----


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_every_rhythm_has_its_words(rhythm: Rhythm, wording: Wording) -> None:
    least = {Rhythm.WEEK: (10, 13), Rhythm.TWO_WEEKS: (5, 6), Rhythm.MONTH: (2, 3)}[rhythm]
    of = picture([persona(active=3, rhythm=rhythm, least=least)], [TOUCHES])
    unit = {Rhythm.WEEK: "weeks", Rhythm.TWO_WEEKS: "two-week periods", Rhythm.MONTH: "months"}[rhythm]
    assert f"in at least {least[0]} of {least[1]} {unit}" in told(of, "sentence", wording)


def test_figures_that_nobody_can_count_are_left_out(wording: Wording) -> None:
    of = picture([persona(new=3)], [], [], depth=Depth(0, 0, 0, 0, None, "workflows"))
    said = narrate(of, Register.DECK, wording)
    assert {"figure:people", "figure:workflows", "figure:impact"} <= set(said.left_out)
    assert said.text("people") == "All 3 quota-carrying reps are new and are not counted yet."


def test_gaps_of_what_stopped_are_told_apart_from_what_never_was(wording: Wording) -> None:
    empty = dataclasses.replace(TOUCHES, value=None, ratio=None, state=TargetState.NOT_MET, previous=None)
    gaps = [
        Gap(GapKind.FEED_STOPPED, "feed", Audience.CUSTOMER, since=date(2026, 8, 26), receipt="people"),
        Gap(GapKind.NO_PEOPLE, "no-people/reps", Audience.CUSTOMER, "reps", facts=(("left", 1),)),
        Gap(GapKind.NO_EVENTS, "below", Audience.CUSTOMER, "reps", empty.id, facts=(("nothing_below", True),)),
    ]
    of = picture([persona(active=5)], workflows=[empty], gaps=tuple(gaps))
    assert told(of, "gap:feed", wording).startswith(
        "No data has come from Acme since 26 August 2026: either no one works"
    )
    assert told(of, "gap:no-people/reps", wording) == "The quota-carrying rep has left, and nobody follows."
    nothing = "there is nothing to divide by, as no outbound touches were counted in"
    assert nothing in told(of, "gap:below", wording)
    assert "nothing to divide by: no outbound touches" in told(of, f"workflow:{empty.id}", wording)
