"""Whatever colours a brand has, text can be read, marks can be seen, and a grey print tells them apart."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qbrgen.theme import Palette
from qbrgen.theme.brand import Notes
from qbrgen.theme.colour import contrast, lightness, parse
from qbrgen.theme.load import read_theme
from qbrgen.theme.palette import ROLES, palette_of

HEX = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
NEAR = st.sampled_from(["#777777", "#767676", "#FFFFFF", "#000000", "#FFFF00", "#FF0000", "#0000FF"])
COLOUR = HEX | NEAR
SEMANTIC = ("background", "foreground", "primary", "secondary", "danger", "warning", "light", "dark")


def failures(palette: Palette) -> list[str]:
    grounds = (palette.background, palette.panel)
    least = {"ink": 4.5, "muted": 4.5, "accent": 4.5, "behind": 4.5, "previous": 3.0}
    found = [
        f"{role} {getattr(palette, role)} on {ground}"
        for role, ratio in least.items()
        for ground in grounds
        if contrast(getattr(palette, role), ground) < ratio
    ]
    found += [role for role in ("accent", "behind") if contrast(getattr(palette, role), palette.track) < 3]
    for role in ("behind", "previous"):
        if abs(lightness(getattr(palette, role)) - lightness(palette.accent)) < 12:
            found.append(f"{role} beside accent in grey")
    return found


@settings(max_examples=250, deadline=None)
@given(st.dictionaries(st.sampled_from(SEMANTIC), COLOUR), st.dictionaries(st.sampled_from((*ROLES, "blue")), COLOUR))
def test_any_colours_give_a_palette_that_can_be_read_and_printed_in_grey(
    semantic: dict[str, str], named: dict[str, str]
) -> None:
    assert failures(palette_of(semantic, named, Notes(Path("_brand.yml")))) == []


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(("background", "foreground", "primary", "danger")), COLOUR, min_size=1))
def test_a_colour_of_the_brand_is_used_as_it_is_or_its_change_is_said(semantic: dict[str, str]) -> None:
    note = Notes(Path("_brand.yml"))
    palette = palette_of(semantic, {}, note)
    roles = {"background": "background", "foreground": "ink", "primary": "accent", "danger": "behind"}
    for name, value in semantic.items():
        used = getattr(palette, roles[name])
        said = [finding for finding in note.found if f"color.{name} {value}" in finding.what and used in finding.fix]
        assert (used == parse(value)) is not bool(said), (name, value, used)


def test_colours_that_pass_are_left_alone_and_nothing_is_said() -> None:
    note = Notes(Path("_brand.yml"))
    palette = palette_of({"background": "#FFFFFF", "primary": "#2E3192", "danger": "#A65300"}, {}, note)
    assert (palette.accent, palette.behind, note.found) == ("#2E3192", "#A65300", [])
    both = {"primary": "#2E3192", "danger": "#A65300", "warning": "#7A4300"}
    assert palette_of(both, {}, Notes(Path("_brand.yml"))).behind == "#A65300"  # danger, before warning


WORDS = st.sampled_from([
    "primary", "palette", "background", "family", "fonts", "files", "path", "light", "dark", "medium", "images",
    "a.png", "#123456", "base", "headings", "source", "file", "google", "weight", "style", "qbrgen", "arrangement",
    "folio", "alt",
])  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=9) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.integers(), inner, max_size=4),
    max_leaves=12,
)
PARTS = st.sampled_from(["meta", "logo", "color", "typography", "defaults"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(PARTS | WORDS, VALUES, max_size=5) | VALUES)
def test_whatever_stands_in_a_brand_file_makes_a_theme_that_can_be_read(tmp_path: Path, given: object) -> None:
    (tmp_path / "_brand.yml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    theme = read_theme(tmp_path)
    assert failures(theme.palette) == []
    assert failures(theme.on_paper) == []
    assert theme.body.faces
    assert theme.heading.faces
    assert all(finding.where is not None and finding.fix for finding in theme.findings)
