"""What a file that is meant as a template really is, told by its first bytes: for messages that say what to do."""

from __future__ import annotations

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Office's files until 2003, and of encrypted newer ones
_SAVE = "Open it in PowerPoint and save it as .pptx."
_EXPORT = "Open it where it was made, export or save it as a PowerPoint file (.pptx), and give that."
# First bytes → (what it is, what to do).
_HEADS = (
    (b"%PDF", "a PDF", "A PDF holds no layouts. Ask who made it for the PowerPoint template (.potx or .pptx)."),
    (b"{\\rtf", "an RTF text", _EXPORT),
    (b"\x89PNG", "a picture", "A picture holds no layouts. Give the PowerPoint template (.potx or .pptx)."),
    (b"\xff\xd8\xff", "a picture", "A picture holds no layouts. Give the PowerPoint template (.potx or .pptx)."),
    (b"version https://git-lfs", "a pointer to a file in Git LFS", "Fetch the file itself: git lfs pull."),
    (b"\x00\x05\x16\x07", "macOS's note beside a file", "Give the file of the same name without the ._ before it."),
    (b"Rar!", "a RAR archive", "Unpack it, and give the .pptx or .potx in it."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it, and give the .pptx or .potx in it."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it, and give the .pptx or .potx in it."),
)
_PACKAGES = (
    ("thememanager", "an Office theme (.thmx)", "It holds colours and fonts but no map of slides. In PowerPoint: "
     "Design, Themes, Browse for Themes, choose it, and save as .pptx."),
    ("word/document.xml", "a Word document", "Give a PowerPoint file (.pptx or .potx)."),
    ("xl/workbook.xml", "an Excel workbook", "Give a PowerPoint file (.pptx or .potx)."),
    ("index/document.iwa", "a Keynote presentation", "Open it in Keynote: File, Export To, PowerPoint (.pptx)."),
    ("index.zip", "a Keynote presentation", "Open it in Keynote: File, Export To, PowerPoint (.pptx)."),
    ("index.apxl", "a Keynote presentation", "Open it in Keynote: File, Export To, PowerPoint (.pptx)."),
    ("content.xml", "an OpenDocument file (LibreOffice)", "Open it in LibreOffice and save it as .pptx."),
)  # fmt: skip


def is_zip(content: bytes) -> bool:
    """Whether it begins as the zip that a PPTX is."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def no_package(content: bytes, name: str) -> tuple[str, str, str]:
    """(code, what it is instead, what to do) for a file that is no zip."""
    if not content.strip(b"\0"):
        return "template-empty", "the file is empty", "It was not copied or downloaded whole. Get it again."
    if name.startswith("~$"):
        what = "it is the note that PowerPoint keeps beside an open file"
        return "template-not-powerpoint", what, f"Give {name[2:]!r}, which is open elsewhere."
    what, fix = "it is not a PowerPoint file", "Give a .pptx or .potx as PowerPoint saves it."
    start = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(_OLE):
        return _ole(content)
    if b"pkg:package" in start:
        what, fix = "it is a PowerPoint presentation saved as XML", _SAVE
    elif start.startswith((b"<!doctype html", b"<html")):
        what = "it is a web page, probably the one that stood before the download"
        fix = "Download the template itself, signed in where that is needed."
    for head, kind, what_to_do in _HEADS:
        if content.startswith(head):
            what, fix = f"it is {kind}, not a PowerPoint file", what_to_do
    return "template-not-powerpoint", what, fix


def _ole(content: bytes) -> tuple[str, str, str]:
    """Streams of an OLE container are named in UTF-16 in its directory."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        fix = "Open it in PowerPoint, take the protection off (File, Info, Protect Presentation) and save it as .pptx."
        return "template-encrypted", "it is protected by a password or by rights management", fix
    if holds("PowerPoint Document"):
        return "template-old-format", "it is in PowerPoint's format of before 2007 (.ppt, .pot)", _SAVE
    return "template-not-powerpoint", "it is an Office file of before 2007, not a presentation", _SAVE


def other_package(names: frozenset[str]) -> tuple[str, str, str]:
    """(code, what it is, what to do) for a zip whose members (in lower case) are no presentation."""
    for mark, kind, fix in _PACKAGES:
        if any(mark in name for name in names):
            code = "template-is-theme" if mark == "thememanager" else "template-not-powerpoint"
            return code, f"it is {kind}, not a presentation", fix
    inside = sorted(name for name in names if name.endswith((".pptx", ".potx")))
    if inside:
        return "template-not-powerpoint", f"it is a zip that holds {inside[0]}", "Unpack it, and give that file."
    fix = "Give a .pptx or .potx as PowerPoint saves it."
    return "template-not-powerpoint", "it is a zip, but not one that PowerPoint makes", fix
