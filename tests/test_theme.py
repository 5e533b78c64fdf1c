"""Themes: read from brand files as people write them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qbrgen.errors import InputError, Level
from qbrgen.theme import Palette, Theme, load_theme
from qbrgen.theme.colour import apart, contrast, lightness, parse, readable

BRANDS = Path(__file__).resolve().parents[2] / "shared" / "brands"
SHIPPED = ("folio", "halyard", "plain")


def themed(root: Path, text: str) -> Theme:
    folder = root / "themes" / "mine"
    folder.mkdir(parents=True)
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    return load_theme("mine", root)


def codes(theme: Theme) -> set[str]:
    return {finding.code for finding in theme.findings}


def assert_legible(palette: Palette) -> None:
    grounds = (palette.background, palette.panel)
    for ground in grounds:
        for role in ("ink", "muted", "accent", "behind"):
            assert contrast(getattr(palette, role), ground) >= 4.5, role
        assert contrast(palette.previous, ground) >= 3
    assert abs(lightness(palette.accent) - lightness(palette.behind)) >= 12


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_theme_is_complete_and_says_nothing(name: str) -> None:
    theme = load_theme(name)
    assert theme.findings == ()
    assert theme.template is not None
    assert set(theme.layouts) == {"title", "statement", "content", "appendix"}
    assert {(face.weight, face.italic) for face in theme.body.faces} == {
        (400, False),
        (700, False),
        (400, True),
        (700, True),
    }
    assert theme.body.office == "Arial"
    assert_legible(theme.palette)


def test_the_shipped_themes_look_different() -> None:
    themes = [load_theme(name) for name in SHIPPED]
    assert len({theme.palette.accent for theme in themes}) == len(themes)
    assert len({(theme.palette.background, theme.heading.office) for theme in themes}) == len(themes)


def test_the_headlines_of_folio_are_a_free_face_in_pages_and_the_office_face_of_its_widths_in_decks() -> None:
    heading = load_theme("folio").heading
    assert (heading.family, heading.office) == ("Liberation Serif", "Times New Roman")
    assert {face.path.name for face in heading.faces} >= {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"}
    assert "Liberation Serif" in (heading.faces[0].path.parent / "OFL.txt").read_text(encoding="utf-8")


def test_halyard_has_a_logo_for_pages_and_one_for_slides() -> None:
    theme = load_theme("halyard")
    assert theme.logo is not None
    assert (theme.logo.name, theme.logo.kind) == ("logo.svg", "image/svg+xml")
    assert theme.logo_picture is not None
    assert (theme.logo_picture.name, theme.logo_picture.kind) == ("logo.png", "image/png")
    assert theme.logo_alt == "Halyard"


def test_an_unknown_theme_is_an_error_that_lists_the_others() -> None:
    with pytest.raises(InputError, match=r"Did you mean 'halyard'\? There are: folio, halyard, plain") as caught:
        load_theme("halyrd")
    assert caught.value.findings[0].code == "theme-not-found"


@pytest.mark.parametrize("name", ["../plain", "/etc", "", "fonts"])
def test_a_name_that_is_no_theme_reaches_no_other_folder(name: str) -> None:
    with pytest.raises(InputError):
        load_theme(name)


def test_a_workspace_has_themes_of_its_own(tmp_path: Path) -> None:
    theme = themed(tmp_path, 'meta: {name: Mine}\ncolor: {primary: "#0A4F68"}\n')
    assert (theme.brand, theme.palette.accent) == ("Mine", "#0A4F68")


def test_an_accent_that_cannot_be_read_is_darkened_in_its_hue_and_said(tmp_path: Path) -> None:
    theme = themed(tmp_path, 'color: {primary: "#FFB000"}\n')
    assert theme.palette.accent != "#FFB000"
    assert "contrast-repaired" in codes(theme)
    assert_legible(theme.palette)


def test_text_in_the_colour_of_its_paper_is_replaced(tmp_path: Path) -> None:
    theme = themed(tmp_path, 'color: {background: "#101010", foreground: "#111111", primary: "#77AAFF"}\n')
    assert "contrast-repaired" in codes(theme)
    assert_legible(theme.palette)


@pytest.mark.parametrize(
    "value", ["url(file:///etc/passwd)", "red}body{background:url(x)}", "#12", "rgb(1,2", "expression(1)"]
)
def test_a_colour_that_is_no_colour_is_said_and_not_used(tmp_path: Path, value: str) -> None:
    theme = themed(tmp_path, f'color: {{primary: "{value}"}}\n')
    assert theme.palette.accent == Palette().accent
    assert "colour-not-parsed" in codes(theme)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list",
        "color: [",
        "color: {palette: {a: b, b: a}, primary: a}",
        "typography: 7",
        "nonsense: true",
        "\x00",
    ],
)
def test_a_broken_brand_file_falls_back_with_a_note(tmp_path: Path, text: str) -> None:
    theme = themed(tmp_path, text)
    assert theme.findings
    assert all(finding.level is Level.NOTE for finding in theme.findings)
    assert_legible(theme.palette)
    assert theme.body.faces


def test_a_font_without_files_is_named_and_measured_as_another(tmp_path: Path) -> None:
    theme = themed(tmp_path, "typography: {base: Jura}\n")
    assert (theme.body.office, theme.body.family) == ("Jura", "Liberation Sans")
    assert theme.body.faces
    assert "font-without-files" in codes(theme)


def test_a_theme_reaches_no_file_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    theme = themed(tmp_path, "logo: ../../secret.svg\n")
    assert theme.logo is None
    assert "logo-missing" in codes(theme)


@pytest.mark.skipif(not BRANDS.is_dir(), reason="the real brand files lie in ../shared, which is not here")
@pytest.mark.parametrize("brand", sorted(path.name for path in BRANDS.rglob("*.yml")) if BRANDS.is_dir() else [])
def test_real_brand_files_yield_a_legible_theme(tmp_path: Path, brand: str) -> None:
    folder = tmp_path / "themes" / "real"
    folder.mkdir(parents=True)
    shutil.copy(next(BRANDS.rglob(brand)), folder / "_brand.yml")
    assert_legible(load_theme("real", tmp_path).palette)


def test_colours_are_parsed_by_strict_pattern() -> None:
    assert [parse(text) for text in ("#abc", "#A1b2C3", "#11223344", "navy", "bleu", 7)] == [
        "#AABBCC", "#A1B2C3", "#112233", "#000080", None, None,
    ]  # fmt: skip


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_colour_moves_no_further_than_it_must() -> None:
    assert readable("#0B4F8A", ("#FFFFFF",), 4.5) == "#0B4F8A"
    moved = apart("#A65300", "#0B4F8A", ("#FFFFFF",), 4.5)
    assert moved is not None
    assert abs(lightness(moved) - lightness("#0B4F8A")) >= 12


def test_a_folder_without_a_brand_file_is_told_what_it_lacks(tmp_path: Path) -> None:
    folder = tmp_path / "themes" / "ours"
    folder.mkdir(parents=True)
    with pytest.raises(InputError) as caught:
        load_theme("ours", tmp_path)
    assert "holds no file _brand.yml" in caught.value.findings[0].what
    (folder / "_brand.yaml").write_text("meta: {name: Ours}\n")
    with pytest.raises(InputError) as caught:
        load_theme("ours", tmp_path)
    assert caught.value.findings[0].fix == "Rename _brand.yaml to _brand.yml."
