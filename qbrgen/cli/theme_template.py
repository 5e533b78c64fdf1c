"""What is wrong with a theme's template: does the map fit it, is there room on it, can its text be read?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from qbrgen.document import Role
from qbrgen.errors import Finding, Level, Location

if TYPE_CHECKING:
    from qbrgen.load.yaml_files import YamlFile
    from qbrgen.render.pptx.slots import Layout
    from qbrgen.render.pptx.template_info import LayoutInfo, PlaceholderInfo, TemplateInfo
    from qbrgen.theme import Theme

_ROOM = (0.55, 0.38)  # of the slide's width and height: what content has at least
_TITLE_LINES = 2 * 20 * 1.05  # points: two lines in the smallest size that titles have
_FIX_MAP = "`qbrgen theme inspect` lists the layouts, placeholders and indices that there are."


def template_findings(theme: Theme) -> list[Finding]:
    """Everything that is found of the template and its map, in the order of the map.

    Raises InputError where the template may not be used at all.
    """
    from qbrgen.load.yaml_files import read_yaml
    from qbrgen.render.pptx.opened import opened
    from qbrgen.render.pptx.template_info import read_template
    from qbrgen.render.pptx.template_map import propose_map

    if theme.template is None:
        return []
    info = read_template(theme.template)
    path = theme.folder / "template.yml"
    mapped = list(_map_findings(theme.layouts, info, read_yaml(path, str(path)))) if theme.layouts else []
    mapping = theme.layouts if theme.layouts and not mapped else propose_map(info)[0]
    where = Location(str(theme.template))
    found = [*mapped, *_room(mapping, info, where)]
    layouts = opened(theme).layouts
    return found + [each for role in Role for each in _contrast(layouts[role], _taken(mapping, role, info), where)]


# ---- the map --------------------------------------------------------------------------------------------------------


def _map_findings(
    mapping: Mapping[str, Mapping[str, object]], info: TemplateInfo, source: YamlFile
) -> Iterator[Finding]:
    """All that does not fit, each with its line."""
    from qbrgen.render.pptx.foreign_layouts import find_layout, find_placeholder
    from qbrgen.render.pptx.template_map import SLOTS

    def misfit(what: str, *place: str) -> Finding:
        return Finding(Level.WARNING, "template-map-misfit", what, _FIX_MAP, source.at(*place))

    roles = [role.value for role in Role]
    for role in mapping:
        if role not in roles:
            yield misfit(f"{role!r} is no kind of slide; there are {', '.join(roles)}.", role)
    for role in roles:
        slots = mapping.get(role)
        if not slots:
            yield misfit(f"The map names no layout for {role!r}.")
            continue
        try:
            layout = find_layout(slots, info)
        except LookupError as error:
            yield misfit(f"{role}: {error.args[0]}.", role, "layout")
            continue
        if "title" not in slots:
            yield misfit(f"{role}: it names no placeholder for the title.", role)
        for slot, wanted in slots.items():
            if slot in ("layout", "master"):
                continue
            if slot not in SLOTS:
                yield misfit(f"{role}: {slot!r} is no part of a slide; there are {', '.join(SLOTS)}.", role, slot)
                continue
            for each in wanted if isinstance(wanted, list) else [wanted]:
                try:
                    find_placeholder(layout, each)
                except LookupError as error:
                    yield misfit(f"{role}, {slot}: {error.args[0]}.", role, slot)


def _taken(mapping: Mapping[str, Mapping[str, object]], role: Role, info: TemplateInfo) -> LayoutInfo | None:
    from qbrgen.render.pptx.foreign_layouts import find_layout

    entry = mapping.get(role.value)
    return find_layout(entry, info) if entry else None


# ---- room -----------------------------------------------------------------------------------------------------------


def _room(mapping: Mapping[str, Mapping[str, object]], info: TemplateInfo, where: Location) -> list[Finding]:
    """Frames in which little stands."""
    from qbrgen.render.pptx.foreign_layouts import find_placeholder
    from qbrgen.render.pptx.template_map import content_frame, inside

    found = []
    for role in (Role.STATEMENT, Role.CONTENT, Role.APPENDIX):
        layout = _taken(mapping, role, info)
        if layout is None:
            continue
        slots = mapping[role.value]
        body = slots.get("body")
        named = body if isinstance(body, list) else [] if body is None else [body]
        bodies = [find_placeholder(layout, each) for each in named]
        frame = content_frame(layout, bodies, info)
        name = " ".join(layout.name.split())
        if frame.w < _ROOM[0] * info.width or frame.h < _ROOM[1] * info.height:
            room = f"{frame.w / 72:.1f} × {frame.h / 72:.1f} in"
            what = f"Content has {room} on the layout {name!r}: lists and tables go on over more slides."
            fix = "Give it a larger body in PowerPoint (View, Slide Master), or take another layout in template.yml."
            found.append(Finding(Level.WARNING, "template-little-room", what, fix, where))
        title = inside(find_placeholder(layout, slots["title"]))
        if title.h < _TITLE_LINES:
            what = (
                f"Titles have {title.h / 72:.2f} in of height on the layout {name!r}: longer ones push the body down."
            )
            found.append(Finding(Level.NOTE, "template-low-title", what, "Two lines take 0.6 in.", where))
    return list(dict.fromkeys(found))


# ---- contrast -------------------------------------------------------------------------------------------------------


def _contrast(layout: Layout, info: LayoutInfo | None, where: Location) -> list[Finding]:
    """Text whose own colour cannot be read where it stands: decks take another."""
    if info is None:
        return []
    found = []
    for name, slot in layout.slots.items():
        holder = next((each for each in info.placeholders if each.ph == slot.ph), None)
        if holder is not None and slot.held is not None and slot.held.fill:
            told = f"The {name} on the layout {' '.join(info.name.split())!r} is hard to read{_ratio(holder, info)}."
            fix = "Decks take a darker or lighter shade of it; better set one in the template."
            found.append(Finding(Level.NOTE, "template-contrast", told, fix, where))
    return found


def _ratio(holder: PlaceholderInfo, info: LayoutInfo) -> str:
    from qbrgen.render.pptx.template_map import inside
    from qbrgen.theme.colour import contrast

    if holder.colour is None:
        return ""
    own = holder.colour.shown(info.scheme)
    worst = min(contrast(own, ground) for ground in info.ground(inside(holder)))
    return f": {own}, {worst:.1f}:1 where it stands"
