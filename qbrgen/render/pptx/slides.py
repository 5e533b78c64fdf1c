"""One slide of the document, drawn on as many pages as it needs: title, kicker and footers in placeholders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from qbrgen.document import Block, Bullets, Document, Role, Slide, Text
from qbrgen.render.pptx import foreign_slides
from qbrgen.render.pptx.canvas import Canvas, ChartStore
from qbrgen.render.pptx.frame import Frame
from qbrgen.render.pptx.grid import TITLE_STEPS, Box
from qbrgen.render.pptx.pages import draw_page, stacked
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.plan import Known, fitted, once, paragraphs_of
from qbrgen.render.pptx.slots import Layout, Slot
from qbrgen.render.pptx.text import Ink, Para, clean, para

_SIZES = {
    Role.TITLE: (48.0, 40.0, 32.0, 28.0, 24.0, 20.0),
    Role.STATEMENT: (32.0, 28.0, 24.0, 20.0),
    Role.CONTENT: TITLE_STEPS,
    Role.APPENDIX: (24.0, 20.0, 18.0),
}
_TITLE_SPACING = 0.95
_UNDER_TITLE = 22.0
_FIELD = (
    '<a:p><a:fld id="{{6E2A1C54-7D0B-4E39-9C55-0B1D1B6D7A11}}" type="slidenum">'
    '<a:rPr lang="{language}"/><a:t>{number}</a:t></a:fld></a:p>'
)


@dataclass(frozen=True)
class Page:
    """One slide of the file: the document's slide that it shows (a part of), and its blocks, measured."""

    slide: Slide
    layout: Layout
    frame: Frame
    pieces: tuple[Piece, ...]
    title: str


def pages_of(slide: Slide, document: Document, layouts: Mapping[Role, Layout], ink: Ink) -> list[Page]:
    """The pages of a slide. A title that stands on several is made unique later, so room for "(2/3)" is kept."""
    layout = layouts[slide.role]
    if slide.role is Role.TITLE:
        texts = tuple(block for block in slide.blocks if isinstance(block, Text | Bullets))
        rest = tuple(block for block in slide.blocks if not isinstance(block, Text | Bullets))
        opening = Page(
            replace(slide, blocks=texts), layout, _frame(slide, slide.title, document, layout, ink), (), slide.title
        )
        more = replace(slide, role=Role.CONTENT, blocks=rest, notes=())
        return [opening, *(pages_of(more, document, layouts, ink) if rest else [])]
    if layout.foreign:
        slide = _parted(slide, document, layout, ink)
    for title, largest, tight in _tries(slide, layout):
        frame, setting = _frame(slide, title, document, layout, ink, largest), Setting(ink, tight=tight)
        if layout.foreign:
            pages, body = fitted(_blocks(slide), frame.body.w, frame.body.h, setting), frame.body
        else:
            pages, body = _fit(_blocks(slide), frame, setting)
        if len(pages) <= 1 and all(stacked(page) <= body.h for page in pages):
            break
    if body.y < frame.title.bottom + 2 and not layout.foreign:  # a short title leaves the foot of its frame to the body
        frame = replace(frame, title=frame.title.top(_title_height(frame, ink) + 1))
    more, frame = (
        replace(slide, notes=()),
        replace(frame, body=body),
    )  # what is said of it is said once, at its first page
    return [
        Page(more if at else slide, layout, frame, tuple(pieces), slide.title)
        for at, pieces in enumerate(pages or [[]])
    ]


def _parted(slide: Slide, document: Document, layout: Layout, ink: Ink) -> Slide:
    """A statement as a foreign template's title can hold it; what stands below is small where that saves a slide."""
    parted = foreign_slides.parted(slide, layout, ink)
    if parted is slide:
        return slide
    body = _frame(parted, parted.title, document, layout, ink).body
    first, *others = parted.blocks
    small = replace(parted, blocks=(replace(first, style="small"), *others)) if isinstance(first, Text) else parted
    for tight, one in product((False, True), (parted, small)):
        if len(fitted(_blocks(one), body.w, body.h, Setting(ink, tight=tight))) <= 1:
            return one
    return parted


def _tries(slide: Slide, layout: Layout) -> list[tuple[str, float, bool]]:
    """Titles with the largest size of each, and whether what stands below may be tight, in the order in which they are
    tried until the slide stands on one page.

    A long sentence gives way to the figures under it; any other title keeps its size, for slides are to look alike.
    """
    largest = _SIZES[slide.role][0]
    sizes = _SIZES[slide.role] if slide.role is Role.STATEMENT and not layout.foreign else (largest,)
    tries = [(slide.title, size, tight) for tight in (False, True) for size in sizes]
    return [*tries, (f"{slide.title} (88/88)", sizes[-1], True)]


def _title_height(frame: Frame, ink: Ink) -> float:
    return ink.height(frame.title_paras, frame.title.w)


def _blocks(slide: Slide) -> tuple[Block, ...]:
    """A statement's sentence stands in its title: the same sentence again as its first text is left out."""
    return tuple(block for block in slide.blocks if not (isinstance(block, Text) and block.text == slide.title))


def _fit(blocks: Sequence[Block], frame: Frame, setting: Setting) -> tuple[list[list[Piece]], Box]:
    """Blocks below where bodies usually begin; when they are too high for that, from just below the title."""
    usual = frame.body
    top = min(usual.y, frame.title.y + _title_height(frame, setting.ink) + _UNDER_TITLE)
    higher = Box(usual.x, top, usual.w, usual.bottom - top)
    known: Known = {}
    pages = fitted(blocks, usual.w, usual.h, setting, known)
    if len(pages) <= 1 and _largest(pages, blocks, usual, setting, known):
        return pages, usual
    pages = fitted(blocks, higher.w, higher.h, setting, known)
    if len(pages) == 1:  # most of what is to spare goes under the title, the rest to the blocks
        down = min(max(0.0, usual.y - top), 0.75 * max(0.0, higher.h - stacked(pages[0])))
        higher = Box(higher.x, top + down, higher.w, higher.h - down)
    return pages, higher


def _largest(pages: list[list[Piece]], blocks: Sequence[Block], body: Box, setting: Setting, known: Known) -> bool:
    """Whether all stands in the largest step of the scale."""
    return not pages or stacked(once(blocks, body.w, setting, known)) <= body.h


def _frame(
    slide: Slide, title: str, document: Document, layout: Layout, ink: Ink, largest: float = _SIZES[Role.TITLE][0]
) -> Frame:
    """largest: the size that the title has at most."""
    if layout.foreign:
        return foreign_slides.frame_of(slide, title, document, layout, ink)
    slots = layout.slots
    down = 0.0
    for name, text in (("kicker", slide.kicker), ("draft", document.draft_text)):
        beside = name in slots and not _in_one_column(slots[name].box, slots["title"].box)
        if name in slots and text and slide.role is not Role.TITLE and not beside:
            needed = ink.height([_small(text, slots[name], bold=True)], slots[name].box.w)
            down = max(down, needed - slots[name].box.h)
    size, paras = _title(title, slide.role, slots["title"], ink, largest)
    box = slots["title"].box
    needed = ink.height(paras, box.w)
    if slide.role is Role.TITLE:  # it stands on its foot
        at = Box(box.x, box.bottom - max(box.h, needed), box.w, max(box.h, needed))
        return Frame(0.0, at, paras, Box(0, 0, 0, 0))
    at = Box(box.x, box.y + down, box.w, max(box.h, needed))
    body = slots["body"].box
    top = at.bottom + _UNDER_TITLE if needed > box.h or down else body.y
    if slide.role is not Role.STATEMENT:  # a short title draws the body up a little
        top = min(top, max(at.y + needed + 1.6 * _UNDER_TITLE, at.y + 2.4 * size))
    bottom = body.bottom
    footer = _footer(document, slots["footer"], ink) if "footer" in slots else ""
    for name, text in (("footnote", slide.footnote), ("footer", footer)):
        if name in slots and text and _in_one_column(slots[name].box, body):
            high = ink.height([_small(text, slots[name])], slots[name].box.w)
            bottom = min(bottom, slots[name].box.bottom - high - 10.0)
    footnote = None
    if not _fits_beside(slide, slots, body, ink):
        high = ink.height([foreign_slides.foot_line(slide.footnote)], body.w) + 1
        footnote = Box(body.x, bottom - high, body.w, high)
        bottom = footnote.y - 10.0
    return Frame(down, at, paras, Box(body.x, top, body.w, bottom - top), footnote=footnote)


def _fits_beside(slide: Slide, slots: Mapping[str, Slot], body: Box, ink: Ink) -> bool:
    """Whether a footnote that stands beside the body ends below the kicker that stands above it."""
    slot, kicker = slots.get("footnote"), slots.get("kicker")
    if slot is None or not slide.footnote.strip() or _in_one_column(slot.box, body):
        return True
    top = kicker.box.y + _high(slide.kicker, kicker, ink) if kicker and slide.kicker.strip() else slot.box.y
    return slot.box.bottom - ink.height([_small(slide.footnote, slot)], slot.box.w) >= top + 10.0


def _high(text: str, slot: Slot, ink: Ink) -> float:
    return max(slot.box.h, ink.height([_small(text, slot, bold=True)], slot.box.w))


def _in_one_column(one: Box, other: Box) -> bool:
    """Whether two boxes stand one above the other, so that one that grows would run into the other."""
    return one.x < other.right and other.x < one.right


def _small(text: str, slot: Slot, *, bold: bool = False) -> Para:
    return para(text, slot.size or 12.0, bold=bold, spacing=1.0)


def _title(
    text: str, role: Role, slot: Slot, ink: Ink, largest: float = _SIZES[Role.TITLE][0]
) -> tuple[float, tuple[Para, ...]]:
    """The largest size, up to `largest`, in which a title keeps to its frame; the smallest where none does."""
    steps = [size for size in _SIZES[role] if size <= largest]
    found: tuple[Para, ...] = ()
    for size in steps:
        found = (para(text, size, bold=True, heading=True, spacing=_TITLE_SPACING),)
        most = 2 if role in (Role.CONTENT, Role.APPENDIX) else 5
        if ink.height(found, slot.box.w) <= slot.box.h + 0.5 and len(ink.lines(found[0], slot.box.w)) <= most:
            return size, found
    return steps[-1], found


def draw(page: Page, document: Document, number: int, ink: Ink, store: ChartStore) -> str:
    """The XML of everything on a page, in reading order: kicker and draft, title, body, footnote, footer, number."""
    if page.layout.foreign:
        return _draw_foreign(page, document, number, ink, store)
    slots = page.layout.slots
    body = slots.get("body")
    canvas = Canvas(page.slide.key, ink, store, body.ph if body and page.slide.role is not Role.TITLE else "")
    above = [
        (part, text) for part, text in (("kicker", page.slide.kicker), ("draft", document.draft_text)) if part in slots
    ]
    for part, text in sorted(above, key=lambda one: (slots[one[0]].box.y, slots[one[0]].box.x)):
        _line(canvas, part, text, slots[part], ink)
    _draw_title(canvas, page, ink)
    if page.slide.role is Role.TITLE:
        _draw_opening(canvas, page.slide, slots, ink)
    else:
        draw_page(canvas, page.pieces, page.frame.body)
    if page.frame.footnote:
        canvas.text("footnote", page.frame.footnote, [foreign_slides.foot_line(page.slide.footnote)])
    else:
        _foot(canvas, "footnote", page.slide.footnote, slots.get("footnote"), ink)
    if "footer" in slots:
        _foot(canvas, "footer", _footer(document, slots["footer"], ink), slots["footer"], ink)
    if "number" in slots:
        field = _FIELD.format(language=ink.language, number=number)
        canvas.placeholder("number", slots["number"].ph, (), field=field)
    return canvas.xml


def _draw_foreign(page: Page, document: Document, number: int, ink: Ink, store: ChartStore) -> str:
    slots, slide, frame = page.layout.slots, page.slide, page.frame
    body = slots.get("body")
    opening = slide.role is Role.TITLE
    canvas = Canvas(slide.key, ink, store, body.ph if body and not opening else "", foreign=True)
    foreign_slides.draw_title(canvas, page.title, slide.role, frame, slots["title"], ink)
    if opening:
        foreign_slides.draw_opening(canvas, slide, document, page.layout, frame, ink)
        return canvas.xml
    if frame.draft:
        canvas.text("draft", frame.draft, [foreign_slides.draft_line(document.draft_text)])
    draw_page(canvas, page.pieces, frame.body)
    for part, text in (("kicker", slide.kicker), ("footnote", slide.footnote), ("draft", document.draft_text)):
        if part in slots:
            foreign_slides.draw_foot(canvas, part, (text,), slots[part], ink)
    if frame.footnote:
        canvas.text("footnote", frame.footnote, [foreign_slides.foot_line(slide.footnote)])
    if "footer" in slots:
        texts = (document.footer, *document.shorter_footers)
        foreign_slides.draw_foot(canvas, "footer", texts, slots["footer"], ink)
    if "number" in slots:
        held = slots["number"].held
        assert held is not None
        field = _FIELD.format(language=ink.language, number=number)
        if held.fill:
            field = field.replace("/><a:t>", f">{held.fill}</a:rPr><a:t>")
        canvas.held("number", slots["number"].ph, (), box=slots["number"].box if held.moved else None, field=field)
    return canvas.xml


def _line(canvas: Canvas, part: str, text: str, slot: Slot | None, ink: Ink) -> None:
    """Kicker and draft: one line of the layout, as many as they need where that is not enough."""
    if not slot or not text.strip():
        return
    paragraph = _small(text, slot, bold=True)
    needed = _high(text, slot, ink)
    box = slot.box._replace(h=needed) if needed > slot.box.h + 0.5 else None
    inset = slot.box.w - ink.balanced(paragraph, slot.box.w) if part == "kicker" else 0.0
    canvas.placeholder(part, slot.ph, [paragraph], box=box, right_inset=inset)


def _footer(document: Document, slot: Slot, ink: Ink) -> str:
    """What the footer says in its frame: a shorter form of it where that has no room for all; the shortest there is
    where not even that fits."""
    texts = (document.footer, *document.shorter_footers)
    return next((text for text in texts if ink.height([_small(text, slot)], slot.box.w) <= slot.box.h + 0.5), texts[-1])


def _foot(canvas: Canvas, part: str, text: str, slot: Slot | None, ink: Ink) -> None:
    """Footnote and footer: they stand on their foot and grow upwards."""
    if not slot or not text.strip():
        return
    paragraph = _small(text, slot)
    needed = ink.height([paragraph], slot.box.w)
    box = None
    if needed > slot.box.h + 0.5:
        box = Box(slot.box.x, slot.box.bottom - needed - 1, slot.box.w, needed + 1)
    spare = slot.box.w - ink.balanced(paragraph, slot.box.w)
    left, right = (spare, 0.0) if part == "footer" else (0.0, spare)  # a footer ends at the right
    canvas.placeholder(part, slot.ph, [paragraph], box=box, left_inset=left, right_inset=right)


def _draw_title(canvas: Canvas, page: Page, ink: Ink) -> None:
    slot = page.layout.slots["title"]
    # No larger than its frame was measured for, which kept room for "(2/3)" where it stands on several slides.
    size = min(page.frame.title_paras[0].runs[0].size, _title(page.title, page.slide.role, slot, ink)[0])
    paragraphs = (para(page.title, size, bold=True, heading=True, spacing=_TITLE_SPACING),)
    box = page.frame.title
    canvas.placeholder(
        "title", slot.ph, paragraphs, box=None if box == slot.box else box, sized=size != slot.size,
        right_inset=slot.box.w - ink.balanced(paragraphs[0], slot.box.w),
    )  # fmt: skip


def _draw_opening(canvas: Canvas, slide: Slide, slots: Mapping[str, Slot], ink: Ink) -> None:
    """The title slide: its first text is the subtitle, the others say who presents."""
    texts = [
        block
        for block in slide.blocks
        if isinstance(block, Bullets) or (isinstance(block, Text) and block.text.strip())
    ]
    subtitle, body = slots.get("subtitle"), slots.get("body")
    if subtitle and texts and isinstance(texts[0], Text):
        _shrunk(canvas, "subtitle", [clean(texts[0].text)], subtitle, (24.0, 20.0, 18.0, 16.0, 14.0), ink)
        texts = texts[1:]
    lines = [line.text for block in texts for line in paragraphs_of(block, Setting(ink))]
    if body and lines:
        _shrunk(canvas, "presenters", lines, body, (16.0, 14.0, 12.0), ink)


def _shrunk(canvas: Canvas, part: str, lines: list[str], slot: Slot, sizes: tuple[float, ...], ink: Ink) -> None:
    for size in sizes:
        paragraphs = [para(line, size, spacing=1.0, before=4.0) for line in lines]
        if ink.height(paragraphs, slot.box.w) <= slot.box.h:
            break
    wide = min(ink.balanced(paragraph, slot.box.w) for paragraph in paragraphs)
    longer = any(len(ink.lines(each, wide)) > len(ink.lines(each, slot.box.w)) for each in paragraphs)
    inset = 0.0 if longer else slot.box.w - wide
    canvas.placeholder(part, slot.ph, paragraphs, sized=size != slot.size, right_inset=inset)
