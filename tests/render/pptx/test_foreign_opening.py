"""The title slide on a template that is not ours."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from broken_templates import changed, put_file, swap
from foreign_templates import MADE
from pptx import Presentation
from sample_slides import document

from qbrgen.compose.preview import preview_document
from qbrgen.document import Role, Slide, Text
from qbrgen.render.pptx import write_deck
from qbrgen.theme import load_theme

OPENING = "ppt/slideLayouts/slideLayout1.xml"
LINE = (
    '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="90" name="Line"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm>'
    '<a:off x="548640" y="3450000"/><a:ext cx="6858000" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/>'
    "</a:prstGeom></p:spPr></p:cxnSp>"
)


def subtitle_top(template: Path, folder: Path) -> int:
    """Where the lines under the title begin, in EMU, on a title slide that has more of them than its frame holds."""
    others = {"layout": "Content", "title": 0, "body": 1}
    layouts = {"title": {"layout": "Title", "title": 0, "subtitle": 1}}
    layouts |= dict.fromkeys(("statement", "content", "appendix"), others)
    theme = dataclasses.replace(load_theme("plain"), folder=folder, template=template, layouts=layouts)
    write_deck(preview_document("x"), theme, folder / "deck.pptx")
    shapes = Presentation(str(folder / "deck.pptx")).slides[0].shapes
    return next(int(shape.top) for shape in shapes if shape.name == "title/subtitle")


def test_lines_under_the_title_move_up_but_not_across_what_the_layout_draws(tmp_path: Path) -> None:
    theirs = swap(
        "ppt/theme/theme1.xml", '<a:accent1><a:srgbClr val="2E3A52"/>', '<a:accent1><a:srgbClr val="0A4F68"/>'
    )
    low = swap(OPENING, 'cx="6858000" cy="787400"', 'cx="6858000" cy="300000"')
    wall = swap(
        OPENING, 'y="4800600"/><a:ext cx="12192000" cy="2057400"', 'y="4000000"/><a:ext cx="12192000" cy="2857400"'
    )
    free = put_file(tmp_path, "free.pptx", changed(theirs, low, wall))
    lined = put_file(
        tmp_path, "lined.pptx", changed(theirs, low, wall, swap(OPENING, "</p:spTree>", f"{LINE}</p:spTree>"))
    )
    assert subtitle_top(free, tmp_path) < 3_450_000
    assert subtitle_top(lined, tmp_path) >= 3_450_000


def opening(folder: Path, name: str = "Acme", texts: tuple[str, ...] = ("Review", "Dana Ortiz", "Priya Raman")) -> Any:
    """The title slide's shapes by name, on a template that is not ours."""
    template = folder / "template.pptx"
    template.write_bytes(MADE["samples"]())
    theme = dataclasses.replace(load_theme("plain"), folder=folder, template=template)
    slide = Slide(
        "title", Role.TITLE, name, blocks=tuple(Text(text) for text in texts), footnote="Counted over 13 weeks."
    )
    write_deck(document(slide), theme, folder / "deck.pptx")
    return {shape.name: shape for shape in Presentation(str(folder / "deck.pptx")).slides[0].shapes}


def test_who_presents_and_what_is_counted_stand_a_little_apart(tmp_path: Path) -> None:
    paragraphs = opening(tmp_path)["title/subtitle"].text_frame.paragraphs
    assert [one.text.replace("\u00a0", " ") for one in paragraphs] == [
        "Review",
        "Dana Ortiz",
        "Priya Raman",
        "Counted over 13 weeks.",
    ]
    review, first, second, counted = (one.space_before.pt for one in paragraphs)
    assert review == 0
    assert first > 2 * second > 0
    assert counted > 2 * second


def test_many_presenters_stand_as_close_as_they_must(tmp_path: Path) -> None:
    people = tuple(f"Presenter number {at}" for at in range(14))
    paragraphs = opening(tmp_path, texts=("Review", *people))["title/subtitle"].text_frame.paragraphs
    gaps = [one.space_before.pt for one in paragraphs[1:]]
    assert max(gaps) < 2 * min(gaps)


def test_a_name_stands_on_one_line_rather_than_leave_a_word_alone(tmp_path: Path) -> None:
    def size(name: str) -> float:
        run = opening(tmp_path, name)["title/title"].text_frame.paragraphs[0].runs[0]
        return float(run.font.size.pt)

    short, long = size("Acme"), size("Sable Meridian Consolidated Group")
    assert 0.55 * short <= long < short


def test_lines_under_the_title_move_up_over_a_ground_that_the_title_stands_on(tmp_path: Path) -> None:
    theirs = swap(
        "ppt/theme/theme1.xml", '<a:accent1><a:srgbClr val="2E3A52"/>', '<a:accent1><a:srgbClr val="0A4F68"/>'
    )
    low = swap(OPENING, 'cx="6858000" cy="787400"', 'cx="6858000" cy="300000"')
    wall = swap(
        OPENING, 'y="4800600"/><a:ext cx="12192000" cy="2057400"', 'y="4000000"/><a:ext cx="12192000" cy="2857400"'
    )
    lattice = LINE.replace('y="3450000"', 'y="0"').replace('cy="0"', 'cy="3450000"')
    template = put_file(
        tmp_path, "lattice.pptx", changed(theirs, low, wall, swap(OPENING, "</p:spTree>", f"{lattice}</p:spTree>"))
    )
    assert subtitle_top(template, tmp_path) < 3_450_000


def crowded(folder: Path, name: str, presenters: int) -> tuple[float, list[str]]:
    """(size of the title, lines under it) where neither below these nor above them there is much room."""
    template = put_file(
        folder,
        "crowded.pptx",
        changed(
            swap(
                "ppt/theme/theme1.xml", '<a:accent1><a:srgbClr val="2E3A52"/>', '<a:accent1><a:srgbClr val="0A4F68"/>'
            ),
            swap(OPENING, 'cx="6858000" cy="787400"', 'cx="6858000" cy="300000"'),
            swap(
                OPENING,
                'y="4800600"/><a:ext cx="12192000" cy="2057400"',
                'y="4000000"/><a:ext cx="12192000" cy="2857400"',
            ),
        ),
    )
    others = {"layout": "Content", "title": 0, "body": 1}
    layouts = {"title": {"layout": "Title", "title": 0, "subtitle": 1}}
    layouts |= dict.fromkeys(("statement", "content", "appendix"), others)
    theme = dataclasses.replace(load_theme("plain"), folder=folder, template=template, layouts=layouts)
    texts = ("Review", *(f"Presenter number {at}" for at in range(presenters)))
    slide = Slide("title", Role.TITLE, name, blocks=tuple(Text(text) for text in texts), footnote="Counted over 13.")
    write_deck(document(slide, draft_text="DRAFT"), theme, folder / "deck.pptx")
    shapes = {shape.name: shape for shape in Presentation(str(folder / "deck.pptx")).slides[0].shapes}
    under = shapes["title/subtitle"]
    sizes = [one.runs[0].font.size.pt for one in under.text_frame.paragraphs]
    gaps = [one.space_before.pt for one in under.text_frame.paragraphs]
    assert sum(1.1 * size for size in sizes) + sum(gaps) <= under.height / 12700 + 1
    lines = [one.text.replace("\u00a0", " ") for one in under.text_frame.paragraphs]
    return shapes["title/title"].text_frame.paragraphs[0].runs[0].font.size.pt, lines


def test_a_long_name_is_set_smaller_before_a_line_under_it_is_left_out(tmp_path: Path) -> None:
    name = "Calder Wye Insurance Brokers and Partners of the North"
    alone, _ = crowded(tmp_path, name, 0)
    size, lines = crowded(tmp_path, name, 4)
    assert size < alone
    assert len(lines) == 7


def test_what_no_size_makes_room_for_is_left_out_what_is_needed_least_first(tmp_path: Path) -> None:
    _, lines = crowded(tmp_path, "Acme", 40)
    assert (lines[:2], lines[-1]) == (["Review", "Presenter number 0"], "DRAFT")
    assert "Counted over 13." not in lines
    assert 3 < len(lines) < 40
