"""A theme made of a PowerPoint template: the files of its folder, with comments that say how to change them."""

from __future__ import annotations

import io
import json
from pathlib import Path

from qbrgen.document import Role
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.render.pptx.foreign_layouts import find_layout
from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.opc import read_package, write_package
from qbrgen.render.pptx.template_brand import brand_text
from qbrgen.render.pptx.template_info import LayoutInfo, TemplateInfo, read_template
from qbrgen.render.pptx.template_map import Map, content_frame, propose_map
from qbrgen.render.pptx.template_safety import safe_template
from qbrgen.render.pptx.template_samples import drop_samples

_ROLES = {
    Role.TITLE.value: "the first slide",
    Role.STATEMENT.value: "the sentence in large type, and the three figures",
    Role.CONTENT.value: "most slides",
    Role.APPENDIX.value: "definitions and receipts",
}
_HEAD = """\
# Which layout of template.pptx each kind of slide takes, and which of its placeholders takes what.
# Proposed by `qbrgen theme add` from the types, sizes and places of the placeholders; change what you like, then:
#   qbrgen theme check {name}        does it fit?
#   qbrgen theme preview {name}      how does it look?
#
# layout: its name, or its number within its master. master: its number, where two masters have layouts of that name.
# title, subtitle, body, footer, number, and where the template has room for them kicker (the topic above the title),
# footnote (what the figures are counted from) and draft: the placeholder's index, or its name in the selection pane.
# body: [1, 2] writes across several. A part without a placeholder stands in the body's frame, or is left out.
# The layouts, their placeholders and indices: `qbrgen theme inspect template.pptx`.
"""


def theme_files(path: Path, name: str) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """(file name → content of a theme made of the template in `path`, findings).

    Raises InputError where the template may not be used, or has no layout that a deck could stand on.
    """
    info = read_template(path)
    mapping, notes = propose_map(info)
    if not mapping:
        fix = (
            "In PowerPoint: View, Slide Master; give a layout a title and a text placeholder. Or take another template."
        )
        what = " ".join(notes)
        raise InputError([Finding(Level.ERROR, "template-no-map", what, fix, Location(str(path)))])
    layout = find_layout(mapping[Role.CONTENT.value], info)
    files = {
        "template.pptx": _template(path),
        "template.yml": map_text(mapping, info, name).encode(),
        "_brand.yml": brand_text(info, name, layout, _frame(mapping, layout, info)).encode(),
    }
    told = tuple(Finding(Level.NOTE, "template-map", note, "", Location(str(path))) for note in notes)
    return files, (*info.findings, *told)


def _frame(mapping: Map, layout: LayoutInfo, info: TemplateInfo) -> Box:
    body = mapping[Role.CONTENT.value].get("body")
    bodies = [each for each in layout.placeholders if each.idx in (body if isinstance(body, list) else [body])]
    return content_frame(layout, bodies, info)


def _template(path: Path) -> bytes:
    """The safe template without its sample slides, the same bytes for the same file."""
    from pptx import Presentation

    presentation = Presentation(io.BytesIO(safe_template(path).content))
    drop_samples(presentation)
    stream = io.BytesIO()
    presentation.save(stream)
    return write_package(read_package(stream.getvalue()))


def map_text(mapping: Map, info: TemplateInfo, name: str) -> str:
    """The text of the `template.yml`: each role with what it is for, each index with the placeholder's name."""
    lines = [_HEAD.format(name=name)]
    for role, entry in mapping.items():
        layout = find_layout(entry, info)
        names = {each.idx: " ".join(each.name.split()) for each in layout.placeholders}
        lines.append(f"{role}:{' ' * max(1, 24 - len(role))}# {_ROLES[role]}")
        for slot, value in entry.items():
            said = json.dumps(value, ensure_ascii=False)
            shown = [names[index] for index in (value if isinstance(value, list) else [value]) if index in names]
            comment = ", ".join(shown) if slot not in ("layout", "master") else ""
            if slot == "layout" and isinstance(value, int):
                comment = " ".join(layout.name.split())
            lines.append(f"  {slot}: {said}".ljust(25) + f"# {comment}" if comment else f"  {slot}: {said}")
        lines.append("")
    return "\n".join(lines)
