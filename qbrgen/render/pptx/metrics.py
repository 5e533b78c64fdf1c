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
from typing import NamedTuple

from qbrgen.theme import Font

# A word with the hyphens or dashes it may break after; a run of spaces. No-break spaces hold words together.
_ATOM = re.compile(r"[ \t\n]+|[^ \t\n\-–—]*[\-–—]+|[^ \t\n\-–—]+")
_WIDE = frozenset("WF")
_FIRST_WIDE = "\u1100"  # no character before it is wide [UAX 11]
_SPACES = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace())
_SUBSTITUTE_SLACK = 1.08  # a typeface without files is measured with another one
_FALLBACK_LINE = 1.45  # CJK and Arabic faces are taller than Latin ones


_MOST_KNOWN = 50_000  # texts that a typeface remembers, over all the decks of a run


class Widths(dict[str, float]):
    """The width of each character in ems; one that the font lacks is guessed."""

    def __missing__(self, character: str) -> float:
        self[character] = guessed = _guess(character)
        return guessed


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: the width of each character in ems, those that it has (and every space), and the height of a line
    at 100% spacing in ems."""

    widths: Widths
    has: frozenset[str]
    line: float


class Atom(NamedTuple):
    """What a line may break between: a word, a run of spaces, a single wide character. Its width is in points."""

    text: str
    wide: float
    space: bool
    size: float
    bold: bool


@lru_cache(maxsize=32)
def read_face(path: Path) -> Face:
    """The measures in a TTF or OTF file."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        hmtx, head = font["hmtx"], font["hhea"]
        known = {chr(code): hmtx[glyph][0] / em for code, glyph in font.getBestCmap().items()}
        widths = Widths((character, wide) for character, wide in known.items() if wide)
        return Face(widths, frozenset(known) | _SPACES, (head.ascent - head.descent + head.lineGap) / em)


class Typeface:
    """A family with its regular and bold faces."""

    def __init__(self, font: Font) -> None:
        self._slack = font.stretch or (1.0 if font.faces and _measured_as_shown(font) else _SUBSTITUTE_SLACK)
        self._line = font.line
        self._faces = {bold: read_face(_nearest(font, bold)) for bold in (False, True)}
        self._known: tuple[dict[str, float], dict[str, float]] = ({}, {})
        self._longest: tuple[dict[str, float], dict[str, float]] = ({}, {})

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Points that `text` takes on one line."""
        return self.ems(text, bold) * size

    def ems(self, text: str, bold: bool = False) -> float:
        """The width of `text` on one line, in ems."""
        known = self._known[bold]
        ems = known.get(text)
        if ems is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            ems = known[text] = sum(map(self._faces[bold].widths.__getitem__, text)) * self._slack
        return ems

    def longest(self, text: str, bold: bool = False) -> float:
        """The width of the longest word of `text`, in ems; of wide characters, each is a word."""
        known = self._longest[bold]
        ems = known.get(text)
        if ems is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            words = (atom for atom in _atoms(text) if not atom.isspace())
            ems = known[text] = max((self.ems(word, bold) for word in words), default=0.0)
        return ems

    def line(self, text: str = "", bold: bool = False) -> float:
        """Height of a line of `text` at 100% spacing, in ems."""
        face = self._faces[bold]
        line = self._line or face.line
        return line if face.has.issuperset(text) else max(line, _FALLBACK_LINE)


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
    found = _ATOM.findall(text)
    if max(text, default="") < _FIRST_WIDE:
        return found
    return [
        part
        for atom in found
        for part in (atom if any(unicodedata.east_asian_width(each) in _WIDE for each in atom) else (atom,))
    ]


def atoms_of(pieces: Sequence[Piece], typeface: Typeface) -> list[Atom]:
    """Words, spaces and single wide characters, in order, measured."""
    return [
        Atom(atom, typeface.ems(atom, piece.bold) * piece.size, atom.isspace(), piece.size, piece.bold)
        for piece in pieces
        for atom in _atoms(piece.text)
    ]


def wrap(pieces: Sequence[Piece], typeface: Typeface, width: float) -> list[tuple[str, float]]:
    """The lines that these pieces make in `width` points: (text, its width). Words wider than a line break within."""
    return broken(atoms_of(pieces, typeface), typeface, width)


def broken(atoms: Iterable[Atom], typeface: Typeface, width: float) -> list[tuple[str, float]]:
    """`wrap` of what is measured already."""
    lines: list[tuple[str, float]] = []
    line, begun, used, pending = "", False, 0.0, 0.0  # pending: spaces that count only when a word follows
    for text, wide, space, size, bold in atoms:
        if space:
            line, pending = line + text, pending + wide
            continue
        if begun and used + pending + wide > width:
            lines.append((line.strip(), used))
            line, begun, used, pending = "", False, 0.0, 0.0
        if wide <= width or len(text) == 1:
            line, begun, used, pending = line + text, True, used + pending + wide, 0.0
            continue
        for part in _parts(text, size, bold, typeface, width):
            part_wide = typeface.width(part, size, bold)
            if begun and used + pending + part_wide > width:
                lines.append((line.strip(), used))
                line, used, pending = "", 0.0, 0.0
            line, begun, used, pending = line + part, True, used + pending + part_wide, 0.0
    if begun or not lines:
        lines.append((line.strip(), used))
    return lines


def _parts(word: str, size: float, bold: bool, typeface: Typeface, width: float) -> list[str]:
    """A word wider than the line, in parts that fit."""
    parts, part = [], ""
    for character in word:
        if part and typeface.width(part + character, size, bold) > width:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]


def longest_word(text: str, size: float, bold: bool, typeface: Typeface) -> float:
    """The least width in which no word of `text` breaks within."""
    return typeface.longest(text, bold) * size
