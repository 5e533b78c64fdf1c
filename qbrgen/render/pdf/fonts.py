"""Font files: which characters they hold, how wide a text is, and which fonts of the system can stand in.

Coverage is checked before anything is drawn, because one glyph that no font holds makes a PDF fail PDF/UA.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from qbrgen.theme import Font

MM_PER_PT = 25.4 / 72
_AVERAGE_WIDTH = 0.55  # of the type size, for a character that the face lacks
_RESTRICTED = 0x0002  # OS/2 fsType: this font may not be embedded
_COLOUR_TABLES = ("CBDT", "COLR", "sbix", "SVG ")  # pictures, not outlines: lost in grey print
# Free families that cover much, best first; any other font of the system comes after them.
_PREFERRED = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK KR", "Noto Sans CJK TC", "Noto Sans Arabic",
    "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans Thai", "Noto Sans Devanagari", "Noto Sans", "Noto Emoji",
    "Noto Sans Symbols", "Noto Sans Symbols2", "DejaVu Sans", "Droid Sans Fallback", "WenQuanYi Zen Hei", "IPAexGothic",
    "IPAGothic", "NanumGothic", "FreeSans", "Symbola", "Unifont",
)  # fmt: skip
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts",
    "/System/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SystemFont:
    """A font of the system: its file, which font of a collection, its family."""

    path: Path
    index: int
    family: str


@dataclass(frozen=True, slots=True)
class _Outline:
    """What is read of one font file."""

    characters: frozenset[int]
    embeddable: bool


@lru_cache(maxsize=64)
def _outline(path: Path, index: int = 0) -> _Outline:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True, fontNumber=index) as font:
        cmap: dict[int, str] = font.getBestCmap() or {}
        restricted = "OS/2" in font and font["OS/2"].fsType & 0x000F == _RESTRICTED
        coloured = any(table in font for table in _COLOUR_TABLES)
    return _Outline(frozenset(cmap), not restricted and not coloured)


@lru_cache(maxsize=16)
def _advances(path: Path) -> dict[int, float]:
    """Share of the type size, by character: of a face of the theme; a font of the system may hold tens of thousands."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        cmap: dict[int, str] = font.getBestCmap() or {}
        units = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return {code: metrics[name][0] / units for code, name in cmap.items() if name in metrics}


def covered(fonts: Iterable[Font]) -> frozenset[int]:
    """Characters that every face of every one of `fonts` holds."""
    sets = [_outline(face.path).characters for font in fonts for face in font.faces]
    return frozenset.intersection(*sets) if sets else frozenset()


def text_width(font: Font, text: str, size: float, bold: bool = False) -> float:
    """Width in mm of `text` set in `font` at `size` points, on one line, without kerning."""
    faces = sorted(font.faces, key=lambda face: (face.italic, abs(face.weight - (700 if bold else 400))))
    advances = _advances(faces[0].path) if faces else {}
    return sum(advances.get(ord(character), _AVERAGE_WIDTH) for character in text) * size * MM_PER_PT


def find_fallbacks(characters: Iterable[str]) -> tuple[tuple[SystemFont, ...], frozenset[str]]:
    """Fonts of the system that together hold as many of `characters` as can be found, and those that none holds."""
    missing = set(characters)
    chosen: list[SystemFont] = []
    hopeless: set[str] = set()
    while missing:
        wanted = min(missing)
        font = next((font for font in _candidates(wanted) if _holds(font, wanted)), None)
        if font is None:
            hopeless.add(wanted)
            missing.discard(wanted)
            continue
        chosen.append(font)
        characters_held = _outline(font.path, font.index).characters
        missing -= {character for character in missing if ord(character) in characters_held}
    return tuple(chosen), frozenset(hopeless)


def _holds(font: SystemFont, character: str) -> bool:
    try:
        outline = _outline(font.path, font.index)
    except Exception:
        return False
    # A font without a space is no good either: a space between two of its words is drawn with it.
    return outline.embeddable and {ord(" "), ord(character)} <= outline.characters


def _candidates(character: str) -> list[SystemFont]:
    """Fonts that may hold `character`, preferred ones first, then by name: the same on every run."""
    if shutil.which("fc-list"):
        pattern, fields = f":charset={ord(character):x}", "%{file}\t%{index}\t%{family[0]}\t%{weight}\t%{slant}\n"
        listing = subprocess.run(
            ["fc-list", "--format", fields, pattern], capture_output=True, text=True, check=False, errors="replace"
        ).stdout
        rows = [line.split("\t") for line in listing.splitlines() if line.count("\t") == 4]
        upright = [row for row in rows if row[4] == "0" and row[3].startswith(("80", "[")) and row[1].isdigit()]
        fonts = [SystemFont(Path(row[0]), int(row[1]) & 0xFFFF, row[2]) for row in upright]
    else:
        fonts = list(_scanned())
    order = {family: rank for rank, family in enumerate(_PREFERRED)}
    return sorted(fonts, key=lambda font: (order.get(font.family, len(order)), font.family, str(font.path), font.index))


@cache
def _scanned() -> tuple[SystemFont, ...]:
    """Preferred families by their file names, where fontconfig's fc-list is not there (macOS, Windows)."""
    found: list[SystemFont] = []
    names = {family.replace(" ", "").lower(): family for family in _PREFERRED}
    names |= {"arialunicode": "Arial Unicode MS", "msgothic": "MS Gothic", "malgun": "Malgun Gothic"}
    for folder in _FOLDERS:
        root = Path(folder).expanduser()
        for file in sorted(root.rglob("*.tt[fc]")) + sorted(root.rglob("*.otf")) if root.is_dir() else ():
            stem = file.stem.replace(" ", "").lower().removesuffix("-regular").removesuffix("vf")
            if stem in names:
                found.append(SystemFont(file, 0, names[stem]))
    return tuple(found)
