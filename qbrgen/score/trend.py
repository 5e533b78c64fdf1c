"""Small statistics without loading SciPy: an exact sign test, and the size of a trend.

Shares come as (numerator, denominator) in whole numbers and are compared by cross-multiplication, so ties are ties.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from statistics import NormalDist, median

Point = tuple[int, int, int]
"""(week, numerator, denominator above 0)."""


def sign_test(more: int, less: int) -> float:
    """Two-sided exact p value of so uneven a split, were more and less equally likely; no change counts for neither."""
    n, larger = more + less, max(more, less)
    tail = sum(math.comb(n, k) for k in range(larger, n + 1))
    return min(1.0, 2 * tail / float(2**n))


def _variance(points: Sequence[Point]) -> float:
    n = len(points)
    ties = Counter(Fraction(above, below) for _, above, below in points).values()
    return (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18


def theil_sen(points: Sequence[Point], confidence: float = 0.90) -> tuple[float, float, float]:
    """(slope, low, high): median change of the share per week over all pairs, and its interval (Sen 1968)."""
    slopes = sorted(
        (n2 / d2 - n1 / d1) / (w2 - w1) for later, (w2, n2, d2) in enumerate(points) for w1, n1, d1 in points[:later]
    )
    if not slopes:
        return 0.0, 0.0, 0.0
    reach = NormalDist().inv_cdf(0.5 + confidence / 2) * math.sqrt(_variance(points))
    low = max(0, round((len(slopes) - reach) / 2) - 1)
    high = min(len(slopes) - 1, round((len(slopes) + reach) / 2))
    return median(slopes), slopes[low], slopes[high]
