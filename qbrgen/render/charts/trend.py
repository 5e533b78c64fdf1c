"""A Trend → SVG by matplotlib: a line by week against its target, labelled at its ends, no legend, no ticks.

The figure is reused, every coordinate is in millimetres, and the same input gives the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from qbrgen.document import Trend
from qbrgen.render.charts.style import (
    DOT_PT,
    EARLIER_PT,
    GRID_PT,
    LABEL_PT,
    LINE_PT,
    METADATA,
    SPLIT_PT,
    TARGET_PT,
    VALUE_PT,
    ChartStyle,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MM_PER_INCH = 25.4
_LINE, _VALUE_LINE, _GAP = 3.5, 4.4, 0.7  # heights of a line of labels and of the last value, and between labels, mm
_TOP, _BOTTOM, _DOT = 2.5, 5.5, 1.0
_ISOLATES = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
_FONT_RULE = re.compile(r"font: (?:normal )?(?:(\d+|bold) )?([\d.]+)px ([^;\"]+)")


@dataclass(frozen=True, slots=True)
class _Plot:
    """The drawing area in mm, and where values fall in it."""

    left: float
    right: float
    bottom: float
    top: float
    count: int
    ceiling: float

    def x(self, index: float) -> float:
        if self.count < 2:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * index / (self.count - 1)

    def y(self, value: float) -> float:
        return self.bottom + (self.top - self.bottom) * value / self.ceiling


@cache
def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """One figure for each size, kept: making one costs more than drawing in it."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / _MM_PER_INCH, height / _MM_PER_INCH))
    FigureCanvasSVG(figure)
    figure.patch.set_visible(False)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    return figure, axes


def _register(style: ChartStyle) -> None:
    """Make the theme's fonts known to matplotlib under the names that the document gives them."""
    from matplotlib.font_manager import FontEntry, fontManager

    known = {(entry.name, entry.fname) for entry in fontManager.ttflist}
    for face in style.faces:
        if (face.family, str(face.path)) not in known:
            fontManager.ttflist.insert(0, FontEntry(fname=str(face.path), name=face.family, weight=face.weight))


def trend_svg(trend: Trend, style: ChartStyle, width: float, height: float) -> bytes:
    """The chart as SVG, `width` × `height` mm."""
    import matplotlib as mpl

    _register(style)
    with mpl.rc_context(style.settings):
        figure, axes = _canvas(width, height)
        for artist in (*axes.lines, *axes.texts):
            artist.remove()
        _draw(axes, trend, style, width, height)
        file = BytesIO()
        figure.savefig(file, format="svg", transparent=True, metadata=METADATA)
    return _FONT_RULE.sub(_font_attributes, file.getvalue().decode()).encode()


def _font_attributes(match: re.Match[str]) -> str:
    """The font shorthand, spelled out: the PDF engine reads the shorthand only in part."""
    weight, size, families = match.groups()
    return f"font-size: {size}px; font-family: {families}; font-weight: {weight or '400'}"


def _draw(axes: Axes, trend: Trend, style: ChartStyle, width: float, height: float) -> None:
    values = [point.value for point in trend.points]
    known = [value for value in values if value is not None]
    ceiling = max([1.0, *known, trend.target or 0.0])
    ends = [(trend.last_text, VALUE_PT, True), (trend.last_note, LABEL_PT, False), (trend.target_text, LABEL_PT, False)]
    margin = max(style.measure(_plain(text), size, bold) for text, size, bold in ends) + 3.6
    axis = max(style.measure(style.percent(share), LABEL_PT, False) for share in (0.0, 0.5, 1.0)) + 2.0
    plot = _Plot(axis, width - min(margin, width * 0.46), _BOTTOM, height - _TOP, len(values), ceiling)
    _frame(axes, trend, style, plot)
    _line(axes, trend, style, plot, values)
    _labels(axes, trend, style, plot, values, height)


def _text(axes: Axes, x: float, y: float, text: str, color: str, size: float = LABEL_PT, **options: Any) -> None:
    if text:
        axes.text(x, y, _plain(text), color=color, fontsize=size, va="center", parse_math=False, **options)


def _plain(text: str) -> str:
    return text.translate(_ISOLATES)


def _frame(axes: Axes, trend: Trend, style: ChartStyle, plot: _Plot) -> None:
    """Three light lines (0, 50, 100%), the rule between the two spans, and the spans' names."""
    palette = style.palette
    for share in (0.0, 0.5, 1.0):
        y = plot.y(share)
        axes.plot((plot.left, plot.right), (y, y), color=palette.rule, linewidth=GRID_PT, zorder=1)
        _text(axes, plot.left - 2.0, y, style.percent(share), palette.muted, ha="right")
    names = trend.span_names
    if trend.split is not None and 0 < trend.split < plot.count:
        x = plot.x(trend.split - 0.5)
        dots: dict[str, Any] = {"color": palette.muted, "linewidth": SPLIT_PT, "linestyle": (0, (1, 2))}
        axes.plot((x, x), (plot.bottom - 4.2, plot.top), zorder=1, **dots)
        _text(axes, x + 1.2, plot.bottom - 2.8, names[1], palette.ink)
        if style.measure(_plain(names[0]), LABEL_PT, False) < x - plot.left:
            _text(axes, plot.left, plot.bottom - 2.8, names[0], palette.muted)
    elif any(names):
        _text(axes, plot.left, plot.bottom - 2.8, names[1] or names[0], palette.muted)
    elif trend.points:
        _text(axes, plot.left, plot.bottom - 2.8, trend.points[0].label, palette.muted)
        if plot.count > 1:
            _text(axes, plot.right, plot.bottom - 2.8, trend.points[-1].label, palette.muted, ha="right")


def _line(axes: Axes, trend: Trend, style: ChartStyle, plot: _Plot, values: list[float | None]) -> None:
    """The earlier span lighter, this one in the accent; a week without a value breaks the line."""
    split = trend.split if trend.split is not None and 0 < trend.split < plot.count else 0
    spans = [(0, split + 1, style.palette.previous, EARLIER_PT), (split, plot.count, style.palette.accent, LINE_PT)]
    for first, last, color, weight in spans if split else spans[1:]:
        xs = [plot.x(index) for index in range(first, last)]
        ys = [float("nan") if value is None else plot.y(value) for value in values[first:last]]
        axes.plot(xs, ys, color=color, linewidth=weight, solid_joinstyle="round", solid_capstyle="round", zorder=3)
    for index in _dots(values):
        color = style.palette.previous if index < split else style.palette.accent
        place = [plot.x(index)], [plot.y(values[index] or 0.0)]
        axes.plot(*place, "o", color=color, markersize=DOT_PT, markeredgewidth=0, zorder=4)
    if trend.target is not None:
        y = plot.y(trend.target)
        axes.plot((plot.left, plot.right + 1.0), (y, y), color=style.palette.ink, linewidth=TARGET_PT, zorder=2)


def _dots(values: list[float | None]) -> list[int]:
    """Where a dot is drawn: at the last value, and at every value with none on either side, which no line shows."""
    known = [index for index, value in enumerate(values) if value is not None]
    beside = [None, *values, None]
    return [index for index in known if index == known[-1] or beside[index] is beside[index + 2] is None]


def _labels(
    axes: Axes, trend: Trend, style: ChartStyle, plot: _Plot, values: list[float | None], height: float
) -> None:
    """The last value at the end of its line, the target at its own; pushed apart where they would touch."""
    palette = style.palette
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    level = plot.y(trend.target) if trend.target is not None else None
    if known:
        block = _VALUE_LINE + (_LINE if trend.last_note else 0.0)
        top, level = _apart(plot.y(known[-1][1]), level, block, height)
        note = top - _VALUE_LINE - _LINE / 2
        _text(axes, plot.right + 2.6, top - _VALUE_LINE / 2, trend.last_text, palette.accent, VALUE_PT, weight="bold")
        _text(axes, plot.right + 2.6, note, trend.last_note, palette.muted)
        _first(axes, trend, style, plot, known)
    if level is not None:
        _text(axes, plot.right + 2.6, level, trend.target_text, palette.ink)


def _apart(value: float, level: float | None, block: float, height: float) -> tuple[float, float | None]:
    """(top of the last value's label, middle of the target's): the one that is higher stays higher, and none touches.

    value, level: heights of the last value and of the target. block: height of the last value's label, in mm all.
    """
    top = value + _VALUE_LINE / 2
    reach = _LINE / 2 + _GAP
    if level is None:
        return min(max(top, block), height), None
    if top - block < level + reach and top > level - reach:
        top = level + reach + block if value >= level else level - reach
    top = min(max(top, block), height)
    if top - block < level + reach and top > level - reach:  # no room on that side: the target's label gives way
        level = top - block - reach if value >= level else top + reach
    return top, level


def _first(axes: Axes, trend: Trend, style: ChartStyle, plot: _Plot, known: list[tuple[int, float]]) -> None:
    """The first value beside the line's start: above or below it, wherever fewer lines run through it."""
    index, value = known[0]
    left, right = plot.x(index), plot.x(index) + style.measure(trend.first_text, LABEL_PT, False)
    line = _heights(plot, known, left - 0.5, right + 1.0)
    level = [] if trend.target is None else [plot.y(trend.target)]

    def crossings(middle: float) -> float:
        def through(heights: list[float], reach: float = _LINE * 0.6) -> int:
            return sum(abs(height - middle) < reach for height in heights)

        outside = middle + _LINE / 2 > plot.top + _TOP or middle - _LINE / 2 < plot.bottom
        grid = [plot.y(share) for share in (0.0, 0.5, 1.0)]
        return 99.0 * outside + 9.0 * bool(through(line)) + 5.0 * through(level) + through(grid)

    start = plot.y(value)
    middle = min((start + sign * _LINE * far for far in (0.85, 1.2, 1.6, 2.2, 3.0) for sign in (1, -1)), key=crossings)
    _text(axes, left, middle, trend.first_text, style.palette.muted)


def _heights(plot: _Plot, known: list[tuple[int, float]], left: float, right: float) -> list[float]:
    """Heights of the line between `left` and `right`, at its points and every fifth of the way between two."""
    heights = [plot.y(value) for place, value in known if left <= plot.x(place) <= right]
    for (place, value), (after, following) in pairwise(known):
        for step in (0.2, 0.4, 0.6, 0.8):
            if left <= plot.x(place + (after - place) * step) <= right:
                heights.append(plot.y(value + (following - value) * step))
    return heights
