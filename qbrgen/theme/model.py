"""A theme as renderers see it: colours by role, fonts with their files, logos, the PowerPoint template with its map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qbrgen.errors import Finding

ARRANGEMENTS = ("folio", "plain", "sail")  # of our own layouts, drawn in render/pptx/arrangements.py


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role, each "#RRGGBB". Contrast is checked when the theme is loaded (4.5:1 text, 3:1 marks)."""

    background: str = "#FFFFFF"
    panel: str = "#F3F5F8"
    ink: str = "#17202E"
    muted: str = "#56606F"
    accent: str = "#0B4F8A"  # actual; what points
    previous: str = "#858F9E"
    behind: str = "#A65300"  # off target
    rule: str = "#CBD2DB"  # decorative
    track: str = "#E8ECF1"  # the empty part of a bar


@dataclass(frozen=True, slots=True)
class FontFace:
    """One file of a family (TTF or OTF)."""

    path: Path
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Font:
    """family: as embedded in a PDF. office: the family named in a PPTX (a metric-compatible one that laptops have).

    stretch: how many times as wide as its faces the family named is, None where nobody knows. line: height of a line of
    it in ems, 0.0 for that of its faces.
    """

    family: str
    office: str
    faces: tuple[FontFace, ...] = ()
    stretch: float | None = None
    line: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, safe to embed. name: of the file that it comes from. kind: its MIME type. digest: of the content."""

    name: str
    kind: str
    content: bytes = field(repr=False, compare=False)
    digest: str


@dataclass(frozen=True, slots=True)
class Theme:
    """name: of the folder. brand: the name that documents carry as company when the workspace gives none.

    printed: the colours for pages, where the brand's own ground is too dark to print; None for the palette itself.
    logo: what pages show, SVG, PNG or JPEG. logo_picture: what slides show, PNG or JPEG.
    arrangement: of our own layouts, where there is no template.
    layouts: role of a slide → {"layout": name, slot: placeholder by name (text) or index (number)}.
    findings: what was sloppy in the brand file, and what was done about it.
    """

    name: str
    folder: Path
    brand: str
    palette: Palette
    heading: Font
    body: Font
    logo: Picture | None = None
    logo_picture: Picture | None = None
    logo_alt: str = ""
    template: Path | None = None
    layouts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    printed: Palette | None = None
    arrangement: str = "plain"

    @property
    def on_paper(self) -> Palette:
        """The colours for pages."""
        return self.printed or self.palette
