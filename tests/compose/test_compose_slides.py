"""What single slides hold: who stands first, how many are to go, when a table is told a row a persona."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from by_hand import narrative, person, persona, picture, slide, workflow

from qbrgen.compose.deck import compose_deck
from qbrgen.document import Columns, People, Table, TargetBars
from qbrgen.narrate.wording import Wording
from qbrgen.score.states import PersonState, TargetState


def test_who_does_most_stands_first_and_who_is_not_counted_last(wording: Wording) -> None:
    people = (
        person(1, PersonState.NEW, 1, 2),
        person(2, PersonState.LAPSED, 2),
        person(3, PersonState.OCCASIONAL, 6),
        person(4, PersonState.ACTIVE, 10),
        person(5, PersonState.ACTIVE, 13),
    )
    reps = dataclasses.replace(persona(active=2, lapsed=2, not_yet=0, new=1), people=people)
    shown = slide(compose_deck(narrative(picture(personas=(reps,))), wording), "people")
    (block,) = (each for each in shown.blocks if isinstance(each, People))
    assert [mark.caption for mark in block.groups[0].people] == [
        "13 of 13", "10 of 13", "6 of 13", "2 of 13", "1 of 2",
    ]  # fmt: skip


def test_of_a_persona_below_its_target_it_is_said_how_many_people_are_to_go(wording: Wording) -> None:
    reps = persona(active=3, not_yet=5)
    shown = slide(compose_deck(narrative(picture(personas=(reps,))), wording), "next")
    (bars,) = (each for each in shown.blocks if isinstance(each, TargetBars))
    bar = bars.groups[0].bars[0]
    assert (bar.value_text, bar.target_text, bar.state_text) == ("3 of 8", "6 of 8", "3 people to go")


def test_an_agreement_of_many_workflows_is_told_a_row_a_persona(wording: Wording) -> None:
    def rows(count: int) -> int:
        agreed = tuple(workflow(f"reps/work-{at}") for at in range(count))
        shown = slide(compose_deck(narrative(picture(workflows=agreed)), wording), "bought")
        (columns,) = (each for each in shown.blocks if isinstance(each, Columns))
        (table,) = (each for each in columns.right if isinstance(each, Table))
        return len(table.rows)

    assert rows(10) == 10
    assert rows(11) <= 2


def test_what_is_to_stay_on_target_is_named_up_to_a_full_list_and_then_counted(wording: Wording) -> None:
    def said(count: int) -> str:
        met = tuple(workflow(f"reps/work-{at}") for at in range(count))
        behind = workflow("reps/behind", Fraction(1, 2), TargetState.NOT_MET)
        shown = slide(compose_deck(narrative(picture(workflows=(*met, behind))), wording), "next")
        return " ".join(getattr(each, "text", "") for each in shown.blocks)

    assert all(f"work {at}" in said(5).lower() for at in range(5))
    assert sum(f"work {at}" in said(8).lower() for at in range(8)) == 4
    assert "and 4 more" in said(8)
