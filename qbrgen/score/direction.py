"""Spreading, shrinking, no clear change or too early to tell.

In: who did how much in which unit (`Tally`), for one persona, workflow or account. Out: a `Direction`.

The rule: a change is called when it is clearly larger than these people's and weeks' own ups and downs would bring by
chance (signal.py: the signal reaches its limit), more people moved that way than the other, and the share by unit
(Theil-Sen) does not go against it. False alarms and power: docs/direction.md, from benchmarks/direction.py.

Choices made here:
- Each person counts alike: what is compared is each one's own share by unit, not the sum over everyone, in which one
  busy person may outweigh ten.
- The window is the quarter before and this one, where the data hold at least eight full weeks of the one before and
  four people can be compared over both; else this quarter alone. Units closed for everyone are no units.
- Like for like: the people compared hold their seat in the period's last full unit and were in seat in at least half
  of the units of either half. A joiner's first weeks or a leaver's last ones are no trend. The fact of change is told
  by halves; with an odd number of units the middle one is in neither.
- Too early: fewer than eight weeks, fewer than six units of a slower rhythm, or fewer than four such people.
- An account has one direction over all its people. Where its personas have several rhythms, everyone is taken by
  week: a share of people by week and one by month make no common series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qbrgen.score.picture import Direction
from qbrgen.score.seats import ENOUGH_WEEKS, Calendar, Member, Timeline
from qbrgen.score.signal import limit, signal
from qbrgen.score.states import Trend
from qbrgen.score.trend import Point, theil_sen
from qbrgen.score.work import Tally

ENOUGH_PEOPLE = 4
ENOUGH_UNITS = 6
_DIGITS = 6  # of the signal: the last bits of a float depend on the order of sums

Doer = tuple[Member, Tally]


@dataclass(frozen=True, slots=True)
class Compared:
    """A direction with what it was made from: the people compared and the share by unit."""

    direction: Direction
    people: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


def compare(doers: Sequence[Doer], timeline: Timeline, calendar: Calendar, closed: frozenset[int]) -> Compared:
    """The direction of these people's tallies, over both quarters where that can be told, else over this one."""
    windows = [timeline.this]
    if calendar.previous and timeline.this and timeline.before:
        windows.insert(0, range(timeline.before.start, timeline.this.stop))
    found = Compared(Direction(Trend.TOO_EARLY, rhythm=timeline.rhythm))
    for window in windows:
        open_units = [p for p in window if any(week not in closed for week in timeline.units[p].weeks)]
        found = _over(doers, open_units, timeline)
        if found.direction.trend is not Trend.TOO_EARLY:
            break
    return found


def _over(doers: Sequence[Doer], window: Sequence[int], timeline: Timeline) -> Compared:
    half = len(window) // 2
    first, second = frozenset(window[:half]), frozenset(window[len(window) - half :])
    last = timeline.this.stop - 1
    like = [doer for doer in doers if last in doer[0].held and _in_both(doer, first, second)]
    people = tuple(member.person.id for member, _ in like)
    points = _by_unit(like, window, timeline)
    fact = replace(_halves(like, first, second), weeks=len(window), rhythm=timeline.rhythm)
    weeks = sum(len(timeline.units[p].weeks) for p in window if _told(like, p))
    if weeks < ENOUGH_WEEKS or len(points) < ENOUGH_UNITS or len(like) < ENOUGH_PEOPLE:
        return Compared(fact, people, points)
    slope = theil_sen(points)
    clear, needed = round(signal(_shares(like, window)), _DIGITS), limit(len(points), len(like))
    trend = _call(clear, needed, fact.more - fact.less, slope)
    return Compared(replace(fact, trend=trend, slope=slope, signal=clear, limit=needed), people, points)


def _call(clear: float, needed: float, more: int, slope: float) -> Trend:
    if clear >= needed and more > 0 and slope >= 0:
        return Trend.SPREADING
    if clear <= -needed and more < 0 and slope <= 0:
        return Trend.SHRINKING
    return Trend.UNCLEAR


def _told(doers: Sequence[Doer], position: int) -> bool:
    return any(tally[position][1] > 0 for _, tally in doers if position in tally)


def _shares(doers: Sequence[Doer], window: Sequence[int]) -> list[list[float | None]]:
    """Each person's own share by unit, in the order of ids: sums of floats depend on order."""
    ordered = sorted(doers, key=lambda doer: doer[0].person.id)
    return [[_share(tally, position) for position in window] for _, tally in ordered]


def _share(tally: Tally, position: int) -> float | None:
    above, below = tally.get(position, (0, 0))
    return min(above / below, 1.0) if below > 0 else None


def _in_both(doer: Doer, first: frozenset[int], second: frozenset[int]) -> bool:
    member, tally = doer
    in_seat = set(member.in_seat)
    return all(
        half and 2 * len(in_seat & half) >= len(half) and any(tally[p][1] > 0 for p in half if p in tally)
        for half in (first, second)
    )


def _by_unit(doers: Sequence[Doer], window: Sequence[int], timeline: Timeline) -> tuple[Point, ...]:
    points = []
    for position in window:
        entries = [tally[position] for _, tally in doers if position in tally]
        below = sum(entry[1] for entry in entries)
        if below > 0:
            points.append((timeline.units[position].first_week, sum(entry[0] for entry in entries), below))
    return tuple(points)


def _halves(doers: Sequence[Doer], first: frozenset[int], second: frozenset[int]) -> Direction:
    more = less = same = 0
    for _, tally in doers:
        n1, d1 = _total(tally, first)
        n2, d2 = _total(tally, second)
        change = n2 * d1 - n1 * d2
        more, less, same = more + (change > 0), less + (change < 0), same + (change == 0)
    return Direction(Trend.TOO_EARLY, more, less, same)


def _total(tally: Tally, half: frozenset[int]) -> tuple[int, int]:
    entries = [tally[position] for position in half if position in tally]
    return sum(entry[0] for entry in entries), sum(entry[1] for entry in entries)
