"""What has changed in a portfolio since the quarter before: who moved up or down, and which gaps are new. Internal.

In: the rows of this quarter, and the pictures of both quarters by today's definitions (`pictures_before`). Out:
`PortfolioChanges`. A standing that cannot be said has no rank: from or to it, an account moves neither up nor down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qbrgen.audience import internal
from qbrgen.period import Period
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import Standing

if TYPE_CHECKING:
    from qbrgen.score.portfolio import PortfolioRow

_RANK = {Standing.AT_RISK: 1, Standing.PARTIAL: 2, Standing.REAL: 3}


class Shift(StrEnum):
    """Which way an account moved; in the order in which they are told."""

    DOWN = "down"
    UP = "up"
    LOST = "can no longer be said"
    FOUND = "could not be said before"
    BEGUN = "had not begun"


@dataclass(frozen=True, slots=True)
class Moved:
    """An account whose standing is another one than the quarter before."""

    row: PortfolioRow = internal()
    before: Standing = internal()
    shift: Shift = internal()


@dataclass(frozen=True, slots=True)
class NewGaps:
    """The gaps of an account that the quarter before did not have: their keys, the most urgent first."""

    row: PortfolioRow = internal()
    keys: tuple[str, ...] = internal()


@dataclass(frozen=True, slots=True)
class PortfolioChanges:
    """Everything that has changed since `since`.

    moved, gaps: in the order of the rows. same: accounts that stand where they stood. closed: gaps of the quarter
    before that are there no more, and closed_in: of how many accounts. compared: accounts whose gaps could be compared,
    which is where data came in both quarters. reviewed: accounts of which a review of that quarter was delivered.
    """

    since: Period = internal()
    moved: tuple[Moved, ...] = internal(default=())
    same: int = internal(default=0)
    gaps: tuple[NewGaps, ...] = internal(default=())
    closed: int = internal(default=0)
    closed_in: int = internal(default=0)
    compared: int = internal(default=0)
    reviewed: int = internal(default=0)

    def of(self, shift: Shift) -> tuple[Moved, ...]:
        """Those who moved this way."""
        return tuple(each for each in self.moved if each.shift is shift)

    @property
    def opened(self) -> int:
        """How many gaps are new."""
        return sum(len(each.keys) for each in self.gaps)


def changes_between(
    rows: Sequence[PortfolioRow], now: Mapping[str, AccountPicture], before: Mapping[str, AccountPicture]
) -> PortfolioChanges | None:
    """What has changed for these rows; None where no picture of the quarter before is given."""
    there = [row for row in rows if row.id in before]
    if not there:
        return None
    moved = [each for row in there if (each := _moved(row, before[row.id]))]
    compared = [row for row in there if not (before[row.id].feed_silent or now[row.id].feed_silent)]
    new = ((row, tuple(_only(now[row.id], before[row.id]))) for row in compared)
    gone = [len(list(_only(before[row.id], now[row.id]))) for row in compared]
    return PortfolioChanges(
        since=before[there[0].id].period,
        moved=tuple(moved),
        same=len(there) - len(moved),
        gaps=tuple(NewGaps(row, keys) for row, keys in new if keys),
        closed=sum(gone),
        closed_in=sum(map(bool, gone)),
        compared=len(compared),
        reviewed=sum(now[row.id].delivered_on is not None for row in there),
    )


def _moved(row: PortfolioRow, then: AccountPicture) -> Moved | None:
    if then.standing is None:
        raise ValueError("a portfolio is made from whole pictures, not from redacted ones")
    if then.not_started:
        return Moved(row, then.standing, Shift.BEGUN)
    if row.standing is then.standing:
        return None
    rank, rank_then = _RANK.get(row.standing), _RANK.get(then.standing)
    if rank is None or rank_then is None:
        return Moved(row, then.standing, Shift.LOST if rank is None else Shift.FOUND)
    return Moved(row, then.standing, Shift.UP if rank > rank_then else Shift.DOWN)


def _only(one: AccountPicture, other: AccountPicture) -> Iterator[str]:
    """Keys of the gaps of one picture that the other does not have."""
    known = {gap.key for gap in other.gaps}
    return (gap.key for gap in one.gaps if gap.key not in known)
