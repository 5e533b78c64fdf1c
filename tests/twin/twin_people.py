"""The twin's people: seats, completions and states, by loops over days and rows (method.md: "Completed", "Active").

`Place` is one account in one quarter; `Group` one of its personas there.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from plain import Plain
from twin_model import Person, fraction, listed, needs_no_one, people_of, personas_of
from twin_rows import Event, Rows
from twin_time import DAY, WEEK, Unit, days, monday, quarter_typed, quarter_weeks, sunday, unit_of, units_of

APART = ("new", "away", "no data")
ENOUGH_WEEKS = 8


class Place:
    """One account of a workspace in the quarter that is asked for."""

    def __init__(self, plain: Plain, name: str, rows: Rows) -> None:
        self.plain, self.name, self.rows = plain, name, rows
        self.file = plain.accounts[name]
        self.personas = personas_of(plain, self.file)
        self.people = people_of(plain, name, self.personas)
        self.of_values_alone = not self.people and needs_no_one(self.personas)
        self.events = rows.events[name]
        self.by_user: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            self.by_user[event.user].append(event)
        rules = plain.settings.get("rules", {})
        self.active_share = fraction(rules.get("active_share", "75%"))
        self.new_units, self.lapsed_units = rules.get("new_units", 4), rules.get("lapsed_units", 4)
        self.recent_units = rules.get("recent_units", 2)
        closed = [*plain.settings.get("closed_weeks", []), *self.file.get("closed_weeks", [])]
        self.closed = {date.fromisocalendar(int(week[:4]), int(week[6:]), 1) for week in closed}
        self.heard = {monday(event.day) for event in self.events}
        self._weeks()

    def _weeks(self) -> None:
        first_month = self.plain.settings["fiscal_year_starts"]
        self.quarter = quarter_typed(self.plain.period, first_month)
        full = [m for m in days(self.rows.data_start, self.rows.as_of) if m == monday(m) and self.rows.is_full(m)]
        self.mine = [m for m in full if m in quarter_weeks(self.quarter, first_month)]
        if not self.mine:
            return
        self.known = [m for m in full if m <= self.mine[-1]]
        before = [m for m in full if m in quarter_weeks(self.quarter - 1, first_month)]
        self.silent = self.is_silent(self.mine)
        self.before = [] if self.is_silent(before) else before
        self.has_previous = len(self.before) >= ENOUGH_WEEKS
        self.first_day, self.last_day = self.mine[0], sunday(self.mine[-1])

    def is_silent(self, weeks: Iterable[date]) -> bool:
        """Whether no event of any name by anyone came in these weeks."""
        return self.heard.isdisjoint(weeks)

    def first_event(self, user: str) -> date | None:
        return min((event.day for event in self.by_user[user]), default=None)


class Group:
    """A persona's people at an account."""

    def __init__(self, place: Place, persona: dict[str, Any]) -> None:
        self.place, self.persona, self.rhythm = place, persona, persona["rhythm"]
        self.people = [p for p in place.people if any(seat[0] == persona["id"] for seat in p.seats)]
        self.units = units_of(self.rhythm, place.known)
        self.here = [unit for unit in self.units if unit[-1] in place.mine]
        self.then = [unit for unit in self.units if unit[-1] in place.before]
        self.held = {p.id: [u for u in self.units if self.holds_all(p, u)] for p in self.people}
        self.seated = {p.id: [u for u in self.held[p.id] if not self.is_out(p, u)] for p in self.people}
        self.weeks_done = {p.id: self._weeks_done(p) for p in self.people}
        self.done = {user: [u for u in self.seated[user] if self.weeks_done[user] & set(u)] for user in self.seated}

    # -- seats

    @functools.cache  # noqa: B019  a group lives as long as a test
    def spells(self, user: str) -> list[tuple[date, date]]:
        """The days on which someone held a seat in this persona, as far as is known."""
        person = next(p for p in self.people if p.id == user)
        found = []
        for persona, first, last in person.seats:
            if persona == self.persona["id"]:
                begins = first or self.place.first_event(user) or self.place.rows.data_start
                found.append((begins, last or date.max))
        return [(first, last) for first, last in found if first <= last]

    def start(self, person: Person) -> date | None:
        """The first start, or first event where none is given: it opens milestone windows."""
        starts = [
            first or self.place.first_event(person.id)
            for persona, first, _ in person.seats
            if persona == self.persona["id"]
        ]
        return min((start for start in starts if start), default=None)

    def start_assumed(self, person: Person) -> bool:
        return any(persona == self.persona["id"] and first is None for persona, first, _ in person.seats)

    def holds(self, person: Person, day: date) -> bool:
        return any(first <= day <= last for first, last in self.spells(person.id))

    def holds_all(self, person: Person, unit: Unit) -> bool:
        return all(self.holds(person, day) for day in days(unit[0], sunday(unit[-1])))

    def is_out(self, person: Person, unit: Unit) -> bool:
        """Whether all weeks of a unit are closed, or absences of their Monday to Friday."""
        return all(m in self.place.closed or self.is_away(person, m) for m in unit)

    def is_away(self, person: Person, a_monday: date) -> bool:
        return all(any(a <= day <= b for a, b in person.away) for day in days(a_monday, a_monday + 4 * DAY))

    # -- completions

    def doings(self, person: Person, names: Any, weeks: Iterable[date]) -> list[Event]:
        weeks, names = set(weeks), listed(names)
        return [e for e in self.place.by_user[person.id] if e.name in names and monday(e.day) in weeks]

    def occurrences(self, person: Person, names: Any, weeks: Iterable[date]) -> Fraction:
        return sum((event.value for event in self.doings(person, names, weeks)), Fraction(0))

    def _weeks_done(self, person: Person) -> set[date]:
        """The weeks in seat in which any workflow was completed."""
        names: set[str] = set()
        found: set[date] = set()
        for flow in self.persona["workflows"]:
            names |= set(completing(flow))
            if "chain" in flow:
                found |= {monday(day) for day in self.chains(person, flow["id"])}
        mine = [m for unit in self.seated[person.id] for m in unit]
        return found | {monday(event.day) for event in self.doings(person, list(names), mine)}

    @functools.cache  # noqa: B019
    def _chains(self, user: str, workflow: str) -> list[date]:
        person = next(p for p in self.people if p.id == user)
        chain = next(flow["chain"] for flow in self.persona["workflows"] if flow["id"] == workflow)
        steps, limit = chain["events"], chain["within_days"]
        seated = {m for unit in self.seated[user] for m in unit}
        waiting: list[list[Event]] = []
        ends: list[date] = []
        mine = [event for event in self.place.by_user[user] if event.name in steps]
        for event in sorted(mine, key=lambda e: (e.at, steps.index(e.name))):
            fits = [c for c in waiting if steps[len(c)] == event.name and event.day < c[0].day + limit * DAY]
            begun = [*fits[0], event] if fits else [event]
            if not fits and event.name != steps[0]:
                continue
            is_last = len(begun) == len(steps)
            if not (monday(event.day) in seated if is_last else self.holds(person, event.day)):
                continue  # it may not stand where it would
            if is_last:
                waiting.remove(fits[0])
                ends.append(event.day)
            elif fits:
                waiting[waiting.index(fits[0])] = begun
            else:
                waiting.append(begun)
        return ends

    def chains(self, person: Person, workflow: str) -> list[date]:
        """The last days of the person's chains of a workflow."""
        return self._chains(person.id, workflow)

    # -- states

    def roster(self, units: list[Unit]) -> list[Person]:
        """Those who hold a seat in the last full unit."""
        return [p for p in self.people if units and units[-1] in self.held[p.id]]

    def leavers(self, units: list[Unit]) -> int:
        left = [p for p in self.people if units and units[-1] not in self.held[p.id]]
        return sum(any(unit in self.held[p.id] for unit in units) for p in left)

    def in_seat(self, units: list[Unit]) -> list[Person]:
        return [p for p in self.people if any(unit in self.seated[p.id] for unit in units)]

    def states(self, units: list[Unit], silent: bool) -> dict[str, str]:
        """User → state in the quarter of these units."""
        return {p.id: "no data" if silent else self.state(p, units) for p in self.roster(units)}

    def state(self, person: Person, units: list[Unit]) -> str:
        place = self.place
        seat = [unit for unit in self.seated[person.id] if unit <= units[-1]]
        now = [unit for unit in seat if unit in units]
        done = self.done[person.id]
        if self.units_before(person) + len(seat) < place.new_units:
            return "new"
        if not now:
            return "away"
        if not any(unit in done for unit in seat):
            return "not yet active"
        if not any(unit in done for unit in seat[-place.lapsed_units :]):
            return "lapsed"
        often = Fraction(sum(unit in done for unit in now), len(now)) >= place.active_share
        lately = any(unit in done for unit in seat[-place.recent_units :])
        return "active" if often and lately else "occasional"

    @functools.cache  # noqa: B019
    def _units_before(self, user: str) -> int:
        person = next(p for p in self.people if p.id == user)
        begins = min((first for first, _ in self.spells(user)), default=date.max)
        week, number = self.units[0][0] - WEEK, 0
        while week >= begins and number < self.place.new_units:
            unit = unit_of(self.rhythm, week)
            number += self.holds_all(person, unit) and not self.is_out(person, unit)
            week = unit[0] - WEEK
        return number

    def units_before(self, person: Person) -> int:
        """Units in seat before the data begin: as many as decide who is new."""
        return self._units_before(person.id)

    def since(self, person: Person, state: str) -> date:
        """The week of the last completion; the start of those without one and of those counted apart."""
        done = [m for m in self.weeks_done[person.id] if m <= self.place.mine[-1]]
        if done and state not in APART:
            return max(done)
        return self.start(person) or self.place.rows.data_start


def completing(flow: dict[str, Any]) -> list[str]:
    """Events of which one completes the workflow: no denominators, no parts of chains."""
    if "share" in flow:
        return listed(flow["share"]["numerator"])
    if "frequency" in flow:
        return listed(flow["frequency"]["events"])
    return [step["event"] for step in steps_of(flow)] if "milestone" in flow else []


def named(flow: dict[str, Any]) -> list[str]:
    """Every event name of a workflow's definition, each once."""
    if "share" in flow:
        return list(dict.fromkeys([*listed(flow["share"]["numerator"]), *listed(flow["share"]["denominator"])]))
    return list(dict.fromkeys(flow["chain"]["events"] if "chain" in flow else completing(flow)))


def steps_of(flow: dict[str, Any]) -> list[dict[str, Any]]:
    """A milestone's steps, each with its count."""
    steps = [{"event": step} if isinstance(step, str) else step for step in listed(flow["milestone"]["steps"])]
    return [{"at_least": 1, **step} for step in steps]
