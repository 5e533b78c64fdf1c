"""Content in narrow and low frames: set tighter before it goes on on another slide, and cut evenly when it must."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_slides import bar, persona

from qbrgen.document import (
    BarGroup,
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    People,
    PeopleGroup,
    Table,
    TargetBars,
    Text,
)
from qbrgen.render.pptx.bars import BarsPiece
from qbrgen.render.pptx.key_figures import KeyFiguresPiece
from qbrgen.render.pptx.metrics import Typeface
from qbrgen.render.pptx.pages import cut, filled, stacked
from qbrgen.render.pptx.people import PeoplePiece
from qbrgen.render.pptx.piece import CalloutPiece, Piece, Setting, TextPiece
from qbrgen.render.pptx.plan import fitted, pieces_of
from qbrgen.render.pptx.tables import TablePiece
from qbrgen.render.pptx.text import Ink, para
from qbrgen.theme import load_theme

FACE = Typeface(load_theme("plain").body)
INK = Ink(FACE, FACE, "en-GB")
NARROW = (680.0, 236.0)  # of the frame that a template's banner and its footer leave


def pages(*blocks: Block, tight: bool = True, size: tuple[float, float] = NARROW) -> list[list[Piece]]:
    return fitted(blocks, *size, Setting(INK, tight=tight))


def person_groups(*counts: int) -> People:
    groups = [persona(f"Persona {at}", count) for at, count in enumerate(counts)]
    captioned = [
        replace(group, people=tuple(replace(one, caption="13 of 13") for one in group.people)) for group in groups
    ]
    return People(tuple(captioned), key=(), alt="alt")


def rows(*texts: str) -> Table:
    columns = (Column("What", 0.5), Column("Came of it", 0.5))
    return Table(columns, tuple((Cell(text), Cell("kept")) for text in texts), "alt", legible=True)


FIGURES = KeyFigures(
    (
        KeyFigure("Key people active", "6 of 8", "3 of 8 the quarter before", boxes=(6, 8)),
        KeyFigure("Workflows on target", "4 of 6", "one cannot be measured", boxes=(4, 6)),
        KeyFigure("Manual email time", "\u221230%", "Estimated by the team, 22 September", change=(10.0, 7.0)),
        KeyFigure("Direction", "Spreading", "in the second half of 26 weeks, 6 of 8 people did more"),
    )
)


def test_a_fourth_figure_joins_the_row_before_it_stands_alone_on_a_second_slide() -> None:
    lead = Text("The team estimates that it has cut manual email time by some 30%, and there is a plan for the two.")
    assert len(pages(lead, FIGURES, tight=False)) == 2
    (page,) = pages(lead, FIGURES)
    figures = next(piece for piece in page if isinstance(piece, KeyFiguresPiece))
    assert (len(figures.figures), figures.rows) == (4, ())
    assert stacked(page) <= NARROW[1]


def test_a_word_too_long_for_a_fourth_column_keeps_its_row() -> None:
    long = replace(FIGURES.figures[3], figure="Counterrevolutionary")
    (piece,) = pieces_of([KeyFigures((*FIGURES.figures[:3], long))], NARROW[0], Setting(INK, step=2, tight=True))
    assert isinstance(piece, KeyFiguresPiece)
    assert len(piece.rows) == 1


def test_marks_stand_closer_before_people_go_on_on_a_second_slide() -> None:
    people = person_groups(7, 1)
    asked = Bullets(("One hour on a live list with each of the two reps",), "What we do about it")
    low = (680.0, 170.0)
    assert len(pages(people, asked, tight=False, size=low)) == 2
    assert len(pages(people, asked, size=low)) == 1


def test_marks_become_smaller_so_that_they_stand_in_one_row() -> None:
    usual, tight = (pieces_of([person_groups(7, 1)], 590.0, Setting(INK, tight=each))[0] for each in (False, True))
    assert isinstance(usual, PeoplePiece)
    assert isinstance(tight, PeoplePiece)
    assert [row.spread.lines(len(row.group.people)) for row in usual.rows] == [2, 1]
    assert [row.spread.lines(len(row.group.people)) for row in tight.rows] == [1, 1]
    assert {24.0 < row.mark < usual.rows[0].mark for row in tight.rows} == {True}
    assert len({row.mark for row in tight.rows}) == 1
    right = tight.rows[0].spread.places(7)[-1][0] + tight.rows[0].mark
    assert right + INK.width("13 of 13", 12.0) - tight.rows[0].mark <= tight.rows[0].widths[1] + 1, "captions too"


def test_people_that_take_two_rows_in_any_case_have_small_marks() -> None:
    people = person_groups(10, 2)
    (piece,) = pieces_of([people], 520.0, Setting(INK, tight=True))
    assert isinstance(piece, PeoplePiece)
    assert piece.rows[0].spread.lines(10) == 2
    assert piece.rows[0].mark == 24


def test_what_is_asked_stays_with_what_it_is_about() -> None:
    bars = TargetBars((BarGroup("", (bar("Replies the same day", 0.62), bar("Two coached calls", 0.46))),), "alt")
    keep = Text("To keep: outbound touches through sequences, calls with an outcome logged, pipeline review each week.")
    ask = Callout("The decision we ask for:", "Agree that all seven reps work in sequences before the end of November.")
    low = (680.0, 190.0)
    assert len(pages(bars, keep, ask, tight=False, size=low)) == 2
    (page,) = pages(bars, keep, ask, size=low)
    assert isinstance(page[-1], CalloutPiece)


def test_a_group_of_bars_stays_together_where_that_takes_no_more_slides() -> None:
    groups = (
        BarGroup("Reps", tuple(bar(f"Workflow {at}", 0.7) for at in range(4))),
        BarGroup("Managers", tuple(bar(f"Review {at}", 0.8) for at in range(3))),
    )
    found = pages(TargetBars(groups, "alt"), size=(680.0, 150.0))
    shown = [[len(group.bars) for group in piece.groups] for page in found for piece in page]  # type: ignore[attr-defined]
    assert shown == [[4], [3]]


def test_a_long_table_is_cut_over_rather_than_crowded() -> None:
    """Both would fit where they are tight."""
    assert len(pages(rows(*(["One line"] * 8)), size=(680.0, 230.0))) == 1
    assert len(pages(rows(*(["One line"] * 11)), size=(680.0, 305.0))) == 2


def test_several_words_stand_beside_the_numbers_on_two_lines() -> None:
    early = replace(FIGURES.figures[3], figure="Too early to tell")
    (piece,) = pieces_of([KeyFigures((*FIGURES.figures[:3], early))], 640.0, Setting(INK, step=2, tight=True))
    assert isinstance(piece, KeyFiguresPiece)
    assert piece.rows == ()
    assert len(INK.lines(piece.big[3][0], piece.wide)) == 2


def test_no_bar_goes_on_alone_beside_what_is_asked() -> None:
    bars = TargetBars((BarGroup("", tuple(bar(f"Workflow {at}", 0.6) for at in range(4))),), "alt")
    ask = Callout("The decision we ask for:", "Agree that all seven reps work in sequences.")
    for height in range(100, 170, 5):
        found = pages(bars, ask, size=(560.0, float(height)))
        rows_of = [len(piece.groups[0].bars) for page in found for piece in page if isinstance(piece, BarsPiece)]
        assert rows_of != [3, 1], height


def test_nothing_is_tight_where_it_fits_without() -> None:
    roomy, tight = (pages(FIGURES, tight=each, size=(680.0, 400.0)) for each in (False, True))
    assert roomy == tight


@pytest.mark.parametrize("last", ["short", "a row that is by far the longest of all and takes some lines " * 4])
def test_no_row_is_left_alone_on_a_last_slide(last: str) -> None:
    table = rows(*(f"Promise {at}: " + "say who does what in which week " * 2 for at in range(6)), last)
    for height in range(120, 330, 6):
        found = fitted([table], 420.0, float(height), Setting(INK, tight=True))
        counts = [len(piece.rows) for page in found for piece in page if isinstance(piece, TablePiece)]
        assert sum(counts) == 7
        if len(counts) > 1 and max(counts) > 2:
            assert counts[-1] > 1, (height, counts)


def test_the_page_before_gives_a_row_to_one_that_stands_alone() -> None:
    (piece,) = pieces_of([rows(*(["One line"] * 6), "many lines " * 40)], 420.0, Setting(INK, step=1))
    assert isinstance(piece, TablePiece)
    height = piece.head.height + max(sum(row.height for row in piece.rows[:6]), piece.rows[6].height) + 30
    assert [len(page[0].rows) for page in filled([piece], height)] == [6, 1]  # type: ignore[attr-defined]
    assert [len(page[0].rows) for page in cut([piece], height)] == [5, 2]  # type: ignore[attr-defined]


def test_a_heading_never_stays_behind() -> None:
    texts = (Bullets(("first thing that is said here",) * 3), Bullets(("a thing",) * 4, "A heading"))
    (piece,) = pieces_of(texts, 400.0, Setting(INK))
    for height in range(int(piece.height)):
        parts = piece.split(float(height))
        if parts and isinstance(parts[0], TextPiece) and len(parts[0].paragraphs) > 1:
            assert not parts[0].heads, height


def test_columns_of_a_table_give_each_other_room_where_that_saves_lines() -> None:
    columns = (Column("Figure", 0.5), Column("How it is defined", 0.5))
    cells = tuple((Cell("Key people"), Cell("Counted when they complete a workflow in a week " * 3)) for _ in range(5))
    table = Table(columns, ((Cell("Key people active in the quarter and the one before"), Cell("x")), *cells), "alt")
    usual, tight = (pieces_of([table], 500.0, Setting(INK, step=2, tight=each))[0] for each in (False, True))
    assert isinstance(usual, TablePiece)
    assert isinstance(tight, TablePiece)
    assert sum(tight.widths) == pytest.approx(sum(usual.widths))
    lines = [
        sum(row.height for row in piece.rows) - 2 * len(piece.rows) * pad for piece, pad in ((usual, 4.5), (tight, 3.0))
    ]
    assert lines[1] < lines[0] - 10


def test_sizes_are_those_of_the_template_that_are_nearest() -> None:
    theirs = Ink(FACE, FACE, "en-GB", (9.0, 12.0, 16.0, 18.0, 28.0, 44.0))
    assert [theirs.size(size) for size in (72.0, 48.0, 40.0, 32.0, 20.0, 14.0, 12.0, 10.0)] == [
        44.0, 44.0, 44.0, 28.0, 18.0, 16.0, 12.0, 12.0,
    ]  # fmt: skip
    assert 'sz="4400"' in theirs.xml([para("6 of 8", 48.0)])
    assert theirs.height([para("6 of 8", 48.0)], 400) == INK.height([para("6 of 8", 44.0)], 400)
    assert theirs.width("6 of 8", 48.0) == INK.width("6 of 8", 44.0)
    assert Ink(FACE, FACE, "en-GB", (6.0, 90.0)).size(14.0) == 14.0, "none is near"
    assert INK.size(13.0) == 13.0


def test_the_last_word_of_a_paragraph_takes_the_one_before_along() -> None:
    text = "One hour on a live list with each of the two reps (Priya Raman, by 16 October)"
    whole = INK.width(text, 14.0)
    lone = next(w for w in range(int(whole), 100, -1) if " " not in INK.lines(para(text, 14.0), w)[-1][0])
    bound = INK.accompanied(para(text, 14.0), lone)
    assert bound.text.endswith("16\u00a0October)")
    assert len(INK.lines(bound, lone)) == 2
    assert INK.accompanied(para(text, 14.0), whole + 5).text == text


def test_a_persona_without_people_has_no_marks() -> None:
    groups = (PeopleGroup("Reps", "0 of 0", ()), persona("Managers", 3))
    (piece,) = pieces_of([People(groups, key=(), alt="alt")], 500.0, Setting(INK, step=2, tight=True))
    assert piece.height > 0
