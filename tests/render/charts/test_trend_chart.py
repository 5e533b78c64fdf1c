"""The line by week, as SVG."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from qbrgen.document import Trend, TrendPoint
from qbrgen.render.charts.style import ChartFace, ChartStyle
from qbrgen.render.charts.trend import trend_svg
from qbrgen.resources import themes_dir
from qbrgen.theme import Palette

WEEKS = (0.48, 0.55, None, 0.6, 0.72, 0.8, 0.85)
TREND = Trend(
    tuple(TrendPoint(f"week {number}", share) for number, share in enumerate(WEEKS)),
    0.7, "48%", "85%", "last week", "target 70%", "alt", "Share", "Target", 3, ("April to June", "July to September"),
)  # fmt: skip


@pytest.fixture(scope="module")
def style() -> ChartStyle:
    fonts = themes_dir() / "fonts"
    faces = tuple(
        ChartFace("qbrgen Liberation Sans", fonts / f"LiberationSans-{name}.ttf", weight)
        for name, weight in (("Regular", 400), ("Bold", 700))
    )
    return ChartStyle(Palette(), faces, lambda text, size, _bold: len(text) * size * 0.18, lambda share: f"{share:.0%}")


def drawn(trend: Trend, style: ChartStyle, width: float = 88.0) -> str:
    return trend_svg(trend, style, width, 40.0).decode()


def test_labels_are_text_in_the_themes_typeface(style: ChartStyle) -> None:
    svg = drawn(TREND, style)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert {"48%", "85%", "last week", "target 70%", "April to June", "July to September", "0%", "50%", "100%"} <= set(
        texts
    )
    assert "qbrgen Liberation Sans" in svg
    assert "font:" not in svg


def test_the_line_is_in_the_accent_and_what_was_before_is_lighter(style: ChartStyle) -> None:
    svg = drawn(TREND, style).lower()
    assert style.palette.accent.lower() in svg
    assert style.palette.previous.lower() in svg


def test_the_same_chart_is_the_same_bytes_after_another_was_drawn(style: ChartStyle) -> None:
    first = drawn(TREND, style)
    drawn(replace(TREND, points=TREND.points[:3], last_text="other"), style)
    assert drawn(TREND, style) == first
    assert "dc:date" not in first


def test_no_label_touches_the_next_wherever_the_line_ends(style: ChartStyle) -> None:
    for hundredths in range(0, 101, 5):
        points = (*TREND.points[:-1], TrendPoint("last", hundredths / 100))
        svg = drawn(replace(TREND, points=points), style)
        heights = {
            text: float(y)
            for y, text in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([^<]*)</text>', svg)
            if text in ("85%", "last week", "target 70%")
        }
        assert len(heights) == 3
        ordered = sorted(heights.values())
        assert all(below - above > 7.5 for above, below in pairwise(ordered)), hundredths
        assert ordered[0] > 4
        assert ordered[-1] < 40 / 25.4 * 72


def test_money_signs_are_no_formula(style: ChartStyle) -> None:
    assert "$1 to $2" in drawn(replace(TREND, last_note="$1 to $2"), style)


@pytest.mark.parametrize("points", [(), (TrendPoint("one", 0.5),), (TrendPoint("one", None), TrendPoint("two", None))])
def test_little_data_draws_little(style: ChartStyle, points: tuple[TrendPoint, ...]) -> None:
    assert "<svg" in drawn(replace(TREND, points=points, split=None), style)


def test_a_value_above_one_stays_on_the_chart(style: ChartStyle) -> None:
    svg = drawn(replace(TREND, points=(TrendPoint("a", 0.5), TrendPoint("b", 1.4)), split=None), style)
    numbers = re.findall(r'd="M [\d.]+ (-?[\d.]+)', svg)
    assert numbers
    assert all(float(number) >= 0 for number in numbers)
