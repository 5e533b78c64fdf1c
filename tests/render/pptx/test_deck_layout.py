"""Random documents: whatever is in them, nothing overflows, overlaps or leaves the page."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from deck_checks import misplaced, problems
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from random_slides import BLOCK, FIGURE, PHRASE, SENTENCES
from sample_slides import content, document
from text_fit import unfit

from qbrgen.document import Block, Cell, Column, KeyFigure, KeyFigures, Role, Slide, Table
from qbrgen.render.pptx import write_deck
from qbrgen.render.pptx.metrics import Typeface
from qbrgen.render.pptx.text import Ink
from qbrgen.theme import load_theme

PLAIN = load_theme("plain")
INK = Ink(Typeface(PLAIN.body), Typeface(PLAIN.heading), "en-GB")


def random(examples: int) -> settings:
    """So many examples, each drawn anew, none made smaller: a deck is slow to make."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )


def assert_fits(slide: Slide) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.pptx"
        write_deck(document(slide), PLAIN, path)
        assert misplaced(path) == []
        assert problems(path) == []
        assert unfit(path, INK) == []


@random(40)
@given(
    st.lists(BLOCK, min_size=1, max_size=4),
    SENTENCES,
    PHRASE,
    st.one_of(st.just(""), SENTENCES),
    st.sampled_from([Role.CONTENT, Role.APPENDIX]),
)
def test_whatever_a_slide_holds_stands_within_the_page_and_within_its_frames(
    blocks: list[Block], title: str, kicker: str, footnote: str, role: Role
) -> None:
    assert_fits(Slide("slide", role, title, kicker, tuple(blocks), footnote))


@random(20)
@given(st.lists(FIGURE, min_size=1, max_size=4), SENTENCES, PHRASE)
def test_whatever_the_sentence_says_its_figures_stand_below_it(
    figures: list[KeyFigure], title: str, footnote: str
) -> None:
    assert_fits(Slide("sentence", Role.STATEMENT, title, "In one sentence", (KeyFigures(tuple(figures)),), footnote))


def test_a_word_with_a_long_reason_goes_on_where_the_numbers_leave_no_room() -> None:
    """Found by the test of random slides: the reason ran into the footer."""
    long = "weekly same-day touches of quota-carrying Konstantinopolitańczykiewiczówna " * 3
    figures = (
        *[KeyFigure(long, "6 of 8", long, boxes=(5, 7))] * 3,
        KeyFigure("Direction", "No clear change", long * 4),
    )
    made = document(content(KeyFigures(figures), title=long, kicker="kicker"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.pptx"
        write_deck(made, PLAIN, path)
        assert misplaced(path) == []
        assert len(Presentation(str(path)).slides) == 2


@pytest.mark.parametrize(
    "text", ["Konstantinopolitańczykiewiczówna " * 9, "営業担当者による毎週のレビュー" * 6, "فريق المبيعات " * 12]
)
def test_the_measure_of_this_test_finds_a_row_that_is_too_low_and_a_frame_that_is_too_small(text: str) -> None:
    """The check itself: the same deck with its rows and frames made lower is found out."""
    columns = (Column("What", 0.5), Column("Then", 0.5))
    made = document(content(Table(columns, ((Cell(text), Cell(text, sub=text)),), "alt"), title=text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.pptx"
        write_deck(made, PLAIN, path)
        assert unfit(path, INK) == []
        presentation = Presentation(str(path))
        shapes = presentation.slides[0].shapes
        next(shape for shape in shapes if shape.has_table).table.rows[1].height //= 2
        title = shapes.title
        assert title is not None
        title.left, title.top, title.width, title.height = title.left, title.top, title.width, title.height // 3
        presentation.save(str(path))
        found = " ".join(unfit(path, INK))
        assert "a row of" in found
        assert "slide/title: " in found
