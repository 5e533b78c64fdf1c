"""What the last review reported, in words: both figures where they differ, the old target where it was another."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import REPLIES, managers, persona, picture, workflow
from random_pictures import CANARY, INTERNAL, ONE_OF_ONE, PRESENCE, RESIDUE, SLIPS, WORDING, often, pictures, registers
from receipted import receipted
from test_receipts import orphans, traced

from qbrgen.figures import Ratio
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.score.other_times import Delivered, Retired
from qbrgen.score.picture import AccountPicture, Comparison, WorkflowPicture
from qbrgen.score.states import Cause, TargetState

ON = date(2026, 7, 3)
TARGET, DEFINITION, ROSTER, DATA = Cause.TARGET, Cause.DEFINITION, Cause.ROSTER, Cause.DATA


def delivered(n: int, m: int, target: str, *causes: Cause, again: tuple[int, int] | None = None) -> Delivered:
    """n of m as reported, against this target in percent; again: of the same quarter today."""
    share, value = Fraction(target) / 100, Fraction(n, m)
    state = TargetState.MET if value >= share else TargetState.NOT_MET
    ratio = Ratio(*map(Fraction, again or (n, m)))
    return Delivered(Fraction(n), Fraction(m), value, share, state, ratio.value, ratio, causes)


def touches(found: Delivered | None, previous: int | None = 61) -> WorkflowPicture:
    """80% now; so many percent the quarter before by today's count, like for like."""
    return workflow(previous=None if previous is None else Fraction(previous, 100), delivered=found)


def told(*flows: WorkflowPicture, register: Register = Register.DECK, **changes: object) -> Narrative:
    of = picture(workflows=flows or None)
    return narrate(dataclasses.replace(of, delivered_on=ON, **changes), register, WORDING)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (delivered(61, 100, "70"), "It was 61% the quarter before."),
        (delivered(61, 100, "60", TARGET), "It was 61% the quarter before, when the target was 60%."),
        (
            delivered(58, 100, "60", TARGET, ROSTER),
            "It was 61% for those in seat in both quarters; as reported then, 58% against a target of 60%.",
        ),
        (
            delivered(58, 100, "70", DATA),
            "It was 61% the quarter before; as reported then, 58% (since then data have come late or been corrected).",
        ),
        (
            delivered(58, 100, "70", DEFINITION),
            "It was 61% the quarter before; as reported then, 58% (since then the way of counting has changed).",
        ),
        (delivered(58, 100, "70", ROSTER), "It was 61% for those in seat in both quarters; as reported then, 58%."),
        (
            delivered(58, 100, "60", TARGET, DEFINITION, ROSTER, DATA),
            "It was 61% for those in seat in both quarters; as reported then, 58% against a target of 60% (since then "
            "the way of counting has changed and data have come late or been corrected).",
        ),
        (
            delivered(61, 100, "70", DEFINITION),
            "It was 61% the quarter before, and 61% as reported then, when it was counted otherwise.",
        ),
        (delivered(610, 1001, "70", ROSTER, DATA), "It was 61% the quarter before."),
    ],
)
def test_a_workflow_says_both_figures_and_what_has_changed(found: Delivered, words: str) -> None:
    text = told(touches(found)).text("workflow:reps/sequenced-touches")
    assert text.endswith(f"10 points above the target of 70%. {words}"), text


def test_a_figure_that_was_not_there_then_is_told_so() -> None:
    none = Delivered(None, None, None, Fraction(7, 10), TargetState.NO_DATA, Fraction(61, 100), None, (DATA,))
    text = told(touches(none)).text("workflow:reps/sequenced-touches")
    assert text.endswith("It was 61% the quarter before; the review of that quarter had no figure for it.")


def test_what_the_data_no_longer_hold_is_told_as_reported() -> None:
    text = told(touches(delivered(58, 100, "60", TARGET), None)).text("workflow:reps/sequenced-touches")
    assert text.endswith("As reported, it was 58% the quarter before, against a target of 60%.")


def test_a_workflow_that_the_last_review_did_not_have_says_so() -> None:
    said = told(touches(None), dataclasses.replace(REPLIES, delivered=delivered(6, 10, "75")))
    assert said.text("workflow:reps/sequenced-touches").endswith("The last review did not have it yet.")
    assert said.text("since-review") == (
        "Compared with the review recorded on 3 July 2026: new since: Outbound touches through sequences."
    )


def test_a_target_that_was_just_missed_is_not_rounded_up_to_it() -> None:
    text = told(touches(delivered(597, 1000, "60", TARGET, ROSTER))).text("workflow:reps/sequenced-touches")
    assert "59.7% against a target of 60%" in text


def people_said(found: Delivered, then: Comparison | None) -> str:
    reps = dataclasses.replace(persona(active=5, not_yet=2, previous=then), delivered=found)
    of = dataclasses.replace(picture([reps, managers()]), delivered_on=ON)
    return narrate(of, Register.DECK, WORDING).text("persona:reps")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (delivered(3, 7, "70"), "3 of 7 were active the quarter before."),
        (delivered(3, 7, "50", TARGET), "3 of 7 were active the quarter before. The target was 4 of 7 then."),
        (
            delivered(3, 8, "50", TARGET, ROSTER),
            "3 of 7 were active the quarter before. As reported then, it was 3 of 8, with a target of 4 (since then "
            "the people who count have changed).",
        ),
        (
            delivered(2, 7, "70", DATA),
            "3 of 7 were active the quarter before. As reported then, it was 2 of 7 (since then data have come late or "
            "been corrected).",
        ),
    ],
)
def test_people_say_both_figures_and_the_old_target(found: Delivered, words: str) -> None:
    assert people_said(found, Comparison(3, 5, 7)).endswith(words)


def test_one_person_is_told_in_words() -> None:
    said = people_said(delivered(1, 1, "70", ROSTER), Comparison(3, 5, 7))
    assert "As reported then, the one person counted was active" in said


def test_the_key_figures_say_what_was_reported() -> None:
    of = picture()
    breadth = dataclasses.replace(of.breadth, delivered=delivered(3, 9, "0", ROSTER))
    depth = dataclasses.replace(of.depth, previous=(1, 3), delivered=delivered(2, 3, "0", TARGET))
    said = told(breadth=breadth, depth=depth)
    assert said.text("change:people").endswith("as reported then, 3 of 9")
    assert said.text("change:workflows") == "1 of 3 the quarter before; as reported then, 2 of 3"


def test_one_line_tells_everything_that_was_agreed_or_counted_otherwise() -> None:
    gone = Retired("reps/tasks", "Tasks closed in time", Fraction(4, 5), Fraction(7, 10))
    other = dataclasses.replace(REPLIES, previous=Fraction(1, 2), delivered=delivered(6, 10, "75", DATA))
    quiet = workflow("reps/x", name="X", previous=Fraction(1, 2), delivered=delivered(6, 10, "70", ROSTER))
    said = told(touches(delivered(58, 100, "60", TARGET, ROSTER)), other, quiet, retired=(gone,))
    assert said.text("since-review") == (
        "Compared with the review recorded on 3 July 2026: Outbound touches through sequences: 58% against a target of "
        "60% as reported then, 61% against 70% today (not the same people); Replies answered the same day: 60% as "
        "reported then, 50% by today's count (late or corrected data); no longer counted: Tasks closed in time (80%, "
        "target 70%)."
    )


def test_where_nothing_but_people_changed_there_is_no_such_line() -> None:
    assert "since-review" not in told(touches(delivered(58, 100, "70", ROSTER)))
    assert "since-review" not in told(touches(delivered(61, 100, "70")))


def test_the_receipt_has_what_was_reported_its_target_todays_count_and_the_causes() -> None:
    found = delivered(580, 1000, "60", TARGET, DATA, again=(610, 1000))
    text = told(touches(found)).text("receipt:workflow:reps/sequenced-touches")
    assert text.endswith(
        "As reported on 3 July 2026: 580 of 1,000 (58%), target 60%; the same quarter today: 610 of 1,000 (61%), "
        "target 70%; changed since: late or corrected data."
    )


def test_without_a_record_not_a_word_of_it_is_said() -> None:
    for register in Register:
        said = narrate(picture(), register, WORDING)
        assert "since-review" not in said
        assert not [key for key, each in said.statements.items() if "reported" in each.text]


# ---- any picture ----------------------------------------------------------------------------------------------------

causes = st.sets(st.sampled_from(list(Cause))).map(lambda found: tuple(c for c in Cause if c in found))
shares = st.fractions(0, 1, max_denominator=400)


@st.composite
def records(draw: st.DrawFn, *, of_people: bool) -> Delivered | None:
    case = draw(st.sampled_from(["counts", "value", "nothing", "missing"]))
    target = draw(st.sampled_from([Fraction(1, 2), Fraction(7, 10), Fraction(2, 3), Fraction(1)]))
    if case == "missing":
        return None
    below = draw(st.integers(0 if of_people else 1, 12 if of_people else 4000))
    above = draw(st.integers(0, below))
    again = draw(st.sampled_from([None, Ratio(Fraction(above), Fraction(below))])) if below else None
    found = Delivered(
        Fraction(above),
        Fraction(below),
        Fraction(above, below) if below else None,
        target,
        None if of_people else draw(st.sampled_from(TargetState)),
        again.value if again else None,
        again,
        draw(causes),
    )
    if of_people or case == "counts":
        return found
    value = draw(shares) if case == "value" else None
    return dataclasses.replace(found, numerator=None, denominator=None, value=value)


@st.composite
def recorded(draw: st.DrawFn) -> AccountPicture:
    of = draw(pictures())
    sums = draw(records(of_people=True)), draw(records(of_people=True))
    sums = tuple(found and dataclasses.replace(found, target=None) for found in sums)
    gone = Retired("p0/gone", "Workflow that is gone", draw(st.one_of(st.none(), shares)), Fraction(7, 10))
    return dataclasses.replace(
        of,
        personas=tuple(dataclasses.replace(p, delivered=draw(records(of_people=True))) for p in of.personas),
        workflows=tuple(dataclasses.replace(w, delivered=draw(records(of_people=False))) for w in of.workflows),
        breadth=dataclasses.replace(of.breadth, delivered=sums[0]),
        depth=dataclasses.replace(of.depth, delivered=sums[1]),
        delivered_on=ON,
        retired=draw(st.sampled_from([(), (gone,), (gone, gone)])),
    )


@often
@given(recorded(), registers)
def test_whatever_was_reported_the_words_are_whole(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    for key, statement in said.statements.items():
        for pattern in (RESIDUE, PRESENCE):
            assert not pattern.search(statement.text), (key, statement.text)
        if not key.startswith(("receipt:", "since-review")):
            assert not SLIPS.search(ONE_OF_ONE.sub("", statement.text)), (key, statement.text)


@traced
@given(recorded(), registers)
def test_whatever_was_reported_every_number_is_known(of: AccountPicture, register: Register) -> None:
    assert orphans(narrate(receipted(of), register, WORDING)) == []


@pytest.mark.slow
@settings(traced, max_examples=300, derandomize=False)
@given(recorded(), registers)
def test_whatever_was_reported_at_very_many_accounts_every_number_is_known(
    of: AccountPicture, register: Register
) -> None:
    assert orphans(narrate(receipted(of), register, WORDING)) == []


@often
@given(recorded())
def test_the_customer_reads_figures_and_targets_of_it_and_nothing_internal(of: AccountPicture) -> None:
    said = narrate(of, Register.DECK, WORDING)
    assert CANARY not in repr(said)
    for key, statement in said.statements.items():
        assert not INTERNAL.search(statement.text), (key, statement.text)
