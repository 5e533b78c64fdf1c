"""No cause that the source did not give, no figure that may not be told, and no plan that is none: in any picture."""

from __future__ import annotations

import dataclasses
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import EMAIL_TIME, picture
from random_pictures import WORDING, often, pictures

from qbrgen.define.model.account import Impact, Source
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import GapKind

CAUSE = re.compile(
    r"\b(because|due to|thanks to|owing to|led to|leads to (?!count)|drives|drove|driven by|caused?|causes|results? in"
    r"|resulted|as a result|therefore|thereby|(?:has|have) (?:cut|lowered|raised|increased|brought|changed))\b"
)
PLAN = re.compile(r"\bthere is a plan\b|\bwe have a plan\b", re.IGNORECASE)
registers = st.sampled_from(list(Register))
seldom = settings(parent=often, max_examples=30)


def with_impacts(of: AccountPicture, **changes: object) -> AccountPicture:
    told = tuple(
        dataclasses.replace(each, impact=dataclasses.replace(each.impact, **changes))  # type: ignore[arg-type]
        for each in of.impacts
    )
    return dataclasses.replace(of, impacts=told)


@seldom
@given(pictures(), registers)
def test_no_word_claims_a_cause_that_no_source_gave(of: AccountPicture, register: Register) -> None:
    said = narrate(with_impacts(of, because=False), register, WORDING)
    claims = {key: each.text for key, each in said.statements.items() if CAUSE.search(each.text)}
    assert claims == {}


def test_the_cause_of_a_source_that_gives_one_would_be_found() -> None:
    said = narrate(picture(), Register.DECK, WORDING)
    assert CAUSE.search(said.text("sentence"))
    assert CAUSE.search(said.text(f"impact:{EMAIL_TIME.id}"))


@seldom
@given(pictures(), registers)
def test_the_words_of_an_impact_follow_its_source(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    for each in of.impacts:
        text = said.text(f"impact:{each.impact.id}")
        assert bool(text) == each.tellable
        if not text:
            assert said.left_out[f"impact:{each.impact.id}"]
        elif each.impact.source is Source.ESTIMATE:
            assert "estimate" in text.lower(), text
            assert each.impact.by.lower() in text.lower(), text
        elif each.impact.source is Source.BENCHMARK:
            assert text.startswith("Elsewhere, "), text
            assert "not measured" in text, text
        else:
            assert "estimate" not in text.lower(), text
            assert "roughly" not in text, text


def told(impact: Impact, register: Register) -> str:
    said = narrate(picture(impacts=[impact]), register, WORDING)
    return " ".join(each.text for each in said.statements.values())


@given(registers, st.sampled_from(["no source", "old"]))
@seldom
def test_an_old_or_unsourced_impact_is_a_gap_and_its_figure_is_nowhere(register: Register, lack: str) -> None:
    old = EMAIL_TIME.said_on.replace(year=2025, month=1) if EMAIL_TIME.said_on else None
    changes = {"source": None} if lack == "no source" else {"said_on": old}
    of = picture(impacts=[dataclasses.replace(EMAIL_TIME, **changes)])  # type: ignore[arg-type]
    kind = GapKind.IMPACT_UNSOURCED if lack == "no source" else GapKind.IMPACT_OLD
    assert kind in {gap.kind for gap in of.gaps}
    assert "30%" in told(EMAIL_TIME, register)
    assert "30%" not in " ".join(each.text for each in narrate(of, register, WORDING).statements.values())


@seldom
@given(pictures(), registers)
def test_there_is_a_plan_only_with_action_owner_and_a_date_to_come(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    shown = [gap.action for gap in said.picture.gaps if gap.action]
    plans = [each for each in shown if each.action.is_plan and not each.overdue and each.action.done_on is None]
    if not plans:
        assert {k: each.text for k, each in said.statements.items() if PLAN.search(each.text)} == {}


@seldom
@given(pictures(), registers)
def test_an_overdue_action_says_so_wherever_it_is_the_plan(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    for gap in said.picture.gaps:
        if gap.action and gap.action.overdue and f"gap-plan:{gap.key}" in said:
            assert "overdue" in said.text(f"gap-plan:{gap.key}"), gap.key
    still = [each for each in said.picture.actions if each.action.done_on is None and each.action.is_plan]
    if any(each.overdue for each in still):
        assert "overdue" in said.text("plan")
        assert "title:plan" not in said or "overdue" in said.text("title:plan")
