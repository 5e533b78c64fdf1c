"""Themes: a folder each, read by `load_theme`: `_brand.yml`, `template.pptx` and its map, logos, fonts."""

from qbrgen.theme.load import load_theme
from qbrgen.theme.model import Font, FontFace, Palette, Theme

__all__ = ["Font", "FontFace", "Palette", "Theme", "load_theme"]
