"""Characters that a text may hold. Those that nobody sees, and that change what is seen, are none of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qbrgen.errors import Finding, Level, Location

# Unseen, but part of how names are written: joiners (Persian, Hindi, emoji), marks of direction, soft hyphen.
_WRITTEN = frozenset("\u200c\u200d\u200e\u200f\u061c\u00ad")
_TAGS = range(0xE0020, 0xE0080)  # of flags among emoji


def hidden(text: str) -> str:
    """The first character that a text may not hold, as "U+202E"; "" when there is none.

    Such are control characters, overrides and isolates of direction, blanks of no width, and codes without a character.
    """
    if text.isprintable():
        return ""
    return next((f"U+{ord(char):04X}" for char in text if not may_stand(char)), "")


def hidden_in(cells: Iterable[str], where: Location) -> list[Finding]:
    """An error for each cell of a row that holds such a character."""
    found = ((cell, code) for cell in cells if (code := hidden(cell)))
    return [
        Finding(
            Level.ERROR,
            "hidden-character",
            f"{cell[:60]!a} holds the character {code}, which nobody can see.",
            "Take it out.",
            where,
        )
        for cell, code in found
    ]


def may_stand(char: str) -> bool:
    """Whether a character may stand in a text: what can be seen, white space, and what is needed to write names."""
    if char.isprintable() or char in "\n\t\r" or char in _WRITTEN or ord(char) in _TAGS:
        return True
    return unicodedata.category(char) == "Zs"


def in_lines(text: str) -> str:
    """A text with single spaces, tabs and line ends among them; blank lines between paragraphs stay."""
    paragraphs = re.split(r"\s*\n\s*\n\s*", text.strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
