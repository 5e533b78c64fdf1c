"""Before and after: two native bars from a common zero, earlier first, with their figure and its witness."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qbrgen.document import BeforeAfter
from qbrgen.render.pptx import chart_xml as cx
from qbrgen.render.pptx.canvas import Canvas, slug
from qbrgen.render.pptx.grid import BODY_STEPS, GUTTER, Box
from qbrgen.render.pptx.piece import Piece, Setting, TextPiece
from qbrgen.render.pptx.text import Ink, Para, Run, clean, para
from qbrgen.render.pptx.workbook import Series, finite, workbook_bytes

_BARS, _LOW_BARS = 104.0, 76.0
_SMALLER = 24.0  # of a value at the end of its bar, without a figure beside it; the later one is larger
_LARGER = 32.0
_HAIR = "\u2009"  # between a bar and its value


def before_after_piece(block: BeforeAfter, width: float, setting: Setting) -> BeforeAfterPiece:
    """The block measured at a step of the scale."""
    bars = _LOW_BARS if setting.tight else _BARS
    return BeforeAfterPiece(block, width, setting.ink, setting.size(BODY_STEPS), least=bars)


@dataclass(frozen=True)
class BeforeAfterPiece:
    """With a figure: what it is, the figure and its witness in the first four columns, bars in the other eight.

    Without one the bars carry the values, as wide as the slide, under what it is and above the witness.
    """

    block: BeforeAfter
    width: float
    ink: Ink
    size: float
    near: float | None = None
    least: float = _BARS

    @property
    def _beside(self) -> bool:
        return bool(self.block.figure)

    @property
    def _part(self) -> str:
        """What its shapes are named by: the impact, for the next quarter's deck may tell others beside it."""
        return slug(self.block.key or self.block.label) or "impact"

    @property
    def _words(self) -> float:
        """Width of label, figure and witness."""
        return (self.width - 2 * GUTTER) / 3 if self._beside else self.width

    @property
    def _bars(self) -> float:
        return self.width - self._words - 2 * GUTTER if self._beside else self.width

    @property
    def _figure(self) -> list[Para]:
        if not self._beside:
            return []
        sizes = (72.0, 60.0, 48.0, 40.0, 32.0, 24.0)
        fits = (s for s in sizes if self.ink.width(self.block.figure, s, True, True) <= self._words)
        return [para(self.block.figure, next(fits, 20.0), bold=True, colour="accent", heading=True, spacing=0.95)]

    @property
    def _label(self) -> list[Para]:
        return [para(self.block.label, self.size, bold=True)]

    @property
    def _witness(self) -> list[Para]:
        return [para(self.block.witness, min(self.size, 16), colour="muted")] if self.block.witness.strip() else []

    def _high(self, paragraphs: list[Para]) -> float:
        return self.ink.height(paragraphs, self._words) + 1 if paragraphs else 0.0

    @property
    def _text(self) -> float:
        """Height of label, figure and witness under one another."""
        parts = [self._high(part) for part in (self._label, self._figure, self._witness) if part]
        return sum(parts) + 8 * (len(parts) - 1)

    @property
    def height(self) -> float:
        return max(self._text, self.least) if self._beside else self._text + 8 + self.least

    @property
    def grow(self) -> float:
        return 110.0

    def draw(self, canvas: Canvas, box: Box) -> None:
        spare = min(self.grow, max(0.0, box.h - self.height))
        y = box.y
        bars = Box(box.right - self._bars, y, self._bars, self.height + spare)
        for name, paragraphs in (("label", self._label), ("figure", self._figure), ("witness", self._witness)):
            if name == "witness" and not self._beside:
                bars = Box(bars.x, y, bars.w, self.least + spare)
                y = bars.bottom + 8
                self._draw_bars(canvas, bars)  # they are read where they stand
            if paragraphs:
                wide = self.ink.balanced(paragraphs[0], self._words)
                canvas.text(f"{self._part}/{name}", Box(box.x, y, wide, self._high(paragraphs)), paragraphs)
                y += self._high(paragraphs) + 8
        if self._beside:
            self._draw_bars(canvas, bars)

    def _draw_bars(self, canvas: Canvas, box: Box) -> None:
        chart, workbook = self._chart()
        canvas.chart(f"{self._part}/bars", box, self.block.alt, chart, workbook)

    def _chart(self) -> tuple[bytes, bytes]:
        block = self.block
        names = [block.before_name or " ", block.after_name or " "]
        values = (finite(block.before), finite(block.after))
        numbers = [value for value in values if value is not None]
        low, high = min([0.0, *numbers]), max([0.0, *numbers])
        span = (high - low) or 1.0
        series = Series(block.label, values, "General")
        texts = (block.before_text, block.after_text)
        styles = ((_SMALLER, "muted"), (_LARGER, "accent"))
        wanted = [
            cx.Label(at, (Run(_HAIR + clean(text), size, True, colour),), "outEnd")
            for at, (text, (size, colour)) in enumerate(zip(texts, styles, strict=True))
            if text and values[at] is not None
        ]
        before = (
            f'<c:dPt><c:idx val="0"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{cx.shape("previous")}</c:dPt>'
        )
        names_room = min(0.35, (max(self.ink.width(name, 14) for name in names) + 14) / self._bars)
        shown = [self.ink.width(text, size, True) + 16 for text, (size, _) in zip(texts, styles, strict=True) if text]
        labels_room = min(0.4, max(shown, default=0.0) / self._bars)
        axis = cx.category_axis(111, 112, position="l", hidden=False, reverse=True).replace('sz="1200"', 'sz="1400"')
        plot = (
            cx.inner_layout(names_room, 0.0, 1 - names_room - labels_room, 1.0)
            + '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            + f'<c:ser>{cx.series_head(0, series)}{cx.shape("accent")}<c:invertIfNegative val="0"/>{before}'
            + f"{cx.labels(wanted, self.ink)}{cx.series_data(0, series, names)}</c:ser>"
            + '<c:gapWidth val="120"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
            + axis
            + cx.value_axis(112, 111, position="b", least=low, most=low + span)
        )
        return cx.chart_space(plot, self.ink.language), workbook_bytes(names, [series])

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        """A witness that leaves no room goes on on the next page."""
        head = replace(self, block=replace(self.block, witness=""))
        if not self._witness or head.height > height:
            return None
        return head, TextPiece.of(tuple(self._witness), self.ink, self.width)
