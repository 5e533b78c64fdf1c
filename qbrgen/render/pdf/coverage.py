"""Make every text of a document drawable: fallback fonts for what the theme's typeface lacks, else a safe substitute.

`drawable(document, theme)` takes a Document and gives one back whose texts every chosen font can draw, with the
fallbacks to declare and findings for what was replaced. Names written from right to left are isolated, so that the
figures beside them keep their order.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from qbrgen.document import Document
from qbrgen.errors import Finding, Level
from qbrgen.render.pdf.fonts import SystemFont, covered, find_fallbacks
from qbrgen.theme import Theme

# Never drawn, or drawn nowhere but in the file's properties: neither needs a glyph.
_NOT_DRAWN = frozenset({"key", "link", "language", "alt", "kind", "audience", "title", "subject", "author", "keywords"})
_DRAWN_TITLES = frozenset({"Trend"})  # whose `title` is on the page
_EQUIVALENTS = {"\u2010": "-", "\u2011": "-", "\u2212": "-", "\u2009": "\u00a0", "\u202f": "\u00a0", "\u2007": "\u00a0"}
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_RUN = re.compile(f"[{_RTL}](?:[{_RTL}\\s.'-]*[{_RTL}])?")  # a name: a comma stands between two of a list
_LTR = re.compile(r"[0-9A-Za-z\u00c0-\u058f\u3040-\u9fff]")
_ISOLATE, _POP = "\u2068", "\u2069"
_BOXES = ("\u25a1", "?")
_PACKAGES = (
    ((0x1F000, 0x1FAFF), "fonts-symbola"),
    ((0x2190, 0x2BFF), "fonts-symbola"),
    ((0x2E80, 0x9FFF), "fonts-noto-cjk"),
    ((0xAC00, 0xD7FF), "fonts-noto-cjk"),
    ((0xF900, 0xFAFF), "fonts-noto-cjk"),
    ((0x20000, 0x3FFFF), "fonts-noto-cjk"),
)
_OTHER_PACKAGE = "fonts-noto-core"


@dataclass(frozen=True, slots=True)
class Drawable:
    """A document that can be drawn, with the fallback fonts that it takes."""

    document: Document
    fallbacks: tuple[SystemFont, ...]
    findings: tuple[Finding, ...]


def drawable(document: Document, theme: Theme) -> Drawable:
    """See the module. Costs next to nothing when the theme's typeface holds every character."""
    own = covered((theme.heading, theme.body))
    tidy = _each_text(document, _tidy)
    used = {character for text in texts(tidy) for character in text}
    lacking = {character for character in used if ord(character) not in own and not _invisible(character)}
    fallbacks, hopeless = _fallbacks(frozenset(lacking)) if lacking else ((), frozenset())
    if hopeless:
        box = next((box for box in _BOXES if ord(box) in own), "?")
        table = {ord(character): _substitute(character, own, box) for character in hopeless}
        tidy = _each_text(tidy, lambda text: text.translate(table))
    return Drawable(_each_text(tidy, isolated), fallbacks, tuple(_replaced(hopeless, own)))


@lru_cache(maxsize=256)
def _fallbacks(lacking: frozenset[str]) -> tuple[tuple[SystemFont, ...], frozenset[str]]:
    return find_fallbacks(lacking)


def isolated(text: str) -> str:
    """`text` with its right-to-left runs isolated, where anything runs the other way beside them."""
    names = len(_RTL_RUN.findall(text))
    if not names or (names == 1 and not _LTR.search(text)):
        return text
    return _RTL_RUN.sub(lambda run: f"{_ISOLATE}{run.group()}{_POP}", text)


def right_to_left(text: str) -> bool:
    """Whether something in `text` runs from right to left."""
    return bool(_RTL_RUN.search(text))


def _tidy(text: str) -> str:
    """Without control characters and lone surrogates; white space other than a space becomes one."""
    return "".join(
        " " if character in "\t\n\r\x0b\x0c\u2028\u2029" else character
        for character in unicodedata.normalize("NFC", text)
        if character in "\t\n\r\x0b\x0c\u2028\u2029" or unicodedata.category(character) not in ("Cc", "Cs", "Cn")
    )


def _invisible(character: str) -> bool:
    """Format characters and variation selectors: they shape their neighbours and have no glyph of their own."""
    return unicodedata.category(character) == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F


def _substitute(character: str, own: frozenset[int], box: str) -> str:
    plain = _EQUIVALENTS.get(character) or unicodedata.normalize("NFKC", character)
    return plain if all(ord(part) in own for part in plain) else box


def _replaced(hopeless: frozenset[str], own: frozenset[int]) -> Iterator[Finding]:
    """One finding for each package that would bring the characters that no font here holds."""
    by_package: dict[str, list[str]] = {}
    for character in sorted(hopeless):
        if _substitute(character, own, "\0") == "\0":
            by_package.setdefault(_package(ord(character)), []).append(character)
    for package, characters in by_package.items():
        shown = " ".join(f"{character} (U+{ord(character):04X})" for character in characters[:6])
        more = f" and {len(characters) - 6} more" if len(characters) > 6 else ""
        yield Finding(
            Level.WARNING,
            "no-font-for-characters",
            f"No font on this machine draws {shown}{more}: a box stands in the PDF in place of each.",
            f"Install a font that does (Debian and Ubuntu: sudo apt-get install -y {package}).",
        )


def _package(code: int) -> str:
    return next((package for (first, last), package in _PACKAGES if first <= code <= last), _OTHER_PACKAGE)


def _skipped(owner: object, name: str) -> bool:
    return name in _NOT_DRAWN and not (name == "title" and type(owner).__name__ in _DRAWN_TITLES)


def _each_text(value: Any, change: Callable[[str], str], drawn: bool = True) -> Any:
    """A copy of a document in which every drawn text went through `change`; the others lose control characters only."""
    if isinstance(value, str) and type(value) is str:
        return change(value) if drawn else _tidy(value)
    if isinstance(value, tuple):
        return tuple(_each_text(item, change, drawn) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        changed = {name: _each_text(item, change, drawn and not _skipped(value, name)) for name, item in fields.items()}
        news = {name: item for name, item in changed.items() if item is not fields[name] and item != fields[name]}
        return cast("Any", dataclasses.replace(value, **news)) if news else value
    return value


def texts(value: Any) -> Iterator[str]:
    """Every drawn text of a document."""
    if isinstance(value, str) and type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if not _skipped(value, field.name):
                yield from texts(getattr(value, field.name))
