"""Reading a PPTX into what the lint judges, by python-pptx. A file that is no deck is the user's error."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from qbrgen.errors import Finding, InputError
from qbrgen.lint.charts import read_chart
from qbrgen.lint.model import FOOTERS, Body, DeckRead, Grid, Kind, Shape, SlideRead
from qbrgen.lint.styles import A, Inheritance, P, kind_of
from qbrgen.lint.words import load_words
from qbrgen.render.pptx.grid import EMU, Box
from qbrgen.render.pptx.template_safety import safe_template

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_SHADOWS = (f"{A}outerShdw", f"{A}innerShdw", f"{A}prstShdw")


def read_deck(path: Path) -> DeckRead:
    """Everything that the signs are looked for in. Raises InputError where `path` is no PPTX that can be read."""
    presentation = _open(path)
    root = presentation.part._element
    themes = {id(master): _theme(master) for master in presentation.slide_masters}
    language = presentation.core_properties.language or "en"
    slides = []
    for number, slide in enumerate(presentation.slides, start=1):
        layout = slide.slide_layout
        theme = next(theme for key, theme in themes.items() if key == id(_same_master(presentation, layout)))
        inheritance = Inheritance(
            layout._element, layout.slide_master._element, root.find(f"{P}defaultTextStyle"), _fonts(theme)
        )
        slides.append(_slide(number, slide, inheritance, _effects(theme)))
    return DeckRead(
        presentation.slide_width / EMU,
        presentation.slide_height / EMU,
        tuple(slides),
        _scale(presentation),
        tuple(dict.fromkeys(_accents(theme) for theme in themes.values())),
        language,
        load_words(),
    )


def _open(path: Path) -> Any:
    """The presentation; what is no deck, is protected, damaged or unsafe is refused, as it would be as a template."""
    from pptx import Presentation

    try:
        content = safe_template(path).content
    except InputError as refused:
        raise InputError(_as_deck(finding) for finding in refused.findings) from None
    return Presentation(io.BytesIO(content))


def _as_deck(finding: Finding) -> Finding:
    what = finding.what.replace(" cannot be used as a template", " cannot be read as a deck")
    return replace(finding, what=what, code=finding.code.replace("template-", "deck-"))


def _same_master(presentation: Any, layout: Any) -> Any:
    wanted = layout.slide_master._element
    return next(master for master in presentation.slide_masters if master._element is wanted)


def _theme(master: Any) -> Any:
    from lxml import etree

    for link in master.part.rels.values():
        if link.reltype.endswith("/theme"):
            return etree.fromstring(link.target_part.blob)
    return etree.Element(f"{A}theme")


def _fonts(theme: Any) -> dict[str, str]:
    found = {}
    for kind, short in (("majorFont", "mj"), ("minorFont", "mn")):
        face = theme.find(f".//{A}{kind}/{A}latin")
        found[f"+{short}-lt"] = str(face.get("typeface", "")) if face is not None else ""
    return found


def _accents(theme: Any) -> tuple[str, ...]:
    scheme = theme.find(f".//{A}clrScheme")
    accents = [] if scheme is None else [scheme.find(f"{A}accent{at}/{A}srgbClr") for at in range(1, 7)]
    return tuple("" if one is None else str(one.get("val")).upper() for one in accents)


def _effects(theme: Any) -> tuple[bool, ...]:
    """Whether each of the theme's effect styles casts a shadow."""
    styles = theme.find(f".//{A}effectStyleLst")
    return () if styles is None else tuple(next(one.iter(*_SHADOWS), None) is not None for one in styles)


def _scale(presentation: Any) -> frozenset[float]:
    """Every type size that masters and layouts declare, for placeholders and for text, and the presentation itself."""
    holders = [presentation.part._element]
    for master in presentation.slide_masters:
        holders += [master._element, *(layout._element for layout in master.slide_layouts)]
    return frozenset(int(size) / 100 for holder in holders for size in holder.xpath(".//a:defRPr/@sz | .//a:rPr/@sz"))


def _slide(number: int, slide: Any, inheritance: Inheritance, effects: tuple[bool, ...]) -> SlideRead:
    layout = slide.slide_layout
    reader = _Reader(inheritance, effects)
    shapes = list(reader.shapes(slide.shapes, slide.part))
    for holder in (layout, layout.slide_master):
        shapes += reader.drawn(holder)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    opening = number == 1 or any(shape.placeholder == "ctrTitle" for shape in shapes)
    background = slide._element.find(f"{P}cSld/{P}bg")
    return SlideRead(
        number,
        tuple(shapes),
        notes.text if notes is not None else "",
        _margins(layout),
        opening,
        background is not None and next(background.iter(f"{A}gradFill"), None) is not None,
    )


def _margins(layout: Any) -> Box:
    """The frame that the placeholders of a slide's layouts keep to: those of all layouts under its master."""
    master = layout.slide_master
    boxes = [
        Box(*(value / EMU for value in (one.left, one.top, one.width, one.height)))
        for holder in (master, *master.slide_layouts)
        for one in holder.placeholders
        if None not in (one.left, one.top, one.width, one.height) and kind_of(one._element) != "pic"
    ]
    if not boxes:
        return Box(0, 0, float("inf"), float("inf"))
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


class _Reader:
    """Reads the shapes of one slide."""

    def __init__(self, inheritance: Inheritance, effects: tuple[bool, ...]) -> None:
        self._inheritance, self._effects = inheritance, effects

    def drawn(self, holder: Any) -> Iterator[Shape]:
        """What a layout or a master draws itself: all that is no placeholder."""
        for shape in self.shapes([one for one in holder.shapes if not one.is_placeholder], holder.part):
            yield replace(shape, of_template=True, name=f"{holder.name or 'master'}: {shape.name}")

    def shapes(self, shapes: Any, part: Any, within: str = "", move: Any = None) -> Iterator[Shape]:
        """Every shape, members of a group after it, where they stand on the slide."""
        for shape in shapes:
            box = _box(shape, move)
            yield self._shape(shape, box, part, within)
            if shape.shape_type == 6:
                yield from self.shapes(shape.shapes, part, within or shape.name, _inner(shape, box))

    def _shape(self, shape: Any, box: Box, part: Any, within: str) -> Shape:
        element = shape._element
        props = element.find(f"./*/{P}cNvPr")
        look = element.find(f"{P}spPr") if element.find(f"{P}spPr") is not None else element.find(f"{P}grpSpPr")
        kind = _kind(shape)
        preset = None if look is None else look.find(f"{A}prstGeom")
        return Shape(
            name=str(shape.name),
            kind=kind,
            box=box,
            body=self._inheritance.body(element),
            grid=self._grid(shape.table) if kind == "table" else None,
            plot=read_chart(shape.chart) if kind == "chart" else None,
            placeholder=kind_of(element) if shape.is_placeholder else "",
            alt=props.get("descr", ""),
            prompt=self._prompt(element),
            preset="" if preset is None else str(preset.get("prst")),
            filled=(look is not None and any(look.find(f"{A}{fill}") is not None for fill in ("solidFill", "gradFill")))
            or _styled(element, "fillRef", look, "noFill"),
            outlined=(look is not None and look.find(f"{A}ln/{A}solidFill") is not None)
            or _styled(element, "lnRef", None if look is None else look.find(f"{A}ln"), "noFill"),
            gradient=look is not None and next(look.iter(f"{A}gradFill"), None) is not None,
            shadow=self._shadow(element, look),
            decorative=any(one.get("val") == "1" for one in props.iter(_DECORATIVE)),
            within=within,
            picture=_maker(element, part) if kind == "picture" else "",
            members=len(shape.shapes) if shape.shape_type == 6 else 0,
        )  # fmt: skip

    def _prompt(self, element: Any) -> str:
        """What the layout's placeholder says until somebody writes into it; footers carry over on purpose."""
        if kind_of(element) in FOOTERS:
            return ""
        above = self._inheritance.ancestors(element)[:1]
        return " ".join("".join(one.itertext(f"{A}t")) for one in above).strip()

    def _shadow(self, element: Any, look: Any) -> bool:
        if look is not None and look.find(f"{A}effectLst") is not None:
            return next(look.iter(*_SHADOWS), None) is not None
        style = element.find(f"{P}style/{A}effectRef")
        at = int(style.get("idx", 0)) if style is not None else 0
        return 0 < at <= len(self._effects) and self._effects[at - 1]

    def _grid(self, table: Any) -> Grid:
        element = table._tbl
        rows = element.findall(f"{A}tr")
        cells = [row.findall(f"{A}tc") for row in rows]
        merged = any(
            cell.get(name) for row in cells for cell in row for name in ("gridSpan", "rowSpan", "hMerge", "vMerge")
        )
        return Grid(
            tuple(int(one.get("w")) / EMU for one in element.findall(f"{A}tblGrid/{A}gridCol")),
            tuple(int(row.get("h")) / EMU for row in rows),
            tuple(tuple(self._cell(cell) for cell in row) for row in cells),
            merged,
        )

    def _cell(self, cell: Any) -> Body:
        return self._inheritance.cell(cell)


def _kind(shape: Any) -> Kind:
    element = shape._element
    if element.tag == f"{P}cxnSp":
        return "line"
    if element.tag == f"{P}grpSp":
        return "group"
    if element.tag == f"{P}pic":
        return "picture"
    if element.tag == f"{P}graphicFrame":
        return "table" if shape.has_table else "chart" if shape.has_chart else "picture"
    return "text" if shape.is_placeholder or (shape.has_text_frame and shape.text_frame.text.strip()) else "shape"


def _styled(element: Any, name: str, look: Any, none: str) -> bool:
    """Whether the shape's style gives it a fill or a line, and nothing of its own takes that away."""
    style = element.find(f"{P}style/{A}{name}")
    given = style is not None and style.get("idx", "0") != "0"
    return given and (look is None or look.find(f"{A}{none}") is None)


def _box(shape: Any, move: Any) -> Box:
    box = Box(*((value or 0) / EMU for value in (shape.left, shape.top, shape.width, shape.height)))
    return move(box) if move else box


def _inner(group: Any, box: Box) -> Any:
    """How a group's own coordinates become the slide's."""
    frame = group._element.find(f"{P}grpSpPr/{A}xfrm")
    if frame is None or frame.find(f"{A}chOff") is None:
        return None
    x, y = (int(frame.find(f"{A}chOff").get(name)) / EMU for name in ("x", "y"))
    w, h = (int(frame.find(f"{A}chExt").get(name)) / EMU for name in ("cx", "cy"))
    across, down = box.w / w if w else 1.0, box.h / h if h else 1.0
    return lambda one: Box(box.x + (one.x - x) * across, box.y + (one.y - y) * down, one.w * across, one.h * down)


def _maker(element: Any, part: Any) -> str:
    """What a picture's file says of itself: its name in the package and the program that made it."""
    blip = next(element.iter(f"{A}blip"), None)
    link = part.rels.get(blip.get(f"{_R}embed", "")) if blip is not None else None
    if link is None or link.is_external:
        return ""
    said = link.target_part.blob[:4096].lower()
    return "matplotlib" if b"matplotlib" in said else "plotly" if b"plotly" in said else ""
