"""Our own template, written part by part: a master, four layouts with real placeholders, a notes master, a theme part.

`template_bytes(theme)` is what a theme without a template of its own is drawn on; themes/make_templates.py writes it to
`template.pptx` for the themes that come with qbrgen, so that people can open it in PowerPoint and change it.
"""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from qbrgen.render.pptx.grid import MARGIN_X, MARGIN_Y, WIDTH, Box, emu
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
_FULL = WIDTH - 2 * MARGIN_X
KICKER = Box(MARGIN_X, MARGIN_Y, 400, 17)
TITLE = Box(MARGIN_X, 51, _FULL, 68)
BODY = Box(MARGIN_X, 138, _FULL, 326)
FOOTNOTE = Box(MARGIN_X, 477.6, 520, 30)
FOOTER = Box(575, 477.6, 297, 30)
NUMBER = Box(876, 477.6, WIDTH - MARGIN_X - 876, 30)
DRAFT = Box(455, MARGIN_Y, WIDTH - MARGIN_X - 455, 17)
STATEMENT = Box(MARGIN_X, 51, _FULL, 150)
STATEMENT_BODY = Box(MARGIN_X, 232, _FULL, 232)

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


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn, decorative polygon of a layout: points on the slide, filled with a scheme colour."""

    name: str
    points: tuple[tuple[float, float], ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Motif:
    """What a theme draws of its own: on the title layout, and on every other layout."""

    title: tuple[Shape, ...] = ()
    every: tuple[Shape, ...] = ()


PLAIN = Motif(title=(Shape("Panel", ((744, 0), (960, 0), (960, 540), (744, 540)), "bg2"),))


def template_bytes(theme: Theme, motif: Motif = PLAIN) -> bytes:
    """A PPTX without slides: the theme's colours, typefaces and logo on our master and layouts."""
    parts = fixed_parts(len(LAYOUT_MAP), theme.brand)
    parts["ppt/theme/theme1.xml"] = theme_part(theme)
    parts["ppt/theme/theme2.xml"] = theme_part(theme)
    parts["ppt/slideMasters/slideMaster1.xml"] = _master()
    picture = theme.logo_picture
    layouts = (
        _title_layout(theme, motif),
        *(_content_layout(name, motif) for name in ("Statement", "Content", "Appendix")),
    )
    for number, xml in enumerate(layouts, start=1):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = xml
        links = [("slideMaster", "../slideMasters/slideMaster1.xml")]
        if number == 1 and picture is not None:
            media = f"logo{picture.suffix.lower()}"
            links.append(("image", f"../media/{media}"))
            parts[f"ppt/media/{media}"] = picture.read_bytes()
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = relationships(links)
    return write_package(parts)


def _frame(box: Box) -> str:
    x, y, w, h = (emu(value) for value in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


def _placeholder(number: int, name: str, ph: str, box: Box, style: str, prompt: str, anchor: str = "t") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr><p:spPr>{_frame(box)}</p:spPr><p:txBody>"
        f'<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style}</a:lstStyle>{prompt}</p:txBody></p:sp>"
    )


def _level(
    size: float, colour: str, bold: bool = False, align: str = "l", spacing: int = 100, font: str = "+mn-lt"
) -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:lnSpc><a:spcPct val="{spacing * 1000}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="{round(size * 100)}" b="{int(bold)}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:latin typeface="{font}"/></a:defRPr></a:lvl1pPr>'
    )


def _prompt(text: str) -> str:
    return f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{escape(text)}</a:t></a:r></a:p>'


_NUMBER_FIELD = '<a:p><a:fld id="{6E2A1C54-7D0B-4E39-9C55-0B1D1B6D7A11}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld></a:p>'


def _footers(first: int) -> str:
    return _placeholder(
        first,
        "Footer",
        'type="ftr" sz="quarter" idx="11"',
        FOOTER,
        _level(12, "tx2", align="r"),
        '<a:p><a:endParaRPr lang="en-GB"/></a:p>',
        "b",
    ) + _placeholder(
        first + 1,
        "Slide Number",
        'type="sldNum" sz="quarter" idx="12"',
        NUMBER,
        _level(12, "tx2", align="r"),
        _NUMBER_FIELD,
        "b",
    )


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
        f'</a:pathLst></a:custGeom><a:solidFill><a:schemeClr val="{shape.colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


def _layout(name: str, kind: str, shapes: str) -> bytes:
    return (
        f'{_HEAD}<p:sldLayout {_XMLNS} {kind} preserve="1" userDrawn="1"><p:cSld name={quoteattr(name)}><p:spTree>{_TREE}{shapes}'
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    ).encode()


def _title_layout(theme: Theme, motif: Motif) -> bytes:
    text = Box(MARGIN_X, 0, 540, 0)
    shapes = "".join(_polygon(30 + at, shape) for at, shape in enumerate(motif.title))
    if theme.logo_picture is not None:
        shapes += _logo(theme)
    shapes += _placeholder(
        2,
        "Draft",
        'type="body" sz="quarter" idx="15"',
        text._replace(y=92, h=32),
        _level(12, "accent2", True),
        _prompt("Draft"),
    )
    shapes += _placeholder(
        3,
        "Kicker",
        'type="body" sz="quarter" idx="13"',
        text._replace(y=140, h=18),
        _level(14, "tx2", True),
        _prompt("Topic"),
    )
    shapes += _placeholder(
        4,
        "Title",
        'type="ctrTitle"',
        text._replace(y=164, h=112),
        _level(48, "tx1", True, spacing=92, font="+mj-lt"),
        _prompt("Customer"),
        "b",
    )
    shapes += _placeholder(
        5,
        "Subtitle",
        'type="subTitle" idx="1"',
        text._replace(y=288, h=62),
        _level(24, "tx2"),
        _prompt("Which review, of which months"),
    )
    shapes += _placeholder(
        6,
        "Presenters",
        'type="body" sz="quarter" idx="16"',
        text._replace(y=372, h=88),
        _level(16, "tx1"),
        _prompt("Who presents"),
    )
    shapes += _placeholder(
        7,
        "Footnote",
        'type="body" sz="quarter" idx="14"',
        FOOTNOTE._replace(w=536),
        _level(12, "tx2"),
        _prompt("Footnote"),
        "b",
    )
    return _layout("Title", 'type="title"', shapes)


def _logo(theme: Theme) -> str:
    from PIL import Image

    assert theme.logo_picture is not None
    with Image.open(theme.logo_picture) as image:
        across, down = image.size
    height = min(30.0, 220.0 * down / across)
    frame = _frame(Box(MARGIN_X, 44, height * across / down, height))
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="20" name="Logo" descr={quoteattr(theme.logo_alt or theme.brand)}/><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="rId2"/>'
        f'<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{frame}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _content_layout(name: str, motif: Motif) -> bytes:
    """Statement, Content and Appendix differ in the title's size and in where the body begins."""
    statement = name == "Statement"
    size = {"Statement": 32, "Content": 28, "Appendix": 24}[name]
    shapes = "".join(_polygon(30 + at, shape) for at, shape in enumerate(motif.every))
    shapes += _placeholder(
        2,
        "Draft",
        'type="body" sz="quarter" idx="15"',
        DRAFT._replace(w=DRAFT.w - (28 if motif.every else 0)),
        _level(12, "accent2", True, "r"),
        _prompt("Draft"),
    )
    shapes += _placeholder(
        3, "Kicker", 'type="body" sz="quarter" idx="13"', KICKER, _level(12, "tx2", True), _prompt("Topic")
    )
    title = STATEMENT if statement else TITLE
    shapes += _placeholder(
        4,
        "Title",
        'type="title"',
        title,
        _level(size, "tx1", True, spacing=95, font="+mj-lt"),
        _prompt("The finding, in a full sentence"),
    )
    body = '<a:p><a:r><a:rPr lang="en-GB"/><a:t>What shows it</a:t></a:r></a:p>'
    shapes += _placeholder(5, "Body", 'idx="1"', STATEMENT_BODY if statement else BODY, "", body)
    shapes += _placeholder(
        6,
        "Footnote",
        'type="body" sz="quarter" idx="14"',
        FOOTNOTE,
        _level(12, "tx2"),
        _prompt("What it is counted from"),
        "b",
    )
    shapes += _footers(7)
    return _layout(name, 'type="obj"' if name == "Content" else "", shapes)


def _master() -> bytes:
    shapes = _placeholder(2, "Title", 'type="title"', TITLE, "", _prompt("The finding, in a full sentence"))
    shapes += _placeholder(3, "Body", 'type="body" idx="1"', BODY, "", _prompt("What shows it"))
    shapes += _footers(4)
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
        '<a:defRPr sz="1800" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{level}pPr>'
        for level in range(1, 10)
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
