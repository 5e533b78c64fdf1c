"""The parts of our template that no theme changes: content types, relationships, properties, the notes master."""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

from collections.abc import Iterable

from qbrgen.render.pptx.grid import HEIGHT, WIDTH, emu
from qbrgen.render.pptx.markup import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XMLNS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{_REL}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_CT = "application/vnd.openxmlformats-officedocument"
PRESENTATION, NOTES_MASTER = "ppt/presentation.xml", "ppt/notesMasters/notesMaster1.xml"
CORE, APP = "docProps/core.xml", "docProps/app.xml"
# A notes slide on our notes master, before and after its paragraphs.
NOTES = (
    f'{_HEAD}<p:notes {_XMLNS}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    '<p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
    'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr>'
    '<p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" sz="quarter" idx="3"/>'
    "</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>",
    "</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
)
NO_TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid", built into PowerPoint


def relationships(links: Iterable[tuple[str, str]]) -> bytes:
    """A .rels part: (kind, target) as rId1, rId2 …; a kind that holds a colon is a whole type."""
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{kind if ":" in kind else f"{_REL}/{kind}"}" Target="{target}"/>'
        for at, (kind, target) in enumerate(links, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'.encode()


def fixed_parts(layouts: int, company: str) -> dict[str, bytes]:
    """All parts but the theme, the master and the layouts, of which there are `layouts`."""
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    master_links = [("slideLayout", f"../slideLayouts/slideLayout{at}.xml") for at in range(1, layouts + 1)]
    return {
        "[Content_Types].xml": _content_types(layouts),
        "_rels/.rels": relationships(
            [
                ("officeDocument", "ppt/presentation.xml"),
                (core, "docProps/core.xml"),
                ("extended-properties", "docProps/app.xml"),
            ]
        ),
        "docProps/core.xml": _core(company),
        "docProps/app.xml": app_properties(company),
        "ppt/presentation.xml": _presentation(),
        "ppt/_rels/presentation.xml.rels": relationships(
            [
                ("slideMaster", "slideMasters/slideMaster1.xml"),
                ("notesMaster", "notesMasters/notesMaster1.xml"),
                ("presProps", "presProps.xml"),
                ("viewProps", "viewProps.xml"),
                ("theme", "theme/theme1.xml"),
                ("tableStyles", "tableStyles.xml"),
            ]
        ),
        "ppt/presProps.xml": f"{_HEAD}<p:presentationPr {_XMLNS}/>".encode(),
        "ppt/viewProps.xml": f"{_HEAD}<p:viewPr {_XMLNS}/>".encode(),
        "ppt/tableStyles.xml": (
            f'{_HEAD}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{NO_TABLE_STYLE}"/>'
        ).encode(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relationships(
            [*master_links, ("theme", "../theme/theme1.xml")]
        ),
        "ppt/notesMasters/notesMaster1.xml": _notes_master(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relationships([("theme", "../theme/theme2.xml")]),
    }


def app_properties(company: str, slides: int = 0, notes: int = 0) -> bytes:
    """docProps/app.xml: which program wrote the file, for whom."""
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>qbrgen</Application><PresentationFormat>Widescreen</PresentationFormat><Slides>{slides}</Slides>"
        f"<Notes>{notes}</Notes><Company>{escape(company)}</Company></Properties>"
    ).encode()


def _content_types(layouts: int) -> bytes:
    kinds = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_CT}.extended-properties+xml",
        "/ppt/presentation.xml": f"{_CT}.presentationml.presentation.main+xml",
        "/ppt/presProps.xml": f"{_CT}.presentationml.presProps+xml",
        "/ppt/viewProps.xml": f"{_CT}.presentationml.viewProps+xml",
        "/ppt/tableStyles.xml": f"{_CT}.presentationml.tableStyles+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{_CT}.presentationml.slideMaster+xml",
        "/ppt/notesMasters/notesMaster1.xml": f"{_CT}.presentationml.notesMaster+xml",
        "/ppt/theme/theme1.xml": f"{_CT}.theme+xml",
        "/ppt/theme/theme2.xml": f"{_CT}.theme+xml",
    }
    kinds |= {
        f"/ppt/slideLayouts/slideLayout{at}.xml": f"{_CT}.presentationml.slideLayout+xml"
        for at in range(1, layouts + 1)
    }
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
    }
    rows = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults.items())
    rows += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rows}</Types>'.encode()


def _core(company: str) -> bytes:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(company)}</dc:title><dc:creator>{escape(company)}</dc:creator></cp:coreProperties>"
    ).encode()


def _presentation() -> bytes:
    levels = "".join(
        f'<a:lvl{level}pPr marL="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        '<a:defRPr sz="1800" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{level}pPr>'
        for level in range(1, 10)
    )
    return (
        f'{_HEAD}<p:presentation {_XMLNS} saveSubsetFonts="1" autoCompressPictures="0"><p:sldMasterIdLst>'
        '<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/>'
        f'</p:notesMasterIdLst><p:sldSz cx="{emu(WIDTH)}" cy="{emu(HEIGHT)}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="en-GB"/></a:defPPr>{levels}</p:defaultTextStyle></p:presentation>'
    ).encode()


def _notes_master() -> bytes:
    def shape(number: int, name: str, ph: str, frame: tuple[int, int, int, int], locks: str, inside: str) -> str:
        x, y, w, h = frame
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/><p:cNvSpPr><a:spLocks noGrp="1"{locks}/></p:cNvSpPr>'
            f'<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>{inside}</p:sp>'
        )

    body = (
        '<p:txBody><a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0"/><a:lstStyle/>'
        '<a:p><a:r><a:rPr lang="en-GB"/><a:t>Talk track</a:t></a:r></a:p></p:txBody>'
    )
    shapes = shape(
        2,
        "Slide Image",
        'type="sldImg" idx="2"',
        (685800, 685800, 5486400, 3086100),
        ' noRot="1" noChangeAspect="1"',
        "",
    )
    shapes += shape(3, "Notes", 'type="body" sz="quarter" idx="3"', (685800, 4000500, 5486400, 4457700), "", body)
    levels = "".join(
        f'<a:lvl{level}pPr marL="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:spcBef>'
        '<a:spcPts val="600"/></a:spcBef><a:defRPr sz="1200" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{level}pPr>'
        for level in range(1, 6)
    )
    return (
        f'{_HEAD}<p:notesMaster {_XMLNS}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree></p:cSld>'
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" '
        f'accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:notesStyle>{levels}</p:notesStyle></p:notesMaster>'
    ).encode()
