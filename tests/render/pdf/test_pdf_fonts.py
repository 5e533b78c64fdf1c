"""Every character is drawn: by the theme's typeface, by a fallback, or as a box that is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from briefs_by_hand import acme, brief
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reading_pdfs import opened, pages_text

from qbrgen.document import Document, Mark, People, PeopleGroup, PersonMark, Section, Text
from qbrgen.render.pdf import coverage, fonts
from qbrgen.render.pdf.coverage import drawable, isolated
from qbrgen.render.pdf.fonts import SystemFont, text_width
from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.theme import Theme

KANJI, ARABIC, CYRILLIC, EMOJI = "山田", "محمد", "Ольга Смирнова", "🚀"


def saying(text: str, name: str = "Acme") -> Document:
    return brief(replace(acme()[0], heading=name, blocks=(Text(text, "lead"),)))


@pytest.fixture(autouse=True)
def _no_memory_of_other_fonts() -> None:
    coverage._fallbacks.cache_clear()


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any font that could stand in."""
    monkeypatch.setattr(fonts, "_candidates", lambda _character: [])


@pytest.fixture
def square_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SystemFont:
    """A font of the system that draws every one of the strange characters above as a square."""
    characters = sorted({ord(character) for character in KANJI + EMOJI + " "})
    pen = TTGlyphPen(None)
    for point, draw in (
        ((100, 0), pen.moveTo),
        ((100, 700), pen.lineTo),
        ((800, 700), pen.lineTo),
        ((800, 0), pen.lineTo),
    ):
        draw(point)
    pen.closePath()
    glyph = pen.glyph()
    names = [".notdef", *[f"u{code:X}" for code in characters]]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: f"u{code:X}" for code in characters})
    builder.setupGlyf(dict.fromkeys(names, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (900, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2(fsType=0)
    builder.setupPost()
    builder.save(tmp_path / "squares.ttf")
    font = SystemFont(tmp_path / "squares.ttf", 0, "Squares")
    monkeypatch.setattr(fonts, "_candidates", lambda _character: [font])
    return font


def test_cyrillic_needs_no_other_font(theme: Theme) -> None:
    ready = drawable(saying(CYRILLIC), theme)
    assert ready.fallbacks == ()
    assert ready.findings == ()


@pytest.mark.usefixtures("square_font")
def test_a_font_of_the_system_draws_what_the_theme_lacks(theme: Theme) -> None:
    content, findings = pdf_bytes(saying(f"{KANJI} and {EMOJI} are active", KANJI), theme)
    assert findings == []
    assert KANJI in pages_text(content)[0]
    with opened(content) as pdf:
        used = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert any("fallback" in name for name in used)


@pytest.mark.usefixtures("no_fonts")
def test_what_no_font_draws_is_a_box_and_is_told_with_a_package(theme: Theme) -> None:
    content, findings = pdf_bytes(saying(f"{KANJI} and {EMOJI} are active"), theme)
    assert "□□ and □ are active" in pages_text(content)[0]
    told = " ".join(str(finding) for finding in findings)
    assert "山 (U+5C71)" in told
    assert "fonts-noto-cjk" in told
    assert "fonts-symbola" in told
    assert {finding.code for finding in findings} == {"no-font-for-characters"}


@pytest.mark.usefixtures("no_fonts")
def test_what_has_a_plain_equal_is_written_with_it_in_silence(theme: Theme) -> None:
    ready = drawable(saying("Ｑ３ ①\u2011x"), theme)
    assert ready.document.sections[0].blocks == (Text("Q3 1-x", "lead"),)
    assert ready.findings == ()


@pytest.mark.usefixtures("no_fonts")
def test_the_files_title_keeps_what_pages_cannot_draw(theme: Theme) -> None:
    ready = drawable(replace(saying("x"), title=KANJI), theme)
    assert ready.document.title == KANJI


@pytest.mark.usefixtures("no_fonts")
def test_two_accounts_stay_apart_when_their_keys_cannot_be_drawn(theme: Theme) -> None:
    document = brief(replace(acme()[0], key="山"), replace(acme()[0], key="田"))
    assert [section.key for section in drawable(document, theme).document.sections] == ["山", "田"]


def test_control_characters_vanish_and_line_ends_become_spaces(theme: Theme) -> None:
    ready = drawable(saying("one\ntwo\x00\x07three\ud800"), theme)
    assert ready.document.sections[0].blocks == (Text("one twothree", "lead"),)


def test_right_to_left_names_are_isolated_beside_figures() -> None:
    assert isolated(f"{ARABIC} 5 of 7") == f"\u2068{ARABIC}\u2069 5 of 7"
    assert isolated(ARABIC) == ARABIC
    assert isolated("5 of 7") == "5 of 7"


def test_each_name_of_a_list_is_isolated_so_that_the_list_keeps_its_order() -> None:
    one, other = "\u05d0\u05d1\u05d2", "\u05d3\u05d4\u05d5"
    assert isolated(f"{one}, {other}") == f"\u2068{one}\u2069, \u2068{other}\u2069"
    assert isolated(f"{one} {other} (Ltd)") == f"\u2068{one} {other}\u2069 (Ltd)"


def test_the_figure_after_an_arabic_name_is_drawn_after_it(theme: Theme) -> None:
    content, _ = pdf_bytes(saying(f"{ARABIC} 5 of 7"), theme)
    text = pages_text(content)[0]
    assert "5 of 7" in text


def test_an_arabic_name_and_its_note_are_read_in_their_order(theme: Theme) -> None:
    people = tuple(PersonMark(Mark.OUTLINED, "lapsed, 3 of 13", name) for name in ("Jon Bell", f"{ARABIC} {ARABIC}"))
    block = People((PeopleGroup("Reps", "0 of 2", people),), ((Mark.OUTLINED, "Lapsed"),), "0 of 2")
    content, _ = pdf_bytes(brief(Section("acme", "Acme", (block,), level=1)), theme)
    assert pages_text(content)[0].count("lapsed, 3 of 13") == 2


def test_a_restricted_font_is_not_embedded(theme: Theme, square_font: SystemFont) -> None:
    from fontTools.ttLib import TTFont

    with TTFont(square_font.path) as font:
        font["OS/2"].fsType = 2
        font.save(square_font.path)
    fonts._outline.cache_clear()
    assert drawable(saying(KANJI), theme).fallbacks == ()


def test_widths_are_those_of_the_typeface(theme: Theme) -> None:
    assert text_width(theme.body, "MMMM", 10) > 2 * text_width(theme.body, "iiii", 10)
    assert text_width(theme.body, "Acme", 10, bold=True) > text_width(theme.body, "Acme", 10)
    assert text_width(theme.body, "0" * 10, 10) == pytest.approx(10 * 0.5562 * 10 * 25.4 / 72, rel=0.01)
