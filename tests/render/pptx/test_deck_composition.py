"""How a slide is laid out: little is set larger, what belongs together stands together, what is asked at the foot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawn_blocks import BODY, INK, drawn, frame, sizes
from sample_slides import KEY, LONG_NAME, bar, persona

from qbrgen.document import (
    BarGroup,
    BeforeAfter,
    Bullets,
    Callout,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    People,
    Table,
    TargetBars,
    Text,
)
from qbrgen.render.pptx.key_figures import key_figures_piece
from qbrgen.render.pptx.piece import Setting
from qbrgen.render.pptx.tables import TablePiece, spare_of, table_piece
from qbrgen.render.pptx.text import para

COLUMNS = (Column("Who", 0.4), Column("What", 0.4), Column("By", 0.2, nowrap=True))


def rows(count: int, text: str = "Say what is done") -> Table:
    return Table(COLUMNS, tuple((Cell(f"Action {at}"), Cell(text), Cell("16 Oct")) for at in range(count)), "alt")


def test_a_table_of_few_rows_is_set_larger_than_one_of_many_and_fills_more_of_the_slide() -> None:
    few, many = drawn(rows(2))["s/table"], drawn(rows(8))["s/table"]
    assert max(sizes(few)) == 18
    assert max(sizes(many)) == 16
    assert frame(few).h > 100
    assert frame(few).bottom <= BODY.bottom


def test_few_bars_are_set_larger_and_higher_than_many() -> None:
    def group(count: int) -> TargetBars:
        return TargetBars((BarGroup("Reps", tuple(bar(f"Workflow {at}", 0.8) for at in range(count))),), "alt")

    few, many = drawn(group(2))["s/reps/bars"], drawn(group(7))["s/reps/bars"]
    assert frame(few).h / 2 > frame(many).h / 7


def test_what_does_not_fit_when_set_larger_is_set_as_ever() -> None:
    long = "walk through the shared list with the reps who are not there yet, and note what each of them needs " * 2
    assert max(sizes(drawn(rows(6, long))["s/table"])) <= 16


def test_what_is_asked_stands_at_the_foot_of_a_slide_with_room_to_spare() -> None:
    found = drawn(Text("The workflows on target stay there."), Callout("We ask:", "Agree to it."))
    assert abs(frame(found["s/callout"]).bottom - BODY.bottom) < 1
    alone = drawn(Callout("We ask:", "Agree to it."))
    assert frame(alone["s/callout"]).y == BODY.y


def test_a_callout_leaves_no_last_line_of_a_single_word() -> None:
    text = "Agree that all seven reps work in their own sequences before the very end of November."
    callout = drawn(Text("One line."), Callout("The decision we ask for:", text))["s/callout"]
    inner = next(callout.iter("{*}bodyPr"))
    assert int(inner.get("rIns")) > int(inner.get("lIns"))
    assert int(inner.get("lIns")) == int(inner.get("tIns"))


def test_rows_that_belong_together_have_no_rule_between_them_and_stand_closer() -> None:
    cells = (
        (Cell("Reps", strong=True), Cell("Touches"), Cell("70%")),
        (Cell("", sub="Target: 5 of 7", continues=True), Cell("Replies"), Cell("75%")),
        (Cell("Managers", strong=True), Cell("Reviews"), Cell("90%")),
    )
    piece = table_piece(Table(COLUMNS, cells, "alt"), BODY.w, Setting(INK))
    assert isinstance(piece, TablePiece)
    assert piece.rows[1].height < piece.rows[2].height
    table = drawn(Table(COLUMNS, cells, "alt"))["s/table"]
    ruled = [
        [side.find("{*}noFill") is None for side in (cell.find("{*}tcPr/{*}lnT"), cell.find("{*}tcPr/{*}lnB"))]
        for cell in (row.find("{*}tc") for row in table.iter("{*}tr"))
    ]
    assert ruled == [[False, True], [True, False], [False, True], [True, True]]


def test_a_table_that_is_cut_between_rows_that_belong_together_keeps_the_rule_under_its_header() -> None:
    cells = tuple(
        (Cell("" if at else "Reps", continues=at > 0), Cell(f"Workflow {at}"), Cell("70%")) for at in range(40)
    )
    parts = table_piece(Table(COLUMNS, cells, "alt"), BODY.w, Setting(INK)).split(BODY.h)
    assert parts is not None
    assert isinstance(parts[1], TablePiece)
    assert not parts[1].rows[0].continues


def test_a_very_long_owner_takes_no_more_of_a_table_than_its_part() -> None:
    columns = (Column("Action", 0.5), Column("Owner", 0.2, nowrap=True), Column("By", 0.14, nowrap=True))
    cells = ((Cell("Put the reply queue on the home screen of all reps"), Cell(LONG_NAME), Cell("23 October")),)
    piece = table_piece(Table(columns, cells, "alt"), BODY.w, Setting(INK))
    assert piece.widths[1] <= 0.41 * BODY.w
    assert piece.widths[0] >= 0.4 * BODY.w
    assert len(INK.lines(piece.rows[0].cells[2][0], piece.widths[2])) == 1


def test_a_cell_leaves_no_last_line_of_a_single_word_where_no_line_more_is_needed() -> None:
    columns = (Column("What", 0.5), Column("Then", 0.5))
    cells = ((Cell("Replies answered the same day 62%, with a target of seventy"), Cell("one " * 40)),)
    seen = 0
    for width in range(400, 900, 5):
        piece = table_piece(Table(columns, cells, "alt"), width, Setting(INK))
        text, wide = piece.rows[0].cells[0][0], piece.widths[0] - 14.4 - 1
        plain, better = INK.lines(text, wide), INK.lines(text, wide - spare_of(piece.rows[0].cells[0], wide, INK))
        assert len(better) == len(plain)
        if len(plain) > 1 and " " not in plain[-1][0]:
            assert " " in better[-1][0]
            seen += 1
    assert seen > 3


def test_fewer_than_three_numbers_take_a_word_into_the_empty_column_on_their_line() -> None:
    figures = (
        KeyFigure("People", "3 of 9", "all 9 before"),
        KeyFigure("Workflows", "0 of 6", boxes=(0, 6)),
        KeyFigure("Direction", "Shrinking", "In the second half of 26 weeks, all 9 people did less."),
    )
    piece = key_figures_piece(KeyFigures(figures), BODY.w, Setting(INK))
    assert not piece.rows
    found = drawn(KeyFigures(figures))
    number, word = (found[f"s/figure-{at}/figure"] for at in (1, 3))
    assert max(sizes(word)) < max(sizes(number))
    assert frame(word).x > frame(found["s/figure-2/figure"]).right
    feet = [frame(each).y + 0.86 * max(sizes(each)) for each in (number, word)]
    assert abs(feet[0] - feet[1]) < 1


def test_three_numbers_leave_a_word_to_a_row_below() -> None:
    figures = (*(KeyFigure("A", "3 of 9") for _ in range(3)), KeyFigure("Direction", "Shrinking", "All did less."))
    assert len(key_figures_piece(KeyFigures(figures), BODY.w, Setting(INK)).rows) == 1


def test_the_figure_of_a_group_stands_on_one_line_and_its_remark_leaves_no_single_word() -> None:
    group = replace(persona("Reps", 56), figure="38 of 56", remark="and 3 new and 1 away")
    found = drawn(People((group,), KEY, "alt"))
    figure, remark = found["s/reps/figure"], found["s/reps/remark"]
    assert INK.width("38 of 56", max(sizes(figure)), bold=True) <= frame(figure).w + 1
    lines = INK.lines(para("and 3 new and 1 away", max(sizes(remark))), frame(remark).w)
    assert len(lines) == 2
    assert " " in lines[-1][0]
    assert frame(figure).bottom <= frame(remark).y
    assert abs(frame(figure).right - frame(remark).right) < 0.1


def test_a_list_of_few_points_is_set_larger() -> None:
    few, many = (drawn(Bullets(tuple(f"Point {at}" for at in range(count))))["s/text"] for count in (2, 9))
    assert max(sizes(few)) == 20
    assert max(sizes(many)) == 18


def test_the_same_thing_has_the_same_name_whatever_stands_beside_it_and_whatever_its_label_says() -> None:
    """So a later deck's figures find their shapes in this one."""
    people, impact, way = (
        KeyFigure("People", "6 of 8", key="people"),
        KeyFigure("Email time", "\u221230%", key="impact"),
        KeyFigure("Direction", "Spreading", key="direction"),
    )
    with_it, without = drawn(KeyFigures((people, impact, way))), drawn(KeyFigures((people, way)))
    assert set(without) < set(with_it)
    assert without["s/direction/figure"].xpath("string()") == "Spreading"

    one, two = (
        drawn(People((replace(persona(label, count), key="managers"),), KEY, "alt"))
        for label, count in (("Sales manager", 1), ("Sales managers", 2))
    )
    assert {"s/managers/label", "s/managers/marks", "s/managers/figure"} <= set(one) & set(two)

    first, second = (
        BeforeAfter(what, 2, 1, "2", "1", "Then", "Now", "Measured.", "alt", key=what) for what in ("calls", "hours")
    )
    tall = BODY._replace(h=600)
    assert {name for name in drawn(first, second, body=tall) if "hours" in name} == set(drawn(second))
    bars = TargetBars((BarGroup("Sales manager", (bar("Reviews", 0.8),), "managers"),), "alt")
    assert "s/managers/bars" in drawn(bars)


def test_a_bullet_stands_in_the_typeface_of_its_text() -> None:
    assert [one.get("typeface") for one in drawn(Bullets(("Now", "Then")))["s/text"].iter("{*}buFont")] == []


def test_marks_under_a_key_figure_show_its_counts_and_earlier_before_later() -> None:
    boxes = KeyFigure("Workflows", "4 of 6", boxes=(4, 6), key="workflows")
    change = KeyFigure("Email time", "\u221230%", change=(1.0, 0.7), key="impact")
    found = drawn(KeyFigures((boxes, change)))
    filled = [shape.find(".//{*}spPr/{*}solidFill") is not None for shape in found["s/workflows/marks"].iter("{*}sp")]
    assert filled == [True] * 4 + [False] * 2
    before, after = found["s/impact/marks"].iter("{*}sp")
    assert frame(after).w == pytest.approx(0.7 * frame(before).w, rel=0.01)
    assert frame(before).y < frame(after).y
    assert [one.find(".//{*}spPr//{*}schemeClr").get("val") for one in (before, after)] == ["accent3", "accent1"]


def test_every_column_of_marks_beside_names_says_what_it_is() -> None:
    found = drawn(People((persona("Reps", 9, ("Ana Silva", "Ben Osei")),), KEY, "alt"))
    columns = [shape for name, shape in found.items() if name.startswith("s/reps/marks")]
    assert len(columns) > 1
    assert all(next(shape.iter("{*}cNvPr")).get("descr") for shape in columns)


def test_large_figures_are_set_in_the_themes_typeface_for_headings_and_all_else_in_that_for_text() -> None:
    found = drawn(KeyFigures((KeyFigure("People", "6 of 8", "3 of 8 before", key="people"),)))
    faces = {name: {one.get("typeface") for one in shape.iter("{*}latin")} for name, shape in found.items()}
    assert faces == {"s/people/label": set(), "s/people/figure": {"+mj-lt"}, "s/people/note": set()}
