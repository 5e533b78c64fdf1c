"""One claim of a sentence: what it says without a number, and whether that is true."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Claim(StrEnum):
    """What was claimed; each has its words under `sentence-test.claim`."""

    EVERY_UNIT = "every-unit"
    EVERYONE = "everyone"
    NOT_EVERYONE = "not-everyone"
    NEARLY_EVERYONE = "nearly-everyone"
    HARDLY_ANYONE = "hardly-anyone"
    NOBODY = "nobody"
    SPREADING = "spreading"
    SHRINKING = "shrinking"
    A_PLAN = "a-plan"
    NO_PLAN = "no-plan"
    OVERDUE = "overdue"
    ROSE = "rose"
    FELL = "fell"
    ON_TARGET = "on-target"
    OFF_TARGET = "off-target"
    NOT_DONE = "not-done"
    CAUSE = "cause"
    RENEWAL = "renewal"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim. first, last: its tokens. true: None where it cannot be checked.

    about: what it was said of (naming.py's key), "" for the account. least: (done, in seat) where "every week" is not
    true. of: (people it is true of, people it is said of). some: only part of those not active have a plan. overdue:
    the plan that there is is late. same: what was said to rise or fall did neither. denied: it was said not to be so.
    untold: why what it is said of may not be told as the customer's own (facts.py). internal: no customer may hear it.
    """

    claim: Claim
    first: int
    last: int
    true: bool | None
    about: str = ""
    least: tuple[int, int] | None = None
    of: tuple[int, int] | None = None
    some: bool = False
    overdue: bool = False
    same: bool = False
    denied: bool = False
    untold: str = ""
    internal: bool = False
