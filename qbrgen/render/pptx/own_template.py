"""A template of our own, read without python-pptx, which takes longer to import than the deck takes to write.

Ours are as `template.py` writes them: no slides, a notes master of ours, a frame in each placeholder. Whoever changes
one has changed a copy in a workspace: that is read like any template (`layouts.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbrgen.document import Role
from qbrgen.render.pptx.grid import EMU, Box
from qbrgen.render.pptx.markup import quoteattr
from qbrgen.render.pptx.opc import read_package
from qbrgen.render.pptx.package import Blank
from qbrgen.render.pptx.slots import Layout, Slot
from qbrgen.render.pptx.template_parts import APP, CORE, NOTES, NOTES_MASTER, PRESENTATION
from qbrgen.render.pptx.theme_part import scheme_slots
from qbrgen.resources import themes_dir
from qbrgen.theme import Theme

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = "[Content_Types].xml"


def own_template(theme: Theme) -> tuple[dict[Role, Layout], Blank] | None:
    """(layout by role, the template's parts) of a theme that comes with qbrgen, or has no template of its own.

    None for every other one, and where a template and its map or its theme's colours do not fit together.
    """
    if theme.template is None:
        from qbrgen.render.pptx.template import LAYOUT_MAP, template_bytes

        content = template_bytes(theme)
        mapping: Mapping[str, Mapping[str, object]] = LAYOUT_MAP
    elif theme.template.is_relative_to(themes_dir()):
        content, mapping = theme.template.read_bytes(), theme.layouts
    else:
        return None
    parts = read_package(content)
    if not _has_colours_of(theme, parts):
        return None
    try:
        return _layouts(parts, mapping), _blank(parts)
    except LookupError:
        return None


def _has_colours_of(theme: Theme, parts: Mapping[str, bytes]) -> bool:
    scheme = _root(parts["ppt/theme/theme1.xml"]).find(f".//{_A}clrScheme")
    return all(
        scheme.find(f"{_A}{slot}/{_A}srgbClr").get("val") == colour[1:].upper()
        for slot, colour in scheme_slots(theme.palette).items()
    )


def _root(content: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(content)


def _layouts(parts: Mapping[str, bytes], mapping: Mapping[str, Mapping[str, object]]) -> dict[Role, Layout]:
    """Raises LookupError where the map names what is not there."""
    names = [name for name in parts if name.startswith("ppt/slideLayouts/slideLayout")]
    roots = {name: _root(parts[name]) for name in names}
    by_name = {str(root.find(f"{_P}cSld").get("name")): (name, root) for name, root in roots.items()}
    found = {}
    for role in Role:
        slots = mapping[role.value]
        part, root = by_name[str(slots["layout"])]
        held = {name: _slot(root, wanted) for name, wanted in slots.items() if name not in ("layout", "master")}
        held["title"]
        found[role] = Layout(part, held)
    return found


def _slot(layout: Any, wanted: object) -> Slot:
    for shape in layout.iter(f"{_P}sp"):
        holder, name = shape.find(f".//{_P}ph"), shape.find(f".//{_P}cNvPr").get("name")
        if holder is not None and wanted in (name, int(holder.get("idx", "0"))):
            said = ((key, holder.get(key)) for key in ("type", "orient", "sz", "idx"))
            ph = " ".join(f"{key}={quoteattr(value)}" for key, value in said if value is not None)
            off, ext = shape.find(f"{_P}spPr/{_A}xfrm")
            box = Box(*(int(at) / EMU for at in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))))
            text = shape.find(f"{_P}txBody/{_A}lstStyle/{_A}lvl1pPr/{_A}defRPr")
            size = None if text is None else text.get("sz")
            return Slot(ph, box, int(size) / 100 if size else None)
    raise LookupError(wanted)


def _blank(parts: Mapping[str, bytes]) -> Blank:
    types = _root(parts[_TYPES])
    endings = {name.rpartition(".")[2] for name in parts}
    said = {one.get("Extension"): one.get("ContentType") for one in types if one.get("Extension") in endings}
    return Blank(
        parts={name: part for name, part in parts.items() if name != _TYPES},
        defaults={**said, "xlsx": _SHEET},
        overrides={one.get("PartName").lstrip("/"): one.get("ContentType") for one in types if one.get("PartName")},
        notes=NOTES,
        presentation=PRESENTATION,
        notes_master=NOTES_MASTER,
        core=CORE,
        app=APP,
    )
