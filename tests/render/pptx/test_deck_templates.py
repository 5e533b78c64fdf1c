"""What a deck is drawn on: the shipped templates, and a brand file alone."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
import runpy
import shutil
from pathlib import Path

import pytest
import yaml
from deck_checks import Deck, misplaced, problems
from openxml_audit import validate_pptx
from pptx import Presentation
from sample_slides import REVIEW

from qbrgen.render.pptx import write_deck
from qbrgen.render.pptx.arrangement import Arrangement, Sheet
from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.template import LAYOUT_MAP, template_bytes
from qbrgen.render.pptx.theme_part import SCHEME, theme_part
from qbrgen.resources import themes_dir
from qbrgen.theme import load_theme
from qbrgen.theme.colour import contrast, mix
from qbrgen.theme.model import ARRANGEMENTS

SCRIPT = runpy.run_path(str(themes_dir() / "make_templates.py"))
SHIPPED: dict[str, Arrangement] = {name: SCRIPT["arrangement"](name) for name in SCRIPT["THEMES"]}
DARK = """
meta: {name: Night & Day <Ltd>}
color: {background: "#111827", foreground: "#F3F5F8", primary: "#7CC4F5", danger: "#F97FA6"}
typography: {base: Jura, headings: Jura}
"""


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_template_is_of_its_brand_file(name: str) -> None:
    theme = load_theme(name)
    assert theme.template is not None
    deck = Deck(theme.template)
    assert deck.parts["ppt/theme/theme1.xml"] == theme_part(theme), "run themes/make_templates.py"
    assert yaml.safe_load((theme.folder / "template.yml").read_text(encoding="utf-8")) == LAYOUT_MAP
    assert problems(theme.template) == []
    assert validate_pptx(theme.template).is_valid


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_template_has_four_layouts_and_no_slide(name: str) -> None:
    presentation = Presentation(str(load_theme(name).template))
    assert [layout.name for layout in presentation.slide_layouts] == ["Title", "Statement", "Content", "Appendix"]
    assert len(presentation.slides) == 0
    assert presentation.slide_width / presentation.slide_height == pytest.approx(16 / 9)


def test_a_brand_file_alone_makes_a_deck_in_its_colours_and_fonts(tmp_path: Path) -> None:
    folder = tmp_path / "themes" / "night"
    folder.mkdir(parents=True)
    (folder / "_brand.yml").write_text(DARK, encoding="utf-8")
    theme = load_theme("night", tmp_path)
    path = tmp_path / "deck.pptx"
    write_deck(REVIEW, theme, path)
    part = Deck(path).parts["ppt/theme/theme1.xml"]
    assert b'typeface="Jura"' in part
    assert b'<a:lt1><a:srgbClr val="111827"/>' in part
    assert validate_pptx(path).is_valid
    assert problems(path) == []
    assert misplaced(path) == []


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_a_brand_file_chooses_an_arrangement_of_our_layouts(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "themes" / "mine"
    folder.mkdir(parents=True)
    text = f"color: {{primary: '#123A7A'}}\ndefaults: {{qbrgen: {{arrangement: {name}}}}}\n"
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    theme = load_theme("mine", tmp_path)
    assert theme.findings == ()
    write_deck(REVIEW, theme, tmp_path / "deck.pptx")
    deck = Deck(tmp_path / "deck.pptx")
    motif = {"folio": b'name="Leaf"', "plain": b'name="Band"', "sail": b'name="Sail"'}
    shown = {one for one, mark in motif.items() if mark in deck.parts["ppt/slideLayouts/slideLayout1.xml"]}
    assert shown == {name}
    assert b'<a:accent1><a:srgbClr val="123A7A"/>' in deck.parts["ppt/theme/theme1.xml"]
    assert problems(tmp_path / "deck.pptx") == []


def test_a_logo_stands_on_the_title_layout_with_its_name(tmp_path: Path) -> None:
    theme = dataclasses.replace(load_theme("halyard"), template=None)
    path = tmp_path / "template.pptx"
    path.write_bytes(template_bytes(theme))
    pictures = [shape for shape in Presentation(str(path)).slide_layouts[0].shapes if shape.shape_type == 13]
    assert [picture._element.nvPicPr.cNvPr.get("descr") for picture in pictures] == ["Halyard"]


def test_a_logo_on_a_coloured_cover_stands_on_a_label_of_paper(tmp_path: Path) -> None:
    theme = dataclasses.replace(load_theme("halyard"), template=None, arrangement="folio")
    (tmp_path / "template.pptx").write_bytes(template_bytes(theme))
    shapes = {shape.name: shape for shape in Presentation(str(tmp_path / "template.pptx")).slide_layouts[0].shapes}
    logo, label = shapes["Logo"], shapes["Label"]
    assert label.left < logo.left
    assert label.top < logo.top
    assert label.left + label.width > logo.left + logo.width
    assert label.top + label.height > logo.top + logo.height
    assert "Label" not in {
        shape.name for shape in Presentation(str(load_theme("halyard").template)).slide_layouts[0].shapes
    }


def test_a_map_that_does_not_fit_its_template_is_said_and_replaced(tmp_path: Path) -> None:
    shutil.copytree(load_theme("plain").folder, tmp_path / "themes" / "mine")
    mapped = tmp_path / "themes" / "mine" / "template.yml"
    mapped.write_text(mapped.read_text(encoding="utf-8").replace("layout: Content", "layout: Inhalt"), encoding="utf-8")
    findings = write_deck(REVIEW, load_theme("mine", tmp_path), tmp_path / "deck.pptx")
    assert [finding.code for finding in findings] == ["template-map-misfit"]
    assert "no layout 'Inhalt'; there are Title, Statement, Content, Appendix" in findings[0].what
    assert problems(tmp_path / "deck.pptx") == []


def test_changing_the_theme_recolours_the_deck_and_nothing_else(tmp_path: Path) -> None:
    theme = dataclasses.replace(load_theme("halyard"), template=None)
    other = dataclasses.replace(theme, palette=load_theme("folio").palette)
    for name, one in (("one", theme), ("other", other)):
        write_deck(REVIEW, one, tmp_path / f"{name}.pptx")
    parts, others = (Deck(tmp_path / f"{name}.pptx").parts for name in ("one", "other"))
    assert {name for name in parts if parts[name] != others[name]} == {f"ppt/theme/theme{n}.xml" for n in (1, 2)}
    own = re.compile(rb"<a:(?:srgbClr|sysClr|prstClr|scrgbClr|hslClr)")
    drawn = [name for name in parts if name.endswith(".xml") and not name.startswith("ppt/theme/")]
    assert any(name.startswith("ppt/charts/") for name in drawn)
    assert [name for name in drawn if own.search(parts[name])] == []


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_template_names_its_own_maker_and_has_no_thumbnail(name: str) -> None:
    theme = load_theme(name)
    assert theme.template is not None
    core = Presentation(str(theme.template)).core_properties
    assert (core.title, core.author) == (theme.brand, theme.brand)
    assert not [part for part in Deck(theme.template).parts if "thumbnail" in part]


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_template_is_what_the_script_writes_today(name: str) -> None:
    theme = load_theme(name)
    assert theme.template is not None
    assert template_bytes(theme, SHIPPED[name]) == theme.template.read_bytes(), "run themes/make_templates.py"


def test_a_template_is_the_same_for_the_same_theme() -> None:
    theme = load_theme("plain")
    assert theme.template is not None
    assert template_bytes(theme) == template_bytes(theme) == theme.template.read_bytes()
    assert len(Presentation(io.BytesIO(template_bytes(theme))).slide_masters) == 1


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_text_of_a_shipped_layout_can_be_read_on_whatever_is_drawn_behind_it(name: str) -> None:
    palette = load_theme(name).palette
    colours = {slot: getattr(palette, role) for role, slot in SCHEME.items()}
    for sheet in (getattr(SHIPPED[name], part.name) for part in dataclasses.fields(Arrangement)):
        for slot, place in sheet.places.items():
            text = colours[place.colour if place.size else "tx1"]
            assert [
                (slot, ground) for ground in grounds(sheet, place.box, colours) if contrast(text, ground) < 4.5
            ] == []


def grounds(sheet: Sheet, box: Box, colours: dict[str, str]) -> set[str]:
    """The colours behind a box, found at the points of a grid over it."""
    found = set()
    for across, down in itertools.product(range(41), range(11)):
        ground = colours[sheet.ground or "bg1"]
        for shape in sheet.shapes:
            if inside(shape.points, box.x + box.w * across / 40, box.y + box.h * down / 10):
                ground = mix(ground, colours[shape.colour], shape.cover / 100)
        found.add(ground)
    return found


def inside(points: tuple[tuple[float, float], ...], x: float, y: float) -> bool:
    found = False
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            found = not found
    return found
