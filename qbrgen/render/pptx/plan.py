"""From a slide's blocks to pages that fit: the largest step of the type scale at which all fits, else a second page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

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
from qbrgen.render.pptx.grid import GUTTER, SMALL
from qbrgen.render.pptx.key_figures import key_figures_piece
from qbrgen.render.pptx.pages import ColumnsPiece, cut, faults, heads, stacked, within
from qbrgen.render.pptx.people import people_piece
from qbrgen.render.pptx.piece import CalloutPiece, Piece, Setting, TextPiece, nearer
from qbrgen.render.pptx.readings import readings_piece
from qbrgen.render.pptx.signatures import signature_pieces
from qbrgen.render.pptx.tables import table_piece
from qbrgen.render.pptx.text import Para, Run, clean, para
from qbrgen.render.pptx.trend import trend_piece
from qbrgen.render.pptx.workbook import finite

STEPS = 3
LEGIBLE_STEPS = 2  # of a table that is cut over rather than set smaller: 14 pt at least
_NEAR = 12.0  # between blocks where room is scarce
_AIR = 0.5  # of what usually stands above a paragraph
_CROWDED = 8  # rows: a longer table is cut over rather than set tight
_LEAST_ASKED = 16.0  # what is asked is set no smaller where there is room
_MOST_SPARSE = 6  # rows, bars and lines of a slide that is set larger


Known = dict[tuple[object, ...], list[Piece]]
"""Pieces measured already, by blocks, width and setting: for a slide that is tried in more than one height."""


def fitted(
    blocks: Sequence[Block], width: float, height: float, setting: Setting, known: Known | None = None
) -> list[list[Piece]]:
    """Pages of pieces, each page no higher than `height` (only what cannot be cut may be).

    A tight setting allows less air, and smaller marks, where one page in the smallest type does not hold all; not for a
    long table, which a reader finds his way in on two pages.
    Columns that do not fit on one page stand one under the other where that takes no more pages, or one more where
    half a page would stay empty beside what goes on.
    """
    known = {} if known is None else known
    pages = _fitted(blocks, width, height, setting, known)
    if len(pages) < 2 or not any(isinstance(block, Columns) for block in blocks):
        return pages
    flat = [
        one for block in blocks for one in ((*block.left, *block.right) if isinstance(block, Columns) else (block,))
    ]
    under = _fitted(flat, width, height, setting, known)
    return under if len(under) <= len(pages) + _lopsided(pages) else pages


def _lopsided(pages: Sequence[Sequence[Piece]]) -> bool:
    """Whether a side of columns that were cut has nothing to show on one of the pages, or a heading alone."""
    sides = [side for page in pages for piece in page if isinstance(piece, ColumnsPiece) for side in piece.sides]
    return any(all(heads(piece) for piece in side) for side in sides)


def _fitted(blocks: Sequence[Block], width: float, height: float, setting: Setting, known: Known) -> list[list[Piece]]:
    if _sparse(blocks):
        pieces = once(blocks, width, replace(setting, roomy=True, tight=False), known)
        if pieces and stacked(pieces) <= height:
            return [pieces]
    steps = LEGIBLE_STEPS if any(isinstance(b, Table) and b.legible for b in blocks) else STEPS
    may = setting.tight and not any(isinstance(b, Table) and not b.small and len(b.rows) > _CROWDED for b in blocks)
    tried: list[list[Piece]] = []
    for tight, step in product((False, True) if may else (False,), range(steps)):
        pieces = once(blocks, width, replace(setting, step=step, tight=tight), known)
        if stacked(pieces) <= height:
            return [pieces] if pieces else []
        tried.append(pieces)
    # On several pages anyway: as few as the smallest type needs, in the largest type that needs no more.
    smallest = cut(tried[-1], height)
    others = (cut(pieces, height) for pieces in tried[:-1])
    fit = [pages for pages in (*others, smallest) if len(pages) <= len(smallest) and within(pages, height)]
    return min(fit, key=faults, default=smallest)


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


def once(blocks: Sequence[Block], width: float, setting: Setting, known: Known) -> list[Piece]:
    """`pieces_of`, or what is known of the very same blocks, which live as long as `known` does."""
    key = (*map(id, blocks), width, setting.step, setting.tight, setting.roomy)
    if key not in known:
        known[key] = pieces_of(blocks, width, setting)
    return list(known[key])


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
    pieces += _text_pieces(texts, width, setting)
    if not setting.tight:
        return pieces
    return [piece if isinstance(piece, CalloutPiece) else nearer(piece, _NEAR) for piece in pieces]


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
    if setting.tight:
        paragraphs = [replace(one, before=_AIR * one.before, spacing=min(one.spacing, 1.05)) for one in paragraphs]
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
    size = setting.size() if setting.tight else max(setting.size(), _LEAST_ASKED)
    label, text = clean(block.label).strip(), clean(block.text)
    runs = [Run(f"{label} ", size, True)] if label else []
    said = Para((*runs, Run(text, size)), spacing=1.15)
    return CalloutPiece.of((said,), setting.ink, width, tight=setting.tight)


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
    left, *right = signature_pieces(block.sides, each, setting)
    return ColumnsPiece(([left], [*right]), (each, each), gap)
