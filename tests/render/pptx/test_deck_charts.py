"""Charts of a deck: native, with the values that they show, targets that move, labels in words."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from lxml import etree
from sample_slides import bar, trend

from qbrgen.document import BarGroup, BeforeAfter, Mark, Reading, Readings, Status
from qbrgen.render.pptx.bars import bars_chart
from qbrgen.render.pptx.before_after import before_after_piece
from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.marks import kind_of, mark_xml, offsets
from qbrgen.render.pptx.metrics import Piece, Typeface, wrap
from qbrgen.render.pptx.piece import Setting
from qbrgen.render.pptx.readings import readings_piece
from qbrgen.render.pptx.text import Ink, clean, is_rtl, language_of, language_tag, para
from qbrgen.render.pptx.trend import trend_piece
from qbrgen.render.pptx.workbook import Series, workbook_bytes
from qbrgen.theme import load_theme

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FACE = Typeface(load_theme("plain").body)
INK = Ink(FACE, FACE, "en-GB")
HEADINGS = ("Workflow", "Now", "Target", "")


def sheet(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Sheet1"].values)


def colours(chart: bytes) -> list[str]:
    """Of each point that has a colour of its own."""
    points = etree.fromstring(chart).iter(f"{C}dPt")
    return [point.find(".//{*}schemeClr").get("val") for point in points]


def marked(chart: bytes) -> list[str]:
    """The points that have a look of their own."""
    return [point.find(f"{C}idx").get("val") for point in etree.fromstring(chart).iter(f"{C}dPt")]


def test_bars_carry_value_and_target_as_columns_to_edit() -> None:
    group = BarGroup("Reps", (bar("Touches", 0.8), bar("Replies", 0.62, 0.75)))
    _, book = bars_chart(group, HEADINGS, INK)
    rows = sheet(book)
    assert rows[0][:3] == (None, "Now", "Target")
    assert [row[:3] for row in rows[1:]] == [("Touches", 0.8, 0.7), ("Replies", 0.62, 0.75)]


def test_only_a_bar_off_target_is_in_the_colour_of_behind() -> None:
    group = BarGroup(
        "Reps", (bar("a", 0.8), bar("b", 0.62), bar("c", None), bar("d", 0.1, status=Status.NOT_APPLICABLE))
    )
    chart = bars_chart(group, HEADINGS, INK)[0]
    assert colours(chart) == ["accent2"]
    assert marked(chart) == ["1"]


def test_a_workflow_without_data_has_no_bar_and_an_empty_cell_not_a_zero() -> None:
    chart, book = bars_chart(BarGroup("Reps", (bar("a", None), bar("b", 0.0))), HEADINGS, INK)
    assert [row[1] for row in sheet(book)[1:]] == [None, 0.0]
    values = next(iter(etree.fromstring(chart).iter(f"{C}ser"))).find(f"{C}val")
    assert [point.get("idx") for point in values.iter(f"{C}pt")] == ["1"]


def test_the_targets_tick_stands_at_the_target_on_axes_of_the_same_scale() -> None:
    chart = etree.fromstring(bars_chart(BarGroup("Reps", (bar("a", 0.8),)), HEADINGS, INK)[0])
    spacer = next(one for one in chart.iter(f"{C}ser") if one.find(f".//{C}v").text == "Target")
    assert spacer.find(f"{C}val//{C}v").text == "0.7"
    assert spacer.find(f"{C}spPr/{{*}}noFill") is not None
    assert len({axis.find(f".//{C}max").get("val") for axis in chart.iter(f"{C}valAx")}) == 1


def test_a_line_breaks_where_there_is_nothing_to_divide_by() -> None:
    piece = trend_piece(trend([0.5, None, 0.6]), 800, Setting(INK))
    chart, book = piece._chart(Box(0, 0, 800, 200), Box(44, 8, 600, 180))
    assert [row[1] for row in sheet(book)[1:]] == [0.5, None, 0.6]
    assert b'<c:dispBlanksAs val="gap"/>' in chart
    assert marked(chart) == ["2"]  # the last known value


def test_the_last_value_that_is_known_has_the_mark() -> None:
    chart, _ = trend_piece(trend([None, 0.5, 0.6, None]), 800, Setting(INK))._chart(
        Box(0, 0, 800, 200), Box(44, 8, 600, 180)
    )
    assert marked(chart) == ["2"]


def test_before_and_after_start_from_zero() -> None:
    block = BeforeAfter("Hours", 31, 19, "31", "19", "March", "September", "Measured.", "From 31 to 19")
    chart, _ = before_after_piece(block, 800, Setting(INK))._chart()
    axis = next(etree.fromstring(chart).iter(f"{C}valAx"))
    assert (axis.find(f".//{C}min").get("val"), axis.find(f".//{C}max").get("val")) == ("0.0", "31.0")
    labels = {
        label.find(f"{C}idx").get("val"): "".join(label.find(f"{C}tx").itertext())
        for label in etree.fromstring(chart).iter(f"{C}dLbl")
    }
    assert {at: text.strip("\u2009") for at, text in labels.items()} == {"0": "31", "1": "19"}


def test_a_value_that_nobody_knows_is_on_no_bar() -> None:
    block = BeforeAfter("Hours", 1.0, 0.7, "", "", "Before", "Now", "Estimated.", "−30%", "−30%")
    chart, _ = before_after_piece(block, 800, Setting(INK))._chart()
    assert not list(etree.fromstring(chart).iter(f"{C}dLbl"))


def test_a_goal_is_outlined_and_a_reading_that_is_not_set_has_no_bar() -> None:
    readings = (
        Reading("Start", "31 March", "14", 14.0, "earlier"),
        Reading("Now", "", "not set", None, "now"),
        Reading("Goal", "", "35", 35.0, "goal"),
    )
    chart, book = readings_piece(Readings("Surveys", readings, "14, 35"), 380, Setting(INK))._chart()
    assert [row[1] for row in sheet(book)[1:]] == [14, None, 35]
    looks = {
        point.find(f"{C}idx").get("val"): point.find(f"{C}spPr") for point in etree.fromstring(chart).iter(f"{C}dPt")
    }
    assert looks["2"].find("{*}noFill") is not None
    assert looks["0"].find("{*}noFill") is None
    (axis,) = etree.fromstring(chart).iter(f"{C}valAx")
    assert 35 <= float(axis.find(f".//{C}max").get("val")) < 37


@pytest.mark.parametrize("values", [[0.69 + at % 2 / 50 for at in range(26)], [0.5] * 26, [0.3, 0.9], [0.7, 0.7, 0.1]])
def test_the_first_values_label_keeps_off_its_line_and_the_target(values: list[float]) -> None:
    plot = Box(44, 8, 600, 180)
    for label in trend_piece(trend(values), 800, Setting(INK))._first_label(values, 0, 0.7, plot, 200):
        away = abs(label.shift[1]) * 200
        sign = 1 if label.position == "t" else -1
        low, high = away + 2, away + 20  # of the label, from its point
        assert not any(low < (value - values[0]) * sign * 180 < high for value in (values[1], 0.7))


@pytest.mark.parametrize(("count", "between"), [(1, "between"), (2, "midCat"), (26, "midCat")])
def test_a_line_runs_from_edge_to_edge_so_that_its_last_value_stands_beside_its_last_point(
    count: int, between: str
) -> None:
    piece = trend_piece(trend([0.5] * count), 800, Setting(INK))
    chart, _ = piece._chart(Box(0, 0, 652, 200), Box(44, 8, 600, 180))
    assert [axis.get("val") for axis in etree.fromstring(chart).iter(f"{C}crossBetween")] == [between]
    assert piece._at(Box(44, 8, 600, 180), count - 1) == (644 if count > 1 else 44)


def test_text_in_a_workbook_stays_text() -> None:
    rows = sheet(workbook_bytes(["=1+1", "http://a.example", "7"], [Series("=2", (1.0, None, float("nan")))]))
    assert [row[0] for row in rows] == [None, "=1+1", "http://a.example", "7"]
    assert [row[1] for row in rows] == ["=2", 1.0, None, None]


def test_every_state_of_a_person_is_drawn_differently_without_colour() -> None:
    drawn = {mark: mark_xml("ellipse", mark, 0, 0, 20) for mark in Mark}
    assert len(set(drawn.values())) == 4
    assert "noFill" in drawn[Mark.OUTLINED]
    assert "sysDot" in drawn[Mark.DOTTED]
    assert "custGeom" in drawn[Mark.HALF]


def test_five_personas_have_five_shapes_and_each_can_be_half_filled() -> None:
    kinds = [kind_of(persona) for persona in range(5)]
    assert len(set(kinds)) == 5
    for kind in kinds:
        shape = etree.fromstring(f'<x xmlns:p="p" xmlns:a="a">{mark_xml(kind, Mark.HALF, 0, 0, 20)}</x>')
        whole, left = [{int(point.get("x")) for point in path.iter("{a}pt")} for path in shape.iter("{a}path")][::-1]
        assert max(left) <= max(whole)
        assert kind == "ellipse" or max(left) == max(whole) // 2


@pytest.mark.parametrize("count", [1, 4, 5, 6, 23, 60])
def test_marks_stand_in_fives_and_within_their_width(count: int) -> None:
    places = offsets(count, 20, 6, 300)
    assert len(places) == count
    assert all(x + 20 <= 300 for x, _ in places)
    if count > 5:
        assert places[5][1] > 0 or places[5][0] - places[4][0] > places[1][0] - places[0][0]


def test_text_is_measured_with_the_fonts_own_widths() -> None:
    assert FACE.width("W", 1000) == pytest.approx(float(Fraction(1933, 2048)) * 1000, abs=0.1)
    assert FACE.width("漢", 10) == 10.0
    assert FACE.width("bold", 10, True) > FACE.width("bold", 10)


def test_lines_break_between_words_after_hyphens_and_between_wide_characters() -> None:
    lines = [text for text, _ in wrap([Piece("quota-carrying reps", 10)], FACE, 40)]
    assert lines == ["quota-", "carrying", "reps"]
    assert [text for text, _ in wrap([Piece("毎週使う", 10)], FACE, 21)] == ["毎週", "使う"]
    assert len(wrap([Piece("Donaudampfschifffahrt", 10)], FACE, 30)) > 2
    assert [text for text, _ in wrap([Piece("a\u00a0b c", 10)], FACE, 16)] == ["a\u00a0b", "c"]


def test_a_title_is_not_left_with_a_lonely_word_nor_a_torn_figure() -> None:
    title = para("Adoption is spreading: 6 of 8 people are active, 3 of 8 the quarter before", 28, bold=True)
    lines = [text for text, _ in INK.lines(title, INK.balanced(title, 870))]
    assert lines == ["Adoption is spreading: 6 of 8 people are active,", "3 of 8 the quarter before"]


def test_text_is_cleaned_of_what_xml_cannot_hold() -> None:
    assert clean("a\x07b\x0bc\nd\ud800") == "ab c d"


def test_an_english_sentence_that_begins_with_an_arabic_name_runs_from_left_to_right() -> None:
    assert 'rtl="1"' not in INK.xml([para("شركة النور bought it to sell more", 18)])
    assert 'rtl="1"' in INK.xml([para("شركة النور", 18)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5 of 7 reps", [("5 of 7 reps", "en-GB")]),
        ("two مندوبي المبيعات are", [("two ", "en-GB"), ("مندوبي المبيعات", "ar-SA"), (" are", "en-GB")]),
        ("営業担当者 (Jürgen, by 9 May)", [("営業担当者", "zh-CN"), (" (Jürgen, by 9 May)", "en-GB")]),
        ("Ivan Иванов", [("Ivan ", "en-GB"), ("Иванов", "ru-RU")]),
    ],
)
def test_a_name_in_another_script_is_a_run_in_its_own_language(text: str, found: list[tuple[str, str]]) -> None:
    tree = etree.fromstring(f'<x xmlns:a="a">{INK.xml([para(text, 18)])}</x>')
    runs = [(run.find("{a}t").text, run.find("{a}rPr").get("lang")) for run in tree.iter("{a}r")]
    assert [(said.replace("\u200e", ""), language) for said, language in runs] == found


def test_languages_are_told_by_script() -> None:
    assert language_of("佐藤 健太郎", "en-GB") == "zh-CN"
    assert language_of("毎週使っています", "en-GB") == "ja-JP"
    assert language_of("Zoë in 東京", "en-GB") == "en-GB"
    assert is_rtl("محمد") and not is_rtl("12 reps")  # noqa: PT018
    assert (language_tag("pt_BR"), language_tag("?!")) == ("pt-BR", "en-GB")
