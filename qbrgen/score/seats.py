"""Who held which seat when, in the units of a rhythm (method.md: "week in seat", "person", fine print).

In: an account's people, the calendar of the data and of the period. Out: `Member`s, with the units in which each held
the seat and those that are weeks in seat (held, and neither closed nor an absence). "Unit" is method.md's "week", read
as the persona's rhythm.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from qbrgen.define.model.account import Account
from qbrgen.define.model.people import Person
from qbrgen.define.model.playbook import Persona
from qbrgen.figures import Span
from qbrgen.period import Period, Rhythm, Unit, monday_of, sunday_of, units, week_of
from qbrgen.period import previous as quarter_before
from qbrgen.score.evidence import Evidence

ENOUGH_WEEKS = 8  # fewer full weeks than this tell nothing about an earlier quarter, or of a direction (direction.md)
_FOREVER = date.max.toordinal()
_LOOK_BACK_WEEKS = 520  # how far before the data a seat is followed to see that its holder is not new

Days = tuple[int, int]
"""First and last day, as ordinals, both within it."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every unit of one rhythm that lies wholly within the data, up to the last full week of the period.

    this, before: positions in `units` of the period's units and of those of the quarter before. position: week →
    place in `units`. earlier: the units before the data begin, latest first; they only tell that someone is not new.
    """

    rhythm: Rhythm
    units: tuple[Unit, ...]
    this: range
    before: range
    position: dict[int, int]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    earlier: tuple[Unit, ...]

    def held(self, spell: Days) -> range:
        """Positions of the units of which `spell` covers every day."""
        return range(bisect_left(self.starts, spell[0]), bisect_right(self.ends, spell[1]))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The weeks that count. before: the quarter before; previous: the same, None where the data hold fewer than eight
    full weeks of it: then nothing is compared with it.

    first_week, last_week: the period's full weeks within the data. data_week: the first week whole in the data.
    """

    as_of: date
    data_start: date
    period: Period
    before: Period
    previous: Period | None
    data_week: int
    first_week: int
    last_week: int
    timelines: dict[Rhythm, Timeline]

    @property
    def has_weeks(self) -> bool:
        return self.first_week <= self.last_week


def calendar_of(period: Period, as_of: date, data_start: date, first_month: int) -> Calendar:
    """The calendar of one period over data that cover `data_start` to `as_of`, both whole days.

    An as-of date within the period ends it early; data that begin within it begin it late.
    """
    data_week = week_of(data_start + timedelta(days=6))  # the first week whose Monday is in the data
    last_week = min(period.last_week, week_of(as_of + timedelta(days=1)) - 1)
    before = quarter_before(period, first_month)
    known = before.last_week - max(before.first_week, data_week) + 1
    return Calendar(
        as_of=as_of,
        data_start=data_start,
        period=period,
        before=before,
        previous=before if known >= ENOUGH_WEEKS else None,
        data_week=data_week,
        first_week=max(period.first_week, data_week),
        last_week=last_week,
        timelines={rhythm: _timeline(rhythm, period, before, data_week, last_week) for rhythm in Rhythm},
    )


def _timeline(rhythm: Rhythm, period: Period, before: Period, data_week: int, last_week: int) -> Timeline:
    known = [unit for unit in units(rhythm, data_week, last_week) if unit.first_week >= data_week]
    place = {unit: number for number, unit in enumerate(known)}

    def positions(first: int, last: int) -> range:
        inside = [place[unit] for unit in units(rhythm, first, min(last, last_week)) if unit in place]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    first_known = known[0].first_week if known else last_week + 1
    earlier = units(rhythm, first_known - _LOOK_BACK_WEEKS, first_known - 1)
    return Timeline(
        rhythm=rhythm,
        units=tuple(known),
        this=positions(period.first_week, period.last_week),
        before=positions(before.first_week, before.last_week),
        position={week: number for number, unit in enumerate(known) for week in unit.weeks},
        starts=tuple(monday_of(unit.first_week).toordinal() for unit in known),
        ends=tuple(sunday_of(unit.last_week).toordinal() for unit in known),
        earlier=tuple(reversed(earlier)),
    )


def window_of(calendar: Calendar, timeline: Timeline | None = None) -> Span:
    """The days of the period that count; for a slower rhythm those of its units, which may begin before the period."""
    if timeline and timeline.this:
        units = timeline.units
        return Span(units[timeline.this[0]].first_day, units[timeline.this[-1]].last_day)
    return span_of(calendar.first_week, calendar.last_week)


def span_of(first_week: int, last_week: int) -> Span:
    """The days of these weeks."""
    return Span(monday_of(first_week), sunday_of(last_week))


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one persona.

    start: the day that opens milestone windows, None when neither a start nor an event is known. held: positions in
    the timeline of units held on every day. in_seat: those of them that are weeks in seat, in order. seat_units_before:
    units in seat before the data begin, counted up to the few that decide who is new.
    """

    person: Person
    spells: tuple[Days, ...]
    start: int | None
    start_assumed: bool
    held: frozenset[int]
    in_seat: tuple[int, ...]
    seat_units_before: int

    def holds_on(self, day: int) -> bool:
        return any(first <= day <= last for first, last in self.spells)

    def in_seat_within(self, positions: range) -> tuple[int, ...]:
        return self.in_seat[bisect_left(self.in_seat, positions.start) : bisect_left(self.in_seat, positions.stop)]


def members(
    account: Account, persona: Persona, evidence: Evidence, calendar: Calendar, closed: frozenset[int], new_units: int
) -> tuple[Member, ...]:
    """Everyone who ever held a seat in `persona`, in the roster's order; spells of one person are joined."""
    timeline = calendar.timelines[persona.rhythm]
    found = (_member(person, persona.id, evidence, calendar, timeline, closed, new_units) for person in account.people)
    return tuple(member for member in found if member)


def _member(
    person: Person,
    persona: str,
    evidence: Evidence,
    calendar: Calendar,
    timeline: Timeline,
    closed: frozenset[int],
    new_units: int,
) -> Member | None:
    seats = [seat for seat in person.seats if seat.persona == persona]
    if not seats:
        return None
    first_event = evidence.first_event.get(person.id)
    spells, starts = [], []
    for seat in seats:
        start = seat.first.toordinal() if seat.first else first_event
        if start is not None:
            starts.append(start)
        first = calendar.data_start.toordinal() if start is None else start
        spells.append((first, seat.last.toordinal() if seat.last else _FOREVER))
    joined = _joined(spells)
    away = _joined((absence.first.toordinal(), absence.last.toordinal()) for absence in person.absences)
    held = frozenset(position for spell in joined for position in timeline.held(spell))
    in_seat = tuple(sorted(p for p in held if not _is_out(timeline.units[p], closed, away)))
    return Member(
        person=person,
        spells=joined,
        start=min(starts, default=None),
        start_assumed=any(seat.first is None for seat in seats),
        held=held,
        in_seat=in_seat,
        seat_units_before=_units_before(joined, timeline, closed, away, new_units),
    )


def _joined(spans: Iterable[Days]) -> tuple[Days, ...]:
    """Spans in order, those that touch or overlap made one."""
    joined: list[Days] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def _covers(spans: tuple[Days, ...], first: int, last: int) -> bool:
    return any(span[0] <= first and last <= span[1] for span in spans)


def _is_out(unit: Unit, closed: frozenset[int], away: tuple[Days, ...]) -> bool:
    """Whether all weeks of a unit are closed, or absences (their Monday to Friday covered)."""
    if not closed and not away:
        return False
    return all(
        week in closed or _covers(away, (monday := monday_of(week).toordinal()), monday + 4) for week in unit.weeks
    )


def _units_before(
    spells: tuple[Days, ...], timeline: Timeline, closed: frozenset[int], away: tuple[Days, ...], enough: int
) -> int:
    """Units in seat before the data begin, at most `enough` of them."""
    counted = 0
    for unit in timeline.earlier if spells else ():
        first, last = monday_of(unit.first_week).toordinal(), sunday_of(unit.last_week).toordinal()
        if counted >= enough or last < spells[0][0]:
            break
        counted += _covers(spells, first, last) and not _is_out(unit, closed, away)
    return counted
