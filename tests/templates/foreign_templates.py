"""Templates as other people have them, made from python-pptx's own (4:3, eleven layouts, no slides)."""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from qbrgen.render.pptx.opc import read_package, write_package

SECRET = "Left over from last year"  # what only the sample slides say
_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_GERMAN = ("Titelfolie", "Titel und Inhalt", "Abschnitt", "Inhalt", "Inhalt", "内容", "Leer")


def saved(presentation: Any) -> bytes:
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def four_by_three() -> bytes:
    return saved(Presentation())


def potx() -> bytes:
    """As a template says of itself what it is."""
    parts = read_package(four_by_three())
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"presentation.main+xml", b"template.main+xml")
    return write_package(parts)


def in_german() -> bytes:
    """Names in other languages, some of them twice."""
    presentation = Presentation()
    for layout, name in zip(presentation.slide_layouts, _GERMAN, strict=False):
        layout.name = name
        for holder in layout.placeholders:
            holder.name = f"Platzhalter {holder.placeholder_format.idx}"
    return saved(presentation)


def without_footers() -> bytes:
    presentation = Presentation()
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        for holder in list(owner.placeholders):
            if holder.placeholder_format.type in (13, 15, 16):  # number, footer, date
                holder._element.getparent().remove(holder._element)
    return saved(presentation)


def dark() -> bytes:
    """The master's colour map turned round: light text on black."""
    return _edited(
        "ppt/slideMasters/slideMaster1.xml",
        lambda xml: xml.replace('bg1="lt1" tx1="dk1"', 'bg1="dk1" tx1="lt1"').replace(
            'bg2="lt2" tx2="dk2"', 'bg2="dk2" tx2="lt2"'
        ),
    )


def in_capitals() -> bytes:
    """Titles in spaced, bold capitals, in one line's height, on a coloured band that they may not leave."""
    presentation = Presentation()
    master = presentation.slide_master
    band = (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="90" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="9144000" cy="{Pt(84)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill></p:spPr></p:sp>'
    )
    master.shapes._spTree.insert(2, parse_xml(band))
    title = next(each for each in master.placeholders if each.placeholder_format.type == 1)
    title.top, title.height = Pt(20), Pt(56)
    look = master._element.find(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr")
    look.set("cap", "all")
    look.set("spc", "100")
    look.set("b", "1")
    look.find("{*}solidFill")[0].set("val", "bg1")
    return saved(presentation)


def title_only() -> bytes:
    """Nothing but a title slide, titles alone, and a blank layout."""
    presentation = Presentation()
    for layout in list(presentation.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only", "Blank"):
            presentation.slide_layouts.remove(layout)
    return saved(presentation)


def no_titles() -> bytes:
    """Layouts none of which has a title."""
    presentation = Presentation()
    for layout in presentation.slide_layouts:
        for holder in list(layout.placeholders):
            if holder.placeholder_format.type in (1, 3, 5):  # title, centred title, vertical title
                holder._element.getparent().remove(holder._element)
    return saved(presentation)


def two_masters() -> bytes:
    """A second master, drawn over where content would stand on the first, with layouts of the same names."""
    parts = read_package(four_by_three())
    for name in [name for name in parts if re.match(r"ppt/(slideMasters|slideLayouts|theme)/", name)]:
        parts[_second(name)] = (
            _second(parts[name].decode()).encode() if name.endswith((".xml", ".rels")) else parts[name]
        )
    block = (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="91" name="Block"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{Pt(400)}" y="{Pt(130)}"/><a:ext cx="{Pt(280)}" cy="{Pt(200)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:schemeClr val="accent2"/></a:solidFill></p:spPr></p:sp>'
    )
    first = "ppt/slideMasters/slideMaster1.xml"
    parts[first] = parts[first].replace(b"</p:spTree>", block.encode() + b"</p:spTree>", 1)
    master = parts["ppt/slideMasters/slideMaster2.xml"].decode()
    ids = iter(range(2147483700, 2147483800))
    parts["ppt/slideMasters/slideMaster2.xml"] = re.sub(
        r'(<p:sldLayoutId [^>]*?\bid=")\d+', lambda found: f"{found[1]}{next(ids)}", master
    ).encode()
    types = parts["[Content_Types].xml"].decode()
    rows = re.findall(r'<Override PartName="/ppt/(?:slideMasters|slideLayouts|theme)/[^>]*/>', types)
    parts["[Content_Types].xml"] = types.replace("</Types>", "".join(map(_second, rows)) + "</Types>").encode()
    rels, show = "ppt/_rels/presentation.xml.rels", "ppt/presentation.xml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideMaster"
    link = f'<Relationship Id="rId90" Type="{kind}" Target="slideMasters/slideMaster2.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    parts[show] = parts[show].replace(
        b"</p:sldMasterIdLst>", b'<p:sldMasterId id="2147483690" r:id="rId90"/></p:sldMasterIdLst>'
    )
    return write_package(parts)


def _second(text: str) -> str:
    """Names of parts of the first master as those of the second."""
    text = re.sub(r"slideLayout(\d+)\.xml", lambda found: f"slideLayout{int(found[1]) + 11}.xml", text)
    return text.replace("slideMaster1.xml", "slideMaster2.xml").replace("theme1.xml", "theme7.xml")


def with_samples() -> bytes:
    """Sample slides with a chart, notes and a picture of words, a section, a custom show and a view that list them."""
    presentation = Presentation()
    for number in range(3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"{SECRET} {number}"
        slide.notes_slide.notes_text_frame.text = SECRET
        data = CategoryChartData()
        data.categories = [SECRET]
        data.add_series(SECRET, [number])
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Pt(100), Pt(200), Pt(200), Pt(200), data)
    ids = [slide.get("id") for slide in presentation.slides._sldIdLst]
    links = [slide.rId for slide in presentation.slides._sldIdLst]
    root = presentation.part._element
    shows = "".join(f'<p:sld r:id="{link}"/>' for link in links)
    show = f'<p:custShowLst {_NS}><p:custShow name="{SECRET}" id="0"><p:sldLst>{shows}</p:sldLst></p:custShow></p:custShowLst>'
    root.find("{*}notesSz").addnext(parse_xml(show))
    listed = "".join(f'<p14:sldId id="{one}"/>' for one in ids)
    root.append(
        parse_xml(
            f'<p:extLst {_NS}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst '
            f'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="{SECRET}" '
            f'id="{{11111111-2222-3333-4444-555555555555}}"><p14:sldIdLst>{listed}</p14:sldIdLst></p14:section>'
            "</p14:sectionLst></p:ext></p:extLst>"
        )
    )
    return saved(presentation)


def _edited(part: str, edit: Callable[[str], str]) -> bytes:
    parts = read_package(four_by_three())
    changed = edit(parts[part].decode()).encode()
    assert changed != parts[part], "the test would change nothing"
    parts[part] = changed
    return write_package(parts)


MADE: dict[str, Callable[[], bytes]] = {
    "4:3": four_by_three, "potx": potx, "other languages": in_german, "no footers": without_footers, "dark": dark,
    "capitals": in_capitals, "titles alone": title_only, "two masters": two_masters, "samples": with_samples,
}  # fmt: skip
