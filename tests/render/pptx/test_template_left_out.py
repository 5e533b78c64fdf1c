"""What of a template goes into no deck: links, embedded objects, comments; and what is told of it."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from pathlib import Path

import pytest
from broken_templates import (
    LAYOUT,
    LAYOUT_LINKS,
    RELATION,
    TYPES,
    changed,
    link,
    picture,
    plain,
    put,
    put_file,
    shape,
    swap,
)
from pptx import Presentation

from qbrgen.render.pptx.opc import read_package, write_package
from qbrgen.render.pptx.template_info import read_template
from qbrgen.render.pptx.template_safety import safe_template


def parts_of(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """(the parts of the safe template, its notes), once python-pptx has opened it without a word."""
    safe = safe_template(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(Presentation(io.BytesIO(safe.content)).slide_layouts) == 4
    return read_package(safe.content), [finding.what for finding in safe.findings]


def test_a_picture_linked_from_outside_goes_with_its_shape_and_is_told(tmp_path: Path) -> None:
    edits = (link("image", "file:///C:/logos/secret.png"), shape(picture("r:link")))
    parts, notes = parts_of(put_file(tmp_path, "linked.pptx", changed(*edits)))
    assert notes == ["What is linked from outside (image: file:///C:/logos/secret.png) is left out."]
    assert b"rId77" not in parts[LAYOUT]
    assert b'name="Linked"' not in parts[LAYOUT]
    assert not any(b"External" in content for name, content in parts.items() if name.endswith(".rels"))


def test_a_picture_that_is_linked_and_embedded_stays(tmp_path: Path) -> None:
    both = picture("r:link").replace('r:link="rId77"', 'r:embed="rId78" r:link="rId77"')
    logo = f'<Relationship Id="rId78" Type="{RELATION}/image" Target="../media/logo.png"/></Relationships>'
    edits = (
        link("image", "file:///C:/logo.png"),
        swap(LAYOUT_LINKS, "</Relationships>", logo),
        put("ppt/media/logo.png", b"png"),
        shape(both),
    )
    parts, notes = parts_of(put_file(tmp_path, "both.pptx", changed(*edits)))
    assert len(notes) == 1
    assert b'r:embed="rId78"' in parts[LAYOUT]
    assert b"r:link" not in parts[LAYOUT]


def test_a_shape_filled_with_a_linked_picture_stays_without_a_fill(tmp_path: Path) -> None:
    filled = picture("r:link").replace("<p:pic>", "<p:sp>").replace("</p:pic>", "</p:sp>")
    filled = filled.replace("nvPicPr", "nvSpPr").replace("cNvPicPr", "cNvSpPr")
    fill = filled[filled.index("<p:blipFill>") : filled.index("</p:blipFill>")] + "</p:blipFill>"
    filled = filled.replace(fill, "").replace("</p:spPr>", fill.replace("p:blipFill", "a:blipFill") + "</p:spPr>")
    edits = (link("image", "file:///C:/logo.png"), shape(filled))
    parts, notes = parts_of(put_file(tmp_path, "filled.pptx", changed(*edits)))
    assert len(notes) == 1
    assert b'name="Linked"' in parts[LAYOUT]
    assert b"<a:noFill/></p:spPr>" in parts[LAYOUT]


def test_links_of_a_part_that_is_not_there_go_without_a_word(tmp_path: Path) -> None:
    links = plain()[LAYOUT_LINKS]
    parts, notes = parts_of(put_file(tmp_path, "lost.pptx", changed(put("ppt/slides/_rels/slide9.xml.rels", links))))
    assert notes == []
    assert "ppt/slides/_rels/slide9.xml.rels" not in parts


def test_a_link_to_a_web_page_goes_and_its_text_stays(tmp_path: Path) -> None:
    words = "<a:t>What it is counted from</a:t>"
    click = '<a:rPr lang="en-GB"><a:hlinkClick r:id="rId77"/></a:rPr>'
    edits = (
        link("hyperlink", "https://brand.example/"),
        swap(LAYOUT, f'<a:rPr lang="en-GB"/>{words}', click + words),
    )
    parts, notes = parts_of(put_file(tmp_path, "web.pptx", changed(*edits)))
    assert notes == ["The link to https://brand.example/ is left out; its text stays."]
    assert b"hlinkClick" not in parts[LAYOUT]
    assert words.encode() in parts[LAYOUT]


def test_a_part_that_is_named_and_missing_is_left_out(tmp_path: Path) -> None:
    edits = (link("image", "../media/gone.png", external=False), shape(picture("r:embed")))
    parts, notes = parts_of(put_file(tmp_path, "gone.pptx", changed(*edits)))
    assert notes == ["A part is named and not there: ppt/media/gone.png. It is left out."]
    assert b'name="Linked"' not in parts[LAYOUT]


def test_a_link_to_nothing_as_some_tools_write_it_is_dropped_without_a_word(tmp_path: Path) -> None:
    parts, notes = parts_of(put_file(tmp_path, "null.pptx", changed(link("image", "../media/NULL", external=False))))
    assert notes == []
    assert b"NULL" not in parts[LAYOUT_LINKS]


def test_an_object_embedded_in_a_layout_goes_with_its_frame(tmp_path: Path) -> None:
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="91" name="Object"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj r:id="rId77" progId="Excel"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
    kind = "application/vnd.openxmlformats-officedocument.oleObject"
    edits = (
        put("ppt/embeddings/oleObject1.bin", b"its workbook", kind),
        link("oleObject", "../embeddings/oleObject1.bin", external=False),
        shape(frame),
    )
    parts, notes = parts_of(put_file(tmp_path, "object.pptx", changed(*edits)))
    assert notes == ["An embedded object on a master or layout is left out."]
    assert b"graphicFrame" not in parts[LAYOUT]
    assert "ppt/embeddings/oleObject1.bin" not in parts


def test_what_is_no_look_is_not_carried_on(tmp_path: Path) -> None:
    """SharePoint's properties, labels, authors and tags of add-ins name people and places of whoever made it."""
    secret = b"<a>Jon of the merger team</a>"
    edits = (
        put("docProps/custom.xml", secret, "application/x-custom+xml"),
        link("custom-properties", "docProps/custom.xml", source="_rels/.rels", external=False),
        put("ppt/tags/tag1.xml", secret, "application/x-tags+xml"),
        link("tags", "../tags/tag1.xml", external=False),
        swap(
            LAYOUT, "</p:spTree>", '</p:spTree><p:custDataLst><p:tags r:id="rId77"/></p:custDataLst>'
        ),
        put("ppt/authors.xml", secret, "application/x-authors+xml"),
        link("authors", "authors.xml", source="ppt/_rels/presentation.xml.rels", external=False),
        put("customXml/item1.xml", secret, "application/xml"),
    )  # fmt: skip
    parts, notes = parts_of(put_file(tmp_path, "labelled.pptx", changed(*edits)))
    assert notes == []
    assert not [name for name, content in parts.items() if b"merger" in content]
    assert b"custDataLst" not in parts[LAYOUT]
    assert b"custom" not in parts[TYPES]


def test_every_template_of_the_outside_data_opens_without_a_note(shared: Path) -> None:
    paths = sorted((shared / "templates").glob("*.p*"))
    assert len(paths) > 5
    for path in paths:
        safe = safe_template(path)
        assert safe.findings == (), path.name
        assert len(Presentation(io.BytesIO(safe.content)).slide_masters) >= 1
        assert not [name for name in read_package(safe.content) if "custom" in name.lower() or "thumb" in name.lower()]


def test_what_is_cleaned_is_the_same_each_time(tmp_path: Path) -> None:
    content = changed(link("hyperlink", "https://brand.example/"))
    one, other = (put_file(tmp_path, name, content) for name in ("one.pptx", "other.pptx"))
    assert safe_template(one).content == safe_template(other).content
    assert write_package(read_package(safe_template(one).content)) == safe_template(one).content


def test_a_picture_too_large_to_be_looked_at_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a small file that would fill the memory only the head is read."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 12_000, 12_000, 8, 6, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
    edits = (
        put("ppt/media/bomb.png", bomb),
        link("image", "../media/bomb.png", external=False),
        shape(picture("r:embed")),
    )
    monkeypatch.setattr("PIL.Image.Image.convert", lambda *_: pytest.fail("it was unpacked"))
    info = read_template(put_file(tmp_path, "picture.pptx", changed(*edits)))
    assert next(layout for layout in info.layouts if layout.name == "Content").drawn[-1].colours == ()


def test_a_colour_of_the_system_counts_as_what_it_mostly_is(tmp_path: Path) -> None:
    theme = plain()["ppt/theme/theme1.xml"].decode()
    dark, light = (theme[theme.index(f"<a:{slot}>") :].partition(f"</a:{slot}>")[0] for slot in ("dk1", "lt1"))
    edits = (
        swap("ppt/theme/theme1.xml", dark, '<a:dk1><a:sysClr val="windowText"/>'),
        swap("ppt/theme/theme1.xml", light, '<a:lt1><a:sysClr val="window"/>'),
    )
    scheme = read_template(put_file(tmp_path, "system.pptx", changed(*edits))).scheme
    assert (scheme["tx1"], scheme["bg1"]) == ("#000000", "#FFFFFF")


def test_what_somebody_wrote_between_the_lines_of_a_layout_goes_into_no_deck(tmp_path: Path) -> None:
    """Comments and processing instructions: nobody sees them, and every deck would carry them."""
    remarks = "<!-- ask Ana first --><?checked by Ana?><p:cSld"
    content = changed(swap(LAYOUT, "<p:cSld", remarks), swap("ppt/slideMasters/slideMaster1.xml", "<p:cSld", remarks))
    parts = read_package(safe_template(put_file(tmp_path, "ours.pptx", content)).content)
    assert [name for name, part in parts.items() if b"Ana" in part] == []
