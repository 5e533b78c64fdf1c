"""How text looks once everything it inherits is counted: run, paragraph, shape, layout, master, presentation.

The order is ECMA-376's: a placeholder inherits from the placeholder of its layout, that from its master's, and these
from the master's text styles; a plain text box inherits from the presentation's defaults only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qbrgen.lint.model import Body, Paragraph, Run
from qbrgen.render.pptx.grid import EMU

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_STYLES = {
    "title": "titleStyle", "ctrTitle": "titleStyle", "ftr": "otherStyle", "sldNum": "otherStyle", "dt": "otherStyle",
}  # fmt: skip
_SAME = {
    "ctrTitle": "title", "subTitle": "body", "obj": "body", "pic": "body", "tbl": "body", "chart": "body",
}  # fmt: skip
_DEFAULT_SIZE = 18.0
_TURNED = ("vert", "vert270", "wordArtVert", "eaVert", "mongolianVert", "wordArtVertRtl")


def placeholder_of(element: Any) -> Any:
    """`p:ph` of a shape, or None."""
    return next((found for found in element.iter(f"{P}ph")), None) if element is not None else None


def kind_of(element: Any) -> str:
    """The type of a placeholder ("obj" where it says none); "" for what is none."""
    holder = placeholder_of(element)
    return "" if holder is None else str(holder.get("type", "obj"))


@dataclass(frozen=True)
class Inheritance:
    """Where the shapes of one slide inherit from."""

    layout: Any
    master: Any
    defaults: Any  # p:defaultTextStyle, or None
    fonts: dict[str, str]  # "+mj-lt" → family

    def ancestors(self, element: Any) -> list[Any]:
        """The placeholders that a placeholder inherits from: its layout's, its master's."""
        holder = placeholder_of(element)
        if holder is None:
            return []
        found = [one for one in (_in_layout(self.layout, holder), _in_master(self.master, holder)) if one is not None]
        return [one for one in found if one is not element]

    def styles(self, element: Any) -> list[Any]:
        """Lists of levels (`a:lstStyle` and its like), nearest first."""
        chain = [one.find(f"{P}txBody/{A}lstStyle") for one in [element, *self.ancestors(element)]]
        kind = kind_of(element)
        if kind:
            chain.append(self.master.find(f"{P}txStyles/{P}{_STYLES.get(kind, 'bodyStyle')}"))
        return [one for one in [*chain, self.defaults] if one is not None]

    def cell_styles(self, cell: Any) -> list[Any]:
        """The same for a table's cell."""
        own = cell.find(f"{A}txBody/{A}lstStyle")
        return [one for one in (own, self.defaults) if one is not None]

    def body(self, element: Any) -> Body | None:
        """The text of a shape; None where it has none."""
        text = element.find(f"{P}txBody")
        if text is None:
            return None
        frames = [one.find(f"{P}txBody/{A}bodyPr") for one in [element, *self.ancestors(element)]]
        return self._body(text, [one for one in frames if one is not None], self.styles(element))

    def cell(self, cell: Any) -> Body:
        """The text of a table's cell, with its margins as insets."""
        look = cell.find(f"{A}tcPr")
        sides = {} if look is None else look.attrib
        wide, high = 91440, 45720
        left, right = (int(sides.get(side, wide)) / EMU for side in ("marL", "marR"))
        top, bottom = (int(sides.get(side, high)) / EMU for side in ("marT", "marB"))
        text = cell.find(f"{A}txBody")
        if text is None:
            return Body(())
        return replace(
            self._body(text, [], self.cell_styles(cell)),
            insets=(left, top, right, bottom),
            anchor=sides.get("anchor", "t"),
        )

    def _body(self, text: Any, frames: Sequence[Any], styles: Sequence[Any]) -> Body:
        def given(name: str, default: str) -> str:
            return next((str(one.get(name)) for one in frames if one.get(name) is not None), default)

        insets = (given("lIns", "91440"), given("tIns", "45720"), given("rIns", "91440"), given("bIns", "45720"))
        fit, scale = _fit(frames)
        left, top, right, bottom = (int(value) / EMU for value in insets)
        return Body(
            tuple(self._paragraph(one, styles) for one in text.findall(f"{A}p")),
            (left, top, right, bottom),
            given("anchor", "t"),
            given("wrap", "square") != "none",
            fit,
            scale,
            given("vert", "horz") in _TURNED,
        )

    def _paragraph(self, element: Any, styles: Sequence[Any]) -> Paragraph:
        props = element.find(f"{A}pPr")
        level = int(props.get("lvl", 0)) if props is not None else 0
        levels = ([props] if props is not None else []) + [one for one in _levels(styles, level) if one is not None]

        def first(name: str, default: str = "0") -> str:
            return next((str(one.get(name)) for one in levels if one.get(name) is not None), default)

        lines: list[list[Run]] = [[]]
        for child in element:
            if child.tag == f"{A}br":
                lines.append([])
            elif child.tag in (f"{A}r", f"{A}fld"):
                lines[-1].append(self._run(child, levels))
        spacing, exact = _spacing(levels, "lnSpc", 1.0)
        before, before_exact = _spacing(levels, "spcBef", 0.0)
        after, after_exact = _spacing(levels, "spcAft", 0.0)
        size = max((run.size for line in lines for run in line), default=_DEFAULT_SIZE)
        return Paragraph(
            tuple(tuple(line) for line in lines),
            first("algn", "l"),
            spacing,
            exact,
            before_exact or before * size,
            after_exact or after * size,
            int(first("marL")) / EMU,
            next((str(run.get("lang")) for run in element.iter(f"{A}rPr") if run.get("lang")), ""),
        )

    def _run(self, element: Any, levels: Sequence[Any]) -> Run:
        own = element.find(f"{A}rPr")
        looks = [own] + [one.find(f"{A}defRPr") for one in levels if one.tag != f"{A}pPr"]
        looks = [one for one in looks if one is not None]

        def first(name: str, default: str) -> str:
            return next((str(one.get(name)) for one in looks if one.get(name) is not None), default)

        faces = (one.find(f"{A}latin") for one in looks)
        family = next((str(face.get("typeface")) for face in faces if face is not None), "+mn-lt")
        text = element.findtext(f"{A}t") or ""
        if first("cap", "none") == "all":
            text = text.upper()
        return Run(
            text,
            int(first("sz", str(round(_DEFAULT_SIZE * 100)))) / 100,
            first("b", "0") in ("1", "true"),
            self.fonts.get(family, family),
            first("baseline", "0") not in ("0", "0%"),
        )


def _levels(styles: Sequence[Any], level: int) -> Iterator[Any]:
    for style in styles:
        yield style.find(f"{A}lvl{level + 1}pPr")
        yield style.find(f"{A}defPPr")


def _spacing(levels: Sequence[Any], name: str, default: float) -> tuple[float, float]:
    """(share of the size or of the line, exact points)."""
    for level in levels:
        given = level.find(f"{A}{name}")
        if given is not None and len(given):
            value = str(given[0].get("val")).rstrip("%")
            if given[0].tag == f"{A}spcPts":
                return default, int(value) / 100
            return (float(value) / (1000 if float(value) > 1000 else 1)) / 100, 0.0
    return default, 0.0


def _fit(frames: Sequence[Any]) -> tuple[str, float]:
    for frame in frames:
        for name, fit in (("noAutofit", ""), ("spAutoFit", "grow"), ("normAutofit", "shrink")):
            found = frame.find(f"{A}{name}")
            if found is not None:
                scale = str(found.get("fontScale", "100000")).rstrip("%")
                return fit, float(scale) / (100000 if float(scale) > 1000 else 100)
    return "", 1.0


def _in_layout(layout: Any, holder: Any) -> Any:
    kind, place = holder.get("type", "obj"), holder.get("idx", "0")
    others = [(one, placeholder_of(one)) for one in layout.iter(f"{P}sp", f"{P}pic") if placeholder_of(one) is not None]
    if _SAME.get(kind, kind) == "title" or kind in ("ftr", "sldNum", "dt"):
        same = [one for one, other in others if _same(other.get("type", "obj"), kind)]
        return same[0] if same else None
    return next((one for one, other in others if other.get("idx", "0") == place), None)


def _in_master(master: Any, holder: Any) -> Any:
    kind = holder.get("type", "obj")
    for one in master.iter(f"{P}sp"):
        other = placeholder_of(one)
        if other is not None and _same(other.get("type", "obj"), kind):
            return one
    return None


def _same(one: str, other: str) -> bool:
    return _SAME.get(one, one) == _SAME.get(other, other)
