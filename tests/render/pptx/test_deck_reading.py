"""What a reader meets on a slide: rows that stand alike, pages of like length, text that breaks where it should."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from drawn_blocks import BODY, INK, drawn, texts
from sample_slides import bar

from qbrgen.document import (
    BarGroup,
    Bullets,
    Callout,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Reading,
    Readings,
    Table,
    TargetBars,
    Text,
)
from qbrgen.render.pptx.piece import Setting, TextPiece
from qbrgen.render.pptx.plan import fitted
from qbrgen.render.pptx.tables import TablePiece, table_piece
from qbrgen.render.pptx.text import para

COLUMNS = (Column("Gap", 0.48), Column("Since", 0.14, nowrap=True), Column("Plan", 0.38))
PLAN = "Put the reply queue on the home screen of every rep (Dana Ortiz, by 23 October)"


def test_text_stands_equally_far_below_the_rule_of_every_row_whatever_its_lines() -> None:
    cells = (("2 of 7 reps not yet active", "13 April", "No plan yet"), ("Replies answered", "30 March", 3 * PLAN))
    table = drawn(Table(COLUMNS, tuple(tuple(Cell(text) for text in row) for row in cells), "alt"))["s/table"]
    tops = {cell.get("marT") for row in list(table.iter("{*}tr"))[1:] for cell in row.iter("{*}tcPr")}
    heights = [int(row.get("h")) for row in table.iter("{*}tr")][1:]
    assert len(tops) == 1
    assert heights[1] - heights[0] > 12700 * 18  # a row is higher by its lines, and by nothing else


def test_dates_take_no_room_from_a_column_whose_text_just_fits() -> None:
    rows = ((Cell("Replies answered the same day", strong=True), Cell("30 March or earlier"), Cell(PLAN)),) * 2
    piece = table_piece(Table(COLUMNS, rows, "alt"), BODY.w, Setting(INK, roomy=True))
    assert isinstance(piece, TablePiece)
    assert len(INK.lines(piece.rows[0].cells[0][0], piece.widths[0] - 14.4)) == 1


def test_what_is_cut_over_is_cut_evenly_also_where_a_line_follows_it() -> None:
    rows = tuple(
        (Cell(f"Workflow {at} and what there is to say of it"), Cell("13 April"), Cell(PLAN)) for at in range(9)
    )
    pages = fitted((Table(COLUMNS, rows, "alt", legible=True), Text("And 4 more.", "muted")), 600, 300, Setting(INK))
    counts = [len(piece.rows) for page in pages for piece in page if isinstance(piece, TablePiece)]
    assert sum(counts) == 9
    assert len(counts) > 1
    assert max(counts) - min(counts) <= 2


def test_further_lines_of_a_cell_are_paragraphs_of_their_own_between_its_text_and_its_quiet_line() -> None:
    cell = Cell("Outbound touches, 70%", lines=("Calls logged, 70%", "Replies, 75%"), sub="Target: 5 of 7 active")
    table = drawn(Table(COLUMNS[:1], ((cell,),), "alt"))["s/table"]
    assert texts(table)[1:] == [cell.text, *cell.lines, cell.sub]


def test_rules_stand_under_text_alone_and_bars_without_any() -> None:
    block = TargetBars((BarGroup("Reps", tuple(bar(f"Workflow {at}", 0.8) for at in range(3))),), "alt")
    assert not [name for name in drawn(block) if name.endswith("/rule")]


def test_a_missing_reading_is_said_under_its_name_and_takes_no_room_from_the_bars() -> None:
    def readings(text: str, value: float | None) -> dict[str, Any]:
        now = Reading("Now", "", text, value, "now")
        start, goal = (
            Reading("Where you started", "31 July", "14", 14, "earlier"),
            Reading("Goal", "", "35", 35, "goal"),
        )
        return drawn(Readings("Site surveys", (start, now, goal), "alt"), body=BODY._replace(w=348))

    def chart(shapes: dict[str, Any]) -> str:
        return str(next(shapes["s/readings/bars"].iter("{*}ext")).get("cx"))

    missing = readings("not reported yet", None)
    assert texts(missing["s/readings/now/name"]) == ["Now", "not reported yet"]
    assert "s/readings/now/value" not in missing
    assert chart(missing) == chart(readings("17", 17))


def test_of_too_many_people_for_marks_one_bar_shows_the_share_that_is_active() -> None:
    shapes = drawn(KeyFigures((KeyFigure("Key people active", "46 of 59", share=(46, 59), key="people"),)))
    whole, part = (int(ext.get("cx")) for ext in list(shapes["s/people/marks"].iter("{*}ext"))[1:])
    assert abs(part / (whole + 1.5 * 12700) - 46 / 59) < 0.01


def test_a_date_is_not_torn_where_a_list_can_be_set_a_little_narrower() -> None:
    action = "Two-hour clinic with the brokers on the quote sequences (Tom Whitfield, was due on 11 September: overdue)"
    piece = next(iter(fitted((Bullets((action,), "What we do about it"),), 873.6, 300, Setting(INK))[0]))
    assert isinstance(piece, TextPiece)
    lines = [text for text, _ in INK.lines(piece.paragraphs[1], piece.width)]
    wide = [text for text, _ in INK.lines(para(action, piece.paragraphs[1].runs[0].size), 43 * 20)]
    assert len(lines) == len(wide) == 2
    assert not any(first[-1:].isdigit() and after[:1].isupper() for first, after in pairwise(lines))


def test_what_is_asked_is_never_set_small() -> None:
    block = TargetBars((BarGroup("", tuple(bar(f"Workflow {at}", 0.8) for at in range(9))),), "alt")
    callout = drawn(block, Callout("The decision we ask for:", "Name the manager."), body=BODY._replace(h=360))[
        "s/callout"
    ]
    assert min(int(run.get("sz")) for run in callout.iter("{*}rPr")) >= 1600
