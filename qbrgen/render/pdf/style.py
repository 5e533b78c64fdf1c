"""Theme → stylesheet values: each checked by a strict pattern, because escaping HTML does not protect CSS."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Literal

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.render.pdf.assets import Assets
from qbrgen.render.pdf.fonts import SystemFont
from qbrgen.theme import Font, Theme

PageSize = Literal["A4", "Letter"]
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_FAMILY = re.compile(r"[^\W_][\w .&+'-]{0,63}\Z")
_WEIGHTS = range(100, 1001)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's measures in mm."""

    name: PageSize
    width: float
    height: float
    side: float = 14.0
    top: float = 14.0
    bottom: float = 17.0
    gutter: float = 6.0

    @property
    def content(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.side

    @property
    def text_height(self) -> float:
        """Height between the margins."""
        return self.height - self.top - self.bottom


SHEETS: dict[str, Sheet] = {
    "A4": Sheet("A4", 210.0, 297.0),
    "Letter": Sheet("Letter", 215.9, 279.4, top=12.0, bottom=13.5),
}


@dataclass(frozen=True, slots=True)
class FontFaceRule:
    """One @font-face: values that may stand in CSS as they are."""

    family: str
    source: str
    weight: int
    italic: bool


@dataclass(frozen=True, slots=True)
class StyleValues:
    """What the stylesheet template sees. Every text in it is safe inside CSS."""

    sheet: Sheet
    colour: dict[str, str]
    paper: str
    body: str
    heading: str
    faces: tuple[FontFaceRule, ...]


def style_values(theme: Theme, sheet: Sheet, fallbacks: tuple[SystemFont, ...], assets: Assets) -> StyleValues:
    """Raises InputError, with every value that is none, where the theme holds something else than colours and names."""
    findings: list[Finding] = []
    colours = {field.name: str(getattr(theme.on_paper, field.name)) for field in dataclasses.fields(theme.on_paper)}
    where = Location(str(theme.folder / "_brand.yml"))
    for name, value in colours.items():
        if not _COLOUR.match(value):
            what = f"The colour {name} of the theme {theme.name} is {value[:60]!r}."
            findings.append(Finding(Level.ERROR, "not-a-colour", what, "Write it as #RRGGBB.", where))
    for font in (theme.body, theme.heading):
        if not _FAMILY.match(font.family):
            what = f"The theme {theme.name} names a typeface {font.family[:60]!r}."
            findings.append(Finding(Level.ERROR, "not-a-typeface", what, "Write a family's name only.", where))
    if findings:
        raise InputError(findings)
    spare = _stack_of(fallbacks)
    rules = dict.fromkeys(rule for font in (theme.body, theme.heading) for rule in _faces(font, assets))
    rules |= dict.fromkeys(_fallback_faces(fallbacks, assets))
    stacks = [", ".join((f'"{declared_family(font)}"', *spare)) for font in (theme.body, theme.heading)]
    return StyleValues(sheet, colours, paper(colours["background"]), stacks[0], stacks[1], tuple(rules))


def paper(background: str) -> str:
    """The page's colour: a light brand's tint is left to its decks, because paper prints it as faint dots."""
    red, green, blue = (int(background[index : index + 2], 16) for index in (1, 3, 5))
    return "#FFFFFF" if min(red, green, blue) > 0xE0 else background


def fallback_name(number: int) -> str:
    """The name that pages use for the fallback font `number`."""
    return f"qbrgen fallback {number}"


def declared_family(font: Font) -> str:
    """The name that pages and charts use: one of our own, so that a font of the system of that name is never taken."""
    return f"qbrgen {font.family}" if font.faces else font.family


def _faces(font: Font, assets: Assets) -> list[FontFaceRule]:
    return [
        FontFaceRule(declared_family(font), assets.add(face.path.read_bytes(), "font/ttf"), face.weight, face.italic)
        for face in font.faces
        if face.weight in _WEIGHTS
    ]


def _stack_of(fallbacks: tuple[SystemFont, ...]) -> list[str]:
    return [
        f'"{fallback_name(number)}"' if _single(font) else f'"{font.family}"'
        for number, font in enumerate(fallbacks)
        if _single(font) or _FAMILY.match(font.family)
    ]


def _single(font: SystemFont) -> bool:
    """Whether the file holds one font. Of a collection no single font can be declared: it is named by its family."""
    return font.path.suffix.lower() in (".ttf", ".otf")


def _fallback_faces(fallbacks: tuple[SystemFont, ...], assets: Assets) -> list[FontFaceRule]:
    return [
        FontFaceRule(fallback_name(number), assets.add(font.path.read_bytes(), "font/ttf"), 400, False)
        for number, font in enumerate(fallbacks)
        if _single(font)
    ]
