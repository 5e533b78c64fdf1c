"""Two or three large figures side by side, each with its label, small marks and a note.

A word such as "Spreading" is no figure to read at a glance: where there are three numbers it stands in a row under
them, with its reason beside it. Where there are fewer it takes the column that would be empty, set smaller.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from qbrgen.document import KeyFigure, KeyFigures
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.grid import GUTTER, SMALL, Box
from qbrgen.render.pptx.marks import box_xml, kind_of, mark_xml
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.text import Ink, Para, para

_SLIDE = 600.0  # wider than this is a slide, not a column of one
_FIGURE_STEPS = (60.0, 48.0, 40.0, 32.0, 28.0, 24.0, 20.0)
_NOTE_STEPS = (14.0, 14.0, 12.0)
_LABEL, _MARKS = 14.0, 20.0
_GAP, _TIGHT_GAP = 9.0, 6.0
_MOST_COLUMNS = 3
_ABOVE_ROW, _TIGHTLY_ABOVE = 30.0, 18.0  # half of it above the rule
_WORD_STEPS = (28.0, 24.0, 20.0)
_REASON_STEPS = (18.0, 16.0, 14.0)
_ASCENT = 0.86  # of a figure at this spacing, from the top of its line to its foot


def key_figures_piece(block: KeyFigures, width: float, setting: Setting) -> KeyFiguresPiece:
    """Key figures measured at a step of the scale: all in the size in which the longest of them fits."""
    ink = setting.ink
    figures, words = _parted(block.figures) if width > _SLIDE else (block.figures, ())
    if setting.tight and words and _side_by_side(block.figures, width, ink):
        figures, words = block.figures, ()
    columns = max(_MOST_COLUMNS, len(figures)) if width > _SLIDE else len(figures)
    wide = (width - (columns - 1) * 2 * GUTTER) / columns
    large = _FIGURE_STEPS[min(setting.step, 2) + bool(words) :]
    numbers = [one for one in figures if _is_number(one)] or figures
    size = next((s for s in large if all(ink.width(one.figure, s, True, True) <= wide for one in numbers)), large[-1])
    note = _NOTE_STEPS[min(setting.step, 2)]
    label = SMALL if setting.tight and setting.step >= len(_NOTE_STEPS) - 1 else _LABEL
    labels = [[para(one.label, label, bold=True, colour="muted", spacing=1.0)] for one in figures]
    sizes = [size if one in numbers else _word_size(one, wide, min(setting.step, 2), ink) for one in figures]
    big = [[para(one.figure, s, bold=True, heading=True, spacing=0.95)] for one, s in zip(figures, sizes, strict=True)]
    notes = [[para(one.note, note)] if one.note else [] for one in figures]
    gap = _TIGHT_GAP if setting.tight else _GAP
    heights = (
        max(ink.height(one, wide) for one in labels) + 1,
        max(ink.height(one, wide) for one in big) + 1,
        _MARKS + 2 * gap if any(_marked(one) for one in figures) else gap,
        max((ink.height(one, wide) + 1 for one in notes if one), default=0.0),
    )
    rows = tuple(_Row.of(word, width, wide, setting) for word in words)
    return KeyFiguresPiece(figures, tuple(labels), tuple(big), tuple(notes), wide, heights, rows, ink, gap=gap)


def _side_by_side(figures: tuple[KeyFigure, ...], width: float, ink: Ink) -> bool:
    """Whether a word may stand in a row with the numbers, where a row of its own would go on on another slide.

    Labels, and words such as "Too early to tell", may take several lines.
    """
    wide = (width - (len(figures) - 1) * 2 * GUTTER) / len(figures)
    return all(
        max(
            *(ink.width(word, _WORD_STEPS[-1], True, True) for word in _unbreakable(one)),
            *(ink.width(word, _LABEL, True) for word in one.label.split()),
        )
        <= wide
        for one in figures
    )


def _unbreakable(figure: KeyFigure) -> list[str]:
    """What stands on one line: a number with its unit, each word of others."""
    return [figure.figure] if _is_number(figure) else figure.figure.split()


def _parted(figures: tuple[KeyFigure, ...]) -> tuple[tuple[KeyFigure, ...], tuple[KeyFigure, ...]]:
    """(those that stand side by side, those that stand in rows below): numbers come first, three of them at most."""
    if len(figures) <= _MOST_COLUMNS:
        return figures, ()
    numbers = [figure for figure in figures if _is_number(figure)] or list(figures)
    large = tuple(numbers[:_MOST_COLUMNS])
    return large, tuple(figure for figure in figures if figure not in large)


def _is_number(figure: KeyFigure) -> bool:
    return any(letter.isdigit() for letter in figure.figure)


def _marked(figure: KeyFigure) -> bool:
    """Whether something is drawn between a figure and its note."""
    return bool(figure.people or figure.boxes or figure.share or figure.change)


def _word_size(figure: KeyFigure, wide: float, step: int, ink: Ink) -> float:
    """The size of a word that stands beside numbers: on one line where it can."""
    return next((s for s in _WORD_STEPS[step:] if ink.width(figure.figure, s, True, True) <= wide), _WORD_STEPS[-1])


@dataclass(frozen=True)
class _Row:
    """A word with its label above and its reason beside it."""

    key: str
    label: Para
    word: Para
    reason: Para | None
    widths: tuple[float, float]
    heights: tuple[float, float]  # of the label, and of the word or its reason
    above: float = _ABOVE_ROW

    @classmethod
    def of(cls, figure: KeyFigure, width: float, column: float, setting: Setting) -> _Row:
        """column: the width of the figures above, on which the reason begins."""
        ink, step = setting.ink, min(setting.step, 2)
        size = _word_size(figure, column, step, ink)
        word = para(figure.figure, size, bold=True, heading=True, spacing=1.0)
        reason = para(figure.note, _REASON_STEPS[step], spacing=1.1) if figure.note else None
        widths = (column if reason else width, width - column - 2 * GUTTER)
        label = para(figure.label, _LABEL, bold=True, colour="muted", spacing=1.0)
        above = _TIGHTLY_ABOVE if setting.tight else _ABOVE_ROW
        beside = ink.height([reason], widths[1]) + cls.drop(word, reason, ink) if reason else 0.0
        tall = max(ink.height([word], widths[0]), beside) + 1
        heights = (ink.height([label], widths[0]) + 1, tall)
        return cls(figure.key, label, word, reason, widths, heights, above)

    @staticmethod
    def drop(word: Para, reason: Para, ink: Ink) -> float:
        """How far the reason stands lower than the word, so that both stand on one line."""
        return max(0.0, 0.95 * ink.size(word.runs[0].size) - 0.98 * ink.size(reason.runs[0].size))

    @property
    def height(self) -> float:
        return self.above + sum(self.heights)

    def draw(self, canvas: Canvas, part: str, box: Box) -> None:
        """box: with the room above it, in which its rule stands."""
        y = box.bottom - sum(self.heights)
        canvas.rule(f"{part}/rule", box.x, (box.y + y) / 2, box.w)
        canvas.text(f"{part}/label", Box(box.x, y, self.widths[0], self.heights[0]), [self.label])
        y += self.heights[0]
        canvas.text(f"{part}/figure", Box(box.x, y, self.widths[0], self.heights[1]), [self.word])
        if self.reason:
            down = self.drop(self.word, self.reason, canvas.ink)
            wide = canvas.ink.balanced(self.reason, self.widths[1])
            where = Box(box.right - self.widths[1], y + down, wide, self.heights[1] - down)
            canvas.text(f"{part}/note", where, [self.reason])


@dataclass(frozen=True)
class KeyFiguresPiece:
    """heights: of labels, figures, marks and notes, the same in every column."""

    figures: tuple[KeyFigure, ...]
    labels: tuple[list[Para], ...]
    big: tuple[list[Para], ...]
    notes: tuple[list[Para], ...]
    wide: float
    heights: tuple[float, float, float, float]
    rows: tuple[_Row, ...]
    ink: Ink
    near: float | None = None
    gap: float = _GAP  # above and below marks

    @property
    def height(self) -> float:
        return sum(self.heights) + sum(row.height for row in self.rows)

    @property
    def grow(self) -> float:
        """Rows may stand further below."""
        return 32.0 * len(self.rows)

    def draw(self, canvas: Canvas, box: Box) -> None:
        label, figure, marks, _ = self.heights
        for at, one in enumerate(self.figures):
            part = one.key or f"figure-{at + 1}"
            x, y = box.x + at * (self.wide + 2 * GUTTER), box.y
            own = self.ink.height(self.labels[at], self.wide) + 1
            canvas.text(f"{part}/label", Box(x, y + label - own, self.wide, own), self.labels[at])
            tall = self.ink.height(self.big[at], self.wide) + 1
            canvas.text(f"{part}/figure", Box(x, y + label + self._drop(at), self.wide, tall), self.big[at])
            self._draw_marks(canvas, part, one, Box(x, y + label + figure + self.gap, self.wide, _MARKS))
            if self.notes[at]:
                wide = self.ink.balanced(self.notes[at][0], self.wide)
                under = y + label + figure + (marks if _marked(one) else self.gap)
                where = Box(x, under, wide, self.ink.height(self.notes[at], self.wide) + 1)
                canvas.text(f"{part}/note", where, self.notes[at])
        self._draw_rows(canvas, box)

    def _drop(self, at: int) -> float:
        """How much lower a smaller word stands than the numbers beside it, so that all stand on one line."""
        largest, own = (max(self.ink.size(big[0].runs[0].size) for big in some) for some in (self.big, (self.big[at],)))
        room = self.heights[1] - self.ink.height(self.big[at], self.wide) - 1
        return max(0.0, min(room, _ASCENT * (largest - own)))

    def _draw_rows(self, canvas: Canvas, box: Box) -> None:
        extra = min(self.grow, max(0.0, box.h - self.height)) / max(1, len(self.rows))
        y = box.y + sum(self.heights)
        for at, row in enumerate(self.rows, start=len(self.figures) + 1):
            row.draw(canvas, row.key or f"figure-{at}", Box(box.x, y, box.w, row.height + extra))
            y += row.height + extra

    def _draw_marks(self, canvas: Canvas, part: str, one: KeyFigure, box: Box) -> None:
        alt = one.alt or f"{one.label}: {one.figure}"
        if one.people:
            shapes, used = _people(one, box)
        elif one.boxes:
            shapes, used = _boxes(one.boxes, box)
        elif one.share:
            shapes, used = _share(one.share, box)
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

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        """The numbers first, then as many words as fit below them; the other words go on."""
        used, kept = sum(self.heights), 0
        while kept < len(self.rows) and used + self.rows[kept].height <= height:
            used += self.rows[kept].height
            kept += 1
        if used > height or kept == len(self.rows) or not (self.figures or kept):
            return None
        rest = replace(self, figures=(), labels=(), big=(), notes=(), heights=_NOTHING, rows=self.rows[kept:])
        return replace(self, rows=self.rows[:kept]), rest


_NOTHING = (0.0, 0.0, 0.0, 0.0)


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
    wide = min(34.0, (box.w - gap * (total - 1)) / total)
    shapes = [box_xml(box.x + at * (wide + gap), box.y + 2, wide, box.h - 4, filled=at < filled) for at in range(total)]
    return shapes, total * (wide + gap) - gap


def _share(share: tuple[int, int], box: Box) -> tuple[list[str], float]:
    """One bar as long as all, filled as far as the first number goes: for more than can be told apart as marks."""
    full, high, y = min(box.w, 220.0), box.h - 4, box.y + 2
    shapes = [box_xml(box.x, y, full, high, filled=False)]
    if filled := full * share[0] / share[1]:
        shapes.append(box_xml(box.x, y, filled, high, filled=True))
    return shapes, full


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
