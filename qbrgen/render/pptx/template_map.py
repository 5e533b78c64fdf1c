"""Which layout of a template a slide's role takes, and which placeholder each slot: proposed, and looked up.

Layouts are told by the types, sizes and places of their placeholders, never by their names, which are in any language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qbrgen.document import Role
from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.template_ground import Drawn
from qbrgen.render.pptx.template_info import TEXTS, TITLES, LayoutInfo, PlaceholderInfo, TemplateInfo

SLOTS = ("kicker", "title", "subtitle", "body", "footnote", "draft", "footer", "number")
_NOT_CONTENT = frozenset(("title", "secHead", "vertTx", "vertTitleAndTx", "picTx", "blank"))
_LARGE = 0.2  # of the slide: what a body has at least
_LEAST = 0.15  # of the slide: a frame smaller than this holds no content
_SEEN = 0.05  # what hides less than this of its ground is in nobody's way
_MARGIN = 6.0  # points that text keeps from what a layout draws

Map = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a layout takes content. bodies: the placeholders that hold it, none where it stands under the title."""

    layout: LayoutInfo
    bodies: tuple[PlaceholderInfo, ...]
    score: float


def propose_map(info: TemplateInfo) -> tuple[Map, list[str]]:
    """(map of role → {"layout": name, "master": number where names repeat, slot: index}, what to know about it).

    The map is empty where no layout can take a title and content: the notes then say why.
    """
    best = _best(info)
    if best is None:
        return {}, [_why_none(info)]
    opening = _opening(info, best.layout)
    notes = []
    if not best.bodies:
        notes.append(f"{_told(best.layout)} has a title and no body: content stands in the free space under the title.")
    elif len(best.bodies) > 1:
        notes.append(f"No layout has a title and one body: content stands across both bodies of {_told(best.layout)}.")
    content = _content_slots(best)
    if "footer" not in content:
        notes.append(f"{_told(best.layout)} has no footer: slides are made without one.")
    found: Map = {Role.TITLE.value: _named(opening, info) | _opening_slots(opening)}
    for role in (Role.STATEMENT, Role.CONTENT, Role.APPENDIX):
        found[role.value] = _named(best.layout, info) | dict(content)
    return found, notes


def _best(info: TemplateInfo) -> _Fit | None:
    fits = [fit for layout in info.layouts if (fit := _fit(layout, info)) is not None]
    return max(fits, key=lambda fit: fit.score, default=None)  # the first of those that fit alike


def _fit(layout: LayoutInfo, info: TemplateInfo) -> _Fit | None:
    """How a layout takes content: by a title over one large body best, by a title alone, or over several bodies."""
    title, page = layout.title, info.width * info.height
    if title is None or title.vertical or title.kind == "ctrTitle" or layout.kind in _NOT_CONTENT or not page:
        return None
    others = [each for each in layout.placeholders if each.kind not in (*TITLES, "dt", "ftr", "sldNum", "hdr")]
    if any(each.vertical for each in others):
        return None
    large = [each for each in others if each.kind in TEXTS and _area(each.box) >= _LARGE * page]
    under = [each for each in large if each.box.y > title.box.y + 0.4 * title.box.h]
    aside = 0.25 * (len(others) - len(large)) + 0.5 * len([each for each in others if each.kind == "pic"])
    bodies: tuple[PlaceholderInfo, ...]
    if len(under) == 1 and len(large) == 1:
        score, bodies = 3.0 + (0.3 if under[0].kind == "obj" else 0.0) - aside, (under[0],)
    elif not others:
        score, bodies = 1.5, ()
    elif len(under) > 1 and len(under) == len(large):
        score, bodies = 1.2 - aside, tuple(under)
    elif len(large) == 1:  # beside its title, or above it
        score, bodies = 1.0 - aside, (large[0],)
    else:
        return None
    frame = content_frame(layout, bodies, info)
    share = _area(frame) / page
    if share < _LEAST or frame.w < 0.4 * info.width:
        return None
    return _Fit(layout, bodies, score + share)


def content_frame(layout: LayoutInfo, bodies: Sequence[PlaceholderInfo], info: TemplateInfo) -> Box:
    """Where content stands: within the text of its bodies, or below the title, clear of what the layout draws there."""
    if bodies:
        inner = [inside(body) for body in bodies]
        x, y = min(box.x for box in inner), min(box.y for box in inner)
        box = Box(x, y, max(each.right for each in inner) - x, max(each.bottom for each in inner) - y)
    else:
        box = _under_title(layout, info)
    box = _on_page(box, info)
    return clear_of(box, [drawn.box for drawn in in_the_way(layout, box, info)])


def in_the_way(layout: LayoutInfo, box: Box, info: TemplateInfo) -> list[Drawn]:
    """What a layout draws that text in `box` would run into."""
    return [drawn for drawn in layout.drawn if _stands_in(drawn, box, info)]


def _under_title(layout: LayoutInfo, info: TemplateInfo) -> Box:
    """The master's body, as wide as the title's text, between the title and the footers."""
    title = layout.title
    assert title is not None
    text = inside(title)
    feet = [each.box.y for each in layout.of_kind("dt", "ftr", "sldNum") if each.box.y > 0.7 * info.height]
    foot = min([*feet, 0.94 * info.height]) - _MARGIN
    top = title.box.bottom + _MARGIN
    if layout.master_body is not None and layout.master_body.y >= title.box.y + 0.4 * title.box.h:
        top = max(top, layout.master_body.y) if layout.master_body.y < foot else top
        foot = min(foot, layout.master_body.bottom) if layout.master_body.bottom > top else foot
    return Box(text.x, top, text.w, max(0.0, foot - top))


def inside(holder: PlaceholderInfo) -> Box:
    """Where a placeholder's text stands: its frame less its insets."""
    left, top, right, bottom = holder.insets
    box = holder.box
    return Box(box.x + left, box.y + top, max(0.0, box.w - left - right), max(0.0, box.h - top - bottom))


def _on_page(box: Box, info: TemplateInfo) -> Box:
    x, y = max(_MARGIN, box.x), max(_MARGIN, box.y)
    right, bottom = min(info.width - _MARGIN, box.right), min(info.height - _MARGIN, box.bottom)
    return Box(x, y, max(0.0, right - x), max(0.0, bottom - y))


def _stands_in(drawn: Drawn, box: Box, info: TemplateInfo) -> bool:
    """Whether something drawn is in the way of text, rather than its ground: small, and seen."""
    seen = drawn.colours and drawn.opaque >= _SEEN
    ground = _area(drawn.box) > 0.3 * info.width * info.height or _shared(drawn.box, box) > 0.6 * _area(box)
    return bool(seen) and not ground and _shared(drawn.box, box) > 0


def clear_of(box: Box, others: Sequence[Box]) -> Box:
    """The largest part of `box` with none of `others` in it, cut off at one side for each of them."""
    for other in others:
        if _shared(box, other) <= 0:
            continue
        left, right = other.x - _MARGIN, other.right + _MARGIN
        above, below = other.y - _MARGIN, other.bottom + _MARGIN
        parts = (
            Box(box.x, box.y, left - box.x, box.h),
            Box(right, box.y, box.right - right, box.h),
            Box(box.x, box.y, box.w, above - box.y),
            Box(box.x, below, box.w, box.bottom - below),
        )
        box = max((part for part in parts if part.w > 0 and part.h > 0), key=_area, default=box._replace(w=0.0))
    return box


def _area(box: Box) -> float:
    return box.w * box.h


def _shared(one: Box, other: Box) -> float:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(0.0, across) * max(0.0, down)


def _opening(info: TemplateInfo, content: LayoutInfo) -> LayoutInfo:
    """The title slide's layout: one for titles on the master of the others, else one for titles, else theirs."""

    def score(layout: LayoutInfo) -> float:
        title = layout.title
        if title is None or any(each.vertical for each in layout.of_kind(*TITLES, "subTitle", *TEXTS)):
            return 0.0
        found = 2.0 if title.kind == "ctrTitle" or layout.kind == "title" else 0.0
        found += 1.5 if layout.of_kind("subTitle") else 0.0
        if not found and layout.kind == "secHead":
            found = 0.5
        return found + (0.4 if found and layout.master == content.master else 0.0)

    best = max(info.layouts, key=score)
    return best if score(best) > 0 else content


def _opening_slots(layout: LayoutInfo) -> dict[str, object]:
    title = layout.title
    assert title is not None
    texts = sorted(
        layout.of_kind("subTitle", "body", "obj"), key=lambda each: (each.kind != "subTitle", -_area(each.box))
    )
    slots: dict[str, object] = {"title": title.idx}
    for slot, holder in zip(("subtitle", "body"), texts, strict=False):
        slots[slot] = holder.idx
    return slots


def _content_slots(fit: _Fit) -> dict[str, object]:
    layout, title = fit.layout, fit.layout.title
    assert title is not None
    slots: dict[str, object] = {"title": title.idx}
    if len(fit.bodies) == 1:
        slots["body"] = fit.bodies[0].idx
    elif fit.bodies:
        slots["body"] = [body.idx for body in fit.bodies]
    for slot, kind in (("footer", "ftr"), ("number", "sldNum")):
        holder = next(iter(layout.of_kind(kind)), None)
        if holder is not None:
            slots[slot] = holder.idx
    return slots


def _named(layout: LayoutInfo, info: TemplateInfo) -> dict[str, object]:
    """How a map names a layout: by name, with the master where names repeat, by place where they do in one master."""
    same = [each for each in info.layouts if each.name == layout.name]
    if len([each for each in same if each.master == layout.master]) > 1:
        return {"layout": layout.at + 1, "master": layout.master}
    return {"layout": layout.name, "master": layout.master} if len(same) > 1 else {"layout": layout.name}


def _told(layout: LayoutInfo) -> str:
    name = " ".join(layout.name.split())
    return f"The layout {name!r} of master {layout.master}" if layout.master > 1 else f"The layout {name!r}"


def _why_none(info: TemplateInfo) -> str:
    if not info.layouts:
        return "The template has no layouts."
    if not any(layout.title for layout in info.layouts):
        return "None of the template's layouts has a placeholder for the title."
    return "None of the template's layouts has room for content beside its title."
