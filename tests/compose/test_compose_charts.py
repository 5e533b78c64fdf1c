"""People as marks, workflows as bars, weeks as a line: what each chart of a deck holds."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from by_hand import EMAIL_TIME, narrative, persona, picture, points, slide, workflow

from qbrgen.compose.charts import target_bar
from qbrgen.compose.deck import compose_deck
from qbrgen.compose.told import Told
from qbrgen.document import BeforeAfter, Columns, Mark, People, Readings, Status, TargetBars, Text, Trend
from qbrgen.figures import Receipt
from qbrgen.narrate.wording import Wording
from qbrgen.score.states import TargetState


def test_a_group_without_anyone_to_count_is_named_and_not_drawn(wording: Wording) -> None:
    alone = workflow("managers/review", value=None, state=TargetState.NOT_APPLICABLE, weekly=())
    told = narrative(picture(personas=(persona(), persona("managers")), workflows=(workflow(), alone)))
    bars, named = slide(compose_deck(told, wording), "workflows").blocks
    assert isinstance(bars, TargetBars)
    assert len(bars.groups) == 1
    assert isinstance(named, Text)
    assert named.text.startswith("No one to count yet: ")


def test_a_bar_without_a_known_value_carries_no_number(wording: Wording) -> None:
    drawn = slide(compose_deck(narrative(picture()), wording), "impact").blocks[0]
    assert isinstance(drawn, BeforeAfter)
    assert (drawn.before_text, drawn.after_text, drawn.figure) == ("", "", "−30%")
    known = dataclasses.replace(
        EMAIL_TIME,
        impact=dataclasses.replace(
            EMAIL_TIME.impact, before=Fraction(31), value=Fraction(19), unit="hours", change=None
        ),
    )
    drawn = slide(compose_deck(narrative(picture(impacts=(known,))), wording), "impact").blocks[0]
    assert isinstance(drawn, BeforeAfter)
    assert (drawn.before_text, drawn.after_text, drawn.figure) == ("31 hours", "19 hours", "")


def test_a_goal_is_drawn_beside_where_it_started(wording: Wording) -> None:
    block = slide(compose_deck(narrative(picture()), wording), "bought").blocks[0]
    assert isinstance(block, Columns)
    drawn = next(one for one in block.left if isinstance(one, Readings))
    assert [reading.kind for reading in drawn.readings] == ["earlier", "now", "goal"]


def test_a_person_is_a_mark_and_no_name_unless_names_are_agreed(wording: Wording) -> None:
    block = slide(compose_deck(narrative(picture()), wording), "people").blocks[0]
    assert isinstance(block, People)
    reps = block.groups[0]
    assert [person.mark for person in reps.people] == [Mark.FILLED] * 5 + [Mark.OUTLINED] * 2
    assert {person.name for person in reps.people} == {""}
    assert reps.people[0].caption == "13 of 13"
    assert reps.figure == "5 of 7"
    agreed = persona(people=tuple(dataclasses.replace(p, shown_name=p.name) for p in persona().people))
    block = slide(compose_deck(narrative(picture(personas=(agreed,), workflows=())), wording), "people").blocks[0]
    assert isinstance(block, People)
    assert block.groups[0].people[0].name == "Person 0"


def test_new_people_are_marks_of_their_own_beside_n_of_m(wording: Wording) -> None:
    composed = compose_deck(narrative(picture(personas=(persona(new=2),), workflows=())), wording)
    block = slide(composed, "people").blocks[0]
    assert isinstance(block, People)
    assert block.groups[0].figure == "5 of 7"
    assert block.groups[0].remark == "and 2 new"
    assert [person.mark for person in block.groups[0].people].count(Mark.DOTTED) == 2
    assert (Mark.DOTTED, "New") in block.key


def test_above_sixty_people_are_bars(wording: Wording) -> None:
    many = (persona("reps", active=40, not_yet=10), persona("managers", active=5, not_yet=15))
    block = slide(compose_deck(narrative(picture(personas=many, workflows=())), wording), "people").blocks[0]
    assert isinstance(block, TargetBars)
    assert [bar.value_text for bar in block.groups[0].bars] == ["40 of 50", "5 of 20"]
    assert [bar.status for bar in block.groups[0].bars] == [Status.MET, Status.NOT_MET]


def test_bars_stand_by_persona_each_with_its_counts(wording: Wording) -> None:
    bars = slide(compose_deck(narrative(picture()), wording), "workflows").blocks[0]
    assert isinstance(bars, TargetBars)
    assert [len(group.bars) for group in bars.groups] == [2, 1]
    first = bars.groups[0].bars[0]
    assert (first.value, first.target, first.value_text, first.target_text) == (0.8, 0.7, "80%", "70%")
    assert first.count_text == "4,176 of 5,220"
    assert first.previous_text == ""


def test_a_workflow_without_data_has_no_bar_and_says_why(wording: Wording) -> None:
    silent = workflow("reps/calls", None, TargetState.NO_DATA, weekly=())
    bars = slide(compose_deck(narrative(picture(workflows=(workflow(), silent))), wording), "workflows").blocks[0]
    assert isinstance(bars, TargetBars)
    bar = bars.groups[0].bars[1]
    assert (bar.value, bar.value_text, bar.state_text, bar.count_text) == (None, "", "no data", "")


def test_the_line_is_of_the_first_listed_measurable_workflow(wording: Wording) -> None:
    silent = workflow("reps/calls", None, TargetState.NO_DATA)
    low = workflow("reps/low", Fraction(1, 10), TargetState.NOT_MET, weekly=points(1, 100))
    line = slide(compose_deck(narrative(picture(workflows=(silent, low, workflow()))), wording), "direction").blocks[0]
    assert isinstance(line, Trend)
    assert line.series_name == "Low"
    assert (len(line.points), line.split, line.target) == (26, 13, 0.7)
    assert line.span_names == ("Q2 2026", "Q3 2026")
    assert (line.first_text, line.last_text, line.last_note) == ("1%", "5%", "last week, 5 of 100")


def test_without_a_weekly_workflow_the_line_is_of_the_people(wording: Wording) -> None:
    ready = workflow(weekly=(), ratio=None)
    line = slide(compose_deck(narrative(picture(workflows=(ready,))), wording), "direction").blocks[0]
    assert isinstance(line, Trend)
    assert "people" in line.series_name
    assert line.last_note == "last week, 7 of 7"


def test_weeks_with_nothing_to_divide_by_are_gaps_in_the_line_never_zero(wording: Wording) -> None:
    weekly = tuple(
        dataclasses.replace(p, numerator=Fraction(0), denominator=Fraction(0)) if i in (0, 1, 9, 25) else p
        for i, p in enumerate(points(50, 100))
    )
    line = slide(compose_deck(narrative(picture(workflows=(workflow(weekly=weekly),))), wording), "direction").blocks[0]
    assert isinstance(line, Trend)
    assert len(line.points) == 24  # leading ones are not there
    assert line.points[7].value is None
    assert line.points[-1].value is None
    assert line.last_note == "week of 14 September, 54 of 100"


def test_a_ready_made_value_has_the_counts_that_came_with_it(wording: Wording) -> None:
    made = workflow("reps/inbox", kind="value", unit="", ratio=None)
    base = Receipt(made.receipt, "value", "", Fraction(76_712), Fraction(79_400), None, ())
    of = picture(workflows=(made,))
    of = dataclasses.replace(of, receipts=(*(each for each in of.receipts if each.id != made.receipt), base))
    assert target_bar(Told(narrative(of), wording), made, with_previous=False).count_text == "76,712 of 79,400"
