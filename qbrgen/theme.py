"""A theme as renderers see it: colours by role, fonts with their files, logos, and the PowerPoint template with its map.

Read from a folder (`_brand.yml`, `template.pptx`, `template.yml`, logos, fonts) by `load_theme`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qbrgen.errors import Finding


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
    """family: as embedded in a PDF. office: the family named in a PPTX (a metric-compatible one that laptops have)."""

    family: str
    office: str
    faces: tuple[FontFace, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """name: of the folder. brand: the name that documents carry as company when the workspace gives none."""

    name: str
    folder: Path
    brand: str
    palette: Palette
    heading: Font
    body: Font
    logo: Path | None = None
    template: Path | None = None
    layouts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def load_theme(name: str, root: Path | None = None) -> Theme:
    """The theme `name` from the workspace's own themes/ (below `root`), else from those that come with qbrgen.

    Raises InputError, listing the themes there are, when there is none of that name. Sloppy brand files fall back, with
    findings.
    """
    raise NotImplementedError
