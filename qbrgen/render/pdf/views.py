"""What the templates see of a document: its sections grouped by account, ids for links, measured widths.

Everything here is neutral to words: it arranges and measures what `compose` made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qbrgen.document import (
    Block,
    Cell,
    Columns,
    Contents,
    ContentsEntry,
    Document,
    KeyFigure,
    Mark,
    Notes,
    PeopleGroup,
    PersonMark,
    Reading,
    Section,
    Status,
    Table,
    TargetBars,
)
from qbrgen.render.pdf.columns import BODY_PT
from qbrgen.render.pdf.fonts import text_width
from qbrgen.render.pdf.style import Sheet
from qbrgen.theme import Theme

TIGHTEST = 3  # steps of tightening that the stylesheet knows
TOP = "part-top"  # id of the head of a document that opens without one
SMALL_PT, FIGURE_PT, NAME_PT = 9.0, 24.0, 24.0
_PADDING = 3.5  # of a table cell, left and right together, mm
_RUNNING_WIDTH = 90.0  # mm
_SHAPE, _BETWEEN, _APART = 4.0, 5.7, 6.0  # at the head: before the standing, between two facts, after the name, mm
_WIDE = 120.0  # mm: more than a column
_LONG_WORD = 20  # letters
_MAY_BREAK = re.compile(r"\w{8}(?=\w{4})")  # not at a hyphen, where a line breaks without another
_LONGEST_END = 24  # characters that kept_end keeps together
_SWATCH, _LEAST_BAR, _MOST_BAR, _LEAST_REST = 4.0, 25.0, 52.0, 46.0  # of a TargetBars table, mm
_MOST_LINES = 42  # of the contents, on a page
_STATE = 2.5  # before a state: its shape, beside the padding
_NAMED_PEOPLE = 12  # above it, marks stand in fives and only those who are not filled are named


@dataclass(frozen=True, slots=True)
class PartView:
    """A level 1 section with the level 2 sections below it: the portfolio's first page, or one account.

    id: of its heading in the page. linked: whether a table's row links here. running: its name as it runs at the head
    of its further pages. step: how tightly it is set (0 to 3). notes: numbers of its footnotes. stacked: its facts go
    below its name. back: where its reader comes from, as (text, id).
    """

    id: str
    head: Section
    sections: tuple[tuple[str, Section], ...]
    linked: bool
    running: str
    step: int
    notes: frozenset[str]
    stacked: bool
    starts_page: bool
    back: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Linker:
    """Keys of sections and of cells → ids in the page, and the keys of sections that a table's row leads to."""

    ids: dict[str, str]
    linked: frozenset[str]

    def target(self, key: str) -> str:
        """Id of a section or cell, "" when the document holds none of that key."""
        return self.ids.get(key, "")


def blocks_of(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks, those in columns included."""
    for block in blocks:
        if isinstance(block, Columns):
            yield from blocks_of((*block.left, *block.right))
        else:
            yield block


def linker(document: Document) -> Linker:
    """Ids for all sections; of two with the same key the one of level 1, else the first, is the target. Then for cells
    that links lead to."""
    ids: dict[str, str] = {}
    for level in (1, 2):
        for number, section in enumerate(document.sections):
            if section.level == level:
                ids.setdefault(section.key, f"part-{number}")
    cells = [cell for section in document.sections for cell in _cells(section)]
    linked = frozenset(cell.link for cell in cells if cell.link in ids)
    for number, cell in enumerate(cell for cell in cells if cell.anchor):
        ids.setdefault(cell.anchor, f"line-{number}")
    return Linker(ids, linked)


def _cells(section: Section) -> Iterator[Cell]:
    for block in blocks_of(section.blocks):
        if isinstance(block, Table):
            for row in block.rows:
                yield from row


def parts(document: Document, links: Linker, sheet: Sheet, theme: Theme) -> list[PartView]:
    """The document's parts in order. A document that opens without a level 1 section gets its title as one."""
    numbered = [(f"part-{number}", section) for number, section in enumerate(document.sections)]
    if document.sections[0].level != 1:
        numbered.insert(0, (TOP, Section("", document.title, level=1)))
    opened = 0
    groups: list[list[tuple[str, Section]]] = []
    for name, section in numbered:
        opened += section.level == 1
        if section.level == 1:
            groups.append([])
        groups[opened - 1].append((name, section))
    return [_part(group, number, links, sheet, theme) for number, group in enumerate(groups)]


def set_at(part: PartView, step: int) -> PartView:
    """A part as tightly as `step` says; beyond the tightest, what has something to stand in its place makes way."""
    if step <= TIGHTEST:
        return replace(part, step=step)
    sections = tuple((name, replace(each, blocks=each.instead or each.blocks)) for name, each in part.sections)
    return replace(part, step=TIGHTEST, sections=sections, notes=frozenset())


def split(views: Sequence[PartView]) -> list[list[PartView]]:
    """Parts that are written by themselves: each that starts a page, with what follows on its pages."""
    found: list[list[PartView]] = []
    for part in views:
        if part.starts_page or not found:
            found.append([])
        found[-1].append(part)
    return found


def homes(views: Sequence[PartView], links: Linker) -> dict[str, str]:
    """Id of a section or of a cell → id of the part that holds it."""
    found = {}
    for part in views:
        found[part.id] = part.id
        found |= {name: part.id for name, _ in part.sections}
        cells = (cell for section in (part.head, *(each for _, each in part.sections)) for cell in _cells(section))
        found |= {links.ids[cell.anchor]: part.id for cell in cells if cell.anchor}
    return found


def _part(group: list[tuple[str, Section]], number: int, links: Linker, sheet: Sheet, theme: Theme) -> PartView:
    name, head = group[0]
    notes = (note for _, section in group for note in blocks_of(section.blocks) if isinstance(note, Notes))
    linked = head.key in links.linked
    bold = [head.status is not None and place == 0 for place in range(len(head.meta))]
    widths = [text_width(theme.body, text, BODY_PT[0], strong) for text, strong in zip(head.meta, bold, strict=True)]
    meta_width = _SHAPE * any(bold) + sum(widths) + _BETWEEN * (len(head.meta) - 1)
    name_width = text_width(theme.heading, head.heading, NAME_PT, bold=True)
    return PartView(
        id=name,
        head=head,
        sections=tuple(group[1:]),
        linked=linked,
        running=shortened(head.heading, _RUNNING_WIDTH, theme),
        step=0,
        notes=frozenset(note for block in notes for note, _ in block.items),
        stacked=bool(head.meta) and name_width + _APART + meta_width > sheet.content,
        starts_page=number > 0 and (head.page_break or linked),
        back=tuple((text, target) for text, key in head.back if (target := links.target(key))),
    )


@dataclass(frozen=True, slots=True)
class BarColumns:
    """Widths in mm of a TargetBars table, 0 for a column that it does not have. Without any value: no bar either."""

    label: float
    bar: float
    value: float
    target: float
    previous: float
    state: float

    @property
    def drawn(self) -> list[float]:
        """Widths of the columns that there are, from left to right."""
        return [each for each in (self.label, self.bar, self.value, self.target, self.previous, self.state) if each]


def bar_columns(block: TargetBars, width: float, theme: Theme, step: int = 0) -> BarColumns:
    """Figures and states get what they need; then the workflows' names, as far as a bar of use is left beside them."""
    bars = [bar for group in block.groups for bar in group.bars]
    size = BODY_PT[step]

    def needs(heading: str, texts: list[tuple[str, bool]], swatch: float = 0.0) -> float:
        longest = max([text_width(theme.body, text, size, bold) for text, bold in texts] or [0.0])
        return max(longest, text_width(theme.body, heading, SMALL_PT, bold=True) + swatch) + _PADDING

    value = needs(block.headings[1], [(bar.value_text, True) for bar in bars if bar.value is not None])
    target = needs(block.headings[2], [(bar.target_text, False) for bar in bars], _SWATCH)
    before = needs(block.headings[3], [(bar.previous_text, False) for bar in bars], _SWATCH)
    before = before if block.headings[3] else 0.0
    state = needs("", [(bar.state_text, bar.status is Status.NOT_MET) for bar in bars]) + _STATE
    state = min(state, width * 0.3)
    rest = width - value - target - before - state
    if rest < _LEAST_REST:  # narrow: the state goes below the name, then the figure before is only drawn
        rest, state = rest + state, 0.0
    if rest < _LEAST_REST:
        rest, before = rest + before, 0.0
    if all(bar.value is None for bar in bars):  # nothing to draw: what was agreed, and why there is no figure
        return BarColumns(rest + value, 0.0, 0.0, target, before, state)
    names = needs(block.headings[0], [(bar.label, bar.status is Status.NOT_MET) for bar in bars])
    bar = min(max(rest - names, _LEAST_BAR), _MOST_BAR, rest * 0.45)
    return BarColumns(rest - bar, bar, value, target, before, state)


def bar_scale(block: TargetBars) -> float:
    """The value at the right end of every bar: 1, or more where a value or target lies above it."""
    values = [each for group in block.groups for bar in group.bars for each in (bar.value, bar.target, bar.previous)]
    return max([1.0, *[value for value in values if value is not None]])


def reading_is_long(reading: Reading, width: float, theme: Theme) -> bool:
    """Whether a reading needs the smaller size to stay on one line."""
    return text_width(theme.heading, reading.text, FIGURE_PT, bold=True) > width


def named(group: PeopleGroup) -> tuple[PersonMark, ...]:
    """Who is written out beside the marks: everyone in a small persona; in a large one who is not filled."""
    people = tuple(person for person in group.people if person.name)
    if len(group.people) <= _NAMED_PEOPLE:
        return people
    return tuple(person for person in people if person.mark is not Mark.FILLED)


def two_abreast(groups: Sequence[PeopleGroup], width: float) -> bool:
    """Whether personas stand better in two columns than one below the other: where that saves a fifth of the lines."""
    if width < _WIDE or len(groups) < 3:
        return False
    names = [len(named(group)) for group in groups]
    heads = [2.5 if len(named(group)) == len(group.people) else 4.0 for group in groups]
    below = sum(head + math.ceil(count / 3) for head, count in zip(heads, names, strict=True))
    beside = [head + count for head, count in zip(heads, names, strict=True)]
    return min(max(sum(beside[:cut]), sum(beside[cut:])) for cut in range(1, len(beside))) < 0.8 * below


def fives(items: Sequence[object]) -> list[list[object]]:
    """In groups of five, so that the eye can count."""
    return [[item for _, item in group] for _, group in groupby(enumerate(items), lambda pair: pair[0] // 5)]


def placed(personas: Sequence[Sequence[Mark]]) -> list[tuple[float, int, Mark]]:
    """Marks in one row: (left edge, number of the persona, mark). A mark is 10 wide; a small gap after each fifth and a
    larger one between personas."""
    row: list[tuple[float, int, Mark]] = []
    x = 0.0
    for number, persona in enumerate(persona for persona in personas if persona):
        x += 6.0 if number else 0.0
        for index, mark in enumerate(persona):
            x += 5.0 if index and index % 5 == 0 else 0.0
            row.append((x, number, mark))
            x += 13.0
    return row


def contents_pages(contents: Contents) -> list[tuple[tuple[ContentsEntry, ...], tuple[ContentsEntry, ...]]]:
    """The contents in pages of two columns, read one column after the other; a heading keeps its first line."""
    pages = []
    for first in range(0, len(contents.entries), 2 * _MOST_LINES):
        page = contents.entries[first : first + 2 * _MOST_LINES]
        cut = (len(page) + 1) // 2
        cut -= 1 < cut < len(page) and not page[cut - 1].link
        pages.append((page[:cut], page[cut:]))
    return pages


def figure_is_long(figure: KeyFigure, width: float, theme: Theme) -> bool:
    """Whether a key figure is a phrase that needs the smaller size to stay on one line."""
    return text_width(theme.heading, figure.figure, FIGURE_PT, bold=True) > width


def shortened(text: str, width: float, theme: Theme) -> str:
    """A label cut to `width` mm, with an ellipsis where something is missing."""
    if text_width(theme.body, text, SMALL_PT) <= width:
        return text
    while text and text_width(theme.body, text + "…", SMALL_PT) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def breakable(name: str) -> str:
    """A name whose very long words may break, with a hyphen: else they would leave their mark alone on a line."""
    return " ".join(
        _MAY_BREAK.sub("\\g<0>\u00ad", word) if len(word) > _LONG_WORD else word for word in name.split(" ")
    )


def kept_end(text: str) -> str:
    """A paragraph whose last two words stay on one line, so that it does not end on a line of one word."""
    head, _, last = text.rstrip().rpartition(" ")
    before = head.rpartition(" ")[2]
    return f"{head}\u00a0{last}" if before != head and len(before) + len(last) <= _LONGEST_END else text
