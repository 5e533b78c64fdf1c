"""The template's layouts: which one a role takes, and where its placeholders stand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from qbrgen.document import Role
from qbrgen.errors import Finding
from qbrgen.render.pptx.foreign_layouts import foreign_layouts, misfit
from qbrgen.render.pptx.grid import EMU, Box
from qbrgen.render.pptx.markup import quoteattr
from qbrgen.render.pptx.slots import Layout, Slot
from qbrgen.render.pptx.template import LAYOUT_MAP, template_bytes
from qbrgen.render.pptx.template_colours import scheme_of
from qbrgen.render.pptx.template_info import theme_of
from qbrgen.render.pptx.template_safety import safe_template
from qbrgen.render.pptx.theme_part import scheme_slots
from qbrgen.theme import Theme


def open_template(theme: Theme) -> tuple[Any, dict[Role, Layout], list[Finding]]:
    """(presentation, layout by role, findings). A template that does not fit its map is replaced by one of our own.

    A template that is not of this theme's own making keeps its look: see `foreign_layouts`. Without a map it takes the
    proposed one. Raises InputError where the template may not be used at all (`safe_template`).
    """
    from pptx import Presentation

    findings: list[Finding] = []
    if theme.template is not None:
        safe = safe_template(theme.template)
        findings += safe.findings
        presentation = Presentation(io.BytesIO(safe.content))
        if not _is_ours(presentation, theme):
            found = foreign_layouts(presentation, theme, findings)
            if found is not None:
                return presentation, found, findings
        else:
            try:
                return presentation, _layouts(presentation, theme.layouts), findings
            except LookupError as error:
                findings.append(misfit(theme, error, "The plain layouts are used."))
    presentation = Presentation(io.BytesIO(template_bytes(theme)))
    return presentation, _layouts(presentation, LAYOUT_MAP), findings


def _is_ours(presentation: Any, theme: Theme) -> bool:
    """Whether the slots of the template's colour scheme hold our roles, as this theme has them."""
    masters = presentation.slide_masters
    tree = theme_of(masters[0]) if len(masters) == 1 else None
    if tree is None:
        return False
    scheme = scheme_of(tree, {})
    return all(scheme[slot] == colour.upper() for slot, colour in scheme_slots(theme.palette).items())


def _layouts(presentation: Any, mapping: Mapping[str, Mapping[str, object]]) -> dict[Role, Layout]:
    by_name = {layout.name: layout for master in presentation.slide_masters for layout in master.slide_layouts}
    found: dict[Role, Layout] = {}
    for role in Role:
        slots = mapping.get(role.value)
        if not slots:
            raise LookupError(f"it names no layout for {role.value!r}")
        layout = by_name.get(str(slots.get("layout")))
        if layout is None:
            raise LookupError(f"there is no layout {slots.get('layout')!r}; there are {', '.join(by_name)}")
        found[role] = Layout(
            str(layout.part.partname).lstrip("/"),
            {name: _slot(layout, wanted) for name, wanted in slots.items() if name not in ("layout", "master")},
        )
        if "title" not in found[role].slots:
            raise LookupError(f"it names no title for {role.value!r}")
    return found


def _slot(layout: Any, wanted: object) -> Slot:
    for holder in layout.placeholders:
        if wanted in (holder.name, holder.placeholder_format.idx):
            return Slot(_attributes(holder), _frame(holder), _size(holder))
    names = ", ".join(f"{holder.name} ({holder.placeholder_format.idx})" for holder in layout.placeholders)
    raise LookupError(f"the layout {layout.name!r} has no placeholder {wanted!r}; it has {names}")


def _attributes(holder: Any) -> str:
    ph = holder._element.nvSpPr.nvPr.find("{http://schemas.openxmlformats.org/presentationml/2006/main}ph")
    return " ".join(
        f"{name}={quoteattr(ph.get(name))}" for name in ("type", "orient", "sz", "idx") if ph.get(name) is not None
    )


def _frame(holder: Any) -> Box:
    return Box(*((value or 0) / EMU for value in (holder.left, holder.top, holder.width, holder.height)))


def _size(holder: Any) -> float | None:
    found = holder._element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz")
    return int(found[0]) / 100 if found else None
