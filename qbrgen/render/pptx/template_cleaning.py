"""What a deck may not take over from a template: macros and controls refuse it, links out of the file are cut.

Works on the parts of the package by name. Metadata that is no look (SharePoint's properties, labels, authors of
comments, tags of add-ins, the thumbnail) goes without a word; what somebody might miss is noted.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from qbrgen.errors import Finding, Level, Location

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/"
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.{}.main+xml"
_PRESENTATION = _MAIN.format("presentation")
_READ_AS_ONE = {_MAIN.format("template"), _MAIN.format("slideshow"), _PRESENTATION}
_SAVE_PLAIN = "Open it in PowerPoint and save it as PowerPoint Presentation (.pptx)"
# Relationships by the last word of their type. Of the package and of the presentation only these belong to a look.
_KEPT = {
    "": {"officeDocument", "core-properties", "extended-properties"},
    "presentation": {
        "slideMaster", "slide", "notesMaster", "handoutMaster", "theme", "presProps", "viewProps", "tableStyles",
        "font",
    },
}  # fmt: skip
_LOOKS = ("slideMaster+xml", "slideLayout+xml", "notesMaster+xml", "handoutMaster+xml")  # content types end so
_NOT_IN_LOOKS = {"tags", "customXml", "oleObject", "package", "vmlDrawing", "slide", "comments", "control"}
_ESSENTIAL = {"officeDocument", "slideMaster", "slideLayout", "theme"}
_CONTROLS = ("vnd.ms-office.vbaproject", "macroenabled", "activex", "vnd.ms-office.vbadata")


class Damaged(Exception):
    """The template may not be used. code, what and fix are those of the finding."""

    def __init__(self, code: str, what: str, fix: str = "") -> None:
        self.code, self.what, self.fix = code, what, fix
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The parts that may be used, and notes on what was left out."""

    parts: Mapping[str, bytes]
    findings: tuple[Finding, ...]


@dataclass
class _Package:
    """The parts while they are cleaned."""

    parts: dict[str, bytes]
    types: Any  # [Content_Types].xml
    where: Location
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, what: str, fix: str = "") -> None:
        self.findings.append(Finding(Level.NOTE, code, what, fix, self.where))


def cleaned(parts: Mapping[str, bytes], where: Location) -> Cleaned:
    """The parts as a plain presentation. Raises Damaged where they may not be used.

    where: the file, for the notes.
    """
    package = _Package(dict(parts), _complete(_part(parts, "[Content_Types].xml"), "[Content_Types].xml"), where)
    main = _main_part(package)
    _refuse_active(package)
    _set_main_type(package, main)
    for name in sorted(_sources(package.parts)):
        _clean_links(package, name, main)
    _drop_unreached(package)
    _check_presentation(package, main)
    return Cleaned(package.parts, tuple(dict.fromkeys(package.findings)))


def _part(parts: Mapping[str, bytes], name: str) -> bytes:
    found = next((key for key in parts if key.lower() == name.lower()), None)
    if found is None:
        raise Damaged("template-damaged", f"its part {name} is missing")
    return parts[found]


def _parsed(content: bytes, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise Damaged("template-damaged", f"its part {name[:80]} is no proper XML ({str(problem)[:80]})") from None


_NEEDED = {
    f"{{{_RELS}}}Relationship": ("Id", "Type", "Target"),
    f"{{{_TYPES}}}Override": ("PartName", "ContentType"),
    f"{{{_TYPES}}}Default": ("Extension", "ContentType"),
}


def _complete(content: bytes, name: str) -> Any:
    """A list of relationships or content types, parsed. Raises Damaged where an entry lacks what it needs."""
    root = _parsed(content, name)
    for entry in list(root):
        if not isinstance(entry.tag, str):  # a comment
            root.remove(entry)
        elif entry.tag not in _NEEDED or not all(entry.get(each) for each in _NEEDED[entry.tag]):
            raise Damaged("template-damaged", f"an entry of its part {name[:80]} is not complete")
    return root


def _written(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


# ---- what it is ------------------------------------------------------------------------------------------------------


def _main_part(package: _Package) -> str:
    rels = _complete(_part(package.parts, "_rels/.rels"), "_rels/.rels")
    for link in rels:
        kind = str(link.get("Type"))
        if kind.rpartition("/")[2] != "officeDocument":
            continue
        if kind.startswith(_STRICT):
            raise Damaged("template-strict", "it is saved as Strict Open XML", f"{_SAVE_PLAIN}, not as Strict.")
        name = _target("", str(link.get("Target")))
        if name not in package.parts:
            raise Damaged("template-damaged", f"its part {name[:80]} is missing")
        return name
    raise Damaged("template-damaged", "it does not say which of its parts is the presentation")


def _refuse_active(package: _Package) -> None:
    """Macros and ActiveX controls: by content type and by name, wherever they are linked from."""
    kinds = [str(entry.get("ContentType", "")).lower() for entry in package.types]
    names = [name.lower() for name in package.parts]
    if any(mark in kind for mark in _CONTROLS for kind in kinds) or any(
        "vbaproject" in name or "/activex/" in name for name in names
    ):
        what = "it holds macros or controls, which no deck may carry"
        raise Damaged("template-macros", what, f"{_SAVE_PLAIN}, which leaves macros out; delete controls by hand.")


def _set_main_type(package: _Package, main: str) -> None:
    """A POTX or a show is read as a presentation once its main part says that it is one."""
    entry = _type_entry(package.types, main)
    kind = str(entry.get("ContentType")) if entry is not None else ""
    if kind not in _READ_AS_ONE:
        what = f"its main part is {kind[:100] or 'of no known kind'}, not a presentation"
        raise Damaged("template-not-powerpoint", what, f"{_SAVE_PLAIN}.")
    assert entry is not None
    if kind != _PRESENTATION:
        entry.set("ContentType", _PRESENTATION)
        _store(package, "[Content_Types].xml", package.types)


def _type_entry(types: Any, name: str) -> Any:
    for entry in types.iterfind(f"{{{_TYPES}}}Override"):
        if str(entry.get("PartName")).lower() == f"/{name}".lower():
            return entry
    ending = name.rpartition(".")[2].lower()
    for entry in types.iterfind(f"{{{_TYPES}}}Default"):
        if str(entry.get("Extension")).lower() == ending:
            return entry
    return None


def _kind(package: _Package, name: str) -> str:
    """The content type of a part, "" where none is told."""
    entry = _type_entry(package.types, name) if name else None
    return "" if entry is None else str(entry.get("ContentType"))


def _store(package: _Package, name: str, root: Any) -> None:
    key = next((key for key in package.parts if key.lower() == name.lower()), name)
    package.parts[key] = _written(root)


# ---- its links -------------------------------------------------------------------------------------------------------


def _sources(parts: Iterable[str]) -> list[str]:
    """Names of all relationship parts."""
    return [name for name in parts if name.endswith(".rels") and posixpath.basename(posixpath.dirname(name)) == "_rels"]


def _source(rels_name: str) -> str:
    """The part that a relationship part speaks for; "" is the package."""
    folder, file = posixpath.split(rels_name)
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels")).lstrip("/")


def _target(source: str, target: str) -> str:
    path = unquote(target.split("#", 1)[0])
    base = "" if path.startswith("/") else posixpath.dirname(source)
    return posixpath.normpath(posixpath.join(base, path.lstrip("/"))).lstrip("/")


def _clean_links(package: _Package, rels_name: str, main: str) -> None:
    """Drop the relationships of one part that lead out of the file, to nothing, or to what is no look."""
    source = _source(rels_name)
    rels = _complete(package.parts[rels_name], rels_name)
    if source and source not in package.parts:  # nothing leads to it: dropped with the rest
        return
    sample = _kind(package, source).endswith(("slide+xml", "notesSlide+xml"))
    dropped: dict[str, str] = {}
    for link in list(rels):
        kind = str(link.get("Type")).rpartition("/")[2]
        target = _target(source, str(link.get("Target")))
        if str(link.get("TargetMode", "Internal")).lower() == "external":
            if not sample:
                _note_external(package, kind, str(link.get("Target")))
        elif target not in package.parts:
            if kind in _ESSENTIAL:
                raise Damaged("template-damaged", f"its part {target[:80]} is missing")
            if not sample and target.rpartition("/")[2].upper() != "NULL":  # some tools delete a picture that way
                package.note("template-part-missing", f"A part is named and not there: {target[:80]}. It is left out.")
        elif _belongs(package, source, main, kind):
            continue
        elif kind in ("oleObject", "package"):
            package.note("template-object-dropped", "An embedded object on a master or layout is left out.")
        dropped[str(link.get("Id"))] = kind
        rels.remove(link)
    if not dropped:
        return
    package.parts[rels_name] = _written(rels)
    if source:
        _cut(package, source, set(dropped))


def _belongs(package: _Package, source: str, main: str, kind: str) -> bool:
    if source == "":
        return kind in _KEPT[""]
    if source == main:
        return kind in _KEPT["presentation"]
    return not (kind in _NOT_IN_LOOKS and _kind(package, source).endswith(_LOOKS))


def _note_external(package: _Package, kind: str, target: str) -> None:
    shown = target[:60]
    if kind == "hyperlink":
        package.note("template-link-dropped", f"The link to {shown} is left out; its text stays.")
    else:
        fix = "Insert it into the template instead of linking it."
        package.note("template-link-dropped", f"What is linked from outside ({kind}: {shown}) is left out.", fix)


def _cut(package: _Package, name: str, ids: set[str]) -> None:
    """Take out of a part what names a dropped relationship, and what would stand there empty without it."""
    root = _parsed(package.parts[name], name)
    named = [
        (node, key)
        for node in root.iter()
        if isinstance(node.tag, str)
        for key, value in node.attrib.items()
        if key.startswith(f"{{{_R}}}") and value in ids
    ]
    for node, key in named:
        if node.getparent() is None:  # its holder went before
            continue
        del node.attrib[key]
        if any(other.startswith(f"{{{_R}}}") and node.get(other) for other in node.attrib):
            continue  # a picture that is linked and embedded: the embedded one stays
        _remove(_holder(node))
    package.parts[name] = _written(root)


def _holder(node: Any) -> Any:
    """What goes with a broken link: the whole shape of a picture or an object, the fill, else the element alone."""
    kind = node.tag.rpartition("}")[2]
    for above in node.iterancestors(f"{{{_P}}}pic", f"{{{_P}}}graphicFrame"):
        if kind in ("blip", "oleObj", "control", "relIds", "chart"):
            return above
    if kind == "blip":
        for above in node.iterancestors(f"{{{_P}}}bg", f"{{{_A}}}blipFill"):
            return above
    return node


def _remove(node: Any) -> None:
    """With a parent that would be left as an empty list."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tag == f"{{{_A}}}blipFill":  # a shape keeps some fill
        node.addprevious(parent.makeelement(f"{{{_A}}}noFill", {}))
    parent.remove(node)
    if parent.tag.rpartition("}")[2] in ("custDataLst", "controls", "notesMasterIdLst", "handoutMasterIdLst"):
        grand = parent.getparent()
        if len(parent) == 0 and grand is not None:
            grand.remove(parent)


def _drop_unreached(package: _Package) -> None:
    """Parts that no relationship leads to any more are none of the template."""
    reached = {"[content_types].xml"}
    waiting = [""]
    while waiting:
        source = waiting.pop()
        folder, file = posixpath.split(source)
        rels_name = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels_name not in package.parts:
            continue
        reached.add(rels_name.lower())
        for link in _parsed(package.parts[rels_name], rels_name):
            target = _target(source, str(link.get("Target")))
            if str(link.get("TargetMode", "Internal")).lower() != "external" and target.lower() not in reached:
                reached.add(target.lower())
                waiting.append(target)
    for name in [name for name in package.parts if name.lower() not in reached]:
        del package.parts[name]
    _drop_types(package)


def _drop_types(package: _Package) -> None:
    """The contents page names only parts that are there, and a type for each of them."""
    there = {f"/{name}".lower() for name in package.parts}
    gone = [
        entry for entry in package.types.iterfind(f"{{{_TYPES}}}Override") if entry.get("PartName").lower() not in there
    ]
    for entry in gone:
        package.types.remove(entry)
    if gone:
        _store(package, "[Content_Types].xml", package.types)
    for name in package.parts:
        if name.lower() != "[content_types].xml" and _type_entry(package.types, name) is None:
            raise Damaged("template-damaged", f"the kind of its part {name[:80]} is not told")


# ---- its slides' size, masters and layouts ---------------------------------------------------------------------------


def _check_presentation(package: _Package, main: str) -> None:
    root = _parsed(package.parts[main], main)
    if root.tag != f"{{{_P}}}presentation":
        raise Damaged("template-damaged", "its main part holds no presentation")
    layouts = [name for name in package.parts if _kind(package, name).endswith("slideLayout+xml")]
    for name in package.parts:
        if _kind(package, name).endswith((*_LOOKS, "theme+xml")) or name == main:
            _drop_remarks(package, name)
    if root.find(f"{{{_P}}}sldMasterIdLst/{{{_P}}}sldMasterId") is None or not layouts:
        fix = "Open it in PowerPoint: View, Slide Master, Insert Layout; or begin with another template."
        raise Damaged("template-no-layouts", "it has no layouts to put slides on", fix)
    size = root.find(f"{{{_P}}}sldSz")
    if size is None:
        return
    inches = [_number(size.get(side)) / 914400 for side in ("cx", "cy")]
    if not all(1 <= side <= 56 for side in inches):
        told = " × ".join(f"{side:.4g}" for side in inches)
        fix = "Set the size in PowerPoint: Design, Slide Size (1 to 56 inches)."
        raise Damaged("template-size", f"its slides measure {told} inches", fix)


def _drop_remarks(package: _Package, name: str) -> None:
    """Comments and processing instructions in a part: what somebody wrote there for a colleague goes into no deck."""
    from lxml import etree

    root = _parsed(package.parts[name], name)
    if root.xpath("//comment() | //processing-instruction()"):
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        package.parts[name] = _written(root)


def _number(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0
