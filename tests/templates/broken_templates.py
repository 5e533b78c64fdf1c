"""Templates as they should not be, made from the plain one: for tests of what is refused, dropped or told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from qbrgen.render.pptx.opc import read_package, write_package
from qbrgen.resources import themes_dir

Parts = dict[str, bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAYOUT, LAYOUT_LINKS = "ppt/slideLayouts/slideLayout3.xml", "ppt/slideLayouts/_rels/slideLayout3.xml.rels"
TYPES, PRESENTATION = "[Content_Types].xml", "ppt/presentation.xml"


def plain() -> Parts:
    """The parts of the plain theme's template."""
    return read_package((themes_dir() / "plain" / "template.pptx").read_bytes())


def changed(*edits: Callable[[Parts], object]) -> bytes:
    """The plain template with these edits."""
    parts = plain()
    for edit in edits:
        edit(parts)
    return write_package(parts)


def swap(part: str, old: str, new: str) -> Callable[[Parts], object]:
    """Replace the first `old` in a part."""

    def edit(parts: Parts) -> None:
        assert old.encode() in parts[part], f"{old!r} is not in {part}: the test would break nothing"
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return edit


def put(part: str, content: bytes, kind: str = "") -> Callable[[Parts], object]:
    """Add a part, with its content type where one is given."""

    def edit(parts: Parts) -> None:
        parts[part] = content
        if kind:
            entry = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
            swap(TYPES, "</Types>", entry)(parts)

    return edit


def drop(part: str) -> Callable[[Parts], object]:
    return lambda parts: parts.pop(part)


def link(kind: str, target: str, *, source: str = LAYOUT_LINKS, external: bool = True) -> Callable[[Parts], object]:
    """Add the relationship rId77 to a part."""
    mode = ' TargetMode="External"' if external else ""
    entry = f'<Relationship Id="rId77" Type="{RELATION}/{kind}" Target="{target}"{mode}/></Relationships>'
    return swap(source, "</Relationships>", entry)


def shape(xml: str) -> Callable[[Parts], object]:
    """Add a shape to the layout Content."""
    return swap(LAYOUT, "</p:spTree>", f"{xml}</p:spTree>")


def picture(attribute: str) -> str:
    """A picture that names rId77 in this attribute of its blip."""
    return (
        '<p:pic><p:nvPicPr><p:cNvPr id="90" name="Linked"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip {attribute}="rId77"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="0" '
        'y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def main_type(kind: str) -> Callable[[Parts], object]:
    """Say that the main part is of another kind."""
    return swap(TYPES, "presentationml.presentation.main+xml", kind)


MACRO_TYPE = "application/vnd.ms-office.vbaProject"


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Any zip, with names that may occur twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def ole(stream: str) -> bytes:
    """An OLE container whose directory names this stream."""
    return OLE + stream.encode("utf-16-le") + bytes(512)


def put_file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
