"""Brand files and pictures made for a test, and what was said of them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from qbrgen.errors import Finding, Level
from qbrgen.theme import Theme
from qbrgen.theme.load import read_theme


def brand(folder: Path, text: str | bytes) -> Theme:
    (folder / "_brand.yml").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read_theme(folder)


def said(theme: Theme, code: str) -> Finding:
    """The one finding of this code, with what to do about it."""
    (finding,) = [finding for finding in theme.findings if finding.code == code]
    assert finding.level is Level.NOTE
    assert finding.what.endswith(".")
    assert finding.fix
    assert finding.where is not None
    return finding


def line(finding: Finding) -> int | None:
    assert finding.where is not None
    return finding.where.line


def picture(path: Path, size: tuple[int, int], kind: str = "PNG", mode: str = "RGB") -> Path:
    Image.new(mode, size, (90, 40, 20, 80)[: len(mode)] if len(mode) > 2 else 40).save(path, kind)
    return path
