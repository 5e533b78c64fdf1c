"""What tests of PDFs share: a theme, and PDFs made once."""

from __future__ import annotations

from pathlib import Path

import briefs_by_hand
import pytest

from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.resources import themes_dir
from qbrgen.theme import Font, FontFace, Palette, Theme


@pytest.fixture(scope="session")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    """A theme of the default colours and the typeface that comes with qbrgen."""
    fonts = themes_dir() / "fonts"
    faces = (FontFace(fonts / "LiberationSans-Regular.ttf"), FontFace(fonts / "LiberationSans-Bold.ttf", 700))
    font = Font("Liberation Sans", "Arial", faces)
    return Theme("by-hand", tmp_path_factory.mktemp("theme"), "Halyard", Palette(), font, font)


@pytest.fixture(scope="session")
def brief_pdf(theme: Theme) -> bytes:
    content, findings = pdf_bytes(briefs_by_hand.brief(), theme)
    assert findings == []
    return content


@pytest.fixture(scope="session")
def portfolio_pdf(theme: Theme) -> bytes:
    content, findings = pdf_bytes(briefs_by_hand.portfolio("Acme", "Birch & Sons", "Cobalt"), theme)
    assert findings == []
    return content


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "made" / "brief.pdf"
