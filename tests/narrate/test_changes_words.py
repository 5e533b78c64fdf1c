"""What has changed, in words: one figure at a time, and over whole random workspaces."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from random_pictures import PRESENCE, RESIDUE, WORDING

from qbrgen.audience import Audience
from qbrgen.narrate.changes import ChangesTold, tell_changes, told_in_deck
from qbrgen.narrate.moved import figure_text, step_texts, why_text
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.period import parse_period
from qbrgen.score.change import Changes, FigureChange, FigureKind, Move, Point, Step, Why
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import PersonState, TargetState

sys.path.append(str(Path(__file__).parents[1] / "score"))

Q2, ON = parse_period("2026-Q2", 1), date(2026, 7, 3)
ACTIVE, OCCASIONAL, NEW, AWAY = PersonState.ACTIVE, PersonState.OCCASIONAL, PersonState.NEW, PersonState.AWAY


def changes(*figures: FigureChange, same: bool = False) -> Changes:
    return Changes(Q2, same, ON, date(2026, 6, 30), figures, told={})


def share(n: int, m: int, target: str = "7/10") -> Point:
    value, goal = Fraction(n, m), Fraction(target)
    state = TargetState.MET if value >= goal else TargetState.NOT_MET
    return Point(value, Fraction(n), Fraction(m), state, goal)


def people(n: int, m: int) -> Point:
    return Point(None, Fraction(n), Fraction(m), TargetState.MET, Fraction(7, 10))


def flow(*ways: tuple[tuple[Why, ...], Point], then: Point, moves: tuple[Move, ...] = ()) -> FigureChange:
    points = [then, *(point for _, point in ways)]
    steps = tuple(Step(causes, before, after, moves) for (causes, after), before in zip(ways, points, strict=False))
    causes = tuple(cause for way, _ in ways for cause in way)
    return FigureChange(FigureKind.WORKFLOW, "workflow:r/t", "Touches", then, points[-1], steps, causes)


def said(figure: FigureChange, *, same: bool = False) -> list[str]:
    of = changes(figure, same=same)
    return [figure_text(WORDING, figure, of), *step_texts(WORDING, figure, of)]


def test_a_figure_is_told_then_and_now_and_step_by_step() -> None:
    figure = flow(((Why.EVENTS,), share(81, 100)), ((Why.JOINED,), share(80, 100)), then=share(54, 100))
    assert said(figure) == [
        "Touches: 54% (54 of 100) as delivered for Q2 2026, 80% (80 of 100) now.",
        "New events of the same people: +27 points.",
        "With those who joined or came back: −1 point.",
    ]


def test_the_steps_as_shown_add_up_to_the_figures_as_shown() -> None:
    ways = (((Why.DATA,), share(504, 1000)), ((Why.LEFT,), share(508, 1000)), ((Why.EVENTS,), share(512, 1000)))
    signs = [re.search(r"([+−])(\d+) point", text) for text in said(flow(*ways, then=share(500, 1000)))]
    shown = [int(sign[2]) * (-1 if sign[1] == "−" else 1) for sign in signs if sign]
    assert sum(shown) == 51 - 50
    assert "too little to show" in said(flow(*ways, then=share(500, 1000)))[1]


def test_a_target_is_told_apart_and_what_it_turns() -> None:
    figure = flow(((Why.TARGET,), share(64, 100, "3/4")), then=share(64, 100, "3/5"))
    assert said(figure)[1:] == ["Another target: it was 60% and is 75%, which puts the figure below target."]


def test_what_cannot_be_told_apart_is_said_so() -> None:
    figure = flow(((Why.DATA, Why.ROSTER), share(60, 100)), then=share(54, 100))
    assert said(figure)[1:] == [
        "Late or corrected data of Q2 2026 or the roster of Q2 2026 as it reads today (the record cannot tell which): "
        "+6 points."
    ]


def test_another_definition_that_moved_nothing_is_said() -> None:
    point = share(54, 100)
    figure = FigureChange(FigureKind.WORKFLOW, "workflow:r/t", "Touches", point, point, (), (Why.DEFINITION,))
    assert said(figure) == [
        "Touches: 54% (54 of 100) as delivered for Q2 2026, and the same now.",
        "Another definition: no figure moved.",
    ]


def test_what_is_new_and_what_is_gone_is_said() -> None:
    point = share(54, 100)
    new = FigureChange(FigureKind.WORKFLOW, "workflow:r/t", "Touches", None, point, (), (Why.DEFINITION,))
    gone = replace(new, then=point, now=None)
    assert said(new) == ["Touches: 54% (54 of 100) now. The review of Q2 2026 did not have it."]
    assert said(gone) == ["Touches: 54% (54 of 100) as delivered for Q2 2026. It is no longer counted."]


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (OCCASIONAL, ACTIVE, "Jon Bell became active"),
        (ACTIVE, OCCASIONAL, "Jon Bell is no longer active"),
        (None, ACTIVE, "Jon Bell joined and is active"),
        (None, OCCASIONAL, "Jon Bell joined and is not active"),
        (NEW, ACTIVE, "Jon Bell, new then, counts now and is active"),
        (AWAY, OCCASIONAL, "Jon Bell came back and is not active"),
        (ACTIVE, None, "Jon Bell no longer counts, and was active"),
        (OCCASIONAL, AWAY, "Jon Bell was away all quarter, and not active before"),
    ],
)
def test_people_are_named_with_what_became_of_them(then: PersonState, now: PersonState, words: str) -> None:
    step = Step((Why.EVENTS,), people(3, 8), people(4, 8), (Move(then, now, "u-1", "Jon Bell"),))
    figure = FigureChange(FigureKind.PERSONA, "persona:r", "reps", step.before, step.after, (step,), (Why.EVENTS,))
    assert said(figure)[1] == f"New events of the same people: {words}."


def test_without_names_people_are_counted() -> None:
    moves = (Move(OCCASIONAL, ACTIVE), Move(OCCASIONAL, ACTIVE), Move(ACTIVE, None))
    step = Step((Why.EVENTS,), people(3, 8), people(4, 7), moves)
    figure = FigureChange(FigureKind.PERSONA, "persona:r", "reps", step.before, step.after, (step,), (Why.EVENTS,))
    assert said(figure)[1] == (
        "New events of the same people: two people became active, one person no longer counts, and was active."
    )


def test_a_sentence_has_all_its_causes_and_what_may_be_either_is_said_so() -> None:
    assert why_text(WORDING, (Why.TARGET, Why.EVENTS), changes()) == "Another target, new events."
    assert why_text(WORDING, (Why.STATED, Why.WORDING), changes()) == "Stated anew or worded differently."


@pytest.mark.parametrize("cause", list(Why))
def test_every_cause_has_its_words(cause: Why) -> None:
    for kind in ("cause", "short"):
        assert WORDING.say(f"changes.{kind}-{cause.value}", period="Q2 2026")


# ---- whole workspaces -----------------------------------------------------------------------------------------------


def texts(told: ChangesTold) -> list[str]:
    lines = [told.head, *told.notes]
    for figure in told.figures:
        lines += [figure.text, *figure.steps]
    return [*lines, *(each.why for each in (*((told.main,) if told.main else ()), *told.sentences))]


def delivered_and_seen(seed: int) -> list[AccountPicture]:
    """Every account of a random workspace, shaken after its second quarter was delivered with its sentences."""
    from changing import shaken
    from delivering import deliver, look_back
    from random_worlds import random_world

    world, pictures = random_world(seed), []
    if world.data_start > date(2026, 6, 15):
        return []
    for name in world.accounts:
        then = look_back(replace(world, period="2026-Q2"), deliver(world, name))
        record = replace(deliver(world, name), told=told_in_deck(narrate(then, Register.DECK, WORDING)))
        pictures += [look_back(replace(shaken(world, seed), period=p), record) for p in ("2026-Q2", "2026-Q3")]
    return pictures


@pytest.mark.parametrize("seed", range(12))
def test_in_any_workspace_every_change_is_told_in_whole_words_with_a_cause(seed: int) -> None:
    for picture in delivered_and_seen(seed):
        assert picture.changes is not None
        told = tell_changes(picture.changes, narrate(picture, Register.DECK, WORDING), WORDING, Audience.INTERNAL)
        for text in texts(told):
            assert text
            assert text.endswith(".")
            assert not RESIDUE.search(text), text
            assert not PRESENCE.search(text), text
            assert "  " not in text
        assert all(each.causes for each in (*((told.main,) if told.main else ()), *told.sentences))
        assert all(each.figure.causes for each in told.figures)


@pytest.mark.parametrize("seed", range(6))
def test_in_any_workspace_the_customer_reads_no_name_and_no_event(seed: int) -> None:
    for picture in delivered_and_seen(seed):
        assert picture.changes is not None
        people = {move.name for each in picture.changes.figures for step in each.steps for move in step.moves}
        marked = replace(
            picture.changes,
            figures=tuple(
                replace(
                    figure,
                    steps=tuple(
                        replace(step, moves=tuple(replace(move, name=f"Canary {move.name}") for move in step.moves))
                        for step in figure.steps
                    ),
                )
                for figure in picture.changes.figures
            ),
        )
        deck = narrate(picture, Register.DECK, WORDING)
        open_ = " ".join(texts(tell_changes(marked, deck, WORDING, Audience.CUSTOMER)))
        assert "Canary" not in open_
        assert "Events within" not in open_
        if people and any(step.moves for each in picture.changes.figures for step in each.steps):
            assert "Canary" in repr(tell_changes(marked, deck, WORDING, Audience.INTERNAL)) or len(people) > 6


@pytest.mark.parametrize("seed", range(12))
def test_in_any_workspace_each_figure_of_the_line_on_the_brief_has_its_receipt(seed: int) -> None:
    from qbrgen.narrate.trace import trace

    for picture in delivered_and_seen(seed):
        brief = narrate(picture, Register.BRIEF, WORDING)
        assert picture.changes is not None
        key = "moved-after-delivery" if picture.changes.same_period else "moved"
        if picture.changes.same_period and not picture.changes.figures:
            assert key not in brief
            continue
        statement = brief.statements[key]
        assert not RESIDUE.search(statement.text), statement.text
        orphans = [each for each in trace(statement, brief, WORDING) if each.fact is None and not each.typed]
        assert not orphans, (statement.text, orphans)
        assert key not in narrate(picture, Register.DECK, WORDING)
