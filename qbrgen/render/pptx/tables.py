"""Tables: native, a header row flagged as such, thin horizontal rules, cut over to the next slide with their header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import permutations

from qbrgen.document import Cell, Column, Status, Table
from qbrgen.render.pptx.canvas import Canvas, solid
from qbrgen.render.pptx.grid import SMALL, Box, emu
from qbrgen.render.pptx.metrics import longest_word
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.template_parts import NO_TABLE_STYLE
from qbrgen.render.pptx.text import Align, Ink, Para, Run, clean, is_rtl

GAP = 14.4  # between columns
_WITHIN = 2.0  # above and below the text of rows that belong together
_PADS = ((12.0, 4.5, 3.0), (14.0, 5.5, 3.5), (16.0, 7.0, 4.5))  # up to a size: above and below a row's text, and tight
_ROOMY_PAD = 11.0
_SHIFTS = (0.08, 0.04, 0.02)  # of a table's width, that goes from one column to another
_MORE = 7.2  # what a row may be higher where there is room
_WIDEST_NAME = 0.28  # of the table: a name that must not break may take so much
# A state's shape, from the characters that every office typeface has.
SHAPES = {Status.MET: "●", Status.NOT_MET: "▼", Status.NO_DATA: "○", Status.NOT_APPLICABLE: "–"}
SHAPE_COLOURS = {
    Status.MET: "accent",
    Status.NOT_MET: "behind",
    Status.NO_DATA: "muted",
    Status.NOT_APPLICABLE: "muted",
}


@dataclass(frozen=True)
class Row:
    """Cells as paragraphs, and the height that they need. top: of it, above them. continues: the row above goes on."""

    cells: tuple[tuple[Para, ...], ...]
    height: float
    top: float
    continues: bool = False


def table_piece(table: Table, width: float, setting: Setting) -> TablePiece:
    """A table measured at a step of the scale. A small one is a step down (receipts, definitions)."""
    ink = setting.ink
    size = setting.size((14.0, 12.0)) if table.small else setting.table
    header = [_header(column, SMALL) for column in table.columns]
    body = [[_cell(cell, table.columns[at], size) for at, cell in enumerate(row)] for row in table.rows]
    widths, least = column_widths(table.columns, [header, *body], width, ink)
    if setting.tight:
        widths = _lowest(widths, least, [header, *body], ink)
    pads = ((tight if setting.tight else usual) for most, usual, tight in _PADS if size <= most)
    pad = next(pads, _ROOMY_PAD)
    goes_on = [bool(row) and row[0].continues and at > 0 for at, row in enumerate(table.rows)]
    rows = [
        _row(cells, widths, _WITHIN if on else pad, _WITHIN if next_on else pad, ink, continues=on)
        for cells, on, next_on in zip(body, goes_on, [*goes_on[1:], False], strict=True)
    ]
    head = _row(header, widths, 4.0, 4.0, ink)
    return TablePiece(tuple(widths), head, tuple(rows), table.alt, _MORE if pad < 10 else 2 * _MORE, ink)


def _header(column: Column, size: float) -> tuple[Para, ...]:
    return (Para((Run(clean(column.heading), size, True, "muted"),), "r" if column.align == "right" else "l"),)


def _cell(cell: Cell, column: Column, size: float) -> tuple[Para, ...]:
    align: Align = "r" if column.align == "right" else "l"
    runs: list[Run] = []
    if cell.status is not None:
        runs.append(Run(SHAPES[cell.status] + "\u00a0", size, False, SHAPE_COLOURS[cell.status]))
    runs.append(Run(clean(cell.text), size, cell.strong))
    if cell.note:
        runs.append(Run(clean(cell.note), size, raised=True, colour="muted"))
    paragraphs = [Para(tuple(runs), align, spacing=1.05)] if any(run.text for run in runs) or not cell.sub else []
    paragraphs += [Para((Run(clean(line), size),), align, before=2, spacing=1.05) for line in cell.lines]
    if cell.sub:
        paragraphs.append(
            Para((Run(clean(cell.sub), max(SMALL, size - 2), colour="muted"),), align, before=1, spacing=1.05)
        )
    return tuple(paragraphs)


def column_widths(
    columns: Sequence[Column], rows: Sequence[Sequence[tuple[Para, ...]]], width: float, ink: Ink
) -> tuple[list[float], list[float]]:
    """(widths, the least of each). Widths are shares of `width`; what a column's text does not need on one line goes to
    those whose text wraps.

    No column is narrower than its longest word, and one that must not wrap is as wide as its text.
    """
    shares = [max(column.width, 0.01) for column in columns]
    wanted = [width * share / sum(shares) for share in shares]
    least, natural = [], []
    for at, column in enumerate(columns):
        gap = GAP if at < len(columns) - 1 else 0.0
        lines = [paragraph for row in rows for paragraph in row[at]]
        whole = max((sum(ink.width(run.text, run.size, run.bold) for run in line.runs) for line in lines), default=0.0)
        words = [
            longest_word(run.text, ink.size(run.size), run.bold, ink.body) + 1.5 for line in lines for run in line.runs
        ]
        word = min(max(words, default=0.0) + gap, width * 0.4)
        least.append(max(word, min(whole + 1 + gap, width * _WIDEST_NAME)) if column.nowrap else word)
        natural.append(min(whole + gap + 2, least[-1]) if column.nowrap else whole + gap + 2)
    if sum(least) >= width:
        shrunk = [width * each / sum(least) for each in least]
        return shrunk, shrunk
    # Dates and owners first: what they need is then not taken from a column whose text just fits.
    wanted = _given(wanted, [need if one.nowrap else 0.0 for need, one in zip(least, columns, strict=True)], width)
    return _given(_shared(wanted, natural), least, width), least


def _lowest(
    widths: list[float], least: Sequence[float], rows: Sequence[Sequence[tuple[Para, ...]]], ink: Ink
) -> list[float]:
    """The same widths, moved between columns as long as that makes the table lower: no column below its least."""
    total = sum(widths)

    @cache
    def heights(at: int, width: float) -> list[float]:
        inner = width - (GAP if at < len(widths) - 1 else 0.0) - 1.0
        return [ink.height(row[at], inner) if row[at] else 0.0 for row in rows]

    def height(tried: Sequence[float]) -> float:
        columns = [heights(at, round(width, 2)) for at, width in enumerate(tried)]
        return sum((max(row) for row in zip(*columns, strict=True)), 0.0)

    for share in _SHIFTS:
        while True:
            moved = [
                [each - share * total if at == giver else each + share * total if at == taker else each
                 for at, each in enumerate(widths)]
                for giver, taker in permutations(range(len(widths)), 2)
                if widths[giver] - share * total >= least[giver]
            ]  # fmt: skip
            best = min(moved, key=height, default=widths)
            if height(best) > height(widths) - 1:
                break
            widths = best
    return widths


def _shared(wanted: list[float], natural: list[float]) -> list[float]:
    """`wanted`, less what columns do not need, plus that for the columns that lack room (else as it was)."""
    lack = [max(0.0, need - has) for has, need in zip(wanted, natural, strict=True)]
    spare = [max(0.0, has - need) for has, need in zip(wanted, natural, strict=True)]
    moved = min(sum(lack), sum(spare))
    if moved <= 0:
        return wanted
    return [
        has - moved * extra / sum(spare) + moved * short / sum(lack)
        for has, extra, short in zip(wanted, spare, lack, strict=True)
    ]


def _given(wanted: list[float], least: list[float], width: float) -> list[float]:
    """`wanted`, those below `least` raised to it, the others lowered alike to keep the sum."""
    fixed: set[int] = set()
    widths = list(wanted)
    for _ in wanted:
        free = [at for at in range(len(widths)) if at not in fixed]
        room = width - sum(least[at] for at in fixed)
        share = sum(wanted[at] for at in free)
        widths = [least[at] if at in fixed else wanted[at] * room / share for at in range(len(wanted))]
        short = {at for at in free if widths[at] < least[at]}
        if not short:
            return widths
        fixed |= short
    return widths


def _row(
    cells: Sequence[tuple[Para, ...]],
    widths: Sequence[float],
    above: float,
    below: float,
    ink: Ink,
    *,
    continues: bool = False,
) -> Row:
    last = len(cells) - 1
    needed = [
        ink.height(cell, widths[at] - (GAP if at < last else 0.0) - 1.0) if cell else 0.0
        for at, cell in enumerate(cells)
    ]
    return Row(tuple(cells), max(needed) + above + below + 1, above, continues)


def spare_of(cell: tuple[Para, ...], width: float, ink: Ink) -> float:
    """How much narrower a cell's text is set, without a line more, so that its last line is no single word."""
    if not cell or cell[0].align != "l" or is_rtl(cell[0].text):
        return 0.0
    wide = ink.balanced(cell[0], width)
    return width - wide if wide < width and ink.height(cell, wide) <= ink.height(cell, width) else 0.0


@dataclass(frozen=True)
class TablePiece:
    """Rows under a header."""

    widths: tuple[float, ...]
    head: Row
    rows: tuple[Row, ...]
    alt: str
    more: float  # what every row may be higher
    ink: Ink
    near: float | None = None

    @cached_property
    def height(self) -> float:
        return self.head.height + sum(row.height for row in self.rows)

    @property
    def grow(self) -> float:
        """What would make the rows as high as the highest, and a little more: each takes an equal part of it."""
        heights = [row.height for row in self.rows]
        level = min(max(heights), 2.2 * min(heights))  # a single very high one draws the others up no further
        return sum(max(0.0, level - height) for height in heights) + self.more * len(heights)

    def draw(self, canvas: Canvas, box: Box) -> None:
        # Text stands equally far below each rule, whether a row has one line or three.
        more = min(self.grow, max(0.0, box.h - self.height)) / max(1, len(self.rows))
        heights = [self.head.height, *(row.height + more for row in self.rows)]
        rows = [self.head.cells, *(row.cells for row in self.rows)]
        tops = [row.top + more / 2 for row in self.rows]
        ends = [*(GAP for _ in self.widths[1:]), 0.0]
        spares = [
            [
                spare_of(cell, wide - gap - 1.0, self.ink)
                for cell, wide, gap in zip(row.cells, self.widths, ends, strict=True)
            ]
            for row in (self.head, *self.rows)
        ]
        xml = table_xml(canvas.ink, self.widths, rows, heights, tops, [row.continues for row in self.rows], spares)
        canvas.table("table", Box(box.x, box.y, sum(self.widths), sum(heights)), self.alt, xml)

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        used, count = self.head.height, 0
        while count < len(self.rows) and used + self.rows[count].height <= height:
            used += self.rows[count].height
            count += 1
        if count == 0 and len(self.rows) == 1:
            return None
        if count == 0 or count >= len(self.rows):
            return None
        first = replace(self.rows[count], continues=False)  # under a header of its own
        return replace(self, rows=self.rows[:count]), replace(self, rows=(first, *self.rows[count + 1 :]))


def table_xml(
    ink: Ink,
    widths: Sequence[float],
    rows: Sequence[Sequence[tuple[Para, ...]]],
    heights: Sequence[float],
    tops: Sequence[float] = (),
    joined: Sequence[bool] = (),
    spares: Sequence[Sequence[float]] = (),
) -> str:
    """`a:tbl`: the first row is the header. tops: how far below its rule each other row begins; none centres them.
    joined: of each other row, whether no rule parts it from the one above. spares: of each row, header included, what
    its cells leave free at their right.
    """
    free = {at for at, on in enumerate(joined, start=1) if on}
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    body = "".join(
        f'<a:tr h="{emu(heights[at])}">'
        + "".join(
            _cell_xml(
                ink,
                cell,
                at,
                (0.0 if place == len(row) - 1 else GAP) + (spares[at][place] if spares else 0.0),
                tops[at - 1] if tops and at else None,
                (at in free, at + 1 in free),
            )
            for place, cell in enumerate(row)
        )
        + "</a:tr>"
        for at, row in enumerate(rows)
    )
    return (
        '<a:tbl xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:tblPr firstRow="1"><a:tableStyleId>'
        f"{NO_TABLE_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl>"
    )


def _cell_xml(
    ink: Ink, cell: tuple[Para, ...], row: int, gap: float, above: float | None, bare_sides: tuple[bool, bool]
) -> str:
    """gap: at its right. bare_sides: whether there is no rule above, and none below."""
    anchor = "b" if row == 0 else "ctr" if above is None else "t"
    margin = emu(above) if row and above is not None else 0
    foot = emu(3.5) if row == 0 else 0
    bare = _none("lnL") + _none("lnR")
    top = _none("lnT") if row == 0 or bare_sides[0] else _line("lnT", row - 1)
    under = _none("lnB") if bare_sides[1] else _line("lnB", row)
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{ink.xml(cell)}</a:txBody>"
        f'<a:tcPr marL="0" marR="{emu(gap)}" marT="{margin}" marB="{foot}" anchor="{anchor}">'
        f"{bare}{top}{under}<a:noFill/></a:tcPr></a:tc>"
    )


def _none(side: str) -> str:
    return f'<a:{side} w="0"><a:noFill/></a:{side}>'


def _line(side: str, above: int) -> str:
    """The rule under row `above`: firm under the header, thin under the others."""
    weight, role = (1.25, "ink") if above == 0 else (0.75, "rule")
    look = f'{solid(role)}<a:prstDash val="solid"/>'
    return f'<a:{side} w="{emu(weight)}" cap="flat" cmpd="sng" algn="ctr">{look}</a:{side}>'
