"""Salesforce ids: 15 characters in which case matters, or the same with three more that keep the case.

Reports give 15, the API gives 18, and other tools have either. Everywhere an id of 15 becomes its 18: this is the one
place. The last three characters are one for each five of the first: which of them are capitals, as a number of five
bits, the first character in the lowest.
"""

from __future__ import annotations

import re

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHORT, _PART = 15, 5
# The first three characters say what a record is: an account, a contact, a user, a lead, or one of an own object (a0B).
_ID = re.compile(r"(?:00[135Qq]|[a-zA-Z][0-9a-zA-Z]{2})[0-9A-Za-z]{12}(?P<keeps>[A-Za-z0-5]{3})?")
_KNOWN = re.compile(r"00[135Qq]")


def is_salesforce_id(text: str) -> bool:
    """Whether it is written as one, of whatever record: 15 or 18 characters."""
    return _ID.fullmatch(text) is not None


def in_full(text: str) -> str:
    """An id of an account, contact, user or lead with its 18 characters; everything else as it is.

    18 characters whose case was lost (a spreadsheet that made them capitals) get it back from the last three.
    """
    if not _KNOWN.match(text) or not (match := _ID.fullmatch(text)):
        return text
    if match["keeps"] is None:
        return text + "".join(_sign(text[start : start + _PART]) for start in range(0, _SHORT, _PART))
    if text[:_SHORT].isdigit():
        return text
    return _with_case(text[:_SHORT], text[_SHORT:].upper()) or text


def in_short(text: str) -> str | None:
    """The 15 characters of an id of 18; None for whatever is none."""
    short = text[:_SHORT]
    return short if len(text) > _SHORT and in_full(short) == text else None


def _sign(part: str) -> str:
    return _SIGNS[sum(1 << place for place, character in enumerate(part) if "A" <= character <= "Z")]


def _with_case(short: str, keeps: str) -> str | None:
    """The 18 characters with their capitals where the last three say; None where these cannot be of it."""
    parts = [short[start : start + _PART] for start in range(0, _SHORT, _PART)]
    cased = ""
    for part, sign in zip(parts, keeps, strict=True):
        bits = _SIGNS.index(sign)
        if any(bits >> place & 1 and not character.isalpha() for place, character in enumerate(part)):
            return None
        cased += "".join(c.upper() if bits >> place & 1 else c.lower() for place, c in enumerate(part))
    return cased + keeps
