"""People as marks: a row a persona, with label and target at the left, marks in the middle, "5 of 7" at the right."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from qbrgen.document import Mark, People, PeopleGroup, PersonMark
from qbrgen.render.pptx.canvas import Canvas, slug
from qbrgen.render.pptx.grid import BODY_STEPS, GUTTER, SMALL, Box
from qbrgen.render.pptx.marks import kind_of, mark_xml, offsets
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.text import Ink, Para, clean, para

_SIZES = ((42.0, 28.0, 22.0), (34.0, 22.0, 18.0), (24.0, 16.0, 13.0))  # of marks: few, some, many people; by step
_FIGURES = (32.0, 28.0, 20.0)
_FEW, _SOME = 10, 25  # people of a persona: up to so many have captions, and larger marks
_BETWEENS, _TIGHT_BETWEEN = (20.0, 16.0, 12.0), 8.0
_SMALLEST_MARK = 24.0  # of those that are made smaller so that a persona's people stand in one row
_KEY = 26.0
_NAME_COLUMN = 168.0
_USUAL_GAP = 0.34  # between marks, of their size
_CAPTIONS, _TIGHT_CAPTIONS = 6.0, 4.0  # between the captions of two marks
_CAPTIONED_LINES = 2


def people_piece(block: People, width: float, setting: Setting) -> PeoplePiece:
    """People measured at a step of the scale."""
    step = min(setting.step, 2)
    sides = _sides(block, width, setting)
    mark = _mark(block, sides[1], setting)
    rows = tuple(_Row.of(at, group, sides, mark, setting) for at, group in enumerate(block.groups))
    return PeoplePiece(block, rows, width, setting.ink, _TIGHT_BETWEEN if setting.tight else _BETWEENS[step])


def _sides(block: People, width: float, setting: Setting) -> tuple[float, float, float]:
    """Widths of labels, marks and figures: of the page's columns; where room is scarce, figures take what they need."""
    one = (width - 11 * GUTTER) / 12
    label, figure = 3 * one + 2 * GUTTER, 2 * one + GUTTER
    if setting.tight:
        needed = max(
            (
                max(setting.ink.width(group.figure, _FIGURES[-1], True, True), setting.ink.width(group.remark, SMALL))
                for group in block.groups
            ),
            default=0.0,
        )
        figure = min(figure, needed + 2)
    return label, width - label - figure - 2 * GUTTER, figure


def _mark(block: People, width: float, setting: Setting) -> float:
    """The size of a mark: a person is as large in one persona as in another.

    Where room is scarce, the largest in which few people stand in one row, each over what is said of them.
    """
    most = max((len(group.people) for group in block.groups), default=0)
    sizes = _SIZES[min(setting.step, 2)]
    mark = sizes[0 if most <= _FEW else 1 if most <= _SOME or len(block.groups) == 1 else 2]
    if not setting.tight or most > _FEW:
        return mark
    tried = [float(size) for size in range(int(mark), int(_SMALLEST_MARK) - 1, -1)] or [mark]
    lines = [
        sum(_Spread.of(group, size, width, setting).lines(len(group.people)) for group in block.groups)
        for size in tried
    ]
    fits = [size for size, count in zip(tried, lines, strict=True) if count == min(lines)]
    return fits[0] if min(lines) == len(block.groups) else fits[-1]


@dataclass(frozen=True)
class _Spread:
    """How far a persona's marks stand apart: `gap` from one to the next, `apart` more after every five, in `room`."""

    mark: float
    gap: float
    apart: float
    room: float
    captions: bool

    @classmethod
    def of(cls, group: PeopleGroup, mark: float, width: float, setting: Setting) -> _Spread:
        """Captions under marks need room between them, and are left out where marks take more than two rows."""
        count, usual = len(group.people), mark * _USUAL_GAP
        plain = cls(mark, usual, usual, width, False)
        said = [person.caption for person in group.people if person.caption]
        if not said or count > _FEW or any(person.name for person in group.people):
            return plain
        widest = max(setting.ink.width(caption, SMALL) for caption in said)
        gap = max(usual, widest + (_TIGHT_CAPTIONS if setting.tight else _CAPTIONS) - mark)
        spread = cls(mark, gap, gap, width, True)
        if setting.tight:
            spread = cls(mark, gap, min(gap, usual), width - max(0.0, widest - mark), True)
        return spread if spread.lines(count) <= _CAPTIONED_LINES else plain

    def places(self, count: int) -> list[tuple[float, int]]:
        """(x, line) of each of `count` marks."""
        return offsets(count, self.mark, self.gap, self.room, self.apart)

    def lines(self, count: int) -> int:
        """Rows that `count` marks take."""
        return 1 + max((line for _, line in self.places(count)), default=0)


@dataclass(frozen=True)
class _Row:
    """A persona's row. names: beside each mark, in columns."""

    persona: int
    group: PeopleGroup
    label: tuple[Para, ...]
    figure: tuple[Para, ...]
    widths: tuple[float, float, float]  # of label, marks and figure
    spread: _Spread
    names: bool
    name_size: float
    height: float

    @classmethod
    def of(
        cls, persona: int, group: PeopleGroup, sides: tuple[float, float, float], mark: float, setting: Setting
    ) -> _Row:
        ink, step = setting.ink, min(setting.step, 2)
        body = setting.size(BODY_STEPS)
        label = [para(group.label, body, bold=True)]
        if group.note:
            label.append(para(group.note, max(SMALL, body - 4), colour="muted", before=2))
        size = next(
            (s for s in (_FIGURES[step], 24.0, 20.0) if ink.width(group.figure, s, True, True) <= sides[2]), 16.0
        )
        figure = [para(group.figure, size, bold=True, heading=True, align="r", spacing=1.0)]
        if group.remark:
            figure.append(para(group.remark, max(SMALL, body - 4), colour="muted", align="r", before=1))
        names = any(person.name for person in group.people)
        spread = _Spread.of(group, (20.0, 18.0, 16.0)[step] if names else mark, sides[1], setting)
        row = cls(
            persona,
            group,
            tuple(label),
            tuple(figure),
            sides,
            spread,
            names,
            14.0 if step == 0 else SMALL,
            0.0,
        )
        needed = max(ink.height(label, sides[0]), ink.height(figure, sides[2]), row._marks_height(ink))
        return replace(row, height=needed + 2)

    @property
    def mark(self) -> float:
        """The size of a mark."""
        return self.spread.mark

    def _name_paras(self, at: int) -> tuple[Para, ...]:
        person = self.group.people[at]
        found = [para(person.name, self.name_size, spacing=1.0)] if person.name else []
        if person.caption:
            found.append(para(person.caption, SMALL, colour="muted", spacing=1.0))
        return tuple(found)

    def _name_rows(self, ink: Ink) -> tuple[int, float, list[float]]:
        """(columns, width of a name, heights of the rows)."""
        columns = max(1, int(self.widths[1] // _NAME_COLUMN))
        wide = self.widths[1] / columns - self.mark - 8 - GUTTER
        count = len(self.group.people)
        heights = []
        for first in range(0, count, columns):
            cells = range(first, min(first + columns, count))
            heights.append(max(self.mark, *(ink.height(self._name_paras(at), wide) for at in cells)) + 8)
        return columns, wide, heights

    def _line(self) -> float:
        """From one row of marks to the next."""
        return self.mark + (SMALL * 1.2 + 12 if self.spread.captions else self.mark * 0.45)

    def _marks_height(self, ink: Ink) -> float:
        if not self.group.people:
            return 0.0
        if self.names:
            return sum(self._name_rows(ink)[2])
        rows = self.spread.lines(len(self.group.people))
        return (rows - 1) * self._line() + self.mark + (SMALL * 1.2 + 4 if self.spread.captions else 0)

    def draw(self, canvas: Canvas, box: Box, alt: str) -> None:
        part = slug(self.group.key or self.group.label) or f"persona-{self.persona + 1}"
        ink = canvas.ink
        label = Box(box.x, box.y, self.widths[0], ink.height(self.label, self.widths[0]) + 1)
        canvas.text(f"{part}/label", label, self.label)
        marks = Box(box.x + self.widths[0] + GUTTER, box.y, self.widths[1], self.height)
        if self.group.people:
            (self._draw_names if self.names else self._draw_marks)(canvas, part, marks, alt)
        y = box.y
        for name, each in zip(("figure", "remark"), self.figure, strict=False):
            wide = ink.balanced(each, self.widths[2])  # no last line of a single word
            high = ink.height((each,), wide) + 1
            canvas.text(f"{part}/{name}", Box(box.right - wide, y, wide, high), (each,))
            y += high

    def _draw_marks(self, canvas: Canvas, part: str, box: Box, alt: str) -> None:
        kind = kind_of(self.persona)
        places = self.spread.places(len(self.group.people))
        indent = 0.0
        if (
            self.spread.captions
        ):  # the first caption may be wider than its mark: marks move in so that its edge does not move out
            indent = max(0.0, (max(canvas.ink.width(p.caption, SMALL) for p in self.group.people) - self.mark) / 2)
        at = [(box.x + indent + x, box.y + row * self._line()) for x, row in places]
        shapes = [
            (f"{part}/{number}", mark_xml(kind, person.mark, x, y, self.mark))
            for number, (person, (x, y)) in enumerate(zip(self.group.people, at, strict=True), start=1)
        ]
        # With captions between them, rows are groups of their own: a group's bounds then hold marks alone.
        rows = sorted({y for _, y in at}) if self.spread.captions else [at[0][1]]
        for top in rows:
            members = [place for place, (_, y) in enumerate(at) if y == top or not self.spread.captions]
            right, bottom = max(at[place][0] for place in members), max(at[place][1] for place in members)
            bounds = Box(at[0][0], top, right + self.mark - at[0][0], bottom + self.mark - top)
            canvas.group(f"{part}/marks", alt, bounds, [shapes[place] for place in members])
            if self.spread.captions:
                self._draw_captions(canvas, part, [(self.group.people[place], at[place]) for place in members])

    def _draw_captions(self, canvas: Canvas, part: str, row: list[tuple[PersonMark, tuple[float, float]]]) -> None:
        for person, (x, y) in row:
            if person.caption:
                wide = canvas.ink.width(person.caption, SMALL) + 2
                where = Box(x + self.mark / 2 - wide / 2, y + self.mark + 3, wide, SMALL * 1.25)
                canvas.text(
                    f"{part}/caption", where, [para(person.caption, SMALL, colour="muted", align="ctr", spacing=1.0)]
                )

    def _draw_names(self, canvas: Canvas, part: str, box: Box, alt: str) -> None:
        columns, wide, heights = self._name_rows(canvas.ink)
        kind = kind_of(self.persona)
        places = []
        for at in range(len(self.group.people)):
            x = box.x + (at % columns) * (box.w / columns)
            places.append((x, box.y + sum(heights[: at // columns])))
        # A group a column: its bounds then hold no names.
        for column in range(min(columns, len(places))):
            members = range(column, len(places), columns)
            shapes = [
                (f"{part}/{at + 1}", mark_xml(kind, self.group.people[at].mark, *places[at], self.mark))
                for at in members
            ]
            x, bottom = places[column][0], places[members[-1]][1] + self.mark
            said = alt if column == 0 else self.group.label
            canvas.group(f"{part}/marks", said, Box(x, box.y, self.mark, bottom - box.y), shapes)
            for at in members:
                texts = self._name_paras(at)
                if texts:
                    where = Box(places[at][0] + self.mark + 8, places[at][1], wide, canvas.ink.height(texts, wide) + 1)
                    canvas.text(f"{part}/name", where, texts)


def _said(group: PeopleGroup) -> str:
    """What the marks of a group show: "Reps: 5 of 7 and 1 new. Target: 5 of 7 active."."""
    figure = " ".join(part for part in (group.figure, group.remark) if part)
    return ". ".join(part.rstrip(".") for part in (f"{group.label}: {figure}", group.note) if part) + "."


@dataclass(frozen=True)
class PeoplePiece:
    """Rows of personas, then what the marks mean."""

    block: People
    rows: tuple[_Row, ...]
    width: float
    ink: Ink
    between: float  # half of what parts two rows
    near: float | None = None

    @property
    def height(self) -> float:
        rows = sum(row.height for row in self.rows) + (len(self.rows) - 1) * 2 * self.between
        return rows + (self.between + _KEY if self.block.key else 0.0)

    @property
    def grow(self) -> float:
        return 40.0 * (len(self.rows) - 1)

    def draw(self, canvas: Canvas, box: Box) -> None:
        spare = min(self.grow, max(0.0, box.h - self.height))
        between = self.between + (spare / (2 * (len(self.rows) - 1)) if len(self.rows) > 1 else 0.0)
        y = box.y
        for at, row in enumerate(self.rows):
            if at:
                canvas.rule("rule", box.x, y + between, box.w)
                y += 2 * between
            row.draw(canvas, Box(box.x, y, box.w, row.height), _said(row.group))
            y += row.height
        if self.block.key:
            self._draw_key(canvas, Box(box.x, y + self.between, box.w, _KEY))

    def _draw_key(self, canvas: Canvas, box: Box) -> None:
        """What each kind of mark means, in a row that begins where the marks begin; all groups together at its end."""
        said = [para(self.block.total, 14.0, bold=True, align="r", spacing=1.0)]
        wide = min(self.ink.width(self.block.total, 14.0, True) + 2, box.w / 4)
        total = Box(box.right - wide, box.y + 2, wide, self.ink.height(said, wide) + 1)
        self._draw_meanings(canvas, box._replace(w=box.w - wide - GUTTER) if self.block.total else box)
        if self.block.total:  # at the right, so read last
            canvas.text("total", total, said)

    def _draw_meanings(self, canvas: Canvas, box: Box) -> None:
        size = 13.0
        x = box.x + (self.rows[0].widths[0] + GUTTER if self.rows else 0.0)
        total = sum(size + 6 + self.ink.width(word, SMALL) + 2 + 18 for _, word in self.block.key)
        if x + total > box.right:
            x = box.x
        for mark, word in self.block.key:
            wide = min(self.ink.width(word, SMALL) + 2, max(20.0, box.right - x - size - 6))
            kind = kind_of(self.rows[0].persona) if len(self.rows) == 1 else "ellipse"
            shapes = [(f"key/{mark.value}/mark", mark_xml(kind, Mark(mark), x, box.y + 5, size))]
            canvas.group(f"key/{mark.value}", clean(word), Box(x, box.y + 5, size, size), shapes)
            text = [para(word, SMALL, colour="muted", spacing=1.0)]
            canvas.text(f"key/{mark.value}/word", Box(x + size + 6, box.y + 4, wide, SMALL * 1.25), text)
            x += size + 6 + wide + 18

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        """Cut between personas, else within the first one's people; what marks mean stands on both."""
        for count in range(len(self.rows) - 1, 0, -1):
            head = replace(self, rows=self.rows[:count])
            if head.height <= height:
                return head, replace(self, rows=self.rows[count:])
        return self._split_row(height)

    def _split_row(self, height: float) -> tuple[Piece, Piece] | None:
        row = self.rows[0]
        people = row.group.people
        count = bisect_right(range(1, len(people)), height, key=lambda most: self._with(row, people[:most]).height)
        if not count:
            return None
        rest = self._with(row, people[count:])
        return self._with(row, people[:count]), replace(rest, rows=(*rest.rows, *self.rows[1:]))

    def _with(self, row: _Row, people: tuple[PersonMark, ...]) -> PeoplePiece:
        changed = replace(row, group=replace(row.group, people=people))
        needed = max(
            self.ink.height(row.label, row.widths[0]),
            self.ink.height(row.figure, row.widths[2]),
            changed._marks_height(self.ink),
        )
        return replace(self, rows=(replace(changed, height=needed + 2),))
