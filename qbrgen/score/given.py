"""Ready-made values: the rows that speak of a period, and the one value that they make.

The number comes from another system than the events, with a feed of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qbrgen.define.model.playbook import Combine, ReadyMade
from qbrgen.figures import Ratio, Span
from qbrgen.period import week_of
from qbrgen.score.evidence import Value
from qbrgen.score.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Given:
    """A ready-made value: as it was combined, its sums where they make it, the days it speaks of, and what it is of."""

    value: Fraction
    ratio: Ratio | None
    days: Span
    of: tuple[Value, ...]

    @property
    def rows(self) -> int:
        """How many rows it was made from."""
        return len(self.of)


def combined(measure: ReadyMade, rows: Sequence[Value]) -> Given | None:
    """The one value of these rows, as the workflow combines them; None where they hold none."""
    if measure.combine is Combine.RATIO:
        whole = [row for row in rows if row.numerator is not None and row.denominator is not None]
        above = sum((row.numerator or Fraction(0) for row in whole), Fraction(0))
        below = sum((row.denominator or Fraction(0) for row in whole), Fraction(0))
        return _given(above / below, Ratio(above, below), whole) if below > 0 else None
    told = [(row, value) for row in rows if (value := single(row)) is not None]
    dated = sorted(told, key=lambda one: (one[0].last, one[0].first, one[1]))
    if not dated:
        return None
    if measure.combine is Combine.LAST or len(dated) == 1:
        row, value = dated[-1]
        return _given(value, _sums(row), [row])
    mean = sum((value for _, value in dated), Fraction(0)) / len(dated)
    return _given(mean, None, [row for row, _ in dated])


def speaks_of(row: Value, metric: str, stretch: Stretch) -> bool:
    """A row belongs to the week of its middle day: for a weekly row the ISO week that shares most of its days."""
    middle = week_of(date.fromordinal(row.first + (row.last - row.first) // 2))
    return row.metric == metric and stretch.first_week <= middle <= stretch.last_week


def _given(value: Fraction, ratio: Ratio | None, rows: Sequence[Value]) -> Given:
    first, last = min(row.first for row in rows), max(row.last for row in rows)
    return Given(value, ratio, Span(date.fromordinal(first), date.fromordinal(last)), tuple(rows))


def _sums(row: Value) -> Ratio | None:
    """The sums of one row, where its value was made from them."""
    if row.value is not None or row.numerator is None or not row.denominator or row.denominator < 0:
        return None
    return Ratio(row.numerator, row.denominator)


def single(row: Value) -> Fraction | None:
    """The value of one row, given or from its sums."""
    if row.value is not None:
        return row.value
    return row.numerator / row.denominator if row.numerator is not None and row.denominator else None
