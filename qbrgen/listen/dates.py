"""Dates and period names in a text: they are figures of the calendar, not of the account.

The names of months are Babel's, in the locale of the text, so that no wording file need repeat them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from babel import Locale

from qbrgen.listen.words import Kind, Token, plain

_YEARS = range(1900, 2100)
_NEAR = 2
_LAST_DAY = 31


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


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a text: its first and last token; year None where it is not said."""

    first: int
    last: int
    day: int
    month: int
    year: int | None


def days_in(tokens: Sequence[Token], locale: Locale) -> list[Day]:
    """Days written with the name of a month, "31 March 2027", or as 2027-03-31."""
    found: list[Day] = []
    numbers = _month_numbers(str(locale))
    for place, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or token.value is None or token.value.denominator != 1:
            continue
        there = [t.value for t in tokens[place : place + 5 : 2]]
        if _iso(tokens, place) and token.value in _YEARS and None not in there:
            found.append(Day(place, place + 4, int(there[2] or 0), int(there[1] or 0), int(token.value)))
        elif 1 <= token.value <= _LAST_DAY:
            month = _month_beside(tokens, place, numbers)
            after = range(place + 1, min(place + 4, len(tokens)))
            years = [n for n in after if tokens[n].value is not None and tokens[n].value in _YEARS]
            year = tokens[years[0]].value if years else None
            last = years[0] if years else place + 1 if tokens[place + 1 : place + 2] and month else place
            if month:
                found.append(Day(place, last, int(token.value), month, None if year is None else int(year)))
    return found


def _month_beside(tokens: Sequence[Token], place: int, numbers: dict[str, int]) -> int:
    """The month right after or before a day; 0 without one."""
    beside = [*tokens[place + 1 : place + 1 + _NEAR], *tokens[max(0, place - 1) : place]]
    return next((numbers[t.text] for t in beside if t.kind is Kind.WORD and t.capital and t.text in numbers), 0)


@cache
def _month_numbers(name: str) -> dict[str, int]:
    locale = Locale.parse(name)
    widths = [
        locale.months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
    ]
    return {plain(month).rstrip("."): number for names in widths for number, month in names.items() if len(month) > 1}
