"""Each check of a deck is proven: a deck that is broken that way is found, and by the words that say it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from deck_checks import problems
from sample_decks import BOOK, Change, Parts, added, in_book, packed, replaced, review_deck, unpacked
from sample_slides import bar, content, document, trend

from qbrgen.document import BarGroup, BeforeAfter, TargetBars
from qbrgen.render.pptx import write_deck
from qbrgen.theme import load_theme

PRESENTATION, RELS = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"
BARS, TREND = "barChart", "lineChart"


@pytest.fixture(scope="module")
def parts() -> Parts:
    return unpacked(review_deck())


def broken(parts: Parts, change: Change, path: Path) -> list[str]:
    changed = dict(parts)
    change(changed)
    path.write_bytes(packed(changed))
    return problems(path)


def first(folder: str, *holding: str) -> str:
    """The first part of a folder that holds each of these texts."""
    parts = unpacked(review_deck())
    names = sorted((name for name in parts if name.startswith(f"ppt/{folder}/") and name.endswith(".xml")), key=_number)
    return next(name for name in names if all(text in parts[name].decode() for text in holding))


def _number(name: str) -> int:
    return int("0" + re.sub(r"\D", "", name.rsplit("/", 1)[-1]))


def cut(part: str, pattern: str, new: str = "") -> Change:
    """What a pattern finds first in a part is `new`."""

    def change(parts: Parts) -> None:
        text, count = re.subn(pattern, new, parts[part].decode(), count=1, flags=re.DOTALL)
        assert count, f"{part} holds no {pattern}"
        parts[part] = text.encode()

    return change


def both(*changes: Change) -> Change:
    def change(parts: Parts) -> None:
        for one in changes:
            one(parts)

    return change


def copied(old: str, new: str) -> Change:
    def change(parts: Parts) -> None:
        parts[new] = parts[old]

    return change


def typed(part: str, kind: str) -> Change:
    """A content type for a part."""
    return replaced("[Content_Types].xml", "</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>')


def linked(part: str, target: str, kind: str = "image", mode: str = "") -> Change:
    folder, name = part.rsplit("/", 1)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId99" Type="{office}/{kind}" Target="{target}"{mode}/></Relationships>'
    return replaced(f"{folder}/_rels/{name}.rels", "</Relationships>", link)


TABLE = first("slides", "<a:tbl")
GROUP = first("slides", "<p:grpSp>")
NOTED = first("slides", "<p:cSld")
CHARTED = first("charts", BARS, "c:dLblPos")
LINE = first("charts", TREND, "c:dLblPos")
NOTES = first("notesSlides")
SLIDE_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"

# What is broken → (how, what the check says).
BROKEN: dict[str, tuple[Change, str]] = {
    # what both validators miss, by documents.md
    "a label where bars have none": (cut(CHARTED, r'dLblPos val="\w+"', 'dLblPos val="t"'), "label position t"),
    "a label where lines have none": (cut(LINE, r'dLblPos val="\w+"', 'dLblPos val="outEnd"'), "label position outEnd"),
    "a short row": (cut(TABLE, r"<a:tc>(?:(?!</a:tc>).)*</a:tc>(?=</a:tr>)"), "cells under"),
    "a cell without text body": (cut(TABLE, r"<a:tc><a:txBody>.*?</a:txBody>", "<a:tc>"), "a cell without text body"),
    "a covered cell without hMerge": (replaced(TABLE, "<a:tc>", '<a:tc gridSpan="2">'), "without hMerge"),
    "a shape without text body": (cut(GROUP, r"(txBox=\"1\".*?)<p:txBody>.*?</p:txBody>", r"\1"), "without text body"),
    "a layout with its master's id": (
        cut("ppt/slideMasters/slideMaster1.xml", r'<p:sldLayoutId id="\d+"', '<p:sldLayoutId id="2147483648"'),
        "taken twice",
    ),
    "an orphan slide": (
        both(copied(TABLE, "ppt/slides/slide99.xml"), typed("ppt/slides/slide99.xml", SLIDE_TYPE)),
        "orphan",
    ),
    "notes of two slides": (
        lambda parts: parts.update(
            {
                "ppt/slides/_rels/slide3.xml.rels": parts["ppt/slides/_rels/slide3.xml.rels"].replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                    b'notesSlide" Target="../notesSlides/notesSlide1.xml"/></Relationships>',
                )
            }
        ),
        "notes of ppt/slides/slide3.xml that lead back",
    ),
    "notes that name no slide": (
        cut(
            f"ppt/notesSlides/_rels/{NOTES.rsplit('/', 1)[-1]}.rels", r'<Relationship [^>]*relationships/slide"[^>]*/>'
        ),
        "that lead back to []",
    ),
    "a count of points that is none": (cut(CHARTED, r'(<c:cat>.*?)ptCount val="\d+"', r'\1ptCount val="1"'), "points"),
    "a corrupt workbook": (lambda parts: parts.update({BOOK: parts[BOOK][:200]}), "a workbook that does not open"),
    "a language that is none": (cut(TABLE, r'lang="[^"]*"', 'lang="english"'), "language 'english'"),
    "a run without a language": (cut(TABLE, r' lang="[^"]*"'), "language None"),
    "a chart in no language": (cut(CHARTED, r'<c:lang val="[^"]*"', '<c:lang val="en_GB"'), "language 'en_GB'"),
    # the workbook behind a chart
    "another value in the workbook": (
        in_book(cut("xl/worksheets/sheet1.xml", r"<v>0\.\d+</v>", "<v>0.123</v>")),
        "in the workbook",
    ),
    "another name in the workbook": (
        in_book(cut("xl/sharedStrings.xml", r">[^<]+</t>", ">Other</t>")),
        "'Other' in the workbook",
    ),
    "a live formula": (
        in_book(cut("xl/worksheets/sheet1.xml", r'<c r="B2"[^>]*>.*?</c>', '<c r="B2"><f>SUM(B3:B4)</f><v>1</v></c>')),
        "a live formula",
    ),
    "a second sheet": (
        in_book(cut("xl/workbook.xml", r"</sheets>", '<sheet name="Other" sheetId="2" r:id="rId1"/></sheets>')),
        "2 sheets",
    ),
    "no workbook": (cut(CHARTED, r"<c:externalData.*?</c:externalData>"), "a workbook that the chart does not name"),
    "an axis below zero": (cut(CHARTED, r'(<c:catAx>)<c:axId val="\d+"', r'\1<c:axId val="-5"'), "axis ids"),
    # the package
    "an external link": (linked(TABLE, "https://example.org", "hyperlink", ' TargetMode="External"'), "external link"),
    "a link to nothing": (linked(TABLE, "../media/none.png"), "leads nowhere"),
    "a part that nothing leads to": (added("ppt/media/spare.png", b""), "nothing leads to ppt/media/spare.png"),
    "a macro": (
        both(added("ppt/vbaProject.bin", b"x"), typed("ppt/vbaProject.bin", "application/vnd.ms-office.vbaProject")),
        "a macro",
    ),
    "a thumbnail": (added("docProps/thumbnail.jpeg", b""), "a thumbnail"),
    "a part of no type": (added("ppt/media/spare.xyz", b""), "no content type"),
    "a type of no part": (typed("ppt/slides/none.xml", SLIDE_TYPE), "which is not there"),
    "two slides of one id": (
        cut(PRESENTATION, r'<p:sldId id="\d+"(.*?)<p:sldId id="\d+"', r'<p:sldId id="256"\1<p:sldId id="256"'),
        "slide id 256",
    ),
    "no title in the properties": (cut("docProps/core.xml", r"(?<=<dc:title>)[^<]*"), "no title in the core"),
    "no author": (cut("docProps/core.xml", r"(?<=<dc:creator>)[^<]*"), "no author"),
    "no language of the document": (cut("docProps/core.xml", r"(?<=<dc:language>)[^<]*"), "no language in the core"),
    "no date": (cut("docProps/core.xml", r"<dcterms:created[^>]*>[^<]*</dcterms:created>"), "no created"),
    "no company": (cut("docProps/app.xml", r"(?<=<Company>)[^<]*"), "no company"),
    "a stranger as author": (cut("docProps/core.xml", r"<dc:creator>[^<]*", "<dc:creator>Steve Canny"), "a stranger"),
    "a slide in no section": (cut(PRESENTATION, r'<p14:sldId id="\d+"/>'), "the sections do not hold"),
    "a section without a name": (
        cut(PRESENTATION, r'<p14:section name="[^"]*"', '<p14:section name=""'),
        "without a name",
    ),
    # shapes
    "two shapes of one id": (cut(GROUP, r'cNvPr id="3"', 'cNvPr id="2"'), "shape id 2 twice"),
    "two shapes of one name": (
        cut(GROUP, r'(cNvPr id="2" name=")([^"]*)(".*?cNvPr id="3" name=")[^"]*', r"\1\2\3\2"),
        "twice",
    ),
    "an empty placeholder": (cut(TABLE, r"(<p:ph .*?<a:t>)[^<]*", r"\1"), "empty placeholder"),
    # what shuts somebody out
    "a chart without alt text": (
        cut(first("slides", "<c:chart"), r'(<p:graphicFrame>.*?) descr="[^"]*"', r"\1"),
        "no alt text",
    ),
    "an alt text that says chart": (
        cut(first("slides", "<c:chart"), r'(<p:graphicFrame>.*?) descr="[^"]*"', r'\1 descr="Chart"'),
        "tells nothing",
    ),
    "marks without alt text": (cut(GROUP, r'(<p:grpSp>.*?) descr="[^"]*"', r"\1"), "no alt text"),
    "decoration that is not marked": (
        cut(first("slides", "decorative"), r"<a:extLst>.*?</a:extLst>"),
        "not marked as decoration",
    ),
    "two titles alike": (
        lambda parts: parts.update(
            {"ppt/slides/slide3.xml": with_title(parts, "ppt/slides/slide3.xml", "ppt/slides/slide2.xml")}
        ),
        "stands on 2 slides",
    ),
    "a table without header row": (replaced(TABLE, ' firstRow="1"', ""), "without a header row"),
    "a merged cell": (replaced(TABLE, "<a:tc>", '<a:tc rowSpan="2">'), "a merged cell"),
    "a body that is read before its title's kicker": (
        cut(GROUP, r"(<p:grpSp>.*?</p:grpSp>)(.*)(</p:spTree>)", r"\2\1\3"),
        "stands above it",
    ),
    "grey on white": (
        cut(TABLE, r'<a:solidFill><a:schemeClr val="\w+"/>', '<a:solidFill><a:srgbClr val="AAAAAA"/>'),
        "has a contrast of",
    ),
    "an accent too light for text": (
        cut("ppt/theme/theme1.xml", r'<a:dk1><a:srgbClr val="\w+"', '<a:dk1><a:srgbClr val="BBBBBB"'),
        "has a contrast of",
    ),
}


def with_title(parts: Parts, slide: str, other: str) -> bytes:
    """A slide with another one's title."""
    pattern = rb'(type="(?:title|ctrTitle)".*?<p:txBody>)(.*?)(</p:txBody>)'
    title = re.search(pattern, parts[other], re.DOTALL)
    assert title
    return re.sub(pattern, lambda found: found[1] + title[2] + found[3], parts[slide], count=1, flags=re.DOTALL)


def test_the_whole_deck_has_no_problem(tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(review_deck())
    assert problems(tmp_path / "deck.pptx") == []


@pytest.mark.parametrize("what", BROKEN)
def test_a_deck_is_found_that_has(parts: Parts, what: str, tmp_path: Path) -> None:
    change, said = BROKEN[what]
    found = broken(parts, change, tmp_path / "deck.pptx")
    assert any(said in one for one in found), found


def test_names_that_look_like_formulas_and_links_stay_text(tmp_path: Path) -> None:
    """In every chart there is: the checks find a live formula, a link, and a name that the workbook holds otherwise."""
    names = ("=SUM(A1:A9)", "http://a.example", "@SUM(1)", "+44 20", "-1", "007", "{=1}", "TRUE", "_x0041_", "1e5")
    bars = TargetBars((BarGroup("=1+1", tuple(bar(name, 0.5) for name in names[:6])),), "alt")
    more = TargetBars((BarGroup("@x", tuple(bar(name, 0.5) for name in names[6:])),), "alt")
    line = replace(trend([0.4, 0.6]), series_name="=cmd|' /C calc'!A0", target_name="https://b.example")
    before = BeforeAfter("=2", 6, 8, "6", "8", "=before", "mailto:x@example.org", "Counted.", "alt", "+33%")
    slides = [
        content(one, title=f"Finding {at} is told", key=f"s{at}") for at, one in enumerate((bars, more, line, before))
    ]
    path = tmp_path / "deck.pptx"
    write_deck(document(*slides), load_theme("plain"), path)
    assert problems(path) == []
    held = {
        str(cell.value)
        for part in unpacked(path.read_bytes()).items()
        if part[0].endswith(".xlsx")
        for row in openpyxl.load_workbook(io.BytesIO(part[1]))["Sheet1"].iter_rows()
        for cell in row
    }
    assert {*names, "=cmd|' /C calc'!A0", "https://b.example", "=2", "=before", "mailto:x@example.org"} <= held


def test_a_part_that_is_twice_in_the_zip_is_found(parts: Parts, tmp_path: Path) -> None:
    def twice(package: zipfile.ZipFile) -> None:
        package.writestr(TABLE, parts[TABLE])

    with pytest.warns(UserWarning, match="Duplicate name"):
        (tmp_path / "deck.pptx").write_bytes(packed(parts, twice))
    assert f"twice in the zip: {TABLE}" in problems(tmp_path / "deck.pptx")
