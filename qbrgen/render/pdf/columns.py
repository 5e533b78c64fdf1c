"""Widths of a table's columns, measured before the page is made: dates stay whole, and text takes few lines.

The engine lays tables out with fixed columns, which is fast and even; what they are fixed to is decided here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from qbrgen.document import Cell, Column, Notes, Table
from qbrgen.render.pdf.fonts import text_width
from qbrgen.theme import Theme

BODY_PT = (10.5, 10.5, 10.0, 9.5)  # by how tightly a part is set; the stylesheet's sizes
_SMALL_PT, _SUB_PT = 9.0, 9.5
_PADDING, _END = 3.5, 0.6  # of a cell, and of the last one in a row, which ends at the margin, mm
_SHAPE = 4.4  # of a state, before its text
_NUMBER = 4.4  # of a footnote, before its text, mm
_PAGE = 10.5  # of "p. 12", after a link
_WIDEST_WHOLE = 0.32  # of the table: a column that must not wrap takes no more than this
_MOVES = (0.015, 0.04, 0.08, 0.12)  # of the table's width, from one column to another, per try
_TRIES = 30
_EACH_LINE = 0.04  # of a cell, beside a line of the whole row
_SLACK = 1.06  # a line is never filled to its end


@dataclass(frozen=True, slots=True)
class ColumnView:
    """share: of the table's width, in per cent. nowrap: its texts stay on one line, because they all fit."""

    share: float
    nowrap: bool


@dataclass(frozen=True, slots=True)
class _Measured:
    """A column's texts in mm: of each cell (main line, quieter line), the longest, the longest word, the heading's."""

    cells: tuple[tuple[float, float], ...]
    longest: float
    word: float
    heading: float


def table_columns(table: Table, width: float, theme: Theme, step: int = 0) -> list[ColumnView]:
    """The columns of a table that is `width` mm wide, in a part set at `step` (0 to 3).

    Those that must not wrap (dates, owners, figures at the right) get what their longest text needs, up to a limit. The
    others begin with the shares asked for, then give room to each other as long as that saves lines. Of a fixed table
    all keep what was asked for.
    """
    size = _SMALL_PT if table.small else BODY_PT[step]
    if table.fixed:
        asked = sum(column.width for column in table.columns)
        return [ColumnView(round(100 * column.width / asked, 3), nowrap=False) for column in table.columns]
    rows = [[row[index] for row in table.rows if index < len(row)] for index in range(len(table.columns))]
    measured = [_measure(column, cells, theme, size) for column, cells in zip(table.columns, rows, strict=True)]
    limit = width * _WIDEST_WHOLE
    widths: dict[int, float] = {}
    whole: set[int] = set()
    for index, (column, texts) in enumerate(zip(table.columns, measured, strict=True)):
        if column.nowrap or column.align == "right":
            needed = max(texts.longest, texts.heading) + (_PADDING if index < len(measured) - 1 else _END)
            widths[index] = min(needed, limit)
            if needed <= limit:
                whole.add(index)
    flexible = [index for index in range(len(measured)) if index not in widths]
    rest = max(width - sum(widths.values()), width * 0.2)
    asked = sum(table.columns[index].width for index in flexible) or 1.0
    widths |= {index: rest * table.columns[index].width / asked for index in flexible}
    _balance(widths, flexible, measured, [width * move for move in _MOVES])
    if not flexible and widths:
        widths[0] += max(0.0, width - sum(widths.values()))
    _spread(widths, flexible, measured, [column.width for column in table.columns])
    total = sum(widths.values())
    if total > width:  # too much for one line: then whatever must not wrap does
        whole = set()
    return [ColumnView(round(100 * widths[index] / total, 3), index in whole) for index in range(len(measured))]


def note_columns(notes: Notes, width: float, gutter: float, theme: Theme) -> list[list[tuple[str, str]]]:
    """Footnotes in two columns of about the same height, read one after the other; the second ends with the rest."""
    room = (width - gutter) / 2 - _NUMBER
    lines = [math.ceil(text_width(theme.body, text, _SMALL_PT) * _SLACK / room) + 0.3 for _, text in notes.items]
    lines = [*lines[:-1], lines[-1] + math.ceil(text_width(theme.body, notes.rest, _SMALL_PT) * _SLACK / room)]
    best = min(range(1, len(lines) + 1), key=lambda cut: (max(sum(lines[:cut]), sum(lines[cut:])), -cut))
    return [list(notes.items[:best]), list(notes.items[best:])]


def _measure(column: Column, cells: Sequence[Cell], theme: Theme, size: float) -> _Measured:
    def wide(text: str, points: float, bold: bool = False) -> float:
        return text_width(theme.body, text, points, bold)

    def indent(cell: Cell) -> float:
        return _SHAPE if cell.status and cell.sub else 0.0

    def beside(cell: Cell) -> float:
        return (_SHAPE if cell.status else 0.0) + (_PAGE if cell.link else 0.0)

    sub = min(_SUB_PT, size)
    texts = tuple(
        (wide(cell.text, size, cell.strong or bool(cell.link)) + beside(cell), wide(cell.sub, sub) + indent(cell))
        for cell in cells
    )
    heading = max((wide(word, _SMALL_PT, True) for word in column.heading.split()), default=0.0)
    words = [wide(word, size, cell.strong) + beside(cell) for cell in cells for word in cell.text.split()]
    longest = max((max(pair) for pair in texts), default=0.0)
    return _Measured(texts, longest, max(words, default=0.0), heading)


def _least(texts: _Measured) -> float:
    """The width below which a word would be broken."""
    return max(texts.word, texts.heading) + _PADDING


def _balance(
    widths: dict[int, float], flexible: Sequence[int], measured: Sequence[_Measured], moves: Sequence[float]
) -> None:
    """Move room between the columns that may wrap, as long as the table gets shorter by it."""
    least = {index: min(_least(measured[index]), widths[index]) for index in flexible}
    for index in flexible:  # a word is broken only where there is no room at all
        wanted = _least(measured[index])
        for giver in flexible:
            spare = widths[giver] - _least(measured[giver])
            if giver != index and widths[index] < wanted and spare > 0:
                given = min(spare, wanted - widths[index])
                widths[giver] -= given
                widths[index] += given
        least[index] = min(wanted, widths[index])
    best = _height(widths, flexible, measured)
    for _ in range(_TRIES):
        tried = []
        for giver, taker, move in product(flexible, flexible, moves):
            if giver != taker and widths[giver] - move >= least[giver]:
                changed = widths | {giver: widths[giver] - move, taker: widths[taker] + move}
                tried.append((_height(changed, flexible, measured), move, giver, taker))
        better = min(tried, default=(best, 0.0, 0, 0))
        if better[0] >= best:
            return
        best, move, giver, taker = better
        widths[giver] -= move
        widths[taker] += move


def _spread(
    widths: dict[int, float], flexible: Sequence[int], measured: Sequence[_Measured], asked: Sequence[float]
) -> None:
    """Where text leaves room, the columns of figures get it, as far as they asked, and do not stand in a clump."""
    unit = sum(widths.values()) / (sum(asked) or 1.0)
    spare = {index: max(0.0, widths[index] - measured[index].longest * _SLACK - 2 * _PADDING) for index in flexible}
    wanted = {index: max(0.0, asked[index] * unit - widths[index]) for index in widths if index not in flexible}
    given = min(sum(spare.values()), sum(wanted.values()))
    if given <= 0 or any(room == 0.0 for room in spare.values()):
        return
    for index, room in spare.items():
        widths[index] -= given * room / sum(spare.values())
    for index, room in wanted.items():
        widths[index] += given * room / sum(wanted.values())


def _height(widths: dict[int, float], flexible: Sequence[int], measured: Sequence[_Measured]) -> float:
    """Height of the table in lines, its tallest row once more, and a little for how full the lines are and for those of
    each cell: where the height is the same either way, no column is narrower than it need be."""
    total, tallest = 0.0, 0.0
    for row in range(max((len(measured[index].cells) for index in flexible), default=0)):
        heights = [0.0]
        for index in flexible:
            if row < len(measured[index].cells):
                room = max(widths[index] - _PADDING, 1.0)
                text, sub = measured[index].cells[row]
                lines = max(1, math.ceil(text * _SLACK / room)) + math.ceil(sub * _SLACK / room) * 0.9
                heights.append(lines + 0.02 * (text + sub) / room)
        total += max(heights) + _EACH_LINE * sum(heights)
        tallest = max(tallest, *heights)
    return total + tallest
