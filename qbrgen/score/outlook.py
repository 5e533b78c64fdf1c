"""Trouble ahead: a workflow that turns down, one that will miss at renewal, one that logins mask.

In: tallies and the directions made from them. Out: the numbers of a finding, or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from qbrgen.define.model import Rules
from qbrgen.period import week_of
from qbrgen.score.direction import ENOUGH_PEOPLE, Compared, Doer, compare
from qbrgen.score.evidence import Evidence
from qbrgen.score.people import PersonaWork
from qbrgen.score.picture import PersonaPicture, WorkflowPicture
from qbrgen.score.seats import ENOUGH_WEEKS, Calendar
from qbrgen.score.states import PersonState, TargetState, Trend
from qbrgen.score.trend import sign_test, theil_sen
from qbrgen.score.work import Tally

_RARE = 0.01  # how uneven people's split must be, one-sided, before a turn is called
_MASK_SHARE = Fraction(3, 4)  # of person-weeks with presence


# ---- turning down ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """The last four units against the earlier ones: shares, and how many people do it less or more."""

    recent: Fraction
    earlier: Fraction
    less: int
    more: int


def turning_down(
    doers: Sequence[Doer], group: PersonaWork, calendar: Calendar, closed: frozenset[int], recent_units: int
) -> Turn | None:
    """Whether the last four units are clearly below the workflow's own earlier ones.

    Two checks must agree: each of the last four is below at least three quarters of the earlier units (eight at least),
    and clearly more people do it less than more (one-sided exact sign test, p ≤ 0.01, so never with fewer than seven
    people). Simulated on the five steady states of direction.md (tests/score/test_outlook.py): about half a percent of
    false ones a workflow at 5 to 20 people, so that the seventy workflows of ten accounts raise less than one.
    """
    timeline = group.timeline
    first = timeline.before.start if calendar.previous and timeline.before else timeline.this.start
    window = [
        p for p in range(first, timeline.this.stop) if any(week not in closed for week in timeline.units[p].weeks)
    ]
    late, early = window[-recent_units:], window[:-recent_units]
    if len(early) < ENOUGH_WEEKS or len(late) < recent_units:
        return None
    like = [doer for doer in doers if window[-1] in doer[0].held and all(_mostly(doer, half) for half in (early, late))]
    if len(like) < ENOUGH_PEOPLE:
        return None
    before = [share for p in early if (share := _share(like, [p])) is not None]
    for position in late:
        share = _share(like, [position])
        if share is None or 4 * sum(other > share for other in before) < 3 * len(before):
            return None
    changes = [_share([doer], late) or Fraction(0) for doer in like]
    earlier = [_share([doer], early) or Fraction(0) for doer in like]
    less = sum(now < then for now, then in zip(changes, earlier, strict=True))
    more = sum(now > then for now, then in zip(changes, earlier, strict=True))
    if less <= more or sign_test(more, less) / 2 > _RARE:
        return None
    return Turn(_share(like, late) or Fraction(0), _share(like, early) or Fraction(0), less, more)


def _mostly(doer: Doer, positions: Sequence[int]) -> bool:
    member, tally = doer
    seated = sum(position in member.in_seat for position in positions)
    return 2 * seated >= len(positions) and any(tally[p][1] > 0 for p in positions if p in tally)


def _share(doers: Sequence[Doer], positions: Sequence[int]) -> Fraction | None:
    pairs = [tally[p] for _, tally in doers for p in positions if p in tally]
    below = sum(pair[1] for pair in pairs)
    return Fraction(sum(pair[0] for pair in pairs), below) if below else None


# ---- at renewal -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a workflow will be on the renewal date. at_pace False: at its present level, which has no range."""

    at_pace: bool
    expected: Fraction
    low: Fraction
    high: Fraction


def miss_at_renewal(picture: WorkflowPicture, compared: Compared, renewal: date | None, as_of: date) -> Outlook | None:
    """The outlook of a workflow that will be below target at renewal; None where it will not, or nothing can be said.

    Direction clear: the line through the middle of the series at the Theil-Sen pace, its range by the 90% interval of
    that pace, rounded to whole percents within 0 and 100. No clear change: the present value, where it is below target.
    """
    if renewal is None or renewal <= as_of or not picture.state.measurable:
        return None
    trend = compared.direction.trend
    if trend in (Trend.SPREADING, Trend.SHRINKING):
        points = compared.points
        week = median(point[0] for point in points)
        level = median(point[1] / point[2] for point in points)
        ahead = week_of(renewal) - week
        expected, low, high = (_percent(level + pace * ahead) for pace in theil_sen(points))
        return Outlook(True, expected, low, high) if expected < picture.target else None
    if trend is Trend.UNCLEAR and picture.state is TargetState.NOT_MET and picture.value is not None:
        return Outlook(False, picture.value, picture.value, picture.value)
    return None


def _percent(share: float) -> Fraction:
    return Fraction(round(min(1.0, max(0.0, share)) * 100), 100)


# ---- masked by logins -----------------------------------------------------------------------------------------------


def masked(
    group: PersonaWork,
    picture: PersonaPicture,
    evidence: Evidence,
    calendar: Calendar,
    closed: frozenset[int],
    rules: Rules,
) -> str | None:
    """ "not active": present in 75% of person-weeks while the persona is not active. "falling": completion falls while
    presence rises or holds. None where presence shows neither, or is not given. No presence figure leaves here.
    """
    if not any(evidence.presence.values()):
        return None
    timeline = group.timeline
    present: list[Doer] = [
        (work.member, _presence(evidence, group, work.id, work.member.in_seat)) for work in group.works
    ]
    counts = (PersonState.ACTIVE, PersonState.OCCASIONAL, PersonState.LAPSED, PersonState.NOT_YET)
    base = {person.id for person in picture.people if person.state in counts}
    pairs = [tally[p] for member, tally in present if member.person.id in base for p in timeline.this if p in tally]
    there, units = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    if picture.is_active is False and units and there >= _MASK_SHARE * units:
        return "not active"
    if picture.direction.trend is Trend.SHRINKING and there:
        presence = compare(present, timeline, calendar, closed, rules.direction_p).direction.trend
        if presence in (Trend.SPREADING, Trend.UNCLEAR):
            return "falling"
    return None


def _presence(evidence: Evidence, group: PersonaWork, person: str, in_seat: Sequence[int]) -> Tally:
    weeks = evidence.presence.get(person, set())
    return {p: (int(any(week in weeks for week in group.timeline.units[p].weeks)), 1) for p in in_seat}
