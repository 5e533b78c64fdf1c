"""A document of slides, written as a PPTX that opens without repair and is the same for the same input."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

from qbrgen.document import Document, Role
from qbrgen.errors import Finding
from qbrgen.files import write_bytes
from qbrgen.render.pptx.foreign_slides import settled
from qbrgen.render.pptx.markup import escape
from qbrgen.render.pptx.metrics import typeface_of
from qbrgen.render.pptx.opened import opened
from qbrgen.render.pptx.package import HEAD, NewDeck
from qbrgen.render.pptx.slides import Page, draw, pages_of
from qbrgen.render.pptx.slots import Foreign, Layout
from qbrgen.render.pptx.template_parts import app_properties
from qbrgen.render.pptx.text import Ink, clean, para
from qbrgen.theme import Theme

_SIZE = re.compile(r' sz="(\d+)"')
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
    template = opened(theme)
    ink = _ink(document, theme, template.layouts)
    layouts = settled(document, template.layouts, ink)
    pages = _titled([page for slide in document.slides for page in pages_of(slide, document, layouts, ink)])
    deck = NewDeck(template.blank)
    for number, page in enumerate(pages, start=1):
        _add_slide(deck, page, document, number, ink)
    notes = sum(1 for page in pages if page.slide.notes)
    app = app_properties(clean(document.company), len(pages), notes)
    return deck.written(_sections(pages), _core_properties(document), app), list(template.findings)


def slide_numbers(document: Document, theme: Theme) -> dict[str, list[int]]:
    """Key of each slide of `document` → the numbers under which it stands in the file, from 1; several where a long
    table is cut over."""
    layouts, numbers = opened(theme).layouts, count(1)
    ink = _ink(document, theme, layouts)
    layouts = settled(document, layouts, ink)
    return {each.key: [next(numbers) for _ in pages_of(each, document, layouts, ink)] for each in document.slides}


def _ink(document: Document, theme: Theme, layouts: Mapping[Role, Layout]) -> Ink:
    """What text is measured with: the theme's typefaces, or those of the template that slides are made on."""
    foreign = layouts[Role.CONTENT].foreign
    heading, body = foreign.fonts if foreign else (theme.heading, theme.body)
    held = layouts[Role.CONTENT].slots["title"].held
    return Ink(typeface_of(body), typeface_of(heading), document.language, held.scale if held else ())


def _sized(chart_xml: str, ink: Ink) -> str:
    """A chart whose text is set in the sizes that the rest of the deck is set in."""
    return _SIZE.sub(lambda found: f' sz="{round(ink.size(int(found[1]) / 100) * 100)}"', chart_xml)


def _titled(pages: Sequence[Page]) -> list[Page]:
    """Every title unique: "… (2/3)" where one stands on several slides."""
    counts = Counter(clean(page.title) for page in pages)
    seen: Counter[str] = Counter()
    found = []
    for page in pages:
        title = clean(page.title).strip() or page.slide.key
        seen[clean(page.title)] += 1
        total = counts[clean(page.title)]
        found.append(replace(page, title=f"{title} ({seen[clean(page.title)]}/{total})" if total > 1 else title))
    return found


def _add_slide(deck: NewDeck, page: Page, document: Document, number: int, ink: Ink) -> None:
    slide = deck.add_slide(page.layout.part)
    foreign = page.layout.foreign
    bound = _bound(foreign) if foreign else None

    def add_chart(chart_xml: bytes, workbook: bytes) -> str:
        if bound:
            chart_xml = _sized(bound(chart_xml.decode()), ink).encode()
        return slide.add_chart(chart_xml, workbook)

    shapes = draw(page, document, number, ink, add_chart)
    if bound:
        shapes = bound(shapes)
    if page.slide.notes:
        slide.add_notes(ink.xml([para(text, 12) for text in page.slide.notes], inherit=True))
    slide.finish(clean(page.title)[:250], shapes, foreign.colour_map if foreign else "")


def _bound(foreign: Foreign) -> Callable[[str], str]:
    """What puts the colours of somebody else's template in the place of ours."""
    from qbrgen.render.pptx.template_binding import bound

    return partial(bound, binding=foreign.binding)


def _sections(pages: Sequence[Page]) -> list[tuple[str, str, int]]:
    """(name, id, how many slides) of each section, as they begin; none where no slide names one."""
    runs: list[tuple[str, int]] = []
    for page in pages:
        name = clean(page.slide.section) or (runs[-1][0] if runs else "")
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    if not any(name for name, _ in runs):
        return []
    return [(name or pages[0].slide.key, _section_id(at, name), slides) for at, (name, slides) in enumerate(runs)]


def _section_id(at: int, name: str) -> str:
    return f"{{{str(uuid.uuid5(_SECTIONS, f'{at} {name}')).upper()}}}"


def _core_properties(document: Document) -> bytes:
    """The file's own properties, nothing of the template's; the date is the document's, never the clock's."""

    def said(text: str) -> str:
        return escape(clean(text)[:255])

    when = f"{document.made_on.isoformat()}T00:00:00Z"
    keywords = ", ".join(clean(word) for word in document.keywords)
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{said(document.title)}</dc:title>'
        f"<dc:creator>{said(document.author)}</dc:creator><dc:subject>{said(document.subject)}</dc:subject>"
        f"<cp:lastModifiedBy>{said(document.author)}</cp:lastModifiedBy><cp:keywords>{said(keywords)}</cp:keywords>"
        f"<dc:language>{said(document.language)}</dc:language><cp:category></cp:category><dc:description></dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
        "<cp:revision>1</cp:revision></cp:coreProperties>"
    ).encode()
