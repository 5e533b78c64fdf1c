"""One slide being drawn: shapes in reading order, as XML of our own, each with a stable name and its own id."""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from qbrgen.render.pptx.grid import Box, emu
from qbrgen.render.pptx.markup import quoteattr
from qbrgen.render.pptx.text import Ink, Para, clean
from qbrgen.render.pptx.theme_part import SCHEME

_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"


class ChartStore(Protocol):
    """Takes a chart's XML and its workbook into the file and gives the relationship that a slide names it by."""

    def __call__(self, chart_xml: bytes, workbook: bytes) -> str: ...


def slug(text: str) -> str:
    """A stable, plain part of a shape's name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]


def frame_xml(box: Box, tag: str = "a:xfrm") -> str:
    """A position and a size."""
    x, y, w, h = (emu(value) for value in box)
    return f'<{tag}><a:off x="{x}" y="{y}"/><a:ext cx="{max(0, w)}" cy="{max(0, h)}"/></{tag}>'


def solid(role: str) -> str:
    """A fill of one colour role."""
    return f'<a:solidFill><a:schemeClr val="{SCHEME[role]}"/></a:solidFill>'


def stroke(role: str, width: float, dash: str = "") -> str:
    """An outline; width in points."""
    style = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{emu(width)}">{solid(role)}{style}</a:ln>' if role else "<a:ln><a:noFill/></a:ln>"


class Canvas:
    """Shapes of one slide. `body`: the placeholder's attributes that the slide's first text takes, until it is taken.

    foreign: the template is somebody else's, whose body placeholders may have insets, bullets and capitals.
    """

    def __init__(self, key: str, ink: Ink, store_chart: ChartStore, body: str = "", *, foreign: bool = False) -> None:
        self.key, self.ink, self.body, self.foreign = key, ink, body, foreign
        self._store_chart = store_chart
        self._xml: list[str] = []
        self._names: dict[str, int] = {}
        self._next_id = 2

    @property
    def xml(self) -> str:
        """Everything drawn so far, in reading order."""
        return "".join(self._xml)

    def name(self, part: str) -> str:
        """ "people/reps/marks": stable, and unique on the slide."""
        wanted = f"{self.key}/{part}"
        count = self._names[wanted] = self._names.get(wanted, 0) + 1
        return wanted if count == 1 else f"{wanted}-{count}"

    def _props(self, part: str, alt: str = "", decorative: bool = False) -> str:
        number, self._next_id = self._next_id, self._next_id + 1
        described = f" descr={quoteattr(clean(alt))}" if alt else ""
        inside = _DECORATIVE if decorative else ""
        return f'<p:cNvPr id="{number}" name={quoteattr(self.name(part))}{described}>{inside}</p:cNvPr>'

    def placeholder(self, part: str, ph: str, paragraphs: Sequence[Para], *, box: Box | None = None, inherit: bool = True, sized: bool = False,
                    right_inset: float = 0.0, left_inset: float = 0.0, field: str = "") -> None:  # fmt: skip
        """Text in a placeholder of the layout; box only where it stands elsewhere than in the layout."""
        where = frame_xml(box) if box else ""
        inset = f' lIns="{emu(left_inset)}"' if left_inset > 0 else ""
        inset += f' rIns="{emu(right_inset)}"' if right_inset > 0 else ""
        text = field or self.ink.xml(paragraphs, inherit=inherit, sized=sized)
        body = f"<a:bodyPr{inset}><a:noAutofit/></a:bodyPr>" if inset or box else "<a:bodyPr/>"
        self._xml.append(
            f'<p:sp><p:nvSpPr>{self._props(part)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {ph}/></p:nvPr>'
            f"</p:nvSpPr><p:spPr>{where}</p:spPr><p:txBody>{body}<a:lstStyle/>{text}</p:txBody></p:sp>"
        )

    def held(self, part: str, ph: str, paragraphs: Sequence[Para], *, box: Box | None = None,
             insets: tuple[float, float] | None = None, fill: str = "", field: str = "") -> None:  # fmt: skip
        """Text that keeps the look of a foreign template's placeholder, in sizes of ours.

        box: only where it stands elsewhere than in the layout; insets: left and right, where they are others; fill: a
        colour as XML, where its own cannot be read. PowerPoint shrinks the text when somebody makes it longer.
        """
        where = frame_xml(box) if box else ""
        inset = f' lIns="{emu(insets[0])}" rIns="{emu(insets[1])}"' if insets else ""
        text = field or self.ink.xml(paragraphs, inherit=True, sized=True, fill=fill, gaps=True)
        self._xml.append(
            f'<p:sp><p:nvSpPr>{self._props(part)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {ph}/></p:nvPr>'
            f'</p:nvSpPr><p:spPr>{where}</p:spPr><p:txBody><a:bodyPr wrap="square"{inset}><a:normAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{text}</p:txBody></p:sp>"
        )

    def text(
        self, part: str, box: Box, paragraphs: Sequence[Para], *, anchor: str = "t", may_be_body: bool = False
    ) -> None:
        """A text box without insets; the slide's first flow of text goes into the layout's body placeholder."""
        if may_be_body and self.body:
            ph, self.body = self.body, ""
            if self.foreign:
                self._plain_body(part, ph, box, paragraphs)
            else:
                self.placeholder(part, ph, paragraphs, box=box, inherit=False)
            return
        self._xml.append(
            f'<p:sp><p:nvSpPr>{self._props(part)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{frame_xml(box)}'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>{self._body(paragraphs, anchor)}</p:sp>'
        )

    def _plain_body(self, part: str, ph: str, box: Box, paragraphs: Sequence[Para]) -> None:
        """Text in a foreign template's body placeholder, as in a text box of ours."""
        self._xml.append(
            f'<p:sp><p:nvSpPr>{self._props(part)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {ph}/></p:nvPr>'
            f'</p:nvSpPr><p:spPr>{frame_xml(box)}</p:spPr><p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" '
            'rIns="0" bIns="0" numCol="1" anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f"{self.ink.xml(paragraphs, reset=True)}</p:txBody></p:sp>"
        )

    def panel(self, part: str, box: Box, paragraphs: Sequence[Para], inset: float, spare: float = 0.0) -> None:
        """Text on a filled panel. spare: what is left free at the right beside the inset."""
        self._xml.append(
            f"<p:sp><p:nvSpPr>{self._props(part)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{frame_xml(box)}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{solid("panel")}{stroke("", 0)}</p:spPr>'
            f"{self._body(paragraphs, 'ctr', inset, spare)}</p:sp>"
        )

    def _body(self, paragraphs: Sequence[Para], anchor: str, inset: float = 0.0, spare: float = 0.0) -> str:
        each = emu(inset)
        return (
            f'<p:txBody><a:bodyPr wrap="square" lIns="{each}" tIns="{each}" rIns="{emu(inset + spare)}" bIns="{each}" rtlCol="0" anchor="{anchor}">'
            f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{self.ink.xml(paragraphs)}</p:txBody>"
        )

    def rule(self, part: str, x: float, y: float, width: float, *, role: str = "rule", weight: float = 0.75, dash: str = "",
             down: float = 0.0) -> None:  # fmt: skip
        """A straight decorative line, to the right or (down above 0) downwards."""
        self._xml.append(
            f"<p:cxnSp><p:nvCxnSpPr>{self._props(part, decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>"
            f'{frame_xml(Box(x, y, width, down))}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{stroke(role, weight, dash)}</p:spPr></p:cxnSp>'
        )

    def group(self, part: str, alt: str, box: Box, shapes: Sequence[tuple[str, str]]) -> None:
        """Shapes that are read as one, with one alt text. shapes: (name's part, XML after the properties)."""
        props = self._props(part, alt)
        inner = "".join(
            f"<p:sp><p:nvSpPr>{self._props(name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>{xml}</p:sp>" for name, xml in shapes
        )
        x, y, w, h = (emu(value) for value in box)
        self._xml.append(
            f'<p:grpSp><p:nvGrpSpPr>{props}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/>'
            f'<a:ext cx="{w}" cy="{h}"/><a:chOff x="{x}" y="{y}"/><a:chExt cx="{w}" cy="{h}"/></a:xfrm></p:grpSpPr>{inner}</p:grpSp>'
        )

    def chart(self, part: str, box: Box, alt: str, chart_xml: bytes, workbook: bytes) -> None:
        """A native chart with its workbook."""
        link = self._store_chart(chart_xml, workbook)
        self._graphic(
            part, box, alt, _CHART_URI,
            f'<c:chart xmlns:c="{_CHART_URI}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{link}"/>',
        )  # fmt: skip

    def table(self, part: str, box: Box, alt: str, table_xml: str) -> None:
        """A native table."""
        self._graphic(part, box, alt, _TABLE_URI, table_xml)

    def _graphic(self, part: str, box: Box, alt: str, uri: str, inside: str) -> None:
        self._xml.append(
            f'<p:graphicFrame><p:nvGraphicFramePr>{self._props(part, alt)}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
            f'</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{frame_xml(box, "p:xfrm")}<a:graphic><a:graphicData uri="{uri}">'
            f"{inside}</a:graphicData></a:graphic></p:graphicFrame>"
        )
