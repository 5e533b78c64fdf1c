"""One measure at its start, now and at its goal: rows with a native bar beside each, the goal's only outlined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from qbrgen.document import Reading, Readings
from qbrgen.render.pptx import chart_xml as cx
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.grid import SMALL, Box
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.tables import GAP
from qbrgen.render.pptx.text import Ink, Para, Run, clean
from qbrgen.render.pptx.workbook import Series, finite, workbook_bytes

_HEAD_PAD, _PAD, _TIGHT_PAD = 9.0, 14.0, 7.0
_CHART_LEAST = 0.25  # of the width
_LOOKS = {"earlier": cx.shape("previous"), "now": cx.shape("accent"), "goal": cx.shape("", "ink", 1.5)}


def _known(one: Reading) -> bool:
    return one.value is not None


def _under(one: Reading) -> str:
    """What stands below a reading's name: its date, or that it is missing, which needs no column of figures."""
    return " ".join(part for part in (one.on, "" if _known(one) else one.text) if part)


def readings_piece(block: Readings, width: float, setting: Setting) -> ReadingsPiece:
    """Readings measured at a step of the scale."""
    return ReadingsPiece(block, width, setting.ink, setting.table, pad=_TIGHT_PAD if setting.tight else _PAD)


@dataclass(frozen=True)
class ReadingsPiece:
    """Rows of name and date, value, bar."""

    block: Readings
    width: float
    ink: Ink
    size: float
    near: float | None = None
    pad: float = _PAD

    @cached_property
    def _widths(self) -> tuple[float, float, float]:
        """Of names, values and bars; without any bar its room goes to the names."""
        ink, readings = self.ink, self.block.readings
        names = max(max(ink.width(one.name, self.size), ink.width(_under(one), SMALL)) for one in readings) + GAP + 2
        values = max((ink.width(one.text, self.size, True) for one in readings if _known(one)), default=0.0) + GAP + 2
        if not self._bars:
            values = min(values, self.width * 0.6)
            return self.width - values, values, 0.0
        least = self.width * _CHART_LEAST
        values = min(values, self.width * 0.4)
        names = min(names, self.width - least - values)
        return names, values, self.width - names - values

    @cached_property
    def _bars(self) -> bool:
        """Whether there is a length to draw: something above zero, and nothing below."""
        values = [value for one in self.block.readings if (value := finite(one.value)) is not None]
        return len(values) > 1 and min(values) >= 0 < max(values)

    def _cells(self, one: Reading) -> list[tuple[Para, ...]]:
        name = [Para((Run(clean(one.name), self.size),), spacing=1.05)]
        if under := _under(one):
            name.append(Para((Run(clean(under), SMALL, colour="muted"),), before=1, spacing=1.05))
        value = Run(clean(one.text) if _known(one) else "", self.size, one.kind == "now")
        return [tuple(name), (Para((value,), "r", spacing=1.05),)]

    @cached_property
    def _head(self) -> float:
        return self.ink.height(self._title, self.width - GAP - 1) + _HEAD_PAD

    @cached_property
    def _title(self) -> tuple[Para, ...]:
        label = Para((Run(clean(self.block.label), SMALL, True, "muted"),))
        return (self.ink.accompanied(label, self.width - GAP - 1),)

    @cached_property
    def _row(self) -> float:
        names, values, _ = self._widths
        heights = [
            self.ink.height(cell, wide - GAP - 1)
            for one in self.block.readings
            for cell, wide in zip(self._cells(one), (names, values), strict=True)
        ]
        return max(heights) + self.pad

    @cached_property
    def height(self) -> float:
        return self._head + self._row * len(self.block.readings)

    @property
    def grow(self) -> float:
        return 18.0 * len(self.block.readings)

    def draw(self, canvas: Canvas, box: Box) -> None:
        readings = self.block.readings
        row = self._row + min(self.grow, max(0.0, box.h - self.height)) / len(readings)
        names, values, bars = self._widths
        high = self.ink.height(self._title, self.width) + 1
        canvas.text("readings/measure", Box(box.x, box.y + self._head - high - 3.5, self.width, high), self._title)
        canvas.rule("readings/rule", box.x, box.y + self._head, self.width, role="ink", weight=1.25)
        for at, one in enumerate(readings):
            y = box.y + self._head + at * row
            name, value = self._cells(one)
            for part, cell, x, wide in (("name", name, box.x, names), ("value", value, box.x + names, values)):
                tall = self.ink.height(cell, wide - GAP) + 1
                if any(each.text for each in cell):
                    where = Box(x, y + (row - tall) / 2, wide - GAP, tall)
                    canvas.text(f"readings/{one.kind}/{part}", where, cell)
            canvas.rule("readings/rule", box.x, y + row, self.width)
        if bars:
            chart, workbook = self._chart()
            where = Box(box.right - bars, box.y + self._head, bars, row * len(readings))
            canvas.chart("readings/bars", where, self.block.alt, chart, workbook)

    def _chart(self) -> tuple[bytes, bytes]:
        readings = self.block.readings
        names = [" ".join(part for part in (one.name, one.on) if part) or " " for one in readings]
        series = Series(self.block.label, tuple(finite(one.value) for one in readings), "General")
        points = "".join(
            f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{_LOOKS[one.kind]}</c:dPt>'
            for at, one in enumerate(readings)
        )
        most = max(value for value in series.values if value is not None)
        plot = (
            cx.inner_layout(0.0, 0.0, 1.0, 1.0)
            + '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            + f'<c:ser>{cx.series_head(0, series)}{cx.shape("accent")}<c:invertIfNegative val="0"/>{points}'
            + f'{cx.series_data(0, series, names)}</c:ser><c:gapWidth val="110"/>'
            + '<c:axId val="111"/><c:axId val="112"/></c:barChart>'
            + cx.category_axis(111, 112, position="l", hidden=True, reverse=True)
            + cx.value_axis(112, 111, position="b", least=0.0, most=most * 1.02)
        )
        return cx.chart_space(plot, self.ink.language), workbook_bytes(names, [series])

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        """Cut between readings, each part under the name of the measure."""
        readings = self.block.readings
        for count in range(len(readings) - 1, 0, -1):
            head = replace(self, block=replace(self.block, readings=readings[:count]))
            if head.height <= height:
                return head, replace(self, block=replace(self.block, readings=readings[count:]))
        return None
