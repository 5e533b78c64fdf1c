"""Spreading, shrinking, no clear change or too early to tell: the starting rule of direction.md.

In: who did how much in which unit (`Tally`), for one persona, workflow or account. Out: a `Direction`.

Both checks must agree, each p at or below the setting (0.10, two-sided): (1) people: second half against first, how
many do it more and how many less, exact sign test; (2) the share by unit: Mann-Kendall. Size by Theil-Sen.

Choices made here, where direction.md is silent:
- The window is the quarter before and this one, where the data hold at least eight full weeks of the one before and
  four people can be compared over both; else this quarter alone. Units closed for everyone are no units.
- Like for like: the people compared hold their seat in the period's last full unit and were in seat in at least half
  of the units of either half. A joiner's first weeks or a leaver's last ones are no trend. With an odd number of units
  the middle one is in neither half (but in the Mann-Kendall test).
- Too early: fewer than eight units, or fewer than four such people.
- An account has one direction over all its people whose persona has the account's main rhythm: that of most people
  (of two as large, the shorter). A share of people by week and one by month make no common series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qbrgen.score.picture import Direction
from qbrgen.score.seats import ENOUGH_WEEKS, Calendar, Member, Timeline
from qbrgen.score.states import Trend
from qbrgen.score.trend import Point, mann_kendall, sign_test, theil_sen
from qbrgen.score.work import Tally

ENOUGH_PEOPLE = 4

Doer = tuple[Member, Tally]


@dataclass(frozen=True, slots=True)
class Compared:
    """A direction with what it was made from: the people compared and the share by unit."""

    direction: Direction
    people: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


def compare(
    doers: Sequence[Doer], timeline: Timeline, calendar: Calendar, closed: frozenset[int], p_limit: float
) -> Compared:
    """The direction of these people's tallies, over both quarters where that can be told, else over this one."""
    windows = [timeline.this]
    if calendar.previous and timeline.this and timeline.before:
        windows.insert(0, range(timeline.before.start, timeline.this.stop))
    found = Compared(Direction(Trend.TOO_EARLY))
    for window in windows:
        open_units = [p for p in window if any(week not in closed for week in timeline.units[p].weeks)]
        found = _over(doers, open_units, timeline, p_limit)
        if found.direction.trend is not Trend.TOO_EARLY:
            break
    return found


def _over(doers: Sequence[Doer], window: Sequence[int], timeline: Timeline, p_limit: float) -> Compared:
    half = len(window) // 2
    first, second = frozenset(window[:half]), frozenset(window[len(window) - half :])
    last = timeline.this.stop - 1
    like = [doer for doer in doers if last in doer[0].held and _in_both(doer, first, second)]
    people = tuple(member.person.id for member, _ in like)
    points = _by_unit(like, window, timeline)
    fact = _halves(like, first, second)
    fact = replace(fact, weeks=len(window))
    if len(points) < ENOUGH_WEEKS or len(like) < ENOUGH_PEOPLE:
        return Compared(fact, people, points)
    p_people = sign_test(fact.more, fact.less)
    s, p_weeks = mann_kendall(points)
    trend = Trend.UNCLEAR
    if p_people <= p_limit and p_weeks <= p_limit:
        if fact.more > fact.less and s > 0:
            trend = Trend.SPREADING
        elif fact.more < fact.less and s < 0:
            trend = Trend.SHRINKING
    slope = theil_sen(points)[0]
    return Compared(replace(fact, trend=trend, slope=slope, p_people=p_people, p_weeks=p_weeks), people, points)


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
