"""A slide on a template that is not ours: its placeholders keep their place and look, our sizes give way to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from qbrgen.document import Bullets, Document, Role, Slide, Text
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.frame import Frame
from qbrgen.render.pptx.grid import SMALL, Box
from qbrgen.render.pptx.slots import Held, Layout, Slot
from qbrgen.render.pptx.text import Ink, Para, clean, para

_GAP = 10.0  # between the body and a line above or below it in the same frame
_UNDER_TITLE = 10.0  # a title that outgrows its frame keeps so far from the body
_TITLE_LINES = {Role.TITLE: 4, Role.STATEMENT: 5, Role.CONTENT: 2, Role.APPENDIX: 2}
_MOST_FIT = 0.75  # of a deck's titles: what its usual size fits
# Lines of a title slide against its subtitle's size: who presents, and what is counted.
_OPENING = {"subtitle": 1.0, "presenters": 0.72, "small": 0.5, "draft": 0.5}
_DROPPED = ("small", "presenters")  # what a title slide without room goes without, in this order
_SHORT, _FEW = 10, 5  # letters of a word that stands alone on no line; spaces of a title that takes two lines
_NAME = 0.55  # of its usual size: as small as a name becomes to stand on one line
_UNDER = 0.75  # of a name's size: as large as the lines under it are at most
_GROUP = 0.7  # of its size: what stands above the first line of another kind, where the frame has room
_SAFER = (0.92, 0.94, 0.96, 0.98)
_LETTER = 0.5  # of its size: a usual letter's width


def settled(document: Document, layouts: Mapping[Role, Layout], ink: Ink) -> dict[Role, Layout]:
    """The same layouts, whose titles begin at the size that fits most titles of this deck: a size that changes from
    slide to slide is noise. The opening's is one that leaves room for what stands below it. Layouts of our own stay as
    they are."""
    found, slides = dict(layouts), document.slides
    roles = (Role.STATEMENT, Role.CONTENT, Role.APPENDIX)
    for layout in {id(layouts[role]): layouts[role] for role in roles if layouts[role].foreign}.values():
        mine = [role for role in roles if layouts[role] is layout]
        slot = layout.slots["title"]
        sizes = sorted(title_of(slide.title, slide.role, slot, ink)[0] for slide in slides if slide.role in mine)
        if not sizes or slot.held is None:
            continue
        usual = sizes[int(len(sizes) * (1 - _MOST_FIT))]
        found |= dict.fromkeys(mine, _up_to(usual, layout))
    for slide in slides:
        if slide.role is Role.TITLE and found[Role.TITLE].foreign:
            found[Role.TITLE] = _leaving_room(slide, document, found[Role.TITLE], ink)
    return found


def _up_to(largest: float, layout: Layout, name: str = "title") -> Layout:
    """The same layout, whose title (or another slot) is set in no size above `largest`."""
    slot = layout.slots[name]
    assert slot.held is not None
    steps = tuple(size for size in slot.held.steps if size <= largest) or slot.held.steps[-1:]
    return replace(layout, slots={**layout.slots, name: replace(slot, held=replace(slot.held, steps=steps))})


def _leaving_room(slide: Slide, document: Document, layout: Layout, ink: Ink) -> Layout:
    """A title slide's layout, whose title is so large that the lines below it keep to their room: all of them, else
    without those that are needed least."""
    title, slot = layout.slots["title"], _subtitle(layout)
    below, _ = _opening(slide, document, layout)
    if title.held is None or slot is None or slot.held is None or not below:
        return layout
    largest = title_of(slide.title, slide.role, title, ink)[0]
    under = next(name for name, each in layout.slots.items() if each is slot)
    calm = _up_to(_UNDER * largest, layout, under)
    for lines in _ever_fewer(below):
        for size in (each for each in title.held.steps if _NAME * largest <= each <= largest):
            smaller = _up_to(_UNDER * size, _up_to(size, layout), under)
            deep, spare = _reach(slide.title, smaller, slot, ink)
            if _lines(lines, smaller.slots[under], deep + spare, ink, deep)[1] <= deep + spare:
                return smaller
    return calm


def title_of(text: str, role: Role, slot: Slot, ink: Ink) -> tuple[float, tuple[Para, ...], float]:
    """(size, paragraphs, height of the text): the largest of the slot's sizes in which a title keeps to its frame."""
    held = slot.held
    assert held is not None
    inner, own = slot.inner, _own(held, ink)
    for size in held.steps:
        lines, height = _measured(text, size, held, inner.w, own)
        if height <= inner.h + 0.5 and lines <= _TITLE_LINES[role]:
            break
    if role is Role.TITLE and lines > 1:  # a name on one line, where it need not be much smaller for that
        for smaller in (each for each in held.steps if _NAME * size <= each < size):
            if _measured(text, smaller, held, inner.w, own)[0] == 1:
                size, height = smaller, _measured(text, smaller, held, inner.w, own)[1]
                break
    return size, (para(_unbroken(text), size, bold=held.bold, heading=True, spacing=held.spacing),), height


def _own(held: Held, ink: Ink) -> Ink:
    """The ink with the placeholder's own typeface for headings."""
    return ink.with_heading(held.font)


def _shown(text: str, held: Held, size: float) -> Para:
    """A text as it is measured: in capitals where the placeholder sets those."""
    shown = _unbroken(clean(text).upper() if held.caps else text)
    return para(shown, size, bold=held.bold, heading=True, spacing=held.spacing)


def _unbroken(text: str) -> str:
    """No line ends in a bare number, and the last is no single short word, also where a typeface breaks elsewhere."""
    held = re.sub(r"(?<=\d) (?=\w)", "\u00a0", text)
    before, _, last = held.rpartition(" ")
    return f"{before}\u00a0{last}" if len(last) <= _SHORT and before.count(" ") > _FEW else held


def _room(held: Held, width: float, size: float) -> float:
    """The width that letters have: less what the placeholder puts between them."""
    return width / (1 + max(0.0, held.tracking) / (_LETTER * size))


def _measured(text: str, size: float, held: Held, width: float, ink: Ink) -> tuple[int, float]:
    """(lines, height)."""
    shown, room = _shown(text, held, size), _room(held, width, size)
    return len(ink.lines(shown, room)), ink.height([shown], room)


def parted(slide: Slide, layout: Layout, ink: Ink) -> Slide:
    """A statement that is too long for the template's title: its first parts are the title, the others stand below.

    A sentence has parts where it has semicolons.
    """
    slot = layout.slots["title"]
    parts = slide.title.split("; ")
    if slide.role is not Role.STATEMENT or len(parts) < 2:
        return slide
    for count in range(len(parts), 0, -1):
        title = "; ".join(parts[:count])
        if title_of(title, slide.role, slot, ink)[2] <= slot.inner.h + 0.5:
            break
    if count == len(parts):
        return slide
    rest = "; ".join(parts[count:])
    text = Text(rest[:1].upper() + rest[1:])
    others = tuple(block for block in slide.blocks if block != Text(slide.title))
    return replace(slide, title=title.rstrip(".") + ".", blocks=(text, *others))


def frame_of(slide: Slide, title: str, document: Document, layout: Layout, ink: Ink) -> Frame:
    """The template's own frames. A title too long even in the smallest size moves the body down; lines that have no
    placeholder stand at the body's head and foot."""
    slot, foreign = layout.slots["title"], layout.foreign
    assert slot.held is not None
    assert foreign is not None
    _, paras, height = title_of(title, slide.role, slot, ink)
    at = _title_box(slide.role, slot, height)
    if slide.role is Role.TITLE:
        at, body = _opening_frame(slide, title, document, layout, ink)
        return Frame(0.0, at, paras, body)
    x, y, w, h = foreign.frame
    if at != slot.box and at.bottom + _UNDER_TITLE > y:
        y, h = at.bottom + _UNDER_TITLE, foreign.frame.bottom - at.bottom - _UNDER_TITLE
    body, draft, footnote = Box(x, y, w, h), None, None
    if document.draft_text.strip() and "draft" not in layout.slots:
        draft = body.top(ink.height([draft_line(document.draft_text)], w) + 1)
        body = Box(x, draft.bottom + _GAP, w, body.bottom - draft.bottom - _GAP)
    if slide.footnote.strip() and "footnote" not in layout.slots:
        high = ink.height([foot_line(slide.footnote)], w) + 1
        footnote = Box(x, body.bottom - high, ink.balanced(foot_line(slide.footnote), w), high)
        body = body.top(body.h - high - _GAP)
    return Frame(0.0, at, paras, body, draft, footnote)


def _title_box(role: Role, slot: Slot, height: float) -> Box:
    """Where a title stands whose text is `height` points high: in its frame, or in one as high as it needs."""
    assert slot.held is not None
    if height <= slot.inner.h + 0.5:
        return slot.box
    high = height + slot.held.insets[1] + slot.held.insets[3]
    if role is Role.TITLE:  # it stands on its foot
        return slot.box._replace(y=max(0.0, slot.box.bottom - high), h=high)
    return slot.box._replace(h=high)


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
    room, shown = _room(held, width, size), _shown(text, held, size)
    even = own.balanced(shown, room)
    lines = [line for line, _ in own.lines(shown, even)]
    # Narrower, where that breaks alike: a reader's machine may set the typeface a little narrower than it is measured.
    safer = next(
        (even * share for share in _SAFER if [line for line, _ in own.lines(shown, even * share)] == lines), even
    )
    spare = (room - (safer if len(lines) > 1 else room)) * width / room
    left, _, right, _ = held.insets
    if spare < 1:
        return None
    if held.align == "ctr":
        return left + spare / 2, right + spare / 2
    return (left + spare, right) if held.align == "r" else (left, right + spare)


def draw_opening(canvas: Canvas, slide: Slide, document: Document, layout: Layout, frame: Frame, ink: Ink) -> None:
    """The title slide: what stands under its title, in its subtitle and, where it has one, a further placeholder."""
    below, beside = _opening(slide, document, layout)
    slot = _subtitle(layout)
    if slot is None or slot.held is None:
        if below:
            sizes = {"subtitle": 16.0, "presenters": 16.0}
            paras = [para(text, sizes.get(kind, SMALL), before=4.0) for kind, text in below]
            canvas.text("subtitle", frame.body.top(ink.height(paras, frame.body.w) + 1), paras)
        return
    if below:
        below = _kept(below, slot, frame.body.h, ink)
        paras, _ = _lines(below, slot, frame.body.h, ink)
        moved = _outer(frame.body, slot.held) if frame.body != slot.inner else None
        insets = _evened(below[0][1], paras[0].runs[0].size, slot, ink) if len(below) == 1 else None
        canvas.held("subtitle", slot.ph, paras, box=moved, insets=insets, fill=slot.held.fill)
    other = layout.slots.get("body")
    if beside and other is not None and other.held is not None:
        paras, _ = _lines(_kept(beside, other, other.inner.h, ink), other, other.inner.h, ink)
        canvas.held("presenters", other.ph, paras, fill=other.held.fill)


def _subtitle(layout: Layout) -> Slot | None:
    return layout.slots.get("subtitle") or layout.slots.get("body")


def _opening(slide: Slide, document: Document, layout: Layout) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(lines of the subtitle, lines of the other placeholder), each with its kind."""
    texts: list[str] = []
    for block in slide.blocks:
        if isinstance(block, Text):
            texts.append(block.text)
        elif isinstance(block, Bullets):
            texts += [block.heading, *block.items]
    said = [clean(text) for text in texts if text.strip()]
    first = [("subtitle", text) for text in said[:1]]
    others = [("presenters", text) for text in said[1:]]
    kinds = (("small", slide.footnote), ("draft", document.draft_text))
    small = [(kind, clean(text)) for kind, text in kinds if text.strip()]
    if "subtitle" in layout.slots and "body" in layout.slots:
        return [*first, *small], others
    return [*first, *others, *small], []


def _lines(
    lines: Sequence[tuple[str, str]], slot: Slot, height: float, ink: Ink, roomy: float | None = None
) -> tuple[list[Para], float]:
    """Lines as paragraphs, each kind in its share of the size at which all keep to `height`; and how high they are.

    Kinds stand a little apart as far as all keeps to `roomy` then, which is `height` where it is not given.
    """
    held = slot.held
    assert held is not None
    first = _OPENING[lines[0][0]]
    own, width = _own(held, ink), slot.inner.w
    for size in held.steps:
        sizes = [_on_scale(size * min(1.0, _OPENING[kind] / first), held) for kind, _ in lines]
        gaps = [0.0, *(round(0.3 * each) for each in sizes[1:])]
        tall = sum(_measured(text, each, held, width, own)[1] for (_, text), each in zip(lines, sizes, strict=True))
        tall += sum(gaps)
        if tall <= height:
            break
    begins = [at for at, (one, other) in enumerate(pairwise(lines), start=1) if _OPENING[one[0]] != _OPENING[other[0]]]
    spare = max(0.0, (height if roomy is None else roomy) - tall)
    for at in begins:
        apart = round(min(_GROUP * sizes[at], spare / len(begins)), 1)
        gaps[at], tall = gaps[at] + apart, tall + apart
    paras = [para(_unbroken(text), each, before=gap) for (_, text), each, gap in zip(lines, sizes, gaps, strict=True)]
    return paras, tall


def _on_scale(size: float, held: Held) -> float:
    """The nearest of the template's sizes that is no larger, and large enough to be read."""
    return max([each for each in held.scale if SMALL <= each <= size], default=SMALL)


def _outer(inner: Box, held: Held) -> Box:
    """The frame around a text."""
    left, top, right, bottom = held.insets
    return Box(inner.x - left, inner.y - top, inner.w + left + right, inner.h + top + bottom)


def _ever_fewer(lines: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """All lines; then without what the slides after it say again; then with ever fewer of those who present."""
    kept = list(lines)
    yield list(kept)
    for kind in _DROPPED:
        for line in reversed([each for each in kept if each[0] == kind]):
            kept.remove(line)
            if kept:
                yield list(kept)


def _kept(lines: Sequence[tuple[str, str]], slot: Slot, height: float, ink: Ink) -> list[tuple[str, str]]:
    """As many lines as keep to `height` in the smallest size; the fewest where not even these do."""
    for fewer in _ever_fewer(lines):
        if _lines(fewer, slot, height, ink)[1] <= height + 0.5:
            break
    return fewer


def _reach(title: str, layout: Layout, slot: Slot, ink: Ink) -> tuple[float, float]:
    """(height, further height) for the lines under a title: from their placeholder's top down as far as nothing is
    there, and up into what the title leaves of its own frame."""
    assert layout.foreign is not None
    room, head = layout.foreign.frame, layout.slots["title"]
    assert head.held is not None
    height = title_of(title, Role.TITLE, head, ink)[2]
    at, inner = _title_box(Role.TITLE, head, height), slot.inner
    spare = max(0.0, at.h - height - head.held.insets[1] - head.held.insets[3])
    spare = spare if slot.box.y >= at.bottom - 12 else 0.0
    spare = min(spare, max(0.0, inner.y - layout.foreign.ceiling - _GAP)) if layout.foreign.ceiling else spare
    return max(inner.h, room.bottom - inner.y), spare


def _opening_frame(slide: Slide, title: str, document: Document, layout: Layout, ink: Ink) -> tuple[Box, Box]:
    """(title, text of the subtitle) on a title slide.

    A subtitle with more lines than its frame holds reaches further down, then up.
    """
    assert layout.foreign is not None
    head, slot = layout.slots["title"], _subtitle(layout)
    at = _title_box(Role.TITLE, head, title_of(title, Role.TITLE, head, ink)[2])
    below, _ = _opening(slide, document, layout)
    if slot is None or slot.held is None or not below:
        return at, layout.foreign.frame
    inner = slot.inner
    deep, spare = _reach(title, layout, slot, ink)
    _, tall = _lines(_kept(below, slot, deep + spare, ink), slot, deep + spare, ink, deep)
    if tall <= inner.h:
        return at, inner
    down = min(tall, deep)
    up = min(spare, max(0.0, tall - down))
    return at._replace(h=at.h - up), Box(inner.x, inner.y - up, inner.w, down + up)


def draw_foot(canvas: Canvas, part: str, texts: Sequence[str], slot: Slot, ink: Ink) -> None:
    """Footer and the like, in the size in which they keep to their frame.

    texts: what it says, and shorter forms for a frame that has no room for that. One line can be no lower.
    """
    held = slot.held
    assert held is not None
    if not texts[0].strip():
        return
    own, inner = _own(held, ink), slot.inner
    tries = [(text, size) for text in texts for size in held.steps]
    for text, size in tries:
        lines, height = _measured(text, size, held, inner.w, own)
        if height <= inner.h + 0.5 or (lines == 1 and size == held.steps[-1]):
            break
    canvas.held(part, slot.ph, [para(text, size)], box=slot.box if held.moved else None, fill=held.fill)
