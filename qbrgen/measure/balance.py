"""The balance of the event rows as a table: rows in = rows counted + rows set aside, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from qbrgen.measure.counts import Counts
from qbrgen.period import Period


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A part of the rows that were read; the parts add up to all of them."""

    what: str
    rows: int


def of_no_workflow(counts: Counts) -> int:
    """Rows among those counted whose event no workflow of their account counts."""
    return counts.balance.counted - int(counts.weekly["rows"].sum())


def balance_lines(counts: Counts, period: Period) -> list[BalanceLine]:
    """Where every row that was read went. Parts without a row are left out, save those counted in the period."""
    balance, weeks = counts.balance, counts.life["week"].isin(list(period.weeks))
    in_period = int(counts.life["rows"][weeks].sum())
    lines = [
        BalanceLine(f"counted in {period.label}", in_period),
        BalanceLine("counted in other quarters", balance.counted - in_period),
        BalanceLine("in weeks that the data hold in part", balance.in_part_weeks),
        *(BalanceLine(f"set aside: {reason}", rows) for reason, rows in balance.set_aside.items()),
    ]
    return [lines[0], *(line for line in lines[1:] if line.rows)]
