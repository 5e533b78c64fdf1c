"""The parts of a deck, put together as bytes: a template's own, and beside them slides, charts, workbooks and notes.

python-pptx opens templates that others made (`layouts.py`) and gives back their parts without slides (`blank`); ours
are read as they are (`own_template.py`). It does not write: what we draw is XML of our own already, which its objects
would parse, hold and write out once more; and for every part that it adds it looks at the names of all others, so that
long decks cost it more a slide than short ones. Here a part is written once, and its name is the next number.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from xml.parsers.expat import ParserCreate

from qbrgen.render.pptx.markup import quoteattr
from qbrgen.render.pptx.opc import read_package, write_package
from qbrgen.render.pptx.template_parts import relationships
from qbrgen.render.pptx.template_samples import drop_samples

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"  # the extension that holds them
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EXTENDED = f"{_OFFICE}/extended-properties"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DOCUMENT = "application/vnd.openxmlformats-officedocument"
# Kinds of relationship → names of the parts that we add, and content types by the folder of these.
_NUMBERED = {
    "slide": "ppt/slides/slide{}.xml",
    "notesSlide": "ppt/notesSlides/notesSlide{}.xml",
    "chart": "ppt/charts/chart{}.xml",
    "package": "ppt/embeddings/Microsoft_Excel_Sheet{}.xlsx",
}
_KINDS = {
    "ppt/slides": f"{_DOCUMENT}.presentationml.slide+xml",
    "ppt/notesSlides": f"{_DOCUMENT}.presentationml.notesSlide+xml",
    "ppt/charts": f"{_DOCUMENT}.drawingml.chart+xml",
}
_FIRST_SLIDE = 256  # the least id that a slide may have
_HERE = "paragraphs"  # a comment that marks their place


@dataclass(frozen=True, slots=True)
class Blank:
    """A template that is ready to take slides; never changed, so that decks share it.

    parts: by name, without content types. defaults, overrides: content types by ending and by part. notes: a notes
    slide before and after its paragraphs. The other fields name parts.
    """

    parts: Mapping[str, bytes]
    defaults: Mapping[str, str]
    overrides: Mapping[str, str]
    notes: tuple[str, str]
    presentation: str
    notes_master: str
    core: str
    app: str


def blank(presentation: Any) -> Blank:
    """A template opened by python-pptx, as parts: without its slides and what names them."""
    from lxml import etree

    drop_samples(presentation)
    master = presentation.notes_master  # one of python-pptx's where the template has none
    core = presentation.part.package.core_properties.partname.lstrip("/")
    notes = _notes_around(master)
    stream = io.BytesIO()
    presentation.save(stream)
    parts = read_package(stream.getvalue())
    types = etree.fromstring(parts.pop("[Content_Types].xml"))
    defaults = {one.get("Extension").lower(): one.get("ContentType") for one in types if one.get("Extension")}
    overrides = {one.get("PartName").lstrip("/"): one.get("ContentType") for one in types if one.get("PartName")}
    links = etree.fromstring(parts["_rels/.rels"])
    app = next((one.get("Target").lstrip("/") for one in links if one.get("Type") == _EXTENDED), "")
    if not app:
        app = "docProps/app.xml"
        etree.SubElement(links, f"{{{_RELS}}}Relationship", Id=f"rId{_next_number(links)}", Type=_EXTENDED, Target=app)
        parts["_rels/.rels"] = _bytes(links)
    overrides[app] = f"{_DOCUMENT}.extended-properties+xml"
    defaults["xlsx"] = f"{_DOCUMENT}.spreadsheetml.sheet"
    return Blank(
        parts, defaults, overrides, notes, str(presentation.part.partname).lstrip("/"),
        str(master.part.partname).lstrip("/"), core, app,
    )  # fmt: skip


def _notes_around(master: Any) -> tuple[str, str]:
    """The XML of a notes slide on this master, before and after the paragraphs of its body."""
    from lxml import etree
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.oxml.slide import CT_NotesSlide
    from pptx.slide import NotesSlide

    notes: Any = NotesSlide(CT_NotesSlide.new(), master.part)
    notes.clone_master_placeholders(master)
    if notes.notes_text_frame is None:  # 9: no other has so high an id
        notes.shapes._spTree.add_placeholder(9, "Notes", PP_PLACEHOLDER.BODY, "horz", "quarter", 1)
    body = notes.notes_text_frame._txBody
    for paragraph in body.findall(f"{_A}p"):
        body.remove(paragraph)
    body.append(etree.Comment(_HERE))
    before, _, after = etree.tostring(notes._element, encoding="unicode").partition(f"<!--{_HERE}-->")
    return HEAD + before, after


class NewSlide:
    """A slide while it is drawn: its part, and its relationships so far."""

    def __init__(self, deck: NewDeck, part: str, layout: str) -> None:
        self._deck, self._part = deck, part
        self._links = [("slideLayout", layout)]

    def add_chart(self, chart_xml: bytes, workbook: bytes) -> str:
        """Take in a chart with its workbook, and give the relationship by which the slide names it."""
        return self._linked("chart", self._deck.add_chart(chart_xml, workbook))

    def add_notes(self, paragraphs: str) -> None:
        """Take in notes, as `a:p` elements."""
        self._linked("notesSlide", self._deck.add_notes(self._part, paragraphs))

    def _linked(self, kind: str, part: str) -> str:
        self._links.append((kind, part))
        return f"rId{len(self._links)}"

    def finish(self, name: str, shapes: str, colour_map: str = "") -> None:
        """Put the slide into the deck. name: what it is called inside the file. shapes: the elements of its tree.

        colour_map: an element that overrides the master's, "" where the layout has none.
        """
        xml = (
            f'{HEAD}<p:sld {NAMESPACES}><p:cSld name={quoteattr(name)}><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
            f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
            f"<p:clrMapOvr>{colour_map or '<a:masterClrMapping/>'}</p:clrMapOvr></p:sld>"
        )
        self._deck.add_part(self._part, xml.encode(), self._links)


class NewDeck:
    """A deck while it is put together on a template."""

    def __init__(self, template: Blank) -> None:
        self._template = template
        self._parts = dict(template.parts)
        self._kinds = dict(template.overrides)
        self._slides: list[str] = []
        self._names = {kind: _free(kind, self._parts) for kind in _NUMBERED}

    def add_slide(self, layout: str) -> NewSlide:
        """Begin a slide, behind those that are there. layout: the part of its layout."""
        self._slides.append(next(self._names["slide"]))
        return NewSlide(self, self._slides[-1], layout)

    def add_chart(self, chart_xml: bytes, workbook: bytes) -> str:
        """The part of a new chart, whose workbook is its first relationship."""
        name, book = next(self._names["chart"]), next(self._names["package"])
        self._parts[book] = workbook
        self.add_part(name, chart_xml, [("package", book)])
        return name

    def add_notes(self, slide: str, paragraphs: str) -> str:
        """The part of a slide's new notes."""
        name = next(self._names["notesSlide"])
        before, after = self._template.notes
        links = [("notesMaster", self._template.notes_master), ("slide", slide)]
        self.add_part(name, f"{before}{paragraphs}{after}".encode(), links)
        return name

    def add_part(self, name: str, content: bytes, links: Iterable[tuple[str, str]]) -> None:
        """Take in a part of a kind that its folder tells, with relationships (kind, part) as rId1, rId2 …

        Raises ExpatError where it is no proper XML: better no deck than one that PowerPoint has to repair.
        """
        ParserCreate(namespace_separator=" ").Parse(content, True)
        folder, file = posixpath.split(name)
        self._parts[name] = content
        self._kinds[name] = _KINDS[folder]
        targets = [(kind, posixpath.relpath(part, folder)) for kind, part in links]
        self._parts[f"{folder}/_rels/{file}.rels"] = relationships(targets)

    def written(self, sections: Iterable[tuple[str, str, int]], core: bytes, app: bytes) -> bytes:
        """The file. sections: (name, id, how many slides) in order. core, app: the parts of its properties."""
        self._parts[self._template.core], self._parts[self._template.app] = core, app
        self._add_to_presentation(list(sections))
        return write_package({**self._parts, "[Content_Types].xml": self._content_types()})

    def _add_to_presentation(self, sections: list[tuple[str, str, int]]) -> None:
        """The list of slides, which stands behind those of the masters, and the sections."""
        from lxml import etree

        name = self._template.presentation
        folder, file = posixpath.split(name)
        rels_name = f"{folder}/_rels/{file}.rels"
        root, links = etree.fromstring(self._parts[name]), etree.fromstring(self._parts[rels_name])
        first = _next_number(links)
        listed = etree.Element(f"{_P}sldIdLst")
        for at, slide in enumerate(self._slides):
            number = f"rId{first + at}"
            etree.SubElement(listed, f"{_P}sldId", {"id": str(_FIRST_SLIDE + at), f"{_R}id": number})
            target = posixpath.relpath(slide, folder)
            etree.SubElement(links, f"{{{_RELS}}}Relationship", Id=number, Type=f"{_OFFICE}/slide", Target=target)
        masters = [root.find(f"{_P}{kind}MasterIdLst") for kind in ("sld", "notes", "handout")]
        [one for one in masters if one is not None][-1].addnext(listed)
        if sections:
            holder = root.find(f"{_P}extLst")
            if holder is None:
                holder = etree.SubElement(root, f"{_P}extLst")
            holder.append(etree.fromstring(_sections_xml(sections)))
        self._parts[name], self._parts[rels_name] = _bytes(root), _bytes(links)

    def _content_types(self) -> bytes:
        rows = [
            f"<Default Extension={quoteattr(end)} ContentType={quoteattr(kind)}/>"
            for end, kind in sorted(self._template.defaults.items())
        ]
        rows += [
            f"<Override PartName={quoteattr(f'/{name}')} ContentType={quoteattr(kind)}/>"
            for name, kind in sorted(self._kinds.items())
        ]
        return f'{HEAD}<Types xmlns="{_TYPES}">{"".join(rows)}</Types>'.encode()


def _free(kind: str, taken: Mapping[str, bytes]) -> Iterator[str]:
    """Names for parts of this kind, by number, but those that the template has."""
    pattern, there = _NUMBERED[kind], frozenset(taken)
    return (name for number in count(1) if (name := pattern.format(number)) not in there)


def _sections_xml(sections: Iterable[tuple[str, str, int]]) -> str:
    first, rows = _FIRST_SLIDE, ""
    for name, section_id, slides in sections:
        ids = "".join(f'<p14:sldId id="{number}"/>' for number in range(first, first + slides))
        rows += (
            f'<p14:section name={quoteattr(name)} id="{section_id}"><p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>'
        )
        first += slides
    return f'<p:ext {NAMESPACES} uri="{_SECTIONS}"><p14:sectionLst xmlns:p14="{_P14}">{rows}</p14:sectionLst></p:ext>'


def _next_number(links: Any) -> int:
    """The least number above that of every relationship "rIdN"."""
    found = [re.fullmatch(r"rId(\d+)", str(one.get("Id"))) for one in links]
    return 1 + max((int(each[1]) for each in found if each), default=0)


def _bytes(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
