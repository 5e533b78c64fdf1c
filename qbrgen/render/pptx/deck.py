"""A document of slides, written as a PPTX that opens without repair and is the same for the same input."""

from __future__ import annotations

import datetime
import io
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from qbrgen.document import Document
from qbrgen.errors import Finding
from qbrgen.files import write_bytes
from qbrgen.render.pptx.layouts import open_template
from qbrgen.render.pptx.metrics import Typeface
from qbrgen.render.pptx.opc import read_package, write_package
from qbrgen.render.pptx.slides import Page, draw, pages_of
from qbrgen.render.pptx.template_parts import app_properties
from qbrgen.render.pptx.text import Ink, clean, para
from qbrgen.theme import Theme

_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_SECTIONS = uuid.UUID("5a1c2f6e-9f0e-4a53-8f53-0d8f0a7c9b11")  # names the space that section ids are made in


def write_deck(document: Document, theme: Theme, path: Path) -> list[Finding]:
    """Write `document` to `path`, whole or not at all, and return what had to be done about the theme.

    The same document and theme give the same bytes. Raises ValueError for a document without slides.
    """
    content, findings = deck_bytes(document, theme)
    write_bytes(path, content)
    return findings


def deck_bytes(document: Document, theme: Theme) -> tuple[bytes, list[Finding]]:
    """(the file, findings): `write_deck` without the file system."""
    if not document.slides:
        raise ValueError("a deck has slides; a document of sections is drawn as a PDF")
    presentation, layouts, findings = open_template(theme)
    ink = _ink(document, theme)
    pages = _titled([page for slide in document.slides for page in pages_of(slide, document, layouts, ink)])
    for number, page in enumerate(pages, start=1):
        _add_slide(presentation, page, document, number, ink)
    _add_sections(presentation, pages)
    _set_properties(presentation, document)
    stream = io.BytesIO()
    presentation.save(stream)
    parts = read_package(stream.getvalue())
    notes = sum(1 for page in pages if page.slide.notes)
    parts["docProps/app.xml"] = app_properties(clean(document.company), len(pages), notes)
    return write_package(parts), findings


def slide_numbers(document: Document, theme: Theme) -> dict[str, list[int]]:
    """Key of each slide of `document` → the numbers under which it stands in the file, from 1; several where a long
    table is cut over."""
    _, layouts, _ = open_template(theme)
    ink, numbers = _ink(document, theme), count(1)
    return {each.key: [next(numbers) for _ in pages_of(each, document, layouts, ink)] for each in document.slides}


def _ink(document: Document, theme: Theme) -> Ink:
    body = Typeface(theme.body)
    heading = body if theme.heading == theme.body else Typeface(theme.heading)
    return Ink(body, heading, document.language)


def _titled(pages: Sequence[Page]) -> list[Page]:
    """Every title unique: "… (2 of 3)" where one stands on several slides."""
    counts = Counter(clean(page.title) for page in pages)
    seen: Counter[str] = Counter()
    found = []
    for page in pages:
        title = clean(page.title).strip() or page.slide.key
        seen[clean(page.title)] += 1
        total = counts[clean(page.title)]
        found.append(replace(page, title=f"{title} ({seen[clean(page.title)]} of {total})" if total > 1 else title))
    return found


def _add_slide(presentation: Any, page: Page, document: Document, number: int, ink: Ink) -> None:
    from pptx.oxml import parse_xml

    slide = presentation.slides.add_slide(page.layout.source)

    def store_chart(chart_xml: bytes, workbook: bytes) -> str:
        return _add_chart(slide.part, chart_xml, workbook)

    tree = slide.shapes._spTree
    for shape in list(tree)[2:]:  # the layout's placeholders, cloned: those that we fill come back in reading order
        tree.remove(shape)
    drawn = parse_xml(f"<p:spTree {_NS}>{draw(page, document, number, ink, store_chart)}</p:spTree>")
    for shape in list(drawn):
        tree.append(shape)
    slide._element.cSld.set("name", clean(page.title)[:250])
    if page.slide.notes:
        _add_notes(slide, page.slide.notes, ink)


def _add_chart(slide_part: Any, chart_xml: bytes, workbook: bytes) -> str:
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.parts.chart import ChartPart
    from pptx.parts.embeddedpackage import EmbeddedXlsxPart

    package = slide_part.package
    chart = ChartPart.load(
        package.next_partname(ChartPart.partname_template), CONTENT_TYPE.DML_CHART, package, chart_xml
    )
    link = slide_part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    inner = chart.relate_to(EmbeddedXlsxPart.new(workbook, package), RELATIONSHIP_TYPE.PACKAGE)
    assert inner == "rId1"  # what the chart's XML names
    return str(link)


def _add_notes(slide: Any, notes: Sequence[str], ink: Ink) -> None:
    from pptx.oxml import parse_xml

    frame = slide.notes_slide.notes_text_frame
    body = frame._txBody
    for paragraph in body.findall("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        body.remove(paragraph)
    for text in notes:
        body.append(parse_xml(ink.xml([para(text, 12)], inherit=True).replace("<a:p>", f"<a:p {_NS}>", 1)))


def _add_sections(presentation: Any, pages: Sequence[Page]) -> None:
    """Named sections, in the order in which they begin; none where no slide names one."""
    from pptx.oxml import parse_xml

    ids = [slide_id.get("id") for slide_id in presentation.slides._sldIdLst]
    runs: list[tuple[str, list[str]]] = []
    for page, number in zip(pages, ids, strict=True):
        name = clean(page.slide.section) or (runs[-1][0] if runs else "")
        if not runs or runs[-1][0] != name:
            runs.append((name, []))
        runs[-1][1].append(number)
    if not any(name for name, _ in runs):
        return
    rows = "".join(
        f'<p14:section name={quoteattr(name or pages[0].slide.key)} id="{_section_id(at, name)}">'
        f"<p14:sldIdLst>{_slide_ids(numbers)}</p14:sldIdLst></p14:section>"
        for at, (name, numbers) in enumerate(runs)
    )
    sections = f'<p14:sectionLst xmlns:p14="{_P14}">{rows}</p14:sectionLst>'
    xml = f'<p:ext {_NS} uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">{sections}</p:ext>'
    root = presentation.part._element
    holder = root.find("{http://schemas.openxmlformats.org/presentationml/2006/main}extLst")
    if holder is None:
        holder = parse_xml(f"<p:extLst {_NS}/>")
        root.append(holder)
    holder.append(parse_xml(xml))


def _set_properties(presentation: Any, document: Document) -> None:
    """The file's own properties; the date is the document's, never the clock's."""
    when = datetime.datetime.combine(document.made_on, datetime.time())
    core = presentation.core_properties
    core.title, core.subject = clean(document.title)[:255], clean(document.subject)[:255]
    core.author = core.last_modified_by = clean(document.author)[:255]
    core.keywords = ", ".join(clean(word) for word in document.keywords)[:255]
    core.language, core.category, core.comments = document.language, "", ""
    core.created = core.modified = when
    core.revision = 1


def _section_id(at: int, name: str) -> str:
    return f"{{{str(uuid.uuid5(_SECTIONS, f'{at} {name}')).upper()}}}"


def _slide_ids(numbers: Sequence[str]) -> str:
    return "".join(f'<p14:sldId id="{number}"/>' for number in numbers)
