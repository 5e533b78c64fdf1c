"""A line by week against its target: a native line chart, labelled at its ends, light horizontal gridlines, no legend."""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

import math
from dataclasses import dataclass

from qbrgen.document import Trend
from qbrgen.render.pptx import chart_xml as cx
from qbrgen.render.pptx.canvas import Canvas, solid
from qbrgen.render.pptx.grid import SMALL, Box
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.text import Ink, Para, Run, para
from qbrgen.render.pptx.workbook import Series, finite, workbook_bytes

_AXIS = 44.0  # room for the percentages at the left
_FOOT = 4.0  # of the chart, under its plot
_LINE = 17.0  # a line of dates, and one of the two periods' names, under the chart
_TITLE = 22.0
_FIRST = 14.0  # size of the first value
_ASIDE = 2.0  # how far its label begins to the right of its point
_EDGE = 8.0  # of the chart, right of the last point: its mark needs some
_LEAST, _LEAST_OF_ALL, _LOWEST = 190.0, 150.0, 128.0  # its height, that beside other blocks, and on a low page
_FURTHEST = 30.0  # and how far above or below at most


def trend_piece(block: Trend, width: float, setting: Setting) -> TrendPiece:
    """A trend measured at a step of the scale."""
    least = _LOWEST if setting.tight else _LEAST if setting.step < 2 else _LEAST_OF_ALL
    return TrendPiece(block, width, setting.ink, 16.0 if setting.step == 0 else 14.0, least)


@dataclass(frozen=True)
class TrendPiece:
    """One trend. It takes what room there is."""

    block: Trend
    width: float
    ink: Ink
    size: float
    height: float = _LEAST
    near: float | None = None

    @property
    def grow(self) -> float:
        return 400.0

    @property
    def _label(self) -> float:
        """Room for the labels at the line's end."""
        texts = [
            self.ink.width(self.block.last_text, self.size + 4, True),
            self.ink.width(self.block.last_note, SMALL),
            self.ink.width(self.block.target_text, self.size - 2),
        ]
        return min(max(texts) + 22, self.width * 0.32)

    def draw(self, canvas: Canvas, box: Box) -> None:
        block = self.block
        title = _TITLE if block.title else 0.0
        if block.title:
            canvas.text("trend/title", box.top(title), [para(block.title, 14, bold=True, colour="muted")])
        spans = _LINE if block.split and any(block.span_names) else 0.0
        frame = Box(box.x, box.y + title, box.w - self._label, box.h - title - _LINE - spans)
        plot = Box(frame.x + _AXIS, frame.y + 8, frame.w - _AXIS - _EDGE, frame.h - 8 - _FOOT)
        chart, workbook = self._chart(frame, plot)
        canvas.chart("trend/line", frame, block.alt, chart, workbook)
        self._draw_ends(canvas, plot)
        self._draw_dates(canvas, plot, frame.bottom)
        if block.split:
            self._draw_split(canvas, plot, frame.bottom + _LINE, spans)

    @property
    def _most(self) -> float:
        """The scale's end: 100%, or as many quarters more as the highest value needs."""
        values = [finite(point.value) for point in self.block.points]
        highest = max([value for value in values if value is not None] + [finite(self.block.target) or 0.0])
        return max(1.0, math.ceil(highest * 4) / 4)

    def _at(self, plot: Box, point: float) -> float:
        """Where a point stands: the first at the plot's left edge, the last at its right."""
        return plot.x + plot.w * point / max(1, len(self.block.points) - 1)

    def _draw_dates(self, canvas: Canvas, plot: Box, y: float) -> None:
        """The first, the last and the split's date under the chart: the axis itself would turn or wrap 26 of them."""
        count = len(self.block.points)
        free = plot.x - 8
        names = {count - 1: "last", self.block.split or 0: "split", 0: "first"}
        for point, name in sorted(names.items()):
            text = self.block.points[point].label
            wide = self.ink.width(text, SMALL) + 2
            last = point == count - 1 and point > 0
            x = plot.right - wide if last else self._at(plot, point - 0.5) + 4 if point else plot.x
            if not text.strip() or x < free or (not last and count > 1 and x + wide > plot.right - self._last_date - 8):
                continue
            canvas.text(f"trend/date-{name}", Box(x, y, wide, _LINE), [para(text, SMALL, colour="muted", spacing=1.0)])
            free = x + wide + 8

    @property
    def _last_date(self) -> float:
        return self.ink.width(self.block.points[-1].label, SMALL) + 2

    def _draw_split(self, canvas: Canvas, plot: Box, below: float, spans: float) -> None:
        """The dotted rule where this period begins, and the periods' names under their spans."""
        assert self.block.split
        x = self._at(plot, self.block.split - 0.5)
        canvas.rule("trend/split", x, plot.y, 0, role="previous", weight=1.0, dash="sysDot", down=plot.h)
        if not spans:
            return
        for which, name, left, right in (
            ("before", self.block.span_names[0], plot.x, x + 4),
            ("now", self.block.span_names[1], x + 4, plot.right),
        ):
            wide = self.ink.width(name, SMALL, True)
            if name and wide <= right - left:
                where = Box(left, below, right - left, _LINE)
                words = [para(name, SMALL, bold=True, colour="muted", spacing=1.0)]
                canvas.text(f"trend/span-{which}", where, words)

    def _chart(self, frame: Box, plot: Box) -> tuple[bytes, bytes]:
        block, ink = self.block, self.ink
        names = [point.label or " " for point in block.points]
        values = [finite(point.value) for point in block.points]
        target = finite(block.target)
        most = self._most
        line = Series(block.series_name, tuple(values))
        series = [line] if target is None else [line, Series(block.target_name, tuple(target for _ in names))]
        known = [at for at, value in enumerate(values) if value is not None]
        inside = self._line(line, names, known, values, target, plot, frame.h)
        if target is not None:
            inside += (
                f'<c:ser>{cx.series_head(1, series[1])}<c:spPr><a:ln w="15875" cap="flat">{solid("ink")}</a:ln></c:spPr>'
                f'<c:marker><c:symbol val="none"/></c:marker>'
                f'{cx.series_data(1, series[1], names)}<c:smooth val="0"/></c:ser>'
            )
        x, y = (plot.x - frame.x) / frame.w, (plot.y - frame.y) / frame.h
        xml = (
            cx.inner_layout(x, y, plot.w / frame.w, plot.h / frame.h)
            + f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{inside}<c:marker val="1"/><c:axId val="111"/><c:axId val="112"/></c:lineChart>'
            + cx.category_axis(111, 112, position="b", hidden=False, named=False)
            + cx.value_axis(
                112, 111, position="l", least=0.0, most=most, unit=0.25, hidden=False, at_points=len(names) > 1
            )
        )
        return cx.chart_space(xml, ink.language), workbook_bytes(names, series)

    def _line(self, line: Series, names: list[str], known: list[int], values: list[float | None], target: float | None,
              plot: Box, high: float) -> str:  # fmt: skip
        wanted: list[cx.Label] = []
        marker = ""
        if known:
            last, first = known[-1], known[0]
            if first != last:
                wanted = self._first_label(values, first, target, plot, high)
            marker = (
                f'<c:dPt><c:idx val="{last}"/><c:marker><c:symbol val="circle"/><c:size val="9"/><c:spPr>{solid("accent")}'
                f'<a:ln w="19050">{solid("background")}</a:ln></c:spPr></c:marker><c:bubble3D val="0"/>'
                f'<c:spPr><a:ln w="28575" cap="rnd">{solid("accent")}<a:round/></a:ln></c:spPr></c:dPt>'
            )
        return (
            f'<c:ser>{cx.series_head(0, line)}<c:spPr><a:ln w="28575" cap="rnd">{solid("accent")}<a:round/></a:ln></c:spPr>'
            f'<c:marker><c:symbol val="none"/></c:marker>{marker}{cx.labels(wanted, self.ink)}'
            f'{cx.series_data(0, line, names)}<c:smooth val="0"/></c:ser>'
        )

    def _first_label(
        self, values: list[float | None], first: int, target: float | None, plot: Box, high: float
    ) -> list[cx.Label]:
        """The first value's label, above or below its point: where neither its line nor the target runs through it.

        None where it would have to stand so far away that nobody saw what it belongs to.
        """
        start, scale = values[first] or 0.0, plot.h / self._most
        tall, wide = _FIRST * 1.3, self.ink.width(self.block.first_text, _FIRST, True)
        reach = 1 + math.ceil((wide + _ASIDE) * max(1, len(values) - 1) / plot.w)
        near = [value for value in values[first : first + reach + 1] if value is not None]
        found = []
        for side, sign in (("t", 1), ("b", -1)):
            away = max(0.0, *((value - start) * sign * scale for value in near))
            if target is not None and -4 < (to := (target - start) * sign * scale) < away + tall + 6:
                away = max(away, to)
            edge = (self._most - start if sign > 0 else start) * scale
            if away <= _FURTHEST and away + tall + 2 <= edge + (6 if sign > 0 else 0):
                found.append((away, side, -sign))
        if not found or not self.block.first_text.strip():
            return []
        away, side, down = min(found)
        run, aside = Run(self.block.first_text, _FIRST, True, "accent"), wide / 2 + _ASIDE
        return [cx.Label(first, (run,), side, (aside / (plot.w + _AXIS + _EDGE), down * away / high))]

    def _draw_ends(self, canvas: Canvas, plot: Box) -> None:
        """Right of the chart, each at the height of its line: the last value with its counts, and the target."""
        known = [value for point in self.block.points if (value := finite(point.value)) is not None]
        target = finite(self.block.target)
        most = self._most
        last = [para(self.block.last_text, self.size + 4, bold=True, colour="accent", spacing=1.0)]
        if self.block.last_note:
            last.append(para(self.block.last_note, SMALL, colour="muted", spacing=1.0))
        x, wide = plot.right + _EDGE + 4, self._label - 8
        high = self.ink.height(last, wide) + 1
        # A value is read off its large line, which stands at the height of the point.
        middle = self.ink.height(last[:1], wide) / 2
        y = plot.bottom - plot.h * known[-1] / most - middle
        y = min(max(y, plot.y - 8), plot.bottom - high)
        ends = [(y, "trend/last", high, last)] if self.block.last_text.strip() else []
        if target is None or not self.block.target_text.strip():
            self._draw_labels(canvas, ends, x, wide)
            return
        words = [para(self.block.target_text, self.size - 2, spacing=1.0)]
        tall = self.ink.height(words, wide) + 1
        at = plot.bottom - plot.h * target / most - tall / 2
        if at < y + high and at + tall > y:  # on the side on which its line is
            at = y + high if target <= known[-1] else y - tall
            at = y + high if at < plot.y - 8 else at  # not up into the title
        ends.append((min(at, plot.bottom - tall + _LINE), "trend/target", tall, words))
        self._draw_labels(canvas, ends, x, wide)

    @staticmethod
    def _draw_labels(canvas: Canvas, ends: list[tuple[float, str, float, list[Para]]], x: float, wide: float) -> None:
        """From top to bottom, as they are read."""
        for y, part, high, paragraphs in sorted(ends, key=lambda end: end[0]):
            canvas.text(part, Box(x, y, wide, high), paragraphs)

    def split(self, height: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002
        return None
