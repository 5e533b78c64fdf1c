"""The size of a trend, without loading SciPy."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

Point = tuple[int, int, int]
"""(week, numerator, denominator above 0)."""


def theil_sen(points: Sequence[Point]) -> float:
    """Median change of the share per week over all pairs of points (Sen 1968); 0 for fewer than two points.

    Its interval, exact, is in renewal.py, where an end of it is compared with a target.
    """
    return median(
        [(n2 / d2 - n1 / d1) / (w2 - w1) for later, (w2, n2, d2) in enumerate(points) for w1, n1, d1 in points[:later]]
        or [0.0]
    )
