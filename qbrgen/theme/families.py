"""Typefaces that documents name and that do not come with qbrgen: how wide they are, so that text can be measured.

Widths are those of a usual English sentence, against the same sentence in the face that it is measured with. Heights of
lines are the families' own, in ems. Both are taken from the families' published metrics, rounded up to the next
hundredth.
"""

from __future__ import annotations

from collections.abc import Sequence

from qbrgen.resources import themes_dir
from qbrgen.theme.model import Font, FontFace

# Faces of the same widths, which every program takes where the family is missing: nothing to allow for.
SAME_WIDTHS = {
    "arial": "Liberation Sans", "helvetica": "Liberation Sans", "liberation sans": "Liberation Sans",
    "arimo": "Liberation Sans", "times new roman": "Liberation Serif", "times": "Liberation Serif",
    "liberation serif": "Liberation Serif", "tinos": "Liberation Serif",
}  # fmt: skip
# Family → (width against Liberation Sans, height of a line).
_AGAINST_LIBERATION_SANS = {
    "aptos": (1.02, 1.29), "aptos display": (1.0, 1.29), "arial black": (1.25, 1.42), "arial narrow": (0.82, 1.15),
    "avenir next": (1.03, 1.37), "avenir next lt pro": (1.03, 1.37), "bahnschrift": (0.98, 1.2), "barlow": (0.97, 1.2),
    "bierstadt": (1.0, 1.25), "book antiqua": (0.99, 1.24), "bookman old style": (1.15, 1.18), "calibri": (0.93, 1.23),
    "calibri light": (0.93, 1.23), "caladea": (0.94, 1.17), "cambria": (0.94, 1.17),
    "candara": (0.95, 1.23), "carlito": (0.93, 1.23), "century": (1.01, 1.2),
    "century gothic": (1.11, 1.23), "century schoolbook": (1.02, 1.2), "consolas": (1.12, 1.18),
    "constantia": (0.98, 1.23),
    "corbel": (0.95, 1.23), "courier new": (1.34, 1.14), "dm sans": (1.02, 1.31), "ebrima": (1.03, 1.34),
    "franklin gothic book": (0.97, 1.14), "franklin gothic medium": (1.0, 1.14), "futura": (1.02, 1.33),
    "garamond": (0.84, 1.13), "georgia": (1.02, 1.14), "gill sans mt": (0.96, 1.17), "gill sans nova": (0.98, 1.2),
    "grandview": (1.08, 1.2), "helvetica neue": (1.0, 1.2), "inter": (1.06, 1.22), "lato": (0.98, 1.21),
    "lucida sans unicode": (1.12, 1.54), "merriweather": (1.13, 1.26), "montserrat": (1.15, 1.22),
    "neue haas grotesk text pro": (1.0, 1.2),
    "noto sans": (1.06, 1.37), "nunito": (1.02, 1.37), "open sans": (1.06, 1.37),
    "palatino linotype": (1.0, 1.35), "poppins": (1.14, 1.5), "raleway": (1.05, 1.18), "roboto": (1.0, 1.18),
    "rockwell": (1.04, 1.18), "seaford": (1.03, 1.25), "segoe ui": (1.02, 1.34), "segoe ui light": (1.0, 1.34),
    "segoe ui semibold": (1.07, 1.34), "skeena": (1.0, 1.25), "source sans pro": (0.94, 1.26), "sylfaen": (0.95, 1.32),
    "tahoma": (1.01, 1.21), "tenorite": (1.08, 1.3), "trebuchet ms": (1.01, 1.17),
    "tw cen mt": (0.92, 1.1), "ubuntu": (1.03, 1.15), "verdana": (1.17, 1.22), "work sans": (1.06, 1.18),
}  # fmt: skip
_USUAL = "Liberation Sans"  # stands in for what has no files: it does not say how wide that is
_OFFICE = {"carlito": "calibri", "caladea": "cambria", "liberation serif": "times new roman"}  # of the same widths
# Families that most programs have, or draw with a face of the same widths.
_EVERYWHERE = ("calibri", "carlito", "courier new")
# Where a family is missing, programs show another: the widest of those that are usual is as wide as this.
_SUBSTITUTE = (1.2, 1.2)
_SUBSTITUTE_BOLD = 1.25  # figures of DejaVu Sans Bold against those of Liberation Sans Bold
_UNKNOWN = (1.2, 1.25)


def font_of(family: str, known: Sequence[Font] = (), *, heading: bool = False) -> Font:
    """A typeface by name, with what it is measured with. known: typefaces that files are at hand of.

    heading: large and often bold; what programs show for a missing typeface is wider still in that weight.
    """
    family = family.strip()
    for font in known:
        own = font.family.lower()
        if font.faces and own != _USUAL.lower() and (family.lower() == own or family.lower() == _OFFICE.get(own)):
            return font
    same = SAME_WIDTHS.get(family.lower())
    if same:
        return Font(same, family, faces_of(same), stretch=1.0)
    width, line = _AGAINST_LIBERATION_SANS.get(family.lower(), _UNKNOWN)
    if family.lower() not in _EVERYWHERE:
        width, line = max(width, _SUBSTITUTE_BOLD if heading else _SUBSTITUTE[0]), max(line, _SUBSTITUTE[1])
    return Font(_USUAL, family, faces_of(_USUAL), stretch=width, line=line)


def font_as_named(family: str) -> Font:
    """The same for text that stands already: as wide as the family itself, without allowing for machines that lack it.
    One that nobody knows is taken for Liberation Sans."""
    if family.strip().lower() in SAME_WIDTHS:
        return font_of(family)
    width, line = _AGAINST_LIBERATION_SANS.get(family.strip().lower(), (1.0, 0.0))
    return Font(_USUAL, family, faces_of(_USUAL), stretch=width, line=line)


def faces_of(family: str) -> tuple[FontFace, ...]:
    """The faces of a family whose files come with qbrgen."""
    stem = family.replace(" ", "")
    styles = {"Regular": (400, False), "Bold": (700, False), "Italic": (400, True), "BoldItalic": (700, True)}
    folder = themes_dir() / "fonts"
    files = ((folder / f"{stem}-{style}.ttf", look) for style, look in styles.items())
    return tuple(FontFace(path, *look) for path, look in files if path.is_file())  # a headline face has no italics
