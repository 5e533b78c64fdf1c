"""Which columns of two tables hold the same ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qbrgen.draft.columns import Column

ENOUGH = 0.05  # of the ids of one column that the other has: below, the two have nothing to do with each other
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Join:
    """Two columns that hold the same ids. share: of the first one's different cells, those that the second has."""

    one: Column
    other: Column
    share: float
    both: int


def join_of(one: Column, other: Column) -> Join:
    """How many of the different cells of a column are in another."""
    mine = set(list(one.numbers)[:_MOST])
    both = len(mine & other.numbers.keys())
    return Join(one, other, both / len(mine) if mine else 0.0, both)


def best_join(ones: Iterable[Column], others: Iterable[Column]) -> Join | None:
    """The pair of columns, one of each list, that have most ids in common; None where no pair has enough.

    Among pairs that have as many the first named one is taken: the lists are in order of likelihood.
    """
    others = tuple(others)
    found = [join_of(one, other) for one in ones for other in others]
    kept = [join for join in found if join.share >= ENOUGH and (join.both > 1 or join.share == 1)]
    return max(kept, key=lambda join: round(join.share, 2), default=None)


def looks_like_id(column: Column) -> bool:
    """Whether a column may hold ids: full, many different cells, neither times nor fractions nor sentences."""
    if column.is_time or column.filled < 0.5 or column.different < 2:
        return False
    some = [cell for cell, _ in column.numbers.most_common(100)]
    return column.codes + column.emails > 0.8 or (column.figures < 0.5 and all(len(cell.split()) == 1 for cell in some))
