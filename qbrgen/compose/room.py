"""How much of a page sections take, roughly, in lines of its body text: for what may be added where there is room.

A page is laid out by the renderer, which sets it tighter where it must; this only keeps from leaving room unused.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

from qbrgen.document import (
    Block,
    Bullets,
    Callout,
    Columns,
    KeyFigures,
    Mark,
    Notes,
    People,
    Section,
    Table,
    TargetBars,
    Text,
    Trend,
)

PAGE = 54.0
"""Lines that the smaller of the two papers holds, set a little tighter than at first."""
_LETTERS = 120  # of body text in a line
_SMALLER = 0.8  # a line of the small size
_HEADING, _NAME = 2.2, 2.3  # with the space before it
_NAMED = 12  # people of a persona, above which only some are named
_ABREAST = 3  # names in a line
_STRIP = 30  # marks in a line


def lines(sections: Iterable[Section]) -> float:
    """Lines that sections take below each other."""
    return sum(_section(each) for each in sections)


def _section(section: Section) -> float:
    head = _NAME if section.level == 1 else _HEADING if section.heading else 0.0
    return head + sum(_block(block, 1.0) for block in section.blocks)


def row_lines(row_texts: Iterable[tuple[str, float]]) -> float:
    """Lines of a table's row. row_texts: each text of a cell and the share of the table's width that it has."""
    return 0.35 + max(_paragraph(text, share, 0.0) for text, share in row_texts)


def _block(block: Block, width: float) -> float:  # noqa: PLR0911 - one answer for each kind
    """width: share of the page's width that the block has."""
    if isinstance(block, Text):
        return _text(block, width)
    if isinstance(block, Bullets):
        return sum(_paragraph(item, width, 0.2) for item in (block.heading, *block.items) if item) + 0.3
    if isinstance(block, KeyFigures):
        share = width / len(block.figures)
        return 3.9 + max(_paragraph(figure.note, share, 0.0) for figure in block.figures)
    if isinstance(block, Callout):
        return 1.9 + _paragraph(f"{block.label} {block.text}", width, 0.0)
    if isinstance(block, TargetBars):
        opened = 1.0 * len(block.groups) if len(block.groups) > 1 else 0.0
        return 1.1 + opened + sum(1.9 if bar.count_text else 1.2 for group in block.groups for bar in group.bars)
    if isinstance(block, People):
        return _people(block, width)
    if isinstance(block, Table):
        total = sum(column.width for column in block.columns)
        shares = [width * column.width / total for column in block.columns]
        cells = [
            [(f"{cell.text} {cell.sub}", share) for cell, share in zip(row, shares, strict=True)] for row in block.rows
        ]
        return 1.1 + sum(row_lines(row) for row in cells)
    if isinstance(block, Columns):
        total = sum(block.weights)
        sides = zip((block.left, block.right), block.weights, strict=True)
        return max(sum(_block(each, width * weight / total) for each in side) for side, weight in sides)
    if isinstance(block, Notes):
        said = [*(text for _, text in block.items), block.rest]
        return _SMALLER * sum(_paragraph(text, width / 2, 0.2) for text in said if text) / 2
    return 11.0 if isinstance(block, Trend) else 6.0


def _text(block: Text, width: float) -> float:
    if block.style == "lead":
        return 1.4 * _paragraph(block.text, width * 0.64, 0.0) + 0.8
    small = block.style == "small"
    return _paragraph(block.text, width * (1.15 if small else 1.0), 0.3) * (_SMALLER if small else 1.0)


def _people(block: People, width: float) -> float:
    taken = 1.0 if block.shows_key else 0.0
    for group in block.groups:
        many = len(group.people) > _NAMED
        named = sum(1 for person in group.people if person.name and (not many or person.mark is not Mark.FILLED))
        strips = ceil(len(group.people) / (_STRIP * width)) if named < len(group.people) else 0
        taken += 1.6 + strips + 1.1 * ceil(named / max(1, round(_ABREAST * width)))
    return taken


def _paragraph(text: str, width: float, after: float) -> float:
    """Lines of a text, and the space after it."""
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    return ceil((len(text) + wide) / (_LETTERS * width)) + after
