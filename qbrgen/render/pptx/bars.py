"""Workflows against target: for each group a table and, beside its rows, a native bar chart.

The target is a series of the chart, so that Edit Data moves it: an invisible spacer up to the target and a thin tick
with a halo, stacked on a second pair of axes of the same scale. (Both pairs are stacked: LibreOffice mixes up others.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qbrgen.document import BarGroup, Status, TargetBar, TargetBars
from qbrgen.render.pptx import chart_xml as cx
from qbrgen.render.pptx.canvas import Canvas, slug
from qbrgen.render.pptx.grid import SMALL, Box
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.tables import GAP, SHAPE_COLOURS, SHAPES, spare_of, table_xml
from qbrgen.render.pptx.text import Align, Ink, Para, Run, clean
from qbrgen.render.pptx.workbook import Series, finite, workbook_bytes

BETWEEN_GROUPS, _TIGHTLY_BETWEEN = 14.4, 9.0
_TIGHT = 4.0  # more than its text that a row has where room is scarce
_CHART_MOST, _CHART_LEAST = 0.36, 0.27  # of the width
_TICK = 0.014  # width of the tick, of the scale


def bars_piece(block: TargetBars, width: float, setting: Setting) -> BarsPiece:
    """Bars measured at a step of the scale."""
    size = setting.table
    columns = _Columns.of(block, width, size, setting.ink)
    return BarsPiece(block, block.groups, width, size, setting.ink, columns, tight=setting.tight)


@dataclass(frozen=True)
class _Columns:
    """Widths of the table's columns (0 drops one) and of the chart beside it."""

    label: float
    value: float
    target: float
    previous: float
    state: float
    chart: float

    @classmethod
    def of(cls, block: TargetBars, width: float, size: float, ink: Ink) -> _Columns:
        bars = [bar for group in block.groups for bar in group.bars]

        def widest(texts: Sequence[str], heading: str, bold: bool) -> float:
            shown = max((ink.width(text, size, bold) for text in texts), default=0.0)
            return max(shown, ink.width(heading, SMALL, True)) + GAP + 2

        value = widest([bar.value_text for bar in bars], block.headings[1], True)
        target = widest([bar.target_text for bar in bars], block.headings[2], False)
        earlier = [bar.previous_text for bar in bars]
        previous = widest(earlier, block.headings[3], False) if block.headings[3] and any(earlier) else 0.0
        states = max(
            (ink.width(f"{SHAPES[bar.status]}\u00a0{bar.state_text}", size, True) for bar in bars), default=0.0
        )
        labels = max((ink.width(bar.label, size, bar.status is Status.NOT_MET) for bar in bars), default=0.0) + GAP + 2
        fixed = value + target + previous + 2 * GAP
        # The chart gives way to names on one line, as far as it can.
        chart = min(width * _CHART_MOST, max(width * _CHART_LEAST, width - fixed - labels - states - 6))
        room = width - chart - fixed
        state = min(states + 6, room * 0.45)
        return cls(room - state, value, target, previous, state + GAP, chart)

    @property
    def widths(self) -> list[float]:
        return [each for each in (self.label, self.value, self.target, self.previous, self.state) if each]

    @property
    def table(self) -> float:
        return sum(self.widths)


@dataclass(frozen=True)
class BarsPiece:
    """Groups of bars, or the part of them that stands on this slide."""

    block: TargetBars
    groups: tuple[BarGroup, ...]
    width: float
    size: float
    ink: Ink
    columns: _Columns
    near: float | None = None
    tight: bool = False

    @cached_property
    def _head(self) -> float:
        tallest = max(
            (
                self.ink.height(cell, width - GAP - 1)
                for group in self.groups
                for cell, width in self._measured(self._heads(group))
            ),
            default=0.0,
        )
        return tallest + (5 if self.tight else 8)

    @cached_property
    def _row(self) -> float:
        """All rows are equally high, for the chart's bars are."""
        tallest = max(
            (
                self.ink.height(cell, width - GAP - 1)
                for group in self.groups
                for bar in group.bars
                for cell, width in self._measured(self._cells(bar))
            ),
            default=0.0,
        )
        air = 18 if self.size > 16 else 9 if self.size > 14 else 7 if self.size > 12 else 5
        return tallest + min(air, _TIGHT) if self.tight else max(24.0, tallest + air)

    @property
    def _between(self) -> float:
        return _TIGHTLY_BETWEEN if self.tight else BETWEEN_GROUPS

    @cached_property
    def _bars(self) -> int:
        return sum(len(group.bars) for group in self.groups)

    @cached_property
    def height(self) -> float:
        return len(self.groups) * self._head + self._bars * self._row + (len(self.groups) - 1) * self._between

    @property
    def grow(self) -> float:
        return self._bars * (18.0 if self.size > 16 else 10.0)

    def _measured(self, cells: list[tuple[Para, ...]]) -> list[tuple[tuple[Para, ...], float]]:
        return list(zip(cells, self.columns.widths, strict=True))

    def _heads(self, group: BarGroup) -> list[tuple[Para, ...]]:
        _, value, target, previous = self.block.headings
        names: list[tuple[str, Align]] = [(group.label or self.block.headings[0], "l"), (value, "r")]
        names += [(target, "r"), (previous, "r"), ("", "l")]
        drop = {3} if not self.columns.previous else set()
        return [
            (Para((Run(clean(name), SMALL, True, "ink" if at == 0 and group.label else "muted"),), align),)
            for at, (name, align) in enumerate(names)
            if at not in drop
        ]

    def _cells(self, bar: TargetBar) -> list[tuple[Para, ...]]:
        behind = bar.status is Status.NOT_MET
        label = [Para((Run(clean(bar.label), self.size, behind),), spacing=1.0)]
        if bar.count_text:
            label.append(Para((Run(clean(bar.count_text), SMALL, colour="muted"),), spacing=1.0))
        colour = "behind" if behind else "ink"
        cells = [tuple(label), self._figure(bar.value_text, True, colour), self._figure(bar.target_text, False, "ink")]
        if self.columns.previous:
            cells.append(self._figure(bar.previous_text, False, "muted"))
        state = (
            Run(SHAPES[bar.status] + "\u00a0", max(SMALL, self.size - 2), colour=SHAPE_COLOURS[bar.status]),
            Run(clean(bar.state_text), max(SMALL, self.size - 2), behind, "behind" if behind else "muted"),
        )
        return [*cells, (Para(state, spacing=1.0),)]

    def _figure(self, text: str, bold: bool, colour: str) -> tuple[Para, ...]:
        return (Para((Run(clean(text), self.size, bold, colour),), "r", spacing=1.0),)

    def draw(self, canvas: Canvas, box: Box) -> None:
        extra = min(self.grow, max(0.0, box.h - self.height)) / max(1, self._bars)
        y, row, head = box.y, self._row + extra, self._head
        for group in self.groups:
            self._draw_group(canvas, group, Box(box.x, y, box.w, head + row * len(group.bars)), head)
            y += head + row * len(group.bars) + self._between

    def _draw_group(self, canvas: Canvas, group: BarGroup, box: Box, head: float) -> None:
        """The table tells in its alt text how each stands, the chart each value against its target."""
        part = slug(group.key or group.label) or "all"
        row = (box.h - head) / len(group.bars)
        rows = [self._heads(group), *(self._cells(bar) for bar in group.bars)]
        named = f"{group.label}: " if group.label else ""
        states = named + "; ".join(f"{bar.label}: {bar.state_text}" for bar in group.bars)
        shown = named + "; ".join(f"{bar.label}: {bar.alt or bar.value_text or bar.state_text}" for bar in group.bars)
        room = self.columns.label - GAP - 1
        spares = [[spare_of(each[0], room, self.ink), *(0.0 for _ in each[1:])] for each in rows]
        heights = [head, *(row for _ in group.bars)]
        xml = table_xml(canvas.ink, self.columns.widths, rows, heights, spares=spares)
        canvas.table(f"{part}/table", Box(box.x, box.y, self.columns.table, box.h), states, xml)
        x = box.right - self.columns.chart
        chart, workbook = bars_chart(group, self.block.headings, canvas.ink)
        canvas.chart(f"{part}/bars", Box(x, box.y + head, self.columns.chart, box.h - head), shown, chart, workbook)

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        """Cut between groups where one fits, else within the first group, which then goes on under its own header."""
        used, head, row = 0.0, self._head, self._row
        for at, group in enumerate(self.groups):
            need = head + row * len(group.bars)
            if used + need > height:
                fits = int((height - used - head) // row)
                if fits >= 1 and (at == 0 or fits >= 2):
                    first, rest = replace(group, bars=group.bars[:fits]), replace(group, bars=group.bars[fits:])
                    before, after = (*self.groups[:at], first), (rest, *self.groups[at + 1 :])
                elif at:
                    before, after = self.groups[:at], self.groups[at:]
                else:
                    return None
                return replace(self, groups=before), replace(self, groups=after)
            used += need + self._between
        return None


def _series(group: BarGroup, headings: tuple[str, str, str, str]) -> tuple[float, list[Series]]:
    """(where the scale ends, the columns of the chart's own data)."""
    values = [finite(bar.value) for bar in group.bars]
    targets = tuple(
        None if value is None else finite(bar.target) or 0.0 for bar, value in zip(group.bars, values, strict=True)
    )
    most = max([1.0, *(value for value in (*values, *targets) if value is not None)])
    series = [
        Series(headings[1], tuple(values)),
        Series(headings[2], targets),
        Series(
            f"{most:.0%}",
            tuple(None if value is None else most - value for value in values),
            formula=f"={most!r}-B{{row}}",
        ),
        Series("|", tuple(None if value is None else _TICK * most for value in values), "0.000"),
    ]
    return most, series


def bars_chart(group: BarGroup, headings: tuple[str, str, str, str], ink: Ink) -> tuple[bytes, bytes]:
    """(chart part, workbook) of one group.

    Columns: value, target, what is left of the scale (a formula: the track), and the width of the tick. Where there is
    no value there is no bar, and no target without its bar: its row of the table tells why.
    """
    names = [bar.label or " " for bar in group.bars]
    most, series = _series(group, headings)
    behind = "".join(
        f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{cx.shape("behind")}</c:dPt>'
        for at, bar in enumerate(group.bars)
        if bar.status is Status.NOT_MET
    )

    def one(column: int, order: int, look: str, points: str = "") -> str:
        return (
            f'<c:ser>{cx.series_head(column, series[column], order)}{look}<c:invertIfNegative val="0"/>{points}'
            f"{cx.series_data(column, series[column], names)}</c:ser>"
        )

    def chart(inside: str, gap: int, axes: tuple[int, int]) -> str:
        return (
            f'<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>{inside}'
            f'<c:gapWidth val="{gap}"/><c:overlap val="100"/>'
            f'<c:axId val="{axes[0]}"/><c:axId val="{axes[1]}"/></c:barChart>'
        )

    end = most * (1 + 2 * _TICK)
    plot = (
        cx.inner_layout(0.0, 0.0, 1.0, 1.0)
        + chart(one(0, 0, cx.shape("accent"), behind) + one(2, 1, cx.shape("track")), 120, (111, 112))
        + chart(one(1, 2, cx.shape("")) + one(3, 3, cx.shape("ink", "background", 1.25)), 40, (113, 114))
        + cx.category_axis(111, 112, position="l", hidden=True, reverse=True)
        + cx.value_axis(112, 111, position="b", least=0.0, most=end)
        + cx.category_axis(113, 114, position="l", hidden=True, reverse=True)
        + cx.value_axis(114, 113, position="t", least=0.0, most=end, cross_at="max", deleted=False)
    )
    return cx.chart_space(plot, ink.language), workbook_bytes(names, series)
