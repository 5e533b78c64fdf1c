"""Our own template, written part by part: a master, four layouts with real placeholders, a notes master, a theme part.

`template_bytes(theme)` is what a theme without a template of its own is drawn on; themes/make_templates.py writes it to
`template.pptx` for the themes that come with qbrgen, so that people can open it in PowerPoint and change it.
"""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import replace

from qbrgen.render.pptx.arrangement import Arrangement, Place, Shape, Sheet, rectangle
from qbrgen.render.pptx.arrangements import arrangement_of
from qbrgen.render.pptx.grid import Box, emu
from qbrgen.render.pptx.markup import escape, quoteattr
from qbrgen.render.pptx.opc import write_package
from qbrgen.render.pptx.template_parts import fixed_parts, relationships
from qbrgen.render.pptx.theme_part import theme_part
from qbrgen.theme import Theme

_XMLNS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# The steps of the type scale, as the levels of text that stands in no placeholder: whoever adds some finds them there.
_SCALE = (18, 14, 12, 20, 24, 32, 40, 60, 72)

# Slot → placeholder in each of our layouts, as template.yml writes it for a theme.
LAYOUT_MAP: dict[str, dict[str, object]] = {
    "title": {
        "layout": "Title", "kicker": "Kicker", "title": "Title", "subtitle": "Subtitle", "body": "Presenters",
        "footnote": "Footnote", "draft": "Draft",
    },
    "statement": {
        "layout": "Statement", "kicker": "Kicker", "title": "Title", "body": "Body", "footnote": "Footnote",
        "draft": "Draft", "footer": "Footer", "number": "Slide Number",
    },
    "content": {
        "layout": "Content", "kicker": "Kicker", "title": "Title", "body": "Body", "footnote": "Footnote",
        "draft": "Draft", "footer": "Footer", "number": "Slide Number",
    },
    "appendix": {
        "layout": "Appendix", "kicker": "Kicker", "title": "Title", "body": "Body", "footnote": "Footnote",
        "draft": "Draft", "footer": "Footer", "number": "Slide Number",
    },
}  # fmt: skip


# What the placeholders of our layouts are: slot → (name, attributes, what PowerPoint shows in an empty one).
_NUMBER_FIELD = '<a:p><a:fld id="{6E2A1C54-7D0B-4E39-9C55-0B1D1B6D7A11}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld></a:p>'
_OPENING = {
    "draft": ("Draft", 'type="body" sz="quarter" idx="15"', "Draft"),
    "kicker": ("Kicker", 'type="body" sz="quarter" idx="13"', "Topic"),
    "title": ("Title", 'type="ctrTitle"', "Customer"),
    "subtitle": ("Subtitle", 'type="subTitle" idx="1"', "Which review, of which months"),
    "body": ("Presenters", 'type="body" sz="quarter" idx="16"', "Who presents"),
    "footnote": ("Footnote", 'type="body" sz="quarter" idx="14"', "Footnote"),
}
_CONTENT = {
    "draft": ("Draft", 'type="body" sz="quarter" idx="15"', "Draft"),
    "kicker": ("Kicker", 'type="body" sz="quarter" idx="13"', "Topic"),
    "title": ("Title", 'type="title"', "The finding, in a full sentence"),
    "body": ("Body", 'idx="1"', "What shows it"),
    "footnote": ("Footnote", 'type="body" sz="quarter" idx="14"', "What it is counted from"),
    "footer": ("Footer", 'type="ftr" sz="quarter" idx="11"', ""),
    "number": ("Slide Number", 'type="sldNum" sz="quarter" idx="12"', _NUMBER_FIELD),
}


_LABEL = 9.0  # points of paper around a logo that stands on a coloured ground
_LOGO_AREA = 4150.0  # square points: long logos and square ones look equally large


def template_bytes(theme: Theme, arrangement: Arrangement | None = None) -> bytes:
    """A PPTX without slides: the theme's colours, typefaces and logo on our master and layouts, arranged as it asks."""
    looks = arrangement or arrangement_of(theme.arrangement)
    parts = fixed_parts(len(LAYOUT_MAP), theme.brand)
    parts["ppt/theme/theme1.xml"] = theme_part(theme)
    parts["ppt/theme/theme2.xml"] = theme_part(theme)
    parts["ppt/slideMasters/slideMaster1.xml"] = _master(looks.content)
    layouts = (
        _layout("Title", 'type="title"', looks.title, _OPENING, theme),
        _layout("Statement", "", looks.statement, _CONTENT, theme),
        _layout("Content", 'type="obj"', looks.content, _CONTENT, theme),
        _layout("Appendix", "", looks.appendix, _CONTENT, theme),
    )
    for number, (xml, has_logo) in enumerate(layouts, start=1):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = xml
        links = [("slideMaster", "../slideMasters/slideMaster1.xml")]
        if has_logo and theme.logo_picture is not None:
            media = f"logo.{theme.logo_picture.kind.removeprefix('image/')}"
            links.append(("image", f"../media/{media}"))
            parts[f"ppt/media/{media}"] = theme.logo_picture.content
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = relationships(links)
    return write_package(parts)


def _frame(box: Box) -> str:
    x, y, w, h = (emu(value) for value in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


def _placeholder(number: int, kind: tuple[str, str, str], place: Place) -> str:
    name, ph, prompt = kind
    text = _prompt(prompt) if not prompt.startswith("<") else prompt
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr><p:spPr>{_frame(place.box)}</p:spPr><p:txBody>"
        f'<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{place.anchor}"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{_level(place)}</a:lstStyle>{text}</p:txBody></p:sp>"
    )


def _level(place: Place) -> str:
    if not place.size:
        return ""
    font = "+mj-lt" if place.heading else "+mn-lt"
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{place.align}"><a:lnSpc><a:spcPct val="{place.spacing * 1000}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="{round(place.size * 100)}" b="{int(place.bold)}">'
        f'<a:solidFill><a:schemeClr val="{place.colour}"/></a:solidFill><a:latin typeface="{font}"/></a:defRPr></a:lvl1pPr>'
    )


def _prompt(text: str) -> str:
    if not text:
        return '<a:p><a:endParaRPr lang="en-GB"/></a:p>'
    return f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{escape(text)}</a:t></a:r></a:p>'


def _polygon(number: int, shape: Shape) -> str:
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    box = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    moves = "".join(
        f'<a:{"moveTo" if at == 0 else "lnTo"}><a:pt x="{emu(x - box.x)}" y="{emu(y - box.y)}"/></a:{"moveTo" if at == 0 else "lnTo"}>'
        for at, (x, y) in enumerate(shape.points)
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(shape.name)}><a:extLst>'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst></p:cNvPr>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(box)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>'
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{emu(box.w)}" h="{emu(box.h)}">{moves}<a:close/></a:path>'
        f"</a:pathLst></a:custGeom><a:solidFill>{_scheme(shape.colour, shape.cover)}</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


def _scheme(colour: str, cover: int) -> str:
    if cover == 100:
        return f'<a:schemeClr val="{colour}"/>'
    return f'<a:schemeClr val="{colour}"><a:alpha val="{cover * 1000}"/></a:schemeClr>'


def _layout(
    name: str, kind: str, sheet: Sheet, placeholders: Mapping[str, tuple[str, str, str]], theme: Theme
) -> tuple[bytes, bool]:
    """(the layout's XML, whether it shows the logo)."""
    shapes = "".join(_polygon(30 + at, shape) for at, shape in enumerate(sheet.shapes))
    has_logo = theme.logo_picture is not None and sheet.logo is not None
    if has_logo:
        frame = _logo_frame(theme, sheet.logo)
        if sheet.ground:  # any logo that is seen on paper is seen on a label of paper
            label = Box(frame.x - _LABEL, frame.y - _LABEL, frame.w + 2 * _LABEL, frame.h + 2 * _LABEL)
            shapes += _polygon(19, rectangle("Label", label, "bg1"))
        shapes += _logo(theme, frame)
    shapes += "".join(
        _placeholder(number, kind, sheet.places[slot])
        for number, (slot, kind) in enumerate(placeholders.items(), start=2)
    )
    ground = (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{sheet.ground}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    )
    xml = (
        f'{_HEAD}<p:sldLayout {_XMLNS} {kind} preserve="1" userDrawn="1"><p:cSld name={quoteattr(name)}>'
        f"{ground if sheet.ground else ''}<p:spTree>{_TREE}{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/>"
        "</p:clrMapOvr></p:sldLayout>"
    )
    return xml.encode(), has_logo


def _logo_frame(theme: Theme, room: Box | None) -> Box:
    from PIL import Image

    assert theme.logo_picture is not None
    assert room is not None
    with Image.open(io.BytesIO(theme.logo_picture.content)) as image:
        across, down = image.size
    height = min(room.h, room.w * down / across, math.sqrt(_LOGO_AREA * down / across))
    return Box(room.x, room.y, height * across / down, height)


def _logo(theme: Theme, box: Box) -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="20" name="Logo" descr={quoteattr(theme.logo_alt or theme.brand)}/><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="rId2"/>'
        f'<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{_frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _master(content: Sheet) -> bytes:
    """The master: its title, body and footers stand where those of the content layout do, its styles give the type."""
    bare = {slot: replace(place, size=0) for slot, place in content.places.items() if slot in ("title", "body")}
    kinds = _CONTENT | {"body": ("Body", 'type="body" idx="1"', "What shows it")}
    shapes = "".join(
        _placeholder(number, kinds[slot], bare.get(slot, content.places[slot]))
        for number, slot in enumerate(("title", "body", "footer", "number"), start=2)
    )
    ids = "".join(f'<p:sldLayoutId id="{2147483660 + at}" r:id="rId{at}"/>' for at in range(1, len(LAYOUT_MAP) + 1))
    body = "".join(
        f'<a:lvl{level}pPr marL="{(level - 1) * 228600}" indent="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        '<a:lnSpc><a:spcPct val="110000"/></a:lnSpc><a:spcBef><a:spcPts val="600"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{1800 if level == 1 else 1600}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{level}pPr>'
        for level in range(1, 6)
    )
    other = "".join(
        f'<a:lvl{level}pPr marL="{(level - 1) * 457200}" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        f'<a:defRPr sz="{size * 100}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{level}pPr>'
        for level, size in enumerate(_SCALE, start=1)
    )
    return (
        f'{_HEAD}<p:sldMaster {_XMLNS} preserve="1"><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
        f"<a:effectLst/></p:bgPr></p:bg><p:spTree>{_TREE}{shapes}</p:spTree></p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" '
        f'accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>'
        '<p:hf hdr="0" dt="0"/><p:txStyles><p:titleStyle><a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        '<a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/><a:defRPr sz="2800" b="1" kern="1200">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/>'
        f"</a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>{body}</p:bodyStyle><p:otherStyle>{other}</p:otherStyle></p:txStyles></p:sldMaster>"
    ).encode()
