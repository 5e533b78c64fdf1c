"""What has changed in a portfolio since the quarter before: who moved up or down, and which gaps are new. Internal.

In: the rows of this quarter, and the pictures of both quarters by today's definitions (`pictures_before`). Out:
`PortfolioChanges`. A standing that cannot be said has no rank: from or to it, an account moves neither up nor down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qbrgen.score.picture import AccountPicture
from qbrgen.score.portfolio_picture import Moved, NewGaps, PortfolioChanges, PortfolioRow, Shift
from qbrgen.score.states import Standing

_RANK = {Standing.AT_RISK: 1, Standing.PARTIAL: 2, Standing.REAL: 3}


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
