"""A brand's typefaces: the family that it names, with its files where these can be used, else with what stands in."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from qbrgen.resources import themes_dir
from qbrgen.theme.brand import Notes
from qbrgen.theme.families import SAME_WIDTHS, faces_of, font_of
from qbrgen.theme.model import Font, FontFace
from qbrgen.theme.reach import SHARED_FONTS, inside, is_address

DEFAULT_FAMILY = "Liberation Sans"
# A family's name as CSS, PowerPoint and a PDF all take it: no quotes, braces or semicolons that could end a value.
FAMILY = re.compile(r"[^\W_][\w .&+'-]{0,63}")
# Families of the same widths that office laptops have.
_OFFICE = {
    "Liberation Sans": "Arial",
    "Liberation Serif": "Times New Roman",
    "Carlito": "Calibri",
    "Caladea": "Cambria",
}
# Names that stand for whatever a browser takes.
_GENERIC = {
    "sans-serif", "serif", "monospace", "system-ui", "ui-sans-serif", "ui-serif", "ui-monospace", "ui-rounded",
    "cursive", "fantasy", "inherit", "initial", "-apple-system", "blinkmacsystemfont",
}  # fmt: skip
_LETTERS = frozenset(map(ord, "ABCXYZabcxyz0123456789 .,%"))
_RESTRICTED = 0x0002  # OS/2 fsType: this font may not be embedded


def typeface(brand: Any, part: str, folder: Path, note: Notes) -> Font:
    """The typeface for headings or base, with its files; without any, what it is measured and set in PDFs with."""
    typography = brand.typography
    chosen = getattr(typography, part, None) if typography else None
    where = part if chosen else "base"
    chosen = chosen or (getattr(typography, "base", None) if typography else None)
    named = str(getattr(chosen, "family", None) or (chosen if isinstance(chosen, str) else "") or "")
    family = _family(named, ("typography", where), note)
    faces = _faces(typography, family, folder, note)
    if faces:
        return Font(family, _OFFICE.get(family, family), faces)
    if family == DEFAULT_FAMILY:
        return Font(family, _OFFICE[family], faces_of(family))
    if family.lower() not in SAME_WIDTHS:
        note(
            "font-without-files",
            f"The typeface {family} has no file in this theme: decks name it, PDFs are set in {DEFAULT_FAMILY}.",
            "Put its TTF or OTF files into the theme's folder, and name them under typography.fonts.",
            at=("typography", where),
        )
    return font_of(family, heading=part == "headings")


def _family(named: str, at: tuple[str, ...], note: Notes) -> str:
    """The first family of a list as CSS writes it that is a name and no stand-in for any."""
    for given in named.split(","):
        name = given.strip().strip("'\"").strip()
        if not name or name.lower() in _GENERIC:
            continue
        if FAMILY.fullmatch(name):
            return name
        note("font-not-a-name", f"The typeface {name[:60]!r} is no name.", "Write a family's name only.", at=at)
    return DEFAULT_FAMILY


def _faces(typography: Any, family: str, folder: Path, note: Notes) -> tuple[FontFace, ...]:
    faces: list[FontFace] = []
    for at, font in enumerate(typography.fonts if typography else ()):
        if font.family != family:
            continue
        for number, file in enumerate(getattr(font, "files", None) or ()):
            given = str(getattr(file.path, "root", file.path))
            place = ("typography", "fonts", str(at), "files", str(number))
            path = inside(folder, given) if not is_address(given) else None
            wrong = "" if path is None else _unusable(path)
            if path is None:
                what = "lies on the web: nothing is fetched" if is_address(given) else "is no file of this theme"
                note("font-missing", f"The font {given[:200]} {what}.", "Put it into the theme's folder.", at=place)
            elif wrong:
                note("font-not-usable", f"The font {path.name} {wrong}.", "Give a TTF or OTF file of it.", at=place)
            else:
                faces.append(FontFace(path, _weight(file.weight), str(file.style) in ("italic", "oblique")))
    return tuple(faces)


def _unusable(path: Path) -> str:
    """Why a font cannot be measured and embedded; "" where it can. Those that come with qbrgen can."""
    if path.suffix.lower() not in (".ttf", ".otf"):
        return "is neither TTF nor OTF"
    if path.is_relative_to((themes_dir() / SHARED_FONTS).resolve()):
        return ""
    status = path.stat()
    return _trouble(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _trouble(path: Path, size: int, changed: int) -> str:  # noqa: ARG001 (they tell a file from what it was before)
    from fontTools.ttLib import TTFont

    try:
        with path.open("rb") as stream, TTFont(stream, lazy=True) as font:
            for table in ("head", "hhea", "hmtx", "maxp", "name"):
                font[table]
            held = set(font.getBestCmap() or ())
            restricted = "OS/2" in font and font["OS/2"].fsType & 0x000F == _RESTRICTED
            outlines = any(table in font for table in ("glyf", "CFF ", "CFF2"))
    except Exception as error:  # the library raises whatever its tables make it raise
        return f"does not parse ({type(error).__name__})"
    if not outlines:
        return "holds no outlines"
    if not held >= _LETTERS:
        return "lacks plain letters or figures"
    return "may not be embedded, by its licence bits" if restricted else ""


def _weight(value: Any) -> int:
    root = getattr(value, "root", value)
    return root if isinstance(root, int) else 700 if str(root) in ("bold", "bolder") else 400
