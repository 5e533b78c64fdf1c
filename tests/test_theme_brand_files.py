"""Brand files as people write them: each mistake is said with its place, repaired where that is safe, never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from brand_files import brand, line, picture, said
from lxml import etree

from qbrgen.render.pptx.theme_part import theme_part
from qbrgen.resources import themes_dir
from qbrgen.theme.colour import hue_apart

FONT = "typography:\n  fonts:\n    - family: Mine\n      source: file\n      files: [{{path: {path}}}]\n  base: Mine\n"


# ---- typefaces ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("gone.ttf", None, "font-missing"),
        ("broken.ttf", b"\0\1\0\0 this is no font", "font-not-usable"),
        ("empty.ttf", b"", "font-not-usable"),
        ("page.otf", b"<html>404</html>", "font-not-usable"),
        ("web.woff2", b"wOF2", "font-not-usable"),
    ],
)
def test_a_font_file_that_cannot_be_used_is_said_and_stood_in_for(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    theme = brand(tmp_path, FONT.format(path=name))
    assert line(said(theme, code)) == 5
    assert (theme.body.family, theme.body.office) == ("Liberation Sans", "Mine")
    assert theme.body.faces


def test_a_font_file_cut_short_is_said(tmp_path: Path) -> None:
    whole = (themes_dir() / "fonts" / "LiberationSerif-Regular.ttf").read_bytes()
    (tmp_path / "cut.ttf").write_bytes(whole[: len(whole) // 3])
    assert "does not parse" in said(brand(tmp_path, FONT.format(path="cut.ttf")), "font-not-usable").what


def test_a_font_file_that_parses_is_used(tmp_path: Path) -> None:
    (tmp_path / "mine.ttf").write_bytes((themes_dir() / "fonts" / "LiberationSerif-Regular.ttf").read_bytes())
    theme = brand(tmp_path, FONT.format(path="mine.ttf"))
    assert theme.findings == ()
    assert (theme.body.family, theme.body.faces[0].path.name) == ("Mine", "mine.ttf")


@pytest.mark.parametrize(
    ("named", "office", "codes"),
    [
        ("'\"Noto Sans\", Aptos, sans-serif'", "Noto Sans", {"font-without-files"}),
        ("sans-serif", "Arial", set()),
        ("'system-ui, Georgia'", "Georgia", {"font-without-files"}),
        ("Arial", "Arial", set()),
        ("Times New Roman", "Times New Roman", set()),
        ("'x}body{background:url(file:///etc/passwd)}'", "Arial", {"font-not-a-name"}),
        ("'red;color:url(https://example.com)'", "Arial", {"font-not-a-name"}),
        ("'<script>'", "Arial", {"font-not-a-name"}),
    ],
)
def test_a_family_is_the_first_name_of_a_list_and_never_more_than_a_name(
    tmp_path: Path, named: str, office: str, codes: set[str]
) -> None:
    theme = brand(tmp_path, f"typography:\n  base: {named}\n")
    assert theme.body.office == office
    assert {finding.code for finding in theme.findings} == codes


# ---- colours --------------------------------------------------------------------------------------------------------


def test_a_colour_that_does_not_parse_is_said_at_its_line(tmp_path: Path) -> None:
    theme = brand(tmp_path, "color:\n  background: '#FFFFFF'\n  primary: bleu-ish\n")
    finding = said(theme, "colour-not-parsed")
    assert "color.primary is 'bleu-ish'" in finding.what
    assert line(finding) == 3


def test_a_colour_that_has_to_move_is_said_at_its_line(tmp_path: Path) -> None:
    theme = brand(tmp_path, "color:\n  palette:\n    sun: '#FFD400'\n  primary: sun\n")
    finding = said(theme, "contrast-repaired")
    assert "color.primary #FFD400 has 1.3:1" in finding.what
    assert finding.fix == f"{theme.palette.accent} is used."
    assert line(finding) == 4


def test_what_had_to_move_twice_is_said_once_with_where_it_ended(tmp_path: Path) -> None:
    theme = brand(tmp_path, "color: {primary: '#FF6F20', danger: '#FF3D7F'}\n")
    assert [finding.fix for finding in theme.findings] == [
        f"{theme.palette.accent} is used.",
        f"{theme.palette.behind} is used.",
    ]


@pytest.mark.parametrize("primary", ["#0A4F68", "#E18600", "#FF4815", "#8A1640", "#D02020", "#A06A00"])
def test_what_is_behind_has_another_hue_than_what_points(tmp_path: Path, primary: str) -> None:
    palette = brand(tmp_path, f"color: {{primary: '{primary}'}}\n").palette
    assert hue_apart(palette.accent, palette.behind) >= 29


def test_white_text_on_white_paper_is_replaced(tmp_path: Path) -> None:
    theme = brand(tmp_path, "color: {background: white, foreground: white}\n")
    assert "color.foreground #FFFFFF cannot be read on #FFFFFF" in said(theme, "contrast-repaired").what


@pytest.mark.parametrize(
    ("text", "accent"),
    [
        ("{primary: 'rgb(46, 49, 146)'}", "#2E3192"),
        ("{primary: 'hsl(238, 52%, 38%)'}", "#2F3293"),
        ("{secondary: '#2E3192'}", "#2E3192"),
        ("{palette: {grey: '#888888', sea: '#20508A'}}", "#20508A"),
    ],
)
def test_the_colour_that_points_is_found_where_a_brand_has_it(tmp_path: Path, text: str, accent: str) -> None:
    assert brand(tmp_path, f"color: {text}\n").palette.accent == accent


@pytest.mark.parametrize("given", ["{arrangement: sideways}", "sideways", "{arrangement: [1]}"])
def test_an_arrangement_that_there_is_not_is_said(tmp_path: Path, given: str) -> None:
    theme = brand(tmp_path, f"color: {{primary: navy}}\ndefaults:\n  qbrgen: {given}\n")
    assert line(said(theme, "arrangement-unknown")) == 3
    assert theme.arrangement == "plain"


@pytest.mark.parametrize("value", ["rgb(300,1,2)", "rgb(1,2)", "url(https://x.org)", "var(--x)", "#12345G", "'}'"])
def test_what_only_looks_like_a_colour_is_none(tmp_path: Path, value: str) -> None:
    said(brand(tmp_path, f'color: {{primary: "{value}"}}\n'), "colour-not-parsed")


# ---- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code", "at"),
    [
        (b"", "brand-unreadable", None),
        (b"# only a comment\n", "brand-unreadable", None),
        (b"- a\n- list\n", "brand-unreadable", None),
        (b"just a text\n", "brand-unreadable", None),
        (b"color: {primary: '#112233'\nlogo: [\n", "brand-unreadable", 2),
        (b"color:\n\tprimary: red\n", "brand-unreadable", 2),
        (b"\x00\x01\x02", "brand-unreadable", None),
        (b"[" * 3_000, "brand-unreadable", None),
        (b"a: &a [1,1,1,1,1,1,1,1,1]\n" + b"".join(
            b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (c, c, *[c - 1] * 8) for c in range(ord("b"), ord("k"))
        ), "brand-unreadable", None),
        (b"&a\nx: *a\n", "brand-unreadable", None),
        (b"# " + b"x" * 1_000_001, "brand-unreadable", None),
        ("meta: {name: Müller}\n".encode("cp1252"), "brand-encoding", None),
        ("meta: {name: Müller}\n".encode("utf-16"), "brand-encoding", None),
        (b"meta: {name: One}\nmeta: {name: Two}\n", "brand-key-twice", 2),
        (b"meta: {name: One}\ncolor: {primary: [1]}\n", "brand-part-ignored", 2),
        (b"meta: {name: One}\n\ntypography: 7\n", "brand-part-ignored", 3),
        (b"color:\n  palette:\n    a: b\n    b: a\n  primary: a\n", "brand-part-ignored", 1),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_a_file_that_is_broken_is_said_and_the_rest_used(
    tmp_path: Path, content: bytes, code: str, at: int | None
) -> None:
    theme = brand(tmp_path, content)
    assert line(said(theme, code)) == at
    assert theme.body.faces


def test_a_file_that_holds_itself_is_told_in_words_that_say_so(tmp_path: Path) -> None:
    (note,) = brand(tmp_path, "a: &a [*a]\n").findings
    assert note.what == "This file cannot be read: a part of it holds itself, or is nested too deep."


def test_names_hold_nothing_that_a_file_cannot(tmp_path: Path) -> None:
    picture(tmp_path / "logo.png", (200, 50))
    text = r"""
meta: {name: "Night\a & \u2028Day\uFFFF <Ltd>"}
logo: {medium: {path: logo.png, alt: "Night\x00 and\nDay"}}
"""
    theme = brand(tmp_path, text)
    assert theme.brand == "Night & Day <Ltd>"
    assert theme.logo_alt == "Night and Day"
    etree.fromstring(theme_part(theme))
    assert len(brand(tmp_path, f"meta: {{name: {'x' * 5000}}}\n").brand) == 200


def test_a_name_in_another_encoding_is_read(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert brand(tmp_path, "meta: {name: Müller}\n".encode(encoding)).brand == "Müller"
