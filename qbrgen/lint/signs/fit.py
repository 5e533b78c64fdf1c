"""Sign 11: text that overflows its frame, things that overlap, leave the slide or break its margins, lonely words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from qbrgen.lint.finding import SignFound
from qbrgen.lint.measure import height, lines, room, row_heights, text_box
from qbrgen.lint.model import FOOTERS, DeckRead, Paragraph, Shape, SlideRead
from qbrgen.render.pptx.grid import Box

_SLACK = 2.0  # points that measuring may be off by
_RUNNING = 0.3  # of the slide: the least width of a frame for running text
_CJK = 0x2E7F  # from here on words are not told by spaces
_TOUCH = 1.5  # points that neighbours may share


def overflow(deck: DeckRead) -> Iterator[SignFound]:
    """Text that needs more height than its frame has, or a word that is wider than its frame."""
    for slide in deck.slides:
        for shape in slide.own:
            body = shape.body
            if body is None or not body.text or body.turned or body.fit == "grow":
                continue
            wide = room(body, shape.box.w)
            needed = height(body.paragraphs, wide) * body.scale
            has = shape.box.h - (body.insets[1] + body.insets[3] if body.wraps else 0.0)
            if needed > max(has, 0.0) * 1.02 + _SLACK:
                what = f"Its text needs {needed:.0f} pt of height in a frame of {has:.0f} pt."
                yield SignFound("overflow", slide.number, shape.name, what, "Cut the text or enlarge the frame.")


def placement(deck: DeckRead) -> Iterator[SignFound]:
    """Off the slide, outside the margins that the layouts keep, or over something else that holds content."""
    for slide in deck.slides:
        placed = [(shape, extent(shape)) for shape in _holding(slide)]
        for shape, box in placed:
            yield from _outside(deck, slide, shape, box)
        for (one, first), (other, second) in combinations(placed, 2):
            if _overlap(first, second) and not (_stands_on(one, other, second) or _stands_on(other, one, first)):
                what = f"It overlaps {other.name}."
                yield SignFound("overlap", slide.number, one.name, what, "Move them apart.")


def _holding(slide: SlideRead) -> list[Shape]:
    """Shapes with content, groups as one."""
    kinds = ("table", "chart", "picture", "group")
    return [s for s in slide.top if not s.decorative and (s.kind in kinds or s.text) and not (s.body and s.body.turned)]


def extent(shape: Shape) -> Box:
    """Where the content of a shape stands: its text, a table's rows as high as they need to be, else its frame."""
    if shape.kind == "table":
        return replace_height(shape.box, sum(row_heights(shape)))
    return text_box(shape) if shape.text else shape.box


def replace_height(box: Box, high: float) -> Box:
    """The same box, of another height."""
    return box._replace(h=high)


def _outside(deck: DeckRead, slide: SlideRead, shape: Shape, box: Box) -> Iterator[SignFound]:
    frame = shape.box if shape.kind in ("chart", "picture", "group") else box
    past = max(-frame.x, -frame.y, frame.right - deck.width, frame.bottom - deck.height)
    if past > _SLACK:
        what = f"It stands {past:.0f} pt off the slide."
        yield SignFound("off-slide", slide.number, shape.name, what, "Move it onto the slide.")
        return
    if shape.kind == "picture" or shape.placeholder in FOOTERS:
        return
    keep = slide.margins
    past = max(keep.x - frame.x, keep.y - frame.y, frame.right - keep.right, frame.bottom - keep.bottom)
    if past > _SLACK:
        what = f"It stands {past:.0f} pt into the margin that the layouts keep."
        yield SignFound("margin", slide.number, shape.name, what, "Move it within the margins.")


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > _TOUCH and down > _TOUCH


def _stands_on(below: Shape, above: Shape, box: Box) -> bool:
    """Text on a picture, or a label within a chart's or a group's frame: meant to be there."""
    frame = below.box
    inside = (
        box.x >= frame.x - 1
        and box.y >= frame.y - 1
        and box.right <= frame.right + 1
        and box.bottom <= frame.bottom + 1
    )
    return inside and below.kind in ("picture", "chart", "group") and above.kind == "text"


def lonely_words(deck: DeckRead) -> Iterator[SignFound]:
    """A title, or a paragraph in a frame as wide as running text, whose last line is one word.

    Labels in narrow columns and the cells of tables are no running text.
    """
    for slide in deck.slides:
        for shape in slide.own:
            body = shape.body
            if body is None or body.turned or not body.wraps or shape.placeholder in FOOTERS:
                continue
            if not shape.is_title and shape.box.w < _RUNNING * deck.width:
                continue
            lone = next((word for one in body.paragraphs if (word := _lonely(one, room(body, shape.box.w)))), "")
            if lone:
                what = f"The last line is one word, “{lone}”."
                fix = "Reword it, or give the lines another width."
                yield SignFound("lonely-word", slide.number, shape.name, what, fix)


def _lonely(paragraph: Paragraph, wide: float) -> str:
    found = lines(replace(paragraph, lines=paragraph.lines[-1:]), wide, anywhere=True)
    last, width = found[-1]
    single = len(last.split()) == 1 and not any(ord(character) > _CJK for character in last)
    return last if len(found) > 1 and single and width < wide / 2 else ""
