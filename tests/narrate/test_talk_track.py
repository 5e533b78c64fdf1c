"""The talk track of any picture: what is said aloud is fit for the customer, every number has its receipt, and the
questions follow from the figures."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from pictures import REPLIES, managers, persona, picture
from random_pictures import CANARY, INTERNAL, ONE_OF_ONE, PRESENCE, RESIDUE, SLIPS, pictures
from receipted import receipted
from test_no_english_in_code import pseudo, unworded  # noqa: F401
from test_receipts import orphans

from qbrgen.compose.slides import BUILDERS
from qbrgen.define.model.account import Action, Impact, Side, Source
from qbrgen.errors import AudienceLeak
from qbrgen.narrate.statement import Narrative, Register, Statement
from qbrgen.narrate.story import narrate
from qbrgen.narrate.talk_track import BEFORE, SLIDES, key_of, narrate_talk_track
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.score.facts.build import with_figures
from qbrgen.score.picture import AccountPicture, OutcomePicture, PlannedAction
from qbrgen.score.states import Cause, Trend

WORDING = load_wording(None, "en-GB")
often = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ALOUD = ("say", "question", "answer", "ask")


def talked(of: AccountPicture, wording: Wording = WORDING) -> Narrative:
    deck, brief = (narrate(of, register, wording) for register in (Register.DECK, Register.BRIEF))
    return narrate_talk_track(brief, deck, wording)


def of_talk(said: Narrative) -> Mapping[str, Statement]:
    return {key: statement for key, statement in said.statements.items() if key.startswith("talk:")}


def texts(said: Narrative, slide: str, part: str) -> list[str]:
    found = [said.text(key_of(slide, part, number)) for number in range(1, 40)]
    return [text for text in found if text]


def answer(said: Narrative, slide: str, question: str) -> str:
    """The answer to the question that begins so; "" where it is not expected."""
    pairs = zip(texts(said, slide, "question"), texts(said, slide, "answer"), strict=True)
    return next((told for asked, told in pairs if asked.startswith(question)), "")


# ---- any picture ----------------------------------------------------------------------------------------------------


@often
@given(pictures())
def test_no_residue_no_slip_and_no_presence_word(of: AccountPicture) -> None:
    for key, statement in of_talk(talked(of)).items():
        for pattern in (RESIDUE, PRESENCE):
            assert not pattern.search(statement.text), (key, statement.text)
        assert not SLIPS.search(ONE_OF_ONE.sub("", statement.text)), (key, statement.text)
        assert statement.text[-1] in '.?!"”…)', (key, statement.text)


@often
@given(pictures())
def test_what_is_said_aloud_may_be_heard_by_the_customer(of: AccountPicture) -> None:
    for key, statement in of_talk(talked(of)).items():
        if key.split("/")[1] in ALOUD and not key.startswith(f"talk:{BEFORE}/"):
            assert not INTERNAL.search(statement.text), (key, statement.text)
            assert CANARY not in statement.text, (key, statement.text)


@often
@given(pictures())
def test_every_question_has_one_answer_and_every_slide_its_words(of: AccountPicture) -> None:
    said = talked(of)
    for slide in SLIDES:
        questions, answers = texts(said, slide, "question"), texts(said, slide, "answer")
        assert len(questions) == len(answers)
        assert all(question.endswith("?") for question in questions), questions
        assert len(texts(said, slide, "say")) <= 1
    assert texts(said, "title", "say")
    assert texts(said, "sentence", "say")


@often
@given(pictures())
def test_no_number_of_a_talk_track_is_an_orphan(of: AccountPicture) -> None:
    said = talked(with_figures(receipted(of)))
    only = dataclasses.replace(said, statements=of_talk(said))
    assert orphans(only) == []


@often
@given(of=pictures())
def test_every_word_of_a_talk_track_comes_from_a_wording_file(of: AccountPicture, pseudo: Wording) -> None:  # noqa: F811
    said = talked(of, pseudo)
    typed = set(_typed(said.picture))
    for key, statement in of_talk(said).items():
        left = unworded(statement.text, typed)
        assert not re.search(r"[^\W\d_]{2,}", left), (key, statement.text, left)


def _typed(value: object) -> Iterator[str]:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _typed(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _typed(each)
    elif isinstance(value, str) and value:
        yield value


def test_every_slide_that_a_deck_may_have_is_known() -> None:
    assert set(SLIDES) == set(BUILDERS)


# ---- the rules ------------------------------------------------------------------------------------------------------


def test_a_talk_track_is_made_from_leaderships_narrative_beside_the_customers(
    deck: Narrative, brief: Narrative
) -> None:
    with pytest.raises(AudienceLeak):
        narrate_talk_track(deck, deck, WORDING)
    with pytest.raises(AudienceLeak):
        narrate_talk_track(brief, brief, WORDING)


def test_who_is_not_active_is_named_behind_the_slide_and_counted_aloud() -> None:
    said = talked(picture())
    behind = " ".join(texts(said, "people", "behind"))
    idle = [each.name for each in picture().personas[0].people if each.state.value == "not yet active"]
    assert idle
    assert all(name in behind for name in idle)
    aloud = " ".join(texts(said, "people", "say") + texts(said, "people", "answer"))
    assert not any(name in aloud for name in idle)
    assert "you have not agreed to names" in answer(said, "people", "Who are the two")


def test_where_names_are_agreed_the_answer_names_them() -> None:
    group = persona("reps", "quota-carrying reps", "quota-carrying rep", active=5, not_yet=2)
    named = tuple(dataclasses.replace(each, shown_name=each.name) for each in group.people)
    of = dataclasses.replace(picture(), names_agreed=True, personas=(dataclasses.replace(group, people=named),))
    said = talked(of)
    idle = [each.name for each in named if each.state.value == "not yet active"]
    assert all(name in answer(said, "people", "Who are the two") for name in idle)
    assert not any("agreed to names" in text for text in texts(said, "people", "avoid"))


def test_nobody_asks_who_is_not_active_where_everyone_is() -> None:
    said = talked(picture(personas=[managers(active=2)]))
    assert texts(said, "people", "question") == []


def test_a_workflow_below_its_target_is_asked_for_with_its_figures() -> None:
    said = talked(picture(workflows=[REPLIES]))
    told = answer(said, "workflows", f"Why is “{REPLIES.name}”")
    assert WORDING.percent(REPLIES.value or Fraction(0), REPLIES.target) in told
    assert "The plan: The reply queue on the home screen (Dana Ortiz, by 23 October)." in told
    without = answer(talked(picture(workflows=[REPLIES], actions=[])), "workflows", f"Why is “{REPLIES.name}”")
    assert without.endswith("There is no plan for it yet.")


def test_a_target_that_moved_is_told_with_what_the_old_one_would_say() -> None:
    from qbrgen.score.other_times import Delivered

    old = Delivered(Fraction(1), Fraction(2), Fraction(1, 2), target=Fraction(1, 2), causes=(Cause.TARGET,))
    moved = dataclasses.replace(REPLIES, delivered=old)
    said = talked(dataclasses.replace(picture(workflows=[moved]), delivered_on=date(2026, 7, 3)))
    told = answer(said, "workflows", f"Did the target of “{REPLIES.name}”")
    target = WORDING.target(REPLIES.target)
    assert told.startswith(f"Yes: it was 50% at the last review and is {target} today.")
    assert told.endswith("By the old target it would be on target.")


@pytest.mark.parametrize(
    ("trend", "question"),
    [
        (Trend.SPREADING, "Is that more than luck?"),
        (Trend.UNCLEAR, "Is it growing or not?"),
        (Trend.TOO_EARLY, "When will you be able to tell?"),
        (Trend.SHRINKING, "What happened?"),
    ],
)
def test_each_call_of_direction_has_its_question(trend: Trend, question: str) -> None:
    of = picture()
    said = talked(dataclasses.replace(of, direction=dataclasses.replace(of.direction, trend=trend)))
    assert answer(said, "direction", question)


def told_impact(**changes: object) -> Narrative:
    base = Impact("x", "manual email time", change=Fraction(-3, 10), lower_is_better=True, by="the team")
    facts = {"said_on": date(2026, 9, 22), **changes}
    return talked(picture(impacts=[dataclasses.replace(base, **facts)]))  # type: ignore[arg-type]


def test_an_estimate_says_by_whom_when_and_what_would_make_it_measured() -> None:
    told = answer(told_impact(source=Source.ESTIMATE), "impact", "Whose figure")
    assert "the team" in told
    assert "22 September 2026" in told
    assert "becomes measured once" in told


def test_no_cause_is_claimed_that_the_source_does_not_give() -> None:
    said = told_impact(source=Source.MEASURED)
    assert "neither do we" in answer(said, "impact", "Did ")
    assert any(text.startswith("“because of") for text in texts(said, "impact", "avoid"))
    assert not texts(told_impact(source=Source.MEASURED, because=True), "impact", "avoid")


def test_how_much_of_an_outcomes_time_is_gone_stands_beside_how_far_it_has_come() -> None:
    said = talked(picture())
    shown = said.picture.outcome
    assert isinstance(shown, OutcomePicture)
    assert shown.time_gone == Fraction(180, 275)
    assert "with 65% of the time gone" in answer(said, "bought", "Will we reach the goal")


@pytest.mark.parametrize("side", list(Side))
def test_an_overdue_action_is_told_with_whose_it_is(side: Side) -> None:
    action = Action("late", "Sit together for an hour", "Priya Raman", side, date(2026, 9, 11))
    of = dataclasses.replace(picture(), actions=(PlannedAction(action, overdue=True),))
    said = talked(of)
    assert texts(said, "plan", "behind") == [
        f"Overdue, on {'our' if side is Side.VENDOR else 'their'} side: Sit together for an hour"
        " (Priya Raman, was due on 11 September)."
    ]
    told = answer(said, "plan", "Why is “Sit together for an hour” late?")
    assert told.startswith("It was ours" if side is Side.VENDOR else "It is on your side")


@pytest.mark.parametrize(
    ("side", "owner", "begins"),
    [
        (Side.CUSTOMER, "the sponsor", "It is with you: it was to be done by 11 September."),
        (Side.CUSTOMER, "Tom Reed", "It is on your side: Tom Reed was to do it by 11 September."),
        (Side.VENDOR, "the presenter", "It was ours: I was to do it by 11 September,"),
        (Side.VENDOR, "Ines Duarte", "It was ours: Ines Duarte was to do it by 11 September,"),
    ],
)
def test_nobody_in_the_room_is_spoken_of_as_if_they_were_not(side: Side, owner: str, begins: str) -> None:
    base = dataclasses.replace(picture(), owner="Priya Raman")
    assert base.sponsor is not None
    name = {"the sponsor": base.sponsor.name, "the presenter": "Priya Raman"}.get(owner, owner)
    action = PlannedAction(Action("late", "Sit together", name, side, date(2026, 9, 11)), overdue=True)
    told = answer(talked(dataclasses.replace(base, actions=(action,))), "plan", "Why is “Sit together” late?")
    assert told.startswith(begins)


def test_a_draft_is_a_proposal_not_an_agreement() -> None:
    said = talked(dataclasses.replace(picture(), draft=True))
    assert "proposal of ours" in answer(said, "bought", "Who chose")
