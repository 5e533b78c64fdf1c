"""The search finds a word wherever it is put into a deck: proven place by place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from package_search import places_of
from sample_decks import Change, Parts, added, in_book, packed, replaced, review_deck, unpacked

WORD = "Zqcanary"
SLIDE, CHART, NOTES = "ppt/slides/slide3.xml", "ppt/charts/chart1.xml", "ppt/notesSlides/notesSlide1.xml"


@pytest.fixture(scope="module")
def parts() -> Parts:
    return unpacked(review_deck())


def picture(parts: Parts) -> None:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    told, stream = PngInfo(), io.BytesIO()
    told.add_text("Comment", WORD, zip=True)
    Image.new("RGB", (2, 2)).save(stream, "PNG", pnginfo=told)
    parts["ppt/media/image9.png"] = stream.getvalue()


def hidden_slide(parts: Parts) -> None:
    parts["ppt/slides/slide99.xml"] = parts[SLIDE].replace(b"<p:sld ", b'<p:sld show="0" ', 1).replace(
        b"<a:t>", f"<a:t>{WORD}".encode(), 1
    )  # fmt: skip


PLACES: dict[str, Change] = {
    "a text": replaced(SLIDE, "<a:t>", f"<a:t>{WORD} "),
    "a text over two runs": replaced(SLIDE, "<a:t>", f"<a:t>{WORD[:3]}</a:t></a:r><a:r><a:t>{WORD[3:]}"),
    "a text in entities": replaced(SLIDE, "<a:t>", "<a:t>" + "".join(f"&#{ord(char)};" for char in WORD)),
    "an alternative text": replaced(SLIDE, ' descr="', f' descr="{WORD} '),
    "a shape's name": replaced(SLIDE, ' name="', f' name="{WORD} '),
    "a slide's name": replaced(SLIDE, "<p:cSld", f'<p:cSld name="{WORD}" data-old'),
    "a hidden slide": hidden_slide,
    "an XML comment": replaced(SLIDE, "<p:cSld", f"<!-- {WORD} --><p:cSld"),
    "a processing instruction": replaced(SLIDE, "<p:sld ", f"<?note {WORD}?><p:sld "),
    "notes": replaced(NOTES, "<a:t>", f"<a:t>{WORD} "),
    "a chart's category": replaced(CHART, "<c:v>", f"<c:v>{WORD} "),
    "a chart's label": replaced(CHART, "<c:plotArea>", f"<c:plotArea><a:t>{WORD}</a:t>"),
    "a workbook's cell": in_book(replaced("xl/sharedStrings.xml", "</t>", f" {WORD}</t>")),
    "a workbook's other sheet": in_book(added("xl/worksheets/sheet2.xml", f"<sheetData>{WORD}</sheetData>")),
    "a workbook's properties": in_book(added("docProps/core.xml", f"<dc:creator>{WORD}</dc:creator>")),
    "a workbook's comment": in_book(added("xl/comments1.xml", f"<comments>{WORD}</comments>")),
    "a core property": replaced("docProps/core.xml", "<dc:title>", f"<dc:title>{WORD} "),
    "the company": replaced("docProps/app.xml", "<Company>", f"<Company>{WORD} "),
    "a custom property": added("docProps/custom.xml", f"<Properties><p>{WORD}</p></Properties>"),
    "a section": replaced("ppt/presentation.xml", '<p14:section name="', f'<p14:section name="{WORD} '),
    "a link": replaced("ppt/slides/_rels/slide2.xml.rels", 'Target="', f'Target="http://{WORD}.example/'),
    "a part's name": added(f"ppt/media/{WORD}.bin", b""),
    "a comment": added("ppt/comments/comment1.xml", f"<p:cmLst><p:text>{WORD}</p:text></p:cmLst>"),
    "a comment's author": added("ppt/commentAuthors.xml", f'<p:cmAuthorLst name="{WORD}"/>'),
    "a tag": added("ppt/tags/tag1.xml", f'<p:tagLst><p:tag name="A" val="{WORD}"/></p:tagLst>'),
    "custom XML": added("customXml/item1.xml", f"<a>{WORD}</a>"),
    "a layout's name": replaced("ppt/slideLayouts/slideLayout1.xml", '<p:cSld name="', f'<p:cSld name="{WORD} '),
    "the theme's name": replaced("ppt/theme/theme1.xml", ' name="', f' name="{WORD} '),
    "a part in UTF-16": added("ppt/extra.xml", f"<a>{WORD}</a>".encode("utf-16")),
    "a picture's compressed words": picture,
    "an unknown binary part": added("ppt/printerSettings1.bin", f"\0{WORD}\0".encode("utf-16-le")),
}


def test_a_clean_deck_holds_the_word_nowhere(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(packed(parts))
    assert places_of([WORD], tmp_path / "deck.pptx") == []


@pytest.mark.parametrize("place", PLACES)
def test_the_word_is_found_in(parts: Parts, place: str, tmp_path: Path) -> None:
    changed = dict(parts)
    PLACES[place](changed)
    (tmp_path / "deck.pptx").write_bytes(packed(changed))
    assert places_of([WORD.upper()], tmp_path / "deck.pptx")


def in_extra_field(package: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("ppt/x.xml")
    info.extra = b"\xfe\xca" + len(WORD).to_bytes(2, "little") + WORD.encode()
    package.writestr(info, b"<a/>")


def in_members_comment(package: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("ppt/x.xml")
    info.comment = WORD.encode()
    package.writestr(info, b"<a/>")


def in_archives_comment(package: zipfile.ZipFile) -> None:
    package.comment = WORD.encode()


@pytest.mark.parametrize("change", [in_extra_field, in_members_comment, in_archives_comment])
def test_the_word_is_found_in_what_the_zip_carries(
    parts: Parts, change: Callable[[zipfile.ZipFile], None], tmp_path: Path
) -> None:
    (tmp_path / "deck.pptx").write_bytes(packed(parts, change))
    assert places_of([WORD], tmp_path / "deck.pptx")


def test_the_word_is_found_before_the_first_part(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(WORD.encode() + packed(parts))
    assert places_of([WORD], tmp_path / "deck.pptx")
