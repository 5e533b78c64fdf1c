"""Trouble that other figures hide: a workflow that turns down while on target, and one that logins mask.

In: tallies and the directions made from them. Out: the numbers of a finding, or None.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qbrgen.period import monday_of
from qbrgen.score.direction import ENOUGH_PEOPLE, Doer, compare
from qbrgen.score.evidence import Evidence
from qbrgen.score.people import PersonaWork
from qbrgen.score.picture import PersonaPicture, PersonPicture
from qbrgen.score.renewal import UnitShare, runs
from qbrgen.score.seats import ENOUGH_WEEKS, Calendar
from qbrgen.score.states import PersonState, Trend
from qbrgen.score.work import Tally

# (luck at most, points of share at least, below every so many units in a row): one of them makes a turn
_CLEAR = ((Fraction(1, 20), Fraction(1, 5), 2), (Fraction(1, 100), Fraction(1, 10), 1))
_MASK_SHARE = Fraction(3, 4)  # of person-weeks with presence
_INACTIVE = (PersonState.OCCASIONAL, PersonState.LAPSED, PersonState.NOT_YET)


# ---- turning down ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """The last four units, the first of which begins on `since`, against the earlier ones.

    recent, earlier: shares. less, more: how many people do it less or more; who: the ids of the former.
    """

    recent: Fraction
    earlier: Fraction
    less: int
    more: int
    since: date
    who: tuple[str, ...]


def turning_down(
    doers: Sequence[Doer], group: PersonaWork, calendar: Calendar, closed: frozenset[int], recent_units: int
) -> Turn | None:
    """Whether the last four units are clearly below the workflow's own earlier ones (eight at least).

    Three things must agree: even without the worst of them (a holiday turns nothing) the last four are together lower
    than any two units in a row before; they are at least 20 points lower than the earlier units together; and more
    people do it less than more (one-sided exact sign test, p ≤ 0.05, so never with fewer than five people). Ten points
    are enough where they are lower than every single earlier unit, and p ≤ 0.01.

    Simulated on the five steady states of direction.md (benchmarks/turning_down.py; docs/outlook.md has the table):
    less than 2% false ones a workflow in each, so less than one in ten accounts with five workflows on target each.
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
    latest, before = _by_unit(like, late), _by_unit(like, early)
    if len(latest) < recent_units or len(before) < ENOUGH_WEEKS:
        return None
    less, more = _changed(like, late, early)
    earlier = runs(before, len(before))[0].value
    if not _is_turn(latest, before, earlier, _luck(len(less), more)):
        return None
    since = monday_of(timeline.units[late[0]].first_week)
    who = tuple(member.person.id for member, _ in less)
    return Turn(runs(latest, len(latest))[0].value, earlier, len(less), more, since, who)


def _is_turn(latest: Sequence[UnitShare], before: Sequence[UnitShare], earlier: Fraction, luck: Fraction) -> bool:
    worst = min(latest, key=lambda unit: unit.value)
    rest = [unit for unit in latest if unit is not worst]
    now = runs(rest, len(rest))[0].value if rest else worst.value
    return any(
        luck <= limit and earlier - now >= fall and now < min(run.value for run in runs(before, length))
        for limit, fall, length in _CLEAR
    )


def _changed(doers: Sequence[Doer], late: Sequence[int], early: Sequence[int]) -> tuple[list[Doer], int]:
    """(who does it less in the later units than in the earlier ones, how many do it more)."""
    changes = [(_share([doer], late) or Fraction(0)) - (_share([doer], early) or Fraction(0)) for doer in doers]
    less = [doer for doer, change in zip(doers, changes, strict=True) if change < 0]
    return less, sum(change > 0 for change in changes)


def _luck(less: int, more: int) -> Fraction:
    """One-sided exact p value: how often so many of them would do it less, were less and more equally likely."""
    n = less + more
    return Fraction(sum(math.comb(n, k) for k in range(less, n + 1)), 2**n)


def _by_unit(doers: Sequence[Doer], positions: Sequence[int]) -> list[UnitShare]:
    pairs = ((p, [tally[p] for _, tally in doers if p in tally]) for p in positions)
    summed = ((p, sum(pair[0] for pair in mine), sum(pair[1] for pair in mine)) for p, mine in pairs)
    return [UnitShare(Fraction(p), Fraction(above), Fraction(below)) for p, above, below in summed if below > 0]


def _mostly(doer: Doer, positions: Sequence[int]) -> bool:
    member, tally = doer
    seated = sum(position in member.in_seat for position in positions)
    return 2 * seated >= len(positions) and any(tally[p][1] > 0 for p in positions if p in tally)


def _share(doers: Sequence[Doer], positions: Sequence[int]) -> Fraction | None:
    pairs = [tally[p] for _, tally in doers for p in positions if p in tally]
    below = sum(pair[1] for pair in pairs)
    return Fraction(sum(pair[0] for pair in pairs), below) if below else None


# ---- masked by logins -----------------------------------------------------------------------------------------------


def masked(
    group: PersonaWork,
    picture: PersonaPicture,
    evidence: Evidence,
    calendar: Calendar,
    closed: frozenset[int],
) -> str | None:
    """ "not active": the persona misses its own target, and those of it who count and are not active were present in
    75% of their person-weeks (the presence of those who do the work masks nothing). "falling": completion falls while
    presence rises or holds. None where presence shows neither, or is not given. No presence figure leaves here.
    """
    if not any(evidence.presence.values()):
        return None
    timeline = group.timeline
    present: list[Doer] = [
        (work.member, _presence(evidence, group, work.id, work.member.in_seat)) for work in group.works
    ]
    there, units = _there(present, inactive(picture), timeline.this)
    if picture.is_active is False and units and there >= _MASK_SHARE * units:
        return "not active"
    counted = (*inactive(picture), *picture.with_state(PersonState.ACTIVE))
    if picture.direction.trend is Trend.SHRINKING and _there(present, counted, timeline.this)[0]:
        presence = compare(present, timeline, calendar, closed).direction.trend
        if presence in (Trend.SPREADING, Trend.UNCLEAR):
            return "falling"
    return None


def inactive(picture: PersonaPicture) -> tuple[PersonPicture, ...]:
    """Those of a persona who count and are not active."""
    return tuple(person for person in picture.people if person.state in _INACTIVE)


def _there(present: Sequence[Doer], people: Sequence[PersonPicture], positions: Sequence[int]) -> tuple[int, int]:
    """(units of these people with presence, their units in seat)."""
    ids = {person.id for person in people}
    pairs = [tally[p] for member, tally in present if member.person.id in ids for p in positions if p in tally]
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def _presence(evidence: Evidence, group: PersonaWork, person: str, in_seat: Sequence[int]) -> Tally:
    weeks = evidence.presence.get(person, set())
    return {p: (int(any(week in weeks for week in group.timeline.units[p].weeks)), 1) for p in in_seat}
