"""How wide text is and where it breaks: measured with the theme's own font files, so that nothing overflows.

Characters that the font lacks (CJK, Arabic, emoji) are drawn by whatever font the reader's machine has; they are
measured with a width that is wide enough for those.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qbrgen.theme import Font

# A word with the hyphens or dashes it may break after; a run of spaces. No-break spaces hold words together.
_ATOM = re.compile(r"[ \t\n]+|[^ \t\n\-–—]*[\-–—]+|[^ \t\n\-–—]+")
_WIDE = frozenset("WF")
_SUBSTITUTE_SLACK = 1.08  # a typeface without files is measured with another one
_FALLBACK_LINE = 1.45  # CJK and Arabic faces are taller than Latin ones


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, in ems: the width of each character, and the height of a line at 100% spacing."""

    widths: dict[int, float]
    line: float


@lru_cache(maxsize=32)
def read_face(path: Path) -> Face:
    """The measures in a TTF or OTF file."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        hmtx, head = font["hmtx"], font["hhea"]
        widths = {code: hmtx[glyph][0] / em for code, glyph in font.getBestCmap().items()}
        return Face(widths, (head.ascent - head.descent + head.lineGap) / em)


class Typeface:
    """A family with its regular and bold faces."""

    def __init__(self, font: Font) -> None:
        self._slack = font.stretch or (1.0 if font.faces and _measured_as_shown(font) else _SUBSTITUTE_SLACK)
        self._line = font.line
        self._faces = {bold: read_face(_nearest(font, bold)) for bold in (False, True)}
        self._cache: dict[tuple[str, bool], float] = {}

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Points that `text` takes on one line."""
        key = (text, bold)
        ems = self._cache.get(key)
        if ems is None:
            widths = self._faces[bold].widths
            ems = sum(widths.get(ord(character)) or _guess(character) for character in text) * self._slack
            self._cache[key] = ems
        return ems * size

    def line(self, text: str = "", bold: bool = False) -> float:
        """Height of a line of `text` at 100% spacing, in ems."""
        face = self._faces[bold]
        tall = any(ord(character) not in face.widths and not character.isspace() for character in text)
        line = self._line or face.line
        return max(line, _FALLBACK_LINE) if tall else line


@lru_cache(maxsize=16)
def typeface_of(font: Font) -> Typeface:
    """The typeface of a font, made once."""
    return Typeface(font)


def _measured_as_shown(font: Font) -> bool:
    same = {
        "Liberation Sans": "Arial",
        "Liberation Serif": "Times New Roman",
        "Carlito": "Calibri",
        "Caladea": "Cambria",
    }
    return font.office in (font.family, same.get(font.family))


def _nearest(font: Font, bold: bool) -> Path:
    if not font.faces:
        raise ValueError(f"the font {font.family} has no files: a theme gives every font at least one")
    return min(font.faces, key=lambda face: (face.italic, abs(face.weight - (700 if bold else 400)))).path


def _guess(character: str) -> float:
    """The width, in ems, of a character that the font lacks."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in _WIDE:
        return 1.0
    return 1.3 if ord(character) > 0xFFFF else 0.68


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one size and weight."""

    text: str
    size: float
    bold: bool = False


def _atoms(text: str) -> Iterable[str]:
    """Words, spaces, and single wide characters: what a line may break between."""
    for match in _ATOM.finditer(text):
        atom = match.group()
        if any(unicodedata.east_asian_width(character) in _WIDE for character in atom):
            yield from atom
        else:
            yield atom


def wrap(pieces: Sequence[Piece], typeface: Typeface, width: float) -> list[tuple[str, float]]:
    """The lines that these pieces make in `width` points: (text, its width). Words wider than a line break within."""
    return list(_wrapped(tuple(pieces), typeface, width))


@lru_cache(maxsize=16384)  # the same text is measured at each step of the scale, on each page that is tried, and drawn
def _wrapped(pieces: tuple[Piece, ...], typeface: Typeface, width: float) -> tuple[tuple[str, float], ...]:
    lines: list[tuple[str, float]] = []
    line, used, pending = "", 0.0, 0.0  # pending: spaces that count only when a word follows
    for piece in pieces:
        for atom in _atoms(piece.text):
            wide = typeface.width(atom, piece.size, piece.bold)
            if atom.isspace():
                line, pending = line + atom, pending + wide
                continue
            if line.strip() and used + pending + wide > width:
                lines.append((line.strip(), used))
                line, used, pending = "", 0.0, 0.0
            for part in _broken(atom, piece, typeface, width):
                part_wide = typeface.width(part, piece.size, piece.bold)
                if line.strip() and used + pending + part_wide > width:
                    lines.append((line.strip(), used))
                    line, used, pending = "", 0.0, 0.0
                line, used, pending = line + part, used + pending + part_wide, 0.0
    if line.strip() or not lines:
        lines.append((line.strip(), used))
    return tuple(lines)


def _broken(atom: str, piece: Piece, typeface: Typeface, width: float) -> list[str]:
    """A word wider than the line, in parts that fit."""
    if typeface.width(atom, piece.size, piece.bold) <= width or len(atom) == 1:
        return [atom]
    parts, part = [], ""
    for character in atom:
        if part and typeface.width(part + character, piece.size, piece.bold) > width:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]


def longest_word(text: str, size: float, bold: bool, typeface: Typeface) -> float:
    """The least width in which no word of `text` breaks within."""
    return max((typeface.width(atom, size, bold) for atom in _atoms(text) if not atom.isspace()), default=0.0)
