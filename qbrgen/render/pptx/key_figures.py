"""Two or three large figures side by side on the page's columns, each with its label, small marks and a note."""

from __future__ import annotations

from dataclasses import dataclass

from qbrgen.document import KeyFigure, KeyFigures
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.grid import GUTTER, Box
from qbrgen.render.pptx.marks import box_xml, kind_of, mark_xml
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.text import Ink, Para, para

_FIGURE_STEPS = (48.0, 40.0, 32.0, 28.0, 24.0, 20.0)
_NOTE_STEPS = (16.0, 14.0, 12.0)
_MARKS = 18.0
_GAP = 8.0


def key_figures_piece(block: KeyFigures, width: float, setting: Setting) -> KeyFiguresPiece:
    """Key figures measured at a step of the scale: all in the size in which the longest of them fits."""
    ink, figures = setting.ink, block.figures
    columns = max(3, len(figures)) if width > 600 else max(1, len(figures))
    wide = (width - (columns - 1) * 2 * GUTTER) / columns
    large = _FIGURE_STEPS[min(setting.step, 2) :]
    size = next((s for s in large if all(ink.width(one.figure, s, True, True) <= wide for one in figures)), large[-1])
    note = _NOTE_STEPS[min(setting.step, 2)]
    labels = [[para(one.label, 14, bold=True, colour="muted", spacing=1.0)] for one in figures]
    big = [[para(one.figure, size, bold=True, heading=True, spacing=0.95)] for one in figures]
    notes = [[para(one.note, note)] if one.note else [] for one in figures]
    heights = (
        max(ink.height(label, wide) for label in labels) + 1,
        max(ink.height(one, wide) for one in big) + 1,
        _MARKS + 2 * _GAP if any(one.people or one.boxes or one.change for one in figures) else _GAP,
        max((ink.height(one, wide) + 1 for one in notes if one), default=0.0),
    )
    return KeyFiguresPiece(figures, tuple(labels), tuple(big), tuple(notes), wide, heights, ink)


@dataclass(frozen=True)
class KeyFiguresPiece:
    """heights: of labels, figures, marks and notes, the same in every column."""

    figures: tuple[KeyFigure, ...]
    labels: tuple[list[Para], ...]
    big: tuple[list[Para], ...]
    notes: tuple[list[Para], ...]
    wide: float
    heights: tuple[float, float, float, float]
    ink: Ink
    grow: float = 0.0
    near: float | None = None

    @property
    def height(self) -> float:
        return sum(self.heights)

    def draw(self, canvas: Canvas, box: Box) -> None:
        label, figure, marks, _ = self.heights
        for at, one in enumerate(self.figures):
            part = f"figure-{at + 1}"
            x, y = box.x + at * (self.wide + 2 * GUTTER), box.y
            own = self.ink.height(self.labels[at], self.wide) + 1
            canvas.text(f"{part}/label", Box(x, y + label - own, self.wide, own), self.labels[at])
            canvas.text(f"{part}/figure", Box(x, y + label, self.wide, figure), self.big[at])
            self._draw_marks(canvas, part, one, Box(x, y + label + figure + _GAP, self.wide, _MARKS))
            if self.notes[at]:
                wide = self.ink.balanced(self.notes[at][0], self.wide)
                where = Box(x, y + label + figure + marks, wide, self.ink.height(self.notes[at], self.wide) + 1)
                canvas.text(f"{part}/note", where, self.notes[at])

    def _draw_marks(self, canvas: Canvas, part: str, one: KeyFigure, box: Box) -> None:
        alt = one.alt or f"{one.label}: {one.figure}"
        if one.people:
            shapes, used = _people(one, box)
        elif one.boxes:
            shapes, used = _boxes(one.boxes, box)
        elif one.change:
            shapes, used = _change(one.change, box)
        else:
            return
        if shapes:
            canvas.group(
                f"{part}/marks",
                alt,
                Box(box.x, box.y, used, box.h),
                [(f"{part}/{n}", xml) for n, xml in enumerate(shapes, 1)],
            )

    def split(self, height: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002
        return None


def _people(one: KeyFigure, box: Box) -> tuple[list[str], float]:
    """All marks in one row, personas a gap apart; smaller where there are many."""
    count = sum(len(persona) for persona in one.people)
    gaps = max(0, sum(1 for persona in one.people if persona) - 1)
    size = min(_MARKS, box.w / (count * 1.3 + gaps * 0.9)) if count else _MARKS
    x, shapes = box.x, []
    for at, persona in enumerate(one.people):
        for mark in persona:
            shapes.append(mark_xml(kind_of(at), mark, x, box.y + (box.h - size) / 2, size))
            x += size * 1.3
        x += size * 0.6 if persona else 0.0
    return shapes, min(box.w, max(size, x - box.x - size * 0.9))


def _boxes(boxes: tuple[int, int], box: Box) -> tuple[list[str], float]:
    filled, total = boxes
    if total <= 0:
        return [], 0.0
    gap = 4.0 if total <= 20 else 2.0
    wide = min(28.0, (box.w - gap * (total - 1)) / total)
    shapes = [box_xml(box.x + at * (wide + gap), box.y + 2, wide, box.h - 4, filled=at < filled) for at in range(total)]
    return shapes, total * (wide + gap) - gap


def _change(change: tuple[float, float], box: Box) -> tuple[list[str], float]:
    """Two bars of these lengths, earlier first."""
    longest = max(change)
    if longest <= 0:
        return [], 0.0
    full = min(box.w, 220.0)
    high = (box.h - 3) / 2
    before, after = (max(1.0, full * value / longest) for value in change)
    return [
        box_xml(box.x, box.y, before, high, filled=True, role="previous"),
        box_xml(box.x, box.y + high + 3, after, high, filled=True),
    ], full
