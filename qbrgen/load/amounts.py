"""Numbers as people write them: whether a column has a comma or a point before its fractions, and the same in plain.

1.234,56 and 12,5 settle that a column has commas, 1,234.56 and 12.5 that it has points; what nothing settles is read
with points, so that 1,234 is a thousand and 1.234 is one and a bit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import is_nothing
from qbrgen.load.reading import Decimal, Reading

# Both for Python's `re` and the engine's RE2. What surrounds a number (a sign, a currency, a percent sign) is let be.
SPACES = "(\\d)[ '’\u00a0\u202f](\\d{3})"
COMMA = (
    r"^[^\d.,]*(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|,\d+|\d{1,3}(?:\.\d{3}){2,})[^\d.,]*$"
)
POINT = (
    r"^[^\d.,]*(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{4,}\.\d+|\.\d+|\d{1,3}(?:,\d{3}){2,})"
    r"[^\d.,]*$"
)
GROUPED = {
    Decimal.COMMA: r"^[^\d.,]*\d{1,3}(?:\.\d{3})+(?:,\d+)?[^\d.,]*$",
    Decimal.POINT: r"^[^\d.,]*\d{1,3}(?:,\d{3})+(?:\.\d+)?[^\d.,]*$",
}

Example = tuple[int | None, str]  # line, text


@dataclass(frozen=True, slots=True)
class Proofs:
    """A cell of a column that settles for commas, and one for points; None where there is none."""

    comma: Example | None = None
    point: Example | None = None


def proofs(cells: Iterable[tuple[int | None, str]]) -> Proofs:
    """What the cells (line, text) of a column settle."""
    comma: Example | None = None
    point: Example | None = None
    for line, text in cells:
        if ("," not in text and "." not in text) or is_nothing(text):
            continue
        joined = _joined(text)
        if comma is None and re.match(COMMA, joined, re.ASCII):
            comma = (line, text)
        elif point is None and re.match(POINT, joined, re.ASCII):
            point = (line, text)
    return Proofs(comma, point)


def decimal_of(found: Proofs, reading: Reading, column: str, file: str) -> tuple[Decimal, list[Finding]]:
    """The sign before a column's fractions, with the note that tells so, or the error that both occur."""
    if reading.decimal is not None:
        return reading.decimal, []
    if found.comma and found.point:
        (first, comma), (other, point) = found.comma, found.point
        lines = f" (line {other})" if other else ""
        what = f"the column '{column}' has both '{comma[:40]}' and '{point[:40]}'{lines}: which sign begins fractions?"
        fix = "Write all numbers in one way, or say which is right: `read: {decimal: ','}`."
        return Decimal.POINT, [Finding(Level.ERROR, "numbers-mixed", what, fix, Location(file, first))]
    if found.comma:
        line, text = found.comma
        what = f"numbers of the column '{column}' such as '{text[:40]}' are read with a decimal comma."
        return Decimal.COMMA, [Finding(Level.NOTE, "decimal-comma", what, "", Location(file, line))]
    return Decimal.POINT, []


def plain_number(text: str, sign: Decimal) -> str:
    """A number with a point before its fraction and no sign between its thousands; as it is, where it is none."""
    joined = _joined(text)
    thousands = "," if sign is Decimal.POINT else "."
    if thousands in joined:
        if not re.match(GROUPED[sign], joined, re.ASCII):
            return text
        joined = joined.replace(thousands, "")
    return joined.replace(",", ".") if sign is Decimal.COMMA else joined


def _joined(text: str) -> str:
    """Without spaces and apostrophes between thousands."""
    before = ""
    while before != text:
        before, text = text, re.sub(SPACES, r"\1\2", text)
    return text
