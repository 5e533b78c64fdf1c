"""How much room text takes: measured with the font files that come with qbrgen, as wide as the family named is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from qbrgen.lint.model import Body, Paragraph, Shape
from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.metrics import Piece, Typeface, wrap
from qbrgen.theme.families import font_as_named, font_of

_RAISED = 0.66


@lru_cache(maxsize=64)
def typeface(family: str, anywhere: bool = False) -> Typeface:
    """The typeface of a name. anywhere: as wide as it may be drawn on a machine that lacks it, as renderers reckon."""
    return Typeface(font_of(family) if anywhere else font_as_named(family))


def lines(paragraph: Paragraph, width: float, anywhere: bool = False) -> list[tuple[str, float]]:
    """The lines that a paragraph makes in a frame: (text, width). anywhere: see `typeface`."""
    found: list[tuple[str, float]] = []
    for line in paragraph.lines:
        pieces = [Piece(run.text, run.size * (_RAISED if run.raised else 1), run.bold) for run in line]
        face = typeface(next((run.family for run in line), ""), anywhere)
        found += wrap(pieces, face, max(1.0, width - paragraph.left))
    return found


def height(paragraphs: tuple[Paragraph, ...], width: float) -> float:
    """Points that paragraphs take, one below the other."""
    total = 0.0
    for at, paragraph in enumerate(paragraphs):
        face = typeface(next((run.family for run in paragraph.runs), ""))
        line = paragraph.exact or paragraph.size * face.line(paragraph.text) * paragraph.spacing
        total += line * len(lines(paragraph, width))
        total += (paragraph.before if at else 0.0) + (paragraph.after if at < len(paragraphs) - 1 else 0.0)
    return total


def room(body: Body, width: float) -> float:
    """The width that is left for text in a frame."""
    return width - body.insets[0] - body.insets[2] if body.wraps else 1e6


def text_box(shape: Shape) -> Box:
    """Where the text of a shape really stands: between its frame's insets, by its anchor and alignment."""
    body, frame = shape.body, shape.box
    if body is None or not body.text:
        return frame
    left, top, right, bottom = body.insets
    wide = room(body, frame.w)
    needed = height(body.paragraphs, wide)
    broad = max((w + p.left for p in body.paragraphs for _, w in lines(p, wide)), default=0.0)
    space = frame.h - top - bottom
    y = frame.y + top + {"ctr": (space - needed) / 2, "b": space - needed}.get(body.anchor, 0.0)
    spare = frame.w - left - right - broad
    aligned = {paragraph.align for paragraph in body.paragraphs if paragraph.text.strip()}
    if aligned == {"ctr"}:
        return Box(frame.x + left + spare / 2, y, broad, needed)
    if aligned == {"r"}:
        return Box(frame.x + left + spare, y, broad, needed)
    if aligned == {"l"} or not body.wraps:
        return Box(frame.x + left, y, broad, needed)
    return Box(frame.x + left, y, frame.w - left - right, needed)


def row_heights(shape: Shape) -> Iterator[float]:
    """The heights that the rows of a table really take: as written, or as its text needs."""
    grid = shape.grid
    if grid is None:
        return
    for given, row in zip(grid.heights, grid.rows, strict=True):
        needed = [
            height(cell.paragraphs, room(cell, wide)) + cell.insets[1] + cell.insets[3]
            for cell, wide in zip(row, grid.widths, strict=False)
        ]
        yield given if grid.merged else max([given, *needed])
