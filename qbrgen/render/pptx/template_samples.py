"""The slides that a template came with, and all that belongs to them alone: no deck takes them over."""

from __future__ import annotations

from typing import Any

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OF_SLIDES = ("sldIdLst", "custShowLst", "smartTags", "custDataLst", "photoAlbum")
_SHOWN = ("showPr", "htmlPubPr", "webPr", "sldLst")  # of presentation and view properties: which slides they are about


def drop_samples(presentation: Any) -> None:
    """Leaves masters, layouts, themes and notes masters. Parts that nothing leads to any more are not written.

    Sections, custom shows and views that list the slides go with them, and jumps to a slide from a layout or master.
    """
    main = presentation.part
    root = main._element
    for name in _OF_SLIDES:
        for element in root.findall(f"{_P}{name}"):
            root.remove(element)
    for extension in root.findall(f"{_P}extLst"):  # sections and guides
        root.remove(extension)
    for part in [main, *main.package.iter_parts()]:
        gone = {link for link, rel in part.rels.items() if rel.reltype.endswith(("/slide", "/comments"))}
        if part is main:
            gone |= {link for link, rel in part.rels.items() if rel.reltype.endswith(("Authors", "/authors"))}
        elif "slide+xml" in part.content_type or "notesSlide+xml" in part.content_type:
            continue
        if gone and part is not main:
            _cut(part, gone)
        for link in gone:
            part.rels.pop(link)
        if part.content_type.endswith(("presProps+xml", "viewProps+xml")):
            _forget(part)


def _cut(part: Any, gone: set[str]) -> None:
    """Take out of a layout or master what names a relationship that is gone: the shape stays."""
    for element in list(part._element.iter()) if hasattr(part, "_element") else ():
        if element.get(f"{_R}id") in gone and element.getparent() is not None:
            element.getparent().remove(element)


def _forget(part: Any) -> None:
    from lxml import etree

    tree = etree.fromstring(part.blob)
    named = [element for name in _SHOWN for element in tree.iter(f"{_P}{name}")]
    if named:
        for element in named:
            element.getparent().remove(element)
        part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
