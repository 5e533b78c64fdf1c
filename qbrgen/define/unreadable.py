"""Cells that cannot be read: the fault of a row, whose account is set aside, or of the whole column."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def is_wrong_as_a_whole(failed: Sequence[str], filled: int, accounts: Collection[str]) -> bool:
    """Whether a column is wrong, not a few rows of it: several of its cells fail, most of them, at most accounts.

    failed: the account of each cell that fails. filled: cells that hold anything. accounts: all of the table.
    """
    return len(failed) > 1 and 2 * len(failed) > filled and 2 * len(set(failed)) > len(set(accounts))
