"""A slide on a template that is not ours: its placeholders keep their place and look, our sizes give way to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qbrgen.document import Block, Bullets, Document, Role, Slide, Text
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.frame import Frame
from qbrgen.render.pptx.grid import SMALL, Box
from qbrgen.render.pptx.slots import Held, Layout, Slot
from qbrgen.render.pptx.text import Ink, Para, clean, para

_GAP = 8.0  # between the body and a line above or below it in the same frame
_UNDER_TITLE = 10.0  # a title that outgrows its frame keeps so far from the body
_TITLE_LINES = {Role.TITLE: 4, Role.STATEMENT: 5, Role.CONTENT: 2, Role.APPENDIX: 2}
_MOST_FIT = 0.75  # of a deck's titles: what its usual size fits
_OPENING = (  # sizes against the subtitle's own: of who presents, and of the two small lines
    ("subtitle", 1.0),
    ("presenters", 0.72),
    ("small", 0.5),
)
_LETTER = 0.5  # of its size: a usual letter's width


def settled(slides: Sequence[Slide], layouts: Mapping[Role, Layout], ink: Ink) -> dict[Role, Layout]:
    """The same layouts, whose titles begin at the size that fits most titles of this deck: a size that changes from
    slide to slide is noise. Layouts of our own stay as they are."""
    found = dict(layouts)
    roles = (Role.STATEMENT, Role.CONTENT, Role.APPENDIX)
    for layout in {id(layouts[role]): layouts[role] for role in roles if layouts[role].foreign}.values():
        mine = [role for role in roles if layouts[role] is layout]
        slot = layout.slots["title"]
        sizes = sorted(title_of(slide.title, slide.role, slot, ink)[0] for slide in slides if slide.role in mine)
        if not sizes or slot.held is None:
            continue
        usual = sizes[int(len(sizes) * (1 - _MOST_FIT))]
        steps = tuple(size for size in slot.held.steps if size <= usual) or slot.held.steps[-1:]
        calm = replace(slot, held=replace(slot.held, steps=steps))
        changed = replace(layout, slots={**layout.slots, "title": calm})
        found |= dict.fromkeys(mine, changed)
    return found


def title_of(text: str, role: Role, slot: Slot, ink: Ink) -> tuple[float, tuple[Para, ...], float]:
    """(size, paragraphs, height of the text): the largest of the slot's sizes in which a title keeps to its frame."""
    held = slot.held
    assert held is not None
    inner, own = slot.inner, _own(held, ink)
    for size in held.steps:
        lines, height = _measured(text, size, held, inner.w, own)
        if height <= inner.h + 0.5 and lines <= _TITLE_LINES[role]:
            break
    return size, (para(text, size, bold=held.bold, heading=True, spacing=held.spacing),), height


def _own(held: Held, ink: Ink) -> Ink:
    """The ink with the placeholder's own typeface for headings."""
    return ink.with_heading(held.font)


def _shown(text: str, held: Held, size: float) -> Para:
    """A text as it is measured: in capitals where the placeholder sets those."""
    shown = clean(text).upper() if held.caps else text
    return para(shown, size, bold=held.bold, heading=True, spacing=held.spacing)


def _room(held: Held, width: float, size: float) -> float:
    """The width that letters have: less what the placeholder puts between them."""
    return width / (1 + max(0.0, held.tracking) / (_LETTER * size))


def _measured(text: str, size: float, held: Held, width: float, ink: Ink) -> tuple[int, float]:
    """(lines, height)."""
    shown, room = _shown(text, held, size), _room(held, width, size)
    return len(ink.lines(shown, room)), ink.height([shown], room)


def frame_of(slide: Slide, title: str, document: Document, layout: Layout, ink: Ink) -> Frame:
    """The template's own frames. A title too long even in the smallest size moves the body down; lines that have no
    placeholder stand at the body's head and foot."""
    slot, foreign = layout.slots["title"], layout.foreign
    assert slot.held is not None
    assert foreign is not None
    _, paras, height = title_of(title, slide.role, slot, ink)
    at = slot.box
    if height > slot.inner.h + 0.5:
        at = at._replace(h=height + slot.held.insets[1] + slot.held.insets[3])
        if slide.role is Role.TITLE:  # it stands on its foot
            at = at._replace(y=max(0.0, slot.box.bottom - at.h))
    if slide.role is Role.TITLE:
        return Frame(0.0, at, paras, foreign.frame)
    x, y, w, h = foreign.frame
    if at != slot.box and at.bottom + _UNDER_TITLE > y:
        y, h = at.bottom + _UNDER_TITLE, foreign.frame.bottom - at.bottom - _UNDER_TITLE
    body, draft, footnote = Box(x, y, w, h), None, None
    if document.draft_text.strip() and "draft" not in layout.slots:
        draft = body.top(ink.height([draft_line(document.draft_text)], w) + 1)
        body = Box(x, draft.bottom + _GAP, w, body.bottom - draft.bottom - _GAP)
    if slide.footnote.strip() and "footnote" not in layout.slots:
        high = ink.height([foot_line(slide.footnote)], w) + 1
        footnote = Box(x, body.bottom - high, w, high)
        body = body.top(body.h - high - _GAP)
    return Frame(0.0, at, paras, body, draft, footnote)


def draft_line(text: str) -> Para:
    """What each page says of a draft."""
    return para(text, SMALL, bold=True, colour="behind", spacing=1.0)


def foot_line(text: str) -> Para:
    """What the figures of a page are counted from."""
    return para(text, SMALL, colour="muted", spacing=1.0)


def draw_title(canvas: Canvas, title: str, role: Role, frame: Frame, slot: Slot, ink: Ink) -> None:
    """The title in its placeholder, in lines of even length."""
    held = slot.held
    assert held is not None
    size, paragraphs, _ = title_of(title, role, slot, ink)
    box = None if frame.title == slot.box else frame.title
    canvas.held("title", slot.ph, paragraphs, box=box, insets=_evened(title, size, slot, ink), fill=held.fill)


def _evened(text: str, size: float, slot: Slot, ink: Ink) -> tuple[float, float] | None:
    """Insets that break a text evenly: on the side, or the sides, that its alignment leaves free."""
    held = slot.held
    assert held is not None
    width, own = slot.inner.w, _own(held, ink)
    room = _room(held, width, size)
    spare = (room - own.balanced(_shown(text, held, size), room)) * width / room
    left, _, right, _ = held.insets
    if spare < 1:
        return None
    if held.align == "ctr":
        return left + spare / 2, right + spare / 2
    return (left + spare, right) if held.align == "r" else (left, right + spare)


def draw_opening(canvas: Canvas, slide: Slide, document: Document, layout: Layout, ink: Ink) -> None:
    """The title slide: what stands under its title, in its subtitle and, where it has one, a further placeholder."""
    slots = layout.slots
    texts = _opening_texts(slide.blocks)
    subtitle = [("subtitle", texts[0])] if texts else []
    others = [("presenters", text) for text in texts[1:]]
    small = [("small", text) for text in (slide.footnote, document.draft_text) if text.strip()]
    if "subtitle" in slots and "body" in slots and others:
        _draw_lines(canvas, "subtitle", [*subtitle, *small], slots["subtitle"], ink)
        _draw_lines(canvas, "presenters", others, slots["body"], ink)
        return
    lines = [*subtitle, *others, *small]
    slot = slots.get("subtitle") or slots.get("body")
    if slot is not None:
        _draw_lines(canvas, "subtitle", lines, slot, ink)
    elif lines:
        assert layout.foreign is not None
        at = layout.foreign.frame
        paras = [para(text, 16 if kind != "small" else SMALL, before=4.0) for kind, text in lines]
        canvas.text("subtitle", at.top(ink.height(paras, at.w) + 1), paras)


def _opening_texts(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Text):
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += [block.heading, *block.items]
    return [clean(text) for text in found if text.strip()]


def _draw_lines(canvas: Canvas, part: str, lines: Sequence[tuple[str, str]], slot: Slot, ink: Ink) -> None:
    """Lines in one placeholder, each kind in its share of the size at which all fit."""
    held = slot.held
    if not lines or held is None:
        return
    shares, first = dict(_OPENING), dict(_OPENING)[lines[0][0]]
    own, inner = _own(held, ink), slot.inner
    for size in held.steps:
        sizes = [max(SMALL, round(size * min(1.0, shares[kind] / first))) for kind, _ in lines]
        height = sum(_measured(text, each, held, inner.w, own)[1] for (_, text), each in zip(lines, sizes, strict=True))
        if height + 0.25 * sum(sizes[1:]) <= inner.h:
            break
    paras = [para(text, each) for (_, text), each in zip(lines, sizes, strict=True)]
    insets = _evened(lines[0][1], sizes[0], slot, ink) if len(lines) == 1 else None
    canvas.held(part, slot.ph, paras, insets=insets, fill=held.fill)


def draw_foot(canvas: Canvas, part: str, text: str, slot: Slot, ink: Ink) -> None:
    """Footer and the like, in the size in which they keep to their frame."""
    held = slot.held
    assert held is not None
    if not text.strip():
        return
    own, inner = _own(held, ink), slot.inner
    for size in held.steps:
        if _measured(text, size, held, inner.w, own)[1] <= inner.h + 0.5:
            break
    canvas.held(part, slot.ph, [para(text, size)], box=slot.box if held.moved else None, fill=held.fill)
