"""Pieces under one another on a page, and cut over to further pages: evenly, and nothing left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from qbrgen.render.pptx.bars import BarsPiece
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.key_figures import KeyFiguresPiece
from qbrgen.render.pptx.people import PeoplePiece
from qbrgen.render.pptx.piece import CalloutPiece, Piece, TextPiece
from qbrgen.render.pptx.readings import ReadingsPiece
from qbrgen.render.pptx.tables import TablePiece

GAP = 21.6  # between blocks
HEADING_GAP = 9.0
_WHOLE = 4  # things that a chart is worth: it may stand on a slide by itself


def stacked(pieces: Sequence[Piece]) -> float:
    """Height of pieces one under the other."""
    return sum(piece.height for piece in pieces) + sum(_gap(above, piece) for above, piece in pairwise(pieces))


def _gap(above: Piece, piece: Piece) -> float:
    """Between two pieces: little under a line that heads what follows it."""
    if heads(above) and not isinstance(piece, CalloutPiece):
        return HEADING_GAP
    return GAP if piece.near is None else piece.near


def heads(piece: Piece) -> bool:
    return isinstance(piece, TextPiece) and piece.heads


def within(pages: Sequence[Sequence[Piece]], height: float) -> bool:
    """Whether every page's pieces have room."""
    return all(stacked(page) <= height for page in pages)


def cut(pieces: Sequence[Piece], height: float) -> list[list[Piece]]:
    """As few pages as can be, evenly filled, none with a single row, figure or line that others could stand with."""
    pages = filled(pieces, height)
    if len(pages) < 2:
        return pages
    pages = _evened(pieces, pages, height)
    for at in range(1, len(pages)):
        if at < len(pages) and (_things(pages[at]) <= 1 or _one_over(pages[at - 1], pages[at])):
            # The page before gives its last thing.
            limits = [*(stacked(page) + 0.01 for page in pages[: at - 1]), stacked(pages[at - 1]) - 1]
            other = filled(pieces, height, limits)
            if len(other) <= len(pages) and within(other, height) and faults(other) < faults(pages):
                pages = other
    return pages


def faults(pages: Sequence[Sequence[Piece]]) -> int:
    """How many pages hold a single thing, and how often rows go on that had better not."""
    single = sum(_things(page) <= 1 for page in pages)
    return single + sum(_torn(one, other) + _one_over(one, other) for one, other in pairwise(pages))


def _one_over(page: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether a single row goes on from a page that has more than two."""
    last, first = page[-1], after[0]
    rows = type(last) is type(first) and isinstance(first, TablePiece | BarsPiece | ReadingsPiece)
    return rows and _things_of(first) == 1 and _things_of(last) > 2


def _torn(page: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether the group of bars that a page ends in goes on on the next."""
    last, first = page[-1], after[0]
    if not isinstance(last, BarsPiece) or not isinstance(first, BarsPiece):
        return False
    return last.groups[-1].label == first.groups[0].label


def _things(pieces: Sequence[Piece]) -> int:
    """Rows, figures, people, lines of text: what a reader finds on a page."""
    return sum(_things_of(piece) for piece in pieces)


def _things_of(piece: Piece) -> int:
    found = _WHOLE
    match piece:
        case TablePiece(rows=rows):
            found = len(rows)
        case BarsPiece(groups=groups):
            found = sum(len(group.bars) for group in groups)
        case ReadingsPiece(block=block):
            found = len(block.readings)
        case PeoplePiece(rows=rows):
            found = sum(max(1, len(row.group.people)) for row in rows)
        case KeyFiguresPiece(figures=figures, rows=rows):
            found = len(figures) + len(rows)
        case TextPiece(paragraphs=paragraphs):
            found = sum(not all(run.bold for run in paragraph.runs) for paragraph in paragraphs)
        case CalloutPiece():
            found = 1
        case ColumnsPiece(sides=sides):
            found = sum(_things(side) for side in sides)
    return found


def _evened(pieces: Sequence[Piece], pages: list[list[Piece]], height: float) -> list[list[Piece]]:
    """The same number of pages, the fullest of them as low as can be."""
    low, high = height / len(pages) / 2, height
    for _ in range(10):
        middle = (low + high) / 2
        trial = filled(pieces, middle)
        if len(trial) <= len(pages) and within(trial, middle) and faults(trial) <= faults(pages):
            pages, high = trial, middle
        else:
            low = middle
    return pages


def filled(pieces: Sequence[Piece], height: float, limits: Sequence[float] = ()) -> list[list[Piece]]:
    """Pages filled from the top; what can be cut is cut. limits: of the first pages, where they are to be lower."""
    waiting = list(pieces)
    pages: list[list[Piece]] = []
    page: list[Piece] = []
    while waiting:
        most = limits[len(pages)] if len(pages) < len(limits) else height
        piece = waiting.pop(0)
        used = stacked(page)
        room = most - used - (_gap(page[-1], piece) if page else 0.0)
        if piece.height <= room:
            page.append(piece)
            continue
        parts = piece.split(room) if not page or room > most * 0.3 else None
        if parts and not (page and heads(parts[0])):  # a heading goes with what it heads
            page.append(parts[0])
            waiting.insert(0, parts[1])
        elif page:
            waiting.insert(0, piece)
            if len(page) > 1 and heads(page[-1]):
                waiting.insert(0, page.pop())
        else:
            page.append(piece)
            pages.append(page)
            page = []
            continue
        pages.append(page)
        page = []
    return [*pages, page] if page else pages


def draw_page(canvas: Canvas, pieces: Sequence[Piece], box: Box) -> None:
    """Pieces under one another; those that can use more room share what is left."""
    spare = max(0.0, box.h - stacked(pieces))
    hungry = sum(piece.grow for piece in pieces)
    left = max(0.0, spare - hungry)
    y = box.y
    for at, piece in enumerate(pieces):
        y += _gap(pieces[at - 1], piece) if at else 0.0
        given = min(piece.grow, spare * piece.grow / hungry) if hungry else 0.0
        if at and at == len(pieces) - 1 and isinstance(piece, CalloutPiece):  # what is asked stands at the foot
            y += left
        piece.draw(canvas, Box(box.x, y, box.w, piece.height + given))
        y += piece.height + given


@dataclass(frozen=True)
class ColumnsPiece:
    """Two stacks of pieces side by side."""

    sides: tuple[list[Piece], list[Piece]]
    widths: tuple[float, float]
    gap: float
    near: float | None = None

    @cached_property
    def height(self) -> float:
        return max(stacked(side) for side in self.sides)

    @property
    def grow(self) -> float:
        return max((piece.grow for side in self.sides for piece in side), default=0.0)

    def draw(self, canvas: Canvas, box: Box) -> None:
        draw_page(canvas, self.sides[0], Box(box.x, box.y, self.widths[0], box.h))
        draw_page(canvas, self.sides[1], Box(box.x + self.widths[0] + self.gap, box.y, self.widths[1], box.h))

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        """Each side goes on on the next page where it left off."""
        pages = [filled(side, height) for side in self.sides]
        if any(not page or stacked(page[0]) > height for page in pages if page) or max(len(page) for page in pages) < 2:
            return None
        heads = [page[0] if page else [] for page in pages]
        tails = [[piece for rest in page[1:] for piece in rest] for page in pages]
        return replace(self, sides=(heads[0], heads[1])), replace(self, sides=(tails[0], tails[1]))
