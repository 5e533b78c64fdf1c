"""What is read from a template, and what is proposed for it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from foreign_templates import MADE
from lxml import etree

from qbrgen.document import Role
from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.metrics import Typeface
from qbrgen.render.pptx.template_binding import bind
from qbrgen.render.pptx.template_colours import SchemeColour, read_colour, scheme_of
from qbrgen.render.pptx.template_ground import Drawn, grounds
from qbrgen.render.pptx.template_info import LayoutInfo, PlaceholderInfo, TemplateInfo, read_template
from qbrgen.render.pptx.template_map import clear_of, content_frame, propose_map
from qbrgen.theme import Font, load_theme
from qbrgen.theme.colour import GREY_STEP, contrast, lightness
from qbrgen.theme.families import faces_of, font_of

_OFFICE = {
    "dk1": "#000000", "lt1": "#FFFFFF", "dk2": "#44546A", "lt2": "#E7E6E6", "accent1": "#4472C4", "accent2": "#ED7D31",
    "accent3": "#A5A5A5", "accent4": "#FFC000", "accent5": "#5B9BD5", "accent6": "#70AD47",
}  # fmt: skip
_SCHEME = _OFFICE | {"tx1": "#000000", "bg1": "#FFFFFF", "tx2": "#44546A", "bg2": "#E7E6E6"}


def _read(kind: str, folder: Path) -> TemplateInfo:
    path = folder / "template.pptx"
    path.write_bytes(MADE[kind]())
    return read_template(path)


def _layout(name: str = "", *placeholders: PlaceholderInfo, **more: Any) -> LayoutInfo:
    return LayoutInfo(1, "master", 0, name, "", placeholders, _SCHEME, "Arial", "Arial", **more)


def _holder(kind: str, idx: int, box: Box) -> PlaceholderInfo:
    return PlaceholderInfo(f"{kind} {idx}", idx, kind, box, f'idx="{idx}"')


def test_a_placeholder_takes_from_the_master_what_its_layout_does_not_say(tmp_path: Path) -> None:
    info = _read("4:3", tmp_path)
    layout = next(layout for layout in info.layouts if layout.name == "Title and Content")
    title, body = layout.title, layout.of_kind("obj")[0]
    assert title is not None
    assert [round(value) for value in title.box] == [36, 22, 648, 90]
    assert (title.size, title.align, title.anchor, title.typeface) == (44.0, "ctr", "ctr", "Calibri")
    assert (body.size, body.align, body.insets) == (32.0, "l", (7.2, 3.6, 7.2, 3.6))
    assert (info.width, info.height, info.samples) == (720.0, 540.0, 0)


def test_capitals_and_tracking_are_read_from_the_master_s_text_styles(tmp_path: Path) -> None:
    title = _read("capitals", tmp_path).layouts[1].title
    assert title is not None
    assert (title.caps, title.tracking, title.bold) == (True, 1.0, True)


def test_a_dark_template_is_known_by_its_colour_map(tmp_path: Path) -> None:
    layout = _read("dark", tmp_path).layouts[1]
    assert layout.dark
    assert layout.ground(Box(40, 130, 600, 300)) == ("#000000",)


def test_sample_slides_are_counted(tmp_path: Path) -> None:
    assert _read("samples", tmp_path).samples == 3


def test_names_in_any_language_give_the_same_map(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    theirs, _ = propose_map(_read("other languages", tmp_path))
    usual, _ = propose_map(_read("4:3", tmp_path / "one"))
    assert theirs["content"]["layout"] == "Titel und Inhalt"
    for role in Role:
        assert {k: v for k, v in theirs[role].items() if k != "layout"} == {
            k: v for k, v in usual[role].items() if k != "layout"
        }


def test_columns_pictures_and_turned_text_are_no_content() -> None:
    title = _holder("title", 0, Box(40, 20, 880, 80))
    layouts = (
        _layout("two", title, _holder("obj", 1, Box(40, 120, 430, 350)), _holder("obj", 2, Box(490, 120, 430, 350))),
        _layout(
            "picture", title, _holder("pic", 1, Box(40, 120, 430, 350)), _holder("obj", 2, Box(490, 120, 430, 350))
        ),
        _layout("turned", title, dataclasses.replace(_holder("body", 1, Box(40, 120, 880, 350)), vertical=True)),
        _layout("plain", title, _holder("body", 1, Box(40, 120, 880, 300))),
    )
    info = TemplateInfo(None, 960, 540, layouts, "Arial", "Arial", _SCHEME)
    assert propose_map(info)[0]["content"] == {"layout": "plain", "title": 0, "body": 1}


def test_where_there_is_no_other_layout_content_spans_both_columns() -> None:
    title = _holder("title", 0, Box(40, 20, 880, 80))
    two = _layout("two", title, _holder("obj", 1, Box(40, 120, 430, 350)), _holder("obj", 2, Box(490, 120, 430, 350)))
    info = TemplateInfo(None, 960, 540, (two,), "Arial", "Arial", _SCHEME)
    mapped, notes = propose_map(info)
    assert mapped["content"]["body"] == [1, 2]
    assert "stands across both bodies" in notes[0]
    assert content_frame(two, two.of_kind("obj"), info) == pytest.approx((47.2, 123.6, 865.6, 342.8))


def test_a_layout_whose_name_stands_twice_in_a_master_is_named_by_its_place() -> None:
    title = _holder("title", 0, Box(40, 20, 880, 80))
    plain = _layout("Slide", title)
    content = dataclasses.replace(plain, at=1, placeholders=(title, _holder("obj", 1, Box(40, 120, 880, 350))))
    info = TemplateInfo(None, 960, 540, (plain, content), "Arial", "Arial", _SCHEME)
    assert propose_map(info)[0]["content"] == {"layout": 2, "master": 1, "title": 0, "body": 1}


def test_content_keeps_clear_of_what_the_layout_draws() -> None:
    assert clear_of(Box(0, 0, 100, 100), [Box(80, -5, 40, 200)]) == Box(0, 0, 74, 100)
    assert clear_of(Box(0, 0, 100, 100), [Box(200, 0, 10, 10)]) == Box(0, 0, 100, 100)


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ('<a:schemeClr val="accent1"><a:lumMod val="75000"/></a:schemeClr>', "#2F5597"),
        ('<a:schemeClr val="accent1"><a:lumMod val="40000"/><a:lumOff val="60000"/></a:schemeClr>', "#B4C7E7"),
        ('<a:schemeClr val="tx1"><a:tint val="75000"/></a:schemeClr>', "#898989"),  # as PowerPoint's footers are
        ('<a:srgbClr val="0a64c8"/>', "#0A64C8"),
        ('<a:prstClr val="red"/>', "#FF0000"),
    ],
)
def test_a_colour_is_what_powerpoint_shows(xml: str, shown: str) -> None:
    tree = etree.fromstring(f'<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{xml}</x>')
    colour = read_colour(tree[0])
    assert colour is not None
    assert max(abs(int(colour.shown(_SCHEME)[at : at + 2], 16) - int(shown[at : at + 2], 16)) for at in (1, 3, 5)) <= 1


def test_a_scheme_without_a_theme_part_is_black_on_white() -> None:
    scheme = scheme_of(None, {"bg1": "lt1", "tx1": "dk1"})
    assert (scheme["bg1"], scheme["tx1"]) == ("#FFFFFF", "#000000")


def test_what_shines_through_is_mixed_with_what_is_below() -> None:
    veil = Drawn("veil", Box(0, 0, 100, 100), ("#000000",), 0.5)
    assert grounds(("#FFFFFF",), (veil,), Box(10, 10, 50, 50), _SCHEME) == ("#808080",)


def test_a_free_form_is_where_its_outline_is_and_not_where_its_frame_is() -> None:
    wedge = Drawn("wedge", Box(0, 0, 100, 100), ("#000000",), outlines=(((0, 0), (100, 0), (0, 100)),))
    assert grounds(("#FFFFFF",), (wedge,), Box(60, 60, 30, 30), _SCHEME) == ("#FFFFFF",)
    assert grounds(("#FFFFFF",), (wedge,), Box(5, 5, 30, 30), _SCHEME) == ("#000000",)


@pytest.mark.parametrize("background", ["#FFFFFF", "#E7E6E6", "#000000", "#1F3864", "#0072BC", "#7F7F7F", "#FFC000"])
def test_text_is_bound_to_what_can_be_read_on_any_background(background: str) -> None:
    layout = _layout("any", background=(background,), background_colour=None)
    bound = {role: colour.shown(_SCHEME) for role, colour in bind(layout, Box(0, 0, 900, 400)).items()}
    assert {
        role: round(contrast(bound[role], background), 2)
        for role in ("ink", "muted", "accent", "behind")
        if contrast(bound[role], background) < 4.5
    } == {}
    assert contrast(bound["previous"], background) >= 3.0
    assert contrast(bound["ink"], bound["panel"]) >= 4.5


@pytest.mark.parametrize("background", ["#FFFFFF", "#000000"])
def test_grey_print_tells_the_accent_from_what_is_behind(background: str) -> None:
    bound = bind(_layout("any", background=(background,)), Box(0, 0, 900, 400))
    shades = [lightness(bound[role].shown(_SCHEME)) for role in ("accent", "behind")]
    assert abs(shades[0] - shades[1]) >= GREY_STEP


def test_the_accent_of_the_titles_is_the_accent_of_the_slides() -> None:
    title = dataclasses.replace(_holder("title", 0, Box(40, 20, 880, 80)), colour=SchemeColour("accent5"))
    assert bind(_layout("blue", title), Box(0, 0, 900, 400))["accent"].slot == "accent5"


def test_a_typeface_without_files_is_measured_as_wide_as_it_is() -> None:
    text = "The finding of this quarter"
    plain = Typeface(font_of("Arial")).width(text, 20)
    assert Typeface(font_of("Calibri")).width(text, 20) < plain
    assert Typeface(font_of("Verdana")).width(text, 20) > 1.15 * plain
    assert Typeface(font_of("Nobody's Own Face")).width(text, 20) > 1.15 * plain


def test_a_typeface_whose_files_are_at_hand_is_measured_with_them() -> None:
    mine = Font("Caladea", "Caladea", faces_of("Liberation Serif"))
    assert font_of("caladea", (mine,)) is mine
    stand_in = dataclasses.replace(load_theme("plain").body, office="Verdana")
    assert font_of("Verdana", (stand_in,)).stretch == pytest.approx(1.2)
