"""Logos of a brand file: which are shown, on which ground, and which are left out."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from brand_files import brand, line, picture, said
from PIL import Image, ImageFile

from qbrgen.theme.colour import contrast, hue_apart
from qbrgen.theme.drawing import as_png, cleaned

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50">{}<path d="M0 0h200v50H0z" fill="#224"/></svg>'


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("logo.png", "logo-missing"),
        ("../../secret.png", "logo-missing"),
        ("/etc/passwd.png", "logo-missing"),
        ("/etc/passwd", "brand-part-ignored"),
        ("x" * 5000, "brand-part-ignored"),
        ("x" * 5000 + ".png", "logo-missing"),
        ("https://example.com/logo.png", "logo-remote"),
        ("file:///etc/passwd", "brand-part-ignored"),
        ("//example.com/logo.png", "logo-missing"),
    ],
)
@pytest.mark.usefixtures("no_network")
def test_a_logo_that_is_not_in_the_folder_is_said_and_nothing_is_fetched(tmp_path: Path, given: str, code: str) -> None:
    theme = brand(tmp_path, f"color:\n  primary: '#224466'\nlogo:\n  medium: {given}\n")
    assert line(said(theme, code)) == 4
    assert (theme.logo, theme.logo_picture) == (None, None)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)


def test_a_huge_logo_is_made_small(tmp_path: Path) -> None:
    picture(tmp_path / "logo.png", (10_000, 2_000), mode="L")
    theme = brand(tmp_path, "logo: logo.png\n")
    assert "10,000 by 2,000 pixels" in said(theme, "logo-shrunk").what
    assert theme.logo_picture is not None
    assert Image.open(io.BytesIO(theme.logo_picture.content)).size == (1600, 320)


def test_a_logo_too_large_to_open_is_left_out(tmp_path: Path) -> None:
    header = struct.pack(">II5B", 30_000, 30_000, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    content = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + content)
    theme = brand(tmp_path, "logo: logo.png\n")
    assert "900000000 pixels" in said(theme, "logo-not-usable").what
    assert theme.logo is None


@pytest.mark.parametrize("content", [b"", b"<html>not found</html>", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_logo_that_is_no_picture_is_left_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    theme = brand(tmp_path, "logo: logo.png\n")
    assert "logo.png cannot be used" in said(theme, "logo-not-usable").what
    assert theme.logo is None


@pytest.mark.parametrize("lenient", [False, True])
def test_a_truncated_logo_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, lenient: bool) -> None:
    """Also after WeasyPrint was imported, which has Pillow take half pictures for whole ones."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    path = tmp_path / "logo.png"
    Image.effect_noise((300, 300), 50).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    assert "logo.png cannot be used" in said(brand(tmp_path, "logo: logo.png\n"), "logo-not-usable").what
    assert lenient == ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize(("kind", "mode"), [("GIF", "P"), ("WEBP", "RGB"), ("TIFF", "RGB"), ("JPEG", "CMYK")])
def test_a_logo_of_another_kind_becomes_a_png(tmp_path: Path, kind: str, mode: str) -> None:
    picture(tmp_path / "logo.bin", (200, 50), kind, mode)
    theme = brand(tmp_path, "logo: logo.bin\n")
    assert theme.logo_picture is not None
    assert theme.logo_picture.kind == "image/png"
    assert theme.findings == ()


def test_a_logo_drawn_as_svg_is_turned_into_a_picture_for_slides(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(""), encoding="utf-8")
    theme = brand(tmp_path, "logo: logo.svg\n")
    assert theme.findings == ()
    assert theme.logo is not None
    assert theme.logo.kind == "image/svg+xml"
    assert theme.logo_picture is not None
    assert Image.open(io.BytesIO(theme.logo_picture.content)).size == (880, 220)


def test_a_white_logo_on_white_paper_is_said_and_its_dark_sister_taken_on_a_dark_ground(tmp_path: Path) -> None:
    Image.new("RGB", (200, 50), "white").save(tmp_path / "white.png")
    Image.new("RGB", (200, 50), "navy").save(tmp_path / "navy.png")
    theme = brand(tmp_path, "logo: {medium: white.png}\n")
    assert "white.png cannot be seen on #FFFFFF" in said(theme, "logo-not-seen").what
    assert theme.logo is None
    both = "logo: {medium: {light: navy.png, dark: white.png}}\n"
    for background, taken in (("#FFFFFF", "navy.png"), ("#101010", "white.png")):
        theme = brand(tmp_path, both + f"color: {{background: '{background}'}}\n")
        assert theme.logo_picture is not None
        assert theme.logo_picture.name == taken
        assert theme.findings == ()


def test_a_logo_of_which_only_a_part_is_seen_is_not_shown(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (200, 50), (0, 0, 0, 0))
    logo.paste("navy", (0, 0, 50, 50))
    logo.paste("white", (60, 10, 200, 40))
    logo.save(tmp_path / "logo.png")
    said(brand(tmp_path, "logo: logo.png\n"), "logo-not-seen")
    assert brand(tmp_path, "logo: logo.png\ncolor: {background: '#2060A0'}\n").logo_picture is not None


def test_a_picture_with_white_paper_of_its_own_is_shown_on_white(tmp_path: Path) -> None:
    logo = Image.new("RGB", (200, 50), "white")
    logo.paste("navy", (80, 20, 120, 30))
    logo.save(tmp_path / "logo.png")
    assert brand(tmp_path, "logo: logo.png\n").findings == ()


def test_a_dark_brand_is_printed_on_white_with_the_logo_for_light_grounds(tmp_path: Path) -> None:
    Image.new("RGB", (200, 50), "white").save(tmp_path / "white.png")
    Image.new("RGB", (200, 50), "navy").save(tmp_path / "navy.png")
    text = "logo: {medium: {light: navy.png, dark: white.png}}\ncolor: {background: '#101820', primary: '#F2AA4C'}\n"
    theme = brand(tmp_path, text)
    assert (theme.palette.background, theme.palette.accent) == ("#101820", "#F2AA4C")
    assert theme.on_paper.background == "#FFFFFF"
    assert contrast(theme.on_paper.accent, "#FFFFFF") >= 4.5
    assert hue_apart(theme.on_paper.accent, "#F2AA4C") < 3
    assert theme.logo is not None
    assert theme.logo_picture is not None
    assert (theme.logo.name, theme.logo_picture.name) == ("navy.png", "white.png")
    assert theme.findings == ()


def test_a_light_brand_is_printed_in_the_colours_of_its_decks(tmp_path: Path) -> None:
    theme = brand(tmp_path, "color: {background: '#FBF9F4', primary: '#0A4F68'}\n")
    assert theme.on_paper == theme.palette


def test_text_in_a_drawing_is_drawn_and_said(tmp_path: Path) -> None:
    text = "<text x='9' y='40' font-size='40' font-family='Gone' fill='red'>Brand</text>"
    (tmp_path / "logo.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50">{text}</svg>', encoding="utf-8"
    )
    theme = brand(tmp_path, "logo: logo.svg\n")
    said(theme, "logo-with-text")
    assert theme.logo_picture is not None
    assert Image.open(io.BytesIO(theme.logo_picture.content)).getbbox() is not None


FETCHING = {
    "script": "<script>fetch('https://example.com')</script>",
    "image": '<image href="https://example.com/a.png" width="9" height="9"/>',
    "file": '<image xmlns:x="http://www.w3.org/1999/xlink" x:href=" file:///etc/passwd" width="9" height="9"/>',
    "import": "<style>@import url(https://example.com/a.css);</style>",
    "escaped": r"<style>@\69mport 'https://example.com/a.css';</style>",
    "fill": '<rect width="9" height="9" style="fill: URL( https://example.com/a.svg#b )"/>',
    "use": '<use href="https://example.com/a.svg#b"/>',
    "foreign": "<foreignObject><iframe src='https://example.com'/></foreignObject>",
    "animate": '<rect id="r"><set attributeName="href" to="https://example.com"/></rect>',
    "click": '<rect onclick="alert(1)" width="9" height="9"/>',
    "link": '<a href="javascript:alert(1)"><circle r="4"/></a>',
}


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("inside", FETCHING.values(), ids=FETCHING)
def test_what_a_drawing_runs_or_fetches_is_taken_out_and_said(tmp_path: Path, inside: str) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(inside), encoding="utf-8")
    theme = brand(tmp_path, "logo: logo.svg\n")
    said(theme, "logo-cleaned")
    assert theme.logo is not None
    for word in (b"example.com", b"script", b"alert", b"file:", b"import", b"iframe"):
        assert word not in theme.logo.content
    assert theme.logo_picture is not None


def test_entities_and_style_sheets_around_a_drawing_are_left_out() -> None:
    head = '<?xml version="1.0"?><?xml-stylesheet href="https://example.com/a.css"?>'
    head += '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbb">]>'
    drawing, taken = cleaned((head + SVG.format("<text y='9'>&a;&b;</text>")).encode())
    assert b"ENTITY" not in drawing
    assert b"example.com" not in drawing
    assert b"&a;" not in drawing
    assert taken == ("an entity",)
    assert as_png(drawing, 100, 100).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "does not parse"),
        (b"<svg", "does not parse"),
        (b"<html/>", "is no SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#a"/></g></svg>', "without end"),
        (
            (
                '<svg xmlns="http://www.w3.org/2000/svg"><path id="x0"/>'
                + "".join(f'<g id="x{at}">{f"""<use href="#x{at - 1}"/>""" * 9}</g>' for at in range(1, 12))
                + "</svg>"
            ).encode(),
            "draws more than 20,000 parts",
        ),
        (b"x" * 2_000_001, "2,000,001 bytes"),
    ],
)
def test_a_drawing_that_is_none_or_never_ends_is_left_out(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "logo.svg").write_bytes(content)
    assert why in said(brand(tmp_path, "logo: logo.svg\n"), "logo-not-usable").what
