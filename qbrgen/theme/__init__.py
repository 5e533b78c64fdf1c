"""Themes: a folder each, read by `load_theme`: `_brand.yml`, `template.pptx` and its map, logos, fonts."""

from __future__ import annotations

from pathlib import Path

from qbrgen.theme.model import Font, FontFace, Palette, Theme

__all__ = ["Font", "FontFace", "Palette", "Theme", "load_theme"]


def load_theme(name: str, root: Path | None = None) -> Theme:
    """See `qbrgen.theme.load.load_theme`, which is imported when the first theme is read."""
    from qbrgen.theme.load import load_theme

    return load_theme(name, root)
