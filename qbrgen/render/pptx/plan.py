"""From a slide's blocks to pages that fit: the largest step of the type scale at which all fits, else a second page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from qbrgen.document import (
    BeforeAfter,
    Block,
    Bullets,
    Callout,
    Columns,
    KeyFigures,
    Notes,
    People,
    Readings,
    Signatures,
    Table,
    TargetBars,
    Text,
    Trend,
)
from qbrgen.render.pptx.bars import bars_piece
from qbrgen.render.pptx.before_after import before_after_piece
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.grid import GUTTER, SMALL, Box
from qbrgen.render.pptx.key_figures import key_figures_piece
from qbrgen.render.pptx.people import people_piece
from qbrgen.render.pptx.piece import CalloutPiece, Piece, Setting, TextPiece
from qbrgen.render.pptx.readings import readings_piece
from qbrgen.render.pptx.signatures import signature_piece
from qbrgen.render.pptx.tables import table_piece
from qbrgen.render.pptx.text import Para, Run, clean, para
from qbrgen.render.pptx.trend import trend_piece
from qbrgen.render.pptx.workbook import finite

STEPS = 3
LEGIBLE_STEPS = 2  # of a table that is cut over rather than set smaller: 14 pt at least
GAP = 21.6  # between blocks
HEADING_GAP = 9.0
_MOST_SPARSE = 6  # rows, bars and lines of a slide that is set larger


def fitted(blocks: Sequence[Block], width: float, height: float, setting: Setting) -> list[list[Piece]]:
    """Pages of pieces, each page no higher than `height` (only what cannot be cut may be).

    Columns that do not fit on one page stand one under the other where that takes no more pages, or one more where
    half a page would stay empty beside what goes on.
    """
    pages = _fitted(blocks, width, height, setting)
    if len(pages) < 2 or not any(isinstance(block, Columns) for block in blocks):
        return pages
    flat = [
        one for block in blocks for one in ((*block.left, *block.right) if isinstance(block, Columns) else (block,))
    ]
    under = _fitted(flat, width, height, setting)
    return under if len(under) <= len(pages) + _lopsided(pages) else pages


def _lopsided(pages: Sequence[Sequence[Piece]]) -> bool:
    """Whether a side of columns that were cut has nothing to show on one of the pages, or a heading alone."""
    sides = [side for page in pages for piece in page if isinstance(piece, ColumnsPiece) for side in piece.sides]
    return any(all(_heads(piece) for piece in side) for side in sides)


def _fitted(blocks: Sequence[Block], width: float, height: float, setting: Setting) -> list[list[Piece]]:
    if _sparse(blocks):
        pieces = pieces_of(blocks, width, replace(setting, roomy=True))
        if pieces and stacked(pieces) <= height:
            return [pieces]
    tried: list[list[list[Piece]]] = []
    for step in range(LEGIBLE_STEPS if any(isinstance(b, Table) and b.legible for b in blocks) else STEPS):
        pieces = pieces_of(blocks, width, replace(setting, step=step))
        if stacked(pieces) <= height:
            return [pieces] if pieces else []
        tried.append(_pages(pieces, height))
    # On several pages anyway: as few as the smallest type needs, in the largest type that needs no more.
    fewest = len(tried[-1])
    return next((pages for pages in tried if len(pages) <= fewest and _within(pages, height)), tried[-1])


def _sparse(blocks: Sequence[Block]) -> bool:
    """Whether a slide holds a few rows or lines and nothing else: it is set larger, and stands less lost."""
    rows = 0
    for block in blocks:
        match block:
            case Table(small=False):
                rows += len(block.rows)
            case TargetBars():
                rows += sum(len(group.bars) for group in block.groups)
            case Bullets():
                rows += len(block.items)
            case Text() | Callout():
                rows += 1
            case _:
                return False
    return rows <= _MOST_SPARSE


def _within(pages: Sequence[Sequence[Piece]], height: float) -> bool:
    return all(stacked(page) <= height for page in pages)


def stacked(pieces: Sequence[Piece]) -> float:
    """Height of pieces one under the other."""
    return sum(piece.height for piece in pieces) + sum(_gap(above, piece) for above, piece in pairwise(pieces))


def _gap(above: Piece, piece: Piece) -> float:
    """Between two pieces: little under a line that heads what follows it."""
    if _heads(above) and not isinstance(piece, CalloutPiece):
        return HEADING_GAP
    return GAP if piece.near is None else piece.near


def _heads(piece: Piece) -> bool:
    return isinstance(piece, TextPiece) and piece.heads


def _pages(pieces: Sequence[Piece], height: float) -> list[list[Piece]]:
    """Filled from the top; what can be cut is cut, evenly where it stands alone: no last page with a single row."""
    pages = _filled(pieces, height)
    if len(pieces) != 1 or len(pages) < 2:
        return pages
    low, high = height / len(pages) / 2, height
    for _ in range(10):  # the lowest page that needs no more of them
        middle = (low + high) / 2
        trial = _filled(pieces, middle)
        if len(trial) <= len(pages) and _within(trial, middle):
            pages, high = trial, middle
        else:
            low = middle
    return pages


def _filled(pieces: Sequence[Piece], height: float) -> list[list[Piece]]:
    waiting = list(pieces)
    pages: list[list[Piece]] = []
    page: list[Piece] = []
    while waiting:
        piece = waiting.pop(0)
        used = stacked(page)
        room = height - used - (_gap(page[-1], piece) if page else 0.0)
        if piece.height <= room:
            page.append(piece)
            continue
        parts = piece.split(room) if not page or room > height * 0.3 else None
        if parts:
            page.append(parts[0])
            waiting.insert(0, parts[1])
        elif page:
            waiting.insert(0, piece)
            if len(page) > 1 and _heads(page[-1]):  # a heading goes with what it heads
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


def pieces_of(blocks: Iterable[Block], width: float, setting: Setting) -> list[Piece]:
    """The pieces of blocks in order; consecutive texts are one."""
    pieces: list[Piece] = []
    texts: list[Text | Bullets] = []
    for block in blocks:
        if isinstance(block, Text | Bullets):
            texts.append(block)
            continue
        pieces += _text_pieces(texts, width, setting)
        texts = []
        pieces += _pieces(block, width, setting)
    return pieces + _text_pieces(texts, width, setting)


def _pieces(block: Block, width: float, setting: Setting) -> list[Piece]:
    """The pieces of one block: none where it has nothing to show, never an empty frame."""
    if isinstance(block, Notes):
        return _notes(block, width, setting)
    piece: Piece | None = None
    match block:
        case KeyFigures(figures=figures) if figures:
            piece = key_figures_piece(block, width, setting)
        case People(groups=groups) if groups:
            piece = people_piece(block, width, setting)
        case TargetBars() if filled := tuple(group for group in block.groups if group.bars):
            piece = bars_piece(replace(block, groups=filled), width, setting)
        case Trend() if any(finite(point.value) is not None for point in block.points):
            piece = trend_piece(block, width, setting)
        case Table(rows=rows) if rows:
            piece = table_piece(block, width, setting)
        case Readings(readings=readings) if readings:
            piece = readings_piece(block, width, setting)
        case BeforeAfter():
            piece = before_after_piece(block, width, setting)
        case Callout():
            piece = _callout(block, width, setting)
        case Signatures(sides=sides) if sides:
            piece = _signatures(block, width, setting)
        case Columns():
            piece = _columns(block, width, setting)
    return [piece] if piece else []


def _text_pieces(texts: Sequence[Text | Bullets], width: float, setting: Setting) -> list[Piece]:
    paragraphs = [one for block in texts for one in paragraphs_of(block, setting)]
    part = next((block.key for block in texts if isinstance(block, Text) and block.key), "text")
    return [TextPiece.of(tuple(paragraphs), setting.ink, width, part)] if paragraphs else []


def paragraphs_of(block: Text | Bullets, setting: Setting) -> list[Para]:
    """A text as a paragraph, bullets as a list under their heading."""
    size = setting.size()
    if isinstance(block, Bullets):
        found = [para(block.heading, size, bold=True, before=14.4, spacing=1.1)] if block.heading else []
        hang = size * 0.9
        return found + [
            Para(
                (Run(clean(item), size),),
                before=5.0 if at else 4.0 if block.heading else 14.4,
                spacing=1.15,
                hang=hang,
                bullet="•",
            )
            for at, item in enumerate(block.items)
            if item.strip()
        ]
    if not block.text.strip():
        return []
    look = {
        "lead": para(block.text, setting.lead, bold=True, before=14.4, heading=True),
        "strong": para(block.text, size, bold=True, before=14.4, spacing=1.15),
        "muted": para(block.text, size, colour="muted", before=9.0, spacing=1.15),
        "small": para(block.text, max(SMALL, size - 4), colour="muted", before=7.2),
    }.get(block.style, para(block.text, size, before=9.0, spacing=1.15))
    return [replace(look, runs=tuple(replace(run, language=block.language) for run in look.runs))]


def _callout(block: Callout, width: float, setting: Setting) -> Piece:
    size = setting.size()
    label, text = clean(block.label).strip(), clean(block.text)
    runs = [Run(f"{label} ", size, True)] if label else []
    return CalloutPiece.of((Para((*runs, Run(text, size)), spacing=1.15),), setting.ink, width)


def _notes(block: Notes, width: float, setting: Setting) -> list[Piece]:
    """Numbered receipts, in two columns where the width allows two."""
    found: list[Piece] = []
    size = setting.size((14.0, SMALL))
    if block.heading:
        found.append(TextPiece.of((para(block.heading, 14, bold=True),), setting.ink, width))
    items = [
        Para((Run(f"{number}. " if number else "", size, True, "muted"), Run(clean(text), size)), before=4.0)
        for number, text in (*block.items, ("", block.rest))
        if text.strip()
    ]
    if items and width > 600:
        wide = (width - 2 * GUTTER) / 2
        heights = [setting.ink.height([item], wide) + 4 for item in items]
        half = next((at for at in range(1, len(items) + 1) if sum(heights[:at]) >= sum(heights) / 2), len(items))
        left, right = (_plain(part, wide, setting) for part in (items[:half], items[half:]))
        found.append(ColumnsPiece((left, right), (wide, wide), 2 * GUTTER))
    elif items:
        found += _plain(items, width, setting)
    return found


def _plain(items: Sequence[Para], width: float, setting: Setting) -> list[Piece]:
    return [TextPiece(tuple(items), setting.ink, width, setting.ink.height(items, width) + 1)] if items else []


def _columns(block: Columns, width: float, setting: Setting) -> Piece:
    gap = 3 * GUTTER
    total = sum(block.weights) or 1.0
    left = (width - gap) * (block.weights[0] / total if block.weights[0] > 0 else 0.5)
    widths = (left, width - gap - left)
    sides = (pieces_of(block.left, widths[0], setting), pieces_of(block.right, widths[1], setting))
    return ColumnsPiece(sides, widths, gap)


def _signatures(block: Signatures, width: float, setting: Setting) -> Piece:
    gap = 3 * GUTTER
    each = (width - gap * (len(block.sides) - 1)) / len(block.sides)
    left, *right = [[signature_piece(side, each, setting)] for side in block.sides]
    return ColumnsPiece((left, right[0] if right else []), (each, each), gap)


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
        pages = [_filled(side, height) for side in self.sides]
        if any(not page or stacked(page[0]) > height for page in pages if page) or max(len(page) for page in pages) < 2:
            return None
        heads = [page[0] if page else [] for page in pages]
        tails = [[piece for rest in page[1:] for piece in rest] for page in pages]
        return replace(self, sides=(heads[0], heads[1])), replace(self, sides=(tails[0], tails[1]))
