"""Decks as files: what is in them, parsed again."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from deck_checks import Deck, misplaced, problems
from openxml_audit import validate_pptx
from pptx import Presentation
from sample_slides import HARD, REVIEW, content, document, table

from qbrgen.document import Document, Section, Text
from qbrgen.render.pptx import write_deck
from qbrgen.theme import load_theme

DOCUMENTS = {"review": REVIEW, "hard": HARD}
MADE = [("review", "halyard"), ("review", "folio"), ("hard", "plain"), ("hard", "folio")]


@pytest.fixture(scope="module", params=MADE, ids=" on ".join)
def deck(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name, theme = request.param
    path: Path = tmp_path_factory.mktemp("deck") / f"{name}.pptx"
    assert write_deck(DOCUMENTS[name], load_theme(theme), path) == []
    return path


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("review") / "review.pptx"
    write_deck(REVIEW, load_theme("halyard"), path)
    return path


def written(made: Document, folder: Path) -> Path:
    write_deck(made, load_theme("plain"), folder / "deck.pptx")
    return folder / "deck.pptx"


def test_a_deck_is_valid_open_xml(deck: Path) -> None:
    result = validate_pptx(deck)
    assert result.is_valid, [str(error) for error in result.errors][:5]


def test_a_deck_has_nothing_that_validators_miss(deck: Path) -> None:
    assert problems(deck) == []


def test_nothing_overlaps_or_leaves_the_margins(deck: Path) -> None:
    assert misplaced(deck) == []


def test_a_footnote_too_long_for_a_margin_stands_under_the_body(tmp_path: Path) -> None:
    kicker, footnote = "A topic of many words " * 6, "Counted from what was counted, week by week. " * 12
    made = document(
        content(table(3), key="long", kicker=kicker, footnote=footnote),
        content(table(3), key="short", footnote="Counted."),
    )
    write_deck(made, load_theme("folio"), tmp_path / "deck.pptx")
    assert misplaced(tmp_path / "deck.pptx") == []
    long, short = Presentation(str(tmp_path / "deck.pptx")).slides
    places = [next(shape.left for shape in slide.shapes if shape.name.endswith("/footnote")) for slide in (long, short)]
    bodies = [next(shape.left for shape in slide.shapes if shape.name.endswith("/title")) for slide in (long, short)]
    assert places[0] == bodies[0]
    assert places[1] < bodies[1]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    theme = load_theme("halyard")
    for name in ("one", "two"):
        write_deck(REVIEW, theme, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_no_part_carries_the_clock(review: Path) -> None:
    with zipfile.ZipFile(review) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}
        books = [name for name in package.namelist() if name.endswith(".xlsx")]
        for name in books:
            inner = zipfile.ZipFile(io.BytesIO(package.read(name)))
            assert {info.date_time[0] for info in inner.infolist()} == {1980}
            assert not [part for part in inner.namelist() if part.startswith("docProps")]
    assert books


def test_properties_are_the_documents_own(review: Path) -> None:
    core = Presentation(str(review)).core_properties
    assert (core.title, core.author, core.language) == (REVIEW.title, "Priya Raman", "en-GB")
    assert core.created.date() == core.modified.date() == date(2026, 9, 30)
    assert b"<Company>Halyard</Company>" in Deck(review).parts["docProps/app.xml"]


def test_titles_kickers_and_footnotes_stand_in_placeholders(review: Path) -> None:
    slide = Presentation(str(review)).slides[2]
    assert slide.slide_layout.name == "Content"
    texts = {holder.placeholder_format.idx: holder.text_frame.text for holder in slide.placeholders}
    assert texts[0] == "Five of seven reps work in sequences"
    assert (texts[13], texts[14], texts[11], texts[12]) == ("Topic", "Receipt 1.", "Halyard for Acme", "3")


def test_the_first_text_of_a_slide_fills_its_body(review: Path) -> None:
    slide = Presentation(str(review)).slides[2]
    assert slide.placeholders[1].text_frame.text == "Plan\nSit with each."


def test_sections_are_named_in_the_order_in_which_they_begin(review: Path) -> None:
    xml = Deck(review).parts["ppt/presentation.xml"].decode()
    names = [part.split('"')[1] for part in xml.split("<p14:section ")[1:]]
    assert names == ["Review", "Adoption", "Ahead", "Appendix"]


def test_notes_hold_the_talk_track(review: Path) -> None:
    slide = Presentation(str(review)).slides[1]
    assert slide.notes_slide.notes_text_frame.text == "Said first.\nThen how it was counted."


def test_the_talk_track_of_a_slide_that_is_cut_over_is_said_once(tmp_path: Path) -> None:
    slides = Presentation(str(written(document(content(table(24), notes=("Counted.",))), tmp_path))).slides
    said = [slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "" for slide in slides]
    assert said == ["Counted.", *[""] * (len(slides) - 1)]
    assert len(said) > 1


def test_a_long_table_goes_on_under_its_header_with_a_numbered_title(tmp_path: Path) -> None:
    slides = Presentation(str(written(document(content(table(24))), tmp_path))).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles == [f"A finding in a full sentence ({at}/{len(titles)})" for at in range(1, len(titles) + 1)]
    rows = []
    for slide in slides:
        shown = next(shape.table for shape in slide.shapes if shape.has_table)
        assert shown.cell(0, 0).text_frame.text == "Action"
        rows += [row.cells[0].text_frame.text.split("\n")[0] for row in list(shown.rows)[1:]]
    assert rows == [f"{at}. Say what is done" for at in range(1, 25)]


def test_no_word_is_lost_when_text_goes_on(tmp_path: Path) -> None:
    words = [f"word{at}" for at in range(600)]
    slides = Presentation(str(written(document(content(Text(" ".join(words)))), tmp_path))).slides
    assert len(slides) > 1
    shown = " ".join(slide.placeholders[1].text_frame.text for slide in slides)
    assert shown.split() == words


def test_a_draft_says_so_on_every_slide(tmp_path: Path) -> None:
    made = document(*REVIEW.slides, draft_text="DRAFT")
    for slide in Presentation(str(written(made, tmp_path))).slides:
        assert any(shape.has_text_frame and shape.text_frame.text == "DRAFT" for shape in slide.shapes)


def test_colours_are_the_themes(review: Path) -> None:
    deck = Deck(review)
    for name, part in deck.parts.items():
        if name.startswith(("ppt/slides/slide", "ppt/charts/chart")) and name.endswith(".xml"):
            assert b"srgbClr" not in part, name


def test_text_from_right_to_left_is_flagged_and_spoken_in_its_language(tmp_path: Path) -> None:
    made = document(
        content(Text("فريق المبيعات يستخدم المنتج"), Text("毎週使っています"), Text("Weekly", language="de-DE"))
    )
    xml = Deck(written(made, tmp_path)).parts["ppt/slides/slide1.xml"].decode()
    assert 'rtl="1"' in xml
    assert all(f'lang="{tag}"' in xml for tag in ("ar-SA", "ja-JP", "de-DE", "en-GB"))


def test_a_document_of_sections_is_refused(tmp_path: Path) -> None:
    made = document(slides=(), sections=(Section("a", "A", (Text("a"),)),), kind="brief")
    with pytest.raises(ValueError, match="slides"):
        write_deck(made, load_theme("plain"), tmp_path / "deck.pptx")
    assert not (tmp_path / "deck.pptx").exists()
