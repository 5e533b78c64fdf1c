"""One figure of a sentence: its shape, how closely it is meant, and what it is to its subject."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Sort(StrEnum):
    """The shape of a figure."""

    SHARE = "share"  # 80%: value is 80
    PAIR = "pair"  # 5 of 7
    COUNT = "count"  # 4,180; 19 hours
    MONEY = "money"
    POINTS = "points"  # 12 points
    ALL_BUT = "all but"  # all but two


class Hedge(StrEnum):
    """How closely it is meant."""

    NONE = ""
    NEAR = "near"
    UNDER = "under"
    OVER = "over"
    LEAST = "least"
    MOST = "most"
    ABOVE = "above"  # more than, strictly: "most"
    BELOW = "below"  # less than, strictly: "not all"
    NEARLY = "nearly"  # from the figure up to all, without all: "almost all"


class Role(StrEnum):
    """What the figure is to its subject."""

    VALUE = "value"
    BEFORE = "before"
    TARGET = "target"
    CHANGE = "change"
    GAP = "gap"  # so far from the target


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. first, last: its tokens. value: as said (80 for 80%), None where it cannot be read; of: M of N of M.

    step: the size of its last written digit. unit: what it counts, where the words after it say so (a name under
    `hear.unit`), "" where they do not. state: of people, likewise. way: +1 or −1 for a change that was said with its
    direction. whole: it is said of the whole ("of the 7 reps"). others: of those left ("of the other 6 people").
    own: it stands in one of the account's own names. word: it is written as a word. upto: the upper end of a range
    ("25-35%", of which `value` is the lower). denied: "not 80%". vague: a quantity without a number ("most").
    """

    sort: Sort
    first: int
    last: int
    value: Fraction | None
    of: Fraction | None = None
    step: Fraction = Fraction(1)
    hedge: Hedge = Hedge.NONE
    role: Role = Role.VALUE
    unit: str = ""
    state: str = ""
    currency: str = ""
    way: int = 0
    whole: bool = False
    others: bool = False
    own: bool = False
    word: bool = False
    upto: Fraction | None = None
    denied: bool = False
    vague: bool = False
