"""Where a workflow will be on the renewal date: a range, not a point (method.md: "will miss at renewal").

In: a workflow's picture, what its direction was made from, the renewal date. Out: an `Outlook` with its `Basis`.

At pace (only when the direction is clear): this quarter's figure, carried on from the middle of the quarter for at most
26 weeks ahead (further was never measured). The present pace is Theil-Sen's for the people compared, over all weeks or
over this quarter's alone, whichever is slower. The range runs from half the slowest to the whole of the fastest pace of
the 90% interval, for paces seldom last; and it is as much wider as runs of this quarter's units have strayed from that
line.

At level (no clear change, or too early to tell): this quarter's figure. The range is the lowest and the highest run of
units over this quarter and the one before. A rise or fall whose present pace is 0 has come to rest: it is at level too,
and its range is that of this quarter's units alone, as those before stood at another level.

A run is three units in a row where there are 20 or more, two from 12, one from 4; with fewer there is no range, and the
forecast stays open. Chosen by simulation so that the range holds the share of the four weeks up to the renewal at least
eight times in ten (benchmarks/outlook.py; docs/outlook.md has the table and says where it falls short).

A ready-made value has its rows for units. A milestone has none: other people come each quarter. Neither has a pace.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from statistics import NormalDist, median

from qbrgen.define.model.playbook import Combine, ReadyMade
from qbrgen.figures import Span
from qbrgen.period import Unit, monday_of, sunday_of, week_of
from qbrgen.score.direction import Compared
from qbrgen.score.evidence import Evidence
from qbrgen.score.given import single, speaks_of
from qbrgen.score.other_times import Outlook
from qbrgen.score.picture import WorkflowPicture
from qbrgen.score.reached import WorkflowWork
from qbrgen.score.seats import Calendar
from qbrgen.score.states import Forecast, Trend
from qbrgen.score.stretches import Stretch
from qbrgen.score.trend import Point

FURTHEST_WEEKS = 26
_RUNS = ((20, 3), (12, 2), (4, 1))  # from so many units on: a run has so many
_INTERVAL = NormalDist().inv_cdf(0.95)  # of a 90% interval


@dataclass(frozen=True, slots=True)
class UnitShare:
    """Part of a whole at a time: `at` in weeks (the middle), numerator ÷ denominator (above 0)."""

    at: Fraction
    numerator: Fraction
    denominator: Fraction

    @property
    def value(self) -> Fraction:
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Basis:
    """What an outlook rests on, for its receipt.

    series: the shares it was made from, oldest first; window: their days, None without any. run: units in a run, None
    where there are too few. lowest, highest: the runs' extremes (at pace: how far they lie from the line).
    paces: (slowest, present, fastest) change of the share per week, in the direction that was called; None at level.
    ahead: weeks over which the pace was carried on.
    """

    outlook: Outlook
    series: tuple[Fraction, ...] = ()
    window: Span | None = None
    run: int | None = None
    lowest: Fraction | None = None
    highest: Fraction | None = None
    paces: tuple[Fraction, Fraction, Fraction] | None = None
    ahead: int = 0


def outlook_basis(
    picture: WorkflowPicture,
    job: WorkflowWork,
    compared: Compared,
    evidence: Evidence,
    calendar: Calendar,
    renewal: date | None,
) -> Basis | None:
    """The outlook of a measurable workflow; None without a renewal after the as-of date."""
    if renewal is None or renewal <= calendar.as_of or not picture.state.measurable:
        return None
    if picture.value is None:  # a share of nothing: it has no figure, and at this level it misses its target
        return Basis(Outlook(renewal, False, None, None, None, Forecast.BELOW))
    if isinstance(job.workflow.measure, ReadyMade):
        shares, window = _given(job.workflow.measure, evidence, calendar)
    else:
        shares, window = _by_unit(picture, job)
    if compared.direction.trend not in (Trend.SPREADING, Trend.SHRINKING) or not compared.points:
        return _at_level(picture, shares, window, renewal)
    paces = _paces(compared.points, compared.direction.trend, _this_quarter(job)[0].first_week)
    basis = _at_pace(picture, job, compared, shares, calendar, renewal, paces)
    if paces[1] == 0:  # come to rest: no pace is said, but the range allows for it to go on, as half of them do
        return replace(basis, outlook=replace(basis.outlook, at_pace=False, at_rest=True))
    return basis


def forecast(low: Fraction | None, high: Fraction | None, target: Fraction) -> Forecast:
    """On target when the whole range is at or above target, below when all of it is; open otherwise or without one."""
    if low is not None and low >= target:
        return Forecast.ON_TARGET
    if high is not None and high < target:
        return Forecast.BELOW
    return Forecast.OPEN


# ---- the series -----------------------------------------------------------------------------------------------------


def _by_unit(picture: WorkflowPicture, job: WorkflowWork) -> tuple[list[UnitShare], Span | None]:
    """The share of everyone in seat by unit, over the quarter before (as far as it is compared) and this one."""
    timeline = job.group.timeline
    units = [timeline.units[position] for position in (*timeline.before, *timeline.this)] if picture.weekly else []
    told = [pair for pair in zip(units, picture.weekly, strict=True) if pair[1].denominator > 0]
    shares = [
        UnitShare(Fraction(unit.first_week + unit.last_week, 2), point.numerator, point.denominator)
        for unit, point in told
    ]
    return shares, Span(told[0][0].first_day, told[-1][0].last_day) if told else None


def _given(measure: ReadyMade, evidence: Evidence, calendar: Calendar) -> tuple[list[UnitShare], Span | None]:
    """The rows of a ready-made metric in both quarters, each a unit; sums as sums where the rule is sum ÷ sum."""
    first = calendar.data_week if calendar.previous is None else calendar.previous.first_week
    both = Stretch(range(0), first, calendar.last_week, silent=False)
    shares, days = [], []
    for row in sorted(evidence.values, key=lambda row: (row.last, row.first)):
        if not speaks_of(row, measure.metric, both):
            continue
        at = Fraction(row.first + row.last, 14)
        if measure.combine is Combine.RATIO:
            if row.numerator is not None and row.denominator is not None and row.denominator > 0:
                shares.append(UnitShare(at, row.numerator, row.denominator))
                days.append(row)
        elif (value := single(row)) is not None:
            shares.append(UnitShare(at, value, Fraction(1)))
            days.append(row)
    if not days:
        return [], None
    first_day, last_day = min(row.first for row in days), max(row.last for row in days)
    return shares, Span(date.fromordinal(first_day), date.fromordinal(last_day))


def runs(shares: Sequence[UnitShare], length: int) -> list[UnitShare]:
    """Every `length` shares in a row as one: their sums, at the middle of their times."""
    found = []
    for start in range(len(shares) - length + 1):
        part = shares[start : start + length]
        found.append(
            UnitShare(
                sum((share.at for share in part), Fraction(0)) / length,
                sum((share.numerator for share in part), Fraction(0)),
                sum((share.denominator for share in part), Fraction(0)),
            )
        )
    return found


def run_length(units: int) -> int | None:
    """How many units make a run, by how many there are; None where they are too few for a range."""
    return next((length for enough, length in _RUNS if units >= enough), None)


# ---- at level, at pace ----------------------------------------------------------------------------------------------


def _at_level(picture: WorkflowPicture, shares: Sequence[UnitShare], window: Span | None, renewal: date) -> Basis:
    value = picture.value
    assert value is not None
    length = run_length(len(shares))
    if length is None:
        return Basis(Outlook(renewal, False, value, None, None, Forecast.OPEN), _values(shares), window)
    told = [run.value for run in runs(shares, length)]
    lowest, highest = min(told), max(told)
    low, high = min(lowest, value), max(highest, value)
    outlook = Outlook(renewal, False, value, low, high, forecast(low, high, picture.target))
    return Basis(outlook, _values(shares), window, length, lowest, highest)


def _this_quarter(job: WorkflowWork) -> tuple[Unit, Unit]:
    """The first and the last unit of the period."""
    timeline = job.group.timeline
    return timeline.units[timeline.this[0]], timeline.units[timeline.this[-1]]


def _at_pace(
    picture: WorkflowPicture,
    job: WorkflowWork,
    compared: Compared,
    shares: Sequence[UnitShare],
    calendar: Calendar,
    renewal: date,
    paces: tuple[Fraction, Fraction, Fraction],
) -> Basis:
    value = picture.value
    assert value is not None
    first, last = _this_quarter(job)
    middle, now = Fraction(first.first_week + last.last_week, 2), last.last_week
    ahead = min(max(week_of(renewal) - now, 0), FURTHEST_WEEKS)
    slow, present, fast = paces
    begun = [share for share in shares if share.at >= compared.points[0][0]]
    recent = [share for share in begun if share.at >= first.first_week]
    length = run_length(len(recent)) or 1
    strayed = [run.value - value - present * (run.at - middle) for run in runs(recent, length)]
    lowest, highest = min([*strayed, Fraction(0)]), max([*strayed, Fraction(0)])
    today = value + present * (now - middle)
    ends = sorted((today + slow / 2 * ahead, today + fast * ahead))
    low, high, expected = (_clipped(share) for share in (ends[0] + lowest, ends[1] + highest, today + present * ahead))
    outlook = Outlook(renewal, True, expected, low, high, forecast(low, high, picture.target))
    window = Span(monday_of(compared.points[0][0]), sunday_of(calendar.last_week))
    return Basis(outlook, _values(begun), window, length, lowest, highest, paces, ahead)


def _paces(points: Sequence[Point], trend: Trend, this_quarter: int) -> tuple[Fraction, Fraction, Fraction]:
    """(slowest, present, fastest) pace in the direction that was called, none of them against it.

    this_quarter: its first week; what has come to rest in this quarter is not going on at the pace of both.
    """
    sign = 1 if trend is Trend.SPREADING else -1
    low, whole, high = theil_sen_exact(points)
    recent = [point for point in points if point[0] >= this_quarter]
    own = theil_sen_exact(recent)[1] if len(recent) > 1 else whole
    slow, fast = (low, high) if sign > 0 else (high, low)
    present = max(min(sign * whole, sign * own), Fraction(0))
    return sign * min(max(sign * slow, Fraction(0)), present), sign * present, sign * max(sign * fast, present)


def theil_sen_exact(points: Sequence[Point]) -> tuple[Fraction, Fraction, Fraction]:
    """(low, slope, high): the median change of the share per week over all pairs and its 90% interval (Sen 1968).

    Exact, for its end is compared with a target. Ties between shares are not taken off the variance, which makes the
    interval no narrower. At least two points.
    """
    shares = [(week, Fraction(above, below)) for week, above, below in points]
    slopes = sorted((s2 - s1) / (w2 - w1) for later, (w2, s2) in enumerate(shares) for w1, s1 in shares[:later])
    n = len(points)
    reach = _INTERVAL * math.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low = max(0, round((len(slopes) - reach) / 2) - 1)
    high = min(len(slopes) - 1, round((len(slopes) + reach) / 2))
    return slopes[low], median(slopes), slopes[high]


def _clipped(share: Fraction) -> Fraction:
    return min(Fraction(1), max(Fraction(0), share))


def _values(shares: Sequence[UnitShare]) -> tuple[Fraction, ...]:
    return tuple(share.value for share in shares)
