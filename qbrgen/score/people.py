"""Who is active: the five states, those counted apart, and a persona's own target (method.md: "Active").

In: the work of a persona's members. Out: its `PersonaPicture` and, over all personas, the `Breadth`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qbrgen.define.model.account import Account
from qbrgen.define.model.playbook import Persona
from qbrgen.define.model.settings import Rules
from qbrgen.score.evidence import Evidence
from qbrgen.score.picture import Breadth, Comparison, Direction, PersonaPicture, PersonPicture, WeekPoint
from qbrgen.score.seats import Calendar, Timeline, members, window_of
from qbrgen.score.states import PersonState
from qbrgen.score.work import Work, work_of

_APART = (PersonState.NEW, PersonState.AWAY, PersonState.NO_DATA)


@dataclass(frozen=True, slots=True)
class PersonaWork:
    """A persona with its timeline and its members' work: what people, workflows and gaps are made from.

    unnamed: the account names no one at all, and needs no one: all its workflows are ready-made values.
    """

    persona: Persona
    timeline: Timeline
    works: tuple[Work, ...]
    unnamed: bool = False

    def roster(self, positions: range) -> tuple[Work, ...]:
        """Those who hold the seat in the last full unit of a period; nobody where it has none."""
        if not positions:
            return ()
        return tuple(work for work in self.works if positions[-1] in work.member.held)

    def leavers(self, positions: range) -> tuple[Work, ...]:
        """Those who held the seat in some full unit of a period, but not in its last."""
        if not positions:
            return ()
        return tuple(
            work
            for work in self.works
            if positions[-1] not in work.member.held and any(p in work.member.held for p in positions)
        )

    def in_seat(self, positions: range) -> tuple[Work, ...]:
        """Everyone with a unit in seat in a period, new ones and leavers included."""
        return tuple(work for work in self.works if work.member.in_seat_within(positions))


def group_of(
    persona: Persona,
    account: Account,
    evidence: Evidence,
    calendar: Calendar,
    closed: frozenset[int],
    new_units: int,
) -> PersonaWork:
    """A persona with the work of everyone who ever held a seat in it, over the calendar's weeks."""
    timeline = calendar.timelines[persona.rhythm]
    held = members(account, persona, evidence, calendar, closed, new_units)
    return PersonaWork(persona, timeline, work_of(persona, held, evidence, timeline), unnamed=account.of_values_alone)


def state_of(work: Work, positions: range, rules: Rules) -> PersonState:
    """The state of one person of the roster over a period's units, by the data up to its end.

    "Four", "last two" and "last four" are units in seat and may reach back before the period, not before the data.
    """
    so_far = work.member.in_seat_within(range(positions.stop))
    here = work.member.in_seat_within(positions)
    if work.member.seat_units_before + len(so_far) < rules.new_units:
        return PersonState.NEW
    if not here:
        return PersonState.AWAY
    if not any(p in work.done for p in so_far):
        return PersonState.NOT_YET
    if not any(p in work.done for p in so_far[-rules.lapsed_units :]):
        return PersonState.LAPSED
    often = sum(p in work.done for p in here) >= rules.active_share * len(here)
    if often and any(p in work.done for p in so_far[-rules.recent_units :]):
        return PersonState.ACTIVE
    return PersonState.OCCASIONAL


def states(group: PersonaWork, positions: range, rules: Rules, silent: bool) -> dict[str, PersonState]:
    """Person id → state, for the roster of a period."""
    return {
        work.id: PersonState.NO_DATA if silent else state_of(work, positions, rules) for work in group.roster(positions)
    }


def counted(found: Mapping[str, PersonState]) -> set[str]:
    """M: the people without the new ones and those away."""
    return {person for person, state in found.items() if state not in _APART}


def active(found: Mapping[str, PersonState]) -> set[str]:
    """N: the active ones."""
    return {person for person, state in found.items() if state is PersonState.ACTIVE}


def persona_picture(
    group: PersonaWork,
    account: Account,
    calendar: Calendar,
    rules: Rules,
    silent: bool,
    direction: Direction,
) -> PersonaPicture:
    """One persona's picture. silent: no event came for the account in this period."""
    persona, timeline = group.persona, group.timeline
    now = states(group, timeline.this, rules, silent)
    roster = {work.id: work for work in group.roster(timeline.this)}
    people = tuple(_person(work, now[work.id], account, calendar, timeline) for work in roster.values())
    doers = [(person.units_done, person.units_in_seat) for person in people if person.state is PersonState.ACTIVE]
    previous = None
    if calendar.previous and not silent:
        previous = _comparison(states(group, timeline.before, rules, silent=False), now)
    number, base = len(active(now)), len(counted(now))
    return PersonaPicture(
        id=persona.id,
        name=persona.name,
        one=persona.one,
        rhythm=persona.rhythm,
        target=persona.target,
        people=people,
        active=number,
        counted=base,
        new=sum(state is PersonState.NEW for state in now.values()),
        away=sum(state is PersonState.AWAY for state in now.values()),
        leavers=len(group.leavers(timeline.this)),
        is_active=None if base == 0 else Fraction(number, base) >= persona.target,
        every_unit=bool(doers) and all(done == in_seat for done, in_seat in doers),
        least_done=min(doers, key=lambda pair: (Fraction(*pair), -pair[1]), default=None),
        weekly=_weekly(group),
        previous=previous,
        direction=direction,
        receipt=f"persona:{persona.id}",
        synonyms=persona.synonyms,
        window=window_of(calendar, timeline),
    )


def _person(work: Work, state: PersonState, account: Account, calendar: Calendar, timeline: Timeline) -> PersonPicture:
    person, here = work.member.person, work.member.in_seat_within(timeline.this)
    since = work.last_done(calendar.last_week)
    if since is None or state in _APART:
        since = date.fromordinal(work.member.start) if work.member.start else calendar.data_start
    return PersonPicture(
        state=state,
        units_done=sum(p in work.done for p in here),
        units_in_seat=len(here),
        shown_name=person.name if account.names_agreed else None,
        id=person.id,
        name=person.name,
        since=since,
        start_assumed=work.member.start_assumed,
    )


def _comparison(then: Mapping[str, PersonState], now: Mapping[str, PersonState]) -> Comparison | None:
    """The quarter before over the people counted in both; with its own roster beside where that differs.

    None where nobody is counted in both.
    """
    both = counted(then) & counted(now)
    if not both:
        return None
    reported = (len(active(then)), len(counted(then)))
    alike = (len(active(then) & both), len(both))
    return Comparison(
        active_then=alike[0],
        active_now=len(active(now) & both),
        both=len(both),
        as_reported=reported if reported != alike else None,
    )


def _weekly(group: PersonaWork) -> tuple[WeekPoint, ...]:
    """People with a completion ÷ people in seat, by unit."""
    points = []
    for position in (*group.timeline.before, *group.timeline.this):
        seated = [work for work in group.works if position in work.member.in_seat]
        done = sum(position in work.done for work in seated)
        points.append(WeekPoint(group.timeline.units[position].first_week, Fraction(done), Fraction(len(seated))))
    return tuple(points)


def reported_before(groups: Sequence[PersonaWork], rules: Rules) -> tuple[int, int]:
    """(active, counted) of the quarter before with its own roster, over all personas."""
    then = [states(group, group.timeline.before, rules, silent=False) for group in groups]
    return sum(len(active(found)) for found in then), sum(len(counted(found)) for found in then)


def breadth(personas: Sequence[PersonaPicture], reported: tuple[int, int]) -> Breadth:
    """People and personas of the whole account. reported: see `reported_before`."""
    countable = [persona for persona in personas if persona.is_active is not None]
    return Breadth(
        active=sum(persona.active for persona in personas),
        counted=sum(persona.counted for persona in personas),
        new=sum(persona.new for persona in personas),
        away=sum(persona.away for persona in personas),
        personas_active=sum(bool(persona.is_active) for persona in countable),
        personas_counted=len(countable),
        personas=len(personas),
        previous=_together([persona.previous for persona in personas if persona.previous], reported),
        receipt="people",
    )


def _together(comparisons: Sequence[Comparison], reported: tuple[int, int]) -> Comparison | None:
    if not comparisons:
        return None
    alike = (sum(c.active_then for c in comparisons), sum(c.both for c in comparisons))
    return Comparison(
        active_then=alike[0],
        active_now=sum(c.active_now for c in comparisons),
        both=alike[1],
        as_reported=reported if reported != alike else None,
    )
