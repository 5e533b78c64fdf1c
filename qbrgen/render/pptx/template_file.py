"""A template's file: opened whatever its ending, and emptied of all that is not look."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Of the presentation part and of the package: what belongs to the slides that were there, or to whoever made them.
_STRANGERS = (
    "/slide", "/commentAuthors", "/authors", "/comments", "/tags", "/customXml", "/handoutMaster", "/printerSettings",
    "/revisionInfo", "/changesInfo", "/changesInfos", "/vbaProject", "/thumbnail", "/custom-properties",
    "/classificationlabels", "/smil",
)  # fmt: skip
_OF_SLIDES = (f"{_P}custShowLst", f"{_P}smartTags", f"{_P}custDataLst", f"{_P}handoutMasterIdLst", f"{_P}photoAlbum")


def open_presentation(content: bytes) -> Any:
    """python-pptx's Presentation of what `safe_template` gives."""
    from pptx import Presentation

    return Presentation(io.BytesIO(content))


def emptied(presentation: Any) -> None:
    """Leaves masters, layouts and themes: slides go, with all that only they or their makers used.

    Parts that nothing leads to any more are not written. Links out of the file go too, and jumps to slides.
    """
    part = presentation.part
    root = part._element
    for tag in (f"{_P}sldIdLst", *_OF_SLIDES):
        for element in root.findall(tag):
            root.remove(element)
    for extension in root.findall(f"{_P}extLst"):  # sections, guides: all of the slides that were there
        root.remove(extension)
    _drop(part, lambda kind: kind.endswith(_STRANGERS))
    _drop(presentation.part.package, lambda kind: kind.endswith(_STRANGERS))
    for master in presentation.slide_masters:
        for owner in (master.part, *(layout.part for layout in master.slide_layouts)):
            _cut_links(owner)
    for link in part.rels.values():
        if not link.is_external and link.reltype.endswith("/presProps"):
            link.target_part._blob = _without_show(link.target_part.blob)


def _drop(owner: Any, unwanted: Callable[[str], bool]) -> None:
    rels = owner.rels if hasattr(owner, "rels") else owner._rels
    for link_id in [link_id for link_id, link in rels.items() if link.is_external or unwanted(link.reltype)]:
        rels.pop(link_id)


def _cut_links(owner: Any) -> None:
    """Takes what leads out of the file, or to a slide, from a layout or master: the shapes stay."""
    gone = {
        link_id
        for link_id, link in owner.rels.items()
        if link.is_external or link.reltype.endswith(("/slide", "/tags", "/comments", "/customXml", "/control"))
    }
    for element in list(owner._element.iter()):
        named = [name for name in (f"{_R}id", f"{_R}link", f"{_R}embed") if element.get(name) in gone]
        if not named:
            continue
        if element.tag.rsplit("}", 1)[-1] == "blip":  # a linked picture may hold itself as well
            for name in named:
                del element.attrib[name]
        elif element.getparent() is not None:
            element.getparent().remove(element)
    for link_id in gone:
        owner.rels.pop(link_id)


def _without_show(content: bytes) -> bytes:
    """Presentation properties without which slides a show begins with: those slides are gone."""
    from lxml import etree

    tree = etree.fromstring(content)
    for element in [*tree.findall(f"{_P}showPr"), *tree.findall(f"{_P}htmlPubPr"), *tree.findall(f"{_P}webPr")]:
        tree.remove(element)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
