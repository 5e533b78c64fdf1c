"""Before and after: two native bars from a common zero, earlier first, the figure beside them, the witness below."""

from __future__ import annotations

from dataclasses import dataclass

from qbrgen.document import BeforeAfter
from qbrgen.render.pptx import chart_xml as cx
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.grid import BODY_STEPS, GUTTER, Box
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.text import Ink, Para, Run, clean, para
from qbrgen.render.pptx.workbook import Series, finite, workbook_bytes

_BARS = 104.0


def before_after_piece(block: BeforeAfter, width: float, setting: Setting) -> BeforeAfterPiece:
    """The block measured at a step of the scale."""
    return BeforeAfterPiece(block, width, setting.ink, setting.size(BODY_STEPS))


@dataclass(frozen=True)
class BeforeAfterPiece:
    """The figure in the first four columns, label, bars and witness in the other eight."""

    block: BeforeAfter
    width: float
    ink: Ink
    size: float
    grow: float = 60.0
    near: float | None = None

    @property
    def _figure_width(self) -> float:
        return (self.width - 2 * GUTTER) / 3 if self.block.figure else 0.0

    @property
    def _text_width(self) -> float:
        return self.width - self._figure_width - (2 * GUTTER if self.block.figure else 0.0)

    @property
    def _figure(self) -> Para:
        size = next(
            (
                s
                for s in (60.0, 48.0, 40.0, 32.0, 24.0)
                if self.ink.width(self.block.figure, s, True, True) <= self._figure_width
            ),
            20.0,
        )
        return para(self.block.figure, size, bold=True, colour="accent", heading=True, spacing=0.95)

    @property
    def _label(self) -> Para:
        return para(self.block.label, self.size, bold=True)

    @property
    def _witness(self) -> Para:
        return para(self.block.witness, min(self.size, 16), colour="muted")

    @property
    def height(self) -> float:
        text = self.ink.height([self._label], self._text_width) + 8 + _BARS
        if self.block.witness:
            text += 8 + self.ink.height([self._witness], self._text_width) + 1
        return max(text, self.ink.height([self._figure], self._figure_width or 1) + 2 if self.block.figure else 0.0)

    def draw(self, canvas: Canvas, box: Box) -> None:
        x = box.right - self._text_width
        y = box.y
        label = self.ink.height([self._label], self._text_width) + 1
        canvas.text("impact/label", Box(x, y, self._text_width, label), [self._label])
        if self.block.figure:
            high = self.ink.height([self._figure], self._figure_width) + 2
            canvas.text("impact/figure", Box(box.x, y, self._figure_width, high), [self._figure])
        y += label + 7
        bars = _BARS + min(self.grow, max(0.0, box.h - self.height))
        chart, workbook = self._chart()
        canvas.chart("impact/bars", Box(x, y, self._text_width, bars), self.block.alt, chart, workbook)
        if self.block.witness:
            witness = self.ink.height([self._witness], self._text_width) + 1
            canvas.text(
                "impact/witness",
                Box(x, y + bars + 8, self.ink.balanced(self._witness, self._text_width), witness),
                [self._witness],
            )

    def _chart(self) -> tuple[bytes, bytes]:
        block = self.block
        names = [block.before_name or " ", block.after_name or " "]
        values = (finite(block.before), finite(block.after))
        numbers = [value for value in values if value is not None]
        low, high = min([0.0, *numbers]), max([0.0, *numbers])
        span = (high - low) or 1.0
        series = Series(block.label, values, "General")
        texts = (block.before_text, block.after_text)
        colours = ("muted", "accent")
        wanted = [
            cx.Label(at, (Run(clean(text), 16, True, colours[at]),), "outEnd")
            for at, text in enumerate(texts)
            if text and values[at] is not None
        ]
        before = (
            f'<c:dPt><c:idx val="0"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{cx.shape("previous")}</c:dPt>'
        )
        names_room = min(0.35, (max(self.ink.width(name, 14) for name in names) + 14) / self._text_width)
        labels_room = min(0.3, (max([self.ink.width(text, 16, True) for text in texts]) + 16) / self._text_width)
        axis = cx.category_axis(111, 112, position="l", hidden=False, reverse=True).replace('sz="1200"', 'sz="1400"')
        plot = (
            cx.inner_layout(names_room, 0.0, 1 - names_room - labels_room, 1.0)
            + '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            + f'<c:ser>{cx.series_head(0, series)}{cx.shape("accent")}<c:invertIfNegative val="0"/>{before}'
            + f"{cx.labels(wanted, self.ink)}{cx.series_data(0, series, names)}</c:ser>"
            + '<c:gapWidth val="45"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
            + axis
            + cx.value_axis(112, 111, position="b", least=low, most=low + span)
        )
        return cx.chart_space(plot, self.ink.language), workbook_bytes(names, [series])

    def split(self, height: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002
        return None
