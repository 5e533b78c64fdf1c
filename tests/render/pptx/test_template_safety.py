"""Which templates are refused, with what they are and what to do."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from broken_templates import (
    LAYOUT,
    LAYOUT_LINKS,
    MACRO_TYPE,
    PRESENTATION,
    TYPES,
    changed,
    drop,
    link,
    main_type,
    ole,
    plain,
    put,
    put_file,
    swap,
    zipped,
)
from pptx import Presentation

from qbrgen.errors import InputError
from qbrgen.render.pptx import template_safety
from qbrgen.render.pptx.template_safety import safe_template

EMPTY_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
LAUGHS = '<!DOCTYPE p:sldLayout [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
REFUSED = {
    "encrypted.pptx": (ole("EncryptedPackage"), "template-encrypted", "password"),
    "old.ppt": (ole("PowerPoint Document"), "template-old-format", "save it as .pptx"),
    "workbook.xls": (ole("Workbook"), "template-not-powerpoint", "before 2007"),
    "look.thmx": (
        zipped(("[Content_Types].xml", EMPTY_TYPES), ("theme/theme/themeManager.xml", b"<a/>")),
        "template-is-theme",
        "Browse for Themes",
    ),
    "text.docx": (
        zipped(("[Content_Types].xml", EMPTY_TYPES), ("word/document.xml", b"<a/>")),
        "template-not-powerpoint",
        "Word",
    ),
    "slides.key": (zipped(("Index/Document.iwa", b"x")), "template-not-powerpoint", "Export To"),
    "slides.odp": (zipped(("content.xml", b"<a/>")), "template-not-powerpoint", "LibreOffice"),
    "packed.zip": (zipped(("brand/our.potx", b"x")), "template-not-powerpoint", "brand/our.potx"),
    "guide.pdf": (b"%PDF-1.7\n", "template-not-powerpoint", "PDF"),
    "login.pptx": (b"<!DOCTYPE html><html>", "template-not-powerpoint", "web page"),
    "pointer.pptx": (b"version https://git-lfs.github.com/spec/v1\n", "template-not-powerpoint", "git lfs pull"),
    "~$deck.pptx": (b"\x05Priya" + bytes(159), "template-not-powerpoint", "'deck.pptx'"),
    "empty.pptx": (b"", "template-empty", "empty"),
    "noise.pptx": (b"\x01\x02noise", "template-not-powerpoint", ".pptx or .potx"),
    "cut.pptx": (changed()[:9000], "template-damaged", "not copied or downloaded whole"),
    "flipped.pptx": (changed().replace(b"PK\x01\x02", b"PK\x09\x09"), "template-damaged", "repair"),
    "macros.pptm": (
        changed(main_type("ms-powerpoint.presentation.macroEnabled.main+xml")),
        "template-macros",
        "save it as PowerPoint Presentation (.pptx)",
    ),
    "hidden-macros.pptx": (changed(put("ppt/vbaProject.bin", b"x", MACRO_TYPE)), "template-macros", "macros"),
    "named-macros.pptx": (changed(put("ppt/vbaProject.bin", b"x")), "template-macros", "macros"),
    "renamed-macros.pptx": (changed(put("ppt/media/a.bin", b"x", MACRO_TYPE)), "template-macros", "macros"),
    "controls.pptx": (changed(put("ppt/activeX/activeX1.xml", b"<a/>")), "template-macros", "controls"),
    "macro-sheet.pptx": (
        changed(put("ppt/embeddings/a.xlsm", b"x", "application/vnd.ms-excel.sheet.macroEnabled.12")),
        "template-macros",
        "macros",
    ),
    "add-in.ppam": (changed(main_type("slideshow.other+xml")), "template-not-powerpoint", "not a presentation"),
    "twice.pptx": (
        zipped(*plain().items(), ("ppt/Presentation.xml", b"<a/>")),
        "template-damaged",
        "ppt/presentation.xml twice",
    ),
    "way-out.pptx": (changed(put("../../etc/profile", b"x")), "template-unsafe-name", "../../etc/profile"),
    "rooted.pptx": (changed(put("/etc/profile", b"x")), "template-unsafe-name", "/etc/profile"),
    "entities.pptx": (changed(swap(LAYOUT, "<p:sldLayout", LAUGHS + "<p:sldLayout")), "template-unsafe-xml", LAYOUT),
    "fetched.pptx": (
        changed(swap(LAYOUT, "<p:sldLayout", '<!DOCTYPE a SYSTEM "http://a.example/a.dtd"><p:sldLayout')),
        "template-unsafe-xml",
        LAYOUT,
    ),
    "utf-16-entities.pptx": (
        changed(put(LAYOUT, f'<?xml version="1.0"?>{LAUGHS}<a/>'.encode("utf-16"))),
        "template-unsafe-xml",
        LAYOUT,
    ),
    "untold.pptx": (
        changed(put("ppt/media/a.xyz", b"x"), link("image", "../media/a.xyz", external=False)),
        "template-damaged",
        "the kind of its part ppt/media/a.xyz is not told",
    ),
    "no-mark.pptx": (
        changed(put(LAYOUT, f'<?xml version="1.0"?>{LAUGHS}<a/>'.encode("utf-16-be"))),
        "template-unsafe-xml",
        LAYOUT,
    ),
    "ebcdic.pptx": (
        changed(put(LAYOUT, f'<?xml version="1.0" encoding="IBM037"?>{LAUGHS}<a/>'.encode("cp037"))),
        "template-unsafe-xml",
        LAYOUT,
    ),
    "utf-7.pptx": (changed(swap(LAYOUT, 'encoding="UTF-8"', 'encoding="UTF-7"')), "template-unsafe-xml", LAYOUT),
    "broken-xml.pptx": (changed(swap(LAYOUT, "</p:cSld>", "")), "template-damaged", "no proper XML"),
    "no-contents.pptx": (changed(drop(TYPES)), "template-not-powerpoint", "not one that PowerPoint makes"),
    "no-links.pptx": (changed(drop("_rels/.rels")), "template-damaged", "_rels/.rels is missing"),
    "no-layout-part.pptx": (changed(drop(LAYOUT)), "template-damaged", f"{LAYOUT} is missing"),
    "no-main-part.pptx": (changed(drop(PRESENTATION)), "template-damaged", f"{PRESENTATION} is missing"),
    "no-master.pptx": (
        changed(swap(PRESENTATION, "<p:sldMasterId ", "<p:other ")),
        "template-no-layouts",
        "Insert Layout",
    ),
    "strict.pptx": (
        changed(
            swap("_rels/.rels", "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/x")
        ),
        "template-strict",
        "not as Strict",
    ),
    "half-linked.pptx": (
        changed(swap(LAYOUT_LINKS, 'Id="rId1"', "")),
        "template-damaged",
        f"an entry of its part {LAYOUT_LINKS} is not complete",
    ),
    "half-typed.pptx": (
        changed(swap(TYPES, 'ContentType="image/png"', "")),
        "template-damaged",
        f"an entry of its part {TYPES} is not complete",
    ),
    "frameless.pptx": (
        changed(swap(LAYOUT, '<p:ph type="title"/>', '<p:ph type="heading"/>')),
        "template-damaged",
        "not as PowerPoint writes it",
    ),
    "nameless.pptx": (
        changed(swap(LAYOUT, 'name="Title"', "")),
        "template-damaged",
        "not as PowerPoint writes it",
    ),
    "huge.pptx": (changed(swap(PRESENTATION, 'cx="12192000"', 'cx="91440000"')), "template-size", "100 × 7.5 inches"),
    "flat.pptx": (changed(swap(PRESENTATION, 'cy="6858000"', 'cy="0"')), "template-size", "1 to 56 inches"),
    "sizeless.pptx": (changed(swap(PRESENTATION, 'cy="6858000"', 'cy="tall"')), "template-size", "inches"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_template_is_refused_with_what_it_is_and_what_to_do(name: str, tmp_path: Path) -> None:
    content, code, told = REFUSED[name]
    path = put_file(tmp_path, name, content)
    with pytest.raises(InputError) as refused:
        safe_template(path)
    (finding,) = refused.value.findings
    assert finding.code == code
    assert finding.what.startswith(f"{name} cannot be used as a template: ")
    assert told in f"{finding.what} {finding.fix}"
    assert finding.fix
    assert finding.where is not None
    assert finding.where.file == str(path)


def test_no_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        safe_template(tmp_path / "none.pptx")
    with pytest.raises(InputError, match="it is a folder"):
        safe_template(tmp_path)


def test_all_that_is_wrong_with_its_parts_is_told_at_once(tmp_path: Path) -> None:
    members = (*plain().items(), (LAYOUT.upper(), b"<a/>"), ("../out", b"x"))
    with pytest.raises(InputError) as refused:
        safe_template(put_file(tmp_path, "both.pptx", zipped(*members)))
    assert [finding.code for finding in refused.value.findings] == ["template-damaged", "template-unsafe-name"]


@pytest.mark.parametrize("kind", ["template", "slideshow"])
def test_a_potx_and_a_show_are_read_as_a_presentation(kind: str, tmp_path: Path) -> None:
    content = changed(main_type(f"presentationml.{kind}.main+xml"))
    with pytest.raises(ValueError, match="not a PowerPoint file"):
        Presentation(io.BytesIO(content))
    safe = safe_template(put_file(tmp_path, "our.potx", content))
    assert safe.findings == ()
    assert len(Presentation(io.BytesIO(safe.content)).slide_layouts) == 4


def test_a_sound_template_is_used_byte_by_byte(tmp_path: Path) -> None:
    content = changed()
    assert safe_template(put_file(tmp_path, "sound.pptx", content)).content == content


def test_a_template_changed_on_disk_is_read_anew(tmp_path: Path) -> None:
    path = put_file(tmp_path, "our.pptx", changed())
    before = safe_template(path)
    path.write_bytes(changed(swap(LAYOUT, 'name="Content"', 'name="Inhalt"')))
    assert safe_template(path) != before


# ---- bombs ----------------------------------------------------------------------------------------------------------


def test_a_part_that_unpacks_without_end_is_refused_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_safety, "MOST_XML", 1_000_000)
    path = put_file(tmp_path, "bomb.pptx", changed(put("ppt/theme/long.xml", b" " * 3_000_000)))
    with pytest.raises(InputError, match="unpacks to more than any template needs"):
        safe_template(path)


def test_many_parts_that_unpack_to_too_much_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_safety, "MOST_UNPACKED", 2_000_000)
    edits = [put(f"ppt/media/{at}.bin", os.urandom(700_000)) for at in range(3)]
    with pytest.raises(InputError, match="unpacks to more than any template needs"):
        safe_template(put_file(tmp_path, "many.pptx", changed(*edits)))


def test_what_unpacks_out_of_all_proportion_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_safety, "_RATIO_MATTERS", 1_000_000)
    blank = put("ppt/media/blank.bmp", bytes(9_000_000))
    with pytest.raises(InputError, match=r"blank\.bmp unpacks"):
        safe_template(put_file(tmp_path, "ratio.pptx", changed(blank)))


def test_the_size_in_a_header_is_not_believed(tmp_path: Path) -> None:
    """A member says that it is of 9 bytes and unpacks to more: no more than that is read, and its checksum is wrong."""
    content = zipped(*plain().items(), ("ppt/media/liar.bin", b"\0" * 4_000_000))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        real = package.getinfo("ppt/media/liar.bin").file_size.to_bytes(4, "little")
    path = put_file(tmp_path, "liar.pptx", content.replace(real, (9).to_bytes(4, "little")))
    with pytest.raises(InputError, match="damaged"):
        safe_template(path)


def test_a_file_too_large_to_be_carried_by_every_deck_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_file(tmp_path, "large.pptx", changed())
    monkeypatch.setattr(template_safety, "MOST_BYTES", 10_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(InputError, match="compressed pictures"):
        safe_template(path)


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_safety, "MOST_PARTS", 5)
    with pytest.raises(InputError, match="parts, more than 5"):
        safe_template(put_file(tmp_path, "parts.pptx", changed()))


def test_a_zip_with_a_password_is_told(tmp_path: Path) -> None:
    content = bytearray(changed())
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(head)
        content[place + at] |= 1
    with pytest.raises(InputError, match="protected by a password"):
        safe_template(put_file(tmp_path, "locked.pptx", bytes(content)))
