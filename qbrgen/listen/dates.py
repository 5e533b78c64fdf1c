"""Dates and period names in a text: they are figures of the calendar, not of the account.

The names of months are Babel's, in the locale of the text, so that no wording file need repeat them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from babel import Locale

from qbrgen.listen.words import Kind, Token, plain

_YEARS = range(1900, 2100)
_NEAR = 2


def dates_in(tokens: Sequence[Token], locale: Locale) -> set[int]:
    """The places of number tokens that belong to a date, a year or a quarter's name."""
    months = _months(str(locale))
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or token.value is None or token.value.denominator != 1:
            continue
        if _iso(tokens, place):
            found |= {place, place + 2, place + 4}
        elif place not in found and (_by_month(tokens, place, months) or _year(tokens, place)):
            found.add(place)
    return found


def _iso(tokens: Sequence[Token], place: int) -> bool:
    """2026-09-30, 30/9/2026, 2026-Q3."""
    there = tokens[place : place + 5]
    marks = [t.text for t in there]
    if len(there) < 5 or marks[1] not in ("-", "/", ".") or marks[3] != marks[1]:
        return False
    close = all(a.end == b.start for a, b in pairwise(there))
    return close and there[2].kind is Kind.NUMBER and there[4].kind is Kind.NUMBER


def _by_month(tokens: Sequence[Token], place: int, months: frozenset[str]) -> bool:
    """A day beside the name of a month: "16 October", "October 16"; "1." and "of" may stand between."""
    value = tokens[place].value
    if value is None or not 1 <= value <= 31:
        return False
    after = next((t for t in tokens[place + 1 : place + 1 + _NEAR] if t.kind is Kind.WORD), None)
    before = tokens[place - 1] if place else None
    return any(t is not None and t.kind is Kind.WORD and t.capital and t.text in months for t in (after, before))


def _year(tokens: Sequence[Token], place: int) -> bool:
    """A year that stands alone: four digits without a mark or a noun of its own after it; and the 3 of "Q3"."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    if before and before.kind is Kind.WORD and before.end == token.start and len(before.text) <= 2:
        return True  # "Q3", "H1", "W26"
    if token.value is None or token.value not in _YEARS or len(token.text) != 4:
        return False
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return not (after and after.text in ("%", "/")) and not (
        before and before.kind is Kind.SIGN and before.text in "£$€"
    )


@cache
def _months(name: str) -> frozenset[str]:
    locale = Locale.parse(name)
    forms = (
        locale.months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
    )
    return frozenset(plain(month).rstrip(".") for names in forms for month in names.values() if len(month) > 1)
