"""Layouts of a template that is not ours, by role: its placeholders as they are, and where content may stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbrgen.document import Role
from qbrgen.errors import Finding, Level, Location
from qbrgen.render.pptx.grid import SMALL, Box
from qbrgen.render.pptx.slots import Foreign, Held, Layout, Slot
from qbrgen.render.pptx.template_binding import bind, readable_as
from qbrgen.render.pptx.template_colours import A, SchemeColour
from qbrgen.render.pptx.template_info import LayoutInfo, P, PlaceholderInfo, TemplateInfo, inspect
from qbrgen.render.pptx.template_map import SLOTS, clear_of, content_frame, in_the_way, inside, propose_map
from qbrgen.render.pptx.template_samples import drop_samples
from qbrgen.theme import Font, Theme
from qbrgen.theme.colour import MARK_CONTRAST, TEXT_CONTRAST, contrast
from qbrgen.theme.families import font_of

_LADDER = (80.0, 66.0, 60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_FLOOR = 20.0  # of a title
_FEW = 2
_LAST = (18.0, 16.0)  # for a title whose frame cannot grow
_SMALLER = (18.0, 16.0, 14.0, 12.0)
_HAIR = 0.2  # programs work colours out a little differently
_LOWEST = 0.93  # of the slide's height: nothing of a title slide's text stands lower
_STEP = 6.0
_ALIKE = 1.6  # contrast up to which two grounds are one
_NARROWEST = 24.0  # a slot that is left less than this is not used


def foreign_layouts(presentation: Any, theme: Theme, findings: list[Finding]) -> dict[Role, Layout] | None:
    """Layout by role; sample slides are dropped from `presentation`.

    A theme without a map, or with one that does not fit, takes the proposed one. None, with a finding, where the
    template has no layout that could hold a title and content.
    """
    info = inspect(presentation, theme.template)
    drop_samples(presentation)
    proposed, notes = propose_map(info)
    if theme.layouts:
        try:
            return _layouts(presentation, theme.layouts, info, theme)
        except LookupError as error:
            fix = "The map that is proposed for the template is used." if proposed else "The plain layouts are used."
            findings.append(misfit(theme, error, fix))
    if not proposed:
        where = Location(str(theme.template))
        fix = "Slides are made on plain layouts. Give the template a layout with a title and a body."
        findings.append(Finding(Level.WARNING, "template-no-content-layout", " ".join(notes), fix, where))
        return None
    return _layouts(presentation, proposed, info, theme)


def misfit(theme: Theme, error: LookupError, fix: str) -> Finding:
    """A map that names what the template has not."""
    what = f"The template's map does not fit the template: {error.args[0]}."
    return Finding(Level.WARNING, "template-map-misfit", what, fix, Location(str(theme.folder / "template.yml")))


def _layouts(
    presentation: Any, mapping: Mapping[str, Mapping[str, object]], info: TemplateInfo, theme: Theme
) -> dict[Role, Layout]:
    sources = {
        (number, at): layout
        for number, master in enumerate(presentation.slide_masters, start=1)
        for at, layout in enumerate(master.slide_layouts)
    }
    found: dict[Role, Layout] = {}
    made: dict[str, Layout] = {}  # roles that are mapped alike share a layout
    for role in Role:
        slots = mapping.get(role.value)
        if not slots:
            raise LookupError(f"it names no layout for {role.value!r}")
        layout = find_layout(slots, info)
        key = repr((layout.master, layout.at, role is Role.TITLE, sorted((k, str(v)) for k, v in slots.items())))
        if key not in made:
            source = sources[layout.master, layout.at]
            made[key] = _layout(source, layout, slots, role, info, theme)
        found[role] = made[key]
    return found


def find_layout(slots: Mapping[str, object], info: TemplateInfo) -> LayoutInfo:
    """The layout that a role's entry in a map names: by name or by place in its master, with the master where names
    repeat. Raises LookupError that lists what there is."""
    wanted, master = slots.get("layout"), slots.get("master")
    if master is not None and master not in {layout.master for layout in info.layouts}:
        raise LookupError(f"there is no master {master!r}; they are numbered 1 to {len(info.masters)}")
    there = [layout for layout in info.layouts if master is None or layout.master == master]
    found = [layout for layout in there if wanted in (layout.name, layout.at + 1)]
    if not found and isinstance(wanted, str):  # a line break in a name is a space in a map
        found = [layout for layout in there if layout.name.split() == wanted.split()]
    if not found:
        names = dict.fromkeys(" ".join(layout.name.split()) for layout in there)
        raise LookupError(f"there is no layout {wanted!r}; there are {', '.join(names)}")
    return found[0]


def find_placeholder(layout: LayoutInfo, wanted: object) -> PlaceholderInfo:
    """A placeholder by name or index. Raises LookupError that lists what there is."""
    for holder in layout.placeholders:
        if wanted in (holder.name, holder.idx) and not isinstance(wanted, bool):
            return holder
    names = ", ".join(f"{holder.name} ({holder.idx})" for holder in layout.placeholders) or "none"
    raise LookupError(f"the layout {layout.name!r} has no placeholder {wanted!r}; it has {names}")


def _layout(
    source: Any, layout: LayoutInfo, slots: Mapping[str, object], role: Role, info: TemplateInfo, theme: Theme
) -> Layout:
    holders = _holders(layout, slots)
    if "title" not in holders:
        raise LookupError(f"it names no title for {role.value!r}")
    bodies = holders.get("body", [])
    known = (theme.heading, theme.body)
    frame = _below_title(layout, holders, info) if role is Role.TITLE else content_frame(layout, bodies, info)
    fonts = (font_of(layout.heading, known, heading=True), font_of(layout.body, known))
    override = source._element.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    ceiling = _ceiling(layout, frame, holders["title"][0].box)
    foreign = Foreign(frame, bind(layout, frame), fonts, _xml(override), ceiling)
    found = {}
    for name, held in holders.items():
        slot = _slot(name, held[0], layout, info, known, foreign)
        if slot is not None:
            found[name] = slot
    return Layout(str(source.part.partname).lstrip("/"), found, foreign)


def _ceiling(layout: LayoutInfo, frame: Box, title: Box) -> float:
    """The foot of the lowest thing that the layout draws above a frame: small shapes and lines.

    What begins above the title's frame and reaches into it is a ground that the title stands on.
    """
    above = [
        drawn.box.bottom
        for drawn in layout.drawn
        if title.y <= drawn.box.y and drawn.box.bottom <= frame.y + 1 and _beside(drawn.box, frame)
    ]
    return max(above, default=0.0)


def _xml(override: Any) -> str:
    if override is None:
        return ""
    attributes = "".join(f' {name}="{value}"' for name, value in override.attrib.items())
    return f"<a:overrideClrMapping{attributes}/>"


def _holders(layout: LayoutInfo, slots: Mapping[str, object]) -> dict[str, list[PlaceholderInfo]]:
    """Slot → its placeholder; several where a body spans them."""
    found = {}
    for name, wanted in slots.items():
        if name in ("layout", "master"):
            continue
        if name not in SLOTS:
            raise LookupError(f"{name!r} is no slot; there are {', '.join(SLOTS)}")
        found[name] = [find_placeholder(layout, each) for each in (wanted if isinstance(wanted, list) else [wanted])]
    return {name: holders for name, holders in found.items() if holders}


def _below_title(layout: LayoutInfo, holders: Mapping[str, list[PlaceholderInfo]], info: TemplateInfo) -> Box:
    """Where a title slide's texts may stand: in its subtitle, and further down while the ground stays what it is and
    nothing is there; without a subtitle below its title."""
    holder = next((holders[name][0] for name in ("subtitle", "body") if name in holders), None)
    if holder is None:
        title = inside(holders["title"][0])
        top = title.bottom + 12.0
        return Box(title.x, top, title.w, max(60.0, _LOWEST * info.height - top))
    inner = inside(holder)
    others = [each.box for each in layout.placeholders if each is not holder and each.box.y > inner.y]
    taken = [*others, *(drawn.box for drawn in layout.drawn if drawn.box.h < 0.3 * info.height)]
    stop = min([box.y for box in taken if box.y >= inner.bottom and _beside(box, inner)], default=info.height)
    own = set(layout.ground(inner))
    bottom = inner.bottom
    while bottom + _STEP <= min(stop - _STEP, _LOWEST * info.height):
        strip = layout.ground(Box(inner.x, bottom, inner.w, _STEP))
        if not all(any(contrast(shade, one) < _ALIKE for one in own) for shade in strip):
            break
        bottom += _STEP
    return inner._replace(h=bottom - inner.y)


def _beside(one: Box, other: Box) -> bool:
    """Whether two boxes would meet if one moved up or down."""
    return one.x < other.right and other.x < one.right


def _slot(
    name: str,
    holder: PlaceholderInfo,
    layout: LayoutInfo,
    info: TemplateInfo,
    known: tuple[Font, Font],
    foreign: Foreign,
) -> Slot | None:
    """A slot as the placeholder has it; None where what the layout draws leaves it no room."""
    box, foot = holder.box, name in ("footer", "number")
    if foot:
        if holder.vertical:
            return None
        box = clear_of(box, [drawn.box for drawn in in_the_way(layout, box, info)])
        if box.w < _NARROWEST or box.h < holder.size:
            return None
    if name == "body":
        box = foreign.frame
    held = Held(
        insets=(0.0, 0.0, 0.0, 0.0) if name == "body" else holder.insets,
        align=holder.align,
        anchor=holder.anchor,
        bold=holder.bold,
        caps=holder.caps,
        spacing=holder.spacing,
        tracking=holder.tracking,
        font=font_of(holder.typeface, known, heading=name == "title") if holder.typeface else foreign.fonts[0],
        steps=_steps(name, holder, layout, info),
        scale=info.sizes,
        fill=_fill(holder, layout, foreign),
        moved=box != holder.box,
    )
    return Slot(holder.ph, box, holder.size, held)


def _may_grow(holder: PlaceholderInfo, layout: LayoutInfo) -> bool:
    """Whether a title can still be read on what is below its frame."""
    own = (holder.colour or SchemeColour("tx1")).shown(layout.scheme)
    below = layout.ground(Box(holder.box.x, holder.box.bottom, holder.box.w, 2 * holder.size))
    return all(contrast(own, shade) >= MARK_CONTRAST for shade in below)


def _steps(name: str, holder: PlaceholderInfo, layout: LayoutInfo, info: TemplateInfo) -> tuple[float, ...]:
    """Sizes to try: the placeholder's own, then smaller ones of the template's scale, or of ours where it has few."""
    own = holder.size
    if name in ("footer", "number"):
        return (own, SMALL) if own > SMALL else (own,)
    scale = [size for size in reversed(info.sizes) if _FLOOR <= size < own]
    steps = (own, *(scale if len(scale) >= _FEW else [size for size in _LADDER if size < own]))
    if name != "title":
        return (*steps, *(size for size in _SMALLER if size < own))
    if steps[-1] > _FLOOR:
        steps = (*steps, _FLOOR)
    return steps if _may_grow(holder, layout) else (*steps, *_LAST)


def _fill(holder: PlaceholderInfo, layout: LayoutInfo, foreign: Foreign) -> str:
    """A colour that can be read, where the placeholder's own cannot: its slot, lighter or darker, else our ink."""
    own = holder.colour or SchemeColour("tx1")
    shades = layout.ground(inside(holder))
    middle = (shades[len(shades) // 2],)
    if contrast(own.shown(layout.scheme), middle[0]) >= TEXT_CONTRAST:
        return ""
    better = own if own.fixed else readable_as(own, layout.scheme, middle, TEXT_CONTRAST + _HAIR)
    if contrast(better.shown(layout.scheme), middle[0]) < TEXT_CONTRAST:
        better = readable_as(foreign.binding["ink"], layout.scheme, middle, TEXT_CONTRAST + _HAIR)
    return f"<a:solidFill>{better.xml}</a:solidFill>"
