"""How clearly a group's share moved: the change against these people's and weeks' own ups and downs.

In: a value within 0..1 for each person and unit (None: not in seat, or nothing to divide by). Out: one number, the
change as a multiple of what chance alone would typically bring; its sign says up or down. `limit` is what it has to
reach before a change is called.

How it is made (simulated in benchmarks/direction.py; the table stands in docs/direction.md):
1. Each value less its person's own mean, averaged over people by unit: who is high or low does not matter, and someone
   missing for a few units moves nothing.
2. The change is a contrast of these averages: later units count for, earlier ones against, each by the square root of
   its distance from the middle. Close to a straight line's slope, but a bad unit at the end weighs less in it.
3. Chance, part one, is people: what is left of each person after their own mean, the common trend and the common unit,
   and how long their ups and downs last (lag-one correlation, pooled). The estimate of that correlation is too low in
   short series, so it is raised by its bias, half as much again, and one standard error.
4. Chance, part two, is what units have in common (a holiday, a launch): the variance of the averages about the trend
   that part one does not account for. It is counted twice, as a holiday is rarely as tame as a normal error.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Values = Sequence[Sequence[float | None]]
"""A row a person, a column a unit."""

Matrix = NDArray[np.float64]

MOST = 99.0  # of a change with no ups and downs around it at all

_BIAS = 1.5
_STANDARD_ERRORS = 1.0
_UNIT_VARIANCE = 2.0
_MANY_PEOPLE = 12
_LONGEST = 0.95


def limit(units: int, people: int) -> float:
    """What the signal has to reach before a change is called.

    Set by simulation (docs/direction.md) so that at most 6% of steady groups are called, in each of five kinds of
    steadiness, from 4 people and 6 units upwards. A quarter of weeks is 12 to 14 units, six months of months 6.
    """
    if units < 8:
        return 2.2
    if units < 12:
        return 2.0
    return 1.8 if people < _MANY_PEOPLE else 1.9


def signal(values: Values) -> float:
    """The change as a multiple of what chance alone brings, at most ±99; 0 where nothing changed or nothing is known.

    Units without any value are left out. Sums run over people in the order given: pass them in a fixed one.
    """
    cells = np.array(values, dtype=np.float64)
    if cells.size == 0:
        return 0.0
    cells = cells[:, ~np.isnan(cells).all(axis=0)]
    cells = cells[~np.isnan(cells).all(axis=1)]
    people, units = cells.shape
    if people < 2 or units < 4:
        return 0.0
    known = ~np.isnan(cells)
    own = np.where(known, cells, 0.0)
    own -= known * (own.sum(axis=1) / known.sum(axis=1))[:, None]
    seen = known.sum(axis=0)
    average = own.sum(axis=0) / seen
    weights = _weights(units)
    change = float(weights @ average)
    around = average - average.mean() - change * weights
    rest = np.where(known, own - change * weights - around, 0.0)
    variance, lasting = _ups_and_downs(rest, known)
    spread = known * (weights / seen)
    spread -= known * (spread.sum(axis=1) / known.sum(axis=1))[:, None]
    by_people = variance * float(((spread @ _lags(units, lasting)) * spread).sum())
    in_common = max(0.0, float((around**2).sum()) / (units - 2) - variance * float((1 / seen).mean()))
    return _multiple(change, by_people + _UNIT_VARIANCE * in_common)


def _multiple(change: float, variance: float) -> float:
    if abs(change) < 1e-9:
        return 0.0
    found = change / float(np.sqrt(variance)) if variance > 0 else np.copysign(MOST, change)
    return float(np.clip(found, -MOST, MOST))


def _weights(units: int) -> Matrix:
    distance = np.arange(units) - (units - 1) / 2
    weights = np.sign(distance) * np.sqrt(np.abs(distance))
    return np.asarray(weights / np.sqrt((weights**2).sum()))


def _ups_and_downs(rest: Matrix, known: NDArray[np.bool_]) -> tuple[float, float]:
    """(variance of one person's unit, its lag-one correlation) of what is left of each person."""
    people, units = rest.shape
    cells = int(known.sum())
    free = max(1, cells - people - units + 1)
    total = float((rest**2).sum())
    if total <= 0:
        return 0.0, 0.0
    pairs = int((known[:, 1:] & known[:, :-1]).sum())
    if pairs == 0:
        return total / free, 0.0
    length = cells / people
    raw = float((rest[:, 1:] * rest[:, :-1]).sum()) / pairs / (total / cells) * (1 - 1 / length)
    raised = raw + _BIAS * (1 + 3 * raw) / length + _STANDARD_ERRORS / np.sqrt(free)
    lasting = float(np.clip(raised, 0.0, _LONGEST))
    # a person's own mean takes part of a lasting up or down away
    lags = np.arange(1, units)
    taken = 2 * float((lasting**lags * (1 - lags / units)).sum()) / (units - 1)
    return total / free / max(1 - taken, 0.2), lasting


def _lags(units: int, lasting: float) -> Matrix:
    place = np.arange(units)
    return np.asarray(np.power(lasting, np.abs(place[:, None] - place[None, :])))
