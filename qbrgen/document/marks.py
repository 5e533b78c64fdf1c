"""How a state and a person are drawn: as shape and word."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """A state that is drawn: always as shape and word, colour only beside them."""

    MET = "met"
    NOT_MET = "not met"
    NO_DATA = "no data"
    NOT_APPLICABLE = "not applicable"
    PARTLY = "partly"  # of a whole account: some of it on target


class Mark(StrEnum):
    """How one person is drawn: filled (active), half (occasional), outlined (not active), dotted (new or away)."""

    FILLED = "filled"
    HALF = "half"
    OUTLINED = "outlined"
    DOTTED = "dotted"
