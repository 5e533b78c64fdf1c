"""How a deck is put together: parts as bytes on a template that is opened once; a long deck costs no more a slide."""

from __future__ import annotations

import cProfile
import importlib.util
import io
import os
import pstats
import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.parsers.expat import ExpatError

import openpyxl
import pytest
from pptx import Presentation
from pptx.opc.package import OpcPackage
from sample_decks import review_deck
from sample_slides import BARS, REVIEW, content, document

from qbrgen.document import Document, Text
from qbrgen.render.pptx.deck import deck_bytes
from qbrgen.render.pptx.opened import opened
from qbrgen.render.pptx.package import Blank, NewDeck, blank
from qbrgen.render.pptx.workbook import Series, workbook_bytes
from qbrgen.theme import load_theme

PLAIN = load_theme("plain")
PARAGRAPH = "<a:p><a:r><a:t>Said.</a:t></a:r></a:p>"


def names(deck: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return package.namelist()


def written(template: Blank) -> bytes:
    """A deck of one slide with a chart and notes."""
    deck = NewDeck(template)
    layout = next(name for name in template.parts if name.startswith("ppt/slideLayouts/slideLayout"))
    slide = deck.add_slide(layout)
    slide.add_chart(b"<chart/>", b"workbook")
    slide.add_notes(PARAGRAPH)
    slide.finish("One", "")
    return deck.written([("All", "{0}", 1)], b"<core/>", b"<app/>")


def long_deck(slides: int) -> Document:
    each = (content(Text(f"In the week of {at}"), BARS, key=f"slide-{at}", notes=("So.",)) for at in range(slides))
    return document(*each)


def calls(made: Document) -> int:
    """Calls of functions that making a deck takes: the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(deck_bytes, made, PLAIN)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def test_a_slide_of_a_long_deck_costs_no_more_than_one_of_a_short_deck() -> None:
    deck_bytes(long_deck(1), PLAIN)  # what is read once is no slide's
    few, more, most = (calls(long_deck(slides)) for slides in (8, 16, 32))
    assert most - more < 2.05 * (more - few)


def test_every_slide_but_the_first_has_footer_and_number_in_the_masters_places_and_what_it_was_counted_from() -> None:
    slides = list(Presentation(io.BytesIO(review_deck())).slides)
    for slide in slides[1:]:
        said = {each.placeholder_format.type.name: each.text_frame.text for each in slide.placeholders}
        assert said["FOOTER"] == REVIEW.footer
        assert said["SLIDE_NUMBER"] == str(slides.index(slide) + 1)
    shown = {shape.text_frame.text for slide in slides for shape in slide.shapes if shape.name.endswith("/footnote")}
    assert shown == {slide.footnote for slide in REVIEW.slides if slide.footnote}


def test_the_plain_script_of_the_benchmark_writes_as_much_as_a_deck_of_ours() -> None:
    plain = plain_deck()
    ours = deck_bytes(REVIEW, PLAIN)[0]
    amount = plain.amount(ours)
    assert min(amount[kind] for kind in ("charts", "tables", "notes", "drawn shapes", "lines", "groups", "cells")) > 0
    assert plain.amount(plain.write(plain.read(ours), PLAIN.template)) == amount


def plain_deck() -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "benchmarks" / "plain_deck.py"
    spec = importlib.util.spec_from_file_location("plain_deck", path)
    assert spec
    assert spec.loader
    module = sys.modules["plain_deck"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_part_is_named_by_looking_at_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def next_partname(*_: Any) -> None:
        raise AssertionError("it looks at the name of every part")

    monkeypatch.setattr(OpcPackage, "next_partname", next_partname)
    assert len(Presentation(io.BytesIO(deck_bytes(REVIEW, PLAIN)[0])).slides) >= len(REVIEW.slides)


def test_a_template_is_opened_once_until_its_file_changes(tmp_path: Path) -> None:
    assert PLAIN.template is not None
    own = tmp_path / "template.pptx"
    shutil.copy(PLAIN.template, own)
    theme = replace(PLAIN, template=own)
    first = opened(theme)
    assert opened(replace(theme)) is first
    os.utime(own, ns=(1, 1))
    assert opened(theme) is not first


def test_decks_leave_the_template_that_they_share_as_it_was() -> None:
    before = dict(opened(PLAIN).blank.parts)
    one, other = deck_bytes(REVIEW, PLAIN)[0], deck_bytes(long_deck(2), PLAIN)[0]
    assert opened(PLAIN).blank.parts == before
    assert deck_bytes(REVIEW, PLAIN)[0] == one != other


def test_a_template_without_a_notes_master_gets_notes_all_the_same() -> None:
    presentation = Presentation()
    made = Presentation(io.BytesIO(written(blank(presentation))))
    assert made.slides[0].notes_slide.notes_text_frame.text == "Said."


def test_a_notes_master_without_a_body_gets_notes_all_the_same() -> None:
    presentation = Presentation()
    for holder in list(presentation.notes_master.placeholders):
        holder.element.getparent().remove(holder.element)
    made = Presentation(io.BytesIO(written(blank(presentation))))
    assert made.slides[0].notes_slide.notes_text_frame.text == "Said."


@pytest.mark.parametrize("shapes", ["<p:sp>", "A & B", "a \x01", "<x:sp/>"], ids=["open", "raw", "control", "unbound"])
def test_what_is_no_proper_xml_never_becomes_a_deck(shapes: str) -> None:
    template = opened(PLAIN).blank
    slide = NewDeck(template).add_slide("ppt/slideLayouts/slideLayout1.xml")
    with pytest.raises(ExpatError):
        slide.finish("One", shapes)


def test_a_part_of_the_template_keeps_its_name() -> None:
    template = blank(Presentation())
    taken = replace(template, parts={**template.parts, "ppt/charts/chart1.xml": b"<theirs/>"})
    with zipfile.ZipFile(io.BytesIO(written(taken))) as deck:
        assert deck.read("ppt/charts/chart1.xml") == b"<theirs/>"
        assert deck.read("ppt/charts/chart2.xml") == b"<chart/>"


def test_the_slides_and_sections_that_a_template_came_with_are_not_in_a_deck() -> None:
    sample = Presentation(io.BytesIO(deck_bytes(REVIEW, PLAIN)[0]))
    deck = written(blank(sample))
    assert [name for name in names(deck) if name.startswith("ppt/slides/slide")] == ["ppt/slides/slide1.xml"]
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        assert package.read("ppt/presentation.xml").count(b"p14:section ") == 1


def test_a_deck_says_nothing_of_the_templates_author(tmp_path: Path) -> None:
    assert PLAIN.template is not None
    stranger = Presentation(str(PLAIN.template))
    core = stranger.core_properties
    core.author = core.title = core.identifier = core.content_status = core.version = "A stranger"
    stranger.save(str(tmp_path / "template.pptx"))
    deck = deck_bytes(REVIEW, replace(PLAIN, template=tmp_path / "template.pptx"))[0]
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        assert b"stranger" not in package.read("docProps/core.xml")


def test_a_template_without_properties_of_its_program_gets_them() -> None:
    presentation = Presentation()
    links = presentation.part.package._rels
    for link, rel in list(links.items()):
        if rel.reltype.endswith("/extended-properties"):
            links.pop(link)
    made = Presentation(io.BytesIO(written(blank(presentation)))).part.package
    [app] = [rel.target_part for rel in made._rels.values() if rel.reltype.endswith("/extended-properties")]
    assert (app.blob, app.content_type.rpartition(".")[2]) == (b"<app/>", "extended-properties+xml")


def test_a_workbook_holds_texts_as_texts_and_every_digit_of_a_figure() -> None:
    told = ("=1+1", "_x0041_ & <b>", "http://example.com", "two\nlines")
    figures = (0.1 + 0.2, 1e-9, None, float("nan"))
    book_bytes = workbook_bytes(told, [Series("=Now", figures, "0%")])
    with zipfile.ZipFile(io.BytesIO(book_bytes)) as package:
        assert b"_x005F_x0041_ &amp; " in package.read("xl/sharedStrings.xml")  # else Excel reads an A there
    book = openpyxl.load_workbook(io.BytesIO(book_bytes))
    rows = list(book["Sheet1"].iter_rows())
    assert [row[0].value for row in rows[1:]] == ["=1+1", "_x0041_ & <b>", "http://example.com", "two lines"]
    assert [row[1].value for row in rows] == ["=Now", 0.1 + 0.2, 1e-9, None, None]
    assert {cell.data_type for row in rows for cell in row if isinstance(cell.value, str)} == {"s"}
    assert {row[1].number_format for row in rows[1:3]} == {"0%"}
    assert not book["Sheet1"]["A2"].hyperlink


def test_a_series_of_formulas_is_worked_out_from_its_row() -> None:
    series = [Series("Now", (0.25, None)), Series("Left", (0.75, None), formula="=1.0-B{row}")]
    content_ = io.BytesIO(workbook_bytes(("a", "b"), series))
    assert [row[2].value for row in openpyxl.load_workbook(content_)["Sheet1"].iter_rows()] == [
        "Left", "=1.0-B2", None,
    ]  # fmt: skip
    shown = openpyxl.load_workbook(content_, data_only=True)["Sheet1"]
    assert [row[2].value for row in shown.iter_rows()] == ["Left", 0.75, None]
